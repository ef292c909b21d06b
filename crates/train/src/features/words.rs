//! Words as numbers: stems weighted by TF-IDF.

use std::cmp::Reverse;
use std::sync::LazyLock;

use hashbrown::{HashMap, HashSet};
use rust_stemmers::{Algorithm, Stemmer};

use crate::catalogue::CatalogueItem;

/// A word of fewer items than this says nothing about other items.
const ITEMS_AT_LEAST: u32 = 5;
/// At most this many words are used, the most widespread first.
const WORDS_AT_MOST: usize = 1000;

static STOP_WORDS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| stop_words::get("en").iter().copied().collect());
static STEMMER: LazyLock<Stemmer> = LazyLock::new(|| Stemmer::create(Algorithm::English));

/// The stems of the words of an English text, in order, without stop words and single letters. Words of other
/// languages pass through nearly as they are.
pub(super) fn stems(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
        .map(|word| word.replace('’', "'").trim_matches('\'').to_lowercase())
        .filter(|word| word.chars().nth(1).is_some() && !STOP_WORDS.contains(word.as_str()))
        .map(|word| STEMMER.stem(&word).into_owned())
}

/// The words that tell items apart, and each item's share of them.
pub(super) struct Vocabulary {
    rows: Vec<Vec<(u32, f32)>>,
    words: usize,
}

impl Vocabulary {
    /// Counts the stems that `of` finds in each item. Rows have length 1 where an item has a word that others have
    /// too, so that much-described items do not outweigh all others; the weight of a stem in it is
    /// `(1 + ln(times)) * ln(items / items with it)`.
    pub(super) fn of(
        items: &[&CatalogueItem],
        of: impl Fn(&CatalogueItem) -> Vec<(String, u32)>,
    ) -> Self {
        let documents: Vec<HashMap<String, u32>> = items
            .iter()
            .map(|item| {
                let mut counts = HashMap::new();
                for (stem, times) in of(item) {
                    *counts.entry(stem).or_default() += times;
                }
                counts
            })
            .collect();
        let mut spread: HashMap<&str, u32> = HashMap::new();
        for stem in documents.iter().flat_map(HashMap::keys) {
            *spread.entry(stem).or_default() += 1;
        }
        let mut words: Vec<(&str, u32)> = spread
            .into_iter()
            .filter(|&(_, items)| items >= ITEMS_AT_LEAST)
            .collect();
        words.sort_unstable_by_key(|&(word, items)| (Reverse(items), word));
        words.truncate(WORDS_AT_MOST);
        let column: HashMap<&str, (u32, f32)> = words
            .iter()
            .zip(0..)
            .map(|(&(word, items), column)| {
                let rarity = (documents.len() as f32 / items as f32).ln();
                (word, (column, rarity))
            })
            .collect();

        let row = |document: &HashMap<String, u32>| {
            let weigh = |(stem, &times): (&String, &u32)| {
                let &(column, rarity) = column.get(stem.as_str())?;
                Some((column, (1.0 + (times as f32).ln()) * rarity))
            };
            let mut row: Vec<(u32, f32)> = document.iter().filter_map(weigh).collect();
            row.sort_unstable_by_key(|&(column, _)| column);
            let length = row.iter().map(|(_, x)| x * x).sum::<f32>().sqrt();
            if length > 0.0 {
                row.iter_mut().for_each(|(_, x)| *x /= length);
            }
            row
        };
        Self {
            rows: documents.iter().map(row).collect(),
            words: words.len(),
        }
    }

    /// Number of words.
    pub(super) fn len(&self) -> usize {
        self.words
    }

    /// Word numbers of an item, ascending, with their weights.
    pub(super) fn row(&self, item: usize) -> &[(u32, f32)] {
        &self.rows[item]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_are_one_and_stop_words_are_none() {
        let found: Vec<String> =
            stems("The Killer's killings — isn't it “Amélie”? a 9 007").collect();
        let one: Vec<String> = stems("killing killings killed").collect();
        assert!(one.iter().all(|stem| *stem == one[0]), "{one:?}");
        assert_eq!(found, ["killer", "kill", "améli", "007"]);
    }

    #[test]
    fn rare_words_weigh_more_and_lonely_ones_nothing() {
        let text = |text: &str| CatalogueItem {
            text: text.into(),
            ..CatalogueItem::default()
        };
        let mut items: Vec<_> = (0..15).map(|_| text("common")).collect();
        items.extend((0..5).map(|_| text("common rare")));
        items.extend((0..5).map(|_| text("")));
        items.push(text("lonely"));
        let refs: Vec<_> = items.iter().collect();
        let words = Vocabulary::of(&refs, |item| {
            stems(&item.text).map(|stem| (stem, 1)).collect()
        });
        assert_eq!(words.len(), 2);
        let row = words.row(16);
        assert_eq!(row.len(), 2);
        assert!(row[1].1 > row[0].1, "`rare` is the second: {row:?}");
        assert!((row.iter().map(|(_, x)| x * x).sum::<f32>() - 1.0).abs() < 1e-5);
        assert!(words.row(25).is_empty() && words.row(24).is_empty());
    }
}
