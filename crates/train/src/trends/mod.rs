//! What people watched and liked over the years: a small static file that a site can draw from.
//!
//! [`docs/trends.md`](../../../docs/trends.md) says what each field means. Days, weekdays and months are UTC, as the
//! data does not say where people live.

mod cluster;
mod films;
mod groups;
mod movers;
mod time;

use indicatif::ProgressBar;
use matinee_format::Model;
use serde::Serialize;

use crate::catalogue::Catalogue;
use crate::dataset::Ratings;
pub use groups::{Assignment, Group, KnownFilm, assign};
pub use movers::{Mover, Movers};
pub use time::{Calendar, Time};

use films::Films;

/// Goes up when a field changes its meaning or goes away; new fields leave it as it is.
pub const VERSION: u32 = 1;

/// Everything in the file.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Trends {
    /// [`VERSION`].
    pub version: u32,
    /// What was counted.
    pub data: Data,
    /// How often each rating was given, in ascending order; empty without ratings.
    pub distribution: Vec<Bar>,
    /// By year of release.
    pub released: Released,
    /// Genres, the most rated first.
    pub genres: Vec<Genre>,
    /// What needs timestamps; none where the data has none.
    pub time: Option<Time>,
    /// Films that the same people like, the most rated group first.
    pub groups: Vec<Group>,
}

/// What was counted.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Data {
    /// Name of the model.
    pub model: String,
    /// Ratings.
    pub ratings: usize,
    /// People who gave them.
    pub raters: usize,
    /// Films with a rating.
    pub films: usize,
    /// Ratings without a timestamp, or with one before the film was released: [`Trends::time`] does not count them.
    pub undated: usize,
}

/// One rating and how often it was given.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Bar {
    /// The rating, on the data's own scale.
    pub rating: f32,
    /// How often it was given.
    pub count: usize,
}

/// Films by year of release: columns of equal length, a row a year from the first to the last.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Released {
    /// The year.
    pub years: Vec<u16>,
    /// Rated films of that year.
    pub films: Vec<usize>,
    /// Ratings of them.
    pub ratings: Vec<usize>,
    /// Their mean rating, where there is one.
    pub mean: Vec<Option<f64>>,
}

/// One genre.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Genre {
    /// Its name.
    pub name: String,
    /// Rated films of that genre.
    pub films: usize,
    /// Ratings of them.
    pub ratings: usize,
    /// Their mean rating, where there is one.
    pub mean: Option<f64>,
}

/// Counts, means and groups for a model and the ratings it was trained on. Ratings of films that the model does not
/// hold are not counted. `seed` starts the search for groups.
pub fn trends(
    ratings: &Ratings,
    catalogue: &Catalogue,
    model: &Model,
    seed: u64,
    progress: &ProgressBar,
) -> Trends {
    progress.set_message("counting trends");
    let films = Films::new(ratings, model);
    let assignment = assign(model, seed);
    let genres = genres(&films);
    Trends {
        version: VERSION,
        data: Data {
            model: model.header().card.name.clone(),
            ratings: films.events.len(),
            raters: films.events.chunk_by(|a, b| a.user == b.user).count(),
            films: films.rated().len(),
            undated: films.events.iter().filter(|e| e.timestamp <= 0).count(),
        },
        distribution: distribution(&films),
        released: released(&films),
        time: time::time(&films, &genres),
        groups: groups::groups(&films, catalogue, &assignment),
        genres,
    }
}

impl Trends {
    /// The file: JSON in one line, fields in the order in which they are declared.
    ///
    /// # Errors
    /// None that data can cause: every field has a form in JSON.
    pub fn to_json(&self) -> Result<Vec<u8>, serde_json::Error> {
        let mut bytes = serde_json::to_vec(self)?;
        bytes.push(b'\n');
        Ok(bytes)
    }
}

/// A running mean.
#[derive(Debug, Clone, Copy, Default)]
struct Mean {
    sum: f64,
    n: usize,
}

impl Mean {
    fn add(&mut self, value: Option<f32>) {
        if let Some(value) = value {
            self.sum += f64::from(value);
            self.n += 1;
        }
    }

    /// Three decimals; none of nothing.
    fn value(self) -> Option<f64> {
        (self.n > 0).then(|| rounded(self.sum / self.n as f64))
    }
}

/// Three decimals: what a chart can show.
fn rounded(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

fn distribution(films: &Films<'_>) -> Vec<Bar> {
    let mut values: Vec<f32> = films
        .events
        .iter()
        .filter_map(|event| event.value)
        .collect();
    values.sort_by(f32::total_cmp);
    let bar = |same: &[f32]| Bar {
        rating: same[0],
        count: same.len(),
    };
    values.chunk_by(|a, b| a == b).map(bar).collect()
}

fn released(films: &Films<'_>) -> Released {
    let year = |row: u32| films.model.item(row).year;
    let rated = films.rated();
    let years = || rated.iter().filter_map(|&row| year(row));
    let (Some(first), Some(last)) = (years().min(), years().max()) else {
        return Released::default();
    };
    let span = usize::from(last - first) + 1;
    let (mut counts, mut ratings, mut means) =
        (vec![0; span], vec![0; span], vec![Mean::default(); span]);
    years().for_each(|year| counts[usize::from(year - first)] += 1);
    for event in &films.events {
        if let Some(year) = year(event.row) {
            let at = usize::from(year - first);
            ratings[at] += 1;
            means[at].add(event.value);
        }
    }
    Released {
        years: (first..=last).collect(),
        films: counts,
        ratings,
        mean: means.into_iter().map(Mean::value).collect(),
    }
}

fn genres(films: &Films<'_>) -> Vec<Genre> {
    let names = &films.model.header().genres;
    let (mut counts, mut ratings, mut means) = (
        vec![0; names.len()],
        vec![0; names.len()],
        vec![Mean::default(); names.len()],
    );
    for row in films.rated() {
        films.genres(row).for_each(|genre| counts[genre] += 1);
    }
    for event in &films.events {
        for genre in films.genres(event.row) {
            ratings[genre] += 1;
            means[genre].add(event.value);
        }
    }
    let mut genres: Vec<Genre> = (0..names.len())
        .filter(|&genre| ratings[genre] > 0)
        .map(|genre| Genre {
            name: names[genre].clone(),
            films: counts[genre],
            ratings: ratings[genre],
            mean: means[genre].value(),
        })
        .collect();
    genres.sort_by(|a, b| b.ratings.cmp(&a.ratings).then_with(|| a.name.cmp(&b.name)));
    genres
}

#[cfg(test)]
mod tests;
