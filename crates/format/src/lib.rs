//! The model file: bytes to a validated [`Model`], and back.
//!
//! The byte-level specification is `docs/format.md`. In short: a 16-byte preamble, then framed chunks.
//! Chunk 0 (`HEAD`) carries the [`Header`] and the most popular items with everything about them, so a prefix
//! of the file is already a working recommender; `ITEM` chunks carry the rest in popularity order. An optional
//! `star` chunk after each of them lets the model predict ratings too, and a `caut` chunk says how far that counts.
//!
//! This crate does no I/O and knows nothing of browsers. It is the only one that knows bincode.
//! Decoding never panics and, for any input, never holds more than [`MAX_AMPLIFICATION`] times the bytes it
//! was given, plus a megabyte.

mod block;
mod checksum;
mod decoder;
mod encode;
mod error;
mod frame;
mod header;
mod index;
mod items;
mod model;
mod payload;
mod runs;
mod scale;
mod stars;
mod wire;

pub use decoder::{Chunk, Decoder};
pub use encode::{ItemRecord, encode, encode_with_stars};
pub use error::FormatError;
pub use frame::MAX_RATIO;
pub use header::{
    DataSet, Evaluation, Feedback, Header, MAX_DIMS, MAX_GENRES, MAX_LEVELS, MAX_RUNTIMES,
    ModelCard, RatingScale, Setting, half_hours, share_corrected,
};
pub use items::ItemBlock;
pub use model::{Item, Model, Vectors};
pub use scale::Scale;
pub use stars::{Caution, MAX_STAR_DIMS, StarBlock, StarHead, StarPrior};

/// Bytes that a decoder and the model it feeds hold at most for each byte of the file, whatever the file says.
///
/// A byte decompresses to at most [`MAX_RATIO`]. Each of those costs, as the shortest element of the widest column, eight
/// in memory; the rest is for the bytes that wait and for what grows with the items.
pub const MAX_AMPLIFICATION: usize = MAX_RATIO as usize * (8 + 1);
