//! What a recommender has to beat.

mod ease;
mod popularity;

pub use ease::Ease;
pub use popularity::Popularity;
