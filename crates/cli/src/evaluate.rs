//! `matinee evaluate`: algorithms beside each other on the same held-out users.

use std::path::PathBuf;
use std::time::Instant;

use anyhow::{Result, ensure};
use clap::ValueEnum;
use indicatif::{ProgressBar, ProgressStyle};
use matinee_format::RatingScale;
use matinee_train::baselines::{Ease, Popularity};
use matinee_train::dataset::{Ratings, read_ratings};
use matinee_train::evaluate::{Algorithm, Evaluation, Input, Metric, Settings, evaluate, tune};
use matinee_train::model::Dlae;
use matinee_train::split::{Split, SplitOptions};
use serde::Serialize;

use crate::columns::ColumnsArg;
use crate::table::Table;

/// Judge algorithms on users who are not in the training set. Every algorithm's settings are chosen on validation
/// users, with at most as many trials as any other's; figures are means over the test users.
#[derive(clap::Args)]
pub(crate) struct EvaluateArgs {
    /// Ratings: MovieLens in each of its layouts, or CSV with a header; plain, gzip or zstd.
    #[arg(long, required = true, num_args = 1..)]
    ratings: Vec<PathBuf>,
    /// Names of the ratings' columns, where they differ: user=..,item=..,rating=..,timestamp=..
    #[arg(long, default_value = "")]
    columns: ColumnsArg,
    /// How test users are held out.
    #[arg(long, value_enum, default_value_t = Protocol::Strong)]
    protocol: Protocol,
    /// The algorithms, separated by commas; gains are over the first.
    #[arg(
        long,
        value_enum,
        value_delimiter = ',',
        default_value = "popularity,ease,dlae"
    )]
    compare: Vec<Name>,
    /// Users to report on; by default a fourth of them, 1500 at most.
    #[arg(long)]
    test_users: Option<usize>,
    /// Users to choose settings on; by default a twelfth of them, 500 at most.
    #[arg(long)]
    validation_users: Option<usize>,
    /// Seeds of the splits, each of which gives figures of its own.
    #[arg(long, num_args = 1.., default_value = "1")]
    seed: Vec<u64>,
    /// Length of dlae's item vectors, 1 to 1024.
    #[arg(long, default_value_t = 128, value_parser = clap::value_parser!(u16).range(1..=1024))]
    dims: u16,
    /// Largest absolute code of dlae's quantised vectors, 1 to 127.
    #[arg(long, default_value_t = 31, value_parser = clap::value_parser!(u8).range(1..=127))]
    levels: u8,
    /// Print JSON, an object a line, in place of CSV.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Protocol {
    /// Whole users are held out, and a fifth of their likes is to be found from the rest.
    Strong,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Name {
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

pub(crate) fn run(args: EvaluateArgs) -> Result<()> {
    ensure!(
        !args.compare.is_empty(),
        "--compare names no algorithm; name one, such as dlae"
    );
    let Protocol::Strong = args.protocol;
    let progress = bar();
    progress.set_message("reading ratings");
    let ratings = read_ratings(&args.ratings, &args.columns.0, &progress)?;
    progress.finish_and_clear();
    describe(&ratings);

    let mut table = Table::new(&COLUMNS, args.json)?;
    for &seed in &args.seed {
        let split = Split::strong(
            &ratings,
            &SplitOptions {
                seed,
                test_users: args.test_users,
                validation_users: args.validation_users,
            },
        )?;
        let mut first: Option<Evaluation> = None;
        for name in &args.compare {
            let algorithm = algorithm(*name, &args, &ratings, seed);
            let progress = bar();
            let clock = Instant::now();
            let tuned = tune(algorithm.as_ref(), &split, &progress)?;
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
        }
    }
    table.finish()?;
    Ok(())
}

fn algorithm(name: Name, args: &EvaluateArgs, ratings: &Ratings, seed: u64) -> Box<dyn Algorithm> {
    let dlae = |input| Dlae {
        dims: args.dims.into(),
        levels: args.levels,
        scale: ratings.scale,
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

fn describe(ratings: &Ratings) {
    let scale = match ratings.scale {
        Some(RatingScale { min, max, .. }) => format!("rated from {min} to {max}"),
        None => "without ratings".into(),
    };
    let (events, users, items) = (
        ratings.events.len(),
        ratings.users.len(),
        ratings.items.len(),
    );
    eprintln!("{events} events of {users} users and {items} items, {scale}");
    if ratings.merged_users > 0 {
        eprintln!(
            "{} users are in two files and were made one",
            ratings.merged_users
        );
    }
}

/// "beta=0.5 lambda=100"
fn spelt(settings: &Settings) -> String {
    let one = |(name, value): &(&str, f64)| format!("{name}={value}");
    settings.iter().map(one).collect::<Vec<_>>().join(" ")
}

/// Five decimals: a tenth of what a thousand users can tell apart.
fn rounded(value: f64) -> f64 {
    (value * 1e5).round() / 1e5
}

/// A progress bar on stderr; none where stderr is no terminal.
fn bar() -> ProgressBar {
    let style = ProgressStyle::with_template("{spinner} {msg} {pos} {elapsed}")
        .expect("the template is well formed");
    ProgressBar::no_length().with_style(style)
}
