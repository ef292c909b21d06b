//! Vectors for items that few people rated, from what the items are.
//!
//! A ridge regression from content (genres, period, tags) to the direction of an item's vector is learned on rated
//! items, weighted by how much is known of them. Every vector is then turned towards its predicted direction by
//! `k / (n + k)`, where `n` counts the item's ratings: an item with none gets the prediction, one with hundreds keeps
//! its own. Lengths, which decide how readily an item is recommended, stay as they were; an item that has none gets
//! a short one.

use faer::linalg::solvers::{Llt, Solve};
use faer::{Mat, Side};
use rayon::prelude::*;

use crate::dlae::Factors;
use crate::sparse::Csr;

/// Ridge of the regression, in items: a feature seen on fewer says little.
const RIDGE: f64 = 3.0;
/// Items with more ratings than this count no more in the regression.
const ENOUGH: f64 = 50.0;
/// Items without a length of their own get that of the item at this part of all lengths, from the shortest.
const SHORT: f64 = 0.05;

/// Blends the vectors of `factors` with those predicted from `content` (items x features). `counts` are the items'
/// ratings, and `strength` is `k`; with 0 every item that has a vector keeps it.
pub fn blend(factors: &mut Factors, content: &Csr, counts: &[u32], strength: f64) {
    let dims = factors.dims;
    let lengths: Vec<f32> = (0..factors.items())
        .map(|i| length(factors.vector(i)))
        .collect();
    let mut positive: Vec<f32> = lengths.iter().copied().filter(|&l| l > 0.0).collect();
    positive.sort_by(f32::total_cmp);
    let Some(&short) = positive.get((positive.len() as f64 * SHORT) as usize) else {
        return;
    };

    let effect = regress(factors, content, counts, &lengths);
    factors
        .vectors
        .par_chunks_exact_mut(dims)
        .enumerate()
        .for_each(|(item, vector)| {
            let mut predicted = vec![0.0_f32; dims];
            let (features, values) = content.row(item);
            for (&feature, &value) in features.iter().zip(values) {
                for (k, p) in predicted.iter_mut().enumerate() {
                    *p += value * effect[(feature as usize, k)] as f32;
                }
            }
            let own = lengths[item];
            let predicted_length = length(&predicted);
            if predicted_length == 0.0 {
                return;
            }
            let n = f64::from(counts[item]);
            let trust = if own == 0.0 {
                0.0
            } else {
                (n / (n + strength)) as f32
            };
            for (x, p) in vector.iter_mut().zip(&predicted) {
                let direction = if own == 0.0 { 0.0 } else { *x / own };
                *x = trust * direction + (1.0 - trust) * p / predicted_length;
            }
            let target = if own == 0.0 { short } else { own };
            let scale = target / length(vector).max(f32::MIN_POSITIVE);
            vector.iter_mut().for_each(|x| *x *= scale);
        });
}

/// Effect of each feature on the direction of an item's vector: features x dims.
fn regress(factors: &Factors, content: &Csr, counts: &[u32], lengths: &[f32]) -> Mat<f64> {
    let (features, dims) = (content.cols, factors.dims);
    let mut normal = Mat::<f64>::identity(features, features) * faer::Scale(RIDGE);
    let mut moments = Mat::<f64>::zeros(features, dims);
    for item in (0..factors.items()).filter(|&item| lengths[item] > 0.0) {
        let weight = (f64::from(counts[item]) / ENOUGH).min(1.0);
        let (columns, values) = content.row(item);
        for (&a, &value) in columns.iter().zip(values) {
            let left = weight * f64::from(value);
            for (&b, &other) in columns.iter().zip(values) {
                normal[(a as usize, b as usize)] += left * f64::from(other);
            }
            for (k, &x) in factors.vector(item).iter().enumerate() {
                moments[(a as usize, k)] += left * f64::from(x / lengths[item]);
            }
        }
    }
    let cholesky = Llt::new(normal.as_ref(), Side::Lower)
        .expect("a Gram matrix plus a ridge is positive definite");
    cholesky.solve(&moments)
}

fn length(vector: &[f32]) -> f32 {
    vector.iter().map(|x| x * x).sum::<f32>().sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two kinds of item on two axes; the last of each kind is unrated.
    fn two_kinds() -> (Factors, Csr, Vec<u32>) {
        let vectors = [
            [3.0, 0.1],
            [2.0, 0.0],
            [0.0, 0.0],
            [0.1, 1.0],
            [0.0, 2.0],
            [0.0, 0.0],
        ];
        let factors = Factors {
            dims: 2,
            vectors: vectors.concat(),
            in_scales: vec![1.0; 6],
            out_scales: vec![1.0; 6],
        };
        let content = Csr::from_rows(2, (0..6).map(|i| vec![(u32::from(i >= 3), 1.0)]));
        (factors, content, vec![80, 60, 0, 70, 90, 0])
    }

    #[test]
    fn an_unrated_item_takes_after_its_kind() {
        let (mut factors, content, counts) = two_kinds();
        blend(&mut factors, &content, &counts, 3.0);
        let (first, second) = (factors.vector(2), factors.vector(5));
        assert!(first[0] > 0.0 && first[0] > 5.0 * first[1].abs());
        assert!(second[1] > 0.0 && second[1] > 5.0 * second[0].abs());
    }

    #[test]
    fn a_rated_item_keeps_its_length_and_nearly_its_direction() {
        let (mut factors, content, counts) = two_kinds();
        let before = factors.vector(0).to_vec();
        blend(&mut factors, &content, &counts, 3.0);
        let after = factors.vector(0);
        assert!((length(after) - length(&before)).abs() < 1e-4);
        let cosine = (before[0] * after[0] + before[1] * after[1]) / length(&before).powi(2);
        assert!(cosine > 0.99, "turned too far: {cosine}");
    }
}
