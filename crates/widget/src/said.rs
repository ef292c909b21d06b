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
    given
        .map(|stars| {
            Stars::try_from(stars).map_err(|_| {
                error(
                    "bad-rating",
                    format_args!(
                        "{stars} stars; give 0.5 to 5 in halves, or null to take them away"
                    ),
                )
            })
        })
        .transpose()
}

/// Rates the film, or takes its rating away.
pub(crate) fn rate(rating: &mut Rating, stars: Option<Stars>) {
    rating.stars = stars;
    Mark::Seen.set(rating, stars.is_some());
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
