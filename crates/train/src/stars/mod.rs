//! The star head: predicts ratings, with an uncertainty, for people who were not in training.
//!
//! A rating is `mean + v_u . t_i + noise`, with `t_i = (1, b_i, q_i)`: a visitor has an intercept, a stretch (how much
//! of the difference between good and bad films they make theirs) and taste factors. Both sides are Gaussian with
//! full covariances, learnt by variational Bayes (Lim and Teh 2007; Raiko, Ilin and Karhunen 2007); the visitors'
//! prior mean is a linear map of which films they rated (after SVD++, Koren 2008, but through the films' own
//! vectors, so that it costs nothing an item); every visitor has a noise of their own. The step that finds a
//! training user's posterior is the one the engine takes for a visitor.

mod als;
mod fit;
mod judge;
mod pack;
mod ship;
mod small;
mod split;
mod train;

pub use als::{Als, AlsChosen, tune_als};
pub use judge::{
    Guess, Held, Judged, PARTS, Quintile, Shipped, StarMetrics, StarModel, Unsure, judge,
};
pub use pack::Reading;
pub use ship::{Ship, StarFigures, head_within, ship};
pub use split::{StarSplit, StarUser};
pub use train::{Chosen, StarOptions, Trained, choose, train};

/// Each user's ratings: item and stars.
pub type UserRatings = Vec<(u32, f32)>;
