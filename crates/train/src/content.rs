//! Vectors for items that few people rated, from what the items are.
//!
//! A ridge regression from content (genres, year, tags, text) to the vectors of rated items is learned, weighted by
//! how much is known of each. An item's vector then becomes `n / (n + k)` of its own and `k / (n + k)` of the
//! predicted one, where `n` counts its ratings: an item with none gets the prediction, one with hundreds keeps its
//! own. Lengths, which decide how readily an item is recommended, are predicted along with directions.

use faer::linalg::solvers::{Llt, Solve};
use faer::{Mat, Side};
use rayon::prelude::*;

use crate::dlae::Factors;
use crate::sparse::Csr;

/// Default ridge of the regression, in items: a feature seen on fewer says little.
pub const RIDGE: f64 = 30.0;
/// Items with more ratings than this count no more in the regression.
const ENOUGH: f64 = 50.0;

/// Blends the vectors of `factors` with those predicted from `content` (items x features). `counts` are the items'
/// ratings, `ridge` is that of the regression, and `strength` is `k`; with 0 every item with a rating keeps its
/// vector.
pub fn blend(factors: &mut Factors, content: &Csr, counts: &[u32], ridge: f64, strength: f64) {
    let dims = factors.dims;
    let effect = regress(factors, content, counts, ridge);
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
            let n = f64::from(counts[item]);
            let trust = if n == 0.0 {
                0.0
            } else {
                (n / (n + strength)) as f32
            };
            for (x, p) in vector.iter_mut().zip(&predicted) {
                *x = trust * *x + (1.0 - trust) * p;
            }
        });
}

/// Effect of each feature on an item's vector: features x dims.
fn regress(factors: &Factors, content: &Csr, counts: &[u32], ridge: f64) -> Mat<f64> {
    let (features, dims) = (content.cols, factors.dims);
    let mut normal = Mat::<f64>::identity(features, features) * faer::Scale(ridge);
    let mut moments = Mat::<f64>::zeros(features, dims);
    for item in (0..factors.items()).filter(|&item| counts[item] > 0) {
        let weight = (f64::from(counts[item]) / ENOUGH).min(1.0);
        let (columns, values) = content.row(item);
        for (&a, &value) in columns.iter().zip(values) {
            let left = weight * f64::from(value);
            for (&b, &other) in columns.iter().zip(values) {
                normal[(a as usize, b as usize)] += left * f64::from(other);
            }
            for (k, &x) in factors.vector(item).iter().enumerate() {
                moments[(a as usize, k)] += left * f64::from(x);
            }
        }
    }
    let cholesky = Llt::new(normal.as_ref(), Side::Lower)
        .expect("a Gram matrix plus a ridge is positive definite");
    cholesky.solve(&moments)
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
        blend(&mut factors, &content, &counts, 0.1, 3.0);
        let (first, second) = (factors.vector(2), factors.vector(5));
        assert!(first[0] > 0.0 && first[0] > 5.0 * first[1].abs());
        assert!(second[1] > 0.0 && second[1] > 5.0 * second[0].abs());
    }

    #[test]
    fn a_much_rated_item_keeps_nearly_all_of_its_own() {
        let (mut factors, content, counts) = two_kinds();
        let before = factors.vectors.clone();
        blend(&mut factors, &content, &counts, 0.1, 3.0);
        let moved = |item: usize| {
            let pairs = factors.vector(item).iter().zip(&before[item * 2..]);
            pairs.map(|(a, b)| (a - b).powi(2)).sum::<f32>().sqrt()
        };
        assert!(moved(0) < 0.05, "80 ratings and moved by {}", moved(0));

        let mut kept = two_kinds().0;
        blend(&mut kept, &content, &counts, 0.1, 0.0);
        assert_eq!(kept.vector(1), &before[2..4]);
    }
}
