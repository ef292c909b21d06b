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
        let run = self
            .guess(row)
            .unwrap_or_else(|| self.starts.partition_point(|&start| start <= row) - 1);
        (&self.runs[run], (row - self.starts[run]) as usize)
    }

    /// The run that holds `row` where all but the first and the last are of one length, as writers make them.
    fn guess(&self, row: u32) -> Option<usize> {
        let run = match *self.starts {
            [_, second, third, ..] if row >= second => 1 + (row - second) / (third - second),
            [_, second, ..] => u32::from(row >= second),
            _ => 0,
        } as usize;
        let end = self.starts.get(run + 1).copied().unwrap_or(self.rows);
        (*self.starts.get(run)?..end).contains(&row).then_some(run)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_row_is_found_in_its_run(lengths in prop::collection::vec(prop_oneof![Just(4u32), 1u32..9], 1..12)) {
            let mut runs = Runs::default();
            let mut all = Vec::new();
            for (run, &length) in lengths.iter().enumerate() {
                runs.push(run, length);
                all.extend((0..length as usize).map(|at| (run, at)));
            }
            for (row, &(run, at)) in (0..).zip(&all) {
                prop_assert_eq!(runs.at(row), (&run, at));
            }
        }
    }
}
