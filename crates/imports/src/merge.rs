//! One entry for each film.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

use crate::format::Format;
use crate::row::{FileRead, Imported, ImportedRow};

/// Keeps the entry that counts for each film of each user.
pub(crate) fn merge(imported: &mut Imported) {
    let Imported {
        files,
        rows,
        watchlist,
        skipped,
        problems,
    } = imported;
    let key = |row: &ImportedRow| (row.user.clone(), row.item.identity());
    keep_best(rows, key, |a, b| newest(files, a, b));
    let seen: HashSet<_> = rows.iter().map(key).collect();
    watchlist.retain(|row| !seen.contains(&key(row)));
    keep_best(watchlist, key, |a, b| newest(files, a, b));

    // The same file given twice says the same twice.
    let name = |file: usize| files[file].name.clone();
    let mut met = HashSet::new();
    skipped.retain(|skipped| {
        met.insert((
            name(skipped.place.file),
            skipped.place.line,
            skipped.title.clone(),
        ))
    });
    met.clear();
    problems.retain(|problem| {
        met.insert((
            name(problem.place.file),
            problem.place.line,
            problem.what.clone(),
        ))
    });
}

/// Keeps the greatest of the rows with the same key, where the first of them stood.
pub(crate) fn keep_best<T, K: std::hash::Hash + Eq>(
    rows: &mut Vec<T>,
    key: impl Fn(&T) -> K,
    compare: impl Fn(&T, &T) -> Ordering,
) {
    let mut positions: HashMap<K, usize> = HashMap::new();
    let mut kept: Vec<T> = Vec::new();
    for row in rows.drain(..) {
        match positions.entry(key(&row)) {
            std::collections::hash_map::Entry::Vacant(entry) => {
                entry.insert(kept.len());
                kept.push(row);
            }
            std::collections::hash_map::Entry::Occupied(entry) => {
                let best = &mut kept[*entry.get()];
                if compare(&row, best) == Ordering::Greater {
                    *best = row;
                }
            }
        }
    }
    *rows = kept;
}

/// A rating counts more than none, then the newest entry; the rest only makes the order of the files irrelevant.
fn newest(files: &[FileRead], a: &ImportedRow, b: &ImportedRow) -> Ordering {
    // On the day of a diary entry, the ratings say what the film was rated in the end.
    let is_final = |row: &ImportedRow| files[row.place.file].format == Format::LetterboxdRatings;
    (a.rating.is_some(), a.timestamp, is_final(a))
        .cmp(&(b.rating.is_some(), b.timestamp, is_final(b)))
        .then_with(|| a.rating.unwrap_or(0.0).total_cmp(&b.rating.unwrap_or(0.0)))
}
