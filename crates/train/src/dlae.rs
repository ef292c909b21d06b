//! The ranking model: a denoising linear autoencoder, truncated, with user weights.
//!
//! For feedback `X` (users x items, in [-1, 1]), user weights `w_u = n_u^-beta` and the ridge
//! `L_i = lambda * mean(w) + p / (1 - p) * (X'WX)_ii` that input dropout with probability `p` amounts to
//! (Steck, "Autoencoders that don't overfit towards the Identity", 2020), the top-d SVD of `W^1/2 X L^-1/2` gives
//! `V` and `sigma`, and `E = V * diag(sqrt(sigma^2 / (1 + sigma^2)))`. A visitor's vector is the sum of
//! `x_i * L_i^-1/2 * E_i`; the score of `j` is `L_j^1/2 * (E_j . z)`.
//! Down-weighting users with many ratings keeps a few heavy raters from deciding for everyone.

use crate::grades::Grades;
use crate::sparse::Csr;
use crate::svd::truncated_svd;

/// Hyper-parameters.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hyper {
    /// A user with n ratings weighs n^-beta; 0 lets heavy raters count in full.
    pub beta: f64,
    /// Ridge, in units of the mean user weight.
    pub lambda: f64,
    /// Probability with which an input is dropped in training, below 1.
    pub dropout: f64,
    /// Scores are multiplied by popularity^-gamma: more than 0 favours the less known.
    pub gamma: f64,
    /// What ratings weigh.
    pub grades: Grades,
    /// What a fact about items, such as a genre or a tag, weighs beside a user: a fact that n items share counts
    /// like a user who likes them all, `facts * mean(w) * n^-1/2` times. 0 leaves facts out.
    pub facts: f64,
}

/// A trained model before quantisation.
#[derive(Debug, Clone, PartialEq)]
pub struct Factors {
    /// Length of each vector.
    pub dims: usize,
    /// Item vectors, one after another.
    pub vectors: Vec<f32>,
    /// `L_i^-1/2`: what feedback on an item is multiplied by.
    pub in_scales: Vec<f32>,
    /// `L_i^1/2 * popularity^-gamma`: what an item's dot product is multiplied by.
    pub out_scales: Vec<f32>,
}

impl Factors {
    /// Vector of item `i`.
    pub fn vector(&self, i: usize) -> &[f32] {
        &self.vectors[i * self.dims..][..self.dims]
    }

    /// Number of items.
    pub fn items(&self) -> usize {
        self.in_scales.len()
    }
}

/// Trains on `feedback` (users x items, entries in [-1, 1]) and, where there are any, on `facts` about the items
/// (items x facts). An entry of 0 says that the item was seen and counts for nothing here.
pub fn train(
    feedback: &Csr,
    facts: Option<&Csr>,
    hyper: &Hyper,
    dims: usize,
    seed: u64,
) -> Factors {
    let weights: Vec<f64> = (0..feedback.rows)
        .map(
            |user| match feedback.row(user).1.iter().filter(|&&x| x != 0.0).count() {
                0 => 0.0,
                events => (events as f64).powf(-hyper.beta),
            },
        )
        .collect();
    let active = weights.iter().filter(|&&w| w > 0.0).count().max(1);
    let mean_weight = weights.iter().sum::<f64>() / active as f64;

    let mut energy = vec![0.0_f64; feedback.cols];
    let mut popularity = vec![0.0_f64; feedback.cols];
    for (user, weight) in weights.iter().enumerate() {
        let (items, values) = feedback.row(user);
        for (&item, &x) in items.iter().zip(values) {
            energy[item as usize] += weight * f64::from(x) * f64::from(x);
            popularity[item as usize] += f64::from(u8::from(x > 0.0));
        }
    }
    let odds = hyper.dropout / (1.0 - hyper.dropout);
    let ridge: Vec<f64> = energy
        .iter()
        .map(|energy| hyper.lambda * mean_weight + odds * energy)
        .collect();

    let mut scaled = feedback.clone();
    for (user, weight) in weights.iter().enumerate() {
        for entry in scaled.indptr[user]..scaled.indptr[user + 1] {
            let item = scaled.indices[entry] as usize;
            scaled.values[entry] =
                (f64::from(scaled.values[entry]) * (weight / ridge[item]).sqrt()) as f32;
        }
    }
    if let Some(facts) = facts.filter(|_| hyper.facts > 0.0) {
        append_facts(
            &mut scaled,
            &facts.transpose(),
            &ridge,
            hyper.facts * mean_weight,
        );
    }
    let svd = truncated_svd(&scaled, dims, seed);
    let shrink: Vec<f64> = svd
        .values
        .iter()
        .map(|s| (s * s / (1.0 + s * s)).sqrt())
        .collect();
    let mut vectors = Vec::with_capacity(feedback.cols * dims);
    for item in 0..feedback.cols {
        vectors.extend((0..dims).map(|k| (svd.right[(item, k)] * shrink[k]) as f32));
    }
    let out_scale = |(ridge, popularity): (&f64, &f64)| {
        (ridge.sqrt() * (1.0 + popularity).powf(-hyper.gamma)) as f32
    };
    Factors {
        dims,
        vectors,
        in_scales: ridge
            .iter()
            .map(|ridge| (1.0 / ridge.sqrt()) as f32)
            .collect(),
        out_scales: ridge.iter().zip(&popularity).map(out_scale).collect(),
    }
}

/// Adds a row for each of `facts` (facts x items), as if it were a user of weight `weight * n^-1/2`. Collective matrix
/// factorisation (Singh and Gordon, "Relational Learning via Collective Matrix Factorization", 2008) in closed form.
fn append_facts(scaled: &mut Csr, facts: &Csr, ridge: &[f64], weight: f64) {
    for fact in 0..facts.rows {
        let (items, values) = facts.row(fact);
        let shared: f64 = values.iter().map(|&x| f64::from(x).powi(2)).sum();
        let weight = weight / shared.sqrt();
        let row = items.iter().zip(values).map(|(&item, &x)| {
            let x = f64::from(x) * (weight / ridge[item as usize]).sqrt();
            (item, x as f32)
        });
        scaled.push_row(row);
    }
}
