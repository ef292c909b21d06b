//! From scores to a list that people like to look at: how popular, how varied, how true to their genres.

use std::collections::BinaryHeap;

use matinee_format::Model;
use matinee_kernel::Rows;

use crate::profile::Profile;
use crate::score::{Best, Known, Part, Query, Scored, dot, score_in_parts, score_one};
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
    /// Which items may be in the list.
    pub filter: Filter,
}

/// Which items may be in a list, by what they are. By default all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Filter {
    /// Bit mask into [`Header::genres`](matinee_format::Header::genres): items of any of these; 0 asks for none.
    pub genres: u64,
    /// The earliest year. An item without a year is from year 0.
    pub from: u16,
    /// The latest year.
    pub to: u16,
}

impl Default for Filter {
    fn default() -> Self {
        Self {
            genres: 0,
            from: 0,
            to: u16::MAX,
        }
    }
}

impl Filter {
    /// Whether the item at `row` may be in the list.
    pub fn admits(&self, model: &Model, row: u32) -> bool {
        let (genres, year) = model.genres_and_year(row);
        self.fits(genres, year.unwrap_or(0))
    }

    fn fits(&self, genres: u64, year: u16) -> bool {
        (self.genres == 0 || self.genres & genres != 0) && (self.from..=self.to).contains(&year)
    }
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
            filter: self.filter,
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
    // Compiled here, and not by the caller, who is compiled to be small.
    list_of(model, profile, stars, k, options, &exclude)
}

#[inline(never)]
fn list_of(
    model: &Model,
    profile: &Profile,
    stars: Option<&StarProfile>,
    k: usize,
    options: &ListOptions,
    exclude: &dyn Fn(u32) -> bool,
) -> Vec<Scored> {
    let options = options.clamped();
    let query = Query::new(model, profile);
    let known = Known::of(profile);
    let rearranged = options.diversity > 0.0 || options.calibration > 0.0;
    let wanted = if rearranged { POOL.max(k) } else { k };
    let cautious = stars.filter(|_| options.caution > 0.0);
    let looked_at = match cautious {
        None => wanted,
        Some(_) => POOL.max(wanted.saturating_mul(SECOND_LOOK)),
    };
    let mut best = Best::of(looked_at.min(model.len()));
    score_in_parts(model, &query, |part| {
        let Part {
            first,
            scores,
            genres,
            years,
        } = part;
        if options.popularity != 0.0 {
            dial(model, first, scores, options.popularity);
        }
        let excluded = |row: u32| {
            let at = (row - first) as usize;
            !options.filter.fits(genres[at], years[at]) || known.holds(row) || exclude(row)
        };
        best.offer(first, scores, &excluded);
    });
    let mut list = best.in_order();
    if let Some(stars) = cautious {
        list = second_opinion(model, stars, list, wanted, options.caution);
    }
    if rearranged {
        list = arrange(model, profile, list, k, &options);
    }
    if options.popularity != 0.0 || cautious.is_some() {
        for item in &mut list {
            item.score = score_one(model, &query, item.row);
        }
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
    // By the heap that `top_k` sorts by: a second sort is 10 KB of code.
    let mut pool = BinaryHeap::from(pool).into_sorted_vec();
    pool.truncate(k);
    pool
}

/// What a positive score is multiplied by, `((1 - c) + c s)^2`: `c` is the caution, 0 to 1, and `s` the stars predicted
/// for the film, see [`StarProfile::share`].
pub fn caution_factor(caution: f32, share: f32) -> f32 {
    let factor = 1.0 - caution + caution * share;
    factor * factor
}

/// Turns the popularity dial on the scores of consecutive rows from `first` on.
fn dial(model: &Model, first: u32, scores: &mut [f32], towards: f32) {
    let popularity = |row: u32| model.popularity(row).max(1) as f32;
    let most = popularity(0);
    let strength = towards.abs();
    for (row, score) in (first..).zip(scores) {
        let factor = 1.0 - strength + strength * (popularity(row) / most).sqrt();
        if *score > 0.0 && towards > 0.0 {
            *score *= factor;
        } else if *score > 0.0 {
            *score /= factor;
        }
    }
}

/// Picks `k` of `pool`, which comes best first, by diversity and calibration; the popularity dial has no part in it.
/// Each step takes the item with the largest `(1 - c) ((1 - d) score - d closest) - c distance`: its score brought to
/// 0 to 1 over the pool, its cosine to the closest item taken before, and how far the genres of the list with it are
/// from the visitor's, times the items of that list, so that the last place matters as much as the first.
#[inline(never)]
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
        .map(|(place, scored)| Candidate {
            scored,
            place,
            merit: if range > 0.0 {
                (scored.score - worst) / range
            } else {
                1.0
            },
            closest: 0.0,
        })
        .collect();
    let mut taken: Vec<Scored> = Vec::with_capacity(k.min(open.len()));
    let mut genres = Shares::default();
    while taken.len() < k && !open.is_empty() {
        let places = (taken.len() + 1) as f32;
        let value = |candidate: &Candidate| {
            let merit =
                (1.0 - options.diversity) * candidate.merit - options.diversity * candidate.closest;
            if calibration == 0.0 {
                return merit;
            }
            let mut with = genres;
            with.add(model.genres(candidate.scored.row), 1.0);
            (1.0 - calibration) * merit - calibration * places * with.distance(&wanted)
        };
        let (mut best, mut highest) = (0, f32::NEG_INFINITY);
        for (at, candidate) in open.iter().enumerate() {
            let value = value(candidate);
            // Among equals the better score comes first: the earlier place, for they are in no order here.
            if value > highest || (value == highest && candidate.place < open[best].place) {
                (best, highest) = (at, value);
            }
        }
        let next = open.swap_remove(best);
        genres.add(model.genres(next.scored.row), 1.0);
        if options.diversity > 0.0 {
            let cosines = near.cosines(next.place);
            for candidate in &mut open {
                let cosine = cosines[candidate.place];
                if cosine > candidate.closest {
                    candidate.closest = cosine;
                }
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
        shares.add(model.genres(row), 1.0);
    }
    Some(shares.distance(&wanted))
}

fn genres_of_likes(model: &Model, profile: &Profile) -> Option<Shares> {
    let mut shares = Shares::default();
    for folded in profile.folded().filter(|folded| folded.weight > 0) {
        shares.add(model.genres(folded.row), 1.0);
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
}

/// The vectors of a pool side by side, to be held against one of them at once.
struct Near {
    codes: Vec<i8>,
    dims: usize,
    levels: u8,
    /// One over the length of each vector.
    scales: Vec<f32>,
    biases: Vec<f32>,
    cosines: Vec<f32>,
}

impl Near {
    fn new(model: &Model, pool: &[Scored]) -> Self {
        let vectors = || pool.iter().map(|scored| model.codes(scored.row));
        Near {
            codes: vectors().flatten().copied().collect(),
            dims: model.dims(),
            levels: model.header().levels,
            scales: vectors()
                .map(|codes| 1.0 / (dot(codes, codes) as f32).sqrt().max(1.0))
                .collect(),
            biases: vec![0.0; pool.len()],
            cosines: vec![0.0; pool.len()],
        }
    }

    /// The cosine of each with the one at `place`.
    fn cosines(&mut self, place: usize) -> &[f32] {
        let rows = Rows {
            codes: &self.codes,
            dims: self.dims,
            levels: self.levels,
            scales: &self.scales,
            biases: &self.biases,
        };
        let query = matinee_kernel::Query {
            codes: &self.codes[place * self.dims..][..self.dims],
            step: self.scales[place],
        };
        matinee_kernel::score(rows, query, &mut self.cosines);
        &self.cosines
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
