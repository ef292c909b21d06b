//! `matinee recommend`: what a model recommends to visitors whose ratings stand in a file.

use std::path::PathBuf;

use anyhow::Result;
use matinee_engine::{ListOptions, Profile, Scored, StarProfile, list};
use matinee_format::Model;
use matinee_train::dataset::{Rating, Ratings, ScaleRange, read_ratings};
use matinee_train::model::confidence;
use serde::Serialize;

use crate::columns::{ColumnsArg, repairs};
use crate::model_file;
use crate::predict::{Stretch, rows};
use crate::table::Table;

/// Recommend items to the users of a ratings file. They need not have been in training: each is folded in, just as
/// a visitor of the site is.
#[derive(clap::Args)]
pub(crate) struct RecommendArgs {
    /// The model.
    #[arg(long)]
    model: PathBuf,
    /// Ratings of the users to recommend to, or what they watched: see docs/ratings.md.
    #[arg(long, required = true, num_args = 1..)]
    ratings: Vec<PathBuf>,
    /// Names of the columns, where they differ: user=..,item=..,rating=..,timestamp=..; count=.. where a
    /// number says how often, in place of ratings; seconds_watched=..,runtime=.. for what was watched, in seconds.
    #[arg(long, default_value = "")]
    columns: ColumnsArg,
    /// The least and the best rating there can be, such as 1-10, where it is not to be found from the ratings.
    #[arg(long, value_name = "MIN-MAX", allow_hyphen_values = true)]
    scale: Option<ScaleRange>,
    /// Recommendations for each user.
    #[arg(long, default_value_t = 20)]
    top: usize,
    /// From obscure films (-1) over what the model says (0) to crowd-pleasers (1).
    #[arg(long, default_value_t = 0.0, allow_negative_numbers = true, value_parser = |text: &str| dial(text, -1.0))]
    popularity: f32,
    /// How much the films of a list should differ: from not at all (0) to above all (1).
    #[arg(long, default_value_t = 0.0, value_parser = |text: &str| dial(text, 0.0))]
    diversity: f32,
    /// How much a list's genres should be those of what the user likes: from not at all (0) to above all (1).
    #[arg(long, default_value_t = 0.0, value_parser = |text: &str| dial(text, 0.0))]
    calibration: f32,
    /// How far predicted stars count beside the score, so that less is disliked: 0 to 1. The model says, otherwise.
    #[arg(long, value_parser = |text: &str| dial(text, 0.0))]
    caution: Option<f32>,
    /// Print JSON, an object a line, in place of CSV.
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Line<'a> {
    user: &'a str,
    item: &'a str,
    rank: usize,
    score: f32,
}

pub(crate) fn run(args: RecommendArgs) -> Result<()> {
    let (model, _) = model_file::read(&args.model)?;
    let ratings = read_ratings(
        &args.ratings,
        &args
            .columns
            .0
            .clone()
            .on_scale(args.scale)
            .read_by(&model.header().feedback),
        &indicatif::ProgressBar::hidden(),
    )?;
    repairs(&ratings);
    report_unknown(&model, &ratings);

    let options = ListOptions {
        popularity: args.popularity,
        diversity: args.diversity,
        calibration: args.calibration,
        caution: args.caution.unwrap_or(ListOptions::of(&model).caution),
        ..ListOptions::default()
    };
    let stretch = stretch(&model, &ratings);
    let mut table = Table::new(&["user", "item", "rank", "score"], args.json)?;
    for events in ratings.by_user() {
        let user = &ratings.users[events[0].user as usize];
        let profile = fold_in(&model, &ratings, events, stretch);
        let stars = StarProfile::fold_in(&model, &rows(&model, &ratings, events, stretch));
        let list = list(&model, &profile, stars.as_ref(), args.top, &options, |_| {
            false
        });
        for (index, Scored { row, score }) in list.into_iter().enumerate() {
            table.row(&Line {
                user,
                item: model.item(row).id,
                rank: index + 1,
                score,
            })?;
        }
    }
    table.finish()?;
    Ok(())
}

/// A number from `least` to 1.
fn dial(text: &str, least: f32) -> Result<f32, String> {
    let number: Result<f32, _> = text.parse();
    match number {
        Ok(number) if (least..=1.0).contains(&number) => Ok(number),
        _ => Err(format!("give a number from {least} to 1")),
    }
}

/// Ratings of another scale are stretched to the model's: what counts is the part of the best rating.
fn stretch(model: &Model, ratings: &Ratings) -> Stretch {
    Stretch(match (model.header().feedback.scale, ratings.scale) {
        (Some(model), Some(file)) => model.max / file.max,
        _ => 1.0,
    })
}

/// The profile of one user. Something seen but not rated is excluded from their list and says nothing of their
/// taste, unless the model was trained on such events: to that one, all likes say the same and low ratings nothing.
fn fold_in(model: &Model, ratings: &Ratings, events: &[Rating], stretch: Stretch) -> Profile {
    let feedback = &model.header().feedback;
    let Stretch(stretch) = stretch;
    let offset = feedback.offset(events.iter().filter_map(|e| Some(e.value? * stretch)));
    let often = events.iter().map(|event| confidence(event.repeats));
    let most = often.fold(1.0, f32::max);
    let mut profile = Profile::new(model);
    for event in events {
        let weight = match (event.value, feedback.scale) {
            (Some(value), Some(_)) => feedback.weight(value * stretch - offset),
            (Some(_), None) if !ratings.is_like(event) => 0.0,
            (_, None) => feedback.weight(0.0) * confidence(event.repeats) / most,
            (None, Some(_)) => 0.0,
        };
        profile.set(model, &ratings.items[event.item as usize], weight);
    }
    profile
}

fn report_unknown(model: &Model, ratings: &Ratings) {
    let unknown = ratings
        .items
        .iter()
        .filter(|id| model.row_of(id).is_none())
        .count();
    if unknown > 0 {
        let all = ratings.items.len();
        eprintln!("{unknown} of the {all} rated items are not in the model and were left out.");
    }
}
