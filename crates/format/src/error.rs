//! What can be wrong with a model file.

use thiserror::Error;

/// Why bytes are not a model that this version can use.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum FormatError {
    /// The first bytes are not the magic of a model file.
    #[error(
        "not a Matinee model: the file begins with [{}]. Was an error page saved in its place, or another file named?",
        hexadecimal(found)
    )]
    NotAModel {
        /// The bytes found where the magic belongs (at most eight).
        found: Vec<u8>,
    },
    /// The file was written by a later major version of the format.
    #[error(
        "the model uses format version {found}, and this program reads up to version {supported}. Update Matinee, or publish a model in the older format."
    )]
    NewerVersion {
        /// Major version of the file.
        found: u16,
        /// Newest major version this crate reads.
        supported: u16,
    },
    /// The bytes end before the file does.
    #[error(
        "the model is cut short: it ends at byte {have}, and at least {needed} more are needed. Fetch it again."
    )]
    Truncated {
        /// Bytes received.
        have: u64,
        /// Bytes still missing, as far as is known.
        needed: u64,
    },
    /// A checksum does not match: the bytes changed on the way or on the disk.
    #[error(
        "the model is damaged: {what} at byte {offset} does not match its checksum. Fetch it again."
    )]
    Checksum {
        /// The part that does not match.
        what: &'static str,
        /// Where the part begins, in bytes from the start of the file.
        offset: u64,
    },
    /// A chunk declares a size that no honest file has.
    #[error(
        "the chunk at byte {offset} claims {raw} bytes from {compressed}; the format allows at most {limit}. The file is not one that Matinee wrote."
    )]
    Oversized {
        /// Where the chunk begins.
        offset: u64,
        /// Declared length after decompression.
        raw: u64,
        /// Declared length in the file.
        compressed: u64,
        /// Largest length allowed for this chunk.
        limit: u64,
    },
    /// A chunk of a kind that this version does not know and may not skip.
    #[error(
        "the chunk at byte {offset} is of the unknown kind \"{kind}\" and is needed to read the rest. Update Matinee."
    )]
    UnknownChunk {
        /// Where the chunk begins.
        offset: u64,
        /// The four letters of its kind.
        kind: String,
    },
    /// A chunk whose checksum is right but whose contents are not, or chunks that do not belong together.
    #[error("{} does not hold what it should: {what}", place(*.offset))]
    Invalid {
        /// Where the chunk begins; absent where no single chunk is at fault.
        offset: Option<u64>,
        /// What is wrong.
        what: String,
    },
    /// Bytes follow the last chunk.
    #[error(
        "the model ends at byte {offset}, yet more bytes follow. The file is not one that Matinee wrote."
    )]
    TrailingBytes {
        /// Where the model ends.
        offset: u64,
    },
}

impl FormatError {
    pub(crate) fn invalid(what: impl Into<String>) -> Self {
        FormatError::Invalid {
            offset: None,
            what: what.into(),
        }
    }

    /// The same error, placed at the chunk that begins at `offset`.
    pub(crate) fn at(self, offset: u64) -> Self {
        match self {
            FormatError::Invalid { what, .. } => FormatError::Invalid {
                offset: Some(offset),
                what,
            },
            other => other,
        }
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    let digits: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    digits.join(", ")
}

fn place(offset: Option<u64>) -> String {
    offset.map_or_else(
        || "the model".into(),
        |offset| format!("the chunk at byte {offset}"),
    )
}
