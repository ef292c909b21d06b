//! The plain thing to compare with: biased matrix factorisation by alternating ridge regression, and biases alone.

use matinee_format::RatingScale;
use nalgebra::{DMatrix, DVector};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, StandardNormal};
use rayon::prelude::*;

use super::judge::{Guess, StarModel, judge};
use super::small::cholesky;
use super::{StarSplit, UserRatings};

/// Sweeps between two looks at the validation users, and most sweeps.
const LOOK_EVERY: usize = 4;
const SWEEPS_AT_MOST: usize = 16;
/// Ridges tried for factors and, with the best of those, for biases; the first of these goes with all of those.
const FACTOR_RIDGES: [f64; 5] = [3.0, 6.0, 10.0, 15.0, 25.0];
const BIAS_RIDGES: [f64; 3] = [5.0, 2.0, 10.0];

/// A rating is `mean + b_u + b_i + p_u . q_i`; a visitor's bias and factors come from a ridge regression. Without
/// factors this is the item and user bias.
#[derive(Debug, Clone)]
pub struct Als {
    scale: RatingScale,
    mean: f64,
    /// Bias, factors.
    items: Vec<DVector<f64>>,
    ridge: DVector<f64>,
}

/// The settings of [`Als`] that did best on validation users.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AlsChosen {
    /// Factors.
    pub dims: usize,
    /// Ridge on biases.
    pub bias_ridge: f64,
    /// Ridge on factors.
    pub factor_ridge: f64,
    /// Sweeps.
    pub sweeps: usize,
    /// RMSE of the validation users.
    pub rmse: f64,
    /// Models judged.
    pub trials: usize,
}

/// Tunes the ridges and the number of sweeps for `dims` factors on the split's validation users.
pub fn tune_als(split: &StarSplit, scale: RatingScale, dims: usize, seed: u64) -> AlsChosen {
    let start = AlsChosen {
        dims,
        bias_ridge: BIAS_RIDGES[0],
        factor_ridge: FACTOR_RIDGES[0],
        sweeps: SWEEPS_AT_MOST,
        rmse: f64::INFINITY,
        trials: 0,
    };
    let run = |best: AlsChosen, bias_ridge: f64, factor_ridge: f64| {
        let setting = AlsChosen {
            bias_ridge,
            factor_ridge,
            ..start
        };
        let mut training = Training::new(&split.train, split.items, scale, &setting, seed);
        let mut best = best;
        for sweeps in 1..=SWEEPS_AT_MOST {
            training.sweep();
            if sweeps % LOOK_EVERY == 0 {
                let trials = best.trials + 1;
                let rmse = judge(&training.model, &split.validation)
                    .metrics()
                    .rmse
                    .mean;
                let better = AlsChosen {
                    sweeps,
                    rmse,
                    ..setting
                };
                best = AlsChosen {
                    trials,
                    ..if rmse < best.rmse { better } else { best }
                };
            }
        }
        best
    };
    let ridges = if dims == 0 {
        &FACTOR_RIDGES[..1]
    } else {
        &FACTOR_RIDGES
    };
    let best = ridges
        .iter()
        .fold(start, |best, &ridge| run(best, BIAS_RIDGES[0], ridge));
    let rest = &BIAS_RIDGES[1..];
    rest.iter()
        .fold(best, |so_far, &ridge| run(so_far, ridge, best.factor_ridge))
}

impl Als {
    /// Trains with these settings.
    pub fn train(
        users: &[UserRatings],
        items: usize,
        scale: RatingScale,
        chosen: &AlsChosen,
        seed: u64,
    ) -> Self {
        let mut training = Training::new(users, items, scale, chosen, seed);
        for _ in 0..chosen.sweeps {
            training.sweep();
        }
        training.model
    }

    /// The bias and factors of whoever gave these ratings.
    fn visitor(&self, known: &[(u32, f32)]) -> DVector<f64> {
        regress(known, &self.items, self.mean, &self.ridge)
    }
}

impl StarModel for Als {
    fn predict(&self, known: &[(u32, f32)], items: &[u32]) -> Vec<Guess> {
        let visitor = self.visitor(known);
        let guess = |&item: &u32| {
            let stars = self.mean + product(&visitor, &self.items[item as usize]);
            let stars = (stars as f32).clamp(self.scale.min, self.scale.max);
            Guess {
                stars,
                unsure: None,
            }
        };
        items.iter().map(guess).collect()
    }
}

/// The sweeps.
struct Training<'a> {
    model: Als,
    users: &'a [UserRatings],
    /// For each item, who rated it.
    raters: Vec<UserRatings>,
}

impl<'a> Training<'a> {
    fn new(
        users: &'a [UserRatings],
        items: usize,
        scale: RatingScale,
        setting: &AlsChosen,
        seed: u64,
    ) -> Self {
        let mut raters: Vec<UserRatings> = vec![Vec::new(); items];
        let mut sum = 0.0;
        let mut count = 0.0;
        for (user, rated) in (0..).zip(users) {
            for &(item, stars) in rated {
                raters[item as usize].push((user, stars));
                sum += f64::from(stars);
                count += 1.0;
            }
        }
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let mut number = |at: usize| {
            let x: f64 = StandardNormal.sample(&mut rng);
            if at == 0 { 0.0 } else { 0.1 * x }
        };
        let k = setting.dims + 1;
        let items = (0..items).map(|_| DVector::from_fn(k, |at, _| number(at)));
        let ridge = |at| {
            if at == 0 {
                setting.bias_ridge
            } else {
                setting.factor_ridge
            }
        };
        let model = Als {
            scale,
            mean: sum / f64::max(count, 1.0),
            items: items.collect(),
            ridge: DVector::from_fn(k, |at, _| ridge(at)),
        };
        Self {
            model,
            users,
            raters,
        }
    }

    fn sweep(&mut self) {
        let model = &self.model;
        let users: Vec<_> = self
            .users
            .par_iter()
            .map(|rated| model.visitor(rated))
            .collect();
        let item = |raters: &UserRatings| regress(raters, &users, model.mean, &model.ridge);
        self.model.items = self.raters.par_iter().map(item).collect();
    }
}

/// Bias plus bias plus the product of the factors.
fn product(a: &DVector<f64>, b: &DVector<f64>) -> f64 {
    let factors = a.len() - 1;
    a[0] + b[0] + a.rows(1, factors).dot(&b.rows(1, factors))
}

/// Bias and factors of one side, given those of the `others` it has ratings with.
fn regress(
    ratings: &[(u32, f32)],
    others: &[DVector<f64>],
    mean: f64,
    ridge: &DVector<f64>,
) -> DVector<f64> {
    let k = ridge.len();
    let mut design = DMatrix::from_diagonal(ridge);
    let mut target = DVector::zeros(k);
    for &(other, stars) in ratings {
        let mut row = others[other as usize].clone();
        let left = f64::from(stars) - mean - row[0];
        row[0] = 1.0;
        design.ger(1.0, &row, &row, 1.0);
        target.axpy(left, &row, 1.0);
    }
    cholesky(&design).solve(&target)
}
