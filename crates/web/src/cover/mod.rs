//! The cover of a film, drawn from what the model knows about it.
//!
//! No film in an open catalogue comes with a poster, so every film gets a typographic cover: colours from
//! genre and decade ([`palette`]), a figure from the leading dimensions of its vector ([`motif`]), its title
//! set like a programme's ([`lettering`]), and only the placing left to chance, by a hash of its id. Films
//! that are alike share genre, decade and the signs of their leading dimensions, so a row of
//! recommendations reads as a family.
//!
//! Everything here is pure and deterministic: the same [`Spec`] always gives the same [`Art`], and that the same
//! markup.

mod colour;
mod lettering;
mod motif;
mod palette;
mod path;
mod svg;

pub use lettering::{Line, YEAR_SIZE};
pub use palette::Palette;
pub(crate) use palette::telling;

/// Width of the drawing in its own units; covers are 2:3.
pub const WIDTH: f32 = 200.0;
/// Height of the drawing in its own units.
pub const HEIGHT: f32 = 300.0;

/// Space between the edge of the cover and the lettering or an inset picture.
pub const MARGIN: f32 = 13.0;

/// What a cover is drawn from.
#[derive(Clone, Copy, Debug)]
pub struct Spec<'a> {
    /// Stable id of the film; decides where things are placed.
    pub id: &'a str,
    /// Title as people write it.
    pub title: &'a str,
    /// Year of release.
    pub year: Option<u16>,
    /// Names of the film's genres.
    pub genres: &'a [&'a str],
    /// Quantised vector of the film; only the leading dimensions are used, and missing ones count as zero.
    pub codes: &'a [i8],
}

/// A drawn cover: a handful of shapes and the lettering.
#[derive(Clone, Debug, PartialEq)]
pub struct Art {
    /// The colours in use.
    pub palette: Palette,
    /// Where the picture goes.
    pub picture: Frame,
    /// Path data within the picture, back to front, each with its fill.
    pub shapes: Vec<Shape>,
    /// Size of the title's type.
    pub size: f32,
    /// The lines of the title, placed.
    pub lines: Vec<Line>,
    /// Baseline of the year, set at the left margin.
    pub year_y: f32,
    /// The year as shown, empty when unknown.
    pub year: String,
}

/// A rectangle of the cover; it clips what is drawn in it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// Left edge.
    pub x: f32,
    /// Top edge.
    pub y: f32,
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
}

/// One path, filled, or stroked with round ends when it has a stroke width.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    /// Which colour paints it.
    pub tone: Tone,
    /// Stroke width; 0 for a filled shape.
    pub stroke: f32,
    /// SVG path data in the picture's own coordinates.
    pub d: String,
}

/// The colours a shape may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// The picture's backdrop.
    Field,
    /// The main figure.
    Main,
    /// The second colour.
    Second,
    /// The colour of the lettering.
    Ink,
}

/// Draws a cover.
#[must_use]
pub fn draw(spec: &Spec<'_>) -> Art {
    let chance = hash(spec.id);
    let traits = Traits::of(spec.codes);
    let palette = palette::choose(spec.genres, spec.year, traits.0[4], chance);

    let block = lettering::set(spec.title, WIDTH - 2.0 * MARGIN);
    let year = spec.year.map(|y| y.to_string()).unwrap_or_default();

    // The title stands above the picture or below it, and the picture bleeds off the cover or is inset.
    let title_first = chance & 1 == 0;
    let inset = chance & 6 == 0;
    let edge = if inset { MARGIN } else { 0.0 };
    let year_height = lettering::YEAR_SIZE + 8.0;
    let text_height = block.height + year_height + 2.0 * MARGIN;
    let height = HEIGHT - text_height - edge;
    let picture = Frame {
        x: edge,
        y: if title_first { text_height } else { edge },
        width: WIDTH - 2.0 * edge,
        height,
    };
    let text_top = if title_first {
        MARGIN
    } else {
        HEIGHT - text_height + MARGIN
    };
    // The year sits on the outer side of the title, at the edge of the cover.
    let (title_top, year_y) = if title_first {
        (
            text_top + year_height,
            text_top + lettering::YEAR_SIZE * 0.8,
        )
    } else {
        (text_top, text_top + block.height + year_height)
    };

    Art {
        palette,
        shapes: motif::draw(&traits, picture.width, picture.height, chance & 8 != 0),
        picture,
        size: block.size,
        lines: block.placed(MARGIN, title_top),
        year_y,
        year,
    }
}

/// The leading dimensions of a vector after the first, each in `[-1, 1]`.
///
/// The first is skipped: in a factorisation of ratings it mostly says how well known a film is.
struct Traits([f32; Traits::COUNT]);

impl Traits {
    const COUNT: usize = 10;

    fn of(codes: &[i8]) -> Self {
        let mut values = [0.0; Self::COUNT];
        for (value, code) in values.iter_mut().zip(codes.iter().skip(1)) {
            *value = f32::from(*code);
        }
        let largest = values.iter().fold(1.0_f32, |top, v| top.max(v.abs()));
        for value in &mut values {
            *value /= largest;
        }
        Self(values)
    }

    /// Trait `index` moved from `[-1, 1]` to `[low, high]`.
    fn between(&self, index: usize, low: f32, high: f32) -> f32 {
        low + (high - low) * (self.0[index] + 1.0) / 2.0
    }

    /// Trait `index` as a whole number in `low..=high`.
    fn count(&self, index: usize, low: u32, high: u32) -> u32 {
        let span = (high - low + 1) as f32;
        low + ((self.0[index] + 1.0) / 2.0 * span).min(span - 1.0) as u32
    }
}

/// FNV-1a, 32 bits, then mixed: short ids differ only in their last characters.
fn hash(id: &str) -> u32 {
    let mut h = id.bytes().fold(0x811c_9dc5_u32, |h, byte| {
        (h ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    h ^= h >> 15;
    h = h.wrapping_mul(0x2c1b_3c6d);
    h ^ (h >> 13)
}
