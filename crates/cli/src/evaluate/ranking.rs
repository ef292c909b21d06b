//! Algorithms beside each other on the same held-out users.

use std::time::Instant;

use anyhow::{Result, ensure};
use clap::ValueEnum;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use matinee_train::baselines::{Ease, Popularity};
use matinee_train::catalogue::Catalogue;
use matinee_train::dataset::Ratings;
use matinee_train::evaluate::{
    Algorithm, Evaluation, Input, Metric, Variety, bytes_an_item, evaluate, tune,
};
use matinee_train::features::{Parts, features};
use matinee_train::grades::Scale;
use matinee_train::model::{Method, Ranker};
use matinee_train::sparse::Csr;
use matinee_train::split::Split;
use serde::Serialize;

use super::{EvaluateArgs, bar, rounded, spelt};
use crate::table::Table;

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum Name {
    /// The most liked items for everyone.
    Popularity,
    /// The full item-item model in closed form.
    Ease,
    /// The model that ships, quantised as it ships, from likes alone.
    Dlae,
    /// The closed form it begins with, alone: no popularity exponent, grades or facts.
    DlaePlain,
    /// The model that ships from all ratings, low ones included.
    DlaeRatings,
    /// Implicit alternating least squares, quantised and folded in as it ships, from likes and how often.
    Ials,
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
    /// Gini coefficient of how often items are in somebody's first 20.
    gini: f64,
    /// Share of the first 20 outside the head, which holds 80% of the training ratings.
    long_tail: f64,
    /// Mean distance of two films of a first 20: 1 less the cosine of who rated them.
    distance: f64,
    /// What a vector and its scales take in the model file.
    bytes_an_item: Option<f64>,
    trials: usize,
    /// Tuning and judging, on the wall clock.
    seconds: f64,
    settings: String,
}

const COLUMNS: [&str; 23] = [
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
    "gini",
    "long_tail",
    "distance",
    "bytes_an_item",
    "trials",
    "seconds",
    "settings",
];

/// Users are held out whole.
pub(super) fn run(args: &EvaluateArgs, ratings: &Ratings) -> Result<()> {
    compare(args, ratings, |seed| {
        Ok((Split::strong(ratings, &args.split(seed))?, None))
    })
}

/// Users are held out from a date on.
pub(super) fn run_at_time(args: &EvaluateArgs, ratings: &Ratings) -> Result<()> {
    let after = args.after.map(|date| date.to_zoned(TimeZone::UTC));
    let after = after.transpose()?.map(|time| time.timestamp().as_second());
    compare(args, ratings, |seed| {
        let split = Split::at_time(ratings, &args.split(seed), after)?;
        eprintln!(
            "seed {seed}: judged after {}, settings chosen after {} on {} users",
            Timestamp::from_second(split.after)?,
            Timestamp::from_second(split.tuned_after)?,
            split.tuning.validation.len(),
        );
        Ok((split.tuning, Some(split.judging)))
    })
}

/// Tunes on the first split and judges on the second; where there is no second, on the first.
fn compare(
    args: &EvaluateArgs,
    ratings: &Ratings,
    split: impl Fn(u64) -> Result<(Split, Option<Split>)>,
) -> Result<()> {
    ensure!(
        !args.compare.is_empty(),
        "--compare names no algorithm; name one, such as dlae"
    );
    let mut table = Table::new(&COLUMNS, args.json)?;
    for &seed in &args.seed {
        let (tuning, judging) = split(seed)?;
        let split = judging.as_ref().unwrap_or(&tuning);
        let held_out = split.validation.iter().chain(&split.test);
        let catalogue = args.catalogue(ratings, held_out.chain(&tuning.validation))?;
        let variety = Variety::new(&split.train);
        let mut first: Option<Evaluation> = None;
        for name in &args.compare {
            let algorithm = |split: &Split| {
                let content = content(ratings, split, &catalogue);
                algorithm(*name, args, ratings, content, seed)
            };
            let judged = algorithm(split);
            let progress = bar();
            let clock = Instant::now();
            let tuned = tune(
                algorithm(&tuning).as_ref(),
                &tuning,
                args.budget.budget(),
                &progress,
            )?;
            let model = match &judging {
                Some(judging) => judged.fit(&judging.train, &tuned.settings)?,
                None => tuned.model,
            };
            let evaluation = evaluate(model.as_ref(), &split.test, split.items.len());
            let bytes = model.file().map(bytes_an_item).transpose()?;
            let lists = variety.of(&evaluation.shown);
            progress.finish_and_clear();
            let best = tuned
                .trials
                .iter()
                .map(|trial| trial.ndcg)
                .fold(0.0, f64::max);
            let (name, tried, settings) =
                (judged.name(), tuned.trials.len(), spelt(&tuned.settings));
            eprintln!(
                "seed {seed}, {name}: best of {tried} on validation users, ndcg@100 {best:.4}: {settings}"
            );

            let first = first.get_or_insert_with(|| evaluation.clone());
            let [recall20, recall50, ndcg100] =
                Metric::ALL.map(|metric| evaluation.estimate(metric));
            let gain = evaluation.gain_over(first, Metric::Ndcg100);
            table.row(&Row {
                seed,
                model: judged.name(),
                input: match model.input() {
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
                gini: rounded(lists.gini),
                long_tail: rounded(lists.long_tail),
                distance: rounded(lists.distance.mean),
                bytes_an_item: bytes.map(|bytes| (bytes * 10.0).round() / 10.0),
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

/// What is known of the items of the split; none without a catalogue.
fn content(ratings: &Ratings, split: &Split, catalogue: &Catalogue) -> Option<Csr> {
    if catalogue.items().is_empty() {
        return None;
    }
    let items = split.describe(ratings, catalogue);
    Some(features(&items, Parts::ALL))
}

fn algorithm(
    name: Name,
    args: &EvaluateArgs,
    ratings: &Ratings,
    content: Option<Csr>,
    seed: u64,
) -> Box<dyn Algorithm> {
    match name {
        Name::Popularity => Box::new(Popularity),
        Name::Ease => Box::new(Ease),
        Name::Dlae => Box::new(dlae(Input::Likes, args, ratings, content, seed)),
        Name::DlaeRatings => Box::new(dlae(Input::Ratings, args, ratings, content, seed)),
        Name::DlaePlain => Box::new(Ranker {
            method: Method::Plain,
            ..dlae(Input::Likes, args, ratings, None, seed)
        }),
        Name::Ials => Box::new(Ranker {
            method: Method::Ials,
            ..dlae(Input::Likes, args, ratings, content, seed)
        }),
    }
}

/// The model that ships, before its settings are chosen.
pub(super) fn dlae(
    input: Input,
    args: &EvaluateArgs,
    ratings: &Ratings,
    content: Option<Csr>,
    seed: u64,
) -> Ranker {
    Ranker {
        method: Method::Dlae,
        reading: None,
        dims: args.dims.into(),
        levels: args.levels,
        scale: Scale::of(ratings),
        input,
        content,
        seed,
    }
}
