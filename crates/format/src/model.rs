//! A validated model in memory.

use hashbrown::{DefaultHashBuilder, HashTable};
use std::hash::BuildHasher;

use crate::block::ItemBlock;
use crate::decoder::{Chunk, Decoder};
use crate::error::FormatError;
use crate::header::Header;
use crate::scale::Scale;
use crate::stars::{Caution, StarBlock, StarHead};

/// A model, whole or as far as it has arrived: the header and the first [`len`](Model::len) items.
///
/// Rows are positions in popularity order. They are never identities: outside this model an item is known by
/// its id.
#[derive(Debug, Clone)]
pub struct Model {
    header: Header,
    ids: Lines,
    titles: Lines,
    years: Vec<u16>,
    genres: Vec<u64>,
    popularity: Vec<u32>,
    imdb: Vec<u32>,
    tmdb: Vec<u32>,
    in_scales: Vec<f32>,
    out_scales: Vec<f32>,
    biases: Vec<f32>,
    codes: Vec<i8>,
    stars: Option<StarHead>,
    row_of_id: HashTable<u32>,
    hasher: DefaultHashBuilder,
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
        let mut chunks = decoder.push(bytes)?.into_iter();
        decoder.finish()?;
        let Some(Chunk::Head(header, first)) = chunks.next() else {
            return Err(FormatError::Truncated {
                have: bytes.len() as u64,
                needed: 1,
            });
        };
        let mut model = Model::new(header, first)?;
        for chunk in chunks {
            match chunk {
                Chunk::Items(block) => model.append(block)?,
                Chunk::Stars(block) => model.append_stars(block)?,
                Chunk::Caution(caution) => model.set_caution(caution)?,
                Chunk::Head(..) => {}
            }
        }
        Ok(model)
    }

    /// The model as far as chunk 0 takes it.
    ///
    /// # Errors
    /// [`FormatError::Invalid`] when two items share an id, or header and block are not of one file.
    pub fn new(header: Header, first: ItemBlock) -> Result<Model, FormatError> {
        header.validate()?;
        let mut model = Model {
            header,
            ids: Lines::default(),
            titles: Lines::default(),
            years: Vec::new(),
            genres: Vec::new(),
            popularity: Vec::new(),
            imdb: Vec::new(),
            tmdb: Vec::new(),
            in_scales: Vec::new(),
            out_scales: Vec::new(),
            biases: Vec::new(),
            codes: Vec::new(),
            stars: None,
            row_of_id: HashTable::new(),
            hasher: DefaultHashBuilder::default(),
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
        block.validate(&self.header.limits())?;
        if block.first_row as usize != self.len() {
            return Err(FormatError::invalid(format!(
                "a block begins at row {} where row {} is next",
                block.first_row,
                self.len()
            )));
        }
        if let Some(&last) = self.popularity.last()
            && block.popularity[0] > last
        {
            return Err(FormatError::invalid(format!(
                "items are not in popularity order at row {}",
                self.len()
            )));
        }
        self.index_ids(&block)?;
        self.titles.extend(&block.titles);
        self.years.extend(block.years);
        self.genres.extend(block.genres);
        self.popularity.extend(block.popularity);
        self.imdb.extend(block.imdb);
        self.tmdb.extend(block.tmdb);
        let value = |bits: &u16| Scale::from_bits(*bits).value();
        self.in_scales.extend(block.in_scales.iter().map(value));
        self.out_scales.extend(block.out_scales.iter().map(value));
        self.biases.extend(block.biases.iter().map(value));
        self.codes
            .extend(block.codes.0.iter().map(|&code| code as i8));
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

    fn index_ids(&mut self, block: &ItemBlock) -> Result<(), FormatError> {
        let known = self.ids.len();
        self.ids.extend(&block.ids);
        let Model {
            ids,
            row_of_id,
            hasher,
            ..
        } = self;
        for row in known..ids.len() {
            let id = ids.get(row);
            let same = |&other: &u32| ids.get(other as usize) == id;
            if row_of_id.find(hasher.hash_one(id), same).is_some() {
                let error = FormatError::invalid(format!("two items share the id {id:?}"));
                row_of_id.retain(|&mut other| (other as usize) < known);
                ids.truncate(known);
                return Err(error);
            }
            row_of_id.insert_unique(hasher.hash_one(id), row as u32, |&other| {
                hasher.hash_one(ids.get(other as usize))
            });
        }
        Ok(())
    }

    /// The tables and the model card.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// Items that have arrived.
    pub fn len(&self) -> usize {
        self.years.len()
    }

    /// Never true: a model has at least one item.
    pub fn is_empty(&self) -> bool {
        self.years.is_empty()
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
        let same = |&row: &u32| self.ids.get(row as usize) == id;
        self.row_of_id.find(self.hasher.hash_one(id), same).copied()
    }

    /// Describes the item at `row`.
    ///
    /// # Panics
    /// When `row` is not below [`len`](Model::len): rows come from this model.
    pub fn item(&self, row: u32) -> Item<'_> {
        let row = row as usize;
        let line = self.titles.get(row);
        let (title, alternatives) = line.split_once('\t').unwrap_or((line, ""));
        Item {
            id: self.ids.get(row),
            title,
            alternatives,
            year: self.year(row as u32),
            genres: self.genres[row],
            popularity: self.popularity[row],
            imdb: Some(self.imdb[row]).filter(|&id| id > 0),
            tmdb: Some(self.tmdb[row]).filter(|&id| id > 0),
        }
    }

    /// Bit mask into [`Header::genres`] of the item at `row`; [`item`](Self::item) for whoever asks this of every row.
    ///
    /// # Panics
    /// When `row` is not below [`len`](Model::len).
    pub fn genres(&self, row: u32) -> u64 {
        self.genres[row as usize]
    }

    /// Release year of the item at `row`, where known.
    ///
    /// # Panics
    /// When `row` is not below [`len`](Model::len).
    pub fn year(&self, row: u32) -> Option<u16> {
        Some(self.years[row as usize]).filter(|&year| year > 0)
    }

    /// Ratings in training of the item at `row`.
    ///
    /// # Panics
    /// When `row` is not below [`len`](Model::len).
    pub fn popularity(&self, row: u32) -> u32 {
        self.popularity[row as usize]
    }

    /// The vector of the item at `row`, as codes.
    ///
    /// # Panics
    /// When `row` is not below [`len`](Model::len).
    pub fn codes(&self, row: u32) -> &[i8] {
        let start = row as usize * self.dims();
        &self.codes[start..start + self.dims()]
    }

    /// All vectors, item after item.
    pub fn all_codes(&self) -> &[i8] {
        &self.codes
    }

    /// What a rating of the item is multiplied by on its way into the visitor's vector.
    pub fn in_scale(&self, row: u32) -> f32 {
        self.in_scales[row as usize]
    }

    /// What each item's dot product is multiplied by to become its score.
    pub fn out_scales(&self) -> &[f32] {
        &self.out_scales
    }

    /// What is added to each item's score.
    pub fn biases(&self) -> &[f32] {
        &self.biases
    }
}

/// Lines of text, kept in one string.
#[derive(Debug, Clone, Default)]
struct Lines {
    text: String,
    ends: Vec<usize>,
}

impl Lines {
    fn len(&self) -> usize {
        self.ends.len()
    }

    fn get(&self, index: usize) -> &str {
        let start = if index == 0 { 0 } else { self.ends[index - 1] };
        &self.text[start..self.ends[index]]
    }

    fn extend(&mut self, lines: &str) {
        for line in lines.lines() {
            self.text.push_str(line);
            self.ends.push(self.text.len());
        }
    }

    fn truncate(&mut self, length: usize) {
        self.ends.truncate(length);
        self.text.truncate(self.ends.last().map_or(0, |&end| end));
    }
}
