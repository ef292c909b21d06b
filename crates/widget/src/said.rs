//! What a visitor says of films: the records that are kept, in the order they came.

use matinee_web::{Mark, Rating, Stars, Watching};
use wasm_bindgen::JsValue;

use crate::js::error;
use crate::options::field;

/// Shortest and longest runtime in seconds that is one: a minute to a day.
const RUNTIMES: std::ops::RangeInclusive<f64> = 60.0..=86_400.0;

/// What can be said of a film without stars. What is left out stays as it was.
pub(crate) struct Marks {
    seen: Option<bool>,
    not_for_me: Option<bool>,
    watchlist: Option<bool>,
    unseen: Option<bool>,
}

impl Marks {
    /// Reads what JavaScript hands over.
    ///
    /// # Errors
    /// With code `bad-options` where a mark is neither true nor false.
    pub(crate) fn read(marks: &JsValue) -> Result<Self, JsValue> {
        let mark = |name| field(marks, name, "true or false", JsValue::as_bool);
        Ok(Self {
            seen: mark("seen")?,
            not_for_me: mark("notForMe")?,
            watchlist: mark("watchlist")?,
            unseen: mark("unseen")?,
        })
    }

    /// Puts them on and takes them off.
    pub(crate) fn set(&self, rating: &mut Rating) {
        // What is taken off goes first: seen and unseen rule each other out.
        for on in [false, true] {
            for (mark, said) in [
                (Mark::Seen, self.seen),
                (Mark::NotForMe, self.not_for_me),
                (Mark::Watchlist, self.watchlist),
                (Mark::Unseen, self.unseen),
            ] {
                if said == Some(on) {
                    mark.set(rating, on);
                }
            }
        }
    }
}

/// Stars as JavaScript gives them; nothing takes them away.
///
/// # Errors
/// With code `bad-rating`.
pub(crate) fn stars(given: Option<f64>) -> Result<Option<Stars>, JsValue> {
    let Some(stars) = given else { return Ok(None) };
    let known = Stars::from_value(stars).ok_or_else(|| {
        error(
            "bad-rating",
            format_args!("{stars} stars; give 0.5 to 5 in halves, or null to take them away"),
        )
    });
    known.map(Some)
}

/// Adds a sitting of `seconds` to a film that runs `runtime` seconds. More than the runtime is all of it.
///
/// # Errors
/// With code `bad-watching`, which tells the unit.
pub(crate) fn watch(rating: &mut Rating, seconds: f64, runtime: f64) -> Result<(), JsValue> {
    if !RUNTIMES.contains(&runtime) {
        return Err(error(
            "bad-watching",
            format_args!("a runtime of {runtime}; give seconds, from a minute to a day"),
        ));
    }
    if !(seconds.is_finite() && seconds >= 0.0) {
        return Err(error(
            "bad-watching",
            format_args!("{seconds} seconds watched; give the seconds of this sitting, 0 or more"),
        ));
    }
    let before = rating
        .watched
        .map_or(0.0, |watched| f64::from(watched.seconds));
    rating.watched = Some(Watching {
        seconds: (before + seconds).min(runtime) as f32,
        runtime: runtime as f32,
    });
    Mark::Seen.set(rating, true);
    Ok(())
}

/// Everything that is kept of films.
#[derive(Default)]
pub(crate) struct Said(Vec<Rating>);

impl Said {
    /// Those of a store, in any order.
    pub(crate) fn of(ratings: Vec<Rating>) -> Self {
        Self(ratings)
    }

    /// What was said.
    pub(crate) fn all(&self) -> &[Rating] {
        &self.0
    }

    /// What was said of the film with this key.
    pub(crate) fn get(&self, item: &str) -> Option<&Rating> {
        self.0.iter().find(|rating| rating.item == item)
    }

    /// Puts `rating` in the place of what was said of its film; one that says nothing is left out.
    pub(crate) fn put(&mut self, rating: Rating) {
        self.0.retain(|other| other.item != rating.item);
        if !rating.is_blank() {
            self.0.push(rating);
        }
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    fn film() -> Rating {
        Rating::blank_of("test:1".to_owned(), "Heat".to_owned(), Some(1995), 0.0)
    }

    #[test]
    fn sittings_add_up_to_the_whole_film_at_most() {
        let mut rating = film();
        for seconds in [600.0, 3000.0, 9000.0] {
            watch(&mut rating, seconds, 7200.0).expect("a sitting");
        }
        let watched = rating.watched.expect("it was watched");
        assert_eq!((watched.seconds, watched.runtime), (7200.0, 7200.0));
        assert!(rating.is_settled());
    }

    #[test]
    fn minutes_and_times_to_come_are_refused_and_nothing_is_noted() {
        let mut rating = film();
        for (seconds, runtime) in [(10.0, 45.0), (-1.0, 7200.0), (f64::NAN, 7200.0)] {
            watch(&mut rating, seconds, runtime).expect_err("no sitting");
        }
        assert_eq!(rating, film());
    }

    #[test]
    fn stars_come_in_halves() {
        assert!(stars(Some(4.5)).is_ok_and(|stars| stars.is_some()));
        assert!(stars(None).is_ok_and(|stars| stars.is_none()));
        for wrong in [0.0, 4.2, 5.5, f64::NAN] {
            stars(Some(wrong)).expect_err("no stars");
        }
    }

    #[test]
    fn a_film_that_was_seen_is_no_longer_unseen_or_to_be_watched() {
        let mut rating = film();
        let marks = |seen, unseen, watchlist| Marks {
            seen,
            unseen,
            watchlist,
            not_for_me: None,
        };
        marks(None, Some(true), Some(true)).set(&mut rating);
        assert!(rating.unseen && rating.watchlist);
        marks(Some(true), None, None).set(&mut rating);
        assert!(rating.seen && !rating.unseen && !rating.watchlist);
    }

    #[test]
    fn what_says_nothing_is_not_kept() {
        let mut said = Said::default();
        let mut rating = film();
        rating.rate(Stars::from_halves(9));
        said.put(rating.clone());
        assert_eq!(said.get("test:1"), Some(&rating));
        rating.rate(None);
        said.put(rating);
        assert!(said.all().is_empty());
    }
}
