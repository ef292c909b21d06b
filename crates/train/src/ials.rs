//! Implicit alternating least squares, served by a linear fold-in.
//!
//! For the confidences `c` (users x items, above 0 where something was consumed), user weights `w_u = n_u^-beta` of
//! mean 1 and vectors `p` of users and `q` of items, the loss is
//!
//! ```text
//! sum over u of w_u (sum over i of c_ui (1 - p_u . q_i)^2 + alpha0 (p_u . q_i)^2  +  r_u |p_u|^2)
//!   + sum over i of r_i |q_i|^2
//! ```
//!
//! (Hu, Koren and Volinsky, "Collaborative Filtering for Implicit Feedback Datasets", 2008), where the ridge `r` grows
//! with what a vector answers for: `r_u = reg (n_u + alpha0 items)`, and for items likewise (Rendle, Krichene, Zhang and
//! Koren, "Revisiting the Performance of iALS on Item Recommendation Benchmarks", 2021). Users and items take turns;
//! each vector comes a few steps of conjugate gradients nearer to its minimum (Takács, Pilászy and Tikk, "Applications
//! of the Conjugate Gradient Method for Implicit Feedback Collaborative Filtering", 2011), so the loss never rises.
//!
//! A visitor's own vector would be `H^-1 sum of c_i q_i`, where `H = alpha0 Q'Q + sum of c_i q_i q_i' + r_u I`. Without
//! the visitor's own term, and with the mean ridge of the training users, it is linear in the ratings:
//! `G = alpha0 Q'Q + r I`, `E = Q G^-1/2`, `z = sum of c_i E_i`, and the score of `j` is `E_j . z`, which is what the
//! engine computes.

use nalgebra::{DMatrix, SymmetricEigen};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, StandardNormal};
use rayon::prelude::*;

use crate::dlae::Factors;
use crate::evaluate::{Axis, Settings};
use crate::model::setting;
use crate::sparse::Csr;

/// Rounds of users and items.
const SWEEPS: usize = 8;
/// Steps of conjugate gradients a vector and round.
const STEPS: usize = 3;
/// Rows of a Gram matrix that one thread works on at a time.
const GRAM_ROWS: usize = 16;
/// Standard deviation of the length of the vectors to begin with.
const START: f64 = 0.1;

/// Hyper-parameters.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hyper {
    /// What a pair without feedback weighs beside one with it, above 0.
    pub alpha0: f64,
    /// Ridge, above 0.
    pub reg: f64,
    /// A user with n events weighs n^-beta; 0 lets heavy users count in full.
    pub beta: f64,
    /// Feedback is multiplied by popularity^-eta when it is folded in.
    pub eta: f64,
    /// Scores are multiplied by popularity^-gamma: more than 0 favours the less known.
    pub gamma: f64,
}

impl Hyper {
    /// What is to be chosen on validation users.
    pub fn axes() -> Vec<Axis> {
        vec![
            Axis::logarithmic("alpha0", 0.25, 0.01, 1.0),
            Axis::logarithmic("reg", 0.006, 0.0005, 0.05),
            Axis::linear("beta", 0.5, 0.0, 1.1),
            Axis::linear("eta", 0.1, 0.0, 0.5),
            Axis::linear("gamma", 0.08, 0.0, 0.3),
        ]
    }

    /// One value of each.
    pub fn of(settings: &Settings) -> Self {
        Self {
            alpha0: setting(settings, "alpha0"),
            reg: setting(settings, "reg"),
            beta: setting(settings, "beta"),
            eta: setting(settings, "eta"),
            gamma: setting(settings, "gamma"),
        }
    }
}

/// Trains on the confidences of `feedback` (users x items, 0 or more; 0 counts for nothing). The same on any number of
/// threads.
pub fn train(feedback: &Csr, hyper: &Hyper, dims: usize, seed: u64) -> Factors {
    let mut als = Als::new(feedback, hyper, dims, seed);
    for _ in 0..SWEEPS {
        als.sweep();
    }
    als.fold_in(hyper)
}

/// One side of the factorisation: users or items.
struct Side {
    /// A row for each vector of this side, a column for each of the other: the weight of each event in its sum.
    events: Csr,
    /// Ridge of each vector.
    ridge: Vec<f32>,
    /// Weight of each vector in the Gram matrix.
    weights: Vec<f32>,
    vectors: Vec<f32>,
}

struct Als {
    dims: usize,
    alpha0: f64,
    users: Side,
    items: Side,
}

impl Als {
    fn new(feedback: &Csr, hyper: &Hyper, dims: usize, seed: u64) -> Self {
        let counts = |matrix: &Csr| -> Vec<f64> {
            let count = |row| matrix.row(row).1.iter().filter(|&&c| c > 0.0).count() as f64;
            (0..matrix.rows).map(count).collect()
        };
        let events = counts(feedback);
        // Users without events count like those with one: they have no part in any sum but the mean.
        let mut weights: Vec<f64> = events
            .iter()
            .map(|n| n.max(1.0).powf(-hyper.beta))
            .collect();
        let mean = weights.iter().sum::<f64>() / weights.len() as f64;
        weights.iter_mut().for_each(|w| *w /= mean);

        let mut weighted = feedback.clone();
        let mut sums = vec![0.0; feedback.cols];
        for (user, &weight) in weights.iter().enumerate() {
            for entry in feedback.indptr[user]..feedback.indptr[user + 1] {
                let confidence = &mut weighted.values[entry];
                if *confidence > 0.0 {
                    sums[feedback.indices[entry] as usize] += weight;
                }
                *confidence *= weight as f32;
            }
        }
        let ridge = |sums: &[f64], others: f64| -> Vec<f32> {
            let one = |n: &f64| hyper.reg * (n + hyper.alpha0 * others);
            sums.iter().map(|n| one(n) as f32).collect()
        };
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let start = START / (dims as f64).sqrt();
        let mut random = || {
            let x: f64 = StandardNormal.sample(&mut rng);
            (start * x) as f32
        };
        Self {
            dims,
            alpha0: hyper.alpha0,
            users: Side {
                ridge: ridge(&events, feedback.cols as f64),
                weights: weights.iter().map(|&w| w as f32).collect(),
                vectors: vec![0.0; feedback.rows * dims],
                events: feedback.clone(),
            },
            items: Side {
                ridge: ridge(&sums, feedback.rows as f64),
                weights: vec![1.0; feedback.cols],
                vectors: (0..feedback.cols * dims).map(|_| random()).collect(),
                events: weighted.transpose(),
            },
        }
    }

    fn sweep(&mut self) {
        self.users.approach(&self.items, self.alpha0, self.dims);
        self.items.approach(&self.users, self.alpha0, self.dims);
    }

    /// The item vectors as the engine takes them.
    fn fold_in(&self, hyper: &Hyper) -> Factors {
        let dims = self.dims;
        let events = &self.items.events;
        let popularity: Vec<f64> = (0..events.rows)
            .map(|item| events.row(item).1.iter().filter(|&&c| c > 0.0).count() as f64)
            .collect();
        let power = |exponent: f64| -> Vec<f32> {
            let one = |n: &f64| (1.0 + n).powf(-exponent) as f32;
            popularity.iter().map(one).collect()
        };
        Factors {
            dims,
            vectors: self.rotated(),
            in_scales: power(hyper.eta),
            out_scales: power(hyper.gamma),
        }
    }

    /// `E = Q G^-1/2`, turned to its principal axes, which compress.
    fn rotated(&self) -> Vec<f32> {
        let dims = self.dims;
        let items = &self.items;
        let users = || self.users.weights.iter().map(|&w| f64::from(w));
        let ridges = users().zip(&self.users.ridge);
        let ridge = ridges.map(|(w, &r)| w * f64::from(r)).sum::<f64>() / users().sum::<f64>();
        // `G` and `Q'Q` have the same axes `a`, along which `E` is `Q a / sqrt(alpha0 q + r)`. Its columns are
        // orthogonal, the longest first: `q / (alpha0 q + r)` grows with `q`.
        let gram = gram(&items.vectors, &items.weights, dims);
        let axes = SymmetricEigen::new(DMatrix::from_vec(dims, dims, gram));
        let mut order: Vec<usize> = (0..dims).collect();
        order.sort_by(|&a, &b| axes.eigenvalues[b].total_cmp(&axes.eigenvalues[a]));
        let mut turn = vec![Vec::with_capacity(dims); dims];
        for axis in order {
            let q = axes.eigenvalues[axis].max(0.0);
            let along = axes.eigenvectors.column(axis);
            let scale = 1.0 / (self.alpha0 * q + ridge).sqrt();
            for (turn, x) in turn.iter_mut().zip(&along) {
                turn.push((scale * x) as f32);
            }
        }
        let mut vectors = vec![0.0; items.vectors.len()];
        vectors
            .par_chunks_exact_mut(dims)
            .zip(items.vectors.par_chunks_exact(dims))
            .for_each(|(turned, vector)| {
                for (&x, turn) in vector.iter().zip(&turn) {
                    add(turned, x, turn);
                }
            });
        vectors
    }
}

/// `sum of w_i v_i v_i'`, row after row.
fn gram(vectors: &[f32], weights: &[f32], dims: usize) -> Vec<f64> {
    let mut gram = vec![0.0; dims * dims];
    // A few rows at a time, each one thread's work from start to end, so that the thread count cannot change a bit.
    gram.par_chunks_mut(GRAM_ROWS * dims)
        .enumerate()
        .for_each(|(block, rows)| {
            for (vector, weight) in vectors.chunks_exact(dims).zip(weights) {
                let own = vector[block * GRAM_ROWS..].iter();
                for (&x, sums) in own.zip(rows.chunks_exact_mut(dims)) {
                    let x = f64::from(weight * x);
                    for (sum, &y) in sums.iter_mut().zip(vector) {
                        *sum += x * f64::from(y);
                    }
                }
            }
        });
    gram
}

impl Side {
    /// Brings each vector of this side nearer to the minimum of the loss, the other side being as it is.
    fn approach(&mut self, other: &Side, alpha0: f64, dims: usize) {
        let shared: Vec<f32> = gram(&other.vectors, &other.weights, dims)
            .into_iter()
            .map(|x| (alpha0 * x) as f32)
            .collect();
        let (events, ridge) = (&self.events, &self.ridge);
        self.vectors
            .par_chunks_exact_mut(dims)
            .enumerate()
            .with_min_len(16)
            .for_each(|(row, vector)| {
                let (others, confidences) = events.row(row);
                let normal = Normal {
                    shared: &shared,
                    ridge: ridge[row],
                    others,
                    confidences,
                    vectors: &other.vectors,
                };
                normal.descend(vector);
            });
    }
}

/// The normal equations of one vector.
struct Normal<'a> {
    /// `alpha0 V'V` over all vectors of the other side.
    shared: &'a [f32],
    ridge: f32,
    others: &'a [u32],
    confidences: &'a [f32],
    vectors: &'a [f32],
}

impl Normal<'_> {
    /// A few steps of conjugate gradients from where `x` is.
    fn descend(&self, x: &mut [f32]) {
        let dims = x.len();
        let mut residual = vec![0.0; dims];
        let mut image = vec![0.0; dims];
        self.multiply(x, &mut image);
        for (&other, &confidence) in self.others.iter().zip(self.confidences) {
            add(&mut residual, confidence, self.other(other, dims));
        }
        add(&mut residual, -1.0, &image);
        let mut direction = residual.clone();
        let mut size = dot(&residual, &residual);
        for _ in 0..STEPS {
            self.multiply(&direction, &mut image);
            let curvature = dot(&direction, &image);
            if size <= f32::MIN_POSITIVE || curvature <= f32::MIN_POSITIVE {
                return;
            }
            let step = size / curvature;
            add(x, step, &direction);
            add(&mut residual, -step, &image);
            let before = std::mem::replace(&mut size, dot(&residual, &residual));
            let keep = size / before;
            for (d, r) in direction.iter_mut().zip(&residual) {
                *d = r + keep * *d;
            }
        }
    }

    fn multiply(&self, x: &[f32], image: &mut [f32]) {
        let dims = x.len();
        for (to, &from) in image.iter_mut().zip(x) {
            *to = self.ridge * from;
        }
        for (&x, row) in x.iter().zip(self.shared.chunks_exact(dims)) {
            add(image, x, row);
        }
        for (&other, &confidence) in self.others.iter().zip(self.confidences) {
            let vector = self.other(other, dims);
            add(image, confidence * dot(vector, x), vector);
        }
    }

    fn other(&self, at: u32, dims: usize) -> &[f32] {
        &self.vectors[at as usize * dims..][..dims]
    }
}

fn add(sum: &mut [f32], weight: f32, vector: &[f32]) {
    for (sum, x) in sum.iter_mut().zip(vector) {
        *sum += weight * x;
    }
}

/// In eight sums side by side, which the processor adds at once.
fn dot(a: &[f32], b: &[f32]) -> f32 {
    const LANES: usize = 8;
    let mut sums = [0.0; LANES];
    let (a, b) = (a.chunks_exact(LANES), b.chunks_exact(LANES));
    let rest = a.remainder().iter().zip(b.remainder());
    let rest: f32 = rest.map(|(a, b)| a * b).sum();
    for (a, b) in a.zip(b) {
        for ((sum, a), b) in sums.iter_mut().zip(a).zip(b) {
            *sum += a * b;
        }
    }
    sums.iter().sum::<f32>() + rest
}

#[cfg(test)]
mod tests;
