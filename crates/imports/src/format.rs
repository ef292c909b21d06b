//! Which export a file is.

use std::fmt;

use serde_json::Value;

use crate::error::ImportError;
use crate::table::Table;

/// A service that exports what its users saw.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Service {
    /// letterboxd.com
    Letterboxd,
    /// imdb.com
    Imdb,
    /// trakt.tv
    Trakt,
    /// movielens.org, and the data sets made from it
    MovieLens,
    /// netflix.com
    Netflix,
    /// This program.
    Matinee,
}

impl fmt::Display for Service {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Service::Letterboxd => "Letterboxd",
            Service::Imdb => "IMDb",
            Service::Trakt => "Trakt",
            Service::MovieLens => "MovieLens",
            Service::Netflix => "Netflix",
            Service::Matinee => "Matinee",
        })
    }
}

/// The layout of one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// What each film was rated in the end.
    LetterboxdRatings,
    /// What was watched when; `reviews.csv` is the same with the reviews.
    LetterboxdDiary,
    /// Every film marked as watched.
    LetterboxdWatched,
    /// Films to be watched.
    LetterboxdWatchlist,
    /// Ratings, or a list with ratings; a film on a list without a rating is one to be watched.
    Imdb,
    /// Ratings, history, watched films or watchlist.
    TraktJson,
    /// The same as a table.
    TraktCsv,
    /// One's own ratings, with the ids of IMDb and TMDB.
    MovieLensExport,
    /// `ratings.csv` of a data set.
    MovieLensCsv,
    /// `ratings.dat` of a data set: `user::film::rating::timestamp`. That of MovieLens 100K, which has tabs, is not
    /// read: its films are numbered otherwise.
    MovieLensDat,
    /// Titles and days, without ratings.
    NetflixHistory,
    /// `user,item,rating,timestamp`; an item is an id in a model's catalogue, `imdb:tt0111161` or `tmdb:278`. The app adds
    /// `title,year,seen,not_for_me,watchlist,unseen`, the last four 1 or 0.
    MatineeCsv,
    /// An object with `"format": "matinee-ratings"`, `"version": 1` and `"ratings"`, a list of objects with any of
    /// `item`, `imdb`, `tmdb` (numbers), `title`, `year`, `rating` (0.5 to 5, null for seen) and `timestamp` (seconds). The app
    /// adds `seen`, `not_for_me`, `watchlist`, `unseen` (true or false) and `updated_at` (milliseconds).
    MatineeJson,
}

/// Tables are told by columns that they must have, the first that fits.
const TABLES: [(Format, &[&str]); 9] = [
    (
        Format::LetterboxdDiary,
        &["Name", "Year", "Letterboxd URI", "Watched Date"],
    ),
    (
        Format::LetterboxdRatings,
        &["Name", "Year", "Letterboxd URI", "Rating"],
    ),
    (
        Format::LetterboxdWatched,
        &["Name", "Year", "Letterboxd URI"],
    ),
    (Format::Imdb, &["Const", "Your Rating", "Title", "Year"]),
    (
        Format::MovieLensExport,
        &["movie_id", "imdb_id", "tmdb_id", "rating"],
    ),
    (Format::TraktCsv, &["type", "imdb_id", "tmdb_id"]),
    (Format::MovieLensCsv, &["userId", "movieId", "rating"]),
    (Format::MatineeCsv, &["user", "item", "rating"]),
    (Format::NetflixHistory, &["Title", "Date"]),
];

impl Format {
    /// The service it comes from.
    pub fn service(self) -> Service {
        match self {
            Format::LetterboxdRatings
            | Format::LetterboxdDiary
            | Format::LetterboxdWatched
            | Format::LetterboxdWatchlist => Service::Letterboxd,
            Format::Imdb => Service::Imdb,
            Format::TraktJson | Format::TraktCsv => Service::Trakt,
            Format::MovieLensExport | Format::MovieLensCsv | Format::MovieLensDat => {
                Service::MovieLens
            }
            Format::NetflixHistory => Service::Netflix,
            Format::MatineeCsv | Format::MatineeJson => Service::Matinee,
        }
    }

    fn of_table(name: &str, table: &Table<'_>) -> Option<Format> {
        let (format, _) = TABLES.into_iter().find(|&(format, columns)| {
            columns.iter().all(|column| table.has(column))
                // Two words that any table may have.
                && (format != Format::NetflixHistory || table.width() == columns.len())
        })?;
        // In an archive, a folder may be called after somebody.
        let name = name.rsplit('/').next().unwrap_or(name);
        let is_watchlist = name.to_ascii_lowercase().contains("watchlist");
        match format {
            Format::LetterboxdWatched if is_watchlist => Some(Format::LetterboxdWatchlist),
            format => Some(format),
        }
    }

    fn of_json(value: &Value) -> Option<Format> {
        match value {
            Value::Object(object)
                if object
                    .get("format")
                    .is_some_and(|name| name == "matinee-ratings") =>
            {
                Some(Format::MatineeJson)
            }
            Value::Array(entries) => {
                let is_entry = |entry: &Value| {
                    ["movie", "show", "season", "episode"]
                        .iter()
                        .any(|kind| entry.get(kind).is_some())
                };
                entries
                    .first()
                    .is_none_or(is_entry)
                    .then_some(Format::TraktJson)
            }
            _ => None,
        }
    }
}

/// A file in a known format, ready to be read.
pub(crate) enum Content<'t> {
    Table(Table<'t>),
    Json(Value),
    /// Lines of fields with `::` between them.
    Lines(&'t str),
}

impl<'t> Content<'t> {
    pub(crate) fn detect(
        name: &str,
        text: &'t str,
        expected: Option<Service>,
    ) -> Result<(Format, Content<'t>), ImportError> {
        let file = || name.to_owned();
        let start = text.trim_start();
        let first_line = start
            .lines()
            .next()
            .ok_or_else(|| ImportError::Empty { file: file() })?;
        if start.starts_with(['[', '{']) {
            let value: Value =
                serde_json::from_str(text).map_err(|error| ImportError::Unreadable {
                    file: file(),
                    reason: error.to_string(),
                })?;
            if let Some(format) = Format::of_json(&value) {
                return match value.get("version").and_then(Value::as_u64) {
                    Some(version) if version > 1 => Err(ImportError::Newer {
                        file: file(),
                        version,
                    }),
                    _ => Ok((format, Content::Json(value))),
                };
            }
        } else if is_dat(first_line) {
            return Ok((Format::MovieLensDat, Content::Lines(text)));
        } else {
            let table = Table::open(text);
            if let Some(format) = Format::of_table(name, &table) {
                return Ok((format, Content::Table(table)));
            }
        }
        Err(ImportError::Unknown {
            file: file(),
            found: format!("{:?}", first_line.chars().take(60).collect::<String>()),
            expected: expectation(expected),
        })
    }
}

fn is_dat(line: &str) -> bool {
    let fields: Vec<&str> = line.trim_end().split("::").collect();
    fields.len() == 4 && fields[3].bytes().all(|byte| byte.is_ascii_digit())
}

/// What files of a service, or of all, begin with.
fn expectation(service: Option<Service>) -> String {
    let tables = TABLES
        .iter()
        .filter(|(format, _)| service.is_none_or(|service| format.service() == service));
    let tables: Vec<String> = tables
        .map(|(format, columns)| {
            format!(
                "{} has the columns {}",
                format.service(),
                columns.join(", ")
            )
        })
        .collect();
    tables.join("; ")
}
