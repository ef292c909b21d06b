//! Which film of a model an entry means.

use std::collections::{HashMap, HashSet};

use matinee_engine::search::title_key;
use matinee_format::Model;

use crate::merge::keep_best;
use crate::row::{Imported, ImportedRow, ItemRef, Own};

/// The films of a model, by everything that names them.
#[derive(Debug)]
pub struct Catalogue<'m> {
    model: &'m Model,
    by_imdb: HashMap<u32, u32>,
    by_tmdb: HashMap<u32, u32>,
    by_title: HashMap<String, Vec<u32>>,
}

/// What a film was found by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FoundBy {
    /// An id.
    Id,
    /// Title and year.
    TitleAndYear,
    /// Its title, which no other film of the catalogue has; the file gives no year.
    Title,
}

/// Why a film was not found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Miss {
    /// No film of the catalogue has this id, or this title and year.
    Unknown,
    /// It may be any of these rows.
    Ambiguous(Vec<u32>),
}

/// An entry whose film was found.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundRow {
    /// The film's row in the model.
    pub row: u32,
    /// What it was found by.
    pub by: FoundBy,
    /// Name of the user, in files that hold several.
    pub user: Option<String>,
    /// Stars, 0.5 to 5 in steps of a half; `None` for a film that was seen and not rated.
    pub rating: Option<f32>,
    /// When it was rated or watched, in seconds since 1970.
    pub timestamp: Option<i64>,
    /// What only this program's own exports say of it.
    pub own: Option<Own>,
}

/// An entry whose film was not found.
#[derive(Debug, Clone, PartialEq)]
pub struct MissedRow<'i> {
    /// The entry.
    pub entry: &'i ImportedRow,
    /// Why.
    pub why: Miss,
}

/// All entries of an import, found and not.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Matches<'i> {
    /// Films seen, each once for each user.
    pub found: Vec<FoundRow>,
    /// Films to be seen, none of which is among `found`.
    pub watchlist: Vec<FoundRow>,
    /// Entries, of both kinds, that are left out.
    pub missed: Vec<MissedRow<'i>>,
}

impl<'m> Catalogue<'m> {
    /// Indexes what has arrived of a model.
    pub fn new(model: &'m Model) -> Catalogue<'m> {
        let mut catalogue = Catalogue {
            model,
            by_imdb: HashMap::new(),
            by_tmdb: HashMap::new(),
            by_title: HashMap::new(),
        };
        for row in 0..model.len() as u32 {
            let item = model.item(row);
            catalogue.by_imdb.extend(item.imdb.map(|imdb| (imdb, row)));
            catalogue.by_tmdb.extend(item.tmdb.map(|tmdb| (tmdb, row)));
            for title in std::iter::once(item.title).chain(item.alt_titles()) {
                let rows = catalogue.by_title.entry(title_key(title)).or_default();
                if rows.last() != Some(&row) {
                    rows.push(row);
                }
            }
        }
        catalogue
    }

    /// The film that `item` means.
    ///
    /// Ids come first. A title counts when it is the same but for case, diacritics and punctuation and the year is the same,
    /// or else the year before or after; never when a film of that title has another id than the one given.
    ///
    /// # Errors
    /// [`Miss`], when there is no such film or more than one.
    pub fn find(&self, item: &ItemRef) -> Result<(u32, FoundBy), Miss> {
        let by_id = item.id.as_deref().and_then(|id| self.row_of(id));
        let by_imdb = || self.by_imdb.get(&item.imdb?).copied();
        let by_tmdb = || self.by_tmdb.get(&item.tmdb?).copied();
        match by_id.or_else(by_imdb).or_else(by_tmdb) {
            Some(row) => Ok((row, FoundBy::Id)),
            None => self.find_by_title(item),
        }
    }

    /// Finds the film of every entry, keeping one entry for each film of each user.
    pub fn find_all<'i>(&self, imported: &'i Imported) -> Matches<'i> {
        let mut matches = Matches::default();
        let mut find = |entry: &'i ImportedRow| match self.find(&entry.item) {
            Ok((row, by)) => Some(FoundRow {
                row,
                by,
                user: entry.user.clone(),
                rating: entry.rating,
                timestamp: entry.timestamp,
                own: entry.own,
            }),
            Err(why) => {
                matches.missed.push(MissedRow { entry, why });
                None
            }
        };
        let mut found: Vec<FoundRow> = imported.rows.iter().filter_map(&mut find).collect();
        let mut watchlist: Vec<FoundRow> =
            imported.watchlist.iter().filter_map(&mut find).collect();

        let key = |row: &FoundRow| (row.user.clone(), row.row);
        for rows in [&mut found, &mut watchlist] {
            keep_best(rows, key, |a, b| {
                let order =
                    (a.rating.is_some(), a.timestamp).cmp(&(b.rating.is_some(), b.timestamp));
                order.then_with(|| a.rating.unwrap_or(0.0).total_cmp(&b.rating.unwrap_or(0.0)))
            });
        }
        let seen: HashSet<_> = found.iter().map(key).collect();
        watchlist.retain(|row| !seen.contains(&key(row)));
        Matches {
            found,
            watchlist,
            ..matches
        }
    }

    fn row_of(&self, id: &str) -> Option<u32> {
        let bare = id
            .strip_prefix(self.model.header().catalogue.as_str())
            .and_then(|id| id.strip_prefix(':'));
        self.model.row_of(bare.unwrap_or(id))
    }

    fn find_by_title(&self, item: &ItemRef) -> Result<(u32, FoundBy), Miss> {
        let other = |given: Option<u32>, known: Option<u32>| {
            given.is_some() && known.is_some() && given != known
        };
        let mut rows: Vec<u32> = Vec::new();
        let keys = item.titles.iter().map(|title| title_key(title));
        for &row in keys.filter_map(|key| self.by_title.get(&key)).flatten() {
            let film = self.model.item(row);
            let is_other = other(item.imdb, film.imdb) || other(item.tmdb, film.tmdb);
            if !is_other && !rows.contains(&row) {
                rows.push(row);
            }
        }
        let Some(year) = item.year else {
            return one_of(rows, FoundBy::Title);
        };
        // A film whose year is not known is too little to go by.
        let apart = |row: u32| {
            self.model
                .item(row)
                .year
                .map_or(u16::MAX, |known| known.abs_diff(year))
        };
        for tolerance in [0, 1] {
            let near: Vec<u32> = rows
                .iter()
                .copied()
                .filter(|&row| apart(row) <= tolerance)
                .collect();
            if !near.is_empty() {
                return one_of(near, FoundBy::TitleAndYear);
            }
        }
        Err(Miss::Unknown)
    }
}

fn one_of(rows: Vec<u32>, by: FoundBy) -> Result<(u32, FoundBy), Miss> {
    match rows[..] {
        [] => Err(Miss::Unknown),
        [row] => Ok((row, by)),
        _ => Err(Miss::Ambiguous(rows)),
    }
}
