//! Ratings in, a ranked and explained list out.
//!
//! A visitor's [`Profile`] is the sum of the vectors of what they rated; [`rank`] holds it against every item of a
//! [`Model`](matinee_format::Model), [`explain`] takes a score apart into the ratings it came from, and
//! [`search::TitleIndex`] finds items by name.
//!
//! This crate does no I/O and knows nothing of browsers. Everything that decides an order is computed in
//! integers or in single, fixed-order `f32` operations, so a browser and a native program agree exactly.

mod elicit;
mod explain;
mod group;
mod list;
mod profile;
mod score;
pub mod search;
mod similar;
mod stars;

pub use elicit::{Interview, Kind, Question, head};
pub use explain::{Contribution, Explanation, explain};
pub use group::{Member, Shared, group_list};
pub use list::{Filter, ListOptions, arrange, caution_factor, list, miscalibration};
pub use profile::{Folded, Profile};
pub use score::{Query, Scored, rank, score_all, top_k};
pub use similar::{alike, similar};
pub use stars::{Direction, Lean, StarPrediction, StarProfile};
