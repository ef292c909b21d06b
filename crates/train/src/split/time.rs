//! The global-time split: everything before a date is known, and what users like after it is to be found.
//!
//! Splits by user leak the future: films are judged by what came after them (Ji, Sun, Zhang and Li, "A Critical
//! Study on Data Leakage in Recommender System Offline Evaluation", 2023). Here nothing after the date is used.
//!
//! Test users have a past, which a visitor folds in: it is not in training, so they are unseen people as in
//! [`Split::strong`]. They need five likes before the date and one after it, of items that training users liked
//! before it; films that appeared later cannot be found by anybody and do not count. Settings are chosen by the same
//! rule at an earlier date, on users who are not test users, trained on what came before that date only.
//!
//! The date is as good as the timestamps: those of MovieLens 1M tell when people signed up, not when they watched.

use hashbrown::{HashMap, HashSet};
use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;

use super::{
    HeldOutUser, LIKES_AT_LEAST, Split, SplitOptions, TEST_USERS, TrainSet, VALIDATION_USERS, event,
};
use crate::dataset::{Rating, Ratings};

/// One event in this many comes after the date, unless another date is asked for.
const LATER_OF: usize = 5;

/// A split at a date, and an earlier one to choose settings by.
#[derive(Debug, Clone, PartialEq)]
pub struct TimeSplit {
    /// The date in seconds since 1970: events at it or later are to be found.
    pub after: i64,
    /// The date at which settings are chosen, before `after`.
    pub tuned_after: i64,
    /// For choosing settings: training before `tuned_after` and validation users. It has no test users.
    pub tuning: Split,
    /// For figures: training before `after`, of everybody who is not a test user, and test users. It has no
    /// validation users.
    pub judging: Split,
}

/// Data that cannot be split by time.
#[derive(Debug, thiserror::Error)]
pub enum TimeSplitError {
    /// Events have no timestamps.
    #[error(
        "the ratings have no timestamps: name their column (--columns timestamp=..) or split by users"
    )]
    NoTimes,
    /// Too few people are active on both sides.
    #[error(
        "at {date} seconds since 1970, {users} users with {LIKES_AT_LEAST} likes before it and one after remain; {wanted} \
         are needed for {what} users; choose another date or fewer users, at least one"
    )]
    TooFew {
        /// Seconds since 1970.
        date: i64,
        /// The users there are.
        users: usize,
        /// The users there should be.
        wanted: usize,
        /// "test" or "validation".
        what: &'static str,
    },
}

impl Split {
    /// Splits at `after` (seconds since 1970), or where a fifth of the events come later. The same ratings and options
    /// give the same split. By default there are as many test users as qualify, up to 1500 or a fourth of all users,
    /// and as many validation users, up to 500 or a twelfth.
    ///
    /// # Errors
    /// When there are no timestamps, or too few users who qualify.
    pub fn at_time(
        ratings: &Ratings,
        options: &SplitOptions,
        after: Option<i64>,
    ) -> Result<TimeSplit, TimeSplitError> {
        let times = || ratings.events.iter().map(|event| event.timestamp);
        if times().all(|time| time <= 0) {
            return Err(TimeSplitError::NoTimes);
        }
        let after = after.unwrap_or_else(|| later(times().collect()));
        let tuned_after = later(times().filter(|&time| time < after).collect());

        let mut rng = ChaCha8Rng::seed_from_u64(options.seed);
        let mut users: Vec<&[Rating]> = ratings.by_user().collect();
        users.sort_unstable_by_key(|events| &ratings.users[events[0].user as usize]);
        users.shuffle(&mut rng);
        let size = |asked: Option<usize>, (most, share): (usize, usize)| {
            asked.map_or((most.min(users.len() / share), false), |asked| {
                (asked, true)
            })
        };
        let test = choose(
            ratings,
            &users,
            (after, i64::MAX),
            size(options.test_users, TEST_USERS),
            "test",
        )?;
        let others: Vec<&[Rating]> = without(&users, &test);
        let validation = choose(
            ratings,
            &others,
            (tuned_after, after),
            size(options.validation_users, VALIDATION_USERS),
            "validation",
        )?;
        let tuning_train = without(&others, &validation);
        let mut tuning = build(ratings, &tuning_train, &validation, (tuned_after, after));
        tuning.validation = std::mem::take(&mut tuning.test);
        let judging = build(ratings, &others, &test, (after, i64::MAX));
        // Training may know none of the films that somebody likes, and so of everybody's.
        for (users, date, what) in [
            (&judging.test, after, "test"),
            (&tuning.validation, tuned_after, "validation"),
        ] {
            if users.is_empty() {
                return Err(TimeSplitError::TooFew {
                    date,
                    users: 0,
                    wanted: 1,
                    what,
                });
            }
        }
        Ok(TimeSplit {
            after,
            tuned_after,
            tuning,
            judging,
        })
    }
}

/// The time from which on a fifth of the events come.
fn later(mut times: Vec<i64>) -> i64 {
    times.sort_unstable();
    let at = times.len() - times.len() / LATER_OF;
    times.get(at).or(times.last()).copied().unwrap_or(0)
}

fn without<'a>(users: &[&'a [Rating]], taken: &[&'a [Rating]]) -> Vec<&'a [Rating]> {
    let taken: HashSet<u32> = taken.iter().map(|events| events[0].user).collect();
    let stays = |events: &&&[Rating]| !taken.contains(&events[0].user);
    users.iter().filter(stays).copied().collect()
}

/// The first users with enough likes before the date and one between it and `end`. A number that was asked for must
/// be reached; a default need not.
fn choose<'a>(
    ratings: &Ratings,
    users: &[&'a [Rating]],
    (date, end): (i64, i64),
    (wanted, asked): (usize, bool),
    what: &'static str,
) -> Result<Vec<&'a [Rating]>, TimeSplitError> {
    let qualifies = |events: &&&[Rating]| {
        let likes = |within: &dyn Fn(i64) -> bool| {
            let liked = events.iter().filter(|event| ratings.is_like(event));
            liked.filter(|event| within(event.timestamp)).count()
        };
        likes(&|time| time < date) >= LIKES_AT_LEAST
            && likes(&|time| time >= date && time < end) > 0
    };
    let found: Vec<&[Rating]> = users
        .iter()
        .filter(qualifies)
        .take(wanted)
        .copied()
        .collect();
    if found.is_empty() || (asked && found.len() < wanted) {
        return Err(TimeSplitError::TooFew {
            date,
            users: found.len(),
            wanted: wanted.max(1),
            what,
        });
    }
    Ok(found)
}

/// Trains before the date; holds out what `held_out` like from it on until `end`.
fn build(
    ratings: &Ratings,
    train: &[&[Rating]],
    held_out: &[&[Rating]],
    (date, end): (i64, i64),
) -> Split {
    let before = |event: &&Rating| event.timestamp < date;
    let mut items: Vec<u32> = train
        .iter()
        .flat_map(|events| events.iter().filter(before))
        .filter(|event| ratings.is_like(event))
        .map(|event| event.item)
        .collect();
    items.sort_unstable();
    items.dedup();
    let number: HashMap<u32, u32> = items.iter().copied().zip(0..).collect();
    let past = |events: &[Rating]| {
        let known = events.iter().filter(before);
        known
            .filter_map(|e| number.get(&e.item).map(|&item| event(ratings, e, item)))
            .collect::<Vec<_>>()
    };
    let user = |events: &&[Rating]| {
        let (likes, others): (Vec<_>, Vec<_>) = past(events).into_iter().partition(|e| e.liked);
        let later = |e: &&Rating| e.timestamp >= date && e.timestamp < end && ratings.is_like(e);
        let found = events.iter().filter(later);
        let held_out: Vec<u32> = found.filter_map(|e| number.get(&e.item).copied()).collect();
        (likes.len() >= LIKES_AT_LEAST && !held_out.is_empty()).then(|| HeldOutUser {
            user: events[0].user,
            likes,
            others,
            held_out,
        })
    };
    Split {
        train: TrainSet {
            items: items.len(),
            users: train
                .iter()
                .map(|events| past(events))
                .filter(|events| !events.is_empty())
                .collect(),
        },
        validation: Vec::new(),
        validation_again: Vec::new(),
        test: held_out.iter().filter_map(user).collect(),
        items,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// User `u` rates ten films five stars from time `100 u` on, one every `pace` seconds.
    fn ratings(pace: impl Fn(u32) -> i64) -> Ratings {
        let events = (0..60_u32).flat_map(|user| {
            let pace = pace(user);
            (0..10_u32).map(move |n| Rating {
                user,
                item: (user * 7 + n * 11) % 60,
                value: Some(if n == 0 { 2.0 } else { 5.0 }),
                timestamp: 1 + 100 * i64::from(user) + pace * i64::from(n),
                ..Rating::default()
            })
        });
        let mut events: Vec<Rating> = events.collect();
        events.sort_by_key(|event| (event.user, event.item));
        Ratings {
            users: (0..60).map(|user| format!("u{user}")).collect(),
            items: (0..60).map(|item| format!("i{item}")).collect(),
            events,
            scale: Some(matinee_format::RatingScale {
                min: 1.0,
                max: 5.0,
                step: 1.0,
            }),
            ..Ratings::default()
        }
    }

    fn time_of(ratings: &Ratings, split: &Split, user: u32, item: u32) -> i64 {
        let original = split.items[item as usize];
        let same = |event: &&Rating| event.user == user && event.item == original;
        ratings
            .events
            .iter()
            .find(same)
            .expect("an event")
            .timestamp
    }

    #[test]
    fn nothing_known_is_later_than_anything_to_be_found() {
        let data = ratings(|_| 300);
        let split = Split::at_time(&data, &SplitOptions::default(), None).expect("enough users");
        assert!(split.tuned_after < split.after);
        let sides = [
            (
                &split.tuning,
                &split.tuning.validation,
                split.tuned_after,
                split.after,
            ),
            (&split.judging, &split.judging.test, split.after, i64::MAX),
        ];
        for (side, users, date, end) in sides {
            assert!(!users.is_empty());
            for user in users {
                for event in user.likes.iter().chain(&user.others) {
                    assert!(time_of(&data, side, user.user, event.item) < date);
                }
                for &item in &user.held_out {
                    let time = time_of(&data, side, user.user, item);
                    assert!((date..end).contains(&time));
                }
                assert!(user.likes.len() >= 5 && user.held_out.is_sorted());
            }
            let events = data.events.iter().filter(|event| event.timestamp < date);
            let of_held_out = |event: &&Rating| users.iter().any(|user| user.user == event.user);
            let most = events.filter(|event| !of_held_out(event)).count();
            assert!(side.train.users.iter().flatten().count() <= most);
        }
        let is_test = |user: &HeldOutUser| split.judging.test.iter().any(|t| t.user == user.user);
        assert!(!split.tuning.validation.iter().any(is_test));
    }

    #[test]
    fn what_cannot_be_split_is_said() {
        let message = |data: &Ratings, options: &SplitOptions, after| {
            let error = Split::at_time(data, options, after).expect_err("no split");
            error.to_string()
        };
        let mut timeless = ratings(|_| 300);
        for event in &mut timeless.events {
            event.timestamp = 0;
        }
        let default = SplitOptions::default();
        assert!(message(&timeless, &default, None).contains("no timestamps"));
        // Everybody is done within a second: nobody has both a past and a future.
        assert!(message(&ratings(|_| 0), &default, None).contains("0 users"));
        let many = SplitOptions {
            test_users: Some(50),
            ..default
        };
        assert!(message(&ratings(|_| 300), &many, None).contains("50 are needed for test users"));
        assert!(message(&ratings(|_| 300), &default, Some(5)).contains("test users"));
    }
}
