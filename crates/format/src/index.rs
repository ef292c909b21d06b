//! Rows by id, for a model that grows.

use std::hash::BuildHasher;
use std::ops::Range;
use std::sync::Arc;

use hashbrown::{DefaultHashBuilder, HashTable};

/// Rows by the hash of their id, in tables that are filled one after the other. A full one is never made larger, which
/// would take long at once, nor changed, so that clones share it; a clone of the last costs little.
#[derive(Debug, Clone, Default)]
pub(crate) struct IdIndex {
    tables: Vec<Arc<HashTable<u32>>>,
    hasher: DefaultHashBuilder,
}

/// Rows of the first table; each after it has room for eight times as many, up to the most.
const FIRST: usize = 1 << 9;
const MOST: usize = 7 << 14;

impl IdIndex {
    /// The row whose id this is.
    pub(crate) fn find<'a>(&self, id: &str, id_of: impl Fn(u32) -> &'a str) -> Option<u32> {
        let hash = self.hasher.hash_one(id);
        let mut tables = self.tables.iter();
        tables.find_map(|table| table.find(hash, |&row| id_of(row) == id).copied())
    }

    /// Adds `rows`, which come after all others, or, when an id among them is there already, nothing.
    ///
    /// # Errors
    /// The first row whose id is that of an earlier one.
    pub(crate) fn extend<'a>(
        &mut self,
        rows: Range<u32>,
        id_of: impl Fn(u32) -> &'a str,
    ) -> Result<(), u32> {
        for row in rows.clone() {
            if self.find(id_of(row), &id_of).is_some() {
                for table in &mut self.tables {
                    if table.iter().any(|&other| other >= rows.start) {
                        Arc::make_mut(table).retain(|&mut other| other < rows.start);
                    }
                }
                return Err(row);
            }
            let hasher = self.hasher.clone();
            let hash = |row: &u32| hasher.hash_one(id_of(*row));
            self.with_room().insert_unique(hash(&row), row, hash);
        }
        Ok(())
    }

    /// The last table, or a new one where that is full.
    fn with_room(&mut self) -> &mut HashTable<u32> {
        let last = self.tables.last();
        if last.is_none_or(|last| last.len() == last.capacity()) {
            let room = last.map_or(FIRST, |last| (8 * last.capacity()).min(MOST));
            self.tables.push(Arc::new(HashTable::with_capacity(room)));
        }
        let last = self.tables.len() - 1;
        Arc::make_mut(&mut self.tables[last])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::collection::vec;
    use proptest::prelude::*;

    /// Adds runs of ids one after the other; what stands in the index in the end, and which runs were refused.
    fn build(runs: &[Vec<String>]) -> (IdIndex, Vec<&String>, Vec<bool>) {
        let mut index = IdIndex::default();
        let mut all: Vec<&String> = Vec::new();
        let mut refused = Vec::new();
        for run in runs {
            let with: Vec<&String> = all.iter().copied().chain(run).collect();
            let rows = all.len() as u32..with.len() as u32;
            let outcome = index.extend(rows, |row| with[row as usize].as_str());
            refused.push(outcome.is_err());
            if outcome.is_ok() {
                all = with;
            }
        }
        (index, all, refused)
    }

    proptest! {
        /// Few enough ids that some come twice, and runs long enough for several tables.
        #[test]
        fn every_row_is_found_and_no_id_comes_twice(
            runs in vec(vec(0u32..400_000, 0..900).prop_map(|ids| ids.iter().map(u32::to_string).collect()), 0..8),
        ) {
            let (index, all, refused) = build(&runs);
            let id_of = |row: u32| all[row as usize].as_str();
            for (row, id) in (0..).zip(&all) {
                prop_assert_eq!(index.find(id, id_of), Some(row));
            }
            prop_assert_eq!(index.find("nowhere", id_of), None);
            let mut known = std::collections::HashSet::new();
            for (run, refused) in runs.iter().zip(refused) {
                let fresh: std::collections::HashSet<_> = run.iter().collect();
                let clean = fresh.len() == run.len() && fresh.is_disjoint(&known);
                prop_assert_eq!(refused, !clean);
                if clean {
                    known.extend(fresh);
                }
            }
        }
    }

    #[test]
    fn a_clone_knows_nothing_of_what_comes_later() {
        let ids: Vec<String> = (0..3000).map(|row| row.to_string()).collect();
        let id_of = |row: u32| ids[row as usize].as_str();
        let mut index = IdIndex::default();
        index.extend(0..1000, id_of).expect("no id comes twice");
        let before = index.clone();
        index.extend(1000..3000, id_of).expect("no id comes twice");
        assert_eq!(before.find("1000", id_of), None);
        assert_eq!(before.find("999", id_of), Some(999));
        assert_eq!(index.find("2999", id_of), Some(2999));
    }
}
