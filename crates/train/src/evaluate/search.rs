//! Bayesian optimisation in the unit cube.

use faer::linalg::solvers::{Llt, Solve};
use faer::{Mat, Side};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, StandardNormal};

/// Points looked at before one is chosen, half of them anywhere and half of them near the best.
const CANDIDATES: usize = 800;
/// How far from the best "near" is.
const NEAR: f64 = 0.12;
/// How far from the start the first points are, at most.
const SPREAD: f64 = 0.35;
/// Distances over which the values are taken to be alike; the likeliest is used.
const LENGTHS: [f64; 3] = [0.3, 0.6, 1.2];
/// Noise beside the spread of the values: the same settings give nearly the same value.
const NOISE: f64 = 0.01;
/// The search ends where less than this is to be gained, as a part of the best value.
const WORTH: f64 = 0.0002;

/// Where to look next for the largest value of an unknown function on the unit cube.
pub(super) struct Search {
    start: Vec<f64>,
    points: Vec<Vec<f64>>,
    values: Vec<f64>,
    rng: ChaCha8Rng,
}

impl Search {
    /// A search that begins at `start`.
    pub(super) fn new(start: Vec<f64>) -> Self {
        Self {
            start,
            points: Vec::new(),
            values: Vec::new(),
            rng: ChaCha8Rng::seed_from_u64(0),
        }
    }

    /// Says what the function is at `point`.
    pub(super) fn tell(&mut self, point: Vec<f64>, value: f64) {
        self.points.push(point);
        self.values.push(value);
    }

    /// The next point; none when nothing is left to gain.
    pub(super) fn next(&mut self) -> Option<Vec<f64>> {
        let axes = self.start.len();
        match self.points.len() {
            0 => Some(self.start.clone()),
            _ if axes == 0 => None,
            tried if tried <= axes + 2 => {
                let rng = &mut self.rng;
                let anywhere_near = |x: &f64| near(*x, SPREAD * (rng.random::<f64>() * 2.0 - 1.0));
                Some(self.start.iter().map(anywhere_near).collect())
            }
            _ => self.most_promising(),
        }
    }

    fn most_promising(&mut self) -> Option<Vec<f64>> {
        let process = LENGTHS
            .iter()
            .map(|&length| Process::new(&self.points, &self.values, length))
            .max_by(|a, b| a.likelihood.total_cmp(&b.likelihood))
            .expect("there are lengths to choose from");
        let best = self
            .values
            .iter()
            .copied()
            .fold(f64::NEG_INFINITY, f64::max);
        let incumbent = self
            .values
            .iter()
            .position(|&value| value == best)
            .expect("the best value is one of them");
        let incumbent = &self.points[incumbent];
        let rng = &mut self.rng;

        let mut chosen: Option<(f64, Vec<f64>)> = None;
        for number in 0..CANDIDATES {
            let candidate: Vec<f64> = if number % 2 == 0 {
                incumbent.iter().map(|_| rng.random()).collect()
            } else {
                let mut away = || -> f64 { StandardNormal.sample(rng) };
                incumbent.iter().map(|&x| near(x, NEAR * away())).collect()
            };
            let gain = process.expected_gain(&candidate, best);
            if chosen.as_ref().is_none_or(|&(most, _)| gain > most) {
                chosen = Some((gain, candidate));
            }
        }
        chosen
            .filter(|&(gain, _)| gain > WORTH * best.abs())
            .map(|(_, point)| point)
    }
}

fn near(x: f64, away: f64) -> f64 {
    (x + away).clamp(0.0, 1.0)
}

/// A Gaussian process with a Matérn 5/2 kernel through values with their mean and spread taken out.
struct Process<'a> {
    points: &'a [Vec<f64>],
    length: f64,
    mean: f64,
    spread: f64,
    factor: Llt<f64>,
    weights: Mat<f64>,
    /// Logarithm of the marginal likelihood, up to a constant.
    likelihood: f64,
}

impl<'a> Process<'a> {
    fn new(points: &'a [Vec<f64>], values: &[f64], length: f64) -> Self {
        let n = points.len();
        let mean = values.iter().sum::<f64>() / n as f64;
        let variance = values.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / n as f64;
        let spread = variance.sqrt().max(f64::MIN_POSITIVE);
        let kernel = Mat::from_fn(n, n, |i, j| {
            matern(distance(&points[i], &points[j]) / length) + if i == j { NOISE } else { 0.0 }
        });
        let standard = Mat::from_fn(n, 1, |i, _| (values[i] - mean) / spread);
        let factor = Llt::new(kernel.as_ref(), Side::Lower)
            .expect("a kernel with noise on its diagonal is positive definite");
        let weights = factor.solve(&standard);
        let fit: f64 = (0..n).map(|i| standard[(i, 0)] * weights[(i, 0)]).sum();
        let volume: f64 = (0..n).map(|i| factor.L()[(i, i)].ln()).sum();
        Self {
            points,
            length,
            mean,
            spread,
            factor,
            weights,
            likelihood: -0.5 * fit - volume,
        }
    }

    /// By how much the value at `point` is expected to exceed `best`, taking lesser values as no gain (Jones,
    /// Schonlau and Welch, "Efficient Global Optimization of Expensive Black-Box Functions", 1998).
    fn expected_gain(&self, point: &[f64], best: f64) -> f64 {
        let near = Mat::from_fn(self.points.len(), 1, |i, _| {
            matern(distance(&self.points[i], point) / self.length)
        });
        let solved = self.factor.solve(&near);
        let dot = |a: &Mat<f64>, b: &Mat<f64>| -> f64 {
            (0..self.points.len()).map(|i| a[(i, 0)] * b[(i, 0)]).sum()
        };
        let mean = self.mean + self.spread * dot(&near, &self.weights);
        let deviation = self.spread * (1.0 - dot(&near, &solved)).max(1e-12).sqrt();
        let z = (mean - best) / deviation;
        (mean - best) * below(z) + deviation * density(z)
    }
}

fn distance(a: &[f64], b: &[f64]) -> f64 {
    a.iter()
        .zip(b)
        .map(|(a, b)| (a - b).powi(2))
        .sum::<f64>()
        .sqrt()
}

fn matern(distance: f64) -> f64 {
    let r = 5.0_f64.sqrt() * distance;
    (1.0 + r + r * r / 3.0) * (-r).exp()
}

fn density(z: f64) -> f64 {
    (-0.5 * z * z).exp() / (2.0 * std::f64::consts::PI).sqrt()
}

/// The standard normal distribution, by the logistic curve closest to it; it need only order candidates.
fn below(z: f64) -> f64 {
    1.0 / (1.0 + (-1.702 * z).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_process_passes_through_what_it_was_told_and_is_unsure_elsewhere() {
        let points = vec![vec![0.1], vec![0.5], vec![0.9]];
        let values = [1.0, 3.0, 2.0];
        let process = Process::new(&points, &values, 0.3);
        assert!(process.expected_gain(&[0.5], 3.0) < 0.1);
        assert!(process.expected_gain(&[0.65], 3.0) > process.expected_gain(&[0.1], 3.0));
    }

    #[test]
    fn a_flat_function_is_soon_given_up() {
        let mut search = Search::new(vec![0.5; 3]);
        let mut tried = 0;
        while let Some(point) = search.next() {
            search.tell(point, 0.4);
            tried += 1;
            assert!(tried < 20);
        }
        assert!(tried >= 5);
    }
}
