//! What heavy raters decide, without user weights and with them.

use anyhow::Result;
use matinee_train::audit::{Weighing, audit};
use matinee_train::dataset::Ratings;
use matinee_train::evaluate::{Input, tune};
use matinee_train::split::Split;
use serde::Serialize;

use super::{EvaluateArgs, bar, ranking, rounded};
use crate::table::Table;

#[derive(Serialize)]
struct Row {
    seed: u64,
    /// none or chosen.
    weighting: &'static str,
    beta: f64,
    raters: usize,
    test_users: usize,
    top_1_percent_weight: f64,
    top_10_percent_weight: f64,
    left_out: usize,
    /// Share of a test user's first 20 that changes without the heaviest 1% of raters.
    changed_median: f64,
    changed_mean: f64,
    changed_se: f64,
    /// The same without as many raters drawn at random.
    random_median: f64,
    random_mean: f64,
    random_se: f64,
    #[serde(rename = "ndcg@100")]
    ndcg100: f64,
    #[serde(rename = "ndcg@100_se")]
    ndcg100_se: f64,
    /// Mean paired difference in NDCG@100 to no weighting.
    gain: f64,
    gain_se: f64,
}

const COLUMNS: [&str; 18] = [
    "seed",
    "weighting",
    "beta",
    "raters",
    "test_users",
    "top_1_percent_weight",
    "top_10_percent_weight",
    "left_out",
    "changed_median",
    "changed_mean",
    "changed_se",
    "random_median",
    "random_mean",
    "random_se",
    "ndcg@100",
    "ndcg@100_se",
    "gain",
    "gain_se",
];

pub(super) fn run(args: &EvaluateArgs, ratings: &Ratings) -> Result<()> {
    let mut table = Table::new(&COLUMNS, args.json)?;
    for &seed in &args.seed {
        let split = Split::strong(ratings, &args.split(seed))?;
        let algorithm = ranking::dlae(Input::Ratings, args, ratings, None, seed);
        let progress = bar();
        let tuned = tune(&algorithm, &split, args.budget.budget(), &progress)?;
        progress.set_message("auditing heavy raters");
        let audit = audit(&algorithm, &split, &tuned.settings, seed)?;
        progress.finish_and_clear();

        let row = |weighting, weighing: &Weighing, gain, gain_se| {
            let (top, random) = (&weighing.without_top, &weighing.without_random);
            Row {
                seed,
                weighting,
                beta: weighing.beta,
                raters: audit.raters,
                test_users: audit.test_users,
                top_1_percent_weight: rounded(weighing.top_1),
                top_10_percent_weight: rounded(weighing.top_10),
                left_out: audit.left_out,
                changed_median: rounded(top.median),
                changed_mean: rounded(top.mean.mean),
                changed_se: rounded(top.mean.standard_error),
                random_median: rounded(random.median),
                random_mean: rounded(random.mean.mean),
                random_se: rounded(random.mean.standard_error),
                ndcg100: rounded(weighing.ndcg.mean),
                ndcg100_se: rounded(weighing.ndcg.standard_error),
                gain: rounded(gain),
                gain_se: rounded(gain_se),
            }
        };
        table.row(&row("none", &audit.before, 0.0, 0.0))?;
        let gain = audit.gain;
        table.row(&row("chosen", &audit.after, gain.mean, gain.standard_error))?;
        table.flush()?;
    }
    table.finish()?;
    Ok(())
}
