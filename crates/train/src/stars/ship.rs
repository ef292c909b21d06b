//! The star head of a model that ships: chosen, judged, then trained on everybody.

use indicatif::ProgressBar;
use matinee_format::{Evaluation, FormatError, RatingScale, Setting, StarHead};

use super::judge::{Guess, Quintile, Shipped, StarModel, judge};
use super::split::{StarSplit, everyone};
use super::train::{SHARE, StarOptions, choose, train};
use super::{Als, UserRatings, tune_als};
use crate::dataset::Ratings;
use crate::evaluate::Estimate;
use crate::split::{Split, SplitOptions};

/// A head trained on everybody, and what is to be said of it.
#[derive(Debug, Clone)]
pub struct Ship {
    /// The head, items in the order of [`Ratings::items`].
    pub head: StarHead,
    /// Figures on test users, of a head trained without them.
    pub evaluations: Vec<Evaluation>,
    /// What was chosen.
    pub settings: Vec<Setting>,
    /// The same figures beside those of simpler ways to predict.
    pub figures: StarFigures,
}

/// How well stars are predicted for people who were not in training.
#[derive(Debug, Clone, PartialEq)]
pub struct StarFigures {
    /// Root mean squared error of ways to predict, in stars; the one that ships last.
    pub rmse: Vec<(String, Estimate)>,
    /// The part of the ratings that an interval promises to hold.
    pub promised: f64,
    /// Fifths of the predictions, the surest first.
    pub quintiles: Vec<Quintile>,
}

/// Predicts the same stars for everything.
struct Always(f32);

impl StarModel for Always {
    fn predict(&self, _: &[(u32, f32)], items: &[u32]) -> Vec<Guess> {
        let guess = Guess {
            stars: self.0,
            unsure: None,
        };
        vec![guess; items.len()]
    }
}

/// A star head that goes with a ranking model judged on `split`: it knows nobody who is held out there. None where
/// nothing is rated.
///
/// # Errors
/// When what is learnt is beyond what the format allows.
pub fn head_within(
    split: &Split,
    scale: Option<RatingScale>,
    options: &StarOptions,
) -> Result<Option<StarHead>, FormatError> {
    let split = StarSplit::within(split);
    let Some(scale) = scale.filter(|_| !split.validation.is_empty()) else {
        return Ok(None);
    };
    let chosen = choose(&split, scale, options)?;
    Ok(Some(
        train(&split.train, split.items, &chosen, options)?.head,
    ))
}

/// Trains a star head; none where nothing is rated or there are too few users to hold some out.
///
/// # Errors
/// When what is learnt is beyond what the format allows.
pub fn ship(
    ratings: &Ratings,
    split: &SplitOptions,
    options: &StarOptions,
    progress: &ProgressBar,
) -> Result<Option<Ship>, FormatError> {
    let Some(scale) = ratings.scale else {
        return Ok(None);
    };
    let seed = split.seed;
    let Some(split) = StarSplit::new(ratings, split) else {
        return Ok(None);
    };
    progress.set_message("learning stars");
    let chosen = choose(&split, scale, options)?;
    let others = split.all_but_test();
    let trained = train(&others, split.items, &chosen, options)?;
    let shipped = Shipped::new(&trained.head, &trained.counts, scale)?;
    let judged = judge(&shipped, &split.test);
    let metrics = judged.metrics();
    let biases = tune_als(&split, scale, 0, seed);
    let biases = Als::train(&others, split.items, scale, &biases, seed);
    let biases = judge(&biases, &split.test).metrics();
    let known = || others.iter().flatten();
    let mean = known().map(|&(_, stars)| f64::from(stars)).sum::<f64>() / known().count() as f64;
    let mean = judge(&Always(mean as f32), &split.test).metrics();

    let everybody: Vec<UserRatings> = everyone(ratings).map(|(_, rated)| rated).collect();
    let head = train(&everybody, split.items, &chosen, options)?.head;
    let protocol = format!(
        "stars, a fifth of {} test users' ratings from the rest, seed {seed}",
        split.test.len()
    );
    let row = |metric: &str, of: Estimate| Evaluation {
        protocol: protocol.clone(),
        metric: metric.to_owned(),
        value: of.mean,
        standard_error: of.standard_error,
    };
    // A share of n ratings; they are not quite independent within a user, so this is a little small.
    let held_out: usize = split.test.iter().map(|user| user.held_out.len()).sum();
    let share = |value: f64, parts: usize| Estimate {
        mean: value,
        standard_error: (value * (1.0 - value) * parts as f64 / held_out as f64).sqrt(),
    };
    // The furthest from what it promises.
    let off = |share: &f64| (share - SHARE).abs();
    let worst = metrics
        .parts
        .into_iter()
        .max_by(|a, b| off(a).total_cmp(&off(b)));
    let parts = metrics.parts.len();
    let setting = |name: &str, value: String| Setting {
        name: name.to_owned(),
        value,
    };
    Ok(Some(Ship {
        head,
        evaluations: vec![
            row("rmse", metrics.rmse),
            row("rmse of item and user bias", biases.rmse),
            row("80% intervals that hold", share(metrics.coverage, 1)),
            row(
                "the same, worst fifth by uncertainty",
                share(worst.unwrap_or(f64::NAN), parts),
            ),
        ],
        settings: vec![
            setting("star dims", options.dims.to_string()),
            setting("star step", options.step.to_string()),
            setting("star sweeps", chosen.sweeps.to_string()),
            setting("star noise weight", chosen.noise_weight.to_string()),
        ],
        figures: StarFigures {
            rmse: vec![
                ("the same for all".to_owned(), mean.rmse),
                ("film and visitor means".to_owned(), biases.rmse),
                ("Matinee, as it ships".to_owned(), metrics.rmse),
            ],
            promised: SHARE,
            quintiles: judged.quintiles().into(),
        },
    }))
}
