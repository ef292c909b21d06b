//! `matinee evaluate`: a model judged on people who were not in its training, by the protocol asked for.

mod dislikes;
mod ranking;
mod raters;

use std::path::PathBuf;

use anyhow::Result;
use clap::ValueEnum;
use indicatif::{ProgressBar, ProgressStyle};
use matinee_format::RatingScale;
use matinee_train::dataset::{Ratings, read_ratings};
use matinee_train::split::SplitOptions;

use crate::budget::BudgetArgs;
use crate::columns::ColumnsArg;

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
    compare: Vec<ranking::Name>,
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
    #[command(flatten)]
    budget: BudgetArgs,
    /// Print JSON, an object a line, in place of CSV.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Protocol {
    /// Whole users are held out, and a fifth of their likes is to be found from the rest.
    Strong,
    /// As strong, with a fifth of the low ratings hidden too: dislikes among the recommended, and what avoiding them
    /// costs.
    Dislikes,
    /// The same split: how much the heaviest raters decide, without dlae's user weights and with them.
    Raters,
}

pub(crate) fn run(args: EvaluateArgs) -> Result<()> {
    let progress = bar();
    progress.set_message("reading ratings");
    let ratings = read_ratings(&args.ratings, &args.columns.0, &progress)?;
    progress.finish_and_clear();
    describe(&ratings);
    match args.protocol {
        Protocol::Strong => ranking::run(&args, &ratings),
        Protocol::Dislikes => dislikes::run(&args, &ratings),
        Protocol::Raters => raters::run(&args, &ratings),
    }
}

impl EvaluateArgs {
    fn split(&self, seed: u64) -> SplitOptions {
        SplitOptions {
            seed,
            test_users: self.test_users,
            validation_users: self.validation_users,
        }
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
