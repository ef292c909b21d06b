//! The report: one self-contained HTML page about a model, for people.
//!
//! [`Report`] is plain data, [`collect`] measures it, [`Report::html`] writes it. The page asks for nothing: styles,
//! drawings and its few lines of script are inside. The same data gives the same bytes.

mod asking;
mod collect;
mod failures;
mod lists;
mod map;
mod page;
mod sizes;
mod time;

pub use asking::{Asked, Asking};
pub use collect::{Subject, collect};
pub use failures::{Failure, Film, HiddenFilm};
pub use lists::{Dial, Dialling, Reach};
pub use map::Place;
pub use sizes::Size;
pub use time::{AfterDate, Later};

use matinee_format::ModelCard;

use crate::audit::RaterAudit;
use crate::evaluate::{Estimate, Metric, Trial};
use crate::stars::StarFigures;
use crate::trends::Trends;

/// Everything that the page says.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// The model card, as it is in the file.
    pub card: ModelCard,
    /// The file.
    pub file: File,
    /// Recommenders on the same test users, the weakest first.
    pub contenders: Vec<Contender>,
    /// Why a recommender that one would expect is not among them.
    pub left_out: Vec<String>,
    /// Bytes against accuracy.
    pub sizes: Vec<Size>,
    /// What heavy raters decide; none for an algorithm without user weights.
    pub raters: Option<RaterAudit>,
    /// Recommenders that know nothing after a date, judged by what came then; none where the data has no times.
    pub later: Option<Later>,
    /// Questions against accuracy; none where it was not measured.
    pub questions: Option<Asking>,
    /// How well stars are predicted; none where it was not measured.
    pub stars: Option<StarFigures>,
    /// Dislikes against accuracy; empty where it was not measured.
    pub dislikes: Vec<Dislikes>,
    /// How far recommendations reach beyond the best known; empty where it was not measured.
    pub reach: Vec<Reach>,
    /// What the dials of the list cost and give; empty where it was not measured.
    pub dials: Vec<Dialling>,
    /// Trends in the data.
    pub trends: Trends,
    /// The best-known films, alike ones side by side.
    pub map: Vec<Place>,
    /// Test users whom the model served worst.
    pub failures: Vec<Failure>,
    /// Every setting that was tried.
    pub trials: Vec<Trial>,
}

/// Facts about the model file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its length in bytes.
    pub bytes: usize,
    /// Films in it.
    pub films: usize,
    /// Length of their vectors.
    pub dims: usize,
    /// Largest absolute code.
    pub levels: u8,
}

/// One recommender on the test users.
#[derive(Debug, Clone, PartialEq)]
pub struct Contender {
    /// The name people know it by.
    pub name: String,
    /// Whether it is the model that the report is about.
    pub ours: bool,
    /// Values of [`Metric::ALL`].
    pub metrics: [Estimate; Metric::ALL.len()],
    /// Our mean paired gain in NDCG@100 over it.
    pub gain: Estimate,
    /// Share of the films in anybody's first 20.
    pub coverage: f64,
    /// Share of their first 20 that two visitors have in common.
    pub overlap: f64,
    /// Settings tried.
    pub trials: usize,
}

/// One way to treat dislikes.
#[derive(Debug, Clone, PartialEq)]
pub struct Dislikes {
    /// Its name.
    pub name: String,
    /// NDCG@100.
    pub ndcg: f64,
    /// Disliked films per liked film in the first 20.
    pub disliked: f64,
    /// Whether the model ships with it.
    pub ships: bool,
}

#[cfg(test)]
mod tests;
