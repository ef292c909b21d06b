//! Tables with a header line.

use csv::{ReaderBuilder, StringRecord};

use crate::date;
use crate::row::Fault;
use crate::stars::Scale;

/// A table whose columns are found by name, whatever their order and case.
pub(crate) struct Table<'t> {
    text: &'t str,
    reader: csv::Reader<&'t [u8]>,
    columns: StringRecord,
}

/// One row of a table.
pub(crate) struct Record<'r> {
    columns: &'r StringRecord,
    fields: &'r StringRecord,
}

impl<'t> Table<'t> {
    pub(crate) fn open(text: &'t str) -> Table<'t> {
        let header = text.trim_start().lines().next().unwrap_or("");
        // Spreadsheets of many countries write semicolons.
        let delimiter = *[b',', b';', b'\t']
            .iter()
            .rev()
            .max_by_key(|&&delimiter| header.bytes().filter(|&byte| byte == delimiter).count())
            .expect("the list of delimiters is not empty");
        let mut reader = ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .trim(csv::Trim::All)
            .from_reader(text.as_bytes());
        let columns = reader.headers().cloned().unwrap_or_default();
        Table {
            text,
            reader,
            columns,
        }
    }

    pub(crate) fn has(&self, column: &str) -> bool {
        self.columns
            .iter()
            .any(|name| name.eq_ignore_ascii_case(column))
    }

    pub(crate) fn width(&self) -> usize {
        self.columns.len()
    }

    /// Calls `visit` with each row and the number of its line.
    pub(crate) fn for_each(mut self, mut visit: impl FnMut(u64, Record<'_>)) -> Result<(), String> {
        let text = self.text.as_bytes();
        let mut fields = StringRecord::new();
        // The reader's own line numbers are those of the line before where lines end in CR LF.
        let (mut line, mut counted) = (1, 0);
        while self
            .reader
            .read_record(&mut fields)
            .map_err(|error| error.to_string())?
        {
            let start = fields
                .position()
                .map_or(0, |position| position.byte() as usize);
            let blank = text[start..]
                .iter()
                .take_while(|byte| matches!(byte, b'\r' | b'\n'))
                .count();
            let before = &text[counted..start + blank];
            line += before.iter().filter(|&&byte| byte == b'\n').count() as u64;
            counted = start + blank;
            let columns = &self.columns;
            visit(
                line,
                Record {
                    columns,
                    fields: &fields,
                },
            );
        }
        Ok(())
    }
}

impl<'r> Record<'r> {
    /// The field of a column; `None` when there is nothing in it, or no such column.
    pub(crate) fn get(&self, column: &str) -> Option<&'r str> {
        let at = self
            .columns
            .iter()
            .position(|name| name.eq_ignore_ascii_case(column))?;
        self.fields.get(at).filter(|field| !field.is_empty())
    }

    pub(crate) fn required(&self, column: &'static str) -> Result<&'r str, Fault> {
        self.get(column).ok_or_else(|| Fault {
            column,
            what: "nothing is in it".to_owned(),
            mend: "a film cannot be found without it",
        })
    }

    pub(crate) fn year(&self, column: &'static str) -> Result<Option<u16>, Fault> {
        let Some(field) = self.get(column) else {
            return Ok(None);
        };
        let year = field
            .parse()
            .ok()
            .filter(|year| (1870..=2200).contains(year));
        year.map(Some).ok_or_else(|| Fault {
            column,
            what: format!("{field:?} is no year"),
            mend: "a year has four digits, like 1999",
        })
    }

    pub(crate) fn stars(&self, column: &'static str, scale: Scale) -> Result<Option<f32>, Fault> {
        let Some(field) = self.get(column) else {
            return Ok(None);
        };
        let rating = field.replace(',', ".").parse().map_err(|_| Fault {
            column,
            what: format!("{field:?} is no number"),
            mend: "a rating is a number, or nothing where there is none",
        })?;
        scale.stars(rating, column).map(Some)
    }

    /// Seconds since 1970. A date that cannot be read is as good as none: all it decides is which entry is newest.
    pub(crate) fn timestamp(&self, column: &str) -> Option<i64> {
        date::timestamp(self.get(column)?)
    }

    /// The number in `tt0111161`, `0111161` or `111161`.
    pub(crate) fn number(&self, column: &'static str) -> Result<Option<u32>, Fault> {
        let Some(field) = self.get(column) else {
            return Ok(None);
        };
        number(field).map(Some).ok_or_else(|| Fault {
            column,
            what: format!("{field:?} is no id"),
            mend: "an id is a number, like tt0111161",
        })
    }
}

/// The number of an id, with or without the `tt` of IMDb.
pub(crate) fn number(id: &str) -> Option<u32> {
    let digits = id.strip_prefix("tt").unwrap_or(id);
    // `parse` would take a sign.
    let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| digits.parse().ok()).flatten()
}
