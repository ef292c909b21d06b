//! The model judged by what came after a date, trained on what came before it.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::collect::OURS;
use crate::baselines::Popularity;
use crate::catalogue::Catalogue;
use crate::dataset::Ratings;
use crate::evaluate::{Algorithm, Estimate, Evaluation, FitError, Metric, evaluate};
use crate::features::{Parts, features};
use crate::model::{Ranker, Reading};
use crate::pipeline::Built;
use crate::split::{Split, SplitOptions};

/// Recommenders that know nothing after a date.
#[derive(Debug, Clone, PartialEq)]
pub struct Later {
    /// The date, in UTC.
    pub date: Date,
    /// Test users, who liked something before it and something after.
    pub users: usize,
    /// The recommenders, ours last.
    pub contenders: Vec<AfterDate>,
}

/// One recommender that knows nothing after the date.
#[derive(Debug, Clone, PartialEq)]
pub struct AfterDate {
    /// The recommender.
    pub name: String,
    /// NDCG@100 on what its test users liked later.
    pub ndcg: Estimate,
    /// Our mean paired gain over it.
    pub gain: Estimate,
}

/// Judges the model by time, with the settings it ships with; none where the ratings cannot be split so.
pub(super) fn later(
    ratings: &Ratings,
    catalogue: &Catalogue,
    built: &Built,
    seed: u64,
) -> Result<Option<Later>, FitError> {
    let options = SplitOptions {
        seed,
        ..SplitOptions::default()
    };
    let Ok(split) = Split::at_time(ratings, &options, None) else {
        return Ok(None);
    };
    let Ok(after) = Timestamp::from_second(split.after) else {
        return Ok(None);
    };
    let split = split.judging;
    let items = split.describe(ratings, catalogue);
    let ours = Ranker {
        content: built
            .judged
            .content
            .as_ref()
            .map(|_| features(&items, Parts::ALL)),
        // What predicts stars knows what came after the date.
        reading: built.judged.reading.clone().map(|reading| Reading {
            stars: None,
            ..reading
        }),
        ..built.judged.clone()
    };
    let judge = |algorithm: &dyn Algorithm, settings| {
        let model = algorithm.fit(&split.train, settings)?;
        Ok::<_, FitError>(evaluate(model.as_ref(), &split.test, split.items.len()))
    };
    let (popular, ours) = (
        judge(&Popularity, &Vec::new())?,
        judge(&ours, &built.settings)?,
    );
    let contender = |(name, evaluation): (&str, &Evaluation)| AfterDate {
        name: name.to_owned(),
        ndcg: evaluation.estimate(Metric::Ndcg100),
        gain: ours.gain_over(evaluation, Metric::Ndcg100),
    };
    let contenders = [("Popularity", &popular), (OURS, &ours)];
    Ok(Some(Later {
        date: after.to_zoned(TimeZone::UTC).date(),
        users: split.test.len(),
        contenders: contenders.map(contender).into(),
    }))
}
