//! Sets a title: as large as it can be, in as many lines as that takes, broken where a typesetter would.

/// Size of the year's type.
pub const YEAR_SIZE: f32 = 16.0;

/// Largest and smallest type; a title too long for the smallest runs off the cover's foot, which no title
/// in the catalogues does.
const LARGEST: f32 = 96.0;
const SMALLEST: f32 = 15.0;
/// Height the title may take.
const ROOM: f32 = 138.0;
/// Distance of baselines, in ems.
const LEADING: f32 = 0.9;
/// Height of capitals in the display face, in ems.
const CAPITALS: f32 = 0.72;
const MOST_LINES: usize = 8;

/// One line of lettering.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Left edge.
    pub x: f32,
    /// Baseline.
    pub y: f32,
    /// Advance in the display face; whatever face draws it is fitted to this.
    pub width: f32,
    /// The words.
    pub text: String,
}

/// A title set in lines, not yet placed.
pub(super) struct Block {
    pub(super) size: f32,
    pub(super) height: f32,
    lines: Vec<(String, f32)>,
}

impl Block {
    pub(super) fn placed(self, x: f32, top: f32) -> Vec<Line> {
        let first = top + self.size * CAPITALS;
        (0_u8..)
            .zip(self.lines)
            .map(|(i, (text, ems))| Line {
                x,
                y: round(first + f32::from(i) * self.size * LEADING),
                width: round(ems * self.size),
                text,
            })
            .collect()
    }
}

/// Sets `title` to fill `measure`.
pub(super) fn set(title: &str, measure: f32) -> Block {
    let words: Vec<&str> = title.split_whitespace().collect();
    let mut best: Option<(f32, Vec<(String, f32)>)> = None;
    for count in 1..=words.len().clamp(1, MOST_LINES) {
        let lines = broken(&words, count);
        let widest = lines.iter().fold(0.1_f32, |top, line| top.max(line.1));
        let size = (measure / widest)
            .min(ROOM / (lines.len() as f32 * LEADING))
            .min(LARGEST);
        // A line more must earn its place.
        if best.as_ref().is_none_or(|(top, _)| size > top * 1.06) {
            best = Some((size, lines));
        }
    }
    let (size, lines) = best.unwrap_or((LARGEST, Vec::new()));
    // Rounded down: rounded up, the widest line would not fit.
    let size = (size.max(SMALLEST) * 10.0).floor() / 10.0;
    let height = size * (CAPITALS + LEADING * lines.len().saturating_sub(1) as f32);
    // Descenders of the last line.
    let height = height + size * 0.14;
    Block {
        size,
        height,
        lines,
    }
}

/// Breaks `words` into `count` lines so that the widest, as [`cost`] sees it, is as narrow as can be.
fn broken(words: &[&str], count: usize) -> Vec<(String, f32)> {
    let n = words.len();
    // best[k][i]: the least cost of setting the first i words in k lines, and where the last line begins.
    let mut best = vec![vec![(f32::INFINITY, 0_usize); n + 1]; count + 1];
    best[0][0].0 = 0.0;
    for k in 1..=count {
        for end in 1..=n {
            for start in 0..end {
                let so_far = best[k - 1][start].0;
                let total = so_far.max(cost(&words[start..end], end == n));
                if total < best[k][end].0 {
                    best[k][end] = (total, start);
                }
            }
        }
    }
    let mut lines = Vec::with_capacity(count);
    let mut end = n;
    for k in (1..=count).rev() {
        let start = best[k][end].1;
        let text = words[start..end].join(" ");
        let ems = width(&text);
        lines.push((text, ems));
        end = start;
    }
    lines.reverse();
    lines
}

/// Width of a line in ems, made wider for a poor break and narrower for a good one.
fn cost(words: &[&str], last: bool) -> f32 {
    let ems = words.iter().map(|word| width(word)).sum::<f32>() + 0.17 * (words.len() - 1) as f32;
    // A dash belongs to what it follows.
    let ems = if matches!(words[0], "-" | "–" | "—") {
        ems + 0.5
    } else {
        ems
    };
    let end = words[words.len() - 1];
    if last {
        ems
    } else if end.ends_with([':', ',', '.', '!', '?']) {
        ems - 0.4
    } else if end.len() <= 3 && end.chars().all(is_lowercase) && words.len() > 1 {
        ems + 0.5
    } else {
        ems
    }
}

/// Of the letters that titles are mostly written with: the tables of all others are as large as ten covers.
fn is_lowercase(c: char) -> bool {
    matches!(c, 'a'..='z' | 'ß'..='ö' | 'ø'..='ÿ')
}

/// Advance of `text` in ems of the display face, Imbue at weight 600.
pub(super) fn width(text: &str) -> f32 {
    // Hundredths of an em for ' ' to '~', read from the font's hmtx table.
    const ADVANCES: [u8; 95] = [
        17, 18, 27, 57, 29, 54, 51, 18, 21, 21, 41, 41, 18, 34, 18, 31, 43, 29, 38, 38, 36, 41, 42,
        36, 42, 42, 26, 26, 39, 41, 39, 33, 47, 35, 41, 35, 41, 36, 36, 40, 46, 27, 35, 42, 34, 52,
        41, 41, 41, 41, 45, 33, 39, 40, 36, 57, 41, 40, 36, 15, 32, 19, 43, 49, 30, 39, 40, 33, 41,
        36, 30, 40, 44, 24, 25, 42, 24, 60, 43, 37, 39, 41, 34, 29, 26, 42, 33, 54, 36, 35, 32, 21,
        10, 21, 37,
    ];
    let hundredths: u32 = text
        .chars()
        .map(|c| {
            let index = (u32::from(c)).wrapping_sub(0x20) as usize;
            match ADVANCES.get(index) {
                Some(advance) => u32::from(*advance),
                // Accented letters are as wide as their plain ones, about 38; other scripts are square.
                None if u32::from(c) < 0x500 => 38,
                None => 100,
            }
        })
        .sum();
    hundredths as f32 / 100.0
}

fn round(value: f32) -> f32 {
    (value * 10.0).round() / 10.0
}
