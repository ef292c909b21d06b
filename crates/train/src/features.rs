//! What is known of an item, as a sparse row of numbers.

use hashbrown::HashMap;

use crate::catalogue::CatalogueItem;
use crate::sparse::Csr;

/// A tag on fewer items than this says nothing about other items.
const TAG_ITEMS: usize = 5;
/// At most this many tags are used, the most widespread first.
const TAGS: usize = 400;
/// Years in a period: films of one period look alike to those who watch them.
const PERIOD: u16 = 5;

/// One row an item: a constant, its genres, its period and its tags, each 1. The constant is what an item gets of
/// which nothing is known.
pub fn features(items: &[&CatalogueItem]) -> Csr {
    let mut spread: HashMap<&str, usize> = HashMap::new();
    for (tag, _) in items.iter().flat_map(|item| &item.tags) {
        *spread.entry(tag).or_default() += 1;
    }
    let mut tags: Vec<(&str, usize)> = spread
        .into_iter()
        .filter(|&(_, items)| items >= TAG_ITEMS)
        .collect();
    tags.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    tags.truncate(TAGS);

    // Columns are numbered by name, so the order of the files changes nothing.
    let mut names: Vec<String> = tags.iter().map(|(tag, _)| format!("tag {tag}")).collect();
    names.extend(
        items
            .iter()
            .flat_map(|item| &item.genres)
            .map(|genre| genre_name(genre)),
    );
    names.extend(items.iter().filter_map(|item| item.year).map(period_name));
    names.sort();
    names.dedup();
    let columns: HashMap<&str, u32> = names.iter().map(String::as_str).zip(1..).collect();

    let row = |item: &&CatalogueItem| {
        let mut row = vec![0];
        let genres = item.genres.iter().map(|genre| genre_name(genre));
        let tags = item.tags.iter().map(|(tag, _)| format!("tag {tag}"));
        for name in genres.chain(item.year.map(period_name)).chain(tags) {
            row.extend(columns.get(name.as_str()));
        }
        row.sort_unstable();
        row.dedup();
        row.into_iter().map(|column| (column, 1.0))
    };
    Csr::from_rows(names.len() + 1, items.iter().map(row))
}

fn genre_name(genre: &str) -> String {
    format!("genre {genre}")
}

fn period_name(year: u16) -> String {
    format!("period {}", year / PERIOD)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(genres: &[&str], year: Option<u16>, tags: &[&str]) -> CatalogueItem {
        CatalogueItem {
            genres: genres.iter().map(ToString::to_string).collect(),
            year,
            tags: tags.iter().map(|tag| (tag.to_string(), 1)).collect(),
            ..CatalogueItem::default()
        }
    }

    #[test]
    fn alike_items_share_columns_and_rare_tags_are_left_out() {
        let mut items: Vec<CatalogueItem> = (0..5)
            .map(|_| item(&["Drama"], Some(1994), &["slow"]))
            .collect();
        items.push(item(&["Drama", "War"], Some(1991), &["unique"]));
        items.push(item(&[], None, &[]));
        let rows = features(&items.iter().collect::<Vec<_>>());
        let shared = |a: usize, b: usize| {
            rows.row(a)
                .0
                .iter()
                .filter(|c| rows.row(b).0.contains(c))
                .count()
        };
        assert_eq!(shared(0, 1), 4, "constant, genre, period and tag");
        assert_eq!(shared(0, 5), 3, "1991 and 1994 are one period");
        assert_eq!(
            rows.row(5).0.len(),
            4,
            "the tag that no other item has is left out"
        );
        assert_eq!(
            rows.row(6).0,
            [0],
            "an item of which nothing is known has the constant"
        );
    }
}
