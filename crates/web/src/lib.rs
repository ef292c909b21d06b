//! What the app and the widget share in a browser: the model loader, the ratings store, covers, and components
//! that know nothing but their props.
//!
//! Absent from here: routes, application state, and any decision about what to show.

pub mod components;
pub mod cover;
mod figure;
pub mod film;
pub mod kernel;
pub mod loader;
mod rating;
mod reason;
pub mod store;
pub mod words;

pub use film::Film;
pub use rating::{Mark, Rating, Stars, Watching};
pub use reason::{Opinion, Piece, Reason};
