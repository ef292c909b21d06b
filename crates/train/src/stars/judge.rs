//! How far predicted stars are off, for people who were not in training.

use matinee_engine::StarProfile;
use matinee_format::{FormatError, Model, RatingScale, StarHead};
use nalgebra::{DMatrix, DVector};
use rayon::prelude::*;

use super::StarUser;
use super::pack::{Reading, packed};
use super::small::cholesky;
use crate::evaluate::Estimate;

/// Parts of equal size, by predicted uncertainty, whose intervals are looked at apart.
pub const PARTS: usize = 5;

/// Ridge on what a curve differs from a straight line: nothing beside thousands of ratings.
const CURVE_RIDGE: f64 = 10.0;

/// A predicted rating.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Guess {
    /// The expected rating.
    pub stars: f32,
    /// Its standard deviation and its 80% interval, from whoever knows them.
    pub unsure: Option<Unsure>,
}

/// How unsure a prediction is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Unsure {
    /// Standard deviation.
    pub sd: f32,
    /// Ends of the interval that should hold four ratings of five.
    pub interval: (f32, f32),
}

/// Predicts ratings from those a visitor gave to other items.
pub trait StarModel: Sync {
    /// The ratings that a visitor would give to `items`, in their order.
    fn predict(&self, known: &[(u32, f32)], items: &[u32]) -> Vec<Guess>;
}

/// A head as it ships: packed, decoded and asked through the engine.
pub struct Shipped {
    model: Model,
    row_of_item: Vec<u32>,
    bytes: usize,
}

impl Shipped {
    /// Packs and decodes. `counts` are the items' ratings in training.
    ///
    /// # Errors
    /// When the head breaks a rule of the format.
    pub fn new(head: &StarHead, counts: &[u32], scale: RatingScale) -> Result<Self, FormatError> {
        let (model, row_of_item, bytes) = packed(head, counts, scale)?;
        Ok(Self {
            model,
            row_of_item,
            bytes,
        })
    }

    /// What the head takes in the file, in bytes.
    pub fn bytes(&self) -> usize {
        self.bytes
    }
}

impl StarModel for Shipped {
    fn predict(&self, known: &[(u32, f32)], items: &[u32]) -> Vec<Guess> {
        let row = |item: u32| self.row_of_item[item as usize];
        let ratings: Vec<(u32, f32)> = known
            .iter()
            .map(|&(item, stars)| (row(item), stars))
            .collect();
        let profile = StarProfile::fold_in(&self.model, &ratings);
        items
            .iter()
            .map(|&item| {
                let predicted = profile
                    .as_ref()
                    .and_then(|profile| profile.predict(&self.model, row(item)));
                match predicted {
                    Some(p) => Guess {
                        stars: p.stars,
                        unsure: Some(Unsure {
                            sd: p.sd,
                            interval: (p.low, p.high),
                        }),
                    },
                    // Counted as what it is worth: nothing.
                    None => Guess {
                        stars: f32::NAN,
                        unsure: None,
                    },
                }
            })
            .collect()
    }
}

/// One prediction beside the truth.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Held {
    /// What the user gave.
    pub truth: f32,
    /// What was predicted.
    pub guess: Guess,
}

/// Predictions for held-out users.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// Each user's held-out ratings.
    pub users: Vec<Vec<Held>>,
}

/// What [`Judged`] comes to.
#[derive(Debug, Clone, PartialEq)]
pub struct StarMetrics {
    /// Root of the mean squared error over all held-out ratings; the standard error takes users as the units that
    /// are independent.
    pub rmse: Estimate,
    /// Mean absolute error, likewise.
    pub mae: Estimate,
    /// Share of held-out ratings within their 80% interval; NaN where there are none.
    pub coverage: f64,
    /// The same from the surest fifth to the least sure.
    pub parts: [f64; PARTS],
}

/// A fifth of the predictions, by how sure they are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quintile {
    /// Root of the mean variance that was predicted, in stars.
    pub predicted: f64,
    /// Root mean squared error, in stars.
    pub rmse: f64,
    /// The part of the ratings that lay within their 80% interval; NaN where there are none.
    pub held: f64,
}

/// Asks `model` about every held-out rating. The result does not depend on the number of threads.
pub fn judge(model: &dyn StarModel, users: &[StarUser]) -> Judged {
    let user = |user: &StarUser| {
        let items: Vec<u32> = user.held_out.iter().map(|&(item, _)| item).collect();
        let guesses = model.predict(&user.known, &items);
        let held = |(&(_, truth), guess)| Held { truth, guess };
        user.held_out.iter().zip(guesses).map(held).collect()
    };
    Judged {
        users: users.par_iter().map(user).collect(),
    }
}

impl Held {
    fn error(&self) -> f64 {
        f64::from(self.truth) - f64::from(self.guess.stars)
    }
}

struct Interval {
    sd: f32,
    error: f64,
    inside: bool,
}

impl Judged {
    /// The figures.
    pub fn metrics(&self) -> StarMetrics {
        let squares = self.ratio(|held| held.error().powi(2));
        let rmse = squares.mean.sqrt();
        let intervals = self.intervals();
        let inside = intervals.iter().filter(|guess| guess.inside).count();
        StarMetrics {
            rmse: Estimate {
                mean: rmse,
                standard_error: squares.standard_error / (2.0 * rmse),
            },
            mae: self.ratio(|held| held.error().abs()),
            coverage: inside as f64 / intervals.len() as f64,
            parts: self.quintiles().map(|quintile| quintile.held),
        }
    }

    /// The predictions from the surest fifth to the least sure, those without an interval left out.
    pub fn quintiles(&self) -> [Quintile; PARTS] {
        let intervals = self.intervals();
        let bound = |part: usize| intervals.len() * part / PARTS;
        std::array::from_fn(|part| {
            let part = &intervals[bound(part)..bound(part + 1)];
            let mean =
                |of: fn(&Interval) -> f64| part.iter().map(of).sum::<f64>() / part.len() as f64;
            Quintile {
                predicted: mean(|guess| f64::from(guess.sd).powi(2)).sqrt(),
                rmse: mean(|guess| guess.error.powi(2)).sqrt(),
                held: mean(|guess| f64::from(u8::from(guess.inside))),
            }
        })
    }

    /// Every prediction that has an interval, the surest first.
    fn intervals(&self) -> Vec<Interval> {
        let interval = |held: &Held| {
            let Unsure {
                sd,
                interval: (low, high),
            } = held.guess.unsure?;
            Some(Interval {
                sd,
                error: held.error(),
                inside: (low..=high).contains(&held.truth),
            })
        };
        let mut all: Vec<Interval> = self.users.iter().flatten().filter_map(interval).collect();
        all.sort_by(|a, b| a.sd.total_cmp(&b.sd));
        all
    }

    /// The polynomial that brings predictions closest to the ratings, and the width that then makes intervals hold
    /// `share` of them. Predictions must be plain: within the scale, and not bent yet.
    pub(super) fn reading(&self, mean: f64, scale: RatingScale, share: f64) -> Reading {
        let held = || self.users.iter().flatten();
        let powers = |x: f64| DVector::from_column_slice(&[1.0, x, x * x, x * x * x]);
        let mut gram = DMatrix::identity(4, 4) * CURVE_RIDGE;
        let mut cross = DVector::zeros(4);
        for held in held() {
            let x = f64::from(held.guess.stars) - mean;
            let left = f64::from(held.truth) - mean - x;
            let row = powers(x);
            gram.ger(1.0, &row, &row, 1.0);
            cross.axpy(left, &row, 1.0);
        }
        let mut curve = cholesky(&gram).solve(&cross);
        curve[1] += 1.0;
        let (low, high) = (f64::from(scale.min) - mean, f64::from(scale.max) - mean);
        let value = |at: i32| curve.dot(&powers(low + (high - low) * f64::from(at) / 64.0));
        let rises = (0..64).all(|at| value(at) < value(at + 1));
        let curve = if rises {
            [curve[0], curve[1], curve[2], curve[3]]
        } else {
            Reading::PLAIN.curve
        };
        let bend = |x: f64| curve.iter().rev().fold(0.0, |sum, c| sum * x + c);
        let off = |held: &Held| {
            let sd = f64::from(held.guess.unsure?.sd);
            let stars = bend(f64::from(held.guess.stars) - mean).clamp(low, high);
            let off = (f64::from(held.truth) - mean - stars).abs() / sd;
            off.is_finite().then_some(off)
        };
        let mut off: Vec<f64> = held().filter_map(off).collect();
        off.sort_by(f64::total_cmp);
        let width = off.get((off.len() as f64 * share) as usize);
        Reading {
            width: width.map_or(1.0, |width| width.clamp(0.01, 100.0)),
            curve,
        }
    }

    /// A mean over ratings: sums over users are what is independent.
    fn ratio(&self, of: impl Fn(&Held) -> f64) -> Estimate {
        let sums: Vec<(f64, f64)> = (self.users.iter())
            .map(|user| (user.iter().map(&of).sum(), user.len() as f64))
            .collect();
        let count: f64 = sums.iter().map(|&(_, n)| n).sum();
        let mean = sums.iter().map(|&(sum, _)| sum).sum::<f64>() / count;
        let users = sums.len() as f64;
        let squares: f64 = sums.iter().map(|&(sum, n)| (sum - mean * n).powi(2)).sum();
        Estimate {
            mean,
            standard_error: (squares * users / (users - 1.0)).sqrt() / count,
        }
    }
}
