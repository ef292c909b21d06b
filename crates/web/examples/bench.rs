//! The engine on an invented catalogue, for `cargo xtask bench browser`: what a page would call, and the floor beneath it.

use matinee_engine::{Filter, ListOptions, Profile, Query, list, score_all};
use matinee_format::{Feedback, Header, ItemRecord, Model, ModelCard, Scale, encode};
use wasm_bindgen::prelude::*;

/// As the trainer chooses by default.
const LEVELS: i8 = 31;
const GENRES: u32 = 18;

/// A catalogue and a visitor.
#[wasm_bindgen]
pub struct Bench {
    model: Model,
    profile: Profile,
    scores: Vec<f32>,
}

/// What is asked for.
#[wasm_bindgen]
pub struct Question {
    k: usize,
    options: ListOptions,
}

#[wasm_bindgen]
impl Question {
    /// A list of `k` items of any of these genres (a bit mask) from these years.
    #[wasm_bindgen(constructor)]
    pub fn new(k: usize, diversity: f32, genres: u32, from: u16, to: u16) -> Self {
        let options = ListOptions {
            diversity,
            filter: Filter {
                genres: genres.into(),
                from,
                to,
            },
            ..ListOptions::default()
        };
        Self { k, options }
    }
}

#[wasm_bindgen]
impl Bench {
    /// Invents a catalogue of so many items, with vectors of so many dimensions.
    #[wasm_bindgen(constructor)]
    pub fn new(items: u32, dims: u16) -> Result<Bench, JsError> {
        let mut random = Random(1);
        let records: Vec<ItemRecord> = (0..items)
            .map(|row| invent(&mut random, row, items, dims))
            .collect();
        let bytes = encode(header(dims), &records, &[1000, 10_000])?;
        drop(records);
        let model = Model::decode(&bytes)?;
        Ok(Bench {
            profile: Profile::new(&model),
            scores: vec![0.0; items as usize],
            model,
        })
    }

    /// The vectors as floating-point numbers, scaled as scores are: what a peer multiplies with.
    pub fn vectors(&self) -> Vec<f32> {
        let scales = self.model.out_scales().iter();
        self.model
            .all_codes()
            .chunks_exact(self.model.dims())
            .zip(scales)
            .flat_map(|(codes, scale)| codes.iter().map(move |&code| f32::from(code) * scale))
            .collect()
    }

    /// What each vector was scaled by.
    pub fn scales(&self) -> Vec<f32> {
        self.model.out_scales().to_vec()
    }

    /// Bit mask of each item's genres.
    pub fn genres(&self) -> Vec<u32> {
        self.each(|row| self.model.item(row).genres as u32)
    }

    /// Each item's year.
    pub fn years(&self) -> Vec<u16> {
        self.each(|row| self.model.item(row).year.unwrap_or(0))
    }

    fn each<T>(&self, of: impl Fn(u32) -> T) -> Vec<T> {
        (0..self.model.len() as u32).map(of).collect()
    }

    /// From ratings to the rows of a list.
    pub fn answer(&mut self, rows: &[u32], feedback: &[f32], question: &Question) -> Vec<u32> {
        self.profile = Profile::new(&self.model);
        for (&row, &feedback) in rows.iter().zip(feedback) {
            self.profile
                .set(&self.model, self.model.item(row).id, feedback);
        }
        self.list(question)
    }

    /// From one more rating, or another one, to the rows of the list.
    pub fn update(&mut self, row: u32, feedback: f32, question: &Question) -> Vec<u32> {
        self.profile
            .set(&self.model, self.model.item(row).id, feedback);
        self.list(question)
    }

    fn list(&self, question: &Question) -> Vec<u32> {
        let Question { k, options } = question;
        let list = list(&self.model, &self.profile, None, *k, options, |_| false);
        list.iter().map(|scored| scored.row).collect()
    }

    /// Scores every item for the visitor.
    pub fn score(&mut self) {
        let query = Query::new(&self.model, &self.profile);
        score_all(&self.model, &query, &mut self.scores);
    }

    /// The same without vector instructions.
    pub fn score_scalar(&mut self) {
        let query = Query::new(&self.model, &self.profile);
        let rows = matinee_kernel::Rows {
            codes: self.model.all_codes(),
            dims: self.model.dims(),
            levels: self.model.header().levels,
            scales: self.model.out_scales(),
            biases: self.model.biases(),
        };
        let query = matinee_kernel::Query {
            codes: &query.codes,
            step: query.step,
        };
        matinee_kernel::scalar(rows, query, &mut self.scores);
    }

    /// Reads every vector once, and does as good as nothing with it.
    pub fn read(&self) -> u32 {
        xor(self.model.all_codes())
    }
}

/// Has the engine use what this browser has; its name.
#[wasm_bindgen]
pub fn install() -> String {
    matinee_web::kernel::install().to_owned()
}

/// In vectors and by hand: an app is compiled to be small, which would be slower than scoring.
#[target_feature(enable = "simd128")]
#[allow(unsafe_code, reason = "vectors are loaded through pointers")]
fn xor(codes: &[i8]) -> u32 {
    use core::arch::wasm32::{i32x4_extract_lane, i32x4_splat, v128, v128_load, v128_xor};
    let mut sums = [i32x4_splat(0); 4];
    for block in codes.as_chunks::<64>().0 {
        let block: *const v128 = block.as_ptr().cast();
        for (at, sum) in sums.iter_mut().enumerate() {
            // SAFETY: the block is four vectors long, and `v128_load` needs no alignment.
            *sum = v128_xor(*sum, unsafe { v128_load(block.add(at)) });
        }
    }
    let [a, b, c, d] = sums;
    i32x4_extract_lane::<0>(v128_xor(v128_xor(a, b), v128_xor(c, d))) as u32
}

/// Numbers that repeat from run to run: a linear congruential generator's upper half.
struct Random(u32);

impl Random {
    fn below(&mut self, end: u32) -> u32 {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (self.0 >> 16) % end
    }
}

fn invent(random: &mut Random, row: u32, items: u32, dims: u16) -> ItemRecord {
    // Films of a kind point the same way, as in a trained model: a list of unlike ones is then work to find.
    let mut lean = Random(random.below(40) * 7919 + 1);
    let mut code = || {
        let code = lean.below(21) as i8 - 10 + random.below(41) as i8 - 20;
        code.clamp(-LEVELS, LEVELS)
    };
    ItemRecord {
        id: row.to_string(),
        title: format!("Film {row}"),
        alt_titles: Vec::new(),
        codes: (0..dims).map(|_| code()).collect(),
        year: Some(1930 + random.below(95) as u16),
        genres: 1 << random.below(GENRES) | 1 << random.below(GENRES),
        popularity: items - row,
        imdb: None,
        tmdb: None,
        in_scale: Scale::nearest(1.0),
        out_scale: Scale::nearest(0.5 + random.below(1000) as f32 / 1000.0),
        bias: Scale::default(),
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
