//! Predicted stars: the head that ships beside plain matrix factorisation and biases, on people not in training.

use std::time::Instant;

use anyhow::{Context, Result};
use matinee_format::RatingScale;
use matinee_train::dataset::Ratings;
use matinee_train::stars::{
    Als, Shipped, StarMetrics, StarOptions, StarSplit, StarUser, UserRatings, choose, judge, train,
    tune_als,
};
use serde::Serialize;

use super::{EvaluateArgs, rounded};
use crate::table::Table;

#[derive(Serialize)]
struct Row {
    seed: u64,
    model: &'static str,
    /// Ratings known of each test user: `all` is four fifths of theirs.
    known: String,
    train_users: usize,
    test_users: usize,
    /// Held-out ratings.
    ratings: usize,
    rmse: f64,
    rmse_se: f64,
    mae: f64,
    mae_se: f64,
    /// Share of the held-out ratings in their 80% interval; empty where a model has none.
    coverage: Option<f64>,
    /// The same by fifths, from the surest to the least sure.
    coverage_1: Option<f64>,
    coverage_2: Option<f64>,
    coverage_3: Option<f64>,
    coverage_4: Option<f64>,
    coverage_5: Option<f64>,
    /// On the wire; empty for a model that does not ship.
    bytes_per_item: Option<f64>,
    trials: usize,
    /// Of the last training run, on the wall clock.
    fit_seconds: f64,
    settings: String,
}

/// How many ratings of a test user the head is told, after all of them.
const FEW: [usize; 4] = [0, 1, 2, 5];

const COLUMNS: [&str; 20] = [
    "seed",
    "model",
    "known",
    "train_users",
    "test_users",
    "ratings",
    "rmse",
    "rmse_se",
    "mae",
    "mae_se",
    "coverage",
    "coverage_1",
    "coverage_2",
    "coverage_3",
    "coverage_4",
    "coverage_5",
    "bytes_per_item",
    "trials",
    "fit_seconds",
    "settings",
];

pub(super) fn run(args: &EvaluateArgs, ratings: &Ratings) -> Result<()> {
    let scale = ratings
        .scale
        .context("the stars protocol needs ratings, and these events have none")?;
    let mut table = Table::new(&COLUMNS, args.json)?;
    for &seed in &args.seed {
        let split = StarSplit::new(ratings, &args.split(seed)).context(
            "there are too few users for a split; ask for fewer test and validation users, at least one of each",
        )?;
        let others = split.all_but_test();
        let bench = Bench {
            seed,
            scale,
            split: &split,
            others: &others,
        };
        let dims = args.star_dims.into();
        table.row(&bench.als("bias", 0))?;
        table.flush()?;
        table.row(&bench.als("als", dims))?;
        table.flush()?;
        let options = args.star_options(seed);
        for row in bench.head(&options)? {
            table.row(&row)?;
        }
        table.flush()?;
    }
    table.finish()?;
    Ok(())
}

/// One seed's split.
struct Bench<'a> {
    seed: u64,
    scale: RatingScale,
    split: &'a StarSplit,
    /// Training and validation users: what is trained on once settings are chosen.
    others: &'a [UserRatings],
}

impl Bench<'_> {
    fn als(&self, model: &'static str, dims: usize) -> Row {
        let chosen = tune_als(self.split, self.scale, dims, self.seed);
        let clock = Instant::now();
        let als = Als::train(
            self.others,
            self.split.items,
            self.scale,
            &chosen,
            self.seed,
        );
        let seconds = clock.elapsed().as_secs_f64();
        let metrics = judge(&als, &self.split.test).metrics();
        let mut settings = format!("sweeps={} bias_ridge={}", chosen.sweeps, chosen.bias_ridge);
        if dims > 0 {
            settings += &format!(" dims={dims} factor_ridge={}", chosen.factor_ridge);
        }
        self.row(model, &metrics, None, chosen.trials, seconds, settings)
    }

    fn head(&self, options: &StarOptions) -> Result<Vec<Row>> {
        let chosen = choose(self.split, self.scale, options)?;
        let clock = Instant::now();
        let trained = train(self.others, self.split.items, &chosen, options)?;
        let seconds = clock.elapsed().as_secs_f64();
        let shipped = Shipped::new(&trained.head, &trained.counts, self.scale)?;
        let bytes = shipped.bytes() as f64 / self.split.items as f64;
        let settings = format!(
            "dims={} step={} sweeps={} noise_weight={} width={:.4}",
            options.dims, options.step, chosen.sweeps, chosen.noise_weight, chosen.reading.width
        );
        let row = |users: &[StarUser]| {
            let metrics = judge(&shipped, users).metrics();
            let settings = settings.clone();
            self.row(
                "stars",
                &metrics,
                Some(bytes),
                chosen.trials,
                seconds,
                settings,
            )
        };
        let mut rows = vec![row(&self.split.test)];
        for few in FEW {
            let users: Vec<StarUser> = self.split.test.iter().map(|u| u.knowing(few)).collect();
            rows.push(Row {
                known: few.to_string(),
                ..row(&users)
            });
        }
        Ok(rows)
    }

    fn row(
        &self,
        model: &'static str,
        metrics: &StarMetrics,
        bytes: Option<f64>,
        trials: usize,
        seconds: f64,
        settings: String,
    ) -> Row {
        let share = |value: f64| (!value.is_nan()).then(|| rounded(value));
        let part = |at: usize| share(metrics.parts[at]);
        Row {
            seed: self.seed,
            model,
            known: "all".to_owned(),
            train_users: self.others.len(),
            test_users: self.split.test.len(),
            ratings: self.split.test.iter().map(|user| user.held_out.len()).sum(),
            rmse: rounded(metrics.rmse.mean),
            rmse_se: rounded(metrics.rmse.standard_error),
            mae: rounded(metrics.mae.mean),
            mae_se: rounded(metrics.mae.standard_error),
            coverage: share(metrics.coverage),
            coverage_1: part(0),
            coverage_2: part(1),
            coverage_3: part(2),
            coverage_4: part(3),
            coverage_5: part(4),
            bytes_per_item: bytes.map(|bytes| (bytes * 100.0).round() / 100.0),
            trials,
            fit_seconds: (seconds * 10.0).round() / 10.0,
            settings,
        }
    }
}
