//! From a trained model and a catalogue to the bytes of a model file.

use matinee_format::{FormatError, Header, ItemRecord, Scale, StarHead};

use crate::quantise::Quantised;

/// Items in chunk 0, and in each chunk after it. The first is what a visitor waits for; the rest arrive while they
/// look at it, in pieces large enough to compress well.
pub const CHUNK_SIZES: [usize; 2] = [500, 4000];
/// Fixed-point weights reach this power of two at most, for the largest in-scale and feedback of 1: fine enough
/// that rounding is invisible, small enough that sums stay exact.
const WEIGHT_BITS: i32 = 22;

/// What a catalogue says about one item of a model.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Description {
    /// The catalogue's id.
    pub id: String,
    /// Title, for people.
    pub title: String,
    /// Other titles.
    pub alt_titles: Vec<String>,
    /// Release year, where known.
    pub year: Option<u16>,
    /// Bit mask into the header's genres.
    pub genres: u64,
    /// IMDb's number, where known.
    pub imdb: Option<u32>,
    /// TMDB's number, where known.
    pub tmdb: Option<u32>,
    /// Ratings in training.
    pub popularity: u32,
}

/// Encodes a model file: items sorted by popularity (ties by id), `dims`, `levels` and `weight_shift` of the header
/// set to fit.
///
/// # Errors
/// When a description or the header breaks a rule of the format.
pub fn pack(
    header: Header,
    items: &[Description],
    vectors: &Quantised,
) -> Result<Vec<u8>, FormatError> {
    pack_with_stars(header, items, vectors, None)
}

/// As [`pack`], with a star head for the same items in the same order.
///
/// # Errors
/// As [`pack`], and when the head is for other items.
pub fn pack_with_stars(
    mut header: Header,
    items: &[Description],
    vectors: &Quantised,
    stars: Option<&StarHead>,
) -> Result<Vec<u8>, FormatError> {
    let mut order: Vec<usize> = (0..items.len()).collect();
    let by_popularity = |&a: &usize, &b: &usize| {
        items[b]
            .popularity
            .cmp(&items[a].popularity)
            .then_with(|| items[a].id.cmp(&items[b].id))
    };
    order.sort_by(by_popularity);
    let records: Vec<ItemRecord> = order
        .iter()
        .map(|&i| {
            let item = &items[i];
            ItemRecord {
                id: item.id.clone(),
                title: item.title.clone(),
                alt_titles: item.alt_titles.clone(),
                year: item.year,
                genres: item.genres,
                popularity: item.popularity,
                imdb: item.imdb,
                tmdb: item.tmdb,
                in_scale: vectors.in_scales[i],
                out_scale: vectors.out_scales[i],
                bias: Scale::default(),
                codes: vectors.codes[i].clone(),
            }
        })
        .collect();
    header.dims = vectors.codes.first().map_or(0, |codes| codes.len() as u16);
    header.levels = vectors.levels;
    header.weight_shift = weight_shift(&vectors.in_scales);
    let stars = match stars {
        Some(stars) if stars.len() == items.len() => {
            let codes = order.iter().flat_map(|&i| stars.codes(i as u32)).copied();
            let head = StarHead::new(stars.prior().clone(), codes.collect())?;
            Some(head.with_caution(stars.caution()))
        }
        // Refused by the writer.
        other => other.cloned(),
    };
    matinee_format::encode_with_stars(header, &records, stars.as_ref(), &CHUNK_SIZES)
}

/// The largest shift that keeps every weight below 2^[`WEIGHT_BITS`].
fn weight_shift(in_scales: &[Scale]) -> i8 {
    let largest = in_scales
        .iter()
        .map(|scale| scale.value())
        .fold(0.0, f32::max);
    if largest == 0.0 {
        return 0;
    }
    // The exponent of an f32, plus one, is a power of two that it stays below.
    let exponent = (largest.to_bits() >> 23) as i32 - 126;
    (WEIGHT_BITS - exponent).clamp(-64, 64) as i8
}
