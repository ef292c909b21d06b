//! A run of items in memory.

use crate::block::ItemColumns;
use crate::error::FormatError;
use crate::header::Limits;
use crate::scale::Scale;

/// Consecutive items of a file, in popularity order, that have passed every check a run can be put to by itself.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemBlock {
    pub(crate) first_row: u32,
    /// What its codes and genres were held against.
    pub(crate) limits: Limits,
    pub(crate) ids: Lines,
    pub(crate) titles: Lines,
    pub(crate) years: Vec<u16>,
    pub(crate) genres: Vec<u64>,
    pub(crate) popularity: Vec<u32>,
    pub(crate) imdb: Vec<u32>,
    pub(crate) tmdb: Vec<u32>,
    pub(crate) in_scales: Vec<u16>,
    pub(crate) out_scales: Vec<f32>,
    pub(crate) biases: Vec<f32>,
    pub(crate) codes: Vec<i8>,
}

impl ItemBlock {
    /// Takes a run as it was read.
    ///
    /// # Errors
    /// [`FormatError::Invalid`] when it breaks a rule of the format.
    pub(crate) fn new(columns: ItemColumns, limits: &Limits) -> Result<Self, FormatError> {
        columns.validate(limits)?;
        let values = |bits: Vec<u16>| {
            let value = |&bits: &u16| Scale::from_bits(bits).value();
            bits.iter().map(value).collect()
        };
        Ok(Self {
            first_row: columns.first_row,
            limits: *limits,
            ids: Lines::new(columns.ids),
            titles: Lines::new(columns.titles),
            years: columns.years,
            genres: columns.genres,
            popularity: columns.popularity,
            imdb: columns.imdb,
            tmdb: columns.tmdb,
            in_scales: columns.in_scales,
            out_scales: values(columns.out_scales),
            biases: values(columns.biases),
            codes: bytemuck::cast_vec(columns.codes.0),
        })
    }

    /// Row of the first item.
    pub fn first_row(&self) -> u32 {
        self.first_row
    }

    /// Number of items.
    pub fn count(&self) -> u32 {
        self.years.len() as u32
    }
}

/// Lines of text, each with a line feed at its end.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Lines {
    text: String,
    ends: Vec<u32>,
}

impl Lines {
    fn new(text: String) -> Self {
        // A payload, and so its text, is shorter than 2^32 bytes.
        let ends = (0..).zip(text.bytes());
        let ends = ends.filter_map(|(at, byte)| (byte == b'\n').then_some(at));
        let mut all = Vec::with_capacity(ends.clone().count());
        all.extend(ends);
        Self { text, ends: all }
    }

    pub(crate) fn get(&self, index: usize) -> &str {
        let start = match index.checked_sub(1) {
            Some(before) => self.ends[before] as usize + 1,
            None => 0,
        };
        &self.text[start..self.ends[index] as usize]
    }
}
