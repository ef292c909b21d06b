//! Title search: finds films while the visitor types.
//!
//! Every title is a run of numbers into one vocabulary of folded words. A search compares the words of the query
//! with each *distinct* word once, and then walks over all titles looking the results up, so typing errors cost
//! little and the index can only grow at its end, as the model does.

mod distance;
mod fold;
mod query;
mod rank;
#[cfg(test)]
mod tests;
mod vocabulary;

use std::collections::BinaryHeap;

use matinee_format::Model;

use self::fold::{FoldedWords, is_article};
use self::query::Query;
use self::rank::{Score, Title, score};
use self::vocabulary::{Shape, Vocabulary};

/// Words of a title that are indexed; the rest is ignored.
const MAX_WORDS: usize = 64;

/// The titles of one film.
#[derive(Debug, Clone, Copy)]
pub struct Film<'a, A> {
    /// Main title. An article may stand at its end: "Matrix, The".
    pub title: &'a str,
    /// Other titles it is known under.
    pub alternatives: A,
    /// Release year, where known.
    pub year: Option<u16>,
}

/// One film found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// Its row in the model.
    pub row: u32,
    /// Which title answered the query best: `None` for the main one, else a position among the alternatives.
    pub alternative: Option<u16>,
}

/// All titles of a model, as far as it has arrived.
#[derive(Debug, Clone, Default)]
pub struct TitleIndex {
    vocabulary: Vocabulary,
    words: Vec<u32>,
    titles: Vec<Entry>,
    rows: u32,
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    row: u32,
    alternative: Option<u16>,
    year: Option<u16>,
    /// Letters of all its words, as in [`Shape`](vocabulary::Shape).
    letters: u32,
    first_word: u32,
    words: u8,
    compounds: u8,
    articles: u8,
}

impl TitleIndex {
    /// An empty index.
    pub fn new() -> TitleIndex {
        TitleIndex::default()
    }

    /// Number of films indexed: rows `0..len()`.
    pub fn len(&self) -> usize {
        self.rows as usize
    }

    /// Whether nothing is indexed yet.
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// Adds the films of `model` that have arrived since the last call.
    pub fn extend(&mut self, model: &Model) {
        self.extend_with((self.rows..model.len() as u32).map(|row| {
            let item = model.item(row);
            Film {
                title: item.title,
                alternatives: item.alt_titles(),
                year: item.year,
            }
        }));
    }

    /// Adds films as the next rows, the most popular first.
    pub fn extend_with<'a, A>(&mut self, films: impl IntoIterator<Item = Film<'a, A>>)
    where
        A: IntoIterator<Item = &'a str>,
    {
        let mut folded = FoldedWords::default();
        for film in films {
            self.push(&mut folded, film.title, None, film.year);
            for (number, title) in (0..=u16::MAX).zip(film.alternatives) {
                self.push(&mut folded, title, Some(number), film.year);
            }
            self.rows += 1;
        }
    }

    fn push(
        &mut self,
        folded: &mut FoldedWords,
        title: &str,
        alternative: Option<u16>,
        year: Option<u16>,
    ) {
        folded.read(title);
        let first_word = self.words.len();
        let words = folded.words().take(MAX_WORDS);
        self.words
            .extend(words.map(|word| self.vocabulary.number(word)));
        let first_compound = self.words.len();
        let compounds = folded.compounds().take(MAX_WORDS);
        self.words
            .extend(compounds.map(|word| self.vocabulary.number(word)));
        let words = first_compound - first_word;
        let has_article = words > 1 && folded.words().next().is_some_and(is_article);
        self.titles.push(Entry {
            row: self.rows,
            alternative,
            year,
            letters: Shape::of(folded.text()).letters,
            first_word: first_word as u32,
            words: words as u8,
            compounds: (self.words.len() - first_compound) as u8,
            articles: u8::from(has_article),
        });
    }

    /// The films whose titles answer what was typed, best first, at most `limit`.
    ///
    /// Every word must be found in one title or be the film's year; articles and "and" may be missing. The last word may
    /// be unfinished. Words of four letters may have one typing error, words of eight two; what takes one comes last.
    /// Whole titles come before beginnings of titles, and those before titles with the words inside, unless a film is
    /// very much more popular: a whole title weighs as much as 256 times the rank.
    pub fn search(&self, typed: &str, limit: usize) -> Vec<Hit> {
        let Some(query) = Query::new(typed) else {
            return Vec::new();
        };
        let agreements = query.agreements(&self.vocabulary);
        let Some(floor) = Score::floor(&query, &agreements) else {
            return Vec::new();
        };
        // The best so far, the worst of them on top.
        let mut best: BinaryHeap<(Score, u32, Option<u16>)> = BinaryHeap::new();
        for titles in self.titles.chunk_by(|a, b| a.row == b.row) {
            let row = titles[0].row;
            let full = best.len() == limit;
            let worst = best.peek().map(|worst| worst.0).filter(|_| full);
            if full && worst.is_none_or(|worst| worst <= floor.with_popularity(row)) {
                break;
            }
            let possible = titles
                .iter()
                .filter(|entry| query.may_answer(entry.letters));
            let scores = possible.filter_map(|entry| {
                let score = score(&query, &self.title(entry), &agreements, &self.vocabulary)?;
                Some((score.with_popularity(row), row, entry.alternative))
            });
            let Some(found) = scores
                .min()
                .filter(|found| worst.is_none_or(|worst| found.0 < worst))
            else {
                continue;
            };
            if full {
                best.pop();
            }
            best.push(found);
        }
        let hits = best.into_sorted_vec().into_iter();
        hits.map(|(_, row, alternative)| Hit { row, alternative })
            .collect()
    }

    fn title(&self, entry: &Entry) -> Title<'_> {
        let (words, compounds) = (usize::from(entry.words), usize::from(entry.compounds));
        let all = &self.words[entry.first_word as usize..][..words + compounds];
        let (words, compounds) = all.split_at(words);
        Title {
            words,
            compounds,
            articles: usize::from(entry.articles),
            year: entry.year,
            is_alternative: entry.alternative.is_some(),
        }
    }
}

/// A key under which two ways to write one title are the same: case, diacritics, punctuation, spaces and the place of
/// the article do not count. Unlike [`TitleIndex::search`] it forgives nothing else.
pub fn title_key(title: &str) -> String {
    FoldedWords::new(title).text().to_owned()
}
