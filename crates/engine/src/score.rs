//! Scoring every item and keeping the best.

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::ops::Range;

use matinee_format::{Model, Vectors};
use matinee_kernel::Rows;
pub(crate) use matinee_kernel::dot;

use crate::list::{ListOptions, list};
use crate::profile::{Profile, power_of_two};

/// A visitor's vector, rounded to eight bits for scoring: `z` is about `codes * step`.
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    /// `dims` codes from -127 to 127.
    pub codes: Vec<i8>,
    /// What one code stands for.
    pub step: f32,
}

impl Query {
    /// Rounds the profile's vector. The largest component becomes ±127; halves round away from zero.
    pub fn new(model: &Model, profile: &Profile) -> Self {
        let peak = profile.z().iter().map(|z| z.abs()).max().unwrap_or(0);
        if peak == 0 {
            return Query {
                codes: vec![0; model.dims()],
                step: 0.0,
            };
        }
        let code = |&z: &i64| {
            let magnitude = (z.abs() * 254 + peak) / (2 * peak);
            (magnitude * z.signum()) as i8
        };
        let unit = power_of_two(-i32::from(model.header().weight_shift));
        Query {
            codes: profile.z().iter().map(code).collect(),
            step: (peak as f64 * unit / 127.0) as f32,
        }
    }

    fn for_kernel(&self) -> matinee_kernel::Query<'_> {
        matinee_kernel::Query {
            codes: &self.codes,
            step: self.step,
        }
    }
}

/// A row and its score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scored {
    /// Row of the item.
    pub row: u32,
    /// Its score: higher is better, comparable for one visitor only.
    pub score: f32,
}

impl Eq for Scored {}

impl Ord for Scored {
    /// The better first: higher score, and among equals the earlier, more popular row.
    fn cmp(&self, other: &Self) -> Ordering {
        other
            .score
            .total_cmp(&self.score)
            .then(self.row.cmp(&other.row))
    }
}

impl PartialOrd for Scored {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Rows scored at a time where scores are looked at once: few enough to be in the processor's first cache still.
const ROWS: usize = 2048;

/// Scores that are held at once against the worst of the best: nearly always none of them reaches it.
const GLANCE: usize = 8;

/// Scores every item: `score = (codes . query) * out_scale * step + bias`, multiplied from left to right in `f32`.
/// `scores` is resized to one score a row.
pub fn score_all(model: &Model, query: &Query, scores: &mut Vec<f32>) {
    scores.resize(model.len(), 0.0);
    let mut rest = scores.as_mut_slice();
    for vectors in model.vectors() {
        let (now, later) = rest.split_at_mut(vectors.out_scales.len());
        matinee_kernel::score(rows(model, vectors, 0..now.len()), query.for_kernel(), now);
        rest = later;
    }
}

/// Consecutive rows that were scored together.
pub(crate) struct Part<'a> {
    /// The first of them.
    pub(crate) first: u32,
    /// Their scores, which whoever sees them may change.
    pub(crate) scores: &'a mut [f32],
    /// As [`Vectors::genres`] and [`Vectors::years`].
    pub(crate) genres: &'a [u64],
    pub(crate) years: &'a [u16],
}

/// Likewise, some rows at a time.
pub(crate) fn score_in_parts(model: &Model, query: &Query, mut see: impl FnMut(Part<'_>)) {
    let mut scores = vec![0.0; ROWS.min(model.len())];
    let mut first = 0;
    for vectors in model.vectors() {
        let count = vectors.out_scales.len();
        for start in (0..count).step_by(ROWS) {
            let part = start..count.min(start + ROWS);
            let scores = &mut scores[..part.len()];
            let rows = rows(model, vectors, part.clone());
            matinee_kernel::score(rows, query.for_kernel(), scores);
            see(Part {
                first,
                scores,
                genres: &vectors.genres[part.clone()],
                years: &vectors.years[part.clone()],
            });
            first += part.len() as u32;
        }
    }
}

fn rows<'a>(model: &Model, vectors: Vectors<'a>, part: Range<usize>) -> Rows<'a> {
    let dims = model.dims();
    Rows {
        codes: &vectors.codes[part.start * dims..part.end * dims],
        dims,
        levels: model.header().levels,
        scales: &vectors.out_scales[part.clone()],
        biases: &vectors.biases[part],
    }
}

/// Scores one item, as [`score_all`] does.
pub(crate) fn score_one(model: &Model, query: &Query, row: u32) -> f32 {
    let dot = dot(model.codes(row), &query.codes);
    dot as f32 * model.out_scale(row) * query.step + model.bias(row)
}

/// The `k` best rows that are not excluded, best first. Equal scores keep the order of the rows.
pub fn top_k(scores: &[f32], k: usize, exclude: impl Fn(u32) -> bool) -> Vec<Scored> {
    let mut best = Best::of(k.min(scores.len()));
    best.offer(0, scores, &exclude);
    best.in_order()
}

/// The best rows so far.
pub(crate) struct Best {
    /// Most rows that are kept.
    k: usize,
    /// The worst of them on top: most rows are turned away by one comparison.
    heap: BinaryHeap<Scored>,
    /// What a score must reach to be looked at.
    least: f32,
}

impl Best {
    pub(crate) fn of(k: usize) -> Self {
        Self {
            k,
            heap: BinaryHeap::with_capacity(k + 1),
            least: f32::NEG_INFINITY,
        }
    }

    /// Looks at the scores of consecutive rows from `first` on. Compiled once, and here: what is generic is compiled by its
    /// callers, and an app is compiled to be small.
    #[inline(never)]
    pub(crate) fn offer(&mut self, first: u32, scores: &[f32], exclude: &dyn Fn(u32) -> bool) {
        if self.k == 0 {
            return;
        }
        let (glances, rest) = scores.as_chunks::<GLANCE>();
        let mut first = first;
        for glance in glances {
            // Every one is compared: a branch for each takes longer than the comparisons.
            if glance
                .iter()
                .fold(false, |any, score| any | (*score >= self.least))
            {
                self.look(first, glance, exclude);
            }
            first += GLANCE as u32;
        }
        self.look(first, rest, exclude);
    }

    fn look(&mut self, first: u32, scores: &[f32], exclude: &dyn Fn(u32) -> bool) {
        for (row, &score) in (first..).zip(scores) {
            if score < self.least {
                continue;
            }
            let candidate = Scored { row, score };
            if self.heap.len() < self.k {
                if !exclude(row) {
                    self.heap.push(candidate);
                }
            } else if let Some(mut worst) = self.heap.peek_mut()
                && candidate < *worst
                && !exclude(row)
            {
                *worst = candidate;
            }
            if self.heap.len() == self.k {
                self.least = self.heap.peek().map_or(self.least, |worst| worst.score);
            }
        }
    }

    /// The best first.
    pub(crate) fn in_order(self) -> Vec<Scored> {
        self.heap.into_sorted_vec()
    }
}

/// The visitor's `k` best items, best first, without those they have an opinion on and those `exclude` names.
pub fn rank(
    model: &Model,
    profile: &Profile,
    k: usize,
    exclude: impl Fn(u32) -> bool,
) -> Vec<Scored> {
    list(model, profile, None, k, &ListOptions::default(), exclude)
}

/// What a visitor has an opinion on.
pub(crate) struct Known(Vec<u32>);

impl Known {
    pub(crate) fn of(profile: &Profile) -> Self {
        // By a heap, which is less code than a sort.
        let rows: BinaryHeap<u32> = profile.folded().map(|folded| folded.row).collect();
        Self(rows.into_sorted_vec())
    }

    pub(crate) fn holds(&self, row: u32) -> bool {
        self.0.binary_search(&row).is_ok()
    }
}
