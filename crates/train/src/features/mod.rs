//! What is known of an item beside its ratings, as a sparse row of numbers.

mod words;

use hashbrown::HashMap;

use crate::catalogue::CatalogueItem;
use crate::sparse::Csr;
use words::{Vocabulary, stems};

/// A film's year is shared out between the two of these it lies between (piecewise linear basis functions), so that
/// neighbouring years look alike. Closer together where there are more films.
const YEARS: [u16; 16] = [
    1920, 1935, 1950, 1960, 1970, 1977, 1984, 1990, 1994, 1998, 2002, 2006, 2010, 2014, 2018, 2022,
];
/// Weight of an item's words beside that of a genre, which is 1: their sum of squares is this, squared.
const WORDS: f32 = 2.0;

/// Which kinds of content are used beside genres, which always are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parts {
    /// The year of release.
    pub year: bool,
    /// How often an item was tagged, and the words of its tags.
    pub tags: bool,
    /// The words of its text.
    pub text: bool,
}

impl Parts {
    /// Everything there is.
    pub const ALL: Self = Self {
        year: true,
        tags: true,
        text: true,
    };
    /// Genres alone.
    pub const GENRES: Self = Self {
        year: false,
        tags: false,
        text: false,
    };
}

/// One row an item: a constant, its genres, its year, the logarithm of its number of tags, and its words, stemmed,
/// without stop words, weighted by TF-IDF. The constant is what an item gets of which nothing is known. Titles are
/// not among the words: they made predictions worse.
pub fn features(items: &[&CatalogueItem], parts: Parts) -> Csr {
    let mut genres: Vec<&str> = items
        .iter()
        .flat_map(|item| item.genres.iter().map(String::as_str))
        .collect();
    genres.sort_unstable();
    genres.dedup();
    let mut columns = 1;
    let mut block = |width: usize| {
        let start = columns as u32;
        columns += width;
        start
    };
    let genre_block = block(genres.len());
    let genres: HashMap<&str, u32> = genres.into_iter().zip(genre_block..).collect();
    // One more for those without a year.
    let year_block = parts.year.then(|| block(YEARS.len() + 1));
    let tag_count = parts.tags.then(|| block(1));

    let tag_words = |item: &CatalogueItem| {
        let repeated = item
            .tags
            .iter()
            .flat_map(|(tag, times)| stems(tag).map(move |stem| (stem, *times)));
        repeated.collect::<Vec<_>>()
    };
    let text_words =
        |item: &CatalogueItem| stems(&item.text).map(|stem| (stem, 1)).collect::<Vec<_>>();
    let tag_words = parts.tags.then(|| Vocabulary::of(items, tag_words));
    let text_words = parts.text.then(|| Vocabulary::of(items, text_words));
    let words: Vec<(u32, Vocabulary)> = [tag_words, text_words]
        .into_iter()
        .flatten()
        .map(|vocabulary| (block(vocabulary.len()), vocabulary))
        .collect();

    let row = |(number, item): (usize, &&CatalogueItem)| {
        let mut row = vec![(0, 1.0)];
        row.extend(
            item.genres
                .iter()
                .map(|genre| (genres[genre.as_str()], 1.0)),
        );
        if let Some(start) = year_block {
            row.extend(year(item.year).map(|(at, share)| (start + at, share)));
        }
        if let Some(column) = tag_count {
            let tags: u32 = item.tags.iter().map(|(_, times)| times).sum();
            row.push((column, (tags as f32).ln_1p()));
        }
        for (start, vocabulary) in &words {
            let stems = vocabulary.row(number);
            row.extend(stems.iter().map(|&(at, x)| (start + at, WORDS * x)));
        }
        row.retain(|&(_, x)| x != 0.0);
        row.sort_unstable_by_key(|&(column, _)| column);
        row.dedup_by_key(|&mut (column, _)| column);
        row
    };
    let rows: Vec<_> = items.iter().enumerate().map(row).collect();
    Csr::from_rows(columns, rows)
}

/// The functions of [`YEARS`] that are not 0 in a year, with their values; for no year, the one after them.
fn year(year: Option<u16>) -> impl Iterator<Item = (u32, f32)> {
    let last = YEARS.len() - 1;
    let (at, share) = match year {
        None => (last + 1, 0.0),
        Some(year) => match YEARS.partition_point(|&knot| knot <= year) {
            0 => (0, 0.0),
            after if after > last => (last, 0.0),
            after => {
                let (low, high) = (YEARS[after - 1], YEARS[after]);
                (after - 1, f32::from(year - low) / f32::from(high - low))
            }
        },
    };
    let second = (share > 0.0).then_some((at as u32 + 1, share));
    std::iter::once((at as u32, 1.0 - share)).chain(second)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(genres: &[&str], year: Option<u16>, tags: &[&str], text: &str) -> CatalogueItem {
        CatalogueItem {
            genres: genres.iter().map(ToString::to_string).collect(),
            year,
            tags: tags.iter().map(|tag| (tag.to_string(), 1)).collect(),
            text: text.to_owned(),
            ..CatalogueItem::default()
        }
    }

    /// The cosine of two rows.
    fn alike(rows: &Csr, a: usize, b: usize) -> f32 {
        let dot = |a: usize, b: usize| -> f32 {
            let ((columns, values), (others, more)) = (rows.row(a), rows.row(b));
            let pairs = columns.iter().zip(values);
            pairs
                .filter_map(|(c, x)| others.binary_search(c).ok().map(|at| x * more[at]))
                .sum()
        };
        dot(a, b) / (dot(a, a) * dot(b, b)).sqrt()
    }

    #[test]
    fn items_are_alike_by_genre_year_tags_and_text() {
        let mut items: Vec<CatalogueItem> = (0..6)
            .map(|_| {
                item(
                    &["Drama"],
                    Some(1994),
                    &["slow burning"],
                    "A haunted lighthouse",
                )
            })
            .collect();
        items.push(item(
            &["War"],
            Some(1994),
            &["slow burning"],
            "A haunted lighthouse",
        ));
        items.push(item(
            &["Drama"],
            Some(1950),
            &["slow burning"],
            "A haunted lighthouse",
        ));
        items.push(item(&["Drama"], Some(1994), &[], "A haunted lighthouse"));
        items.push(item(&["Drama"], Some(1994), &["slow burning"], ""));
        items.push(item(
            &["Drama"],
            Some(1994),
            &["The SLOW burns"],
            "It haunts lighthouses",
        ));
        items.extend((0..9).map(|_| item(&["Comedy"], Some(2006), &[], "")));
        let rows = features(&items.iter().collect::<Vec<_>>(), Parts::ALL);
        for other in 6..10 {
            assert!(
                alike(&rows, 0, other) < 0.99,
                "item {other} differs in one thing"
            );
        }
        assert!(alike(&rows, 0, 10) > 0.99, "the same words in other forms");

        let genres = features(&items.iter().collect::<Vec<_>>(), Parts::GENRES);
        for other in 7..10 {
            assert!(alike(&genres, 0, other) > 0.999, "only genres count");
        }
        assert!(alike(&genres, 0, 6) < 0.99);
    }

    #[test]
    fn neighbouring_years_look_alike_and_no_year_is_something_else() {
        let items: Vec<CatalogueItem> = [
            Some(1990),
            Some(1992),
            Some(2002),
            None,
            Some(1895),
            Some(2060),
        ]
        .map(|year| item(&[], year, &[], ""))
        .into();
        let rows = features(&items.iter().collect::<Vec<_>>(), Parts::ALL);
        assert!(alike(&rows, 0, 1) > alike(&rows, 0, 2) + 0.1);
        assert!(alike(&rows, 0, 3) <= alike(&rows, 0, 2));
        for row in 0..items.len() {
            let (_, values) = rows.row(row);
            let shares: f32 = values[1..].iter().sum();
            assert!((shares - 1.0).abs() < 1e-6, "a year is shared out whole");
        }
    }

    #[test]
    fn an_item_of_which_nothing_is_known_has_the_constant() {
        let items = [
            item(&["Drama"], None, &["slow"], "Text."),
            CatalogueItem::default(),
        ];
        let rows = features(&items.iter().collect::<Vec<_>>(), Parts::GENRES);
        assert_eq!(rows.row(1), (&[0][..], &[1.0][..]));
    }
}
