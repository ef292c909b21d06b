//! Predicting ratings: a visitor's stars as a Gaussian posterior, and what it says of any item.

use matinee_format::{Model, StarHead, StarPrior};
use nalgebra::{Cholesky, DMatrix, DVector, Dyn};

/// Passes over a visitor's ratings that settle how steady they are; a fourth moves no prediction by .001.
const NOISE_PASSES: usize = 3;
/// Ratings at which the map of a visitor's prior counts half: `n / (n + 20)`.
const HALF_KNOWN: f64 = 20.0;

/// What the star head makes of a visitor: the posterior of their coefficients, Gaussian.
///
/// Computed in `f64` with `+ - * /` and square roots alone, over the ratings in order of row, so that a browser and a
/// native program agree to the last bit.
#[derive(Debug, Clone, PartialEq)]
pub struct StarProfile {
    mean: DVector<f64>,
    covariance: DMatrix<f64>,
    /// Variance of this visitor's noise.
    noise: f64,
}

/// A rating as predicted, in the units of the model's own scale.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StarPrediction {
    /// The expected rating, within the scale.
    pub stars: f32,
    /// Its standard deviation, the visitor's own unsteadiness included.
    pub sd: f32,
    /// Lower end of the interval that holds four ratings of five, within the scale.
    pub low: f32,
    /// Upper end of it.
    pub high: f32,
}

impl StarProfile {
    /// Folds in a visitor's `ratings`: row and stars, on the model's own scale, each row at most once. Rows that no
    /// stars have arrived for are left out; without ratings the profile is that of anybody.
    ///
    /// `None` where the model has no star head or nothing can be computed from the ratings, such as infinite ones.
    pub fn fold_in(model: &Model, ratings: &[(u32, f32)]) -> Option<Self> {
        let head = model.stars()?;
        let prior = head.prior();
        let k = prior.coefficients();
        let mut known: Vec<(u32, f32)> = ratings
            .iter()
            .copied()
            .filter(|&(row, _)| (row as usize) < head.len())
            .collect();
        known.sort_by_key(|&(row, _)| row);

        let mut design = DMatrix::zeros(k, k);
        let mut target = DVector::zeros(k);
        let mut sum = DVector::zeros(k);
        let mut squares = 0.0;
        for &(row, stars) in &known {
            let item = Item::of(model, head, row);
            let rating = f64::from(stars) - f64::from(prior.mean);
            design.ger(1.0, &item.numbers, &item.numbers, 1.0);
            for (at, &variance) in item.variances.iter().enumerate() {
                design[(at + 1, at + 1)] += variance;
            }
            target.axpy(rating, &item.numbers, 1.0);
            sum += &item.numbers;
            squares += rating * rating;
        }

        let count = known.len() as f64;
        let start = prior_mean(head, &sum, count);
        let precision = prior_precision(head);
        let pull = &precision * &start;
        let typical = f64::from(prior.noise);
        let weight = f64::from(prior.noise_weight);
        let mut noise = typical;
        let mut solved = None;
        for pass in 0..NOISE_PASSES {
            let equations = Cholesky::<f64, Dyn>::new(&precision + &design / noise)?;
            let mean = equations.solve(&(&pull + &target / noise));
            let covariance = equations.inverse();
            let error = squares - 2.0 * mean.dot(&target)
                + (&design * &mean).dot(&mean)
                + design.dot(&covariance);
            solved = Some((mean, covariance));
            if pass + 1 < NOISE_PASSES {
                noise = (typical * weight + error.max(0.0)) / (weight + count);
            }
        }
        let (mean, covariance) = solved?;
        let finite = mean.iter().chain(&covariance).all(|x| x.is_finite());
        finite.then_some(StarProfile {
            mean,
            covariance,
            noise,
        })
    }

    /// The expected rating of the item at `row`, as [`predict`](Self::predict) has it, at a fraction of the cost.
    pub fn expect(&self, model: &Model, row: u32) -> Option<f32> {
        let head = model.stars().filter(|head| (row as usize) < head.len())?;
        let prior = head.prior();
        let mut sum = self.mean[0];
        for ((&code, &step), v) in head
            .codes(row)
            .iter()
            .zip(&prior.steps)
            .zip(self.mean.iter().skip(1))
        {
            sum += v * (f64::from(code) * f64::from(step));
        }
        Some(expected(model, prior, sum))
    }

    /// That rating as a share of the scale, from 0 for the lowest to 1 for the highest. `None` without a scale, too.
    pub fn share(&self, model: &Model, row: u32) -> Option<f32> {
        let scale = model
            .header()
            .feedback
            .scale
            .filter(|scale| scale.max > scale.min)?;
        let rating = self.expect(model, row)?;
        Some((rating - scale.min) / (scale.max - scale.min))
    }

    /// Predicts the rating of the item at `row`; `None` where no stars have arrived for it. `model` is the one that
    /// the profile was made with.
    pub fn predict(&self, model: &Model, row: u32) -> Option<StarPrediction> {
        let head = model.stars().filter(|head| (row as usize) < head.len())?;
        let item = Item::of(model, head, row);
        let prior = head.prior();
        let mut variance = self.noise + self.unsure(&item.numbers);
        for (at, &unsure) in (1..).zip(&item.variances) {
            variance += unsure * (self.mean[at] * self.mean[at] + self.covariance[(at, at)]);
        }
        let sd = variance.max(0.0).sqrt();
        let within = |x| within_scale(model, x);
        let stars = self.expect(model, row)?;
        let reach = sd * f64::from(prior.width);
        Some(StarPrediction {
            stars,
            sd: sd as f32,
            low: within(f64::from(stars) - reach),
            high: within(f64::from(stars) + reach),
        })
    }

    /// How much further this visitor's ratings go than `other`'s from the items behind `from` to those behind `to`, on the
    /// average, and its standard deviation. What they give in general is no part of it. In the units of the model's own
    /// scale, before the head's curve.
    pub fn lean(&self, other: &Self, from: &Direction, to: &Direction) -> Lean {
        let way = &to.0 - &from.0;
        let amount = way.dot(&(&self.mean - &other.mean));
        let variance = (&self.covariance * &way).dot(&way);
        Lean {
            amount: amount as f32,
            sd: variance.max(0.0).sqrt() as f32,
        }
    }

    /// How well the visitor is known as far as the items at `rows` go: the part of what is unsure of `anybody`'s
    /// coefficients, in the directions of these items, that this visitor's ratings have settled, 0 to 1. What is unsure of
    /// the items themselves, and the noise in any rating, is left out: no answer settles it. 0 without rows with stars.
    pub fn settled_part(
        &self,
        anybody: &StarProfile,
        model: &Model,
        rows: impl IntoIterator<Item = u32>,
    ) -> f32 {
        let Some(head) = model.stars() else {
            return 0.0;
        };
        let (mut before, mut left) = (0.0, 0.0);
        for row in rows {
            if (row as usize) < head.len() {
                let numbers = Item::of(model, head, row).numbers;
                before += anybody.unsure(&numbers);
                left += self.unsure(&numbers);
            }
        }
        if before > 0.0 {
            (1.0 - left / before).clamp(0.0, 1.0) as f32
        } else {
            0.0
        }
    }

    /// The variance of the coefficients in a direction.
    fn unsure(&self, numbers: &DVector<f64>) -> f64 {
        let columns = self.covariance.column_iter().zip(numbers.iter());
        columns.map(|(column, &x)| x * column.dot(numbers)).sum()
    }

    /// Predicts the rating of every item that stars have arrived for, in order of rows.
    pub fn predict_all(&self, model: &Model) -> Vec<StarPrediction> {
        let rows = model.stars().map_or(0, StarHead::len) as u32;
        (0..rows)
            .filter_map(|row| self.predict(model, row))
            .collect()
    }
}

/// What the star head knows of several items, on the average.
#[derive(Debug, Clone, PartialEq)]
pub struct Direction(DVector<f64>);

impl Direction {
    /// The mean of the items at `rows`; `None` where no stars have arrived for any of them.
    pub fn mean(model: &Model, rows: impl IntoIterator<Item = u32>) -> Option<Self> {
        let head = model.stars()?;
        let mut sum = DVector::zeros(head.prior().coefficients());
        let mut count = 0_u32;
        let known = |row: &u32| (*row as usize) < head.len();
        for row in rows.into_iter().filter(known) {
            sum += Item::of(model, head, row).numbers;
            count += 1;
        }
        (count > 0).then(|| Self(sum / f64::from(count)))
    }
}

/// A difference in what two visitors give, and how sure it is: see [`StarProfile::lean`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lean {
    /// The difference.
    pub amount: f32,
    /// Its standard deviation, of the visitor's own coefficients.
    pub sd: f32,
}

fn within_scale(model: &Model, rating: f64) -> f32 {
    match model.header().feedback.scale {
        Some(scale) => (rating as f32).clamp(scale.min, scale.max.max(scale.min)),
        None => rating as f32,
    }
}

/// The rating to expect where the coefficients and an item's numbers give `sum`.
fn expected(model: &Model, prior: &StarPrior, sum: f64) -> f32 {
    let mean = f64::from(prior.mean);
    let x = f64::from(within_scale(model, mean + sum)) - mean;
    let curve = prior.curve.iter().rev();
    let bent = curve.fold(0.0, |sum, &c| sum * x + f64::from(c));
    within_scale(model, mean + bent)
}

/// An item as the star head sees it.
struct Item {
    /// 1, bias, factors.
    numbers: DVector<f64>,
    /// Variances of bias and factors: the more ratings, the smaller.
    variances: Vec<f64>,
}

impl Item {
    fn of(model: &Model, head: &StarHead, row: u32) -> Self {
        let prior = head.prior();
        let codes = head.codes(row).iter().zip(&prior.steps);
        let numbers = codes.map(|(&code, &step)| f64::from(code) * f64::from(step));
        let ratings = f64::from(model.popularity(row));
        let precisions = prior.precision.iter().zip(&prior.information);
        Item {
            numbers: DVector::from_iterator(
                prior.coefficients(),
                std::iter::once(1.0).chain(numbers),
            ),
            variances: precisions
                .map(|(&start, &each)| 1.0 / (f64::from(start) + ratings * f64::from(each)))
                .collect(),
        }
    }
}

/// Where a visitor's coefficients lie before their stars are looked at: which items they rated says something too.
fn prior_mean(head: &StarHead, sum: &DVector<f64>, count: f64) -> DVector<f64> {
    let k = head.prior().coefficients();
    let root = count.sqrt().max(1.0);
    let extra = [1.0, count / (count + HALF_KNOWN)];
    let features: Vec<f64> = sum.iter().map(|x| x / root).chain(extra).collect();
    let rows = head.prior().map.chunks_exact(k + 2);
    DVector::from_iterator(
        k,
        rows.map(|row| {
            row.iter()
                .zip(&features)
                .map(|(&a, x)| f64::from(a) * x)
                .sum()
        }),
    )
}

fn prior_precision(head: &StarHead) -> DMatrix<f64> {
    let k = head.prior().coefficients();
    let mut triangle = DMatrix::zeros(k, k);
    let mut numbers = head.prior().triangle.iter();
    for row in 0..k {
        for (column, &x) in (0..=row).zip(&mut numbers) {
            triangle[(row, column)] = f64::from(x);
        }
    }
    &triangle * triangle.transpose()
}
