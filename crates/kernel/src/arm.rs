//! NEON: sixteen codes at once.

use std::arch::aarch64::*;

use crate::blocks::{GROUP, Lanes, Task, score};
use crate::{Query, Rows, check};

pub(crate) fn kernel(rows: Rows<'_>, query: Query<'_>, scores: &mut [f32]) {
    check(rows, query, scores);
    // SAFETY: every 64-bit ARM has NEON, and the slices belong together.
    unsafe { score(Neon, Task::new(rows, query, scores)) }
}

#[derive(Clone, Copy)]
struct Neon;

impl Lanes for Neon {
    const WIDTH: usize = 16;
    type Sums = int32x4_t;

    #[inline(always)]
    unsafe fn zero(self) -> int32x4_t {
        // SAFETY: every 64-bit ARM has NEON.
        unsafe { vdupq_n_s32(0) }
    }

    #[inline(always)]
    unsafe fn add(self, sums: int32x4_t, row: *const i8, query: *const i8) -> int32x4_t {
        // SAFETY: sixteen codes are at each pointer. A product is at most 127 * 127 and fits its sixteen bits.
        unsafe {
            let (row, query) = (vld1q_s8(row), vld1q_s8(query));
            let low = vmull_s8(vget_low_s8(row), vget_low_s8(query));
            let sums = vpadalq_s16(sums, low);
            vpadalq_s16(sums, vmull_high_s8(row, query))
        }
    }

    #[inline(always)]
    unsafe fn totals(self, [a, b, c, d]: [int32x4_t; GROUP]) -> [i32; GROUP] {
        // SAFETY: every 64-bit ARM has NEON.
        unsafe { [vaddvq_s32(a), vaddvq_s32(b), vaddvq_s32(c), vaddvq_s32(d)] }
    }
}
