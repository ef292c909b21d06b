//! What Matinee writes itself: 0.5 to 5 stars.

use serde_json::Value;

use super::json;
use crate::row::{Entry, Fault, ItemRef, Outcome};
use crate::stars::Scale;
use crate::table::{Record, number};

/// A rating in [`Format::MatineeJson`](crate::Format::MatineeJson).
pub(super) fn entry(entry: &Value) -> Result<Outcome, Fault> {
    let named = json::text(entry, "item").map(item).unwrap_or_default();
    let item = ItemRef {
        imdb: named.imdb.or(json::number(entry, "imdb")),
        tmdb: named.tmdb.or(json::number(entry, "tmdb")),
        titles: json::text(entry, "title")
            .map(str::to_owned)
            .into_iter()
            .collect(),
        year: json::number(entry, "year"),
        ..named
    };
    if item == ItemRef::default() {
        return Err(Fault {
            column: "item",
            what: "the film has neither an id nor a title".to_owned(),
            mend: "a film cannot be found without either",
        });
    }
    Ok(Outcome::Seen(Entry {
        user: None,
        item,
        rating: json::stars(entry, Scale::Stars)?,
        timestamp: entry.get("timestamp").and_then(Value::as_i64),
    }))
}

pub(super) fn record(record: &Record<'_>) -> Result<Outcome, Fault> {
    Ok(Outcome::Seen(Entry {
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
