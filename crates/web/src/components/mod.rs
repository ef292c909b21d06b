//! Components that know nothing but their props: what they show comes in, what the visitor does goes out.

mod curtain;
mod film_card;
mod film_row;
mod icon;
mod motion;
mod notice;
mod plain;
mod search_box;
mod sentence;
mod shelf;
mod star_rating;
mod toast;
mod why;

pub use curtain::Curtain;
pub use film_card::{FilmCard, RateFilm};
pub use film_row::{Aside, FilmRow};
pub use icon::{Shape, icon};
pub use motion::use_motion;
pub use notice::Notice;
pub use plain::{
    bulbs, cover, empty, progress, reason_text, skeleton_cards, skeleton_grid, skeleton_shelf,
};
pub use search_box::SearchBox;
pub(crate) use sentence::pieces;
pub use sentence::sentence;
pub use shelf::Shelf;
pub use star_rating::StarRating;
pub use toast::Toast;
pub use why::{Why, WhyLine};
