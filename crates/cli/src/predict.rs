//! `matinee predict`: the stars that users would give to items, and how sure that is.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use matinee_engine::StarProfile;
use matinee_format::{Model, RatingScale};
use matinee_train::dataset::{Rating, Ratings, read_ratings};
use serde::Serialize;

use crate::columns::{ColumnsArg, repairs};
use crate::model_file;
use crate::table::Table;

/// Predict ratings. Users need not have been in training: each is folded in, just as a visitor of the site is. Prints
/// a rating and the interval that holds it four times of five, on the scale of the ratings given.
#[derive(clap::Args)]
pub(crate) struct PredictArgs {
    /// The model; it must have a star head.
    #[arg(long)]
    model: PathBuf,
    /// Ratings of the users to predict for.
    #[arg(long, required = true, num_args = 1..)]
    ratings: Vec<PathBuf>,
    /// Names of the ratings' columns, where they differ: user=..,item=..,rating=..,timestamp=.., and for what was
    /// watched seconds_watched=..,runtime=.., both in seconds.
    #[arg(long, default_value = "")]
    columns: ColumnsArg,
    /// What to predict: CSV with a header that names a user and an item column. Where there are several ratings files,
    /// user 7 of the first is 1:7.
    #[arg(long)]
    pairs: PathBuf,
    /// Print JSON, an object a line, in place of CSV.
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Line<'a> {
    user: &'a str,
    item: &'a str,
    /// This and the ends of the interval are empty where the model does not know the item.
    rating: Option<f32>,
    low: Option<f32>,
    high: Option<f32>,
}

/// A row of the pairs file.
struct Pair {
    line: u64,
    user: String,
    item: String,
}

pub(crate) fn run(args: PredictArgs) -> Result<()> {
    let (model, _) = model_file::read(&args.model)?;
    ensure!(
        model.stars().is_some(),
        "the model {} has no star head; train it anew on data with ratings",
        args.model.display()
    );
    let ratings = read_ratings(
        &args.ratings,
        &args.columns.0.clone().read_by(&model.header().feedback),
        &indicatif::ProgressBar::hidden(),
    )?;
    repairs(&ratings);
    let pairs = read_pairs(&args.pairs)?;
    let stretch = Stretch::between(ratings.scale, model.header().feedback.scale)?;
    let events: HashMap<&str, &[Rating]> = ratings
        .by_user()
        .map(|events| (ratings.users[events[0].user as usize].as_str(), events))
        .collect();

    let mut profiles: HashMap<&str, Option<StarProfile>> = HashMap::new();
    let mut unknown = Unknown::default();
    let columns = ["user", "item", "rating", "low", "high"];
    let mut table = Table::new(&columns, args.json)?;
    for pair in &pairs {
        let known = events.get(pair.user.as_str());
        if known.is_none() {
            unknown.user(pair.line, &pair.user);
        }
        let profile = profiles.entry(&pair.user).or_insert_with(|| {
            let rated = known.map_or_else(Vec::new, |known| rows(&model, &ratings, known, stretch));
            StarProfile::fold_in(&model, &rated)
        });
        let Some(profile) = profile else {
            bail!(
                "nothing can be computed from the ratings of user {:?}",
                pair.user
            );
        };
        let row = model.row_of(&pair.item);
        if row.is_none() {
            unknown.item(pair.line, &pair.item);
        }
        let predicted = row.and_then(|row| profile.predict(&model, row));
        table.row(&Line {
            user: &pair.user,
            item: &pair.item,
            rating: predicted.map(|p| stretch.back(p.stars)),
            low: predicted.map(|p| stretch.back(p.low)),
            high: predicted.map(|p| stretch.back(p.high)),
        })?;
    }
    table.finish()?;
    unknown.report(&args.pairs);
    Ok(())
}

/// Ratings of another scale are stretched to the model's: what counts is the part of the best rating.
#[derive(Clone, Copy)]
pub(crate) struct Stretch(pub(crate) f32);

impl Stretch {
    fn between(file: Option<RatingScale>, model: Option<RatingScale>) -> Result<Self> {
        let file = file.context("the events have no ratings; give ratings to predict from")?;
        Ok(Stretch(model.map_or(1.0, |model| model.max / file.max)))
    }

    fn back(self, stars: f32) -> f32 {
        stars / self.0
    }
}

/// A user's ratings as the engine takes them; items that the model does not know are left out.
pub(crate) fn rows(
    model: &Model,
    ratings: &Ratings,
    events: &[Rating],
    stretch: Stretch,
) -> Vec<(u32, f32)> {
    let row = |event: &Rating| {
        let row = model.row_of(&ratings.items[event.item as usize])?;
        Some((row, event.value? * stretch.0))
    };
    events.iter().filter_map(row).collect()
}

fn read_pairs(path: &Path) -> Result<Vec<Pair>> {
    let name = path.display();
    let mut reader =
        csv::Reader::from_path(path).with_context(|| format!("the pairs {name} cannot be read"))?;
    let headers = reader
        .headers()
        .with_context(|| format!("{name}, line 1"))?;
    let column = |names: &[&str]| {
        let is = |header: &str| {
            let header = header.trim().trim_start_matches('\u{feff}');
            names.iter().any(|name| header.eq_ignore_ascii_case(name))
        };
        headers.iter().position(is).with_context(|| {
            format!(
                "{name}, line 1: no column is called {}; give a header such as user,item",
                names[0]
            )
        })
    };
    let user = column(&["user", "userId", "user_id"])?;
    let item = column(&["item", "itemId", "item_id", "movie", "movieId", "movie_id"])?;
    let mut pairs = Vec::new();
    for record in reader.records() {
        // The reader's errors name the line.
        let record = record.with_context(|| format!("{name}"))?;
        pairs.push(Pair {
            line: record.position().map_or(0, csv::Position::line),
            user: record[user].trim().to_owned(),
            item: record[item].trim().to_owned(),
        });
    }
    Ok(pairs)
}

/// What the pairs name that nothing is known of: how often, and where first.
#[derive(Default)]
struct Unknown {
    users: (usize, Option<(u64, String)>),
    items: (usize, Option<(u64, String)>),
}

impl Unknown {
    fn user(&mut self, line: u64, id: &str) {
        self.users.0 += 1;
        self.users.1.get_or_insert_with(|| (line, id.to_owned()));
    }

    fn item(&mut self, line: u64, id: &str) {
        self.items.0 += 1;
        self.items.1.get_or_insert_with(|| (line, id.to_owned()));
    }

    fn report(&self, path: &Path) {
        let path = path.display();
        if let (count, Some((line, id))) = &self.users {
            eprintln!(
                "{count} pairs are of users without ratings, who get what anybody would: first {id:?}, {path}, line {line}."
            );
        }
        if let (count, Some((line, id))) = &self.items {
            eprintln!(
                "{count} pairs are of items that the model does not know and are left empty: first {id:?}, {path}, line {line}."
            );
        }
    }
}
