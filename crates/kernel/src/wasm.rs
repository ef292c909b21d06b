//! WebAssembly's vector instructions: sixteen codes at once.

use core::arch::wasm32::*;

use crate::blocks::{GROUP, Lanes};

/// What every browser since 2023 has.
#[derive(Clone, Copy)]
pub(crate) struct Simd128;

impl Lanes for Simd128 {
    const WIDTH: usize = 16;
    type Sums = v128;

    #[inline(always)]
    unsafe fn zero(self) -> v128 {
        i32x4_splat(0)
    }

    #[inline(always)]
    unsafe fn add(self, sums: v128, row: *const i8, query: *const i8) -> v128 {
        // SAFETY: sixteen codes are at each pointer.
        unsafe {
            let low = i32x4_dot_i16x8(i16x8_load_extend_i8x8(row), i16x8_load_extend_i8x8(query));
            let high = i32x4_dot_i16x8(
                i16x8_load_extend_i8x8(row.add(8)),
                i16x8_load_extend_i8x8(query.add(8)),
            );
            i32x4_add(sums, i32x4_add(low, high))
        }
    }

    #[inline(always)]
    unsafe fn totals(self, sums: [v128; GROUP]) -> [i32; GROUP] {
        totals(sums)
    }
}

/// Instructions whose results a processor may choose between, where codes are too small for it to make a difference.
#[cfg(target_feature = "relaxed-simd")]
#[derive(Clone, Copy)]
pub(crate) struct Relaxed {
    /// Added to every code of a row, which makes it 0 to 126.
    pub(crate) offset: i8,
    /// What that adds to a dot product: the offset times the sum of those codes of the query that are multiplied here.
    pub(crate) excess: i32,
}

#[cfg(target_feature = "relaxed-simd")]
impl Relaxed {
    /// The largest code of a row: twice as much is still seven bits, and two products of it with 127 sixteen.
    pub(crate) const LEVELS: u8 = 63;
}

#[cfg(target_feature = "relaxed-simd")]
impl Lanes for Relaxed {
    const WIDTH: usize = 16;
    type Sums = v128;

    #[inline(always)]
    unsafe fn zero(self) -> v128 {
        i32x4_splat(0)
    }

    #[inline(always)]
    unsafe fn add(self, sums: v128, row: *const i8, query: *const i8) -> v128 {
        // SAFETY: sixteen codes are at each pointer.
        let (row, query) = unsafe { (v128_load(row.cast()), v128_load(query.cast())) };
        let row = i8x16_add(row, i8x16_splat(self.offset));
        i32x4_relaxed_dot_i8x16_i7x16_add(query, row, sums)
    }

    #[inline(always)]
    unsafe fn totals(self, sums: [v128; GROUP]) -> [i32; GROUP] {
        totals(sums).map(|total| total - self.excess)
    }
}

#[inline(always)]
fn totals([a, b, c, d]: [v128; GROUP]) -> [i32; GROUP] {
    // Four vectors of four, transposed and added.
    let ab = i32x4_add(
        i32x4_shuffle::<0, 4, 1, 5>(a, b),
        i32x4_shuffle::<2, 6, 3, 7>(a, b),
    );
    let cd = i32x4_add(
        i32x4_shuffle::<0, 4, 1, 5>(c, d),
        i32x4_shuffle::<2, 6, 3, 7>(c, d),
    );
    let all = i32x4_add(
        i32x4_shuffle::<0, 1, 4, 5>(ab, cd),
        i32x4_shuffle::<2, 3, 6, 7>(ab, cd),
    );
    [
        i32x4_extract_lane::<0>(all),
        i32x4_extract_lane::<1>(all),
        i32x4_extract_lane::<2>(all),
        i32x4_extract_lane::<3>(all),
    ]
}
