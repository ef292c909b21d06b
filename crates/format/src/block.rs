//! A run of items: as it stands in a chunk, one column after another, and as it is kept.

use crate::error::FormatError;
use crate::header::Limits;
use crate::scale::Scale;
use crate::wire::{Blob, record};

/// Longest id of an item, in bytes.
const MAX_ID_LEN: usize = 255;

record! {
    /// Consecutive items, in popularity order, as columns of equal length.
    ///
    /// Ids and titles are one line an item. A title line holds the title and then any alternative titles,
    /// separated by tabs.
    #[derive(Debug, Clone, PartialEq)]
    pub(crate) struct ItemColumns {
        pub(crate) first_row: u32,
        pub(crate) count: u32,
        pub(crate) ids: String,
        pub(crate) titles: String,
        /// Release year, 0 where unknown.
        pub(crate) years: Vec<u16>,
        pub(crate) genres: Vec<u64>,
        /// Ratings in training.
        pub(crate) popularity: Vec<u32>,
        /// The number after `tt`, 0 where unknown.
        pub(crate) imdb: Vec<u32>,
        /// 0 where unknown.
        pub(crate) tmdb: Vec<u32>,
        /// Stored form of a [`Scale`]; likewise the two below.
        pub(crate) in_scales: Vec<u16>,
        pub(crate) out_scales: Vec<u16>,
        pub(crate) biases: Vec<u16>,
        /// Two's complement codes, `dims` an item, item after item.
        pub(crate) codes: Blob,
    }
}

impl ItemColumns {
    /// Checks everything that later code relies on without looking again.
    pub(crate) fn validate(&self, limits: &Limits) -> Result<(), FormatError> {
        let count = self.count as usize;
        let wrong = |what: String| Err(FormatError::invalid(what));
        if count == 0 {
            return wrong("no items".into());
        }
        let columns = [
            ("ids", check_ids(&self.ids)?),
            ("titles", check_titles(&self.titles)?),
            ("years", self.years.len()),
            ("genres", self.genres.len()),
            ("popularity", self.popularity.len()),
            ("IMDb ids", self.imdb.len()),
            ("TMDB ids", self.tmdb.len()),
            ("in-scales", self.in_scales.len()),
            ("out-scales", self.out_scales.len()),
            ("biases", self.biases.len()),
        ];
        for (name, length) in columns {
            if length != count {
                return wrong(format!("{length} {name} for {count} items"));
            }
        }
        // In 64 bits: the product outgrows the `usize` of a 32-bit machine.
        if self.codes.0.len() as u64 != u64::from(self.count) * u64::from(limits.dims) {
            return wrong(format!(
                "{} codes for {count} items of {} dimensions",
                self.codes.0.len(),
                limits.dims
            ));
        }
        let scale_is_sound =
            |&bits: &u16| (0.0..f32::INFINITY).contains(&Scale::from_bits(bits).value());
        if !self
            .in_scales
            .iter()
            .chain(&self.out_scales)
            .all(scale_is_sound)
        {
            return wrong("a scale is negative or not finite".into());
        }
        if !self
            .biases
            .iter()
            .all(|&bits| Scale::from_bits(bits).value().is_finite())
        {
            return wrong("a bias is not finite".into());
        }
        // The largest of all, not the first that is too large: that can be found many codes at a time.
        let magnitudes = self.codes.0.iter().map(|&code| (code as i8).unsigned_abs());
        if magnitudes.fold(0, u8::max) > limits.levels {
            return wrong(format!(
                "a code lies beyond the {} levels that the header allows",
                limits.levels
            ));
        }
        if self.genres.iter().any(|mask| mask & !limits.genres != 0) {
            return wrong("a genre is not in the header's table".into());
        }
        if !self.popularity.is_sorted_by(|a, b| a >= b) {
            return wrong("items are not in popularity order".into());
        }
        Ok(())
    }
}

/// How many ids, one a line, there are.
///
/// # Errors
/// [`FormatError::Invalid`] when one is not a plain line of 1 to [`MAX_ID_LEN`] bytes without tabs.
fn check_ids(text: &str) -> Result<usize, FormatError> {
    let mut count = 0;
    let mut start = 0;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'\n' if (1..=MAX_ID_LEN).contains(&(at - start)) => {
                (count, start) = (count + 1, at + 1)
            }
            b'\n' | b'\t' => {
                return Err(FormatError::invalid(format!(
                    "an id is empty, has a tab or is longer than {MAX_ID_LEN} bytes"
                )));
            }
            b'\r' => return Err(line_ending()),
            _ => {}
        }
    }
    if start == text.len() {
        Ok(count)
    } else {
        Err(line_ending())
    }
}

/// How many items' titles, one item a line, there are.
///
/// # Errors
/// [`FormatError::Invalid`] when a title is empty or has a line ending that is not plain.
fn check_titles(text: &str) -> Result<usize, FormatError> {
    let mut count = 0;
    let mut before = b'\n';
    for byte in text.bytes() {
        match byte {
            b'\n' | b'\t' if matches!(before, b'\n' | b'\t') => {
                return Err(FormatError::invalid("a title is empty"));
            }
            b'\n' => count += 1,
            b'\r' => return Err(line_ending()),
            _ => {}
        }
        before = byte;
    }
    if before == b'\n' {
        Ok(count)
    } else {
        Err(line_ending())
    }
}

fn line_ending() -> FormatError {
    FormatError::invalid("a line of text does not end in a plain line feed")
}
