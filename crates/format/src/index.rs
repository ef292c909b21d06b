//! Rows by id, for a model that grows.

use std::hash::BuildHasher;
use std::ops::Range;
use std::sync::Arc;

use hashbrown::{DefaultHashBuilder, HashTable};

/// Rows by the hash of their id. Rows are added in runs, each of which makes a table that takes in those before it that
/// are no larger: few tables to look into, none that a clone shares is ever changed, and the largest is seldom rebuilt.
#[derive(Debug, Clone, Default)]
pub(crate) struct IdIndex {
    tables: Vec<Arc<HashTable<u32>>>,
    hasher: DefaultHashBuilder,
}

impl IdIndex {
    /// The row whose id this is.
    pub(crate) fn find<'a>(&self, id: &str, id_of: impl Fn(u32) -> &'a str) -> Option<u32> {
        let hash = self.hasher.hash_one(id);
        let mut tables = self.tables.iter();
        tables.find_map(|table| table.find(hash, |&row| id_of(row) == id).copied())
    }

    /// Adds `rows`, or, when an id among them is there already, nothing.
    ///
    /// # Errors
    /// The first row whose id is that of an earlier one.
    pub(crate) fn extend<'a>(
        &mut self,
        rows: Range<u32>,
        id_of: impl Fn(u32) -> &'a str,
    ) -> Result<(), u32> {
        let hash = |row: &u32| self.hasher.hash_one(id_of(*row));
        let mut table = HashTable::with_capacity(rows.len());
        for row in rows {
            let id = id_of(row);
            let same = |&other: &u32| id_of(other) == id;
            let tables = self.tables.iter().map(|table| &**table);
            if tables
                .chain([&table])
                .any(|table| table.find(hash(&row), same).is_some())
            {
                return Err(row);
            }
            table.insert_unique(hash(&row), row, hash);
        }
        while let Some(last) = self.tables.pop_if(|last| last.len() <= table.len()) {
            table.reserve(last.len(), hash);
            for row in last.iter() {
                table.insert_unique(hash(row), *row, hash);
            }
        }
        self.tables.push(Arc::new(table));
        Ok(())
    }
}
