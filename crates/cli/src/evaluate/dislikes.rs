//! What reading low ratings saves visitors from, and what it costs.

use anyhow::{Result, ensure};
use matinee_train::dataset::Ratings;
use matinee_train::evaluate::dislikes::{Point, Way, choose, frontier, hide_dislikes, outcome};
use matinee_train::evaluate::{Input, tune};
use matinee_train::grades::Scale;
use matinee_train::model::Reading;
use matinee_train::split::Split;
use matinee_train::stars::head_within;
use serde::Serialize;

use super::{EvaluateArgs, bar, ranking, rounded};
use crate::table::Table;

/// Parts of the NDCG@100 of likes alone that may be given up for fewer dislikes.
const COSTS: [f64; 3] = [0.015, 0.03, 0.06];

#[derive(Serialize)]
struct Row {
    seed: u64,
    users: &'static str,
    /// `likes alone`, or the weights of three, two and one stars beside five, and how far the own mean counts.
    grades: String,
    /// How far predicted stars count.
    caution: f32,
    /// The most NDCG@100 it may cost on validation users, where it was chosen for that.
    chosen_for: Option<f64>,
    #[serde(rename = "ndcg@100")]
    ndcg: f64,
    #[serde(rename = "ndcg@100_se")]
    ndcg_se: f64,
    disliked_per_liked: f64,
    disliked_per_liked_se: f64,
    in_order: f64,
    /// Relative to likes alone.
    ndcg_change: f64,
    dislikes_change: f64,
}

const COLUMNS: [&str; 12] = [
    "seed",
    "users",
    "grades",
    "caution",
    "chosen_for",
    "ndcg@100",
    "ndcg@100_se",
    "disliked_per_liked",
    "disliked_per_liked_se",
    "in_order",
    "ndcg_change",
    "dislikes_change",
];

pub(super) fn run(args: &EvaluateArgs, ratings: &Ratings) -> Result<()> {
    ensure!(
        ratings.scale.is_some(),
        "there are no ratings, so nothing is disliked: give a column of ratings with --columns rating=NAME"
    );
    let scale = Scale::of(ratings);
    let mut table = Table::new(&COLUMNS, args.json)?;
    for &seed in &args.seed {
        let split = Split::strong(ratings, &args.split(seed))?;
        let mut algorithm = ranking::dlae(Input::Likes, args, ratings, None, seed);
        let progress = bar();
        let tuned = tune(&algorithm, &split, args.budget.budget(), &progress)?;
        progress.set_message("grading");
        algorithm.reading = Some(Reading {
            feedback: algorithm.feedback(&tuned.settings),
            stars: head_within(&split, scale.ratings, &args.star_options(seed))?,
        });
        let model = algorithm.fit_packed(&split.train, &tuned.settings)?;
        let points = frontier(
            &model,
            &scale,
            &hide_dislikes(&split.validation, &scale, seed),
        );
        progress.finish_and_clear();

        for point in &points {
            table.row(&row(seed, "validation", point, &points[0], None))?;
        }
        let test = hide_dislikes(&split.test, &scale, seed);
        let judged = |way: Option<Way>| Point {
            way,
            outcome: outcome(&model, &scale, way.as_ref(), &test),
        };
        let likes = judged(None);
        table.row(&row(seed, "test", &likes, &likes, None))?;
        for cost in COSTS {
            let point = judged(choose(&points, 1.0 - cost));
            table.row(&row(seed, "test", &point, &likes, Some(cost)))?;
        }
        table.flush()?;
    }
    table.finish()?;
    Ok(())
}

fn row(
    seed: u64,
    users: &'static str,
    point: &Point,
    likes: &Point,
    chosen_for: Option<f64>,
) -> Row {
    let grades = point.way.map_or("likes alone".to_owned(), |way| {
        let grades = way.grades;
        format!(
            "{} {} {:.2} own mean {}",
            grades.neutral, grades.dislike, grades.hate, grades.own_mean
        )
    });
    let (ndcg, ratio) = (point.outcome.ndcg(), point.outcome.disliked_per_liked());
    let change = |now: f64, before: f64| rounded(now / before - 1.0);
    Row {
        seed,
        users,
        grades,
        caution: point.way.map_or(0.0, |way| way.caution),
        chosen_for,
        ndcg: rounded(ndcg.mean),
        ndcg_se: rounded(ndcg.standard_error),
        disliked_per_liked: rounded(ratio.mean),
        disliked_per_liked_se: rounded(ratio.standard_error),
        in_order: rounded(point.outcome.in_order),
        ndcg_change: change(ndcg.mean, likes.outcome.ndcg().mean),
        dislikes_change: change(ratio.mean, likes.outcome.disliked_per_liked().mean),
    }
}
