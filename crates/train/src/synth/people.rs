//! One invented person: what they watch, what they think of it and which words they leave.

use rand::{Rng, RngExt};
use rand_distr::{Distribution, Gumbel, LogNormal, Normal, StandardNormal};

use super::{Film, LAST_YEAR, Tag, Taste, dot, taste};
use crate::dataset::Rating;

/// MovieLens opened to the public; nobody rated before.
const FIRST_YEAR: u16 = 1996;
const YEAR: i64 = 31_556_952;
/// MovieLens keeps nobody with fewer ratings.
const RATINGS_AT_LEAST: usize = 20;

/// What people say of a film they like, and of its genre.
const WORDS: [&str; 8] = [
    "atmospheric",
    "beautiful",
    "based on a book",
    "great acting",
    "Surreal",
    "twist ending",
    "classic",
    "café scene",
];

pub(super) fn invent(
    user: u32,
    films: &[Film],
    rng: &mut impl Rng,
    events: &mut Vec<Rating>,
    tags: &mut Vec<Tag>,
) {
    let year = rng.random_range(FIRST_YEAR..=LAST_YEAR);
    let start = (i64::from(year) - 1970) * YEAR + rng.random_range(0..YEAR);
    let own: Taste = taste(rng);
    let mood: f64 = 0.3 * rng.sample::<f64, _>(StandardNormal);
    let talkative = rng.random_bool(0.1);

    let mut timestamp = start;
    let first = events.len();
    for item in watched(&own, year, films, rng) {
        let film = &films[item];
        timestamp += rng.random_range(4..120);
        let value = rating(film.quality + mood + 0.7 * dot(&own, &film.taste), rng);
        if talkative && value >= 4.0 && rng.random_bool(0.3) {
            let word = match film.genres.first() {
                Some(genre) if rng.random_bool(0.5) => genre.to_lowercase(),
                _ => WORDS[rng.random_range(..WORDS.len())].into(),
            };
            tags.push(Tag {
                user,
                film: item as u32,
                tag: word,
                timestamp: timestamp + 1,
            });
        }
        events.push(Rating {
            user,
            item: item as u32,
            value: Some(value),
            timestamp,
            ..Rating::default()
        });
    }
    events[first..].sort_unstable_by_key(|event| event.item);
}

/// The films a person has seen, in the order of rating: the popular ones and those to their taste. Who sees very
/// many sees them more and more indiscriminately.
fn watched(own: &Taste, year: u16, films: &[Film], rng: &mut impl Rng) -> Vec<usize> {
    let many = LogNormal::new(60.0_f64.ln(), 1.0)
        .expect("the deviation is positive")
        .sample(rng);
    let focus = 1.4 / (1.0 + many / 400.0);
    let chance = Gumbel::new(0.0, 1.0).expect("the scale is positive");
    // The largest of weights with Gumbel noise are a sample without replacement.
    let mut keys: Vec<(f64, usize)> = films
        .iter()
        .enumerate()
        .filter(|(_, film)| film.year <= year)
        .map(|(item, film)| {
            (
                film.popularity + focus * dot(own, &film.taste) + chance.sample(rng),
                item,
            )
        })
        .collect();
    keys.sort_by(|a, b| b.0.total_cmp(&a.0));
    keys.truncate((many as usize).max(RATINGS_AT_LEAST));
    keys.into_iter().map(|(_, item)| item).collect()
}

/// Stars for an opinion around 0: people rate what they chose to see, so mostly well, and fives stay fives.
fn rating(opinion: f64, rng: &mut impl Rng) -> f32 {
    let noise = Normal::new(3.3, 0.75).expect("the deviation is positive");
    let stars = (opinion + noise.sample(rng)).clamp(0.5, 5.0);
    ((2.0 * stars).round() / 2.0) as f32
}
