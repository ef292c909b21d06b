//! What files say, before films are looked for.

use std::fmt;

use matinee_engine::search::title_key;

use crate::format::Format;
use crate::record::Marks;

/// What was read from one or more files.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Imported {
    /// The files it was read from.
    pub files: Vec<FileRead>,
    /// Films seen, each once for each user, in the order they were first met.
    pub rows: Vec<ImportedRow>,
    /// Films to be seen, none of which is among `rows`.
    pub watchlist: Vec<ImportedRow>,
    /// What is no film.
    pub skipped: Vec<Skipped>,
    /// Entries that could not be used.
    pub problems: Vec<Problem>,
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileRead {
    /// Its name.
    pub name: String,
    /// Its format.
    pub format: Format,
}

/// One film of one user.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportedRow {
    /// Name of the user, in files that hold several.
    pub user: Option<String>,
    /// The film.
    pub item: ItemRef,
    /// Stars, 0.5 to 5 in steps of a half; `None` for a film that was seen and not rated.
    pub rating: Option<f32>,
    /// When it was rated or watched, in seconds since 1970; days without a time begin at midnight UTC.
    pub timestamp: Option<i64>,
    /// What only this program's own exports say of it.
    pub own: Option<Own>,
    /// Where this stands.
    pub place: Place,
}

/// What this program writes of a film besides its stars.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Own {
    /// What was said without stars.
    pub marks: Marks,
    /// When it was last changed, in milliseconds since 1970.
    pub updated_at: Option<f64>,
}

/// How a file names a film: as many of these as it has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ItemRef {
    /// Id in a model's catalogue, with or without the catalogue's name before it: `318` or `movielens:318`.
    pub id: Option<String>,
    /// Number of IMDb: 111161 for `tt0111161`.
    pub imdb: Option<u32>,
    /// Number of TMDB.
    pub tmdb: Option<u32>,
    /// Titles, the one to show first.
    pub titles: Vec<String>,
    /// Release year.
    pub year: Option<u16>,
}

impl ItemRef {
    /// The same for two entries of one export that mean the same film.
    pub(crate) fn identity(&self) -> String {
        match (&self.id, self.imdb, self.tmdb) {
            (Some(id), ..) => format!("id {id}"),
            (_, Some(imdb), _) => format!("imdb {imdb}"),
            (.., Some(tmdb)) => format!("tmdb {tmdb}"),
            _ => {
                let key = self.titles.first().map(|title| title_key(title));
                format!(
                    "title {} {}",
                    key.unwrap_or_default(),
                    self.year.unwrap_or_default()
                )
            }
        }
    }
}

impl fmt::Display for ItemRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (
            self.titles.first(),
            self.year,
            &self.id,
            self.imdb,
            self.tmdb,
        ) {
            (Some(title), Some(year), ..) => write!(f, "{title} ({year})"),
            (Some(title), ..) => f.write_str(title),
            (_, _, Some(id), ..) => f.write_str(id),
            (_, _, _, Some(imdb), _) => write!(f, "tt{imdb:07}"),
            (.., Some(tmdb)) => write!(f, "tmdb:{tmdb}"),
            _ => f.write_str("a film without a name"),
        }
    }
}

/// Where an entry stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Position among [`Imported::files`].
    pub file: usize,
    /// Line, counted from 1; in JSON the position in its list.
    pub line: u64,
}

/// What is no film: a series, an episode, a game.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// Where it stands.
    pub place: Place,
    /// Its title, where given.
    pub title: String,
    /// What it is.
    pub what: String,
}

/// An entry that could not be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where it stands.
    pub place: Place,
    /// Column or field.
    pub column: &'static str,
    /// What is wrong with it.
    pub what: String,
    /// How to mend it.
    pub mend: &'static str,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "line {}, {}: {}; {}",
            self.place.line, self.column, self.what, self.mend
        )
    }
}

/// What one entry comes to, before it has a place.
#[derive(Debug)]
pub(crate) enum Outcome {
    Seen(Entry),
    Wanted(Entry),
    Skipped { title: String, what: String },
    Faulty(Fault),
}

/// A row before it has a place.
#[derive(Debug, Default)]
pub(crate) struct Entry {
    pub(crate) user: Option<String>,
    pub(crate) item: ItemRef,
    pub(crate) rating: Option<f32>,
    pub(crate) timestamp: Option<i64>,
    pub(crate) own: Option<Own>,
}

/// A problem before it has a place.
#[derive(Debug)]
pub(crate) struct Fault {
    pub(crate) column: &'static str,
    pub(crate) what: String,
    pub(crate) mend: &'static str,
}

impl From<Result<Outcome, Fault>> for Outcome {
    fn from(result: Result<Outcome, Fault>) -> Outcome {
        result.unwrap_or_else(Outcome::Faulty)
    }
}

impl Imported {
    pub(crate) fn add(&mut self, place: Place, outcome: Outcome) {
        let row = |Entry {
                       user,
                       item,
                       rating,
                       timestamp,
                       own,
                   }| ImportedRow {
            user,
            item,
            rating,
            timestamp,
            own,
            place,
        };
        match outcome {
            Outcome::Seen(entry) => self.rows.push(row(entry)),
            Outcome::Wanted(entry) => self.watchlist.push(row(entry)),
            Outcome::Skipped { title, what } => self.skipped.push(Skipped { place, title, what }),
            Outcome::Faulty(Fault { column, what, mend }) => {
                self.problems.push(Problem {
                    place,
                    column,
                    what,
                    mend,
                });
            }
        }
    }
}
