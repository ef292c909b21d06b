//! Writing a model file.

use crate::block::ItemColumns;
use crate::decoder::Head;
use crate::error::FormatError;
use crate::frame::{self, KIND_CAUTION, KIND_HEAD, KIND_ITEM, KIND_STAR};
use crate::header::Header;
use crate::scale::Scale;
use crate::stars::StarHead;
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
    header: Header,
    items: &[ItemRecord],
    chunk_sizes: &[usize],
) -> Result<Vec<u8>, FormatError> {
    encode_with_stars(header, items, None, chunk_sizes)
}

/// As [`encode`], with a star head for the same items in the same order, cut into chunks alike.
///
/// # Errors
/// As [`encode`], and when the head is not for as many items.
pub fn encode_with_stars(
    mut header: Header,
    items: &[ItemRecord],
    stars: Option<&StarHead>,
    chunk_sizes: &[usize],
) -> Result<Vec<u8>, FormatError> {
    if let Some(stars) = stars
        && stars.len() != items.len()
    {
        return Err(FormatError::invalid(format!(
            "stars of {} items for {}",
            stars.len(),
            items.len()
        )));
    }
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
    let caution = stars.and_then(StarHead::caution);
    header.chunks_total = blocks.len() as u32 * if stars.is_some() { 2 } else { 1 };
    header.chunks_total += u32::from(caution.is_some());

    let minor = match (stars, caution) {
        (Some(_), Some(_)) => frame::MINOR_CAUTION,
        (Some(_), None) => frame::MINOR_STARS,
        (None, _) => frame::MINOR,
    };
    let mut out = frame::preamble(minor).to_vec();
    let write_stars = |out: &mut Vec<u8>, first_row: u32, count: u32| {
        let Some(stars) = stars else { return Ok(()) };
        let block = stars.block(first_row, count);
        let codes = block.codes.0.len();
        frame::write_chunk(out, KIND_STAR, &wire::to_bytes(&block)?, codes)
    };
    let mut blocks = blocks.into_iter();
    let first = blocks
        .next()
        .ok_or_else(|| FormatError::invalid("a model needs at least one item"))?;
    let (vectors, count) = (first.codes.0.len(), first.count);
    let head = wire::to_bytes(&Head {
        header,
        items: first,
    })?;
    frame::write_chunk(&mut out, KIND_HEAD, &head, vectors)?;
    write_stars(&mut out, 0, count)?;
    if let Some(caution) = caution {
        frame::write_chunk(&mut out, KIND_CAUTION, &wire::to_bytes(&caution)?, 0)?;
    }
    for block in blocks {
        frame::write_chunk(
            &mut out,
            KIND_ITEM,
            &wire::to_bytes(&block)?,
            block.codes.0.len(),
        )?;
        write_stars(&mut out, block.first_row, block.count)?;
    }
    crate::Model::decode(&out)?;
    Ok(out)
}

fn block(items: &[ItemRecord], first_row: usize) -> Result<ItemColumns, FormatError> {
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
    Ok(ItemColumns {
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
