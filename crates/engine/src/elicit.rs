//! Which items to ask a visitor about.

use matinee_format::Model;

use crate::profile::Profile;

/// Items considered: those many people have seen. An answer of "haven't seen" teaches little.
const POOL: usize = 400;

/// The `k` items whose ratings would tell most about the visitor, given those already rated: greedy optimal design
/// on the item vectors. Each step takes the item with the largest `P(seen) * (1 - 1 / (1 + v' M^-1 v))`, where
/// `M = I + sum of v v'` over what is rated or already chosen, and `P(seen)` goes with the item's popularity.
///
/// See Rubens, Elahi, Sugiyama and Kaplan, "Active Learning in Recommender Systems" (2015). The usual logarithm is
/// replaced by a fraction with the same order, so that every platform chooses alike.
pub fn worth_asking(
    model: &Model,
    profile: &Profile,
    k: usize,
    exclude: impl Fn(u32) -> bool,
) -> Vec<u32> {
    let mut known = vec![false; model.len()];
    let mut uncertainty = Uncertainty::new(model.dims());
    for folded in profile.folded() {
        known[folded.row as usize] = true;
        uncertainty.learn(&direction(model, folded.row));
    }
    let mut pool: Vec<Candidate> = (0..model.len() as u32)
        .filter(|&row| !known[row as usize] && !exclude(row))
        .take(POOL)
        .map(|row| {
            let direction = direction(model, row);
            let variance = dot(&uncertainty.times(&direction), &direction);
            Candidate {
                row,
                seen: model.item(row).popularity as f32,
                direction,
                variance,
            }
        })
        .collect();

    let mut chosen = Vec::with_capacity(k);
    while chosen.len() < k {
        let better = |a: usize, b: usize| {
            if pool[b].value() > pool[a].value() {
                b
            } else {
                a
            }
        };
        let Some(best) = (0..pool.len()).reduce(better) else {
            break;
        };
        let asked = pool.remove(best);
        let (told, divisor) = uncertainty.learn(&asked.direction);
        for candidate in &mut pool {
            candidate.variance -= dot(&told, &candidate.direction).powi(2) / divisor;
        }
        chosen.push(asked.row);
    }
    chosen
}

struct Candidate {
    row: u32,
    /// Proportional to the probability that the visitor has seen it.
    seen: f32,
    direction: Vec<f32>,
    /// `v' M^-1 v`: how little is known in this item's direction.
    variance: f32,
}

impl Candidate {
    fn value(&self) -> f32 {
        self.seen * (1.0 - 1.0 / (1.0 + self.variance))
    }
}

/// The item's vector, scaled so that a rating of any item carries the same amount of information.
fn direction(model: &Model, row: u32) -> Vec<f32> {
    let codes = model.codes(row);
    let length = codes
        .iter()
        .map(|&c| f32::from(c) * f32::from(c))
        .sum::<f32>()
        .sqrt()
        .max(1.0);
    // Two: one answer in an unknown direction removes four fifths of its variance.
    codes.iter().map(|&c| 2.0 * f32::from(c) / length).collect()
}

/// The inverse of `M`: what is still unknown about the visitor in each direction.
struct Uncertainty {
    dims: usize,
    inverse: Vec<f32>,
}

impl Uncertainty {
    fn new(dims: usize) -> Self {
        let mut inverse = vec![0.0; dims * dims];
        inverse
            .iter_mut()
            .step_by(dims + 1)
            .for_each(|diagonal| *diagonal = 1.0);
        Uncertainty { dims, inverse }
    }

    fn times(&self, v: &[f32]) -> Vec<f32> {
        self.inverse
            .chunks_exact(self.dims)
            .map(|row| dot(row, v))
            .collect()
    }

    /// Adds `v v'` to `M` by the Sherman–Morrison formula: takes `p p' / d` from the inverse, and returns `p` and `d`.
    fn learn(&mut self, v: &[f32]) -> (Vec<f32>, f32) {
        let product = self.times(v);
        let divisor = 1.0 + dot(&product, v);
        for (row, &left) in self.inverse.chunks_exact_mut(self.dims).zip(&product) {
            for (value, &right) in row.iter_mut().zip(&product) {
                *value -= left * right / divisor;
            }
        }
        (product, divisor)
    }
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}
