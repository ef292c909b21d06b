//! The largest singular values of a sparse matrix, by block Lanczos.
//!
//! `faer`'s Krylov–Schur routine gives the same values but works a vector at a time: on MovieLens 1M at 128
//! dimensions it took three times as long as working in blocks, where each pass over the matrix serves a whole
//! block. What is dense and small is left to `faer`, on one thread so that the thread count cannot change a bit.

use faer::dyn_stack::{MemBuffer, MemStack};
use faer::linalg::evd::{self, ComputeEigenvectors};
use faer::linalg::matmul::matmul;
use faer::{Accum, Mat, MatRef, Par};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;

use crate::sparse::Csr;

/// The basis is this many times larger than the number of values wanted. With 3, the last of 128 values is
/// right to four digits; with 2, to two.
const OVERSIZE: usize = 3;
/// Passes over the matrix that build the basis.
const PASSES: usize = 12;
/// A direction whose length falls below this part of what it was has nothing new to add.
const NEGLIGIBLE: f64 = 1e-9;

/// A truncated singular value decomposition, right side only.
#[derive(Debug, Clone)]
pub struct TruncatedSvd {
    /// Singular values, largest first.
    pub values: Vec<f64>,
    /// Right singular vectors: a column for each value, a row for each column of the matrix. The sign of each is
    /// such that its largest entry is positive.
    pub right: Mat<f64>,
}

/// The `rank` largest singular values of `a` and their right singular vectors. Where the matrix has fewer, the
/// rest are 0 and so are their vectors.
///
/// Randomised block Krylov iteration with full orthogonalisation and a Rayleigh–Ritz step: Musco and Musco,
/// "Randomized Block Krylov Methods for Stronger and Faster Approximate Singular Value Decomposition" (2015).
pub fn truncated_svd(a: &Csr, rank: usize, seed: u64) -> TruncatedSvd {
    let transposed = a.transpose();
    let width = (rank * OVERSIZE).div_ceil(PASSES).clamp(1, a.cols.max(1));
    let limit = (width * PASSES).min(a.cols);

    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let mut block: Vec<f64> = (0..a.cols * width)
        .map(|_| rng.random::<f64>() - 0.5)
        .collect();
    let mut basis: Vec<Vec<f64>> = Vec::new();
    let mut images: Vec<Vec<f64>> = Vec::new();
    while basis.len() * width < limit {
        orthonormalise(&mut block, &basis, a.cols, width);
        let image = multiply(a, &block, width);
        basis.push(block);
        block = multiply(&transposed, &image, width);
        images.push(image);
    }

    let (values, rotation) = ritz(&images, a.rows, width);
    let found = rank.min(values.len());
    let mut right = Mat::zeros(a.cols, rank);
    for (q, rows) in basis.iter().zip((0..).step_by(width)) {
        let part = rotation.as_ref().submatrix(rows, 0, width, found);
        let target = right.as_mut().subcols_mut(0, found);
        matmul(
            target,
            Accum::Add,
            view(q, a.cols, width),
            part,
            1.0,
            Par::Seq,
        );
    }
    let mut values: Vec<f64> = values.into_iter().take(found).collect();
    values.resize(rank, 0.0);
    for (value, column) in values.iter().zip(right.as_mut().col_iter_mut()) {
        let entries = column
            .try_as_col_major_mut()
            .expect("a matrix owns contiguous columns")
            .as_slice_mut();
        let peak = entries.iter().fold(
            0.0_f64,
            |peak, &x| if x.abs() > peak.abs() { x } else { peak },
        );
        let sign = if *value == 0.0 { 0.0 } else { peak.signum() };
        entries.iter_mut().for_each(|x| *x *= sign);
    }
    TruncatedSvd { values, right }
}

/// Singular values within the basis, largest first, and the rotation of the basis that takes it to the right
/// singular vectors: the eigenvectors of `Y'Y`, where `Y` is what the matrix makes of the basis.
fn ritz(images: &[Vec<f64>], rows: usize, width: usize) -> (Vec<f64>, Mat<f64>) {
    let size = images.len() * width;
    let mut gram = Mat::<f64>::zeros(size, size);
    for (i, left) in images.iter().enumerate() {
        for (j, right) in images.iter().enumerate().take(i + 1) {
            let target = gram
                .as_mut()
                .submatrix_mut(i * width, j * width, width, width);
            let (left, right) = (view(left, rows, width), view(right, rows, width));
            matmul(
                target,
                Accum::Replace,
                left.transpose(),
                right,
                1.0,
                Par::Seq,
            );
        }
    }
    let mut squares = faer::Col::<f64>::zeros(size);
    let mut vectors = Mat::<f64>::zeros(size, size);
    let scratch = evd::self_adjoint_evd_scratch::<f64>(
        size,
        ComputeEigenvectors::Yes,
        Par::Seq,
        Default::default(),
    );
    evd::self_adjoint_evd(
        gram.as_ref(),
        squares.as_diagonal_mut(),
        Some(vectors.as_mut()),
        Par::Seq,
        MemStack::new(&mut MemBuffer::new(scratch)),
        Default::default(),
    )
    .expect("the eigenvalues of a finite symmetric matrix converge");
    // Ascending order comes out; descending is wanted.
    let values = (0..size)
        .rev()
        .map(|i| squares[i].max(0.0).sqrt())
        .collect();
    (values, vectors.as_ref().reverse_cols().to_owned())
}

/// Makes the columns of `block` orthonormal to each other and to `basis`. A column with nothing new becomes 0.
fn orthonormalise(block: &mut [f64], basis: &[Vec<f64>], rows: usize, width: usize) {
    let before: Vec<f64> = (0..width).map(|j| column_length(block, width, j)).collect();
    // Twice is enough (Kahan and Parlett): once leaves what rounding put back.
    for _ in 0..2 {
        for q in basis {
            let q = view(q, rows, width);
            let mut overlap = Mat::<f64>::zeros(width, width);
            matmul(
                overlap.as_mut(),
                Accum::Replace,
                q.transpose(),
                view(block, rows, width),
                1.0,
                Par::Seq,
            );
            let target = faer::MatMut::from_row_major_slice_mut(block, rows, width);
            matmul(target, Accum::Add, q, overlap.as_ref(), -1.0, Par::Seq);
        }
        for j in 0..width {
            for i in 0..j {
                let overlap: f64 = block.chunks_exact(width).map(|row| row[i] * row[j]).sum();
                block
                    .chunks_exact_mut(width)
                    .for_each(|row| row[j] -= overlap * row[i]);
            }
            let length = column_length(block, width, j);
            let scale = if length > NEGLIGIBLE * before[j] {
                1.0 / length
            } else {
                0.0
            };
            block
                .chunks_exact_mut(width)
                .for_each(|row| row[j] *= scale);
        }
    }
}

fn column_length(block: &[f64], width: usize, column: usize) -> f64 {
    block
        .chunks_exact(width)
        .map(|row| row[column] * row[column])
        .sum::<f64>()
        .sqrt()
}

/// Sparse times dense; both dense sides are row-major with `width` columns. Each row of the result is one
/// thread's work from start to end, so the thread count cannot change it.
fn multiply(a: &Csr, x: &[f64], width: usize) -> Vec<f64> {
    let mut y = vec![0.0; a.rows * width];
    y.par_chunks_exact_mut(width)
        .enumerate()
        .with_min_len(64)
        .for_each(|(row, sums)| {
            let (columns, values) = a.row(row);
            for (&column, &value) in columns.iter().zip(values) {
                let x = &x[column as usize * width..][..width];
                sums.iter_mut()
                    .zip(x)
                    .for_each(|(sum, &x)| *sum += f64::from(value) * x);
            }
        });
    y
}

fn view(block: &[f64], rows: usize, width: usize) -> MatRef<'_, f64> {
    MatRef::from_row_major_slice(block, rows, width)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Entries thin out and shrink from column to column, as popularity does, so that values fall off.
    fn random(rows: usize, cols: usize, seed: u64) -> Csr {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        Csr::from_rows(
            cols,
            (0..rows).map(|_| {
                let mut row: Vec<(u32, f32)> = Vec::new();
                for column in 0..cols as u32 {
                    let fame = 10.0 / (10.0 + column as f32);
                    if rng.random::<f32>() < fame {
                        row.push((column, fame * rng.random::<f32>()));
                    }
                }
                row
            }),
        )
    }

    fn dense(a: &Csr) -> Mat<f64> {
        let mut out = Mat::zeros(a.rows, a.cols);
        for r in 0..a.rows {
            let (columns, values) = a.row(r);
            for (&c, &v) in columns.iter().zip(values) {
                out[(r, c as usize)] = f64::from(v);
            }
        }
        out
    }

    #[test]
    fn agrees_with_a_dense_decomposition() {
        let a = random(300, 200, 1);
        let svd = truncated_svd(&a, 20, 7);
        let exact = dense(&a).thin_svd().expect("converges");
        for k in 0..20 {
            let value = exact.S()[k];
            assert!(
                (svd.values[k] - value).abs() < 1e-4 * value,
                "value {k}: {} for {value}",
                svd.values[k]
            );
        }
        for k in 0..10 {
            let overlap: f64 = (0..200)
                .map(|i| svd.right[(i, k)] * exact.V()[(i, k)])
                .sum();
            assert!(overlap.abs() > 0.999, "vector {k} overlaps by {overlap}");
        }
    }

    #[test]
    fn vectors_are_orthonormal_and_their_signs_settled() {
        let svd = truncated_svd(&random(120, 90, 2), 15, 7);
        let gram = svd.right.transpose() * &svd.right;
        for i in 0..15 {
            for j in 0..15 {
                let expected = if i == j { 1.0 } else { 0.0 };
                assert!((gram[(i, j)] - expected).abs() < 1e-8);
            }
            let largest = (0..90)
                .map(|r| svd.right[(r, i)])
                .max_by(|a, b| a.abs().total_cmp(&b.abs()));
            assert!(largest > Some(0.0));
        }
    }

    #[test]
    fn a_matrix_of_lower_rank_is_padded_with_zeros() {
        let a = Csr::from_rows(
            5,
            [
                vec![(0, 1.0), (1, 1.0)],
                vec![(0, 2.0), (1, 2.0)],
                vec![(4, 3.0)],
            ],
        );
        let svd = truncated_svd(&a, 4, 7);
        assert!((svd.values[0] - 10f64.sqrt()).abs() < 1e-9 && (svd.values[1] - 3.0).abs() < 1e-9);
        assert!(svd.values[2] < 1e-6 && svd.values[3] < 1e-6);
    }

    #[test]
    fn the_thread_count_changes_no_bit() {
        let a = random(400, 250, 3);
        let run = |threads| {
            let pool = rayon::ThreadPoolBuilder::new()
                .num_threads(threads)
                .build()
                .expect("threads");
            pool.install(|| truncated_svd(&a, 16, 7))
        };
        let (one, three) = (run(1), run(3));
        assert_eq!(one.values, three.values);
        assert_eq!(one.right, three.right);
    }
}
