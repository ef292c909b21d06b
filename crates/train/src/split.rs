//! The strong-generalisation split: the people a model is judged on are not in its training set.
//!
//! The protocol of Liang, Krishnan, Hoffman and Jebara, "Variational Autoencoders for Collaborative Filtering"
//! (2018): users with at least five likes are shuffled and cut into training, validation and test users; a fifth
//! of each held-out user's likes is hidden, and the rest is what the model is told.

mod time;

use std::array;

use hashbrown::HashMap;
use rand::SeedableRng;
use rand::seq::{SliceRandom, index};
use rand_chacha::ChaCha8Rng;

use crate::catalogue::{Catalogue, CatalogueItem};
use crate::dataset::{Rating, Ratings, like_above};

pub use time::{TimeSplit, TimeSplitError};

/// Users with fewer likes are left out.
const LIKES_AT_LEAST: usize = 5;
/// One like in this many is held out.
pub(crate) const HELD_OUT_OF: usize = 5;
/// Sizes for data like MovieLens 1M; smaller data gives a fourth of its users and a twelfth.
const TEST_USERS: (usize, usize) = (1500, 4);
const VALIDATION_USERS: (usize, usize) = (500, 12);

/// One user's opinion of one item, as an algorithm sees it.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Event {
    /// The item, below [`TrainSet::items`].
    pub item: u32,
    /// The rating; none for an item seen but not rated.
    pub rating: Option<f32>,
    /// Whether the event counts as a like.
    pub liked: bool,
    /// See [`Rating::repeats`].
    pub repeats: u32,
}

/// What an algorithm is trained on.
#[derive(Debug, Clone, PartialEq)]
pub struct TrainSet {
    /// Number of items.
    pub items: usize,
    /// Each user's events, in ascending item order, low ratings included.
    pub users: Vec<Vec<Event>>,
}

/// A user to judge with.
#[derive(Debug, Clone, PartialEq)]
pub struct HeldOutUser {
    /// Index into [`Ratings::users`].
    pub user: u32,
    /// What the visitor is known to like, in ascending item order; never to be recommended again.
    pub likes: Vec<Event>,
    /// What else the visitor rated, in ascending item order. Such items stay recommendable.
    pub others: Vec<Event>,
    /// The likes to be found, ascending; never empty.
    pub held_out: Vec<u32>,
}

/// Training users, validation users to choose settings on, and test users to report on.
#[derive(Debug, Clone, PartialEq)]
pub struct Split {
    /// The item, as an index into [`Ratings::items`], that each item of the split stands for: those that a
    /// training user likes, ascending.
    pub items: Vec<u32>,
    /// The training set.
    pub train: TrainSet,
    /// Users to choose settings on.
    pub validation: Vec<HeldOutUser>,
    /// Each of them again with other likes held out each time, so that a few hundred users say more; empty where time
    /// decides what is held out.
    pub validation_again: Vec<[HeldOutUser; HELD_OUT_OF - 1]>,
    /// Users to report on.
    pub test: Vec<HeldOutUser>,
}

/// How to split.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SplitOptions {
    /// What decides who is held out, and what of theirs.
    pub seed: u64,
    /// Number of test users; by default 1500 or a fourth of the users, whichever is less.
    pub test_users: Option<usize>,
    /// Number of validation users; by default 500 or a twelfth of the users, whichever is less.
    pub validation_users: Option<usize>,
}

/// Data too small for a split.
#[derive(Debug, thiserror::Error)]
#[error(
    "{users} users have {LIKES_AT_LEAST} likes or more: too few for {test} test users, {validation} validation users \
     and one to train on; give more ratings or ask for fewer held-out users, at least one of each{scale}"
)]
pub struct SplitError {
    users: usize,
    test: usize,
    validation: usize,
    /// What counts as a like, where that may be the reason.
    scale: String,
}

impl TrainSet {
    /// Everybody and every item: what a model to be shipped is trained on. Items keep their numbers.
    pub fn everyone(ratings: &Ratings) -> Self {
        Self {
            items: ratings.items.len(),
            users: ratings
                .by_user()
                .map(|events| events.iter().map(|e| event(ratings, e, e.item)).collect())
                .collect(),
        }
    }
}

impl Split {
    /// What a catalogue knows of each item of the split.
    pub fn describe<'a>(
        &self,
        ratings: &Ratings,
        catalogue: &'a Catalogue,
    ) -> Vec<&'a CatalogueItem> {
        let id = |&item: &u32| &ratings.items[item as usize];
        self.items
            .iter()
            .map(|item| catalogue.get_or_unknown(id(item)))
            .collect()
    }

    /// Splits by users. The same ratings and options give the same split, in whatever order the users come.
    ///
    /// # Errors
    /// When there are fewer users than the split needs.
    pub fn strong(ratings: &Ratings, options: &SplitOptions) -> Result<Self, SplitError> {
        let mut rng = ChaCha8Rng::seed_from_u64(options.seed);
        let sides = Sides::draw(ratings, options, &mut rng)?;

        let mut items: Vec<u32> = sides
            .train
            .iter()
            .flat_map(|events| events.iter().filter(|e| ratings.is_like(e)).map(|e| e.item))
            .collect();
        items.sort_unstable();
        items.dedup();
        let number: HashMap<u32, u32> = items.iter().copied().zip(0..).collect();
        let events = |of: &[Rating]| -> Vec<Event> {
            let known = |e: &Rating| number.get(&e.item).map(|&item| event(ratings, e, item));
            of.iter().filter_map(known).collect()
        };
        let mut hold_out = |users: &[&[Rating]]| -> Vec<HeldOutUser> {
            let user = |of: &&[Rating]| hold_out(of[0].user, events(of), &mut rng);
            users.iter().filter_map(user).collect()
        };
        let (validation, test) = (hold_out(&sides.validation), hold_out(&sides.test));
        let events_of: HashMap<u32, &[Rating]> = sides
            .validation
            .iter()
            .map(|of| (of[0].user, *of))
            .collect();
        Ok(Self {
            validation_again: validation
                .iter()
                .map(|first| hold_out_others(first, &events(events_of[&first.user]), &mut rng))
                .collect(),
            validation,
            test,
            train: TrainSet {
                items: items.len(),
                users: sides.train.iter().map(|of| events(of)).collect(),
            },
            items,
        })
    }
}

/// Who is on which side: each user's ratings.
pub(crate) struct Sides<'r> {
    pub(crate) train: Vec<&'r [Rating]>,
    pub(crate) validation: Vec<&'r [Rating]>,
    pub(crate) test: Vec<&'r [Rating]>,
}

impl<'r> Sides<'r> {
    /// Shuffles the users with at least five likes and cuts them into three.
    pub(crate) fn draw(
        ratings: &'r Ratings,
        options: &SplitOptions,
        rng: &mut ChaCha8Rng,
    ) -> Result<Self, SplitError> {
        let likes = |events: &[Rating]| events.iter().filter(|e| ratings.is_like(e)).count();
        let mut users: Vec<&'r [Rating]> = ratings
            .by_user()
            .filter(|events| likes(events) >= LIKES_AT_LEAST)
            .collect();
        let size = |asked: Option<usize>, (most, share): (usize, usize)| {
            asked.unwrap_or(most.min(users.len() / share))
        };
        let test = size(options.test_users, TEST_USERS);
        let validation = size(options.validation_users, VALIDATION_USERS);
        let enough = test
            .checked_add(validation)
            .is_some_and(|held_out| held_out < users.len());
        if test == 0 || validation == 0 || !enough {
            let scale = ratings.scale.map_or_else(String::new, |scale| {
                format!(
                    ". The ratings are read as {} to {}, and a like is above {}: --scale MIN-MAX says otherwise",
                    scale.min,
                    scale.max,
                    like_above(&scale)
                )
            });
            return Err(SplitError {
                users: users.len(),
                test,
                validation,
                scale,
            });
        }

        users.sort_unstable_by_key(|events| &ratings.users[events[0].user as usize]);
        users.shuffle(rng);
        let test = users.split_off(users.len() - test);
        let validation = users.split_off(users.len() - validation);
        Ok(Self {
            train: users,
            validation,
            test,
        })
    }
}

/// Hides a fifth of a user's likes; none when too few of them are known to the training users.
fn hold_out(user: u32, events: Vec<Event>, rng: &mut ChaCha8Rng) -> Option<HeldOutUser> {
    let (mut likes, others): (Vec<_>, Vec<_>) = events.into_iter().partition(|event| event.liked);
    if likes.len() < LIKES_AT_LEAST {
        return None;
    }
    let mut hidden = index::sample(rng, likes.len(), likes.len() / HELD_OUT_OF).into_vec();
    hidden.sort_unstable();
    let held_out = hidden.iter().map(|&at| likes[at].item).collect();
    for &at in hidden.iter().rev() {
        likes.remove(at);
    }
    Some(HeldOutUser {
        user,
        likes,
        others,
        held_out,
    })
}

/// The same user with other likes held out each time, as many, none of them twice.
fn hold_out_others(
    first: &HeldOutUser,
    events: &[Event],
    rng: &mut ChaCha8Rng,
) -> [HeldOutUser; HELD_OUT_OF - 1] {
    let mut rest: Vec<u32> = first.likes.iter().map(|like| like.item).collect();
    rest.shuffle(rng);
    let size = first.held_out.len();
    array::from_fn(|time| {
        let mut held_out = rest[time * size..][..size].to_vec();
        held_out.sort_unstable();
        let known = |event: &&Event| event.liked && held_out.binary_search(&event.item).is_err();
        HeldOutUser {
            user: first.user,
            likes: events.iter().filter(known).copied().collect(),
            others: first.others.clone(),
            held_out,
        }
    })
}

pub(crate) fn event(ratings: &Ratings, rating: &Rating, item: u32) -> Event {
    Event {
        item,
        rating: rating.value,
        liked: ratings.is_like(rating),
        repeats: rating.repeats,
    }
}

#[cfg(test)]
mod tests {
    use hashbrown::HashSet;
    use matinee_format::RatingScale;
    use proptest::prelude::*;

    use super::*;

    const SCALE: RatingScale = RatingScale {
        min: 0.5,
        max: 5.0,
        step: 0.5,
    };

    fn ratings(users: &[Vec<(u32, f32)>]) -> Ratings {
        let mut events = Vec::new();
        for (user, list) in users.iter().enumerate() {
            let mut list = list.clone();
            list.sort_by_key(|&(item, _)| item);
            list.dedup_by_key(|&mut (item, _)| item);
            events.extend(list.into_iter().map(|(item, value)| Rating {
                user: user as u32,
                item,
                value: Some(value),
                timestamp: 0,
                ..Rating::default()
            }));
        }
        Ratings {
            users: (0..users.len()).map(|user| format!("u{user}")).collect(),
            items: (0..60).map(|item| format!("i{item}")).collect(),
            events,
            scale: Some(SCALE),
            ..Ratings::default()
        }
    }

    fn any_ratings() -> impl Strategy<Value = Ratings> {
        let rating = (0..60_u32, 1..=10_u8)
            .prop_map(|(item, half_stars)| (item, f32::from(half_stars) / 2.0));
        let user = prop::collection::vec(rating, 1..50);
        prop::collection::vec(user, 24..60).prop_map(|users| ratings(&users))
    }

    proptest! {
        #[test]
        fn nobody_is_on_two_sides_and_nothing_held_out_is_known(ratings in any_ratings(), seed: u64) {
            let options = SplitOptions { seed, ..SplitOptions::default() };
            let Ok(split) = Split::strong(&ratings, &options) else { return Ok(()) };
            let held_out: Vec<_> = split.validation.iter().chain(&split.test).collect();
            let users: HashSet<u32> = held_out.iter().map(|user| user.user).collect();
            prop_assert_eq!(users.len(), held_out.len());

            let ratings = &ratings;
            let likes = |user: u32| ratings.events.iter().filter(move |e| e.user == user && ratings.is_like(e));
            let of_training = |user: &u32| likes(*user).count() >= 5;
            let eligible = (0..ratings.users.len() as u32).filter(of_training).count();
            prop_assert!(split.train.users.len() + held_out.len() <= eligible);

            for user in held_out {
                let known: Vec<u32> = user.likes.iter().chain(&user.others).map(|event| event.item).collect();
                prop_assert!(user.held_out.iter().all(|item| !known.contains(item)));
                let n = user.likes.len() + user.held_out.len();
                prop_assert!(n >= 5 && user.held_out.len() == n / 5);
                prop_assert!(user.likes.is_sorted_by_key(|event| event.item) && user.held_out.is_sorted());
                for &item in &user.held_out {
                    let original = split.items[item as usize];
                    prop_assert!(likes(user.user).any(|event| event.item == original));
                }
            }
            prop_assert_eq!(split.validation.len(), split.validation_again.len());
            for (first, others) in split.validation.iter().zip(&split.validation_again) {
                let everything = |user: &HeldOutUser| {
                    let known = user.likes.iter().map(|event| event.item);
                    let mut all: Vec<u32> = known.chain(user.held_out.iter().copied()).collect();
                    all.sort_unstable();
                    all
                };
                let mut hidden = first.held_out.clone();
                for other in others {
                    prop_assert_eq!(first.user, other.user);
                    prop_assert_eq!(everything(first), everything(other));
                    prop_assert_eq!(first.held_out.len(), other.held_out.len());
                    hidden.extend(&other.held_out);
                }
                let once: HashSet<u32> = hidden.iter().copied().collect();
                prop_assert_eq!(once.len(), hidden.len());
            }
            for item in 0..split.items.len() as u32 {
                prop_assert!(split.train.users.iter().flatten().any(|e| e.item == item && e.liked));
            }
        }
    }

    #[test]
    fn sizes_are_as_asked_and_otherwise_in_proportion() {
        let data = ratings(&vec![(0..10).map(|item| (item, 4.0)).collect(); 48]);
        let sizes = |options: &SplitOptions| {
            let split = Split::strong(&data, options).expect("enough users");
            (
                split.train.users.len(),
                split.validation.len(),
                split.test.len(),
            )
        };
        assert_eq!(sizes(&SplitOptions::default()), (32, 4, 12));
        let asked = SplitOptions {
            test_users: Some(20),
            validation_users: Some(27),
            ..SplitOptions::default()
        };
        assert_eq!(sizes(&asked), (1, 27, 20));
        for (test, validation) in [(20, 28), (0, 5), (5, 0), (usize::MAX, 1)] {
            let options = SplitOptions {
                test_users: Some(test),
                validation_users: Some(validation),
                seed: 1,
            };
            let error = Split::strong(&data, &options)
                .expect_err("too few users")
                .to_string();
            assert!(error.contains("48 users"), "{error}");
        }
    }

    #[test]
    fn the_seed_decides_and_the_order_of_the_users_does_not() {
        let lists: Vec<Vec<_>> = (0..40)
            .map(|u| (0..20).map(|i| ((i * 7 + u) % 60, 4.5)).collect())
            .collect();
        let data = ratings(&lists);
        let split = |data: &Ratings, seed| {
            let options = SplitOptions {
                seed,
                ..SplitOptions::default()
            };
            let split = Split::strong(data, &options).expect("enough users");
            let name = |user: &HeldOutUser| data.users[user.user as usize].clone();
            split
                .test
                .iter()
                .map(|user| (name(user), user.held_out.clone()))
                .collect::<Vec<_>>()
        };
        assert_eq!(split(&data, 3), split(&data, 3));
        assert_ne!(split(&data, 3), split(&data, 4));

        let mut reversed = ratings(&lists.iter().rev().cloned().collect::<Vec<_>>());
        reversed.users.reverse();
        assert_eq!(split(&data, 3), split(&reversed, 3));
    }

    #[test]
    fn everyone_keeps_all_events() {
        let data = ratings(&[vec![(3, 1.0), (5, 4.0)], vec![(59, 3.5)]]);
        let all = TrainSet::everyone(&data);
        assert_eq!(all.items, 60);
        let event = |item, rating, liked| Event {
            item,
            rating: Some(rating),
            liked,
            ..Event::default()
        };
        assert_eq!(
            all.users,
            [
                vec![event(3, 1.0, false), event(5, 4.0, true)],
                vec![event(59, 3.5, false)]
            ]
        );
    }
}
