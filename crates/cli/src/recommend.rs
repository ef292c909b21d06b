//! `matinee recommend`: what a model recommends to visitors whose ratings stand in a file.

use std::path::PathBuf;

use anyhow::Result;
use matinee_engine::{Profile, Scored, rank};
use matinee_format::Model;
use matinee_train::dataset::{Rating, Ratings, read_ratings};
use serde::Serialize;

use crate::columns::ColumnsArg;
use crate::model_file;
use crate::table::Table;

/// Recommend items to the users of a ratings file. They need not have been in training: each is folded in, just as
/// a visitor of the site is.
#[derive(clap::Args)]
pub(crate) struct RecommendArgs {
    /// The model.
    #[arg(long)]
    model: PathBuf,
    /// Ratings of the users to recommend to.
    #[arg(long, required = true, num_args = 1..)]
    ratings: Vec<PathBuf>,
    /// Names of the columns, where they differ: user=..,item=..,rating=..,timestamp=..
    #[arg(long, default_value = "")]
    columns: ColumnsArg,
    /// Recommendations for each user.
    #[arg(long, default_value_t = 20)]
    top: usize,
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
        &args.columns.0,
        &indicatif::ProgressBar::hidden(),
    )?;
    report_unknown(&model, &ratings);

    let mut table = Table::new(&["user", "item", "rank", "score"], args.json)?;
    for events in ratings.by_user() {
        let user = &ratings.users[events[0].user as usize];
        let profile = fold_in(&model, &ratings, events);
        for (index, Scored { row, score }) in rank(&model, &profile, args.top, |_| false)
            .into_iter()
            .enumerate()
        {
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

/// The profile of one user. Something seen but not rated is excluded from their list and says nothing of their
/// taste, unless the model was trained on such events.
fn fold_in(model: &Model, ratings: &Ratings, events: &[Rating]) -> Profile {
    let feedback = &model.header().feedback;
    // Ratings of another scale are stretched to the model's: what counts is the part of the best rating.
    let stretch = match (feedback.scale, ratings.scale) {
        (Some(model), Some(file)) => model.max / file.max,
        _ => 1.0,
    };
    let offset = feedback.offset(events.iter().filter_map(|e| Some(e.value? * stretch)));
    let mut profile = Profile::new(model);
    for event in events {
        let weight = match (event.value, feedback.scale) {
            (Some(value), _) => feedback.weight(value * stretch - offset),
            (None, None) => feedback.weight(0.0),
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
