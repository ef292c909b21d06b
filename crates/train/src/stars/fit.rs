//! Variational Bayes for the star head.

use nalgebra::{DMatrix, DVector};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, StandardNormal};
use rayon::prelude::*;

use super::UserRatings;
use super::small::{add, cholesky, packed_len, second_moment, solve, unpack};

/// Users summed by one task: sums are taken in the same order whatever the number of threads.
const CHUNK: usize = 128;
/// Sweeps before the users' prior mean is learnt: it is read off posteriors that mean something by then.
const SWEEPS_WITHOUT_MAP: usize = 2;
/// Sweeps before users get a noise of their own.
const SWEEPS_WITHOUT_NOISE: usize = 3;
/// No variance is learnt to be less than this.
const SMALLEST_VARIANCE: f64 = 1e-4;
/// What a visitor of whom nothing is known counts for, in users, when the prior's map is learnt.
const COLD_SHARE: f64 = 0.1;

/// What is decided before the first sweep.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Hyper {
    /// Factors of an item.
    pub(super) dims: usize,
    /// Ratings that the typical noise counts for when a user's own is estimated; 1 or more.
    pub(super) noise_weight: f64,
    /// Seed of the first item factors.
    pub(super) seed: u64,
}

/// What the sweeps have learnt so far.
#[derive(Debug, Clone)]
pub(super) struct Fit {
    pub(super) dims: usize,
    pub(super) mean: f64,
    pub(super) noise: f64,
    pub(super) noise_weight: f64,
    /// Posterior means `(1, b, q)`, item after item.
    pub(super) items: Vec<DVector<f64>>,
    /// Prior mean and precision of `(b, q)`.
    pub(super) item_mean: DVector<f64>,
    pub(super) item_precision: DVector<f64>,
    /// Prior precision of a user's coefficients.
    pub(super) user_precision: DMatrix<f64>,
    /// Their prior mean: a map of the features in [`features`].
    pub(super) map: DMatrix<f64>,
    /// Mean over ratings of `E[v v']`, weighted by steadiness.
    pub(super) user_moment: DMatrix<f64>,
}

/// The sweeps, one at a time, so that whoever runs them decides when to stop.
pub(super) struct Sweeps<'a> {
    users: &'a [UserRatings],
    /// For each item, who rated it (user, rating above the mean).
    raters: Vec<UserRatings>,
    fit: Fit,
    /// `E[t t']` of each item, packed.
    moments: Vec<Vec<f32>>,
    /// Each user's weight: their noise is `noise / weight`.
    weights: Vec<f64>,
    done: usize,
}

/// A user's posterior.
struct User {
    mean: DVector<f64>,
    covariance: DMatrix<f64>,
    features: DVector<f64>,
    /// Expected sum of squared errors.
    error: f64,
}

impl<'a> Sweeps<'a> {
    /// Ready for the first sweep. `users` must have a rating between them.
    pub(super) fn new(users: &'a [UserRatings], items: usize, hyper: &Hyper) -> Self {
        let k = hyper.dims + 2;
        let count = users.iter().map(Vec::len).sum::<usize>().max(1) as f64;
        let stars = || users.iter().flatten().map(|&(_, stars)| f64::from(stars));
        let mean = stars().sum::<f64>() / count;
        let variance = stars().map(|x| (x - mean).powi(2)).sum::<f64>() / count;
        // All ratings equal is a scale of its own: the prior must stay finite.
        let noise = (0.65 * variance).max(1e-3);
        let mut raters: Vec<UserRatings> = vec![Vec::new(); items];
        for (user, rated) in (0..).zip(users) {
            for &(item, stars) in rated {
                raters[item as usize].push((user, (f64::from(stars) - mean) as f32));
            }
        }
        let mut rng = ChaCha8Rng::seed_from_u64(hyper.seed);
        let spread = noise.sqrt();
        let items: Vec<DVector<f64>> = raters
            .iter()
            .map(|raters| {
                let sum: f64 = raters.iter().map(|&(_, z)| f64::from(z)).sum();
                let mut item = DVector::zeros(k);
                item[0] = 1.0;
                item[1] = sum / (raters.len() as f64 + 5.0);
                for at in 2..k {
                    let x: f64 = StandardNormal.sample(&mut rng);
                    item[at] = 0.12 * spread * x;
                }
                item
            })
            .collect();
        let unsure = DMatrix::from_fn(k, k, |row, column| {
            if row == column && row > 1 {
                0.015 * noise
            } else {
                0.0
            }
        });
        let mut map = DMatrix::zeros(k, k + 2);
        // Nobody stretches biases before the data says so.
        map[(1, k)] = 1.0;
        let fit = Fit {
            dims: hyper.dims,
            mean,
            noise,
            noise_weight: hyper.noise_weight,
            items,
            item_mean: DVector::zeros(k - 1),
            item_precision: DVector::from_fn(k - 1, |at, _| {
                if at == 0 { 2.4 / noise } else { 8.0 / noise }
            }),
            user_precision: DMatrix::from_diagonal(&DVector::from_fn(k, |at, _| match at {
                0 => 4.0 / noise,
                1 => 20.0,
                _ => 1.0,
            })),
            map,
            user_moment: DMatrix::identity(k, k),
        };
        let moments = fit.items.iter().map(|t| second_moment(t, &unsure));
        Self {
            users,
            raters,
            moments: moments.collect(),
            weights: vec![1.0; users.len()],
            fit,
            done: 0,
        }
    }

    /// What has been learnt.
    pub(super) fn fit(&self) -> &Fit {
        &self.fit
    }

    /// One sweep: users, their prior, items, their prior, noise.
    pub(super) fn sweep(&mut self) {
        let posteriors = self.users();
        self.learn_user_prior(&posteriors);
        self.items(&posteriors);
        self.learn_item_prior();
        self.learn_noise(&posteriors);
        self.done += 1;
    }

    fn users(&self) -> Vec<User> {
        let precision = &self.fit.user_precision;
        let user = |(rated, &weight): (&UserRatings, &f64)| {
            let k = self.fit.dims + 2;
            let mut sum = vec![0.0; packed_len(k)];
            let mut target = DVector::zeros(k);
            let mut total = DVector::zeros(k);
            let mut squares = 0.0;
            for &(item, stars) in rated {
                let z = f64::from(stars) - self.fit.mean;
                let item = item as usize;
                add(&mut sum, 1.0, &self.moments[item]);
                target.axpy(z, &self.fit.items[item], 1.0);
                total += &self.fit.items[item];
                squares += z * z;
            }
            let design = unpack(&sum, k);
            let features = features(&total, rated.len());
            let scale = weight / self.fit.noise;
            let pull = precision * (&self.fit.map * &features);
            let (mean, covariance) =
                solve(&(precision + &design * scale), &(pull + &target * scale));
            let error = squares - 2.0 * mean.dot(&target)
                + (&design * &mean).dot(&mean)
                + design.dot(&covariance);
            User {
                mean,
                covariance,
                features,
                error,
            }
        };
        self.users.par_iter().zip(&self.weights).map(user).collect()
    }

    /// The map is a least-squares fit of the users' posterior means to their features; the precision is that of
    /// what it leaves.
    fn learn_user_prior(&mut self, users: &[User]) {
        let k = self.fit.dims + 2;
        let count = users.len().max(1) as f64;
        if self.done >= SWEEPS_WITHOUT_MAP {
            let mut gram = sum_over(users, k + 2, k + 2, |sum, user| {
                sum.ger(1.0, &user.features, &user.features, 1.0);
            });
            let mut cross = sum_over(users, k + 2, k, |sum, user| {
                sum.ger(1.0, &user.features, &user.mean, 1.0);
            });
            // Visitors who have rated nothing: the mean of everybody.
            let nothing = features(&DVector::zeros(k), 0);
            let total = |sum, user: &User| sum + &user.mean;
            let everybody = users.iter().fold(DVector::zeros(k), total) / count;
            gram.ger(COLD_SHARE * count, &nothing, &nothing, 1.0);
            cross.ger(COLD_SHARE * count, &nothing, &everybody, 1.0);
            for at in 0..k + 2 {
                gram[(at, at)] += 1.0;
            }
            self.fit.map = cholesky(&gram).solve(&cross).transpose();
        }
        let map = &self.fit.map;
        let mut left = sum_over(users, k, k, |sum, user| {
            let off = &user.mean - map * &user.features;
            sum.ger(1.0, &off, &off, 1.0);
            *sum += &user.covariance;
        }) / count;
        for at in 0..k {
            left[(at, at)] += SMALLEST_VARIANCE;
        }
        self.fit.user_precision = cholesky(&left).inverse();
    }

    fn items(&mut self, users: &[User]) {
        let k = self.fit.dims + 2;
        let moments: Vec<Vec<f32>> = users
            .par_iter()
            .map(|user| second_moment(&user.mean, &user.covariance))
            .collect();
        let (fit, weights) = (&self.fit, &self.weights);
        let item = |raters: &UserRatings| {
            let mut sum = vec![0.0; packed_len(k)];
            let mut target = DVector::zeros(k);
            for &(user, z) in raters {
                let user = user as usize;
                add(&mut sum, weights[user], &moments[user]);
                target.axpy(weights[user] * f64::from(z), &users[user].mean, 1.0);
            }
            let design = unpack(&sum, k) / fit.noise;
            let target = target / fit.noise - design.column(0);
            // The intercept is known; the rest is not.
            let free =
                DMatrix::from_diagonal(&fit.item_precision) + design.view((1, 1), (k - 1, k - 1));
            let pull = fit.item_precision.component_mul(&fit.item_mean) + target.rows(1, k - 1);
            let (mean, covariance) = solve(&free, &pull);
            let mut whole = DVector::zeros(k);
            whole[0] = 1.0;
            whole.rows_mut(1, k - 1).copy_from(&mean);
            let mut unsure = DMatrix::zeros(k, k);
            unsure
                .view_mut((1, 1), (k - 1, k - 1))
                .copy_from(&covariance);
            let moment = second_moment(&whole, &unsure);
            (whole, moment)
        };
        let items: Vec<_> = self.raters.par_iter().map(item).collect();
        (self.fit.items, self.moments) = items.into_iter().unzip();
        let mut moment = vec![0.0; packed_len(k)];
        let mut total = 0.0;
        for ((rated, weight), second) in self.users.iter().zip(weights).zip(&moments) {
            add(&mut moment, weight * rated.len() as f64, second);
            total += rated.len() as f64;
        }
        self.fit.user_moment = unpack(&moment, k) / f64::max(total, 1.0);
    }

    /// From the rated items alone: the others say nothing.
    fn learn_item_prior(&mut self) {
        let k = self.fit.dims + 2;
        let rated = || {
            (self.raters.iter().zip(&self.fit.items).zip(&self.moments))
                .filter(|((raters, _), _)| !raters.is_empty())
        };
        let count = rated().count().max(1) as f64;
        let total = |sum, ((_, item), _): ((&UserRatings, &DVector<f64>), &Vec<f32>)| sum + item;
        let mean = rated().fold(DVector::zeros(k), total) / count;
        let second = |at: usize| {
            let diagonal = packed_len(at + 1) - 1;
            rated()
                .map(|(_, moment)| f64::from(moment[diagonal]))
                .sum::<f64>()
                / count
        };
        self.fit.item_precision = DVector::from_fn(k - 1, |at, _| {
            let variance = second(at + 1) - mean[at + 1] * mean[at + 1];
            1.0 / variance.max(SMALLEST_VARIANCE)
        });
        self.fit.item_mean = mean.rows(1, k - 1).into_owned();
    }

    fn learn_noise(&mut self, users: &[User]) {
        let count = |rated: &UserRatings| rated.len() as f64;
        let total = self.users.iter().map(count).sum::<f64>().max(1.0);
        let errors = || {
            self.weights
                .iter()
                .zip(users)
                .map(|(weight, user)| weight * user.error)
        };
        self.fit.noise = (errors().sum::<f64>() / total).max(SMALLEST_VARIANCE);
        if self.done >= SWEEPS_WITHOUT_NOISE {
            let (noise, known) = (self.fit.noise, self.fit.noise_weight);
            let weight = |(rated, user): (&UserRatings, &User)| {
                (known + count(rated)) / (known + user.error.max(0.0) / noise)
            };
            self.weights = self.users.iter().zip(users).map(weight).collect();
        }
    }
}

/// What a user's prior mean is read off: the sum of the rated items' vectors over the root of their count, 1, and
/// `n / (n + 20)`. The engine computes the same.
fn features(total: &DVector<f64>, count: usize) -> DVector<f64> {
    let k = total.len();
    let n = count as f64;
    let root = n.sqrt().max(1.0);
    DVector::from_fn(k + 2, |at, _| match at {
        at if at < k => total[at] / root,
        at if at == k => 1.0,
        _ => n / (n + 20.0),
    })
}

/// A sum over users that does not depend on the number of threads.
fn sum_over(
    users: &[User],
    rows: usize,
    columns: usize,
    add: impl Fn(&mut DMatrix<f64>, &User) + Sync,
) -> DMatrix<f64> {
    let part = |users: &[User]| {
        let mut sum = DMatrix::zeros(rows, columns);
        users.iter().for_each(|user| add(&mut sum, user));
        sum
    };
    let parts: Vec<DMatrix<f64>> = users.par_chunks(CHUNK).map(part).collect();
    parts
        .iter()
        .fold(DMatrix::zeros(rows, columns), |sum, part| sum + part)
}
