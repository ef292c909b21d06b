//! What the trainer's trends file holds, as far as pages draw it: `docs/trends.md` says what each field means.

use serde::Deserialize;

/// The file. What a later version adds is passed over.
#[derive(Debug, Deserialize)]
pub(crate) struct Trends {
    /// What was counted.
    pub data: Data,
    /// How often each rating was given, ascending.
    pub distribution: Vec<Bar>,
    /// By year of release.
    pub released: Released,
    /// Genres, the most rated first.
    pub genres: Vec<Genre>,
    /// What needs timestamps.
    pub time: Option<Time>,
    /// Films that the same people like, the most rated group first.
    pub groups: Vec<Group>,
}

/// What was counted.
#[derive(Debug, Deserialize)]
pub(crate) struct Data {
    pub ratings: u32,
    pub raters: u32,
}

/// A rating, on the data's own scale, and how often it was given.
#[derive(Debug, Deserialize)]
pub(crate) struct Bar {
    pub rating: f32,
    pub count: u32,
}

/// Columns of equal length, by year of release.
#[derive(Debug, Deserialize)]
pub(crate) struct Released {
    pub years: Vec<u16>,
    pub films: Vec<u32>,
    pub ratings: Vec<u32>,
    pub mean: Vec<Option<f32>>,
}

/// A genre.
#[derive(Debug, Deserialize)]
pub(crate) struct Genre {
    pub name: String,
    pub films: u32,
    pub ratings: u32,
    pub mean: Option<f32>,
}

/// What needs timestamps.
#[derive(Debug, Deserialize)]
pub(crate) struct Time {
    pub first_day: String,
    pub last_day: String,
    pub years: Vec<u16>,
    pub ratings: Vec<u32>,
    pub raters: Vec<u32>,
    pub mean: Vec<Option<f32>>,
    pub film_age: Vec<Option<f32>>,
    /// A row a genre, a column a year, in thousandths.
    pub genre_years: Vec<Vec<u16>>,
    pub weekdays: Calendar,
    pub months: Calendar,
    pub movers: Movers,
}

/// A row a weekday from Monday, or a month from January.
#[derive(Debug, Deserialize)]
pub(crate) struct Calendar {
    pub ratings: Vec<u32>,
    /// People's days with a rating.
    pub sittings: Vec<u32>,
}

/// Films whose share of the ratings changed.
#[derive(Debug, Deserialize)]
pub(crate) struct Movers {
    pub from: String,
    pub since: String,
    pub rising: Vec<Mover>,
    pub falling: Vec<Mover>,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub(crate) struct Mover {
    pub id: String,
    pub title: String,
    pub year: Option<u16>,
    pub before: u32,
    pub after: u32,
    pub ratio: f64,
    pub low: f64,
    pub high: f64,
}

/// A taste group.
#[derive(Debug, Deserialize)]
pub(crate) struct Group {
    pub name: String,
    pub genres: Vec<String>,
    pub tags: Vec<String>,
    pub ratings: u32,
    pub mean: Option<f32>,
    pub year: Option<u16>,
    pub known_for: Vec<Known>,
}

/// A film, named.
#[derive(Debug, Deserialize)]
pub(crate) struct Known {
    pub id: String,
    pub title: String,
    pub year: Option<u16>,
}
