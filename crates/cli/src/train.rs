//! `matinee train`: from ratings to a model file.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::ValueEnum;
use indicatif::{ProgressBar, ProgressStyle};
use matinee_format::{DataSet, Model};
use matinee_train::catalogue::read_catalogue;
use matinee_train::dataset::{ScaleRange, read_ratings};
use matinee_train::model::Method;
use matinee_train::pipeline::{Built, Options, build};
use matinee_train::report::{Subject, collect};
use matinee_train::split::SplitOptions;
use matinee_train::stars::StarOptions;
use matinee_train::trends::trends;
use serde::Deserialize;

use crate::budget::BudgetArgs;
use crate::columns::{ColumnsArg, repairs};
use crate::content::ContentArgs;
use crate::model_file;
use crate::tracking::Tracking;

/// Train a model: settings are chosen on validation users, judged on test users, then used to train on everybody.
#[derive(clap::Args)]
pub(crate) struct TrainArgs {
    /// Ratings: MovieLens in each of its layouts, or CSV with a header; plain, gzip or zstd. Each file has users of
    /// its own; items are shared.
    #[arg(long, required = true, num_args = 1..)]
    ratings: Vec<PathBuf>,
    /// Names of the ratings' columns, where they differ: user=..,item=..,rating=..,timestamp=..; count=.. where a
    /// number says how often, in place of ratings; seconds_watched=..,runtime=.. for what was watched, in seconds.
    #[arg(long, default_value = "")]
    columns: ColumnsArg,
    /// The least and the best rating there can be, such as 1-10, where it is not to be found from the ratings.
    #[arg(long, value_name = "MIN-MAX", allow_hyphen_values = true)]
    scale: Option<ScaleRange>,
    #[command(flatten)]
    content: ContentArgs,
    /// IMDb and TMDB ids (MovieLens links.csv).
    #[arg(long, num_args = 1.., requires = "items")]
    links: Vec<PathBuf>,
    /// Films of --items that nobody has rated: `none`, `all`, or a number, the newest first. They get their vectors
    /// from content, and about 50 bytes each in the file.
    #[arg(long, value_name = "none|all|N", default_value = "none", value_parser = unrated)]
    unrated: usize,
    /// The model file to write.
    #[arg(long)]
    out: PathBuf,
    /// Also write trends in the ratings (years, genres, risers, taste groups) as JSON: see docs/trends.md.
    #[arg(long)]
    trends: Option<PathBuf>,
    /// Also write a report: one HTML page with accuracy against baselines and by time, audits, questions, stars, lists,
    /// trends and failures. It takes about as long as training again: some fifteen further training runs, and
    /// interviews and lists for every test user.
    #[arg(long)]
    report: Option<PathBuf>,
    /// Log parameters, figures over trials and the written files to this MLflow server, such as
    /// http://127.0.0.1:5000.
    #[arg(long, value_name = "URL")]
    tracking_uri: Option<String>,
    /// Name, id namespace, licence and citation, as JSON: see static/models/card.json.
    #[arg(long)]
    card: Option<PathBuf>,
    /// How the ranking is learned.
    #[arg(long, value_enum, default_value_t = Algorithm::Dlae)]
    algorithm: Algorithm,
    /// Length of the item vectors, 1 to 1024.
    #[arg(long, default_value_t = 128, value_parser = clap::value_parser!(u16).range(1..=1024))]
    dims: u16,
    /// The code of the largest entry of all vectors that are quantised, 1 to 127: 24 takes about 2 bits a dimension.
    #[arg(long, default_value_t = 24, value_parser = clap::value_parser!(u8).range(1..=127))]
    levels: u8,
    /// Factors of an item in the head that predicts stars, 1 to 64.
    #[arg(long, default_value_t = 8, value_parser = clap::value_parser!(u16).range(1..=64))]
    star_dims: u16,
    /// What a code of that head stands for, in standard deviations of a rating's noise, 0.001 to 1: the coarser, the
    /// fewer bytes.
    #[arg(long, default_value_t = 0.06, value_parser = star_step)]
    star_step: f64,
    /// Users to report figures on; by default a fourth of them, 1500 at most.
    #[arg(long)]
    test_users: Option<usize>,
    /// Users to choose settings on; by default a twelfth of them, 500 at most.
    #[arg(long)]
    validation_users: Option<usize>,
    /// The part of NDCG@100 that may be given up so that fewer disliked items are recommended, 0 to 1.
    #[arg(long, default_value_t = 0.03, value_parser = share)]
    dislike_cost: f64,
    #[command(flatten)]
    budget: BudgetArgs,
    /// Seed of the split and of the decomposition.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

fn share(number: &str) -> Result<f64, String> {
    match number.parse() {
        Ok(share) if (0.0..=1.0).contains(&share) => Ok(share),
        _ => Err("a number from 0 to 1 is needed".to_owned()),
    }
}

/// The algorithms that a model file can be made with.
#[derive(Clone, Copy, ValueEnum)]
enum Algorithm {
    /// A truncated denoising linear autoencoder with user weights.
    Dlae,
    /// Implicit alternating least squares: where nothing is rated, it also learns from how often something was
    /// consumed.
    Ials,
}

impl From<Algorithm> for Method {
    fn from(algorithm: Algorithm) -> Self {
        match algorithm {
            Algorithm::Dlae => Self::Dlae,
            Algorithm::Ials => Self::Ials,
        }
    }
}

/// What `--card` holds.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Card {
    name: String,
    catalogue: String,
    data_sets: Vec<CardDataSet>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CardDataSet {
    name: String,
    licence: String,
    citation: String,
}

pub(crate) fn run(args: TrainArgs) -> Result<()> {
    let card = args
        .card
        .as_deref()
        .map(read_card)
        .transpose()?
        .unwrap_or(Card {
            name: "Unnamed model".to_owned(),
            catalogue: "items".to_owned(),
            data_sets: Vec::new(),
        });
    // A server that cannot be reached is better known before an hour of training than after it.
    let tracking = args
        .tracking_uri
        .as_deref()
        .map(Tracking::open)
        .transpose()?;
    let progress = bar();
    progress.set_message("reading ratings");
    let ratings = read_ratings(
        &args.ratings,
        &args.columns.0.clone().on_scale(args.scale),
        &progress,
    )?;
    let catalogue = read_catalogue(&args.content.files(args.links), &progress)?;
    eprintln!(
        "{} ratings by {} users of {} items",
        ratings.events.len(),
        ratings.users.len(),
        ratings.items.len()
    );
    repairs(&ratings);

    let options = Options {
        name: card.name,
        catalogue: card.catalogue,
        data_sets: card
            .data_sets
            .into_iter()
            .map(|set| DataSet {
                name: set.name,
                licence: set.licence,
                citation: set.citation,
            })
            .collect(),
        method: args.algorithm.into(),
        dims: args.dims.into(),
        levels: args.levels,
        dislike_cost: args.dislike_cost,
        budget: args.budget.budget(),
        unrated: args.unrated,
        split: SplitOptions {
            seed: args.seed,
            test_users: args.test_users,
            validation_users: args.validation_users,
        },
        stars: StarOptions {
            dims: args.star_dims.into(),
            step: args.star_step,
            seed: args.seed,
            ..StarOptions::default()
        },
    };
    let built = build(&ratings, &catalogue, &options, &progress)?;
    model_file::replace(&args.out, &built.bytes)?;
    let mut written = vec![args.out.clone()];
    if args.trends.is_some() || args.report.is_some() {
        let model = Model::decode(&built.bytes)?;
        let trends = trends(&ratings, &catalogue, &model, args.seed, &progress);
        if let Some(path) = &args.trends {
            model_file::replace(path, &trends.to_json()?)?;
            written.push(path.clone());
        }
        if let Some(path) = &args.report {
            let subject = Subject {
                ratings: &ratings,
                catalogue: &catalogue,
                built: &built,
                trends,
                seed: args.seed,
            };
            let page = collect(subject, &progress)?.html();
            model_file::replace(path, page.as_bytes())?;
            written.push(path.clone());
        }
    }
    progress.finish_and_clear();
    sum_up(&args.out, &built)?;
    if let Some(tracking) = tracking {
        let link = tracking
            .log(&built, &written)
            .context("the model is written, but the run could not be logged in full")?;
        eprintln!("Logged as {link}");
    }
    Ok(())
}

fn unrated(value: &str) -> Result<usize, String> {
    match value {
        "none" => Ok(0),
        "all" => Ok(usize::MAX),
        number => number
            .parse()
            .map_err(|_| "write none, all or a number".to_owned()),
    }
}

fn sum_up(out: &Path, built: &Built) -> Result<()> {
    if !built.undescribed.is_empty() {
        eprintln!(
            "{} rated items are not in the catalogue and were left out: {}",
            built.undescribed.len(),
            shortened(&built.undescribed)
        );
    }
    let items = Model::decode(&built.bytes)?.len();
    eprintln!(
        "{}: {items} items, {} bytes",
        out.display(),
        built.bytes.len()
    );
    eprintln!(
        "Next: `matinee inspect {}` shows its card and figures.",
        out.display()
    );
    Ok(())
}

fn shortened(ids: &[String]) -> String {
    const SHOWN: usize = 5;
    let mut list = ids
        .iter()
        .take(SHOWN)
        .cloned()
        .collect::<Vec<_>>()
        .join(", ");
    if ids.len() > SHOWN {
        list.push_str(", …");
    }
    list
}

fn read_card(path: &Path) -> Result<Card> {
    let text = fs::read_to_string(path)
        .with_context(|| format!("the card {} cannot be read", path.display()))?;
    serde_json::from_str(&text)
        .with_context(|| format!("the card {} is not as it should be", path.display()))
}

/// Reads the step of the star head's codes.
pub(crate) fn star_step(text: &str) -> Result<f64, String> {
    let step: f64 = text.parse().map_err(|_| "it is not a number".to_owned())?;
    if (0.001..=1.0).contains(&step) {
        Ok(step)
    } else {
        Err("it must lie from 0.001 to 1".to_owned())
    }
}

/// A progress bar on stderr; none where stderr is no terminal.
fn bar() -> ProgressBar {
    let style = ProgressStyle::with_template("{spinner} {msg} {wide_bar} {pos}/{len} {elapsed}")
        .expect("the template is well formed");
    ProgressBar::no_length().with_style(style)
}
