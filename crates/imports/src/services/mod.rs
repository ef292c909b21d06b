//! How each service writes a film that was seen.

mod imdb;
mod json;
mod letterboxd;
mod matinee;
mod movielens;
mod netflix;
mod trakt;

use serde_json::Value;

use crate::format::{Content, Format};
use crate::row::Outcome;

/// Reads a file, calling `add` with what each entry comes to and its line or position.
pub(crate) fn read(
    format: Format,
    content: Content<'_>,
    mut add: impl FnMut(u64, Outcome),
) -> Result<(), String> {
    match content {
        Content::Lines(text) => {
            for (line, text) in (1..).zip(text.lines()) {
                if !text.trim().is_empty() {
                    add(line, movielens::line(text).into());
                }
            }
            Ok(())
        }
        Content::Json(value) => {
            let entries = match value {
                Value::Object(mut object) => object.remove("ratings").unwrap_or_default(),
                list => list,
            };
            let Value::Array(entries) = entries else {
                return Err("it holds no list of ratings".to_owned());
            };
            for (position, entry) in (1..).zip(entries) {
                let outcome = match format {
                    Format::MatineeJson => matinee::entry(&entry),
                    _ => trakt::entry(&entry),
                };
                add(position, outcome.into());
            }
            Ok(())
        }
        Content::Table(table) if format == Format::NetflixHistory => netflix::table(table, add),
        Content::Table(table) => table.for_each(|line, record| {
            let outcome = match format {
                Format::Imdb => imdb::record(&record),
                Format::TraktCsv => trakt::record(&record),
                Format::MovieLensExport => movielens::exported(&record),
                Format::MovieLensCsv => movielens::record(&record),
                Format::MatineeCsv => matinee::record(&record),
                Format::LetterboxdWatchlist => letterboxd::record(&record).map(Outcome::Wanted),
                _ => letterboxd::record(&record).map(Outcome::Seen),
            };
            add(line, outcome.into());
        }),
    }
}
