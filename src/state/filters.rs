//! What a list is narrowed to, and how it is put together; it lives in the address.

use matinee_engine::{Filter, ListOptions};
use matinee_format::Model;

/// Filters that combine, and two dials. At rest the list is as the model says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Filters {
    /// Films of any of these genres; none asks for none.
    pub genres: Vec<String>,
    /// Films of the ten years from this one, where asked for.
    pub decade: Option<u16>,
    /// Films of this year alone.
    pub year: Option<u16>,
    /// From -100, obscure, to 100, crowd-pleasers.
    pub popularity: i32,
    /// From 0 to 100: how varied.
    pub variety: i32,
    /// Films that the visitor has seen and liked get a row of their own. At rest, only what they have not seen is shown.
    pub seen: bool,
}

/// Names of the parameters in the address.
const GENRE: &str = "genre";
const DECADE: &str = "decade";
const YEAR: &str = "year";
const POPULARITY: &str = "popularity";
const VARIETY: &str = "variety";
const SEEN: &str = "seen";

impl Filters {
    /// Reads the parameters of an address. What is none of these, or no number where one is meant, asks for nothing.
    pub(crate) fn of(parameters: &[(String, String)]) -> Self {
        let mut filters = Self::default();
        for (name, value) in parameters {
            match name.as_str() {
                GENRE => filters.genres.push(value.clone()),
                DECADE => filters.decade = value.parse().ok().filter(|year| year % 10 == 0),
                YEAR => filters.year = value.parse().ok(),
                POPULARITY => filters.popularity = number(value).clamp(-100, 100),
                VARIETY => filters.variety = number(value).clamp(0, 100),
                SEEN => filters.seen = value == "too",
                _ => {}
            }
        }
        filters
    }

    /// The parameters that [`of`](Self::of) reads: only what is not at rest.
    pub(crate) fn parameters(&self) -> Vec<(String, String)> {
        let mut parameters = Vec::new();
        let mut add = |name: &str, value: String| parameters.push((name.to_owned(), value));
        for genre in &self.genres {
            add(GENRE, genre.clone());
        }
        for (name, year) in [(DECADE, self.decade), (YEAR, self.year)] {
            if let Some(year) = year {
                add(name, year.to_string());
            }
        }
        for (name, dial) in [(POPULARITY, self.popularity), (VARIETY, self.variety)] {
            if dial != 0 {
                add(name, dial.to_string());
            }
        }
        if self.seen {
            add(SEEN, "too".to_owned());
        }
        parameters
    }

    /// How many are on: each genre, and each of the others that is not at rest. A year stands for its decade.
    pub(crate) fn count(&self) -> usize {
        let others = [
            self.decade.is_some() || self.year.is_some(),
            self.popularity != 0,
            self.variety != 0,
            self.seen,
        ];
        self.genres.len() + others.into_iter().filter(|on| *on).count()
    }

    /// The same with one genre more, or less.
    pub(crate) fn toggled(&self, genre: &str) -> Self {
        let mut next = self.clone();
        if let Some(at) = next.genres.iter().position(|other| other == genre) {
            next.genres.remove(at);
        } else {
            next.genres.push(genre.to_owned());
        }
        next
    }

    /// How `model` is asked for such a list. Genres that it does not know are not in any of its films.
    pub(crate) fn options(&self, model: &Model) -> ListOptions {
        let genres = (0..).zip(&model.header().genres);
        let wanted = genres.filter(|(_, genre)| self.genres.contains(genre));
        let (from, to) = match (self.year, self.decade) {
            (Some(year), _) => (year, year),
            (None, Some(decade)) => (decade, decade.saturating_add(9)),
            (None, None) => (0, u16::MAX),
        };
        ListOptions {
            popularity: self.popularity as f32 / 100.0,
            diversity: self.variety as f32 / 100.0,
            filter: Filter {
                genres: wanted.fold(0, |mask, (bit, _)| mask | 1 << bit),
                from,
                to,
            },
            ..ListOptions::of(model)
        }
    }

    /// The decades that films of `model` are from, the newest first.
    pub(crate) fn decades(model: &Model) -> Vec<u16> {
        let years = (0..model.len() as u32).filter_map(|row| model.year(row));
        let (first, last) = years.fold((u16::MAX, 0), |(first, last), year| {
            (first.min(year), last.max(year))
        });
        let decades = (first / 10..=last / 10).rev().map(|decade| decade * 10);
        decades.collect()
    }
}

fn number(text: &str) -> i32 {
    text.parse().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        pairs.iter().map(own).collect()
    }

    #[test]
    fn filters_are_found_again_in_the_address() {
        let filters = Filters {
            genres: vec!["Crime".into(), "Sci-Fi".into()],
            decade: Some(1990),
            year: Some(1995),
            popularity: -40,
            variety: 30,
            seen: true,
        };
        assert_eq!(Filters::of(&filters.parameters()), filters);
        assert_eq!(filters.count(), 6);
        assert_eq!(Filters::default().parameters(), []);
        assert_eq!(Filters::default().count(), 0);
    }

    #[test]
    fn an_address_typed_by_hand_asks_for_what_it_can() {
        let typed = pairs(&[
            ("decade", "1994"),
            ("year", "long ago"),
            ("popularity", "900"),
            ("variety", "-3"),
            ("colour", "red"),
        ]);
        let expected = Filters {
            popularity: 100,
            ..Filters::default()
        };
        assert_eq!(Filters::of(&typed), expected);
    }

    #[test]
    fn a_genre_is_put_on_and_taken_off() {
        let both = Filters::default().toggled("Crime").toggled("Drama");
        assert_eq!(both.genres, ["Crime", "Drama"]);
        assert_eq!(both.toggled("Crime").genres, ["Drama"]);
    }
}
