//! Why an item is where it is.

use matinee_format::Model;

use crate::profile::{Profile, power_of_two};
use crate::score::dot;

/// What one rating adds to an item's score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Contribution {
    /// Row of the rated item.
    pub row: u32,
    /// Its share of the score: negative where it speaks against the item.
    pub amount: f64,
}

/// An item's score, taken apart.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// One entry a rating, the weightiest first.
    pub contributions: Vec<Contribution>,
    /// What the item has from the start, whoever asks.
    pub bias: f64,
    /// The score before the visitor's vector is rounded to eight bits. The contributions and the bias sum to it.
    pub score: f64,
}

/// Takes the score of `row` apart. Exact: contributions are integers times one scale.
pub fn explain(model: &Model, profile: &Profile, row: u32) -> Explanation {
    let unit = power_of_two(-i32::from(model.header().weight_shift));
    let scale = f64::from(model.out_scale(row)) * unit;
    let target = model.codes(row);
    let mut contributions: Vec<Contribution> = profile
        .folded()
        .map(|folded| Contribution {
            row: folded.row,
            amount: (folded.weight * i64::from(dot(model.codes(folded.row), target))) as f64
                * scale,
        })
        .collect();
    contributions.sort_by(|a, b| {
        b.amount
            .abs()
            .total_cmp(&a.amount.abs())
            .then(a.row.cmp(&b.row))
    });
    let bias = f64::from(model.bias(row));
    let product: f64 = profile
        .z()
        .iter()
        .zip(target)
        .map(|(&z, &code)| z as f64 * f64::from(code))
        .sum();
    Explanation {
        contributions,
        bias,
        score: product * scale + bias,
    }
}
