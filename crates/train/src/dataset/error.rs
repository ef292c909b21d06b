//! What can be wrong with a data file, where, and how to mend it.

use std::io;
use std::path::{Path, PathBuf};

/// Why a data file could not be read.
#[derive(Debug, thiserror::Error)]
pub enum DataError {
    /// The operating system or the decompressor refused.
    #[error("cannot read {path}", path = path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// The refusal.
        source: io::Error,
    },
    /// The file as a whole is not what was expected.
    #[error("{path}: {what}; {mend}", path = path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        what: String,
        /// How to mend it.
        mend: String,
    },
    /// One line has the wrong shape.
    #[error("{path}, line {line}: {what}; {mend}", path = path.display())]
    Line {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: u64,
        /// What is wrong.
        what: String,
        /// How to mend it.
        mend: String,
    },
    /// One cell does not hold what its column promises.
    #[error("{path}, line {line}, column {column}: {what}; {mend}", path = path.display())]
    Cell {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: u64,
        /// The name of the column.
        column: String,
        /// What is wrong.
        what: String,
        /// How to mend it.
        mend: String,
    },
}

impl DataError {
    pub(crate) fn io(path: &Path) -> impl Fn(io::Error) -> Self {
        move |source| Self::Io {
            path: path.to_owned(),
            source,
        }
    }

    pub(crate) fn file(path: &Path, what: impl Into<String>, mend: impl Into<String>) -> Self {
        Self::File {
            path: path.to_owned(),
            what: what.into(),
            mend: mend.into(),
        }
    }
}
