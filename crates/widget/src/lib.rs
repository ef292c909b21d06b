//! The recommender without an interface, for JavaScript: a model in bytes and ratings in, films and reasons out.
//!
//! The elements of a partner's page (`js/`) and the npm package (`package/`) stand on it. They see to everything that differs
//! between a page, a frame and Node: fetching, storage, drawing.
//!
//! Absent from here: the document, storage and the network.

mod asking;
mod core;
mod error;
mod film;
#[cfg(feature = "importers")]
mod importers;
mod options;
mod said;
mod speech;
mod texts;
mod visitor;

pub use self::core::{Core, sha256};
