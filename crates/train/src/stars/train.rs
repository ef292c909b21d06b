//! Choosing how long to train, and how wide intervals are, on validation users.

use matinee_format::{FormatError, RatingScale, StarHead};

use super::fit::{Fit, Hyper, Sweeps};
use super::judge::{Shipped, judge};
use super::pack::{Reading, head};
use super::{StarSplit, UserRatings};

/// Sweeps between two looks at the validation users.
const LOOK_EVERY: usize = 4;
/// Looks without a better figure before training stops.
const PATIENCE: usize = 2;
/// A smaller gain in RMSE is none.
const LEAST_GAIN: f64 = 5e-5;
/// Share of ratings that an interval should hold.
pub(super) const SHARE: f64 = 0.8;

/// What is decided before training.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StarOptions {
    /// Factors of an item, 1 to 64.
    pub dims: usize,
    /// What a code stands for, in standard deviations of the noise: fewer bytes, coarser predictions.
    pub step: f64,
    /// Most sweeps.
    pub sweeps: usize,
    /// Seed of the first factors.
    pub seed: u64,
}

impl Default for StarOptions {
    fn default() -> Self {
        Self {
            dims: 8,
            step: 0.06,
            sweeps: 60,
            seed: 1,
        }
    }
}

/// Settings chosen on validation users.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Chosen {
    /// Sweeps to train for.
    pub sweeps: usize,
    /// Ratings that the typical noise counts for.
    pub noise_weight: f64,
    /// How predictions become ratings and intervals.
    pub reading: Reading,
    /// RMSE of the validation users.
    pub rmse: f64,
    /// Models judged.
    pub trials: usize,
}

/// A trained head.
#[derive(Debug, Clone)]
pub struct Trained {
    /// The head, its items in the order of the data.
    pub head: StarHead,
    /// Ratings of each item in training.
    pub counts: Vec<u32>,
}

/// Chooses sweeps, the weight of the noise and the width of intervals.
///
/// # Errors
/// When what is learnt is beyond what the format allows.
pub fn choose(
    split: &StarSplit,
    scale: RatingScale,
    options: &StarOptions,
) -> Result<Chosen, FormatError> {
    let counts = counts(&split.train, split.items);
    let mut best: Option<Chosen> = None;
    let mut trials = 0;
    for noise_weight in [10.0, 30.0] {
        let mut sweeps = Sweeps::new(&split.train, split.items, &hyper(options, noise_weight));
        let mut last = f64::INFINITY;
        let mut stale = 0;
        let last_sweep = options.sweeps.max(1);
        for done in 1..=last_sweep {
            sweeps.sweep();
            if done % LOOK_EVERY != 0 && done != last_sweep {
                continue;
            }
            let head = head(sweeps.fit(), options.step, &Reading::PLAIN)?;
            let judged = judge(&Shipped::new(&head, &counts, scale)?, &split.validation);
            let rmse = judged.metrics().rmse.mean;
            trials += 1;
            if best.is_none_or(|best| rmse < best.rmse) {
                let reading = judged.reading(head.prior().mean.into(), scale, SHARE);
                best = Some(Chosen {
                    sweeps: done,
                    noise_weight,
                    reading,
                    rmse,
                    trials,
                });
            }
            stale = if rmse < last - LEAST_GAIN {
                0
            } else {
                stale + 1
            };
            last = last.min(rmse);
            if stale == PATIENCE {
                break;
            }
        }
    }
    let best = best.expect("the last sweep is looked at, and there is one");
    Ok(Chosen { trials, ..best })
}

/// Trains on `users` with chosen settings.
///
/// # Errors
/// As [`choose`].
pub fn train(
    users: &[UserRatings],
    items: usize,
    chosen: &Chosen,
    options: &StarOptions,
) -> Result<Trained, FormatError> {
    let mut sweeps = Sweeps::new(users, items, &hyper(options, chosen.noise_weight));
    for _ in 0..chosen.sweeps {
        sweeps.sweep();
    }
    let fit: &Fit = sweeps.fit();
    Ok(Trained {
        head: head(fit, options.step, &chosen.reading)?,
        counts: counts(users, items),
    })
}

fn hyper(options: &StarOptions, noise_weight: f64) -> Hyper {
    Hyper {
        dims: options.dims,
        noise_weight,
        seed: options.seed,
    }
}

fn counts(users: &[UserRatings], items: usize) -> Vec<u32> {
    let mut counts = vec![0; items];
    for &(item, _) in users.iter().flatten() {
        counts[item as usize] += 1;
    }
    counts
}
