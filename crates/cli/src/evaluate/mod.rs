//! `matinee evaluate`: a model judged on people who were not in its training, by the protocol asked for.

mod dislikes;
mod lists;
mod new_items;
mod questions;
mod ranking;
mod raters;
mod stars;

use std::collections::HashSet;
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use clap::ValueEnum;
use indicatif::{ProgressBar, ProgressStyle};
use jiff::civil::Date;
use matinee_format::RatingScale;
use matinee_train::catalogue::{Catalogue, read_catalogue_without};
use matinee_train::dataset::{Ratings, ScaleRange, read_ratings};
use matinee_train::evaluate::Settings;
use matinee_train::split::{HeldOutUser, SplitOptions};
use matinee_train::stars::StarOptions;

use crate::budget::BudgetArgs;
use crate::columns::{ColumnsArg, repairs};
use crate::content::ContentArgs;

/// Judge algorithms on users who are not in the training set. Every algorithm's settings are chosen on validation
/// users, with at most as many trials as any other's; figures are means over the test users.
#[derive(clap::Args)]
pub(crate) struct EvaluateArgs {
    /// Ratings: MovieLens in each of its layouts, or CSV with a header; plain, gzip or zstd.
    #[arg(long, required = true, num_args = 1..)]
    ratings: Vec<PathBuf>,
    /// Names of the ratings' columns, where they differ: user=..,item=..,rating=..,timestamp=..; count=.. where a
    /// number says how often, in place of ratings; seconds_watched=..,runtime=.. for what was watched, in seconds.
    #[arg(long, default_value = "")]
    columns: ColumnsArg,
    /// The date of --protocol time, such as 2015-06-30; by default the one after which a fifth of the events come.
    #[arg(long)]
    after: Option<Date>,
    /// The least and the best rating there can be, such as 1-10, where it is not to be found from the ratings.
    #[arg(long, value_name = "MIN-MAX", allow_hyphen_values = true)]
    scale: Option<ScaleRange>,
    #[command(flatten)]
    content: ContentArgs,
    /// How test users are held out.
    #[arg(long, value_enum, default_value_t = Protocol::Strong)]
    protocol: Protocol,
    /// Whose interviews --protocol questions simulates. What the engine asks was chosen on validation users.
    #[arg(long, value_enum, default_value_t = On::Test)]
    on: On,
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
    /// The code of the largest entry of all vectors that are quantised, 1 to 127.
    #[arg(long, default_value_t = 63, value_parser = clap::value_parser!(u8).range(1..=127))]
    levels: u8,
    #[command(flatten)]
    budget: BudgetArgs,
    /// Factors of an item in the stars protocol, 1 to 64.
    #[arg(long, default_value_t = 32, value_parser = clap::value_parser!(u16).range(1..=64))]
    star_dims: u16,
    /// What a code of the star head stands for, in standard deviations of a rating's noise, 0.001 to 1.
    #[arg(long, default_value_t = 0.03, value_parser = crate::train::star_step)]
    star_step: f64,
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
    /// Whole users are held out, and a fifth of their ratings, low ones too, is to be predicted from the rest.
    Stars,
    /// What users like after a date is to be found from everything before it.
    Time,
    /// The engine's questions and others: how good the list is after each question shown.
    Questions,
    /// The dials of the engine's list: popularity, diversity, calibration (--items), and what they cost.
    Lists,
    /// A tenth of the items is held out as well, and is known by its content alone (--items, --tags, --texts).
    NewItems,
    /// The same split: how much the heaviest raters decide, without dlae's user weights and with them.
    Raters,
}

/// Held-out users.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum On {
    /// Those that figures are reported on.
    Test,
    /// Those that settings are chosen on.
    Validation,
}

pub(crate) fn run(args: EvaluateArgs) -> Result<()> {
    let progress = bar();
    progress.set_message("reading ratings");
    let ratings = read_ratings(
        &args.ratings,
        &args.columns.0.clone().on_scale(args.scale),
        &progress,
    )?;
    progress.finish_and_clear();
    describe(&ratings);
    match args.protocol {
        Protocol::Strong => ranking::run(&args, &ratings),
        Protocol::Dislikes => dislikes::run(&args, &ratings),
        Protocol::Stars => stars::run(&args, &ratings),
        Protocol::Time => ranking::run_at_time(&args, &ratings),
        Protocol::Questions => questions::run(&args, &ratings),
        Protocol::Lists => lists::run(&args, &ratings),
        Protocol::NewItems => new_items::run(&args, &ratings),
        Protocol::Raters => raters::run(&args, &ratings),
    }
}

impl EvaluateArgs {
    /// What is known of the items, without the tags that `held_out` users gave: people whose taste is to be predicted
    /// must not have described the films. Whose tags are whose is known by the place of their file: the first tags file
    /// goes with the first ratings file, and so on.
    fn catalogue<'a>(
        &self,
        ratings: &Ratings,
        held_out: impl Iterator<Item = &'a HeldOutUser>,
    ) -> Result<Catalogue> {
        let tags = self.content.tags.len();
        ensure!(
            tags == 0 || tags == self.ratings.len(),
            "give --tags one file for each of --ratings, in the same order: held-out users' own tags are not used"
        );
        let held_out: HashSet<&str> = held_out
            .map(|user| ratings.users[user.user as usize].as_str())
            .collect();
        let alone = self.ratings.len() == 1;
        let left_out = |file: usize, user: &str| {
            if alone {
                held_out.contains(user)
            } else {
                held_out.contains(format!("{}:{user}", file + 1).as_str())
            }
        };
        let files = self.content.files(Vec::new());
        read_catalogue_without(&files, left_out, &ProgressBar::hidden())
            .context("the catalogue cannot be read")
    }

    fn star_options(&self, seed: u64) -> StarOptions {
        StarOptions {
            dims: self.star_dims.into(),
            step: self.star_step,
            seed,
            ..StarOptions::default()
        }
    }

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
    repairs(ratings);
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
