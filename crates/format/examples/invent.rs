//! Writes an invented model file: `invent ITEMS DIMS FILE`. For benchmarks that need a catalogue of some size; what it
//! recommends means nothing.

use std::process::ExitCode;

use matinee_format::{Feedback, Header, ItemRecord, ModelCard, Scale, encode};

/// As the trainer chooses by default.
const LEVELS: i8 = 31;
const GENRES: u32 = 18;
/// Films of the first chunk and of each that follows, as in the trainer's files.
const CHUNKS: [usize; 2] = [500, 4000];
/// Distinct words of titles; about as many as 60,000 titles have.
const WORDS: u32 = 40_000;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let result = match arguments.as_slice() {
        [items, dims, file] => match (items.parse(), dims.parse()) {
            (Ok(items), Ok(dims)) => invent(items, dims)
                .and_then(|bytes| std::fs::write(file, bytes).map_err(|e| format!("{file}: {e}"))),
            _ => Err("ITEMS and DIMS are numbers".to_owned()),
        },
        _ => Err("usage: invent ITEMS DIMS FILE".to_owned()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn invent(items: u32, dims: u16) -> Result<Vec<u8>, String> {
    let mut random = Random(1);
    let records: Vec<ItemRecord> = (0..items)
        .map(|row| film(&mut random, row, items, dims))
        .collect();
    encode(header(dims), &records, &CHUNKS).map_err(|error| error.to_string())
}

/// Numbers that repeat from run to run: a linear congruential generator's upper half.
struct Random(u32);

impl Random {
    fn below(&mut self, end: u32) -> u32 {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (self.0 >> 16) % end
    }
}

fn film(random: &mut Random, row: u32, items: u32, dims: u16) -> ItemRecord {
    // Films of a kind point the same way, as in a trained model: a list of unlike ones is then work to find.
    let mut lean = Random(random.below(40) * 7919 + 1);
    let title: Vec<String> = (0..1 + random.below(4)).map(|_| word(random)).collect();
    let mut code = || {
        let code = lean.below(21) as i8 - 10 + random.below(41) as i8 - 20;
        code.clamp(-LEVELS, LEVELS)
    };
    ItemRecord {
        id: row.to_string(),
        title: title.join(" "),
        alt_titles: Vec::new(),
        codes: (0..dims).map(|_| code()).collect(),
        year: Some(1930 + random.below(95) as u16),
        genres: 1 << random.below(GENRES) | 1 << random.below(GENRES),
        popularity: items - row,
        imdb: Some(row + 1),
        tmdb: Some(row + 1),
        in_scale: Scale::nearest(1.0),
        out_scale: Scale::nearest(0.5 + random.below(1000) as f32 / 1000.0),
        bias: Scale::default(),
    }
}

/// A word that can be spoken; a few are in very many titles, as everywhere.
fn word(random: &mut Random) -> String {
    const FIRST: [&str; 16] = [
        "b", "d", "f", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "st", "th",
    ];
    const THEN: [&str; 8] = ["a", "e", "i", "o", "u", "ea", "an", "er"];
    let share = f64::from(random.below(60_000)) / 60_000.0;
    let mut rest = (share.powi(3) * f64::from(WORDS)) as usize;
    let mut word = String::new();
    loop {
        word.push_str(FIRST[rest % FIRST.len()]);
        rest /= FIRST.len();
        word.push_str(THEN[rest % THEN.len()]);
        rest /= THEN.len();
        if rest == 0 {
            break word;
        }
    }
}

fn header(dims: u16) -> Header {
    Header {
        catalogue: "bench".into(),
        dims,
        levels: LEVELS as u8,
        items_total: 0,
        chunks_total: 0,
        weight_shift: 16,
        genres: (0..GENRES).map(|genre| format!("Genre {genre}")).collect(),
        feedback: Feedback {
            scale: None,
            weights: vec![1.0],
            not_for_me: -0.5,
            mean: 3.5,
            own_mean: 0.0,
            watched: Vec::new(),
        },
        card: ModelCard::default(),
    }
}
