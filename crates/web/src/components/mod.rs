//! Components that know nothing but their props: what they show comes in, what the visitor does goes out.

mod cover;
mod curtain;
mod empty;
mod film_card;
mod film_row;
mod icon;
mod motion;
mod notice;
mod progress;
mod reason_text;
mod search_box;
mod shelf;
mod skeleton;
mod star_rating;
mod toast;
mod why;

pub use cover::Cover;
pub use curtain::Curtain;
pub use empty::Empty;
pub use film_card::{FilmCard, RateFilm};
pub use film_row::FilmRow;
pub use icon::{Icon, Shape};
pub use motion::use_motion;
pub use notice::Notice;
pub use progress::{Bulbs, Progress};
pub use reason_text::ReasonText;
pub use search_box::SearchBox;
pub use shelf::Shelf;
pub use skeleton::{SkeletonGrid, SkeletonShelf};
pub use star_rating::StarRating;
pub use toast::Toast;
pub use why::{Why, WhyLine};
