//! Rows that arrived in runs, and stay in them.

use std::sync::Arc;

/// Consecutive runs of rows. A clone shares them: a model that is still arriving can be looked at as it is, and grow on.
#[derive(Debug, Clone)]
pub(crate) struct Runs<T> {
    runs: Vec<Arc<T>>,
    /// The row that each begins at.
    starts: Vec<u32>,
    rows: u32,
}

impl<T> Default for Runs<T> {
    fn default() -> Self {
        Self {
            runs: Vec::new(),
            starts: Vec::new(),
            rows: 0,
        }
    }
}

impl<T> Runs<T> {
    /// Adds a run of so many rows.
    pub(crate) fn push(&mut self, run: T, rows: u32) {
        self.starts.push(self.rows);
        self.runs.push(Arc::new(run));
        self.rows += rows;
    }

    /// Rows in all.
    pub(crate) fn rows(&self) -> u32 {
        self.rows
    }

    /// The runs, with the row that each begins at.
    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = (u32, &T)> {
        let runs = self.runs.iter().map(|run| &**run);
        self.starts.iter().copied().zip(runs)
    }

    /// The run that holds `row`, and where in it that row is.
    ///
    /// # Panics
    /// When no run does.
    pub(crate) fn at(&self, row: u32) -> (&T, usize) {
        assert!(row < self.rows, "row {row} of {}", self.rows);
        // Most of what is asked about is popular, and stands in the first run.
        let run = match self.starts.get(1) {
            Some(&second) if row >= second => {
                self.starts.partition_point(|&start| start <= row) - 1
            }
            _ => 0,
        };
        (&self.runs[run], (row - self.starts[run]) as usize)
    }
}
