//! The loop that all vector kernels share: four rows at a time, so that the query is read once for four.

/// Rows at a time.
pub(crate) const GROUP: usize = 4;

/// Where the numbers are. [`crate::Rows`] as pointers, for the loop is also built alone, where slices are not passed.
#[derive(Clone, Copy)]
pub(crate) struct Task {
    pub(crate) codes: *const i8,
    pub(crate) dims: usize,
    pub(crate) query: *const i8,
    pub(crate) step: f32,
    pub(crate) scales: *const f32,
    pub(crate) biases: *const f32,
    pub(crate) scores: *mut f32,
    pub(crate) count: usize,
}

/// How a processor multiplies a few codes at once.
pub(crate) trait Lanes: Copy {
    /// Codes multiplied at once.
    const WIDTH: usize;
    /// Partial sums of one row.
    type Sums: Copy;

    /// Sums of nothing.
    unsafe fn zero(self) -> Self::Sums;

    /// Adds the products of [`WIDTH`](Self::WIDTH) codes of a row and of the query.
    ///
    /// # Safety
    /// Both pointers have that many codes, and the processor has the instructions.
    unsafe fn add(self, sums: Self::Sums, row: *const i8, query: *const i8) -> Self::Sums;

    /// The sums of each row, whole.
    unsafe fn totals(self, sums: [Self::Sums; GROUP]) -> [i32; GROUP];
}

/// Scores every row of the task.
///
/// # Safety
/// The pointers are to as many numbers as [`crate::Rows`] says, and the processor has the instructions of `lanes`.
#[inline(always)]
pub(crate) unsafe fn score<L: Lanes>(lanes: L, task: Task) {
    let mut row = 0;
    while row < task.count {
        // The last rows go with some that were scored before, and are: the same numbers are written again.
        let first = if row + GROUP <= task.count {
            row
        } else if task.count >= GROUP {
            task.count - GROUP
        } else {
            // SAFETY: as for this function.
            unsafe { score_few(task) };
            return;
        };
        // SAFETY: rows `first` to `first + GROUP` are within the task.
        unsafe { score_group(lanes, task, first) };
        row += GROUP;
    }
}

/// # Safety
/// As for [`score`], and there are [`GROUP`] rows from `first` on.
#[inline(always)]
unsafe fn score_group<L: Lanes>(lanes: L, task: Task, first: usize) {
    // SAFETY: every offset is below `count * dims` for codes, `dims` for the query and `count` for the rest.
    unsafe {
        let codes = task.codes.add(first * task.dims);
        let mut sums = [lanes.zero(); GROUP];
        let mut at = 0;
        while at + L::WIDTH <= task.dims {
            let query = task.query.add(at);
            for (row, sums) in sums.iter_mut().enumerate() {
                *sums = lanes.add(*sums, codes.add(row * task.dims + at), query);
            }
            at += L::WIDTH;
        }
        let totals = lanes.totals(sums);
        for (row, mut total) in totals.into_iter().enumerate() {
            let codes = codes.add(row * task.dims);
            for rest in at..task.dims {
                total += product(codes.add(rest), task.query.add(rest));
            }
            write(task, first + row, total);
        }
    }
}

/// # Safety
/// As for [`score`].
unsafe fn score_few(task: Task) {
    for row in 0..task.count {
        let mut total = 0;
        for at in 0..task.dims {
            // SAFETY: within the row and the query.
            total += unsafe { product(task.codes.add(row * task.dims + at), task.query.add(at)) };
        }
        // SAFETY: within the task.
        unsafe { write(task, row, total) };
    }
}

#[inline(always)]
unsafe fn product(a: *const i8, b: *const i8) -> i32 {
    // SAFETY: the caller's pointers are to codes.
    unsafe { i32::from(*a) * i32::from(*b) }
}

#[inline(always)]
unsafe fn write(task: Task, row: usize, total: i32) {
    // SAFETY: the caller's row is within the task.
    unsafe {
        *task.scores.add(row) =
            total as f32 * *task.scales.add(row) * task.step + *task.biases.add(row);
    }
}
