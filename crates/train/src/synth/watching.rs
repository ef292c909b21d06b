//! How long invented people watch invented films: the better they like one, the later they leave it.

use rand::{Rng, RngExt};
use rand_distr::{Distribution, LogNormal};

use super::Film;
use crate::dataset::Rating;

/// Seconds of a day: when a film is watched on.
const DAY: i64 = 86_400;

/// A user watching a film, or a part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sitting {
    /// Users count from 0.
    pub user: u32,
    /// An index into the films.
    pub film: u32,
    /// Seconds watched, what was watched twice included.
    pub seconds: u32,
    /// Seconds since 1970.
    pub timestamp: i64,
}

/// A runtime in seconds, of whole minutes: mostly one to two and a half hours.
pub(super) fn runtime(rng: &mut impl Rng) -> u32 {
    let minutes = LogNormal::new(105_f64.ln(), 0.4).expect("the deviation is positive");
    60 * minutes.sample(rng).clamp(20.0, 260.0) as u32
}

/// What was watched of each film that is rated: a film of the same liking is left after the same time, whatever its
/// runtime, so that less of a long one is watched. One film in twenty is broken off for no reason of its own, some
/// scenes are watched twice, and every tenth film takes two evenings.
pub(super) fn invent(films: &[Film], events: &[Rating], rng: &mut impl Rng) -> Vec<Sitting> {
    let mut sittings = Vec::with_capacity(events.len());
    for event in events {
        let Some(stars) = event.value else { continue };
        let runtime = f64::from(films[event.item as usize].runtime);
        let left: f64 = patience(stars).sample(rng);
        let called_away = if rng.random_bool(0.05) {
            rng.random::<f64>() * runtime
        } else {
            f64::INFINITY
        };
        let again = 1.0 + 0.05 * rng.random::<f64>();
        let seconds = match left.min(called_away) {
            end if end < runtime => end,
            _ => runtime * again,
        } as u32;
        let mut sit = |seconds, timestamp| {
            sittings.push(Sitting {
                user: event.user,
                film: event.item,
                seconds,
                timestamp,
            });
        };
        if rng.random_bool(0.1) {
            let first = rng.random_range(0..=seconds);
            sit(first, event.timestamp);
            sit(seconds - first, event.timestamp + DAY);
        } else {
            sit(seconds, event.timestamp);
        }
    }
    sittings
}

/// Seconds after which a film that is worth so many stars is left, would it never end: with one star mostly within an
/// hour, with five hardly ever within three.
fn patience(stars: f32) -> LogNormal<f64> {
    let middle = 900_f64.ln() + 0.6 * f64::from(stars);
    LogNormal::new(middle, 0.5).expect("the deviation is positive")
}
