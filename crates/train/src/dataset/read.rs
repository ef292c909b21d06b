//! Ratings files to [`Ratings`].

use std::path::{Path, PathBuf};

use csv::ByteRecord;
use hashbrown::HashMap;
use indicatif::ProgressBar;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use rayon::prelude::*;

use super::people::same_people;
use super::scale::{join, scale_of};
use super::{Columns, DataError, Rating, Ratings, Table, text};

/// Reads ratings from one or several files: MovieLens 100K (tab-separated), 1M and 10M (`::`) and later (CSV),
/// or any CSV with a header, plain or compressed by gzip or zstd. Each file has users of its own, except that
/// people found in several are made one; item ids are shared. `progress` counts bytes read.
///
/// # Errors
/// When a file cannot be read or a line of it not understood, when there are no ratings at all, and when the
/// files' scales differ.
pub fn read_ratings(
    paths: &[PathBuf],
    columns: &Columns,
    progress: &ProgressBar,
) -> Result<Ratings, DataError> {
    let bytes = |path: &PathBuf| path.metadata().map_or(0, |m| m.len());
    progress.set_length(paths.iter().map(bytes).sum());

    let mut ratings = Ratings::default();
    let mut items = Ids::default();
    let mut starts = vec![0];
    for (at, path) in paths.iter().enumerate() {
        if paths[..at].contains(path) {
            return Err(DataError::file(
                path,
                "the file is named twice",
                "name it once",
            ));
        }
        let before = ratings.events.len();
        let mut users = Ids::default();
        read_file(
            path,
            columns,
            progress,
            &mut users,
            &mut items,
            &mut ratings.events,
            starts[at],
        )?;
        let events = &ratings.events[before..];
        if events.is_empty() {
            return Err(DataError::file(
                path,
                "there are no ratings",
                "give a row for each rating",
            ));
        }
        let scale = scale_of(events.iter().filter_map(|event| event.value));
        ratings.scale = match (ratings.scale, scale) {
            (Some(all), Some(this)) => Some(join(all, this).ok_or_else(|| {
                let what = format!(
                    "the ratings go from {} to {}, those of the files before it from {} to {}",
                    this.min, this.max, all.min, all.max
                );
                DataError::file(path, what, "convert one to the scale of the other")
            })?),
            (all, this) => all.or(this),
        };
        if paths.len() > 1 {
            users
                .names
                .iter_mut()
                .for_each(|name| *name = format!("{}:{name}", at + 1));
        }
        ratings.users.append(&mut users.names);
        starts.push(count(ratings.users.len()));
    }
    ratings.items = items.names;
    if paths.len() > 1 {
        merge_people(&mut ratings, &starts);
    }
    sort_and_keep_newest(&mut ratings.events);
    Ok(ratings)
}

/// Ids in order of first appearance.
#[derive(Default)]
struct Ids {
    names: Vec<String>,
    numbers: HashMap<Vec<u8>, u32>,
}

impl Ids {
    fn number(&mut self, id: &[u8]) -> u32 {
        *self.numbers.entry_ref(id).or_insert_with(|| {
            self.names.push(text(id).into_owned());
            count(self.names.len() - 1)
        })
    }
}

fn count(n: usize) -> u32 {
    u32::try_from(n).expect("a table of 2^32 users or items does not fit in memory")
}

fn read_file(
    path: &Path,
    columns: &Columns,
    progress: &ProgressBar,
    users: &mut Ids,
    items: &mut Ids,
    events: &mut Vec<Rating>,
    first_user: u32,
) -> Result<(), DataError> {
    let mut table = Table::open(path, &["user", "item", "rating", "timestamp"], 3, progress)?;
    let positions = columns.locate(path, &table)?;
    let mut row = ByteRecord::new();
    while table.read(&mut row)? {
        let id = |column: usize| match row[column].trim_ascii() {
            b"" => Err(table.cell(
                column,
                "the id is missing",
                "give every row a user and an item",
            )),
            id => Ok(id),
        };
        let user = first_user + users.number(id(positions.user)?);
        let item = items.number(id(positions.item)?);
        let value = match positions.rating {
            Some(column) => rating(&table, column, &row[column])?,
            None => None,
        };
        let timestamp = match positions.timestamp {
            Some(column) => timestamp(&table, column, &row[column])?,
            None => 0,
        };
        events.push(Rating {
            user,
            item,
            value,
            timestamp,
        });
    }
    Ok(())
}

fn rating(table: &Table, column: usize, cell: &[u8]) -> Result<Option<f32>, DataError> {
    let cell = text(cell.trim_ascii());
    if cell.is_empty() {
        return Ok(None);
    }
    match cell.parse::<f32>() {
        Ok(value) if value.is_finite() => Ok(Some(value)),
        _ => Err(table.cell(
            column,
            format!("`{cell}` is not a rating"),
            "write a number such as 3.5, or nothing for an item seen but not rated",
        )),
    }
}

fn timestamp(table: &Table, column: usize, cell: &[u8]) -> Result<i64, DataError> {
    let cell = text(cell.trim_ascii());
    if cell.is_empty() {
        return Ok(0);
    }
    if let Ok(seconds) = cell.parse() {
        return Ok(seconds);
    }
    if let Ok(seconds) = cell.parse::<f64>()
        && seconds.is_finite()
    {
        return Ok(seconds as i64);
    }
    if let Ok(moment) = cell.parse::<Timestamp>() {
        return Ok(moment.as_second());
    }
    let utc = |date: DateTime| date.to_zoned(TimeZone::UTC);
    if let Ok(moment) = cell.parse::<DateTime>().and_then(utc) {
        return Ok(moment.timestamp().as_second());
    }
    Err(table.cell(
        column,
        format!("`{cell}` is not a time"),
        "write seconds since 1970 or a date such as 2024-03-15 or 2024-03-15T20:00:00Z",
    ))
}

fn merge_people(ratings: &mut Ratings, starts: &[u32]) {
    let person = same_people(&ratings.events, starts);
    let mut number = Vec::with_capacity(person.len());
    let mut kept = 0;
    for (user, &first) in person.iter().enumerate() {
        number.push(if first as usize == user {
            ratings.users.swap(kept as usize, user);
            kept += 1;
            kept - 1
        } else {
            number[first as usize]
        });
    }
    ratings.merged_users = ratings.users.len() - kept as usize;
    ratings.users.truncate(kept as usize);
    for event in &mut ratings.events {
        event.user = number[event.user as usize];
    }
}

/// Sorts by user and item and keeps one event a pair: the newest rating, or, without a rating, the newest event.
fn sort_and_keep_newest(events: &mut Vec<Rating>) {
    // The sort is stable, so that of two at the same time the later line wins.
    events.par_sort_by_key(|e| (e.user, e.item, e.value.is_some(), e.timestamp));
    events.dedup_by(|newer, kept| {
        let same = (newer.user, newer.item) == (kept.user, kept.item);
        if same {
            *kept = *newer;
        }
        same
    });
}

#[cfg(test)]
mod tests;
