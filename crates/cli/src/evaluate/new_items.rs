//! Items that nobody in training has rated, known by their content alone.

use std::path::PathBuf;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use indicatif::ProgressBar;
use matinee_train::catalogue::{Catalogue, CatalogueItem, read_catalogue_without};
use matinee_train::dataset::Ratings;
use matinee_train::evaluate::{Estimate, Input, Recommender};
use matinee_train::features::{Parts, features};
use matinee_train::model::Dlae;
use matinee_train::new_items::{GenreProfile, MostTagged, NewItems, Shuffled, tune};
use serde::Serialize;
use std::collections::HashSet;

use super::{EvaluateArgs, rounded, spelt};
use crate::table::Table;

/// The ablations: name, and what is used beside genres. Gains are over the first.
const CONTENT: [(&str, Parts); 4] = [
    ("genres", Parts::GENRES),
    (
        "genres, year",
        Parts {
            year: true,
            ..Parts::GENRES
        },
    ),
    (
        "genres, year, tags",
        Parts {
            text: false,
            ..Parts::ALL
        },
    ),
    ("genres, year, tags, text", Parts::ALL),
];

#[derive(Serialize)]
struct Row<'a> {
    seed: u64,
    model: &'a str,
    /// Items taken out of training, which are ranked among themselves.
    new_items: usize,
    test_users: usize,
    #[serde(rename = "recall@20")]
    recall: f64,
    #[serde(rename = "recall@20_se")]
    recall_se: f64,
    /// Mean paired difference to the model that knows genres alone.
    gain: f64,
    gain_se: f64,
    /// Recall as a multiple of that model's.
    ratio: f64,
    seconds: f64,
    settings: String,
}

const COLUMNS: [&str; 11] = [
    "seed",
    "model",
    "new_items",
    "test_users",
    "recall@20",
    "recall@20_se",
    "gain",
    "gain_se",
    "ratio",
    "seconds",
    "settings",
];

pub(super) fn run(args: &EvaluateArgs, ratings: &Ratings) -> Result<()> {
    ensure!(
        !args.content.items.is_empty(),
        "--protocol new-items needs --items, the table of titles and genres, and is better with --tags and --texts"
    );
    let mut table = Table::new(&COLUMNS, args.json)?;
    for &seed in &args.seed {
        let split = NewItems::split(ratings, &args.split(seed))?;
        ensure!(
            !split.test.users.is_empty() && !split.validation.users.is_empty(),
            "nobody likes both a new item and another: give more ratings"
        );
        let catalogue = catalogue(args, ratings, &split)?;
        let unknown = CatalogueItem::default();
        let items: Vec<&CatalogueItem> = ratings
            .items
            .iter()
            .map(|id| catalogue.get(id).unwrap_or(&unknown))
            .collect();
        let dlae = |parts| Dlae {
            dims: args.dims.into(),
            levels: args.levels,
            scale: ratings.scale,
            input: Input::Likes,
            content: Some(features(&items, parts)),
            seed,
        };

        let mut first: Option<Vec<f64>> = None;
        let mut row = |model: &str, recommender: &dyn Recommender, settings, clock: Instant| {
            let recall = split.test.recall(recommender, split.train.items);
            let genres = first.get_or_insert_with(|| recall.clone());
            let pairs = recall.iter().zip(genres.iter());
            let gain = Estimate::of(pairs.map(|(this, genres)| this - genres));
            let base = Estimate::of(genres.iter().copied()).mean;
            let estimate = Estimate::of(recall.iter().copied());
            table.row(&Row {
                seed,
                model,
                new_items: split.test.items.len(),
                test_users: split.test.users.len(),
                recall: rounded(estimate.mean),
                recall_se: rounded(estimate.standard_error),
                gain: rounded(gain.mean),
                gain_se: rounded(gain.standard_error),
                ratio: rounded(estimate.mean / base),
                seconds: (clock.elapsed().as_secs_f64() * 10.0).round() / 10.0,
                settings,
            })?;
            table.flush()
        };
        for (name, parts) in CONTENT {
            let missing = |empty: fn(&CatalogueItem) -> bool| items.iter().all(|item| empty(item));
            if parts.text && missing(|item| item.text.is_empty())
                || parts.tags && missing(|item| item.tags.is_empty())
            {
                continue;
            }
            let clock = Instant::now();
            let tuned = tune(&dlae(parts), &split)?;
            row(name, tuned.model.as_ref(), spelt(&tuned.settings), clock)?;
        }
        let baselines: [(&str, &dyn Recommender); 3] = [
            ("most tagged", &MostTagged::of(&items)),
            ("genre profile", &GenreProfile::of(&items)),
            ("random", &Shuffled { seed }),
        ];
        for (name, baseline) in baselines {
            row(name, baseline, String::new(), Instant::now())?;
        }
    }
    table.finish()?;
    Ok(())
}

/// The catalogue without the tags that held-out users gave. The ratings and tags of one set of users are recognised
/// by their place: the first tags file goes with the first ratings file, and so on.
fn catalogue(args: &EvaluateArgs, ratings: &Ratings, split: &NewItems) -> Result<Catalogue> {
    let tags: &[PathBuf] = &args.content.tags;
    ensure!(
        tags.is_empty() || tags.len() == args.ratings.len(),
        "give --tags one file for each of --ratings, in the same order: held-out users' own tags are not used"
    );
    let held_out: HashSet<&str> = [&split.validation, &split.test]
        .into_iter()
        .flat_map(|side| &side.users)
        .map(|user| ratings.users[user.user as usize].as_str())
        .collect();
    let alone = args.ratings.len() == 1;
    let left_out = |file: usize, user: &str| {
        if alone {
            held_out.contains(user)
        } else {
            held_out.contains(format!("{}:{user}", file + 1).as_str())
        }
    };
    let files = args.content.files(Vec::new());
    read_catalogue_without(&files, left_out, &ProgressBar::hidden())
        .context("the catalogue cannot be read")
}
