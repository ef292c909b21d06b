//! What lists are like beside being right, and what turning their dials costs.

use indicatif::ProgressBar;
use matinee_engine::ListOptions;
use matinee_format::Model;

use crate::evaluate::dials::evaluate_dials;
use crate::evaluate::{Estimate, Evaluation, Metric, Variety};
use crate::split::Split;

/// How far a recommender reaches, over the first 20 films of each test user.
#[derive(Debug, Clone, PartialEq)]
pub struct Reach {
    /// The recommender.
    pub name: String,
    /// Whether it is the model that the report is about.
    pub ours: bool,
    /// NDCG@100.
    pub ndcg: f64,
    /// Share of the films in anybody's list.
    pub coverage: f64,
    /// Gini coefficient of how often films are shown: 0 when all alike, 1 when always the same.
    pub gini: f64,
    /// Share of what is shown that lies outside the head: the fewest films that hold 80% of the training ratings.
    pub long_tail: f64,
    /// Mean distance of two films of a list: 1 less the cosine of who rated them.
    pub distance: f64,
    /// Share of their list that two visitors have in common.
    pub overlap: f64,
}

pub(super) fn reach(name: &str, ours: bool, evaluation: &Evaluation, variety: &Variety) -> Reach {
    let lists = variety.of(&evaluation.shown);
    Reach {
        name: name.to_owned(),
        ours,
        ndcg: evaluation.estimate(Metric::Ndcg100).mean,
        coverage: evaluation.coverage,
        gini: lists.gini,
        long_tail: lists.long_tail,
        distance: lists.distance.mean,
        overlap: evaluation.overlap,
    }
}

/// A dial of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dial {
    /// Towards the well known, or away from it. What it gives is the share of the long tail.
    Popularity,
    /// Films unlike each other. What it gives is their mean distance.
    Diversity,
    /// Genres in the proportions of the visitor's likes. What it gives is how far from them the list still is.
    Calibration,
}

impl Dial {
    pub(super) const ALL: [Self; 3] = [Self::Popularity, Self::Diversity, Self::Calibration];

    /// The positions that are tried, from end to end; 0 is at rest.
    fn positions(self) -> &'static [f32] {
        match self {
            Self::Popularity => &[-1.0, -0.5, -0.25, 0.0, 0.5, 1.0],
            Self::Diversity | Self::Calibration => &[0.0, 0.1, 0.2, 0.3, 0.5, 0.7],
        }
    }

    fn at(self, position: f32) -> ListOptions {
        let mut options = ListOptions::default();
        *match self {
            Self::Popularity => &mut options.popularity,
            Self::Diversity => &mut options.diversity,
            Self::Calibration => &mut options.calibration,
        } = position;
        options
    }
}

/// A dial at one position, all others at rest.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dialling {
    /// The dial.
    pub dial: Dial,
    /// Its position, -1 to 1.
    pub position: f32,
    /// What it is turned for, see [`Dial`].
    pub given: f64,
    /// NDCG@100 of lists as the site makes them.
    pub ndcg: Estimate,
    /// Mean paired difference in NDCG@100 to the dials at rest.
    pub gain: Estimate,
}

/// Turns each dial for the test users of `split`. Calibration is left out where no film has a genre.
pub(super) fn dials(
    model: &Model,
    split: &Split,
    variety: &Variety,
    progress: &ProgressBar,
) -> Vec<Dialling> {
    let rest = evaluate_dials(model, &split.test, &ListOptions::default());
    let mut turned = Vec::new();
    for dial in Dial::ALL {
        progress.set_message(format!("turning the dials: {dial:?}"));
        for &position in dial.positions() {
            let dialled = evaluate_dials(model, &split.test, &dial.at(position));
            let lists = variety.of(&dialled.evaluation.shown);
            let given = match dial {
                Dial::Popularity => lists.long_tail,
                Dial::Diversity => lists.distance.mean,
                Dial::Calibration => dialled.miscalibration.mean,
            };
            turned.push(Dialling {
                dial,
                position,
                given,
                ndcg: dialled.evaluation.estimate(Metric::Ndcg100),
                gain: dialled
                    .evaluation
                    .gain_over(&rest.evaluation, Metric::Ndcg100),
            });
            progress.inc(1);
        }
    }
    turned.retain(|dialling| !dialling.given.is_nan());
    turned
}
