//! The dials of a list beside each other: what they cost in accuracy and what they give.

use anyhow::Result;
use matinee_train::catalogue::read_catalogue;
use matinee_train::dataset::Ratings;
use matinee_train::evaluate::dials::{Dialled, evaluate_dials, genres, settings};
use matinee_train::evaluate::{Input, Metric, Variety, ship, tune};
use matinee_train::split::Split;
use serde::Serialize;

use super::{EvaluateArgs, bar, ranking, rounded};
use crate::table::Table;

#[derive(Serialize)]
struct Row {
    seed: u64,
    popularity: f32,
    diversity: f32,
    calibration: f32,
    test_users: usize,
    #[serde(rename = "recall@20")]
    recall20: f64,
    #[serde(rename = "ndcg@100")]
    ndcg100: f64,
    #[serde(rename = "ndcg@100_se")]
    ndcg100_se: f64,
    /// Mean paired difference in NDCG@100 to the dials at rest.
    gain: f64,
    gain_se: f64,
    distance: f64,
    coverage: f64,
    gini: f64,
    long_tail: f64,
    overlap: f64,
    /// Distance of the genres shown from the visitor's; none where no genre is known.
    miscalibration: Option<f64>,
}

const COLUMNS: [&str; 16] = [
    "seed",
    "popularity",
    "diversity",
    "calibration",
    "test_users",
    "recall@20",
    "ndcg@100",
    "ndcg@100_se",
    "gain",
    "gain_se",
    "distance",
    "coverage",
    "gini",
    "long_tail",
    "overlap",
    "miscalibration",
];

pub(super) fn run(args: &EvaluateArgs, ratings: &Ratings) -> Result<()> {
    let catalogue = read_catalogue(&args.content.files(Vec::new()), &bar())?;
    let known = !catalogue.items().is_empty();
    if !known {
        eprintln!(
            "without --items no genre is known: calibration has nothing to go by and is left out"
        );
    }
    let mut table = Table::new(&COLUMNS, args.json)?;
    for &seed in &args.seed {
        let split = Split::strong(ratings, &args.split(seed))?;
        let algorithm = ranking::dlae(Input::Ratings, args, ratings, None, seed);
        let progress = bar();
        let tuned = tune(&algorithm, &split, args.budget.budget(), &progress)?;
        let trained = algorithm.train(&split.train, &tuned.settings);
        let ids = split
            .items
            .iter()
            .map(|&item| ratings.items[item as usize].as_str());
        let (genres, masks) = genres(&catalogue, ids);
        let model = ship(&split.train, &trained, genres, &masks, None)?;
        let variety = Variety::new(&split.train);
        let mut at_rest: Option<Dialled> = None;
        for options in settings()
            .into_iter()
            .filter(|o| known || o.calibration == 0.0)
        {
            let dialled = evaluate_dials(&model, &split.test, &options);
            let evaluation = &dialled.evaluation;
            let ndcg = evaluation.estimate(Metric::Ndcg100);
            let rest = at_rest.as_ref().unwrap_or(&dialled);
            let gain = evaluation.gain_over(&rest.evaluation, Metric::Ndcg100);
            let lists = variety.of(&evaluation.shown);
            table.row(&Row {
                seed,
                popularity: options.popularity,
                diversity: options.diversity,
                calibration: options.calibration,
                test_users: split.test.len(),
                recall20: rounded(evaluation.estimate(Metric::Recall20).mean),
                ndcg100: rounded(ndcg.mean),
                ndcg100_se: rounded(ndcg.standard_error),
                gain: rounded(gain.mean),
                gain_se: rounded(gain.standard_error),
                distance: rounded(lists.distance.mean),
                coverage: rounded(evaluation.coverage),
                gini: rounded(lists.gini),
                long_tail: rounded(lists.long_tail),
                overlap: rounded(evaluation.overlap),
                miscalibration: known.then(|| rounded(dialled.miscalibration.mean)),
            })?;
            table.flush()?;
            at_rest.get_or_insert(dialled);
        }
        progress.finish_and_clear();
    }
    table.finish()?;
    Ok(())
}
