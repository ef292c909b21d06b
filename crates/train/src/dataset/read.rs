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
use super::scale::{OffScale, Values, join};
use super::watching::{Watching, rate, refuse_other_units};
use super::{Columns, DataError, Rating, Ratings, Table, shortened, text};

/// Reads ratings from one or several files: MovieLens 100K (tab-separated), 1M and 10M (`::`) and later (CSV),
/// or any CSV with a header, plain or compressed by gzip or zstd. Each file has users of its own, except that
/// people found in several are made one; item ids are shared. `progress` counts bytes read.
///
/// A file may tell how many seconds of which runtime were watched. The share is corrected for what is usual for such a
/// runtime and becomes a rating on the scale of the others, or from 0 to 1 where there are no others.
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
    let mut watching = Vec::new();
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
        let before = (ratings.events.len(), watching.len());
        let mut users = Ids::default();
        let values = read_file(
            path,
            columns,
            progress,
            (&mut users, starts[at]),
            &mut items,
            (&mut ratings, &mut watching),
        )?;
        refuse_other_units(path, &watching[before.1..])?;
        if before == (ratings.events.len(), watching.len()) {
            return Err(DataError::file(
                path,
                "there are no ratings",
                "give a row for each rating",
            ));
        }
        let scale = values
            .scale(columns.scale)
            .map_err(|off| off_scale(path, &off))?;
        ratings.scale = match (ratings.scale, scale) {
            (Some(all), Some(this)) => Some(join(all, this).ok_or_else(|| {
                let what = format!(
                    "the ratings go from {} to {}, those of the files before it from {} to {}",
                    this.min, this.max, all.min, all.max
                );
                DataError::file(path, what, "convert one to the scale of the other, or say with --scale MIN-MAX which one all are on")
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
        merge_people(&mut ratings, &mut watching, &starts);
    }
    rate(&mut ratings, watching, columns.model.as_ref());
    let all = ratings.events.len();
    let rated = ratings.scale.is_some();
    sort_and_keep_newest(&mut ratings.events, rated);
    let fewer = all - ratings.events.len();
    if rated {
        ratings.repairs.duplicates = fewer;
    } else {
        ratings.repairs.repeats = fewer;
    }
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

/// Appends the events of a file to `ratings` and to what was watched. Its users are numbered from `first_user`.
fn read_file(
    path: &Path,
    columns: &Columns,
    progress: &ProgressBar,
    (users, first_user): (&mut Ids, u32),
    items: &mut Ids,
    (ratings, watching): (&mut Ratings, &mut Vec<Watching>),
) -> Result<Values, DataError> {
    let mut table = Table::open(path, &["user", "item", "rating", "timestamp"], 3, progress)?;
    let positions = columns.locate(path, &table)?;
    let mut values = Values::default();
    let mut row = ByteRecord::new();
    while table.read(&mut row)? {
        let id = |column: usize| table.id(column, &row[column]);
        let user = first_user + users.number(id(positions.user)?);
        let item = items.number(id(positions.item)?);
        let value = match positions.rating {
            Some(column) => rating(&table, column, &row[column])?,
            None => None,
        };
        let repeats = match positions.count {
            Some(column) => times(&table, column, &row[column])? - 1,
            None => 0,
        };
        let timestamp = match positions.timestamp {
            Some(column) => timestamp(&table, column, &row[column])?,
            None => Time::default(),
        };
        let watched = match positions.watching {
            Some(columns) => columns.read(&table, &row)?,
            None => None,
        };
        if let Some(value) = value {
            values.add(value, table.line());
        }
        ratings.repairs.finer_times += usize::from(timestamp.finer);
        let timestamp = timestamp.seconds;
        if let Some(watched) = watched {
            watching.push(Watching {
                user,
                item,
                watched,
                timestamp,
            });
            if value.is_none() {
                continue;
            }
        }
        ratings.events.push(Rating {
            user,
            item,
            value,
            timestamp,
            repeats,
        });
    }
    Ok(values)
}

fn off_scale(path: &Path, off: &OffScale) -> DataError {
    let (value, min, max) = (off.value, off.min, off.max);
    let (what, mend) = if off.given {
        (
            format!("the rating {value} is outside the scale {min}-{max}"),
            "mend it, or give --scale another range",
        )
    } else {
        (
            format!(
                "the rating {value} is not on the scale of nearly all others, which go to {max}"
            ),
            "mend it, leave it empty for an item seen but not rated, or give --scale MIN-MAX if it is meant",
        )
    };
    DataError::Line {
        path: path.to_owned(),
        line: off.line,
        what,
        mend: mend.into(),
    }
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
            format!("`{}` is not a rating", shortened(&cell)),
            "write a number such as 3.5, or nothing for an item seen but not rated",
        )),
    }
}

/// How often the user had the item, 1 or more.
fn times(table: &Table, column: usize, cell: &[u8]) -> Result<u32, DataError> {
    let cell = text(cell.trim_ascii());
    match cell.parse::<f64>() {
        Ok(n) if n.fract() == 0.0 && (1.0..=f64::from(u32::MAX)).contains(&n) => Ok(n as u32),
        _ => Err(table.cell(
            column,
            format!("`{}` is not a count", shortened(&cell)),
            "write a whole number from 1, and leave out what the user never had",
        )),
    }
}

/// A point in time as a cell tells it.
#[derive(Default)]
struct Time {
    /// Seconds since 1970.
    seconds: i64,
    /// Whether the cell has milliseconds or something finer.
    finer: bool,
}

impl Time {
    /// A number of seconds, or of milliseconds, microseconds or nanoseconds: as seconds, 10^11 is the year 5138; as
    /// milliseconds, it is 1973.
    fn from_number(number: f64) -> Self {
        let unit = match number.abs() {
            n if n < 1e11 => 1.0,
            n if n < 1e14 => 1e3,
            n if n < 1e17 => 1e6,
            _ => 1e9,
        };
        Self {
            seconds: (number / unit).floor() as i64,
            finer: unit > 1.0,
        }
    }
}

impl From<Timestamp> for Time {
    fn from(moment: Timestamp) -> Self {
        Self {
            seconds: moment.as_second(),
            finer: false,
        }
    }
}

fn timestamp(table: &Table, column: usize, cell: &[u8]) -> Result<Time, DataError> {
    let cell = text(cell.trim_ascii());
    if cell.is_empty() {
        return Ok(Time::default());
    }
    if let Ok(number) = cell.parse::<f64>()
        && number.is_finite()
    {
        return Ok(Time::from_number(number));
    }
    if let Ok(moment) = cell.parse::<Timestamp>() {
        return Ok(moment.into());
    }
    let utc = |date: DateTime| date.to_zoned(TimeZone::UTC);
    if let Ok(moment) = cell.parse::<DateTime>().and_then(utc) {
        return Ok(moment.timestamp().into());
    }
    Err(table.cell(
        column,
        format!("`{}` is not a time", shortened(&cell)),
        "write seconds since 1970 or a date such as 2024-03-15 or 2024-03-15T20:00:00Z",
    ))
}

fn merge_people(ratings: &mut Ratings, watching: &mut [Watching], starts: &[u32]) {
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
    for event in watching {
        event.user = number[event.user as usize];
    }
}

/// Sorts by user and item and keeps one event a pair: the newest rating, or, without a rating, the newest event. Where
/// nothing is `rated`, it says how many it stands for.
fn sort_and_keep_newest(events: &mut Vec<Rating>, rated: bool) {
    // The sort is stable, so that of two at the same time the later line wins.
    events.par_sort_by_key(|e| (e.user, e.item, e.value.is_some(), e.timestamp));
    events.dedup_by(|newer, kept| {
        let same = (newer.user, newer.item) == (kept.user, kept.item);
        if same {
            let repeats = match rated {
                true => 0,
                false => kept.repeats.saturating_add(newer.repeats).saturating_add(1),
            };
            *kept = Rating { repeats, ..*newer };
        }
        same
    });
}

#[cfg(test)]
mod tests;
