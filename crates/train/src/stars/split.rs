//! Who is held out, and which of their ratings are to be predicted.

use rand::SeedableRng;
use rand::seq::{SliceRandom, index};
use rand_chacha::ChaCha8Rng;

use super::UserRatings;
use crate::dataset::Ratings;
use crate::split::{Event, HeldOutUser, Split, SplitOptions};

/// Users with fewer ratings are left out: a fifth of theirs is nothing.
const RATINGS_AT_LEAST: usize = 5;
/// One rating in this many is held out.
const HELD_OUT_OF: usize = 5;
/// Sizes for data like MovieLens 1M; smaller data gives a fourth of its users and a twelfth.
const TEST_USERS: (usize, usize) = (1500, 4);
const VALIDATION_USERS: (usize, usize) = (500, 12);

/// A user who is not in training.
#[derive(Debug, Clone, PartialEq)]
pub struct StarUser {
    /// What is known of them, in ascending item order.
    pub known: UserRatings,
    /// What is to be predicted, likewise; never empty.
    pub held_out: UserRatings,
}

impl StarUser {
    /// The same user when only `count` of their ratings are known, spread over them.
    pub fn knowing(&self, count: usize) -> Self {
        let n = self.known.len();
        let count = count.min(n);
        Self {
            known: (0..count).map(|at| self.known[at * n / count]).collect(),
            held_out: self.held_out.clone(),
        }
    }
}

/// Training users, validation users to choose settings on, and test users to report on.
#[derive(Debug, Clone, PartialEq)]
pub struct StarSplit {
    /// Number of items; they keep the numbers they have in the data.
    pub items: usize,
    /// Everything that the training users rated.
    pub train: Vec<UserRatings>,
    /// Users to choose settings on. Once chosen, a model may be trained on them too.
    pub validation: Vec<StarUser>,
    /// Users to report on.
    pub test: Vec<StarUser>,
}

impl StarSplit {
    /// The people of a ranking model's split, so that a head can be judged together with that model: its training users,
    /// and its validation users, a fifth of whose known ratings is to be predicted. Nobody is left to report on.
    pub fn within(split: &Split) -> Self {
        let rated = |events: &mut dyn Iterator<Item = &Event>| -> UserRatings {
            events
                .filter_map(|event| Some((event.item, event.rating?)))
                .collect()
        };
        let user = |user: &HeldOutUser| {
            let mut known = rated(&mut user.likes.iter().chain(&user.others));
            known.sort_unstable_by_key(|&(item, _)| item);
            let (mut kept, mut held_out) = (Vec::new(), Vec::new());
            for (at, rating) in known.into_iter().enumerate() {
                let side = if at % HELD_OUT_OF == 0 {
                    &mut held_out
                } else {
                    &mut kept
                };
                side.push(rating);
            }
            StarUser {
                known: kept,
                held_out,
            }
        };
        let validation = split.validation.iter().map(user);
        Self {
            items: split.train.items,
            train: split
                .train
                .users
                .iter()
                .map(|events| rated(&mut events.iter()))
                .collect(),
            validation: validation
                .filter(|user| !user.held_out.is_empty())
                .collect(),
            test: Vec::new(),
        }
    }

    /// Splits by users; the same ratings and options give the same split. None where there are too few users.
    pub fn new(ratings: &Ratings, options: &SplitOptions) -> Option<Self> {
        let mut users: Vec<(&str, UserRatings)> = everyone(ratings)
            .filter(|(_, rated)| rated.len() >= RATINGS_AT_LEAST)
            .collect();
        let size = |asked: Option<usize>, (most, share): (usize, usize)| {
            asked.unwrap_or(most.min(users.len() / share))
        };
        let test = size(options.test_users, TEST_USERS);
        let validation = size(options.validation_users, VALIDATION_USERS);
        if test == 0 || validation == 0 || test.checked_add(validation)? >= users.len() {
            return None;
        }
        let mut rng = ChaCha8Rng::seed_from_u64(options.seed);
        users.sort_unstable_by_key(|&(id, _)| id);
        users.shuffle(&mut rng);
        let mut hold_out = |users: Vec<(&str, UserRatings)>| -> Vec<StarUser> {
            let user = |(_, known)| hold_out(known, &mut rng);
            users.into_iter().map(user).collect()
        };
        let test = hold_out(users.split_off(users.len() - test));
        let validation = hold_out(users.split_off(users.len() - validation));
        Some(Self {
            items: ratings.items.len(),
            train: users.into_iter().map(|(_, rated)| rated).collect(),
            validation,
            test,
        })
    }

    /// Training and validation users together, every rating of theirs.
    pub fn all_but_test(&self) -> Vec<UserRatings> {
        let whole = |user: &StarUser| {
            let mut all = [user.known.as_slice(), &user.held_out].concat();
            all.sort_unstable_by_key(|&(item, _)| item);
            all
        };
        let validation = self.validation.iter().map(whole);
        self.train.iter().cloned().chain(validation).collect()
    }
}

/// Every user who rated anything, with their id.
pub(super) fn everyone(ratings: &Ratings) -> impl Iterator<Item = (&str, UserRatings)> {
    ratings.by_user().filter_map(|events| {
        let rated: UserRatings = events
            .iter()
            .filter_map(|event| Some((event.item, event.value?)))
            .collect();
        let id = ratings.users[events[0].user as usize].as_str();
        (!rated.is_empty()).then_some((id, rated))
    })
}

fn hold_out(mut known: UserRatings, rng: &mut ChaCha8Rng) -> StarUser {
    let mut hidden = index::sample(rng, known.len(), known.len() / HELD_OUT_OF).into_vec();
    hidden.sort_unstable();
    let held_out = hidden.iter().map(|&at| known[at]).collect();
    for &at in hidden.iter().rev() {
        known.remove(at);
    }
    StarUser { known, held_out }
}
