//! What Matinee writes itself: 0.5 to 5 stars.

use serde_json::Value;

use super::json;
use crate::record::Marks;
use crate::row::{Entry, Fault, ItemRef, Outcome, Own};
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
    let rating = json::stars(entry, Scale::Stars)?;
    let mark = |name| entry.get(name).and_then(Value::as_bool);
    let own = own(
        rating,
        [
            mark("seen"),
            mark("not_for_me"),
            mark("watchlist"),
            mark("unseen"),
        ],
        entry.get("updated_at").and_then(Value::as_f64),
    );
    Ok(outcome(Entry {
        user: None,
        item,
        rating,
        timestamp: entry.get("timestamp").and_then(Value::as_i64),
        own,
    }))
}

pub(super) fn record(record: &Record<'_>) -> Result<Outcome, Fault> {
    let rating = record.stars("rating", Scale::Stars)?;
    let mark = |name| record.get(name).map(|mark| mark == "1");
    let marks = [
        mark("seen"),
        mark("not_for_me"),
        mark("watchlist"),
        mark("unseen"),
    ];
    let entry = Entry {
        user: record.get("user").map(str::to_owned),
        item: ItemRef {
            titles: record.get("title").map(str::to_owned).into_iter().collect(),
            year: record.year("year")?,
            ..item(record.required("item")?)
        },
        rating,
        timestamp: record.timestamp("timestamp"),
        own: own(rating, marks, None),
    };
    Ok(outcome(entry))
}

/// What is said besides stars; `None` in files that say nothing of the kind, such as those of the command-line tool.
fn own(
    rating: Option<f32>,
    [seen, not_for_me, watchlist, unseen]: [Option<bool>; 4],
    updated_at: Option<f64>,
) -> Option<Own> {
    seen.or(not_for_me).or(watchlist).or(unseen)?;
    Some(Own {
        marks: Marks {
            seen: seen.unwrap_or(rating.is_some()),
            not_for_me: not_for_me == Some(true),
            watchlist: watchlist == Some(true),
            unseen: unseen == Some(true),
        },
        updated_at,
    })
}

/// What is on the watchlist, and nothing else, is still to be seen.
fn outcome(entry: Entry) -> Outcome {
    let marks = entry.own.map(|own| own.marks).unwrap_or_default();
    let settled = entry.rating.is_some() || marks.seen || marks.not_for_me;
    if marks.watchlist && !settled {
        Outcome::Wanted(entry)
    } else {
        Outcome::Seen(entry)
    }
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
