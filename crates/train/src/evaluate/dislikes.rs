//! What low ratings are worth: how many of the films recommended are disliked, and what avoiding them costs.

use std::cmp::Ordering;

use matinee_format::Feedback;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;

use super::{Estimate, Metric, judge};
use crate::grades::{Grades, Scale};
use crate::model::Packed;
use crate::split::{Event, HeldOutUser};

/// The films that are recommended at once.
const SHOWN: usize = 20;
/// One low rating in this many is held out, as of the likes.
const HELD_OUT_OF: f64 = 5.0;
/// Ratings up to this part of the highest are dislikes: two stars of five.
const DISLIKED: f32 = 0.4;
/// What four stars weigh beside five: likes are told apart in training already.
const LIKE: f64 = 0.8;
/// The other weights tried, each with every other.
const NEUTRALS: [f64; 3] = [0.0, 0.15, 0.3];
const DISLIKES: [f64; 5] = [0.0, -0.2, -0.35, -0.5, -0.7];
/// What one star weighs more than two.
const WORSE: [f64; 2] = [0.0, 0.4];
const OWN_MEANS: [f64; 2] = [0.0, 0.5];

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

/// What a way to grade ratings leads to.
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

/// A way to grade ratings, and what it leads to.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// The weights; none for likes alone.
    pub grades: Option<Grades>,
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

/// Judges `model`, which reads ratings by `feedback`; likes alone where there is none.
pub fn outcome(model: &Packed, feedback: Option<&Feedback>, users: &[Opinionated]) -> Outcome {
    let items = model.model().len();
    let judged: Vec<_> = users
        .par_iter()
        .map_init(
            || vec![0.0; items],
            |scores, user| {
                let mut known = user.known.clone();
                match feedback {
                    Some(feedback) => model.score_by(feedback, &known, scores),
                    None => {
                        known.retain(|event| event.liked);
                        model.score_by(model.feedback(), &known, scores);
                    }
                }
                let (right, pairs) = order(scores, user);
                for event in &user.known {
                    scores[event.item as usize] = f32::NEG_INFINITY;
                }
                let list = judge::best(scores, judge::LONGEST.min(items - user.known.len()));
                let hits = |of: &[u32]| {
                    let hit = |item: &&u32| of.binary_search(item).is_ok();
                    list.iter().take(SHOWN).filter(hit).count() as u32
                };
                (
                    Metric::Ndcg100.of(&list, &user.likes),
                    hits(&user.likes),
                    hits(&user.dislikes),
                    right,
                    pairs,
                )
            },
        )
        .collect();
    let right: f64 = judged.iter().map(|user| user.3).sum();
    let pairs: usize = judged.iter().map(|user| user.4).sum();
    Outcome {
        ndcg: judged.iter().map(|user| user.0).collect(),
        liked: judged.iter().map(|user| user.1).collect(),
        disliked: judged.iter().map(|user| user.2).collect(),
        in_order: right / pairs as f64,
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

/// Every way to grade ratings that no other beats both in NDCG@100 and in disliked hits per liked hit, from the one
/// that finds most to the one that avoids most. The first entry is likes alone, whatever it leads to.
pub fn frontier(model: &Packed, scale: &Scale, users: &[Opinionated]) -> Vec<Point> {
    let mut points = Vec::new();
    for grades in every_grade() {
        let outcome = outcome(model, Some(&grades.feedback(scale)), users);
        points.push(Point {
            grades: Some(grades),
            outcome,
        });
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
            grades: None,
            outcome: outcome(model, None, users),
        },
    );
    points
}

/// The point of a [`frontier`] that avoids most dislikes while it keeps `kept` (such as 0.98) of the NDCG@100 that
/// likes alone reach.
pub fn choose(frontier: &[Point], kept: f64) -> Option<Grades> {
    let (likes, others) = frontier.split_first()?;
    let enough = kept * likes.outcome.ndcg().mean;
    let affordable = others
        .iter()
        .filter(|point| point.outcome.ndcg().mean >= enough);
    // In order of falling NDCG the ratio falls too: the last one avoids most.
    affordable.last().and_then(|point| point.grades)
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
