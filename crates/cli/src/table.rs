//! Tables on stdout.

use std::io::{self, BufWriter, StdoutLock, Write};

use serde::Serialize;

/// Writes rows to stdout: CSV under a header line, or a JSON object a line.
pub(crate) enum Table {
    Csv(Box<csv::Writer<StdoutLock<'static>>>),
    Json(BufWriter<StdoutLock<'static>>),
}

impl Table {
    /// A table with these columns, which are the fields of the rows to come.
    pub(crate) fn new(columns: &[&str], json: bool) -> io::Result<Self> {
        let out = io::stdout().lock();
        if json {
            return Ok(Table::Json(BufWriter::new(out)));
        }
        let mut csv = csv::WriterBuilder::new()
            .has_headers(false)
            .from_writer(out);
        csv.write_record(columns)?;
        Ok(Table::Csv(Box::new(csv)))
    }

    pub(crate) fn row(&mut self, row: &impl Serialize) -> io::Result<()> {
        match self {
            Table::Csv(csv) => Ok(csv.serialize(row)?),
            Table::Json(out) => {
                serde_json::to_writer(&mut *out, row)?;
                out.write_all(b"\n")
            }
        }
    }

    /// Hands on the rows so far, where the next one is long in coming: whoever stops the run keeps them.
    pub(crate) fn flush(&mut self) -> io::Result<()> {
        match self {
            Table::Csv(csv) => csv.flush(),
            Table::Json(out) => out.flush(),
        }
    }

    /// Writes what is still in memory. Dropping the table would too, but silently lose an error.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        self.flush()
    }
}
