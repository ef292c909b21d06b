//! Small symmetric matrices, packed: the lower triangle, row after row.

use nalgebra::{Cholesky, DMatrix, DVector, Dyn};

/// Numbers in a packed matrix of `k` rows.
pub(super) fn packed_len(k: usize) -> usize {
    k * (k + 1) / 2
}

/// Adds `weight * packed` to the full matrix's lower triangle, or a packed sum.
pub(super) fn add(sum: &mut [f64], weight: f64, packed: &[f32]) {
    for (sum, &x) in sum.iter_mut().zip(packed) {
        *sum += weight * f64::from(x);
    }
}

/// The full matrix.
pub(super) fn unpack(packed: &[f64], k: usize) -> DMatrix<f64> {
    let mut full = DMatrix::zeros(k, k);
    let mut numbers = packed.iter();
    for row in 0..k {
        for (column, &x) in (0..=row).zip(&mut numbers) {
            full[(row, column)] = x;
            full[(column, row)] = x;
        }
    }
    full
}

/// `x x' + covariance`, packed.
pub(super) fn second_moment(x: &DVector<f64>, covariance: &DMatrix<f64>) -> Vec<f32> {
    let k = x.len();
    let mut packed = Vec::with_capacity(packed_len(k));
    for row in 0..k {
        for column in 0..=row {
            packed.push((x[row] * x[column] + covariance[(row, column)]) as f32);
        }
    }
    packed
}

/// Solves `matrix x = target` and inverts the matrix, which is positive definite: a sum of squares and a positive
/// diagonal. Where rounding says otherwise, more of the diagonal mends it.
pub(super) fn solve(matrix: &DMatrix<f64>, target: &DVector<f64>) -> (DVector<f64>, DMatrix<f64>) {
    let cholesky = cholesky(matrix);
    (cholesky.solve(target), cholesky.inverse())
}

/// The Cholesky factor, likewise.
pub(super) fn cholesky(matrix: &DMatrix<f64>) -> Cholesky<f64, Dyn> {
    let mut ridge = matrix.diagonal().amax().max(1e-12) * 1e-12;
    let mut mended = matrix.clone();
    loop {
        if let Some(cholesky) = Cholesky::new(mended.clone()) {
            return cholesky;
        }
        for at in 0..matrix.nrows() {
            mended[(at, at)] += ridge;
        }
        ridge *= 10.0;
        assert!(
            ridge.is_finite(),
            "ratings are finite, and so are their sums"
        );
    }
}
