//! Colours of a cover: the hue comes from the genre, the mood from the decade.

use super::colour::Oklch;

/// The colours of a cover, as `#rrggbb`.
///
/// Lettering is always set on `ground`, and the two differ by at least 6:1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Palette {
    /// Behind the lettering.
    pub ground: String,
    /// The lettering.
    pub ink: String,
    /// Behind the picture's figure.
    pub field: String,
    /// The picture's figure.
    pub main: String,
    /// The second colour of the picture.
    pub second: String,
}

/// Genres from the most telling to the least, each with its hue and whether it is told by night.
///
/// A film is coloured by the first of these it belongs to: nearly everything is also a drama.
const GENRES: [(&str, f32, bool); 18] = [
    ("Film-Noir", 265.0, true),
    ("Western", 58.0, false),
    ("Horror", 22.0, true),
    ("Musical", 352.0, false),
    ("Animation", 150.0, false),
    ("Sci-Fi", 225.0, true),
    ("War", 118.0, true),
    ("Documentary", 105.0, false),
    ("Fantasy", 305.0, true),
    ("Mystery", 285.0, true),
    ("Crime", 250.0, true),
    ("Children", 88.0, false),
    ("Romance", 8.0, false),
    ("Action", 38.0, true),
    ("Adventure", 75.0, false),
    ("Comedy", 92.0, false),
    ("Thriller", 195.0, true),
    ("Drama", 48.0, false),
];

/// How telling a genre is: the lower, the more. Unknown ones come last.
pub(crate) fn telling(genre: &str) -> usize {
    GENRES
        .iter()
        .position(|(name, ..)| *name == genre)
        .unwrap_or(GENRES.len())
}

/// The look of a decade: how strong its colours are, and the hue its film stock leans to and how far.
struct Stock {
    chroma: f32,
    lean: f32,
    pull: f32,
}

fn stock(year: Option<u16>) -> Stock {
    let (chroma, lean, pull) = match year.unwrap_or(2000) {
        ..1935 => (0.16, 75.0, 0.85),      // nitrate and sepia
        1935..1950 => (0.36, 60.0, 0.45),  // first colour, still dusty
        1950..1960 => (0.95, 25.0, 0.15),  // three-strip
        1960..1970 => (1.10, 90.0, 0.10),  // pop
        1970..1980 => (0.85, 60.0, 0.40),  // brown and orange
        1980..1990 => (1.15, 320.0, 0.22), // neon
        1990..2000 => (0.80, 170.0, 0.10), // bleach and teal
        2000..2010 => (0.62, 235.0, 0.22), // steel
        2010..2020 => (0.90, 40.0, 0.06),
        _ => (1.05, 300.0, 0.10),
    };
    Stock { chroma, lean, pull }
}

/// `nuance` in `[-1, 1]` shifts the hue a little, so that neighbours within a genre still differ.
pub(super) fn choose(genres: &[&str], year: Option<u16>, nuance: f32, chance: u32) -> Palette {
    let mut telling = GENRES.iter().filter(|(name, ..)| genres.contains(name));
    let (_, first, night) = telling.next().copied().unwrap_or(("", 70.0, false));
    let other = telling.next().map_or(first + 150.0, |(_, hue, _)| *hue);
    let stock = stock(year);
    let hue = lean(first + nuance * 16.0, &stock);
    // Two neighbouring hues would blur into one: the second is kept well away from the first.
    let mut second = lean(other, &stock);
    if apart(hue, second) < 50.0 {
        second = hue + if chance & 16 == 0 { 65.0 } else { -65.0 };
    }
    let c = stock.chroma;

    let at = |l, chroma: f32, hue| Oklch(l, chroma * c, hue).hex();
    // A genre has its habit, which some covers break.
    let dice = (chance >> 5) % 16;
    let mood = match (night, dice) {
        (true, 0..9) | (false, 0..2) => Mood::Night,
        (true, 9..14) | (false, 2..8) => Mood::Bold,
        _ => Mood::Day,
    };
    match mood {
        Mood::Night => Palette {
            ground: at(0.24, 0.055, hue),
            ink: at(0.94, 0.045, second),
            field: at(0.33, 0.085, hue),
            main: at(0.68, 0.165, hue),
            second: at(0.84, 0.120, second),
        },
        Mood::Bold => Palette {
            ground: at(0.43, 0.125, hue),
            ink: at(0.965, 0.030, second),
            field: at(0.36, 0.100, hue),
            main: at(0.70, 0.150, second),
            second: at(0.90, 0.085, hue + 20.0),
        },
        Mood::Day => Palette {
            ground: at(0.915, 0.055, hue),
            ink: at(0.26, 0.065, hue),
            field: at(0.83, 0.095, hue),
            main: at(0.62, 0.170, hue),
            second: at(0.42, 0.110, second),
        },
    }
}

enum Mood {
    Night,
    Bold,
    Day,
}

fn lean(hue: f32, stock: &Stock) -> f32 {
    let mut way = (stock.lean - hue).rem_euclid(360.0);
    if way > 180.0 {
        way -= 360.0;
    }
    hue + way * stock.pull
}

fn apart(a: f32, b: f32) -> f32 {
    let way = (a - b).rem_euclid(360.0);
    way.min(360.0 - way)
}
