//! From scores to a list that people like to look at: how popular, how varied, how true to their genres.

use matinee_format::Model;
use matinee_kernel::Rows;

use crate::profile::Profile;
use crate::score::{Query, Scored, dot, score_all, top_k};
use crate::stars::StarProfile;

/// Candidates that a list is put together from. The best few hundred hold every film that could be in it.
const POOL: usize = 300;

/// Films looked at for each one wanted where predicted stars count: one that scores lower still gets nowhere by them.
const SECOND_LOOK: usize = 3;

/// How a list is put together. With all four at 0 it is the order of the scores. Numbers outside their range are
/// taken as the nearest in it, and NaN as 0.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct ListOptions {
    /// -1 to 1: obscure films, 0 as the model says, crowd-pleasers. With `f = 1 - |x| + |x| sqrt(share)`, where `share`
    /// is the film's part of the largest popularity, positive scores are multiplied by `f`, or, on the obscure side,
    /// divided by it.
    pub popularity: f32,
    /// 0 to 1: how much unlikeness counts beside the score. Maximal marginal relevance (Carbonell and Goldstein,
    /// 1998) with the cosine of the item vectors.
    pub diversity: f32,
    /// 0 to 1: how much the list's genres are held to those of what the visitor likes. Steck, "Calibrated
    /// Recommendations" (2018), with the squared Hellinger distance in place of the Kullback-Leibler divergence: it
    /// needs square roots only, which every platform computes alike, and no smoothing.
    pub calibration: f32,
    /// 0 to 1: how far the stars predicted for a film count beside its score, so that fewer of the films shown are
    /// disliked. Positive scores are multiplied by [`caution_factor`].
    pub caution: f32,
}

impl ListOptions {
    /// What the model's trainer chose.
    pub fn of(model: &Model) -> Self {
        let caution = model.stars().and_then(|stars| stars.caution());
        Self {
            caution: caution.map_or(0.0, |caution| caution.value()),
            ..Self::default()
        }
    }

    fn clamped(&self) -> Self {
        let clamp = |x: f32, least: f32| if x.is_nan() { 0.0 } else { x.clamp(least, 1.0) };
        Self {
            popularity: clamp(self.popularity, -1.0),
            diversity: clamp(self.diversity, 0.0),
            calibration: clamp(self.calibration, 0.0),
            caution: clamp(self.caution, 0.0),
        }
    }
}

/// The visitor's list of `k` items, best first, without those they have an opinion on and those `exclude` names.
/// Scores are the model's own, which the order need not follow. Without `stars` there is no caution.
pub fn list(
    model: &Model,
    profile: &Profile,
    stars: Option<&StarProfile>,
    k: usize,
    options: &ListOptions,
    exclude: impl Fn(u32) -> bool,
) -> Vec<Scored> {
    let options = options.clamped();
    let mut scores = Vec::new();
    score_all(model, &Query::new(model, profile), &mut scores);
    let mut known = vec![false; model.len()];
    for folded in profile.folded() {
        known[folded.row as usize] = true;
    }
    let mut worth = scores.clone();
    dial(model, &mut worth, options.popularity);
    let rearranged = options.diversity > 0.0 || options.calibration > 0.0;
    let wanted = if rearranged { POOL.max(k) } else { k };
    let excluded = |row: u32| known[row as usize] || exclude(row);
    let pool = match stars.filter(|_| options.caution > 0.0) {
        None => top_k(&worth, wanted, excluded),
        Some(stars) => {
            let pool = top_k(
                &worth,
                POOL.max(wanted.saturating_mul(SECOND_LOOK)),
                excluded,
            );
            second_opinion(model, stars, pool, wanted, options.caution)
        }
    };
    let mut list = if rearranged {
        arrange(model, profile, pool, k, &options)
    } else {
        pool
    };
    for item in &mut list {
        item.score = scores[item.row as usize];
    }
    list
}

/// The `k` best of `pool` after the stars predicted for them are looked at.
fn second_opinion(
    model: &Model,
    stars: &StarProfile,
    mut pool: Vec<Scored>,
    k: usize,
    caution: f32,
) -> Vec<Scored> {
    for candidate in &mut pool {
        if candidate.score > 0.0 {
            let share = stars.share(model, candidate.row);
            candidate.score *= share.map_or(1.0, |share| caution_factor(caution, share));
        }
    }
    pool.sort_unstable();
    pool.truncate(k);
    pool
}

/// What a positive score is multiplied by, `((1 - c) + c s)^2`: `c` is the caution, 0 to 1, and `s` the stars predicted
/// for the film, see [`StarProfile::share`].
pub fn caution_factor(caution: f32, share: f32) -> f32 {
    let factor = 1.0 - caution + caution * share;
    factor * factor
}

fn dial(model: &Model, scores: &mut [f32], towards: f32) {
    if towards == 0.0 {
        return;
    }
    let popularity = |row: u32| model.item(row).popularity.max(1) as f32;
    let most = popularity(0);
    for (row, score) in (0..).zip(scores) {
        let strength = towards.abs();
        let factor = 1.0 - strength + strength * (popularity(row) / most).sqrt();
        if *score > 0.0 {
            *score = if towards > 0.0 {
                *score * factor
            } else {
                *score / factor
            };
        }
    }
}

/// Picks `k` of `pool`, which comes best first, by diversity and calibration; the popularity dial has no part in it.
/// Each step takes the item with the largest `(1 - c) ((1 - d) score - d closest) - c distance`: its score brought to
/// 0 to 1 over the pool, its cosine to the closest item taken before, and how far the genres of the list with it are
/// from the visitor's, times the items of that list, so that the last place matters as much as the first.
pub fn arrange(
    model: &Model,
    profile: &Profile,
    pool: Vec<Scored>,
    k: usize,
    options: &ListOptions,
) -> Vec<Scored> {
    let options = options.clamped();
    let wanted = genres_of_likes(model, profile);
    let calibration = match &wanted {
        Some(_) => options.calibration,
        None => 0.0,
    };
    let wanted = wanted.unwrap_or_default();
    let scores = pool.iter().map(|candidate| candidate.score);
    let worst = scores.clone().fold(f32::INFINITY, f32::min);
    let range = scores.fold(f32::NEG_INFINITY, f32::max) - worst;

    let mut near = Near::new(model, &pool);
    let mut open: Vec<Candidate> = pool
        .into_iter()
        .enumerate()
        .map(|(place, scored)| {
            let codes = model.codes(scored.row);
            Candidate {
                scored,
                place,
                merit: if range > 0.0 {
                    (scored.score - worst) / range
                } else {
                    1.0
                },
                closest: 0.0,
                length: (dot(codes, codes) as f32).sqrt().max(1.0),
            }
        })
        .collect();
    let mut taken: Vec<Scored> = Vec::with_capacity(k.min(open.len()));
    let mut genres = Shares::default();
    while taken.len() < k && !open.is_empty() {
        let value = |candidate: &Candidate| {
            let merit =
                (1.0 - options.diversity) * candidate.merit - options.diversity * candidate.closest;
            if calibration == 0.0 {
                return merit;
            }
            let mut with = genres;
            with.add(model.item(candidate.scored.row).genres, 1.0);
            let places = (taken.len() + 1) as f32;
            (1.0 - calibration) * merit - calibration * places * with.distance(&wanted)
        };
        let mut best = 0;
        let mut highest = f32::NEG_INFINITY;
        for (at, candidate) in open.iter().enumerate() {
            let value = value(candidate);
            if value > highest {
                (best, highest) = (at, value);
            }
        }
        // Not `swap_remove`: among equals the better score comes first.
        let next = open.remove(best);
        genres.add(model.item(next.scored.row).genres, 1.0);
        if options.diversity > 0.0 {
            let products = near.products(model.codes(next.scored.row));
            for candidate in &mut open {
                let cosine = products[candidate.place] / (next.length * candidate.length);
                candidate.closest = candidate.closest.max(cosine);
            }
        }
        taken.push(next.scored);
    }
    taken
}

/// How far the genres of `rows` are from those of what the visitor likes: the squared Hellinger distance, 0 to 1.
/// None when the visitor likes nothing that has a genre.
pub fn miscalibration(
    model: &Model,
    profile: &Profile,
    rows: impl IntoIterator<Item = u32>,
) -> Option<f32> {
    let wanted = genres_of_likes(model, profile)?;
    let mut shares = Shares::default();
    for row in rows {
        shares.add(model.item(row).genres, 1.0);
    }
    Some(shares.distance(&wanted))
}

fn genres_of_likes(model: &Model, profile: &Profile) -> Option<Shares> {
    let mut shares = Shares::default();
    for folded in profile.folded().filter(|folded| folded.weight > 0) {
        shares.add(model.item(folded.row).genres, 1.0);
    }
    (shares.total > 0.0).then_some(shares)
}

struct Candidate {
    scored: Scored,
    /// Its place in the pool.
    place: usize,
    /// Its score, 0 to 1 over the pool.
    merit: f32,
    /// Its cosine to the closest item that was taken; 0 if that is negative.
    closest: f32,
    length: f32,
}

/// The vectors of a pool side by side, to be held against one of them at once.
struct Near {
    codes: Vec<i8>,
    dims: usize,
    levels: u8,
    ones: Vec<f32>,
    zeros: Vec<f32>,
    products: Vec<f32>,
}

impl Near {
    fn new(model: &Model, pool: &[Scored]) -> Self {
        Near {
            codes: pool
                .iter()
                .flat_map(|scored| model.codes(scored.row))
                .copied()
                .collect(),
            dims: model.dims(),
            levels: model.header().levels,
            ones: vec![1.0; pool.len()],
            zeros: vec![0.0; pool.len()],
            products: vec![0.0; pool.len()],
        }
    }

    /// The dot product of each with `codes`. Such integers are exact in `f32`: they are below 2^24.
    fn products(&mut self, codes: &[i8]) -> &[f32] {
        let rows = Rows {
            codes: &self.codes,
            dims: self.dims,
            levels: self.levels,
            scales: &self.ones,
            biases: &self.zeros,
        };
        let query = matinee_kernel::Query { codes, step: 1.0 };
        matinee_kernel::score(rows, query, &mut self.products);
        &self.products
    }
}

/// How much of each genre there is. An item's genres share it evenly.
#[derive(Clone, Copy)]
struct Shares {
    genres: [f32; 64],
    total: f32,
}

impl Default for Shares {
    fn default() -> Self {
        Shares {
            genres: [0.0; 64],
            total: 0.0,
        }
    }
}

impl Shares {
    fn add(&mut self, genres: u64, amount: f32) {
        if genres == 0 {
            return;
        }
        let part = amount / genres.count_ones() as f32;
        let mut rest = genres;
        while rest != 0 {
            self.genres[rest.trailing_zeros() as usize] += part;
            rest &= rest - 1;
        }
        self.total += amount;
    }

    /// The squared Hellinger distance: 0 for equal shares, 1 for no genre in common or none at all.
    fn distance(&self, other: &Shares) -> f32 {
        if self.total == 0.0 || other.total == 0.0 {
            return 1.0;
        }
        let pairs = self.genres.iter().zip(&other.genres);
        let overlap: f32 = pairs.map(|(a, b)| (a * b).sqrt()).sum();
        (1.0 - overlap / (self.total * other.total).sqrt()).max(0.0)
    }
}
