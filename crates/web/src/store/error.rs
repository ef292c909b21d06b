//! What can go wrong with the browser's storage, in words for the visitor.

use std::fmt;

use indexed_db_futures::error::{DomException, Error, OpenDbError, UnexpectedDataError};
use tr::tr;
use wasm_bindgen::JsCast;

/// Why something could not be kept or read. Displayed, it is a clause for the visitor; [`StoreError::detail`] has the
/// rest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreError {
    /// The browser keeps nothing for this page: storage is switched off or blocked.
    Unavailable(String),
    /// No room left.
    Full,
    /// Anything else.
    Failed(String),
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&match self {
            Self::Unavailable(_) => tr!("this browser does not let the page keep anything"),
            Self::Full => tr!("the browser’s storage is full"),
            Self::Failed(_) => tr!("the browser’s storage failed"),
        })
    }
}

impl std::error::Error for StoreError {}

impl StoreError {
    /// What the browser said, for whoever is to mend it.
    #[must_use]
    pub fn detail(&self) -> Option<&str> {
        match self {
            Self::Unavailable(detail) | Self::Failed(detail) => Some(detail),
            Self::Full => None,
        }
    }
}

impl From<OpenDbError> for StoreError {
    fn from(error: OpenDbError) -> Self {
        match error {
            OpenDbError::Base(error) if is(&error, "QuotaExceededError") => Self::Full,
            OpenDbError::Base(error) => Self::Unavailable(message(&error)),
            _ => Self::Unavailable("There is no IndexedDB.".to_owned()),
        }
    }
}

impl From<Error> for StoreError {
    fn from(error: Error) -> Self {
        // A transaction that failed on its way to the disk is aborted without an error of its own.
        let aborted = matches!(
            error,
            Error::MissingData(UnexpectedDataError::TransactionAborted)
        );
        if aborted || is(&error, "QuotaExceededError") {
            Self::Full
        } else {
            Self::Failed(message(&error))
        }
    }
}

/// What the browser says of it. The words of the crate for its own errors are left out: nobody is helped by them.
fn message(error: &Error) -> String {
    match error {
        Error::DomException(exception) => exception.message(),
        Error::Unknown(error) => error
            .as_ref()
            .unchecked_ref::<js_sys::Error>()
            .message()
            .into(),
        Error::MissingData(_) | Error::Serialisation(_) => "IndexedDB gave no answer.".to_owned(),
    }
}

/// Whether this is the browser's exception of that name.
pub(super) fn is(error: &Error, name: &str) -> bool {
    matches!(error, Error::DomException(DomException::Other(exception)) if exception.name() == name)
}
