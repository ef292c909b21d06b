//! Trakt: 1 to 10.

use serde::Deserialize;

use crate::date;
use crate::row::{Fault, ItemRef, Outcome};
use crate::stars::Scale;
use crate::table::Record;

/// An entry of a list of ratings, of the history, of watched films or of the watchlist.
#[derive(Deserialize)]
pub(super) struct Entry {
    #[serde(rename = "type")]
    kind: Option<String>,
    rating: Option<f64>,
    rated_at: Option<String>,
    watched_at: Option<String>,
    last_watched_at: Option<String>,
    listed_at: Option<String>,
    movie: Option<Named>,
    show: Option<Named>,
}

#[derive(Deserialize)]
struct Named {
    title: Option<String>,
    year: Option<u16>,
    #[serde(default)]
    ids: Ids,
}

#[derive(Deserialize, Default)]
struct Ids {
    imdb: Option<String>,
    tmdb: Option<u32>,
}

pub(super) fn entry(entry: Entry) -> Result<Outcome, Fault> {
    let Some(movie) = entry.movie else {
        return Ok(Outcome::Skipped {
            title: entry.show.and_then(|show| show.title).unwrap_or_default(),
            what: entry.kind.unwrap_or_else(|| "series".to_owned()),
        });
    };
    let item = ItemRef {
        imdb: movie.ids.imdb.as_deref().and_then(crate::table::number),
        tmdb: movie.ids.tmdb,
        titles: movie.title.into_iter().collect(),
        year: movie.year,
        ..ItemRef::default()
    };
    let rating = entry
        .rating
        .map(|rating| Scale::Ten.stars(rating, "rating"))
        .transpose()?;
    let seen = entry
        .rated_at
        .or(entry.watched_at)
        .or(entry.last_watched_at);
    outcome(item, rating, seen.as_deref(), entry.listed_at.as_deref())
}

pub(super) fn record(record: &Record<'_>) -> Result<Outcome, Fault> {
    if let Some(what) = record
        .get("type")
        .filter(|what| !what.eq_ignore_ascii_case("movie"))
    {
        return Ok(Outcome::Skipped {
            title: record.get("title").unwrap_or_default().to_owned(),
            what: what.to_owned(),
        });
    }
    let item = ItemRef {
        imdb: record.number("imdb_id")?,
        tmdb: record.number("tmdb_id")?,
        titles: record.get("title").map(str::to_owned).into_iter().collect(),
        year: record.year("year")?,
        ..ItemRef::default()
    };
    let first = |columns: &[&str]| columns.iter().find_map(|column| record.get(column));
    let seen = first(&["rated_at", "watched_at", "last_watched_at"]);
    outcome(
        item,
        record.stars("rating", Scale::Ten)?,
        seen,
        first(&["listed_at", "watchlisted_at"]),
    )
}

/// Without a rating or a day it was watched, a film is one to be watched.
fn outcome(
    item: ItemRef,
    rating: Option<f32>,
    seen: Option<&str>,
    listed: Option<&str>,
) -> Result<Outcome, Fault> {
    if item == ItemRef::default() {
        return Err(Fault {
            column: "movie",
            what: "it has neither an id nor a title".to_owned(),
            mend: "a film cannot be found without either",
        });
    }
    let entry = crate::row::Entry {
        item,
        rating,
        timestamp: seen.or(listed).and_then(date::timestamp),
        ..crate::row::Entry::default()
    };
    Ok(if rating.is_some() || seen.is_some() {
        Outcome::Seen(entry)
    } else {
        Outcome::Wanted(entry)
    })
}
