//! The engine on an invented catalogue, for `cargo xtask bench browser`: what a page would call, and the floor beneath it.

use std::rc::Rc;

use matinee_engine::search::TitleIndex;
use matinee_engine::{Filter, ListOptions, Profile, Query, list, score_all};
use matinee_format::{Decoder, Model};
use matinee_web::loader::{self, Source};
use wasm_bindgen::prelude::*;

/// Bytes that a line brings at a time.
const PIECE: usize = 1 << 16;

/// A catalogue and a visitor.
#[wasm_bindgen]
pub struct Bench {
    model: Rc<Model>,
    profile: Profile,
    scores: Vec<f32>,
    index: TitleIndex,
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
    /// Loads a catalogue as the app does, from an address, holding it against its SHA-256.
    pub async fn load(url: String, sha256: String, bytes: f64) -> Result<Bench, JsError> {
        let source = Source {
            url,
            sha256,
            bytes: Some(bytes as u64),
        };
        let loaded = loader::load(&source, false, |_| {}).await;
        let model = loaded.map_err(|error| JsError::new(&error.detail()))?.model;
        Ok(Bench {
            profile: Profile::new(&model),
            scores: vec![0.0; model.len()],
            model,
            index: TitleIndex::new(),
        })
    }

    /// The vectors as floating-point numbers, scaled as scores are: what a peer multiplies with.
    pub fn vectors(&self) -> Vec<f32> {
        let scaled = |row: u32| {
            let scale = self.model.out_scale(row);
            let codes = self.model.codes(row).iter();
            codes.map(move |&code| f32::from(code) * scale)
        };
        (0..self.model.len() as u32).flat_map(scaled).collect()
    }

    /// What each vector was scaled by.
    pub fn scales(&self) -> Vec<f32> {
        self.each(|row| self.model.out_scale(row))
    }

    /// Bit mask of each item's genres.
    pub fn genres(&self) -> Vec<u32> {
        self.each(|row| self.model.genres(row) as u32)
    }

    /// Each item's year.
    pub fn years(&self) -> Vec<u16> {
        self.each(|row| self.model.year(row).unwrap_or(0))
    }

    /// Each item's title.
    pub fn titles(&self) -> Vec<String> {
        self.each(|row| self.model.item(row).title.to_owned())
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
        let query = matinee_kernel::Query {
            codes: &query.codes,
            step: query.step,
        };
        let mut rest = self.scores.as_mut_slice();
        for vectors in self.model.vectors() {
            let (now, later) = rest.split_at_mut(vectors.out_scales.len());
            let rows = matinee_kernel::Rows {
                codes: vectors.codes,
                dims: self.model.dims(),
                levels: self.model.header().levels,
                scales: vectors.out_scales,
                biases: vectors.biases,
            };
            matinee_kernel::scalar(rows, query, now);
            rest = later;
        }
    }

    /// Reads every vector once, and does as good as nothing with it.
    pub fn read(&self) -> u32 {
        let runs = self.model.vectors();
        runs.fold(0, |sum, vectors| sum ^ xor(vectors.codes))
    }

    /// Makes the index of titles anew.
    pub fn index(&mut self) {
        self.index = TitleIndex::new();
        self.index.extend(&self.model);
    }

    /// The rows of the films found for what was typed.
    pub fn search(&self, typed: &str, most: usize) -> Vec<u32> {
        let hits = self.index.search(typed, most);
        hits.iter().map(|hit| hit.row).collect()
    }
}

/// Decodes a file as it would arrive, and keeps what it holds; the number of items.
#[wasm_bindgen]
pub fn decode(file: &[u8]) -> Result<usize, JsError> {
    let mut decoder = Decoder::new();
    let mut model = None::<Model>;
    for piece in file.chunks(PIECE) {
        Model::grow(&mut model, decoder.push(piece)?)?;
    }
    decoder.finish()?;
    Ok(model.map_or(0, |model| model.len()))
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
