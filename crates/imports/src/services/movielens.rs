//! MovieLens: 0.5 to 5 stars, in older data sets 1 to 5.

use crate::date;
use crate::row::{Entry, Fault, ItemRef, Outcome};
use crate::stars::Scale;
use crate::table::Record;

pub(super) fn record(record: &Record<'_>) -> Result<Outcome, Fault> {
    Ok(Outcome::Seen(Entry {
        user: record.get("userId").map(str::to_owned),
        item: film(record.required("movieId")?),
        rating: record.stars("rating", Scale::Stars)?,
        timestamp: record.timestamp("timestamp"),
        own: None,
    }))
}

/// The export of one's own ratings.
pub(super) fn exported(record: &Record<'_>) -> Result<Outcome, Fault> {
    let (title, year) = split_year(record.get("title").unwrap_or_default());
    Ok(Outcome::Seen(Entry {
        item: ItemRef {
            imdb: record.number("imdb_id")?,
            tmdb: record.number("tmdb_id")?,
            titles: Some(title)
                .filter(|title| !title.is_empty())
                .map(str::to_owned)
                .into_iter()
                .collect(),
            year,
            ..film(record.required("movie_id")?)
        },
        rating: record.stars("rating", Scale::Stars)?,
        ..Entry::default()
    }))
}

/// A line of `ratings.dat`.
pub(super) fn line(text: &str) -> Result<Outcome, Fault> {
    let fields: Vec<&str> = text.trim().split("::").collect();
    let [user, movie, rating, timestamp] = fields[..] else {
        return Err(Fault {
            column: "line",
            what: format!("it has {} fields", fields.len()),
            mend: "a line is user::film::rating::timestamp",
        });
    };
    let rating = rating.parse().map_err(|_| Fault {
        column: "rating",
        what: format!("{rating:?} is no number"),
        mend: "a rating is a number",
    })?;
    Ok(Outcome::Seen(Entry {
        user: Some(user.to_owned()),
        item: film(movie),
        rating: Some(Scale::Stars.stars(rating, "rating")?),
        timestamp: date::timestamp(timestamp),
        own: None,
    }))
}

fn film(id: &str) -> ItemRef {
    ItemRef {
        id: Some(format!("movielens:{id}")),
        ..ItemRef::default()
    }
}

/// "Matrix, The (1999)" is "Matrix, The" of 1999.
fn split_year(title: &str) -> (&str, Option<u16>) {
    let split = title
        .strip_suffix(')')
        .and_then(|title| title.rsplit_once('('));
    match split.and_then(|(title, year)| Some((title.trim(), year.parse().ok()?))) {
        Some((title, year)) => (title, Some(year)),
        None => (title, None),
    }
}
