//! Netflix: titles and days. Episodes stand among the films, as "Series: Season 1: Episode".

use crate::date;
use crate::row::{Entry, Fault, ItemRef, Outcome};
use crate::table::Table;

/// What parts of series are called, in English and some neighbouring languages.
const PARTS: [&str; 14] = [
    "season",
    "series",
    "part",
    "volume",
    "chapter",
    "book",
    "collection",
    "saison",
    "staffel",
    "temporada",
    "stagione",
    "sezon",
    "seizoen",
    "partie",
];

pub(super) fn table(table: Table<'_>, mut add: impl FnMut(u64, Outcome)) -> Result<(), String> {
    let mut rows: Vec<(u64, Option<String>, String)> = Vec::new();
    table.for_each(|line, record| {
        let text = |column| record.get(column).map(str::to_owned);
        rows.push((line, text("Title"), text("Date").unwrap_or_default()));
    })?;
    // Which number is the month depends on the country of the account.
    let order = date::order(rows.iter().map(|(_, _, date)| date.as_str()));
    for (line, title, date) in rows {
        add(line, entry(title, &date, order).into());
    }
    Ok(())
}

fn entry(title: Option<String>, date: &str, order: date::Order) -> Result<Outcome, Fault> {
    let title = title.ok_or_else(|| Fault {
        column: "Title",
        what: "nothing is in it".to_owned(),
        mend: "a film cannot be found without it",
    })?;
    if is_episode(&title) {
        let what = "episode".to_owned();
        return Ok(Outcome::Skipped { title, what });
    }
    Ok(Outcome::Seen(Entry {
        item: ItemRef {
            titles: vec![title],
            ..ItemRef::default()
        },
        timestamp: date::timestamp(date).or_else(|| date::short_date(date, order)),
        ..Entry::default()
    }))
}

/// Whether some part between the first and the last is the number of a season, as in "Dark: Season 1: Secrets".
fn is_episode(title: &str) -> bool {
    let parts: Vec<&str> = title.split(": ").collect();
    let between = parts
        .get(1..parts.len().saturating_sub(1))
        .unwrap_or_default();
    between.iter().any(|part| {
        let part = part.to_ascii_lowercase();
        part == "limited series" || {
            let name = part.trim_end_matches(|c: char| c.is_ascii_digit());
            name.len() < part.len() && PARTS.contains(&name.trim_end())
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn episodes_are_told_from_films() {
        for title in [
            "Dark: Season 1: Secrets",
            "The Queen's Gambit: Limited Series: Openings",
            "Lupin: Partie 2: Chapitre 6",
            "Star Trek: Discovery: Season 2: Brother",
            "Avatar: The Last Airbender: Book 1: The Boy in the Iceberg",
        ] {
            assert!(is_episode(title), "{title}");
        }
        for title in [
            "The Matrix",
            "Kill Bill: Vol. 2",
            "Harry Potter and the Deathly Hallows: Part 1",
            "Star Wars: Episode IV: A New Hope",
            "Season 1",
            "",
        ] {
            assert!(!is_episode(title), "{title}");
        }
    }
}
