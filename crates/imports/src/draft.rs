//! What files or a link come to before it is weighed against what is kept: entries with their films.

use matinee_format::Model;

use crate::error::ImportError;
use crate::format::Service;
use crate::plan::{Incoming, Said};
use crate::record::Record;
use crate::row::{Place, Problem, Skipped};

/// All that was read, before anything is written.
#[derive(Debug, Default)]
pub struct Draft {
    /// The services that files come from, each once; none for a link.
    pub services: Vec<Service>,
    /// Names of the files that were read, those of archives too: what a [`Place`] counts.
    pub files: Vec<String>,
    /// Files that could not be used.
    pub refused: Vec<(String, Refusal)>,
    /// Entries whose film was found.
    pub incoming: Vec<Incoming>,
    /// Entries whose film was not.
    pub missed: Vec<Missed>,
    /// What is no film.
    pub skipped: Vec<Skipped>,
    /// Entries that could not be read.
    pub problems: Vec<Problem>,
}

/// Why a file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It is no export, or a damaged one.
    #[error(transparent)]
    Import(#[from] ImportError),
    /// It is larger than [`MAX_BYTES`](crate::MAX_BYTES).
    #[error(
        "it is larger than any export of films, so it was not read: unpack it, and bring in the files with ratings"
    )]
    TooLarge,
    /// It could not be got at all, and this is why.
    #[error("it could not be read ({0}): is it still where it was?")]
    Unread(String),
    /// It holds the ratings of this many people.
    #[error(
        "it holds the ratings of {0} people: bring in an export of your own, not a whole data set"
    )]
    People(usize),
}

/// An entry whose film was not found.
#[derive(Debug)]
pub struct Missed {
    /// Where it stands.
    pub place: Place,
    /// Its film, as the file names it.
    pub name: String,
    /// Rows of the films it may be.
    pub maybe: Vec<u32>,
    /// What it says. Its film is yet to be named, by [`Incoming::of`].
    pub entry: Incoming,
}

impl Draft {
    /// What a link carries.
    pub fn of_link(records: Vec<Record>, model: &Model) -> Self {
        let incoming = |record: Record| {
            let row = row_of(model, &record.item);
            let title = if record.title.is_empty() {
                record.item.clone()
            } else {
                record.title
            };
            let entry = Incoming {
                item: record.item,
                title,
                year: record.year,
                halves: record.halves,
                said: Said::All(record.marks),
                at: record.updated_at,
            };
            match row {
                Some(row) => entry.of(model, row),
                None => entry,
            }
        };
        Self {
            incoming: records.into_iter().map(incoming).collect(),
            ..Self::default()
        }
    }
}

impl Incoming {
    /// The same, said of the film at `row`.
    #[must_use]
    pub fn of(&self, model: &Model, row: u32) -> Self {
        let film = model.item(row);
        Self {
            item: [model.header().catalogue.as_str(), ":", film.id].concat(),
            title: film.title.to_owned(),
            year: film.year,
            ..self.clone()
        }
    }
}

/// Row of the film with this key; `None` for one of another catalogue, or that has left this one.
pub(crate) fn row_of(model: &Model, key: &str) -> Option<u32> {
    let id = key.strip_prefix(model.header().catalogue.as_str())?;
    model.row_of(id.strip_prefix(':')?)
}
