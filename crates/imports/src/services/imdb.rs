//! IMDb: 1 to 10.

use crate::row::{Entry, Fault, ItemRef, Outcome};
use crate::stars::Scale;
use crate::table::Record;

/// Parts of the title types that are no films, without spaces: "TV Mini Series", "tvEpisode".
const NO_FILMS: [&str; 5] = ["series", "episode", "game", "podcast", "music"];

pub(super) fn record(record: &Record<'_>) -> Result<Outcome, Fault> {
    let titles: Vec<String> = ["Title", "Original Title"]
        .iter()
        .filter_map(|column| record.get(column))
        .map(str::to_owned)
        .collect();
    if let Some(what) = record.get("Title Type") {
        let what = what.to_ascii_lowercase();
        if NO_FILMS.iter().any(|kind| what.contains(kind)) {
            let title = titles.into_iter().next().unwrap_or_default();
            return Ok(Outcome::Skipped { title, what });
        }
    }
    record.required("Const")?;
    let entry = Entry {
        item: ItemRef {
            imdb: record.number("Const")?,
            titles,
            year: record.year("Year")?,
            ..ItemRef::default()
        },
        rating: record.stars("Your Rating", Scale::Ten)?,
        timestamp: record.timestamp("Date Rated"),
        ..Entry::default()
    };
    Ok(match entry.rating {
        Some(_) => Outcome::Seen(entry),
        None => Outcome::Wanted(entry),
    })
}
