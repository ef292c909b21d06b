//! What Matinee writes itself: 0.5 to 5 stars.

use serde::Deserialize;

use crate::row::{Fault, ItemRef, Outcome};
use crate::stars::Scale;
use crate::table::{Record, number};

/// A rating in [`Format::MatineeJson`](crate::Format::MatineeJson).
#[derive(Deserialize)]
pub(super) struct Entry {
    item: Option<String>,
    imdb: Option<u32>,
    tmdb: Option<u32>,
    title: Option<String>,
    year: Option<u16>,
    rating: Option<f64>,
    timestamp: Option<i64>,
}

pub(super) fn entry(entry: Entry) -> Result<Outcome, Fault> {
    let named = entry.item.as_deref().map(item).unwrap_or_default();
    let item = ItemRef {
        imdb: named.imdb.or(entry.imdb),
        tmdb: named.tmdb.or(entry.tmdb),
        titles: entry.title.into_iter().collect(),
        year: entry.year,
        ..named
    };
    if item == ItemRef::default() {
        return Err(Fault {
            column: "item",
            what: "the film has neither an id nor a title".to_owned(),
            mend: "a film cannot be found without either",
        });
    }
    Ok(Outcome::Seen(crate::row::Entry {
        user: None,
        item,
        rating: entry
            .rating
            .map(|rating| Scale::Stars.stars(rating, "rating"))
            .transpose()?,
        timestamp: entry.timestamp,
    }))
}

pub(super) fn record(record: &Record<'_>) -> Result<Outcome, Fault> {
    Ok(Outcome::Seen(crate::row::Entry {
        user: record.get("user").map(str::to_owned),
        item: item(record.required("item")?),
        rating: record.stars("rating", Scale::Stars)?,
        timestamp: record.timestamp("timestamp"),
    }))
}

/// `imdb:tt0111161`, `tmdb:278`, or an id in a model's catalogue.
fn item(name: &str) -> ItemRef {
    let mut item = ItemRef::default();
    match name.split_once(':') {
        Some(("imdb", id)) if number(id).is_some() => item.imdb = number(id),
        Some(("tmdb", id)) if number(id).is_some() => item.tmdb = number(id),
        _ => item.id = Some(name.to_owned()),
    }
    item
}
