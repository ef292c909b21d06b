//! Why a file as a whole cannot be used.

use crate::format::Service;

/// Why a file cannot be imported.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ImportError {
    /// There is nothing in it.
    #[error("{file} is empty: download the export again")]
    Empty {
        /// The file.
        file: String,
    },
    /// It is none of the formats known here.
    #[error("{file} is no export known here: it begins with {found}, where {expected}")]
    Unknown {
        /// The file.
        file: String,
        /// How it begins.
        found: String,
        /// What the known formats begin with.
        expected: String,
    },
    /// It comes from another service than the one asked for.
    #[error("{file} is an export of {found}, not of {expected}: import it as such")]
    OtherService {
        /// The file.
        file: String,
        /// The service asked for.
        expected: Service,
        /// The service it comes from.
        found: Service,
    },
    /// Its format is known, but it breaks the rules of it.
    #[error("{file} cannot be read: {reason}: download the export again")]
    Unreadable {
        /// The file.
        file: String,
        /// What is wrong, and where.
        reason: String,
    },
    /// An archive with none of the files looked for.
    #[error("{file} holds none of the files looked for, such as {}", .expected.join(", "))]
    NothingInArchive {
        /// The archive.
        file: String,
        /// The files looked for.
        expected: Vec<&'static str>,
    },
    /// It was written by a newer Matinee.
    #[error(
        "{file} has version {version} of Matinee's format, and this one reads version 1: update Matinee"
    )]
    Newer {
        /// The file.
        file: String,
        /// Its version.
        version: u64,
    },
}
