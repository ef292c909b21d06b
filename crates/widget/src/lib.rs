//! The recommender without an interface, for JavaScript: a model in bytes and ratings in, films and reasons out.
//!
//! The elements of a partner's page (`js/`) and the npm package (`package/`) stand on it. They see to everything that differs
//! between a page, a frame and Node: fetching, storage, drawing.
//!
//! Absent from here: the document, storage and the network.

#[cfg(feature = "core")]
mod asking;
#[cfg(feature = "core")]
mod core;
#[cfg(feature = "core")]
mod film;
#[cfg(feature = "importers")]
mod importers;
mod js;
#[cfg(feature = "core")]
mod options;
#[cfg(feature = "package")]
mod package;
#[cfg(feature = "core")]
mod said;
#[cfg(feature = "core")]
mod speech;
#[cfg(feature = "core")]
mod texts;
#[cfg(feature = "core")]
mod visitor;

#[cfg(feature = "core")]
pub use self::core::Core;
