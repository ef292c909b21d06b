//! Scores every row of a model: the one loop whose speed a visitor feels.
//!
//! [`scalar`] says what a score is. The other kernels do the same with the vector instructions of one processor, and give
//! the same bits: dot products of codes are exact integers in any order, and what follows is the same three `f32`
//! operations in the same order. They share their loop ([`blocks`]); each says only how it multiplies a few codes.
//!
//! A WebAssembly program cannot ask what its machine can do. In a browser the page chooses, and hands its choice to
//! [`install`].

mod scalar;

#[cfg(target_arch = "aarch64")]
mod arm;
#[cfg(any(target_arch = "aarch64", target_arch = "x86_64"))]
mod blocks;
#[cfg(target_arch = "x86_64")]
mod x86;

use std::sync::OnceLock;

pub use scalar::{dot, scalar};

/// Vectors of small integer codes, and what makes a score of a dot product with one.
#[derive(Debug, Clone, Copy)]
pub struct Rows<'a> {
    /// `dims` codes a row, one row after the other.
    pub codes: &'a [i8],
    /// Codes a row, 1 to 1,024.
    pub dims: usize,
    /// The largest magnitude of a code, 1 to 127.
    pub levels: u8,
    /// One factor a row.
    pub scales: &'a [f32],
    /// What is added to each row's score.
    pub biases: &'a [f32],
}

/// What rows are held against.
#[derive(Debug, Clone, Copy)]
pub struct Query<'a> {
    /// `dims` codes from -127 to 127.
    pub codes: &'a [i8],
    /// What one code stands for.
    pub step: f32,
}

/// Writes `dot(row, query) * scale * step + bias` for each row, multiplied from left to right in `f32`.
pub type Kernel = fn(Rows<'_>, Query<'_>, &mut [f32]);

static CHOSEN: OnceLock<Kernel> = OnceLock::new();

/// Scores every row with the fastest kernel there is.
///
/// # Panics
/// When the slices do not belong together: `scales`, `biases` and `scores` have one number a row.
pub fn score(rows: Rows<'_>, query: Query<'_>, scores: &mut [f32]) {
    check(rows, query, scores);
    let kernel = CHOSEN.get_or_init(|| {
        let (_, fastest) = kernels().pop().expect("the scalar kernel is always there");
        fastest
    });
    kernel(rows, query, scores);
}

/// Has [`score`] use this kernel from now on; false if one has been chosen before, which stays.
pub fn install(kernel: Kernel) -> bool {
    CHOSEN.set(kernel).is_ok()
}

/// The kernels that this machine can run, by name; the fastest last.
pub fn kernels() -> Vec<(&'static str, Kernel)> {
    #[allow(unused_mut, reason = "some machines have only the one")]
    let mut kernels: Vec<(&'static str, Kernel)> = vec![("scalar", scalar)];
    #[cfg(target_arch = "x86_64")]
    if let Some(kernel) = x86::kernel() {
        kernels.push(("avx2", kernel));
    }
    #[cfg(target_arch = "aarch64")]
    kernels.push(("neon", arm::kernel));
    kernels
}

/// Kernels read and write through pointers, so nothing gets past this that does not fit together.
fn check(rows: Rows<'_>, query: Query<'_>, scores: &[f32]) {
    let count = scores.len();
    assert!(
        rows.codes.len() == rows.dims * count
            && query.codes.len() == rows.dims
            && rows.scales.len() == count
            && rows.biases.len() == count,
        "{} codes, {} scales and {} biases for {count} rows of {}, against {} codes",
        rows.codes.len(),
        rows.scales.len(),
        rows.biases.len(),
        rows.dims,
        query.codes.len(),
    );
}

#[cfg(any(target_arch = "aarch64", target_arch = "x86_64"))]
impl blocks::Task {
    fn new(rows: Rows<'_>, query: Query<'_>, scores: &mut [f32]) -> Self {
        Self {
            codes: rows.codes.as_ptr(),
            dims: rows.dims,
            query: query.codes.as_ptr(),
            step: query.step,
            scales: rows.scales.as_ptr(),
            biases: rows.biases.as_ptr(),
            count: scores.len(),
            scores: scores.as_mut_ptr(),
        }
    }
}
