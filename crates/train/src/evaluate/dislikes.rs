//! What low ratings are worth: how many of the films recommended are disliked, and what avoiding them costs.

use std::cmp::Ordering;

use matinee_format::Feedback;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;

use super::judge::{LONGEST, SHOWN, best};
use super::{Estimate, Metric};
use crate::grades::{Grades, Scale};
use crate::model::{Packed, be_cautious};
use crate::split::{Event, HeldOutUser};

/// One low rating in this many is held out, as of the likes.
const HELD_OUT_OF: f64 = 5.0;
/// Ratings up to this part of the highest are dislikes: two stars of five.
const DISLIKED: f32 = 0.4;
/// What four stars weigh beside five: likes are told apart in training already.
const LIKE: f64 = 0.8;
/// The other weights tried, each with every other.
const NEUTRALS: [f64; 3] = [0.0, 0.1, 0.2];
const DISLIKES: [f64; 8] = [0.0, -0.15, -0.25, -0.35, -0.45, -0.55, -0.65, -0.8];
/// What one star weighs more than two.
const WORSE: [f64; 2] = [0.0, 0.3];
const OWN_MEANS: [f64; 2] = [0.0, 0.3];
/// How far predicted stars count, where the model predicts any.
const CAUTIONS: [f32; 6] = [0.0, 0.2, 0.4, 0.6, 0.8, 1.0];

/// A held-out user some of whose low ratings are hidden as well.
#[derive(Debug, Clone, PartialEq)]
pub struct Opinionated {
    /// What the visitor is known to have rated, in ascending item order; never to be recommended again.
    pub known: Vec<Event>,
    /// Hidden likes, ascending; never empty.
    pub likes: Vec<u32>,
    /// Hidden dislikes, ascending.
    pub dislikes: Vec<u32>,
}

/// What a way to read ratings leads to.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// NDCG@100 of the hidden likes for each user, all films that the user is known to have rated left out.
    pub ndcg: Vec<f64>,
    /// Hidden likes in each user's first 20.
    pub liked: Vec<u32>,
    /// Hidden dislikes in each user's first 20.
    pub disliked: Vec<u32>,
    /// Share of pairs of a hidden like and a hidden dislike of one user in which the like scores higher.
    pub in_order: f64,
}

/// A way to spare visitors what they would dislike.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Way {
    /// What their ratings weigh.
    pub grades: Grades,
    /// How far predicted stars count, 0 to 1.
    pub caution: f32,
}

/// A way to read ratings, and what it leads to.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// None for likes alone.
    pub way: Option<Way>,
    /// What came of them.
    pub outcome: Outcome,
}

impl Outcome {
    /// Disliked hits for each liked hit, over all users, with its standard error (that of a ratio of means).
    pub fn disliked_per_liked(&self) -> Estimate {
        let sum = |of: &[u32]| of.iter().map(|&n| f64::from(n)).sum::<f64>();
        let (liked, n) = (sum(&self.liked), self.liked.len() as f64);
        let ratio = sum(&self.disliked) / liked;
        let pairs = self.disliked.iter().zip(&self.liked);
        let residuals = pairs.map(|(&d, &l)| (f64::from(d) - ratio * f64::from(l)) * n / liked);
        Estimate {
            mean: ratio,
            standard_error: Estimate::of(residuals).standard_error,
        }
    }

    /// Mean NDCG@100.
    pub fn ndcg(&self) -> Estimate {
        Estimate::of(self.ndcg.iter().copied())
    }
}

/// Hides a fifth of the low ratings of each user as well, so that there are dislikes to run into.
pub fn hide_dislikes(users: &[HeldOutUser], scale: &Scale, seed: u64) -> Vec<Opinionated> {
    // Without ratings nobody dislikes anything, and there is nothing to choose.
    let Some(ratings) = scale.ratings else {
        return Vec::new();
    };
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let split = |user: &HeldOutUser| {
        let (hidden, mut known): (Vec<Event>, Vec<Event>) = user
            .others
            .iter()
            .partition(|_| rng.random::<f64>() < 1.0 / HELD_OUT_OF);
        known.extend(&user.likes);
        known.sort_unstable_by_key(|event| event.item);
        let disliked = |e: &&Event| e.rating.is_some_and(|r| r <= ratings.max * DISLIKED);
        Opinionated {
            known,
            likes: user.held_out.clone(),
            dislikes: hidden.iter().filter(disliked).map(|e| e.item).collect(),
        }
    };
    users.iter().map(split).collect()
}

/// Judges `model` when ratings are read in `way`; on likes alone where there is none.
pub fn outcome(model: &Packed, scale: &Scale, way: Option<&Way>, users: &[Opinionated]) -> Outcome {
    let shares = shares(model, users);
    let (feedback, caution) = match way {
        Some(way) => (Some(way.grades.feedback(scale)), way.caution),
        None => (None, 0.0),
    };
    let [outcome] = outcomes(model, feedback.as_ref(), &[caution], users, &shares)
        .try_into()
        .expect("an outcome for each caution");
    outcome
}

/// The stars predicted for each user, which do not depend on what ratings weigh.
fn shares(model: &Packed, users: &[Opinionated]) -> Vec<Vec<f32>> {
    users
        .par_iter()
        .map(|user| model.shares(&user.known))
        .collect()
}

/// The outcome for each of `cautions`, ratings read by `feedback`, or likes alone where there is none.
fn outcomes(
    model: &Packed,
    feedback: Option<&Feedback>,
    cautions: &[f32],
    users: &[Opinionated],
    shares: &[Vec<f32>],
) -> Vec<Outcome> {
    let items = model.model().len();
    let judged: Vec<Vec<Judged>> = users
        .par_iter()
        .zip(shares)
        .map_init(
            || (vec![0.0; items], vec![0.0; items]),
            |(plain, scores), (user, shares)| {
                let likes: Vec<Event>;
                let (feedback, known) = match feedback {
                    Some(feedback) => (feedback, &user.known),
                    None => {
                        likes = user.known.iter().filter(|e| e.liked).copied().collect();
                        (model.feedback(), &likes)
                    }
                };
                model.score_by(feedback, known, plain);
                let judge = |&caution: &f32| {
                    scores.copy_from_slice(plain);
                    be_cautious(scores, shares, caution);
                    Judged::of(scores, user)
                };
                cautions.iter().map(judge).collect()
            },
        )
        .collect();
    let outcome = |at: usize| {
        let judged = || judged.iter().map(|user| &user[at]);
        let right: f64 = judged().map(|user| user.right).sum();
        let pairs: usize = judged().map(|user| user.pairs).sum();
        Outcome {
            ndcg: judged().map(|user| user.ndcg).collect(),
            liked: judged().map(|user| user.liked).collect(),
            disliked: judged().map(|user| user.disliked).collect(),
            in_order: right / pairs as f64,
        }
    };
    (0..cautions.len()).map(outcome).collect()
}

/// What one user's list comes to; see [`Outcome`].
struct Judged {
    ndcg: f64,
    liked: u32,
    disliked: u32,
    right: f64,
    pairs: usize,
}

impl Judged {
    /// Overwrites the scores of what the user is known to have rated.
    fn of(scores: &mut [f32], user: &Opinionated) -> Self {
        let (right, pairs) = order(scores, user);
        for event in &user.known {
            scores[event.item as usize] = f32::NEG_INFINITY;
        }
        let list = best(scores, LONGEST.min(scores.len() - user.known.len()));
        let hits = |of: &[u32]| {
            let hit = |item: &&u32| of.binary_search(item).is_ok();
            list.iter().take(SHOWN).filter(hit).count() as u32
        };
        Self {
            ndcg: Metric::Ndcg100.of(&list, &user.likes),
            liked: hits(&user.likes),
            disliked: hits(&user.dislikes),
            right,
            pairs,
        }
    }
}

/// Pairs of a hidden like and a hidden dislike that the scores put in order, ties counting half, and all pairs.
fn order(scores: &[f32], user: &Opinionated) -> (f64, usize) {
    let mut right = 0.0;
    for &like in &user.likes {
        for &dislike in &user.dislikes {
            right += match scores[like as usize].total_cmp(&scores[dislike as usize]) {
                Ordering::Greater => 1.0,
                Ordering::Equal => 0.5,
                Ordering::Less => 0.0,
            };
        }
    }
    (right, user.likes.len() * user.dislikes.len())
}

/// Every way to read ratings that no other beats both in NDCG@100 and in disliked hits per liked hit, from the one
/// that finds most to the one that avoids most. The first entry is likes alone, whatever it leads to.
///
/// Empty where there is nobody to judge by.
pub fn frontier(model: &Packed, scale: &Scale, users: &[Opinionated]) -> Vec<Point> {
    if users.is_empty() {
        return Vec::new();
    }
    let shares = shares(model, users);
    let cautions = match model.model().stars() {
        Some(_) => &CAUTIONS[..],
        None => &CAUTIONS[..1],
    };
    let mut points = Vec::new();
    for grades in every_grade() {
        let feedback = grades.feedback(scale);
        let outcomes = outcomes(model, Some(&feedback), cautions, users, &shares);
        points.extend(
            cautions
                .iter()
                .zip(outcomes)
                .map(|(&caution, outcome)| Point {
                    way: Some(Way { grades, caution }),
                    outcome,
                }),
        );
    }
    points.sort_by(|a, b| b.outcome.ndcg().mean.total_cmp(&a.outcome.ndcg().mean));
    let mut least = f64::INFINITY;
    points.retain(|point| {
        let ratio = point.outcome.disliked_per_liked().mean;
        let better = ratio < least;
        least = least.min(ratio);
        better
    });
    points.insert(
        0,
        Point {
            way: None,
            outcome: outcome(model, scale, None, users),
        },
    );
    points
}

/// The point of a [`frontier`] that avoids most dislikes while it keeps `kept` (such as 0.98) of the NDCG@100 that
/// likes alone reach.
pub fn choose(frontier: &[Point], kept: f64) -> Option<Way> {
    let (likes, others) = frontier.split_first()?;
    let enough = kept * likes.outcome.ndcg().mean;
    let mut affordable = others
        .iter()
        .filter(|point| point.outcome.ndcg().mean >= enough);
    // In order of falling NDCG the ratio falls too: the last one avoids most.
    affordable.next_back().and_then(|point| point.way)
}

fn every_grade() -> Vec<Grades> {
    let mut all = Vec::new();
    for neutral in NEUTRALS {
        for dislike in DISLIKES {
            for worse in WORSE {
                all.extend(OWN_MEANS.map(|own_mean| Grades {
                    like: LIKE,
                    neutral,
                    dislike,
                    hate: (dislike - worse).max(-1.0),
                    own_mean,
                }));
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::{Input, Settings};
    use crate::model::{Method, Ranker, Reading};
    use crate::split::{Split, SplitOptions};
    use crate::stars::{StarOptions, head_within};
    use crate::synth::Synth;

    #[test]
    fn reading_low_ratings_spares_visitors_dislikes_at_a_price_that_is_kept() {
        let ratings = Synth {
            users: 700,
            items: 300,
            seed: 11,
        }
        .generate()
        .ratings();
        let scale = Scale::of(&ratings);
        let options = SplitOptions {
            seed: 1,
            test_users: Some(150),
            validation_users: Some(150),
        };
        let split = Split::strong(&ratings, &options).expect("enough users");
        let stars = StarOptions {
            dims: 2,
            sweeps: 12,
            ..StarOptions::default()
        };
        let mut algorithm = Ranker {
            method: Method::Dlae,
            reading: None,
            dims: 16,
            levels: 31,
            scale: scale.clone(),
            input: Input::Likes,
            content: None,
            seed: 1,
        };
        use crate::evaluate::Algorithm;
        let settings: Settings = algorithm
            .axes()
            .iter()
            .map(|axis| (axis.name, axis.default))
            .collect();
        algorithm.reading = Some(Reading {
            feedback: algorithm.feedback(&settings),
            stars: head_within(&split, scale.ratings, &stars).expect("a head"),
        });
        let model = algorithm
            .fit_packed(&split.train, &settings)
            .expect("a fit");

        let users = hide_dislikes(&split.validation, &scale, 1);
        for user in &users {
            let known: Vec<u32> = user.known.iter().map(|event| event.item).collect();
            assert!(known.is_sorted());
            let hidden = user.likes.iter().chain(&user.dislikes);
            assert!(hidden.into_iter().all(|item| !known.contains(item)));
        }
        assert!(users.iter().any(|user| !user.dislikes.is_empty()));

        let points = frontier(&model, &scale, &users);
        assert_eq!(points[0].way, None);
        let cautious = |point: &&Point| point.way.is_some_and(|way| way.caution > 0.0);
        assert!(
            points.iter().any(|point| cautious(&point)),
            "a second opinion helps"
        );
        assert!(points.len() > 2, "{} points", points.len());
        for pair in points[1..].windows(2) {
            let (better, safer) = (&pair[0].outcome, &pair[1].outcome);
            assert!(better.ndcg().mean >= safer.ndcg().mean);
            assert!(better.disliked_per_liked().mean > safer.disliked_per_liked().mean);
        }
        let likes = points[0].outcome.ndcg().mean;
        for kept in [0.99, 0.9] {
            let chosen = choose(&points, kept).expect("something is affordable");
            let point = points.iter().find(|point| point.way == Some(chosen));
            let outcome = &point.expect("it is on the frontier").outcome;
            assert!(outcome.ndcg().mean >= kept * likes);
            let safer = |other: &&Point| {
                other.outcome.disliked_per_liked().mean < outcome.disliked_per_liked().mean
            };
            let mut safer = points[1..].iter().filter(safer);
            assert!(safer.all(|other| other.outcome.ndcg().mean < kept * likes));
        }
        assert_eq!(choose(&points, 2.0), None);
    }
}
