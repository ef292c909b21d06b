//! AVX2: sixteen codes at once.

use std::arch::x86_64::*;

use crate::blocks::{GROUP, Lanes, Task, score};
use crate::{Kernel, Query, Rows, check};

pub(crate) fn kernel() -> Option<Kernel> {
    is_x86_feature_detected!("avx2").then_some(avx2 as Kernel)
}

fn avx2(rows: Rows<'_>, query: Query<'_>, scores: &mut [f32]) {
    check(rows, query, scores);
    // SAFETY: `kernel` gives this away only where there is AVX2, and the slices belong together.
    unsafe { with_avx2(Task::new(rows, query, scores)) }
}

#[target_feature(enable = "avx2")]
unsafe fn with_avx2(task: Task) {
    // SAFETY: the caller's.
    unsafe { score(Avx2, task) }
}

#[derive(Clone, Copy)]
struct Avx2;

impl Lanes for Avx2 {
    const WIDTH: usize = 16;
    type Sums = __m256i;

    #[inline(always)]
    unsafe fn zero(self) -> __m256i {
        // SAFETY: the caller has AVX2.
        unsafe { _mm256_setzero_si256() }
    }

    #[inline(always)]
    unsafe fn add(self, sums: __m256i, row: *const i8, query: *const i8) -> __m256i {
        // SAFETY: the caller has AVX2, and sixteen codes at each pointer.
        unsafe {
            let row = _mm256_cvtepi8_epi16(_mm_loadu_si128(row.cast()));
            let query = _mm256_cvtepi8_epi16(_mm_loadu_si128(query.cast()));
            _mm256_add_epi32(sums, _mm256_madd_epi16(row, query))
        }
    }

    #[inline(always)]
    unsafe fn totals(self, [a, b, c, d]: [__m256i; GROUP]) -> [i32; GROUP] {
        // SAFETY: the caller has AVX2; sixteen bytes are stored to sixteen.
        unsafe {
            let pairs = _mm256_hadd_epi32(_mm256_hadd_epi32(a, b), _mm256_hadd_epi32(c, d));
            let (low, high) = (
                _mm256_castsi256_si128(pairs),
                _mm256_extracti128_si256::<1>(pairs),
            );
            let mut totals = [0; GROUP];
            _mm_storeu_si128(totals.as_mut_ptr().cast(), _mm_add_epi32(low, high));
            totals
        }
    }
}
