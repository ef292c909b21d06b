//! Scoring every item and keeping the best.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use matinee_format::Model;
use matinee_kernel::Rows;
pub(crate) use matinee_kernel::dot;

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

/// Scores every item: `score = (codes . query) * out_scale * step + bias`, multiplied from left to right in `f32`.
/// `scores` is resized to one score a row.
pub fn score_all(model: &Model, query: &Query, scores: &mut Vec<f32>) {
    scores.resize(model.len(), 0.0);
    let query = matinee_kernel::Query {
        codes: &query.codes,
        step: query.step,
    };
    let mut rest = scores.as_mut_slice();
    for vectors in model.vectors() {
        let (now, later) = rest.split_at_mut(vectors.out_scales.len());
        let rows = Rows {
            codes: vectors.codes,
            dims: model.dims(),
            levels: model.header().levels,
            scales: vectors.out_scales,
            biases: vectors.biases,
        };
        matinee_kernel::score(rows, query, now);
        rest = later;
    }
}

/// The `k` best rows that are not excluded, best first. Equal scores keep the order of the rows.
pub fn top_k(scores: &[f32], k: usize, exclude: impl Fn(u32) -> bool) -> Vec<Scored> {
    top_k_of(scores, k, &exclude)
}

/// [`top_k`] compiled once, and here: what is generic is compiled by its callers, and an app is compiled to be small.
#[inline(never)]
fn top_k_of(scores: &[f32], k: usize, exclude: &dyn Fn(u32) -> bool) -> Vec<Scored> {
    if k == 0 {
        return Vec::new();
    }
    // A heap whose top is the worst of the best so far: most rows are turned away by one comparison.
    let mut best: BinaryHeap<Scored> = BinaryHeap::with_capacity(k.min(scores.len()) + 1);
    let mut least = f32::NEG_INFINITY;
    for (row, &score) in (0..).zip(scores) {
        if score < least {
            continue;
        }
        let candidate = Scored { row, score };
        let full = best.len() == k;
        if full && best.peek().is_some_and(|worst| candidate > *worst) || exclude(row) {
            continue;
        }
        if full {
            best.pop();
        }
        best.push(candidate);
        if best.len() == k {
            least = best.peek().map_or(least, |worst| worst.score);
        }
    }
    best.into_sorted_vec()
}

/// The visitor's `k` best items, best first, without those they have an opinion on and those `exclude` names.
pub fn rank(
    model: &Model,
    profile: &Profile,
    k: usize,
    exclude: impl Fn(u32) -> bool,
) -> Vec<Scored> {
    let mut scores = Vec::new();
    score_all(model, &Query::new(model, profile), &mut scores);
    let known = Known::of(profile);
    top_k(&scores, k, |row| known.holds(row) || exclude(row))
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
