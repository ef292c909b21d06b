//! Export files of other services to ratings, and ratings to films of a model.
//!
//! [`import`] reads what a visitor downloaded elsewhere; [`Catalogue::find_all`] finds the films. Both say what they
//! could not use, and why: a rating on the wrong film is worse than one that is missing. [`Reader`] does both a piece at a
//! time, to a [`Draft`] that [`plan`] weighs against what is kept.
//!
//! | service | files |
//! |---|---|
//! | Letterboxd | `ratings.csv`, `diary.csv`, `reviews.csv`, `watched.csv`, `watchlist.csv`, or the whole export `.zip` |
//! | IMDb | the CSV of "Your ratings", and lists |
//! | Trakt | `ratings-movies.json`, `watched-movies.json`, `watched-history-*.json`, `lists-watchlist.json`, CSV, or the whole export `.zip` |
//! | MovieLens | the export of one's own ratings, `ratings.csv` and `ratings.dat` of the data sets |
//! | Netflix | the viewing history, `NetflixViewingHistory.csv` |
//! | Matinee | `user,item,rating,timestamp`, and its own JSON (see [`Format::MatineeJson`]) |
//!
//! Formats are told by content. The one exception is Letterboxd's watchlist, which only its file name tells from the
//! films that were watched.
//!
//! This crate does no I/O.

mod archive;
mod catalogue;
mod date;
mod draft;
mod error;
mod format;
pub mod link;
mod merge;
mod plan;
mod reader;
mod record;
mod row;
mod services;
mod stars;
mod table;
mod text;

pub use catalogue::{Catalogue, FoundBy, FoundRow, Matches, Miss, MissedRow};
pub use draft::{Draft, Missed, Refusal};
pub use error::ImportError;
pub use format::{Format, Service};
pub use plan::{Incoming, Planned, Said, Verdict, plan};
pub use reader::{MAX_BYTES, Reader, Search};
pub use record::{Marks, Record};
pub use row::{FileRead, Imported, ImportedRow, ItemRef, Own, Place, Problem, Skipped};

use crate::format::Content;

/// A file as the visitor gave it.
#[derive(Debug, Clone, Copy)]
pub struct File<'a> {
    /// Its name, without folders.
    pub name: &'a str,
    /// What is in it.
    pub bytes: &'a [u8],
}

/// Reads export files, archives included, and merges what they say.
///
/// Of several entries for one film, one with a rating wins over one without, then the newest. So the order of the files
/// does not matter, and the same file twice is the same as once.
///
/// `expected` restricts the files to one service.
///
/// # Errors
/// Any [`ImportError`], for the first file that cannot be used as a whole. Single entries that cannot be used are
/// [`Imported::problems`].
pub fn import(files: &[File<'_>], expected: Option<Service>) -> Result<Imported, ImportError> {
    let mut importer = Importer::new(expected);
    for file in files {
        importer.add(*file)?;
    }
    Ok(importer.finish())
}

/// Reads export files one after the other, for whoever has other things to do in between.
#[derive(Debug, Default)]
pub struct Importer {
    expected: Option<Service>,
    imported: Imported,
}

impl Importer {
    /// Nothing read yet. `expected` restricts the files to one service.
    pub fn new(expected: Option<Service>) -> Self {
        Self {
            expected,
            imported: Imported::default(),
        }
    }

    /// Reads one file, which may be an archive.
    ///
    /// # Errors
    /// Any [`ImportError`]; nothing of the file is kept then.
    pub fn add(&mut self, file: File<'_>) -> Result<(), ImportError> {
        let before = self.imported.clone();
        let result = self.try_add(file);
        if result.is_err() {
            self.imported = before;
        }
        result
    }

    fn try_add(&mut self, file: File<'_>) -> Result<(), ImportError> {
        if !archive::is_archive(file.bytes) {
            return read(file, self.expected, &mut self.imported);
        }
        for (name, bytes) in archive::open(&file)? {
            let file = File {
                name: &name,
                bytes: &bytes,
            };
            read(file, self.expected, &mut self.imported)?;
        }
        Ok(())
    }

    /// The files read so far, those of archives too.
    pub fn files(&self) -> &[FileRead] {
        &self.imported.files
    }

    /// What the files say, each film once.
    pub fn finish(mut self) -> Imported {
        merge::merge(&mut self.imported);
        self.imported
    }
}

fn read(
    file: File<'_>,
    expected: Option<Service>,
    imported: &mut Imported,
) -> Result<(), ImportError> {
    let text = text::decode(file.bytes);
    let (format, content) = Content::detect(file.name, &text, expected)?;
    if let Some(expected) = expected
        && expected != format.service()
    {
        return Err(ImportError::OtherService {
            file: file.name.to_owned(),
            expected,
            found: format.service(),
        });
    }
    let number = imported.files.len();
    imported.files.push(FileRead {
        name: file.name.to_owned(),
        format,
    });
    let add = |line, outcome| imported.add(Place { file: number, line }, outcome);
    services::read(format, content, add).map_err(|reason| ImportError::Unreadable {
        file: file.name.to_owned(),
        reason,
    })
}
