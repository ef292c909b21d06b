//! A validated model in memory.

use std::sync::Arc;

use crate::decoder::{Chunk, Decoder};
use crate::error::FormatError;
use crate::header::Header;
use crate::index::IdIndex;
use crate::items::ItemBlock;
use crate::runs::Runs;
use crate::scale::Scale;
use crate::stars::{Caution, StarBlock, StarHead};

/// A model, whole or as far as it has arrived: the header and the first [`len`](Model::len) items.
///
/// Rows are positions in popularity order. They are never identities: outside this model an item is known by
/// its id. A clone shares what has arrived, and costs next to nothing.
#[derive(Debug, Clone)]
pub struct Model {
    header: Arc<Header>,
    items: Runs<ItemBlock>,
    ids: IdIndex,
    stars: Option<StarHead>,
}

/// The vectors of consecutive rows, with what makes scores of dot products, and what lists are narrowed by.
#[derive(Debug, Clone, Copy)]
pub struct Vectors<'a> {
    /// `dims` codes an item, item after item.
    pub codes: &'a [i8],
    /// What each item's dot product is multiplied by to become its score.
    pub out_scales: &'a [f32],
    /// What is added to each item's score.
    pub biases: &'a [f32],
    /// Bit mask of each item's genres, as [`Item::genres`].
    pub genres: &'a [u64],
    /// Each item's release year; 0 where it is not known.
    pub years: &'a [u16],
}

/// One item's description.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item<'a> {
    /// The catalogue's own id.
    pub id: &'a str,
    /// Title, for people.
    pub title: &'a str,
    alternatives: &'a str,
    /// Release year, where known.
    pub year: Option<u16>,
    /// Bit mask into [`Header::genres`].
    pub genres: u64,
    /// Ratings in training.
    pub popularity: u32,
    /// IMDb's number for it (`tt0111161` is 111161), where known.
    pub imdb: Option<u32>,
    /// TMDB's number for it, where known.
    pub tmdb: Option<u32>,
}

impl<'a> Item<'a> {
    /// Other titles it is known under.
    pub fn alt_titles(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.alternatives
            .split('\t')
            .filter(|title| !title.is_empty())
    }
}

impl Model {
    /// Decodes a whole file.
    ///
    /// # Errors
    /// Any [`FormatError`]; [`FormatError::Truncated`] when the file ends early.
    pub fn decode(bytes: &[u8]) -> Result<Model, FormatError> {
        let mut decoder = Decoder::new();
        let chunks = decoder.push(bytes)?;
        decoder.finish()?;
        let mut model = None;
        Self::grow(&mut model, chunks)?;
        model.ok_or(FormatError::Truncated {
            have: bytes.len() as u64,
            needed: 1,
        })
    }

    /// Adds what a [`Decoder`] hands out, from its first chunk on. Says whether there was anything.
    ///
    /// # Errors
    /// As [`new`](Model::new) and [`append`](Model::append).
    pub fn grow(
        model: &mut Option<Model>,
        chunks: impl IntoIterator<Item = Chunk>,
    ) -> Result<bool, FormatError> {
        let mut grown = false;
        for chunk in chunks {
            match (chunk, &mut *model) {
                (Chunk::Head(header, items), _) => *model = Some(Model::new(header, items)?),
                (Chunk::Items(items), Some(model)) => model.append(items)?,
                (Chunk::Stars(stars), Some(model)) => model.append_stars(stars)?,
                (Chunk::Caution(caution), Some(model)) => model.set_caution(caution)?,
                (_, None) => return Err(FormatError::invalid("a chunk before the head")),
            }
            grown = true;
        }
        Ok(grown)
    }

    /// The model as far as chunk 0 takes it.
    ///
    /// # Errors
    /// [`FormatError::Invalid`] when two items share an id, or header and block are not of one file.
    pub fn new(header: Header, first: ItemBlock) -> Result<Model, FormatError> {
        header.validate()?;
        let mut model = Model {
            header: Arc::new(header),
            items: Runs::default(),
            ids: IdIndex::default(),
            stars: None,
        };
        model.append(first)?;
        Ok(model)
    }

    /// Adds the next block. Either all of it is added or none.
    ///
    /// # Errors
    /// [`FormatError::Invalid`] when the block does not continue this model, repeats an id, or is of another file.
    pub fn append(&mut self, block: ItemBlock) -> Result<(), FormatError> {
        // The decoder held it against its own header, which need not be this one.
        self.header.limits().check_same(&block.limits)?;
        if block.first_row != self.items.rows() {
            return Err(FormatError::invalid(format!(
                "a block begins at row {} where row {} is next",
                block.first_row,
                self.len()
            )));
        }
        let last = self.items.iter().next_back();
        if let Some(last) = last.and_then(|(_, run)| run.popularity.last())
            && block.popularity[0] > *last
        {
            return Err(FormatError::invalid(format!(
                "items are not in popularity order at row {}",
                self.len()
            )));
        }
        let (first, count) = (block.first_row, block.count());
        let id_of = |row: u32| match row.checked_sub(first) {
            Some(at) => block.ids.get(at as usize),
            None => id_in(&self.items, row),
        };
        self.ids
            .extend(first..first + count, id_of)
            .map_err(|row| {
                FormatError::invalid(format!("two items share the id \"{}\"", id_of(row)))
            })?;
        self.items.push(block, count);
        Ok(())
    }

    /// Adds what predicts stars for the next rows. Either all of it is added or none.
    ///
    /// # Errors
    /// [`FormatError::Invalid`] when the block does not continue what came before, or is for items that have not
    /// arrived.
    pub fn append_stars(&mut self, block: StarBlock) -> Result<(), FormatError> {
        let end = u64::from(block.first_row()) + u64::from(block.count());
        if end > self.len() as u64 {
            return Err(FormatError::invalid(format!(
                "stars for rows up to {end} where {} have arrived",
                self.len()
            )));
        }
        StarHead::extend(&mut self.stars, block)
    }

    /// Says how far predicted stars count in a list.
    ///
    /// # Errors
    /// [`FormatError::Invalid`] when no stars have arrived.
    pub fn set_caution(&mut self, caution: Caution) -> Result<(), FormatError> {
        let stars = self.stars.take();
        let stars = stars.ok_or_else(|| FormatError::invalid("a caution without stars"))?;
        self.stars = Some(stars.with_caution(Some(caution)));
        Ok(())
    }

    /// What predicts stars, for the rows it has arrived for; absent where the file has none.
    pub fn stars(&self) -> Option<&StarHead> {
        self.stars.as_ref()
    }

    /// The tables and the model card.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// Items that have arrived.
    pub fn len(&self) -> usize {
        self.items.rows() as usize
    }

    /// Never true: a model has at least one item.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether every item has arrived.
    pub fn is_complete(&self) -> bool {
        self.len() == self.header.items_total as usize
    }

    /// Length of each vector.
    pub fn dims(&self) -> usize {
        usize::from(self.header.dims)
    }

    /// The row of the item with this id in the model's own catalogue.
    pub fn row_of(&self, id: &str) -> Option<u32> {
        self.ids.find(id, |row| id_in(&self.items, row))
    }

    /// Describes the item at `row`.
    ///
    /// # Panics
    /// When `row` is not below [`len`](Model::len): rows come from this model. Likewise all that take a row.
    pub fn item(&self, row: u32) -> Item<'_> {
        let (run, at) = self.items.at(row);
        let line = run.titles.get(at);
        let (title, alternatives) = line.split_once('\t').unwrap_or((line, ""));
        Item {
            id: run.ids.get(at),
            title,
            alternatives,
            year: Some(run.years[at]).filter(|&year| year > 0),
            genres: run.genres[at],
            popularity: run.popularity[at],
            imdb: Some(run.imdb[at]).filter(|&id| id > 0),
            tmdb: Some(run.tmdb[at]).filter(|&id| id > 0),
        }
    }

    /// Bit mask into [`Header::genres`] of the item at `row`; [`item`](Self::item) for whoever asks this of every row.
    pub fn genres(&self, row: u32) -> u64 {
        let (run, at) = self.items.at(row);
        run.genres[at]
    }

    /// Release year of the item at `row`, where known.
    pub fn year(&self, row: u32) -> Option<u16> {
        let (run, at) = self.items.at(row);
        Some(run.years[at]).filter(|&year| year > 0)
    }

    /// [`genres`](Self::genres) and [`year`](Self::year) of the item at `row`, found once.
    pub fn genres_and_year(&self, row: u32) -> (u64, Option<u16>) {
        let (run, at) = self.items.at(row);
        (run.genres[at], Some(run.years[at]).filter(|&year| year > 0))
    }

    /// Ratings in training of the item at `row`.
    pub fn popularity(&self, row: u32) -> u32 {
        let (run, at) = self.items.at(row);
        run.popularity[at]
    }

    /// The vector of the item at `row`, as codes.
    pub fn codes(&self, row: u32) -> &[i8] {
        let (run, at) = self.items.at(row);
        &run.codes[at * self.dims()..][..self.dims()]
    }

    /// What a rating of the item is multiplied by on its way into the visitor's vector.
    pub fn in_scale(&self, row: u32) -> f32 {
        let (run, at) = self.items.at(row);
        Scale::from_bits(run.in_scales[at]).value()
    }

    /// What the item's dot product is multiplied by to become its score.
    pub fn out_scale(&self, row: u32) -> f32 {
        let (run, at) = self.items.at(row);
        run.out_scales[at]
    }

    /// What is added to the item's score.
    pub fn bias(&self, row: u32) -> f32 {
        let (run, at) = self.items.at(row);
        run.biases[at]
    }

    /// Every vector, in runs of rows as they arrived.
    pub fn vectors(&self) -> impl Iterator<Item = Vectors<'_>> {
        self.items.iter().map(|(_, run)| Vectors {
            codes: &run.codes,
            out_scales: &run.out_scales,
            biases: &run.biases,
            genres: &run.genres,
            years: &run.years,
        })
    }
}

fn id_in(items: &Runs<ItemBlock>, row: u32) -> &str {
    let (run, at) = items.at(row);
    run.ids.get(at)
}
