//! Invented ratings with the shape of real ones: tastes of low rank, a long tail, heavy raters, few low ratings. And
//! how long of each film was watched.

mod people;
mod titles;
mod watching;
mod write;

use matinee_format::RatingScale;
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, Exp, Normal, StandardNormal};

use crate::dataset::{Rating, Ratings};
use titles::Titles;
pub use watching::Sitting;

/// Numbers that describe a taste, and what an item has to offer to it.
const FACTORS: usize = 6;
type Taste = [f64; FACTORS];

const LAST_YEAR: u16 = 2023;

const GENRES: [&str; 18] = [
    "Action",
    "Adventure",
    "Animation",
    "Children",
    "Comedy",
    "Crime",
    "Documentary",
    "Drama",
    "Fantasy",
    "Film-Noir",
    "Horror",
    "Musical",
    "Mystery",
    "Romance",
    "Sci-Fi",
    "Thriller",
    "War",
    "Western",
];

/// How much to invent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Synth {
    /// Number of users.
    pub users: u32,
    /// Number of films.
    pub items: u32,
    /// The same seed gives the same data.
    pub seed: u64,
}

/// An invented film.
#[derive(Debug, Clone, PartialEq)]
pub struct Film {
    /// Its id: ascending, with gaps, as in MovieLens.
    pub id: u32,
    /// Title and year, the article behind.
    pub title: String,
    /// The year of release.
    pub year: u16,
    /// None to three of MovieLens's genres.
    pub genres: Vec<&'static str>,
    /// How long it runs, in seconds.
    pub runtime: u32,
    taste: Taste,
    quality: f64,
    popularity: f64,
}

/// A tag that a user gave a film.
#[derive(Debug, Clone, PartialEq)]
pub struct Tag {
    user: u32,
    film: u32,
    tag: String,
    timestamp: i64,
}

/// Invented films and what invented people think of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Invented {
    /// The films, by id.
    pub films: Vec<Film>,
    /// The ratings: `item` is an index into `films`, users count from 0.
    pub events: Vec<Rating>,
    /// The tags.
    pub tags: Vec<Tag>,
    /// What was watched of the films that are rated.
    pub sittings: Vec<Sitting>,
}

impl Synth {
    /// Invents the data.
    pub fn generate(&self) -> Invented {
        let mut rng = ChaCha8Rng::seed_from_u64(self.seed);
        // Numbers of their own, so that without them everything else is the same.
        let mut clock = ChaCha8Rng::seed_from_u64(self.seed);
        clock.set_stream(1);
        let films = films(self.items, &mut rng, &mut clock);
        let (mut events, mut tags) = (Vec::new(), Vec::new());
        for user in 0..self.users {
            people::invent(user, &films, &mut rng, &mut events, &mut tags);
        }
        Invented {
            sittings: watching::invent(&films, &events, &mut clock),
            films,
            events,
            tags,
        }
    }
}

impl Invented {
    /// The ratings as they would be read back, but with every film in `items`, rated or not.
    pub fn ratings(&self) -> Ratings {
        let users = self.events.last().map_or(0, |event| event.user + 1);
        Ratings {
            users: (1..=users).map(|id| id.to_string()).collect(),
            items: self.films.iter().map(|film| film.id.to_string()).collect(),
            events: self.events.clone(),
            scale: Some(RatingScale {
                min: 0.5,
                max: 5.0,
                step: 0.5,
            }),
            ..Ratings::default()
        }
    }
}

fn films(n: u32, rng: &mut impl Rng, clock: &mut impl Rng) -> Vec<Film> {
    let genre_tastes: Vec<Taste> = GENRES.iter().map(|_| taste(rng)).collect();
    let age = Exp::new(1.0 / 18.0).expect("the rate is positive");
    let quality = Normal::new(0.0, 0.35).expect("the deviation is positive");
    let mut titles = Titles::default();
    let mut id = 0;
    (0..n)
        .map(|_| {
            id += rng.random_range(1..=9);
            let years: f64 = age.sample(rng);
            let year = LAST_YEAR - years.min(100.0) as u16;
            let taste = taste(rng);
            let quality = quality.sample(rng);
            // Zipf's law over a random order, in favour of the good ones.
            let rank = f64::from(n) * rng.random::<f64>();
            Film {
                id,
                title: titles.next(rng, year),
                year,
                genres: genres(&taste, &genre_tastes, rng),
                runtime: watching::runtime(clock),
                taste,
                quality,
                popularity: quality - 1.1 * (rank + 8.0).ln(),
            }
        })
        .collect()
}

/// The genres that offer what the film offers, the most fitting first; now and then none is known.
fn genres(film: &Taste, genre_tastes: &[Taste], rng: &mut impl Rng) -> Vec<&'static str> {
    if rng.random_bool(0.01) {
        return Vec::new();
    }
    let mut fits: Vec<(f64, usize)> = genre_tastes
        .iter()
        .map(|genre| dot(film, genre))
        .zip(0..)
        .collect();
    fits.sort_by(|a, b| b.0.total_cmp(&a.0));
    fits.truncate(rng.random_range(1..=3));
    // MovieLens lists them alphabetically, as the table has them.
    fits.sort_by_key(|&(_, genre)| genre);
    fits.into_iter().map(|(_, genre)| GENRES[genre]).collect()
}

fn taste(rng: &mut impl Rng) -> Taste {
    std::array::from_fn(|_| StandardNormal.sample(rng))
}

/// How well an offer meets a taste: about normal, with mean 0 and deviation 1.
fn dot(a: &Taste, b: &Taste) -> f64 {
    let sum: f64 = a.iter().zip(b).map(|(a, b)| a * b).sum();
    sum / (FACTORS as f64).sqrt()
}

#[cfg(test)]
mod tests;
