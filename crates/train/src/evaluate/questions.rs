//! Interviews simulated: how soon the answers to a strategy's questions make a good list.
//!
//! A fifth of a test user's likes and of their other ratings is hidden first; only the rest can answer. Everything
//! else, a hidden film too, answers "haven't seen". After each question *shown*, answered or not, the list is judged
//! by NDCG@100 on the hidden likes, among all films not answered. See Rashid, Karypis and Riedl, "Learning
//! Preferences of New Users in Recommender Systems" (2008).

use hashbrown::HashMap;
use matinee_engine::{Interview, Profile, head, rank};
use matinee_format::Model;
use rand::SeedableRng;
use rand::seq::{SliceRandom, index};
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;

use super::{Estimate, Metric};
use crate::split::{Event, HeldOutUser, TrainSet};

/// One rating in this many that is no like is hidden, as of the likes.
const HIDDEN_OF: usize = 5;
/// The length of the list that is judged.
const LIST: usize = 100;
/// Questions shown together by [`Strategy::Batches`].
const BATCH: usize = 5;
/// The most rare films offered to a user.
const RARE_AT_MOST: usize = 10;

/// A way to choose questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strategy {
    /// The engine's interview, one question at a time.
    Interview,
    /// The same, five questions shown before the next answer is read.
    Batches,
    /// The most rated films.
    Popularity,
    /// The most rated and most debated: popularity times the entropy of the ratings.
    PopularityEntropy,
    /// The usual baseline: the logarithm of popularity, times entropy.
    LogPopularityEntropy,
    /// Any film.
    Random,
}

impl Strategy {
    /// Every strategy; ours first.
    pub const ALL: [Self; 6] = [
        Self::Interview,
        Self::Batches,
        Self::Popularity,
        Self::PopularityEntropy,
        Self::LogPopularityEntropy,
        Self::Random,
    ];

    /// The name people read.
    pub fn name(self) -> &'static str {
        match self {
            Self::Interview => "interview",
            Self::Batches => "interview-batches-of-5",
            Self::Popularity => "popularity",
            Self::PopularityEntropy => "popularity-x-entropy",
            Self::LogPopularityEntropy => "log-popularity-x-entropy",
            Self::Random => "random",
        }
    }
}

/// What one strategy came to.
#[derive(Debug, Clone, PartialEq)]
pub struct Interviews {
    /// NDCG@100 of each user after each number of questions shown, from 0 on: `ndcg[shown][user]`.
    ndcg: Vec<Vec<f64>>,
    answered: Vec<Vec<f64>>,
}

impl Interviews {
    /// The mean NDCG@100 after `shown` questions.
    pub fn ndcg(&self, shown: usize) -> Estimate {
        Estimate::of(self.ndcg[shown].iter().copied())
    }

    /// The mean by which NDCG@100 is higher here than by `other`, asked of the same people.
    pub fn gain_over(&self, other: &Self, shown: usize) -> Estimate {
        let pairs = self.ndcg[shown].iter().zip(&other.ndcg[shown]);
        Estimate::of(pairs.map(|(this, other)| this - other))
    }

    /// The mean number of questions that got a rating for an answer.
    pub fn answered(&self, shown: usize) -> Estimate {
        Estimate::of(self.answered[shown].iter().copied())
    }
}

/// How often rare films that are offered to a visitor have indeed been rated by them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RareOffers {
    /// Users who had shown to know a corner.
    pub users: usize,
    /// Films offered to them.
    pub offered: usize,
    /// Those among them that the user has rated, and that were hidden.
    pub rated: usize,
    /// The same for as many rare films offered to the same users at random, on average.
    pub rated_at_random: f64,
}

/// A model file and the people who are asked. Ids of the model are item numbers of the split.
pub struct Simulation<'a> {
    model: &'a Model,
    people: Vec<Person>,
    /// Rows in the order in which strategies that learn nothing ask.
    popularity_entropy: Vec<u32>,
    log_popularity_entropy: Vec<u32>,
    seed: u64,
}

struct Person {
    /// What can be answered: ratings by row, none for a film seen but not rated.
    answers: HashMap<u32, Option<f32>>,
    /// The likes to be found, ascending rows.
    likes: Vec<u32>,
    /// Everything that was hidden, ascending rows.
    hidden: Vec<u32>,
}

impl<'a> Simulation<'a> {
    /// Hides a fifth of what `users` rated. `seed` decides what of it, and what the random strategy asks.
    pub fn new(model: &'a Model, train: &TrainSet, users: &[HeldOutUser], seed: u64) -> Self {
        let row = |item: u32| {
            let row = model.row_of(&item.to_string());
            row.expect("the model was trained on the items of this split")
        };
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let people = users
            .iter()
            .map(|user| person(user, row, &mut rng))
            .collect();
        let entropies = entropies(train);
        let ordered = |value: &dyn Fn(usize) -> f64| {
            let mut items: Vec<usize> = (0..train.items).collect();
            items.sort_by(|&a, &b| value(b).total_cmp(&value(a)).then(a.cmp(&b)));
            items.into_iter().map(|item| row(item as u32)).collect()
        };
        let popularity = |item: usize| f64::from(model.item(row(item as u32)).popularity);
        Self {
            model,
            people,
            popularity_entropy: ordered(&|item| popularity(item) * entropies[item]),
            log_popularity_entropy: ordered(&|item| popularity(item).ln() * entropies[item]),
            seed,
        }
    }

    /// Asks everybody `questions` questions. The result does not depend on the number of threads.
    pub fn run(&self, strategy: Strategy, questions: usize) -> Interviews {
        let each: Vec<Vec<(f64, f64)>> = self
            .people
            .par_iter()
            .enumerate()
            .map(|(number, person)| self.interview(strategy, questions, person, number as u64))
            .collect();
        let column = |of: fn(&(f64, f64)) -> f64| {
            let after = |shown: usize| each.iter().map(|user| of(&user[shown])).collect();
            (0..=questions).map(after).collect()
        };
        Interviews {
            ndcg: column(|&(ndcg, _)| ndcg),
            answered: column(|&(_, answered)| answered),
        }
    }

    /// NDCG@100 and the number of answers after 0, 1, ... questions.
    fn interview(
        &self,
        strategy: Strategy,
        questions: usize,
        person: &Person,
        number: u64,
    ) -> Vec<(f64, f64)> {
        let model = self.model;
        let rows = model.len() as u32;
        let mut script = match strategy {
            Strategy::Interview | Strategy::Batches => Vec::new(),
            Strategy::Popularity => (0..rows).collect(),
            Strategy::PopularityEntropy => self.popularity_entropy.clone(),
            Strategy::LogPopularityEntropy => self.log_popularity_entropy.clone(),
            Strategy::Random => {
                let mut rows: Vec<u32> = (0..rows).collect();
                rows.shuffle(&mut ChaCha8Rng::seed_from_u64(self.seed ^ (number << 32)));
                rows
            }
        }
        .into_iter();
        let mut profile = Profile::new(model);
        let mut interview = Interview::new(model, &profile);
        let mut answers = Vec::new();
        let mut steps = vec![(self.judge(&profile, person), 0.0)];
        for shown in 0..questions {
            let next = match strategy {
                Strategy::Interview => interview
                    .next(model, |_| false)
                    .map(|question| question.row),
                Strategy::Batches => {
                    if shown % BATCH == 0 {
                        let batch = interview.batch(model, BATCH, |_| false);
                        let rows: Vec<u32> = batch.iter().map(|question| question.row).collect();
                        script = rows.into_iter();
                    }
                    script.next()
                }
                _ => script.next(),
            };
            // A catalogue smaller than the interview: nothing is left to ask.
            if let Some(row) = next {
                match person.answers.get(&row) {
                    Some(&rating) => {
                        answers.push((row, rating));
                        let feedback = tell(model, &mut profile, &answers);
                        interview.rated(model, row, feedback);
                    }
                    None => interview.not_seen(model, row),
                }
            }
            steps.push((self.judge(&profile, person), answers.len() as f64));
        }
        steps
    }

    fn judge(&self, profile: &Profile, person: &Person) -> f64 {
        let list = rank(self.model, profile, LIST, |_| false);
        let rows: Vec<u32> = list.iter().map(|scored| scored.row).collect();
        Metric::Ndcg100.of(&rows, &person.likes)
    }

    /// Offers rare films to everybody, given all that was not hidden.
    pub fn rare_offers(&self) -> RareOffers {
        let model = self.model;
        let head = head(model);
        let mut sum = RareOffers {
            users: 0,
            offered: 0,
            rated: 0,
            rated_at_random: 0.0,
        };
        for person in &self.people {
            let mut profile = Profile::new(model);
            let mut answers: Vec<_> = person.answers.iter().map(|(&r, &x)| (r, x)).collect();
            // A map has no order, and the mean depends on it.
            answers.sort_unstable_by_key(|&(row, _)| row);
            tell(model, &mut profile, &answers);
            let offers = Interview::new(model, &profile).rare(model, RARE_AT_MOST, |_| false);
            if offers.is_empty() {
                continue;
            }
            let is_hidden = |row: &u32| person.hidden.binary_search(row).is_ok();
            let rare =
                |rows: &mut dyn Iterator<Item = u32>| rows.filter(|&row| row >= head).count();
            let open = model.len() - head as usize - rare(&mut person.answers.keys().copied());
            let hidden = rare(&mut person.hidden.iter().copied());
            sum.users += 1;
            sum.offered += offers.len();
            sum.rated += offers.iter().filter(|offer| is_hidden(&offer.row)).count();
            sum.rated_at_random += offers.len() as f64 * hidden as f64 / open as f64;
        }
        sum
    }
}

fn person(user: &HeldOutUser, row: impl Fn(u32) -> u32, rng: &mut ChaCha8Rng) -> Person {
    let mut others: Vec<Event> = user.others.clone();
    let mut chosen = index::sample(rng, others.len(), others.len() / HIDDEN_OF).into_vec();
    chosen.sort_unstable();
    let mut hidden: Vec<u32> = chosen
        .into_iter()
        .rev()
        .map(|at| row(others.remove(at).item))
        .collect();
    let mut likes: Vec<u32> = user.held_out.iter().map(|&item| row(item)).collect();
    likes.sort_unstable();
    hidden.extend(&likes);
    hidden.sort_unstable();
    let answer = |event: &Event| (row(event.item), event.rating);
    Person {
        answers: user.likes.iter().chain(&others).map(answer).collect(),
        likes,
        hidden,
    }
}

/// Takes the answers so far into the profile. All of them: each may move the visitor's mean, and with it the others.
/// What the last one weighs; 0 if there is none.
fn tell(model: &Model, profile: &mut Profile, answers: &[(u32, Option<f32>)]) -> f32 {
    let feedback = &model.header().feedback;
    let offset = feedback.offset(answers.iter().filter_map(|&(_, rating)| rating));
    let mut weight = 0.0;
    for &(row, rating) in answers {
        weight = rating.map_or(1.0, |rating| feedback.weight(rating - offset));
        profile.set(model, model.item(row).id, weight);
    }
    weight
}

/// The entropy of each item's ratings, in nats; 0 where nothing is rated.
fn entropies(train: &TrainSet) -> Vec<f64> {
    let mut counts: Vec<HashMap<u32, u32>> = vec![HashMap::new(); train.items];
    for event in train.users.iter().flatten() {
        if let Some(rating) = event.rating {
            *counts[event.item as usize]
                .entry(rating.to_bits())
                .or_default() += 1;
        }
    }
    let entropy = |counts: HashMap<u32, u32>| {
        let mut counts: Vec<u32> = counts.into_values().collect();
        // A map has no order, and sums depend on it.
        counts.sort_unstable();
        let all = f64::from(counts.iter().sum::<u32>());
        let share = |count: u32| f64::from(count) / all;
        -counts
            .into_iter()
            .map(|n| share(n) * share(n).ln())
            .sum::<f64>()
    };
    counts.into_iter().map(entropy).collect()
}
