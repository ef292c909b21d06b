//! A film as components see it.

use matinee_format::Model;
use yew::AttrValue;

use crate::{cover, words};

/// A film, described for people. Cheap to clone behind an [`Rc`](std::rc::Rc).
#[derive(Debug)]
pub struct Film {
    /// Key the outside world knows it by, such as `movielens:318`.
    pub key: AttrValue,
    /// Id within its catalogue.
    pub id: AttrValue,
    /// Position in the model it was read from.
    pub row: u32,
    /// Title.
    pub title: AttrValue,
    /// Year of release, where known.
    pub year: Option<u16>,
    /// Genres as the model names them, the most telling first.
    pub genres: Vec<AttrValue>,
    /// Its cover, as markup.
    pub cover: AttrValue,
}

/// Two films are equal when they are the same film: all else follows from the key.
impl PartialEq for Film {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key && self.row == other.row
    }
}

impl Film {
    /// Reads the film at `row`.
    ///
    /// # Panics
    /// When the model has no such row.
    #[must_use]
    pub fn of(model: &Model, row: u32) -> Self {
        let item = model.item(row);
        let genres = genres(model, row);
        Self {
            key: key(&model.header().catalogue, item.id).into(),
            id: item.id.to_owned().into(),
            row,
            title: item.title.to_owned().into(),
            year: item.year,
            cover: art(model, row, &genres).to_svg().into(),
            genres: genres
                .into_iter()
                .map(|name| name.to_owned().into())
                .collect(),
        }
    }

    /// The title with its year, to be read aloud: "Heat, 1995".
    #[must_use]
    pub fn name(&self) -> String {
        match self.year {
            Some(year) => format!("{}, {year}", self.title),
            None => self.title.to_string(),
        }
    }

    /// Its [`facts`].
    #[must_use]
    pub fn facts(&self, most: usize) -> String {
        let genres = self.genres.iter().map(AttrValue::as_str);
        facts(self.year, genres, most)
    }
}

/// Genres of the film at `row` as the model names them, the most telling first.
///
/// # Panics
/// When the model has no such row.
#[must_use]
pub fn genres(model: &Model, row: u32) -> Vec<&str> {
    let bits = model.genres(row);
    let mut genres: Vec<&str> = Vec::new();
    let own = (0..).zip(&model.header().genres);
    for (_, name) in own.filter(|(bit, _)| bits >> bit & 1 == 1) {
        // They are few: to sort them afterwards would take kilobytes of code.
        let telling = cover::telling(name);
        let place = genres.partition_point(|other| cover::telling(other) <= telling);
        genres.insert(place, name);
    }
    genres
}

/// The cover of the film at `row`, of these [`genres`].
///
/// # Panics
/// When the model has no such row.
#[must_use]
pub fn art(model: &Model, row: u32, genres: &[&str]) -> cover::Art {
    let item = model.item(row);
    cover::draw(&cover::Spec {
        id: item.id,
        title: item.title,
        year: item.year,
        genres,
        codes: model.codes(row),
    })
}

/// Year and genres: "1995 · Crime, Thriller". Genres stop where the whole would be longer than `most` letters,
/// but one is always given.
#[must_use]
pub fn facts<'a>(
    year: Option<u16>,
    genres: impl IntoIterator<Item = &'a str>,
    most: usize,
) -> String {
    let mut facts = year.map(|year| year.to_string()).unwrap_or_default();
    for (i, genre) in genres.into_iter().enumerate() {
        let genre = words::genre(genre);
        let letters = |text: &str| text.chars().count();
        if i > 0 && letters(&facts) + letters(&genre) + 2 > most {
            break;
        }
        facts.push_str(match (facts.is_empty(), i) {
            (true, _) => "",
            (false, 0) => " · ",
            (false, _) => words::comma(),
        });
        facts.push_str(&genre);
    }
    facts
}

/// Key of item `id` of `catalogue`, such as `movielens:318`.
#[must_use]
pub fn key(catalogue: &str, id: &str) -> String {
    format!("{catalogue}:{id}")
}
