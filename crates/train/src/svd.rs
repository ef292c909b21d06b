//! The largest singular values of a sparse matrix, by block Lanczos.
//!
//! `faer`'s Krylov–Schur routine gives the same values but works a vector at a time. In blocks, each pass over the
//! matrix serves a whole block, and what is dense is left to `faer`'s matrix products. Work is cut into pieces whatever
//! the number of threads, and a piece is done by one of them from start to end: so that number cannot change a bit.

use faer::dyn_stack::{MemBuffer, MemStack};
use faer::linalg::evd::{self, ComputeEigenvectors};
use faer::linalg::matmul::matmul;
use faer::{Accum, Mat, MatMut, MatRef, Par};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;

use crate::sparse::Csr;

/// The basis is this many times larger than the number of values wanted. On MovieLens 1M, where the last of 128 values
/// are close to each other, the last comes out 1.4% too small; with 2.5, 4%; with 2, 13%, and NDCG@100 loses .001.
const OVERSIZE: usize = 3;
/// Passes over the matrix that build the basis. For a basis of one size, more and narrower blocks come closer: with 12
/// passes, the last value there is 2.8% too small. Blocks much narrower than these are slow to multiply.
const PASSES: usize = 24;
/// A column that keeps less than this part of its squared length has nothing new to add: what is left may be rounding,
/// of which a Gram matrix of some thousand rows holds about 1e-14.
const NEGLIGIBLE: f64 = 1e-12;
/// Rows that are one piece of work in a dense product: few enough for a block of them to stay in the nearest cache.
const ROWS: usize = 256;
/// Columns of the basis that are one piece of work in a product with it.
const COLUMNS: usize = 32;
/// Columns that a sparse product sums up at a time: few enough for registers, and the width of a block is a multiple.
const LANES: usize = 8;

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
/// Randomised block Krylov iteration (Musco and Musco, "Randomized Block Krylov Methods for Stronger and Faster
/// Approximate Singular Value Decomposition", 2015) on `A'A`, by Lanczos's recurrence: what `A'A` makes of a block lies
/// in the block before it, the block itself and the next one.
pub fn truncated_svd(a: &Csr, rank: usize, seed: u64) -> TruncatedSvd {
    let transposed = a.transpose();
    let n = a.cols;
    let width = (rank * OVERSIZE)
        .div_ceil(PASSES)
        .max(1)
        .next_multiple_of(LANES);
    let passes = PASSES.min(n.div_ceil(width));

    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let start = (0..n * width).map(|_| rng.random::<f64>() - 0.5).collect();
    let mut block = Block {
        width,
        entries: start,
    };
    let mut basis = Mat::<f64>::zeros(n, passes * width);
    // `Q'A'AQ` for the basis `Q`: a band, the lower half of it.
    let mut projected = Mat::<f64>::zeros(passes * width, passes * width);
    // Twice, here as below: once leaves what rounding put back (Kahan and Parlett).
    let before = block.squares();
    block.orthonormalise(&before);
    block.orthonormalise(&vec![1.0; width]);
    for (pass, from) in (0..passes).zip((0..).step_by(width)) {
        basis
            .as_mut()
            .subcols_mut(from, width)
            .copy_from(block.view());
        block = multiply(&transposed, &multiply(a, &block));

        let near = from.saturating_sub(width);
        let recent = basis.as_ref().get(.., near..from + width);
        let along = overlap(recent, block.view());
        projected
            .as_mut()
            .submatrix_mut(from, near, width, from + width - near)
            .copy_from(along.transpose());
        if pass + 1 < passes {
            let before = block.squares();
            block.subtract(recent, along.as_ref());
            block.orthonormalise(&before);
            // Rounding brings back a little of everything that the basis holds.
            let all = basis.as_ref().subcols(0, from + width);
            block.subtract(all, overlap(all, block.view()).as_ref());
            block.orthonormalise(&vec![1.0; width]);
        }
    }

    let (mut values, rotation) = largest_eigen(projected.as_ref());
    values.truncate(rank);
    let found = values.len();
    values.resize(rank, 0.0);
    let mut right = Mat::zeros(n, rank);
    multiply_add(
        right.as_mut().subcols_mut(0, found),
        basis.as_ref(),
        rotation.as_ref().subcols(0, found),
        1.0,
    );
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

/// Roots of the eigenvalues of a symmetric matrix given by its lower half, largest first, and its eigenvectors.
fn largest_eigen(matrix: MatRef<'_, f64>) -> (Vec<f64>, Mat<f64>) {
    let size = matrix.nrows();
    let mut squares = faer::Col::<f64>::zeros(size);
    let mut vectors = Mat::<f64>::zeros(size, size);
    let scratch = evd::self_adjoint_evd_scratch::<f64>(
        size,
        ComputeEigenvectors::Yes,
        Par::Seq,
        Default::default(),
    );
    evd::self_adjoint_evd(
        matrix,
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

/// A few dense columns, stored row by row.
struct Block {
    width: usize,
    entries: Vec<f64>,
}

impl Block {
    fn rows(&self) -> usize {
        self.entries.len() / self.width
    }

    fn view(&self) -> MatRef<'_, f64> {
        MatRef::from_row_major_slice(&self.entries, self.rows(), self.width)
    }

    fn view_mut(&mut self) -> MatMut<'_, f64> {
        let rows = self.rows();
        MatMut::from_row_major_slice_mut(&mut self.entries, rows, self.width)
    }

    /// The squared length of each column.
    fn squares(&self) -> Vec<f64> {
        let mut squares = vec![0.0; self.width];
        for row in self.entries.chunks_exact(self.width) {
            squares
                .iter_mut()
                .zip(row)
                .for_each(|(sum, x)| *sum += x * x);
        }
        squares
    }

    /// Takes `basis * overlap` away.
    fn subtract(&mut self, basis: MatRef<'_, f64>, overlap: MatRef<'_, f64>) {
        multiply_add(self.view_mut(), basis, overlap, -1.0);
    }

    /// Makes the columns orthonormal to each other, by the Cholesky factor of their Gram matrix. A column that is not
    /// new beside those before it, measured by the squared length that it had `before`, becomes 0.
    fn orthonormalise(&mut self, before: &[f64]) {
        let gram = overlap(self.view(), self.view());
        let mut inverse = Mat::<f64>::zeros(self.width, self.width);
        for j in 0..self.width {
            let mut left = gram[(j, j)];
            inverse[(j, j)] = 1.0;
            for i in 0..j {
                let along: f64 = (0..=i).map(|k| inverse[(k, i)] * gram[(k, j)]).sum();
                left -= along * along;
                for k in 0..=i {
                    inverse[(k, j)] -= along * inverse[(k, i)];
                }
            }
            let scale = if left > NEGLIGIBLE * before[j] {
                1.0 / left.sqrt()
            } else {
                0.0
            };
            (0..=j).for_each(|k| inverse[(k, j)] *= scale);
        }
        let mut orthonormal = vec![0.0; self.entries.len()];
        let target = MatMut::from_row_major_slice_mut(&mut orthonormal, self.rows(), self.width);
        multiply_add(target, self.view(), inverse.as_ref(), 1.0);
        self.entries = orthonormal;
    }
}

/// `a'b`.
fn overlap(a: MatRef<'_, f64>, b: MatRef<'_, f64>) -> Mat<f64> {
    let mut product = Mat::zeros(a.ncols(), b.ncols());
    product
        .par_row_chunks_mut(COLUMNS)
        .zip(a.par_col_chunks(COLUMNS))
        .for_each(|(target, a)| matmul(target, Accum::Replace, a.transpose(), b, 1.0, Par::Seq));
    product
}

/// Adds `factor * a * b` to `target`.
fn multiply_add(target: MatMut<'_, f64>, a: MatRef<'_, f64>, b: MatRef<'_, f64>, factor: f64) {
    target
        .par_row_chunks_mut(ROWS)
        .zip(a.par_row_chunks(ROWS))
        .for_each(|(target, a)| matmul(target, Accum::Add, a, b, factor, Par::Seq));
}

/// Sparse times dense. Each row of the result is one piece of work.
fn multiply(a: &Csr, x: &Block) -> Block {
    let width = x.width;
    let lanes_of_row = width / LANES;
    let (x, _) = x.entries.as_chunks::<LANES>();
    let mut entries = vec![0.0; a.rows * width];
    entries
        .par_chunks_exact_mut(width)
        .enumerate()
        .with_min_len(64)
        .for_each(|(row, target)| {
            let (columns, values) = a.row(row);
            for (at, target) in target.as_chunks_mut::<LANES>().0.iter_mut().enumerate() {
                let mut sums = [0.0; LANES];
                for (&column, &value) in columns.iter().zip(values) {
                    let x = &x[column as usize * lanes_of_row + at];
                    for (sum, x) in sums.iter_mut().zip(x) {
                        *sum += f64::from(value) * x;
                    }
                }
                *target = sums;
            }
        });
    Block { width, entries }
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
