//! Delimited text in every layout MovieLens has used, compressed or not.

use std::borrow::Cow;
use std::fs::File;
use std::io::{BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};

use csv::{ByteRecord, ReaderBuilder};
use indicatif::ProgressBar;

use super::DataError;

const BUFFER: usize = 1 << 16;
/// A longer field is no field of a table, but what follows an unclosed quote or a lost line break.
const LONGEST_FIELD: usize = 100_000;
/// What the file format takes.
const LONGEST_ID: usize = 255;
/// What a message quotes of a field, in characters.
const QUOTED: usize = 40;
/// What a message lists of a table's columns.
const LISTED: usize = 12;
/// A longer first line is no table.
const LONGEST_HEADER: u64 = 1 << 20;

type Input = Box<dyn BufRead + Send>;

/// A table being read: named columns, then rows.
pub(crate) struct Table {
    path: PathBuf,
    columns: Vec<String>,
    rows: Rows,
    line: u64,
}

enum Rows {
    Delimited(csv::Reader<Input>),
    /// `::` between fields and no quoting: MovieLens 1M and 10M.
    Colons {
        input: Input,
        buffer: Vec<u8>,
    },
}

impl Table {
    /// Opens a file and finds out its layout. `headerless` names the columns of files that have no header line;
    /// such a file may end after `headerless_min` of them.
    pub(crate) fn open(
        path: &Path,
        headerless: &[&str],
        headerless_min: usize,
        progress: &ProgressBar,
    ) -> Result<Self, DataError> {
        let mut input = open(path, progress)?;
        let mut first = Vec::new();
        (&mut input)
            .take(LONGEST_HEADER)
            .read_until(b'\n', &mut first)
            .map_err(DataError::io(path))?;
        refuse_binary(path, &first)?;
        let head = first
            .strip_prefix(b"\xef\xbb\xbf")
            .unwrap_or(&first)
            .to_vec();
        let line = text(head.trim_ascii_end()).into_owned();
        if line.is_empty() {
            let what = "the file is empty or starts with an empty line";
            return Err(DataError::file(
                path,
                what,
                "give a table with a header line",
            ));
        }
        let names = |fields: usize| {
            if (headerless_min..=headerless.len()).contains(&fields) {
                return Ok(headerless[..fields]
                    .iter()
                    .map(|&name| name.into())
                    .collect());
            }
            let what = format!("the first line has {fields} fields and no header");
            let mend = format!("expected {}", headerless.join(", "));
            Err(DataError::file(path, what, mend))
        };

        if line.contains("::") {
            return Ok(Self {
                path: path.to_owned(),
                columns: names(line.split("::").count())?,
                rows: Rows::Colons {
                    input: Box::new(Cursor::new(head).chain(input)),
                    buffer: Vec::new(),
                },
                line: 0,
            });
        }
        let delimiter = [b'\t', b';', b',']
            .into_iter()
            .max_by_key(|&d| line.bytes().filter(|&b| b == d).count())
            .expect("the list is not empty");
        let fields: Vec<&str> = line.split(delimiter as char).collect();
        let numbers = fields
            .iter()
            .all(|field| field.trim().parse::<f64>().is_ok());
        if numbers && delimiter != b'\t' {
            let what = "the first line holds numbers, not the names of columns";
            let mend = format!("add a header line such as {}", headerless.join(","));
            return Err(DataError::file(path, what, mend));
        }
        let input: Input = Box::new(Cursor::new(head).chain(input));
        let mut reader = ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(!numbers)
            .quoting(!numbers)
            .from_reader(input);
        let columns = if numbers {
            names(fields.len())?
        } else {
            let header = reader.byte_headers().map_err(|e| csv_error(path, 1, e))?;
            header
                .iter()
                .map(|name| text(name).trim().to_owned())
                .collect()
        };
        if let [only] = &columns[..] {
            let what = format!("the first line has a single column, `{}`", shortened(only));
            let mend = "separate columns by a comma, a semicolon, a tab or `::`";
            return Err(DataError::file(path, what, mend));
        }
        Ok(Self {
            path: path.to_owned(),
            columns,
            rows: Rows::Delimited(reader),
            line: 0,
        })
    }

    /// The names of the columns.
    pub(crate) fn columns(&self) -> &[String] {
        &self.columns
    }

    /// The names of the columns, for a message.
    pub(crate) fn listed(&self) -> String {
        let some = self.columns.iter().take(LISTED);
        let mut list: Vec<_> = some.map(|name| shortened(name)).collect();
        if self.columns.len() > LISTED {
            list.push("…".into());
        }
        list.join(", ")
    }

    /// The line of the row last read, from 1.
    pub(crate) fn line(&self) -> u64 {
        self.line
    }

    /// The position of the column with one of these names; case, spaces and underscores do not count.
    pub(crate) fn find(&self, names: &[&str]) -> Option<usize> {
        let plain = |name: &str| name.to_lowercase().replace([' ', '_', '-'], "");
        self.columns
            .iter()
            .position(|column| names.iter().any(|name| plain(column) == plain(name)))
    }

    /// As [`find`](Self::find), for a column the table must have.
    pub(crate) fn require(&self, names: &[&str]) -> Result<usize, DataError> {
        self.find(names).ok_or_else(|| {
            let what = format!("there is no column {}", names[0]);
            let mend = format!("the columns are {}", self.listed());
            DataError::file(&self.path, what, mend)
        })
    }

    /// Reads the next row; false at the end.
    pub(crate) fn read(&mut self, record: &mut ByteRecord) -> Result<bool, DataError> {
        let more = self.advance(record)?;
        if let Some(length) = record
            .iter()
            .map(<[u8]>::len)
            .find(|&l| more && l > LONGEST_FIELD)
        {
            return Err(DataError::Line {
                path: self.path.clone(),
                line: self.line,
                what: format!("a field of {length} bytes; {LONGEST_FIELD} are the most"),
                mend: "look for an unclosed quote or a missing line break".into(),
            });
        }
        Ok(more)
    }

    fn advance(&mut self, record: &mut ByteRecord) -> Result<bool, DataError> {
        match &mut self.rows {
            Rows::Delimited(reader) => {
                let more = reader
                    .read_byte_record(record)
                    .map_err(|e| csv_error(&self.path, self.line + 1, e))?;
                self.line = record.position().map_or(self.line, csv::Position::line);
                Ok(more)
            }
            Rows::Colons { input, buffer } => loop {
                buffer.clear();
                let read = input
                    .read_until(b'\n', buffer)
                    .map_err(DataError::io(&self.path))?;
                if read == 0 {
                    return Ok(false);
                }
                self.line += 1;
                if !buffer.trim_ascii().is_empty() {
                    split_colons(buffer.trim_ascii_end(), record);
                    if record.len() != self.columns.len() {
                        return Err(line_error(
                            &self.path,
                            self.line,
                            record.len() as u64,
                            self.columns.len() as u64,
                        ));
                    }
                    return Ok(true);
                }
            },
        }
    }

    /// The id in a cell of the row last read.
    pub(crate) fn id<'r>(&self, column: usize, cell: &'r [u8]) -> Result<&'r [u8], DataError> {
        match cell.trim_ascii() {
            b"" => Err(self.cell(column, "the id is missing", "give every row its ids")),
            id if id.len() > LONGEST_ID || id.contains(&b'\t') => Err(self.cell(
                column,
                format!("`{}` is no id", shortened(&text(id))),
                "write an id without tabs, of 255 bytes at most",
            )),
            id => Ok(id),
        }
    }

    /// The error of a cell of the row last read.
    pub(crate) fn cell(&self, column: usize, what: impl Into<String>, mend: &str) -> DataError {
        DataError::Cell {
            path: self.path.clone(),
            line: self.line,
            column: shortened(&self.columns[column]).into_owned(),
            what: what.into(),
            mend: mend.into(),
        }
    }
}

/// A text as a message quotes it: its first characters.
pub(crate) fn shortened(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(QUOTED) {
        Some((at, _)) => Cow::Owned(format!("{}…", &text[..at])),
        None => Cow::Borrowed(text),
    }
}

/// Text in UTF-8, or else in Latin-1, trimmed of nothing.
pub(crate) fn text(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => Cow::Owned(bytes.iter().map(|&b| char::from(b)).collect()),
    }
}

fn open(path: &Path, progress: &ProgressBar) -> Result<Input, DataError> {
    let file = File::open(path).map_err(DataError::io(path))?;
    let mut input = BufReader::with_capacity(BUFFER, progress.wrap_read(file));
    let start = input.fill_buf().map_err(DataError::io(path))?;
    if start.starts_with(&[0x1f, 0x8b]) {
        let decoder = flate2::bufread::MultiGzDecoder::new(input);
        Ok(Box::new(BufReader::with_capacity(BUFFER, decoder)))
    } else if start.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) {
        let decoder = zstd::Decoder::with_buffer(input).map_err(DataError::io(path))?;
        Ok(Box::new(BufReader::with_capacity(BUFFER, decoder)))
    } else {
        Ok(Box::new(input))
    }
}

fn refuse_binary(path: &Path, start: &[u8]) -> Result<(), DataError> {
    let (what, mend) = if start.starts_with(b"PK\x03\x04") {
        (
            "this is a zip archive",
            "unpack it and name the table inside",
        )
    } else if start.starts_with(&[0xff, 0xfe]) || start.starts_with(&[0xfe, 0xff]) {
        ("the text is UTF-16", "save it as UTF-8")
    } else if start.contains(&0) {
        (
            "this is not text",
            "give a table such as CSV, plain or compressed by gzip or zstd",
        )
    } else {
        return Ok(());
    };
    Err(DataError::file(path, what, mend))
}

fn split_colons(line: &[u8], record: &mut ByteRecord) {
    record.clear();
    let mut rest = line;
    while let Some(at) = rest.windows(2).position(|pair| pair == b"::") {
        record.push_field(&rest[..at]);
        rest = &rest[at + 2..];
    }
    record.push_field(rest);
}

fn csv_error(path: &Path, line: u64, error: csv::Error) -> DataError {
    let line = error.position().map_or(line, csv::Position::line);
    match error.into_kind() {
        csv::ErrorKind::Io(source) => DataError::io(path)(source),
        csv::ErrorKind::UnequalLengths {
            expected_len, len, ..
        } => line_error(path, line, len, expected_len),
        // The reader is not asked for UTF-8 or for typed rows, its only other errors.
        other => DataError::file(path, format!("{other:?}"), "give a plain table"),
    }
}

fn line_error(path: &Path, line: u64, fields: u64, expected: u64) -> DataError {
    DataError::Line {
        path: path.to_owned(),
        line,
        what: format!("{fields} fields where {expected} were expected"),
        mend: "look for a missing or extra separator, an unclosed quote or a cut-off line".into(),
    }
}
