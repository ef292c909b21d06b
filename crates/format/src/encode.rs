//! Writing a model file.

use crate::block::ItemBlock;
use crate::decoder::Head;
use crate::error::FormatError;
use crate::frame::{self, KIND_HEAD, KIND_ITEM};
use crate::header::Header;
use crate::scale::Scale;
use crate::wire::{self, Blob};

/// Everything a model says about one item. A year or number of 0 is written, and read back, as unknown.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemRecord {
    /// The catalogue's own id.
    pub id: String,
    /// Title, for people.
    pub title: String,
    /// Other titles it is known under.
    pub alt_titles: Vec<String>,
    /// Release year, where known.
    pub year: Option<u16>,
    /// Bit mask into [`Header::genres`].
    pub genres: u64,
    /// Ratings in training.
    pub popularity: u32,
    /// IMDb's number for it, where known.
    pub imdb: Option<u32>,
    /// TMDB's number for it, where known.
    pub tmdb: Option<u32>,
    /// What a rating of it is multiplied by on its way into the visitor's vector.
    pub in_scale: Scale,
    /// What its dot product is multiplied by to become its score.
    pub out_scale: Scale,
    /// What is added to its score.
    pub bias: Scale,
    /// Its vector: `dims` codes from `-levels` to `levels`.
    pub codes: Vec<i8>,
}

/// Encodes `items`, which must be in popularity order, cut into chunks of `chunk_sizes` items; the last size
/// repeats for the rest, and no size at all makes one chunk. `items_total` and `chunks_total` of `header` are set
/// here.
///
/// The result is checked by decoding it, so that no file leaves that a reader would refuse.
///
/// # Errors
/// [`FormatError::Invalid`] when the header or an item breaks a rule of the format, or there are no items.
pub fn encode(
    mut header: Header,
    items: &[ItemRecord],
    chunk_sizes: &[usize],
) -> Result<Vec<u8>, FormatError> {
    let mut blocks = Vec::new();
    let mut rest = items;
    let mut sizes = chunk_sizes.iter();
    let mut size = items.len();
    while !rest.is_empty() {
        size = sizes.next().map_or(size, |&next| next.max(1));
        let (now, later) = rest.split_at(size.min(rest.len()));
        blocks.push(block(now, items.len() - rest.len())?);
        rest = later;
    }
    header.items_total = u32::try_from(items.len())
        .map_err(|_| FormatError::invalid("more items than the format can count"))?;
    header.chunks_total = blocks.len() as u32;

    let mut out = frame::preamble().to_vec();
    let mut blocks = blocks.into_iter();
    let first = blocks
        .next()
        .ok_or_else(|| FormatError::invalid("a model needs at least one item"))?;
    let vectors = first.codes.0.len();
    let head = wire::to_bytes(&Head {
        header,
        items: first,
    })?;
    frame::write_chunk(&mut out, KIND_HEAD, &head, vectors)?;
    for block in blocks {
        frame::write_chunk(
            &mut out,
            KIND_ITEM,
            &wire::to_bytes(&block)?,
            block.codes.0.len(),
        )?;
    }
    crate::Model::decode(&out)?;
    Ok(out)
}

fn block(items: &[ItemRecord], first_row: usize) -> Result<ItemBlock, FormatError> {
    let clean = |text: &str| !text.contains(['\t', '\n', '\r']);
    for item in items {
        if !clean(&item.id)
            || !clean(&item.title)
            || !item.alt_titles.iter().all(|title| clean(title))
        {
            return Err(FormatError::invalid(format!(
                "item {:?} has a tab or a line break in its id or titles",
                item.id
            )));
        }
    }
    let mut ids = String::new();
    let mut titles = String::new();
    for item in items {
        ids.push_str(&item.id);
        ids.push('\n');
        titles.push_str(&item.title);
        for title in &item.alt_titles {
            titles.push('\t');
            titles.push_str(title);
        }
        titles.push('\n');
    }
    Ok(ItemBlock {
        first_row: first_row as u32,
        count: items.len() as u32,
        ids,
        titles,
        years: items.iter().map(|item| item.year.unwrap_or(0)).collect(),
        genres: items.iter().map(|item| item.genres).collect(),
        popularity: items.iter().map(|item| item.popularity).collect(),
        imdb: items.iter().map(|item| item.imdb.unwrap_or(0)).collect(),
        tmdb: items.iter().map(|item| item.tmdb.unwrap_or(0)).collect(),
        in_scales: items.iter().map(|item| item.in_scale.to_bits()).collect(),
        out_scales: items.iter().map(|item| item.out_scale.to_bits()).collect(),
        biases: items.iter().map(|item| item.bias.to_bits()).collect(),
        codes: Blob(
            items
                .iter()
                .flat_map(|item| item.codes.iter().map(|&code| code as u8))
                .collect(),
        ),
    })
}
