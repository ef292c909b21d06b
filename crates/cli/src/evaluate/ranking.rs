//! Algorithms beside each other on the same held-out users.

use std::time::Instant;

use anyhow::{Result, ensure};
use clap::ValueEnum;
use matinee_train::baselines::{Ease, Popularity};
use matinee_train::dataset::Ratings;
use matinee_train::evaluate::{Algorithm, Evaluation, Input, Metric, Settings, evaluate, tune};
use matinee_train::grades::Scale;
use matinee_train::model::Dlae;
use matinee_train::split::Split;
use serde::Serialize;

use super::{EvaluateArgs, bar, rounded};
use crate::table::Table;

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum Name {
    /// The most liked items for everyone.
    Popularity,
    /// The full item-item model in closed form.
    Ease,
    /// The model that ships, quantised as it ships, from likes alone.
    Dlae,
    /// The same from all ratings, low ones included.
    DlaeRatings,
}

#[derive(Serialize)]
struct Row {
    seed: u64,
    model: &'static str,
    /// What it reads of a visitor: likes or ratings.
    input: &'static str,
    train_users: usize,
    test_users: usize,
    items: usize,
    #[serde(rename = "recall@20")]
    recall20: f64,
    #[serde(rename = "recall@20_se")]
    recall20_se: f64,
    #[serde(rename = "recall@50")]
    recall50: f64,
    #[serde(rename = "recall@50_se")]
    recall50_se: f64,
    #[serde(rename = "ndcg@100")]
    ndcg100: f64,
    #[serde(rename = "ndcg@100_se")]
    ndcg100_se: f64,
    /// Mean paired difference in NDCG@100 to the first model.
    gain: f64,
    gain_se: f64,
    /// Share of the items in anybody's first 20.
    coverage: f64,
    /// Share of their first 20 that two visitors have in common.
    overlap: f64,
    trials: usize,
    /// Tuning and judging, on the wall clock.
    seconds: f64,
    settings: String,
}

const COLUMNS: [&str; 19] = [
    "seed",
    "model",
    "input",
    "train_users",
    "test_users",
    "items",
    "recall@20",
    "recall@20_se",
    "recall@50",
    "recall@50_se",
    "ndcg@100",
    "ndcg@100_se",
    "gain",
    "gain_se",
    "coverage",
    "overlap",
    "trials",
    "seconds",
    "settings",
];

pub(super) fn run(args: &EvaluateArgs, ratings: &Ratings) -> Result<()> {
    ensure!(
        !args.compare.is_empty(),
        "--compare names no algorithm; name one, such as dlae"
    );
    let mut table = Table::new(&COLUMNS, args.json)?;
    for &seed in &args.seed {
        let split = Split::strong(ratings, &args.split(seed))?;
        let mut first: Option<Evaluation> = None;
        for name in &args.compare {
            let algorithm = algorithm(*name, args, ratings, seed);
            let progress = bar();
            let clock = Instant::now();
            let tuned = tune(algorithm.as_ref(), &split, args.budget.budget(), &progress)?;
            let evaluation = evaluate(tuned.model.as_ref(), &split.test, split.items.len());
            progress.finish_and_clear();
            let best = tuned
                .trials
                .iter()
                .map(|trial| trial.ndcg)
                .fold(0.0, f64::max);
            let (name, tried, settings) =
                (algorithm.name(), tuned.trials.len(), spelt(&tuned.settings));
            eprintln!(
                "seed {seed}, {name}: best of {tried} on validation users, ndcg@100 {best:.4}: {settings}"
            );

            let first = first.get_or_insert_with(|| evaluation.clone());
            let [recall20, recall50, ndcg100] =
                Metric::ALL.map(|metric| evaluation.estimate(metric));
            let gain = evaluation.gain_over(first, Metric::Ndcg100);
            table.row(&Row {
                seed,
                model: algorithm.name(),
                input: match tuned.model.input() {
                    Input::Likes => "likes",
                    Input::Ratings => "ratings",
                },
                train_users: split.train.users.len(),
                test_users: split.test.len(),
                items: split.items.len(),
                recall20: rounded(recall20.mean),
                recall20_se: rounded(recall20.standard_error),
                recall50: rounded(recall50.mean),
                recall50_se: rounded(recall50.standard_error),
                ndcg100: rounded(ndcg100.mean),
                ndcg100_se: rounded(ndcg100.standard_error),
                gain: rounded(gain.mean),
                gain_se: rounded(gain.standard_error),
                coverage: rounded(evaluation.coverage),
                overlap: rounded(evaluation.overlap),
                trials: tuned.trials.len(),
                seconds: (clock.elapsed().as_secs_f64() * 10.0).round() / 10.0,
                settings: spelt(&tuned.settings),
            })?;
            table.flush()?;
        }
    }
    table.finish()?;
    Ok(())
}

fn algorithm(name: Name, args: &EvaluateArgs, ratings: &Ratings, seed: u64) -> Box<dyn Algorithm> {
    let dlae = |input| Dlae {
        dims: args.dims.into(),
        levels: args.levels,
        scale: Scale::of(ratings),
        input,
        content: None,
        seed,
    };
    match name {
        Name::Popularity => Box::new(Popularity),
        Name::Ease => Box::new(Ease),
        Name::Dlae => Box::new(dlae(Input::Likes)),
        Name::DlaeRatings => Box::new(dlae(Input::Ratings)),
    }
}

/// "beta=0.5 lambda=100"
fn spelt(settings: &Settings) -> String {
    let one = |(name, value): &(&str, f64)| format!("{name}={value}");
    settings.iter().map(one).collect::<Vec<_>>().join(" ")
}
