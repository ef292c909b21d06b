//! What a score is.

use crate::{Query, Rows};

/// The kernel that every other one equals, bit for bit.
// An app is compiled to be small: inlined there, this would be compiled like it.
#[inline(never)]
pub fn scalar(rows: Rows<'_>, query: Query<'_>, scores: &mut [f32]) {
    let vectors = rows.codes.chunks_exact(rows.dims);
    let numbers = rows.scales.iter().zip(rows.biases);
    for ((score, codes), (&scale, &bias)) in scores.iter_mut().zip(vectors).zip(numbers) {
        *score = dot(codes, query.codes) as f32 * scale * query.step + bias;
    }
}

/// Exact dot product of two vectors of codes. At most 1,024 products below 2^14 each: the sum fits.
pub fn dot(a: &[i8], b: &[i8]) -> i32 {
    a.iter()
        .zip(b)
        .map(|(&a, &b)| i32::from(a) * i32::from(b))
        .sum()
}
