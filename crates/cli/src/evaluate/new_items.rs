//! Items that nobody in training has rated, known by their content alone.

use std::time::Instant;

use anyhow::{Result, ensure};
use matinee_train::catalogue::CatalogueItem;
use matinee_train::dataset::Ratings;
use matinee_train::evaluate::{Estimate, Input, Recommender};
use matinee_train::features::{Parts, features};
use matinee_train::grades::Scale;
use matinee_train::model::{Method, Ranker};
use matinee_train::new_items::{GenreProfile, MostTagged, NewItems, Shuffled, tune};
use serde::Serialize;

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
        let catalogue = args.catalogue(
            ratings,
            [&split.validation, &split.test]
                .into_iter()
                .flat_map(|side| &side.users),
        )?;
        let describe = |id: &String| catalogue.get_or_unknown(id);
        let items: Vec<&CatalogueItem> = ratings.items.iter().map(describe).collect();
        let dlae = |parts| Ranker {
            method: Method::Dlae,
            reading: None,
            dims: args.dims.into(),
            levels: args.levels,
            scale: Scale::of(ratings),
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
