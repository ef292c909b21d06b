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

/// Rows of the first table; each after it has room for twice as many, up to the most.
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
            let room = last.map_or(FIRST, |last| (2 * last.capacity()).min(MOST));
            self.tables.push(Arc::new(HashTable::with_capacity(room)));
        }
        let last = self.tables.len() - 1;
        Arc::make_mut(&mut self.tables[last])
    }
}
