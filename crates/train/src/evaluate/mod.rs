//! Judging recommenders by what they put first for people they have not seen.

pub mod dials;
pub mod dislikes;
mod judge;
mod metrics;
pub mod questions;
mod search;
mod shipped;
mod tune;
mod variety;

pub use judge::{Evaluation, evaluate, rank};
pub use metrics::{Estimate, Metric};
pub use shipped::{bytes_an_item, ship};
pub use tune::{Axis, Budget, Trial, Tuned, tune};
pub use variety::{Variety, VarietyOfLists};

use matinee_format::Model;

use crate::split::{Event, TrainSet};

/// Which of a visitor's events a recommender reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Input {
    /// Likes only.
    Likes,
    /// Every rating, low ones included.
    Ratings,
}

/// A trained model that scores every item for a visitor it has never seen.
pub trait Recommender: Sync {
    /// Which events [`score`](Recommender::score) is given.
    fn input(&self) -> Input;

    /// Writes the score of every item, higher is better; `scores` has one slot an item and holds anything on
    /// entry. `fold_in` is in ascending item order.
    fn score(&self, fold_in: &[Event], scores: &mut [f32]);

    /// The model file behind it; none for what does not ship.
    fn file(&self) -> Option<&Model> {
        None
    }
}

/// Why an algorithm could not be trained.
#[derive(Debug, thiserror::Error)]
pub enum FitError {
    /// A dense items x items matrix would not fit in memory.
    #[error(
        "{algorithm} needs a dense {items} x {items} matrix; it is offered up to {limit} items: use dlae"
    )]
    TooManyItems {
        /// The algorithm.
        algorithm: &'static str,
        /// Items in the training set.
        items: usize,
        /// The most it takes.
        limit: usize,
    },
    /// A matrix that should have been positive definite was not.
    #[error("{algorithm} met a singular matrix: use a regularisation above 0")]
    Singular {
        /// The algorithm.
        algorithm: &'static str,
    },
    /// The trained model breaks a rule of the file format.
    #[error(transparent)]
    Format(#[from] matinee_format::FormatError),
}

/// The values of an algorithm's hyper-parameters, by name.
pub type Settings = Vec<(&'static str, f64)>;

/// A way to train a recommender.
pub trait Algorithm: Sync {
    /// The name people type and read.
    fn name(&self) -> &'static str;

    /// The hyper-parameters, to be chosen on validation users.
    fn axes(&self) -> Vec<Axis>;

    /// Trains with one value of each axis.
    fn fit(&self, train: &TrainSet, settings: &Settings) -> Result<Box<dyn Recommender>, FitError>;
}
