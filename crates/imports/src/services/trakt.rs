//! Trakt: 1 to 10.

use serde_json::Value;

use super::json;
use crate::date;
use crate::row::{Entry, Fault, ItemRef, Outcome};
use crate::stars::Scale;
use crate::table::{Record, number};

/// An entry of a list of ratings, of the history, of watched films or of the watchlist.
pub(super) fn entry(entry: &Value) -> Result<Outcome, Fault> {
    let Some(movie) = entry.get("movie") else {
        let show = entry.get("show").and_then(|show| json::text(show, "title"));
        return Ok(Outcome::Skipped {
            title: show.unwrap_or_default().to_owned(),
            what: json::text(entry, "type").unwrap_or("series").to_owned(),
        });
    };
    let ids = &movie["ids"];
    let item = ItemRef {
        imdb: json::text(ids, "imdb").and_then(number),
        tmdb: json::number(ids, "tmdb"),
        titles: json::text(movie, "title")
            .map(str::to_owned)
            .into_iter()
            .collect(),
        year: json::number(movie, "year"),
        ..ItemRef::default()
    };
    let rating = json::stars(entry, Scale::Ten)?;
    let first = |fields: &[&str]| fields.iter().find_map(|field| json::text(entry, field));
    let seen = first(&["rated_at", "watched_at", "last_watched_at"]);
    outcome(item, rating, seen, first(&["listed_at"]))
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
    let entry = Entry {
        item,
        rating,
        timestamp: seen.or(listed).and_then(date::timestamp),
        ..Entry::default()
    };
    Ok(if rating.is_some() || seen.is_some() {
        Outcome::Seen(entry)
    } else {
        Outcome::Wanted(entry)
    })
}
