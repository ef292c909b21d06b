//! Ratings: who rated or watched what, how highly or how much of it, and when.

mod columns;
mod error;
mod people;
mod read;
mod scale;
mod span;
mod table;
mod watching;

pub use columns::Columns;
pub use error::DataError;
pub use read::read_ratings;
pub use scale::{ScaleRange, like_above};
pub(crate) use table::{Table, shortened, text};

use matinee_format::RatingScale;

/// Ratings read from one or several files.
///
/// Users and items are numbered in order of first appearance; `events` are sorted by user, then item,
/// and hold each pair once (the newest rating wins; where nothing is rated, how often is counted).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Ratings {
    /// The user ids as the files spell them; with several files `<file number>:<id>`, because user 1 of one
    /// file is not user 1 of another.
    pub users: Vec<String>,
    /// The catalogue ids of the rated items, shared by all files.
    pub items: Vec<String>,
    /// Every rating, sorted by user, then item.
    pub events: Vec<Rating>,
    /// The scale the ratings are on; none when no event has a rating (implicit feedback).
    pub scale: Option<RatingScale>,
    /// The usual shares watched by which ratings were made of watching, by half hours of runtime: see
    /// [`Feedback::watched`](matinee_format::Feedback::watched). Empty where none were.
    pub watched: Vec<f32>,
    /// How many users were found in more than one file and made one.
    pub merged_users: usize,
    /// What was put right in reading.
    pub repairs: Repairs,
}

/// What was put right in reading, for people to be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Repairs {
    /// Events left out because there is a newer one of the same user and item, or one with a rating.
    pub duplicates: usize,
    /// Watching events that were added to another of the same user and item.
    pub added_up: usize,
    /// Watching events left out because the same one, to the second, is there already.
    pub repeated_watching: usize,
    /// Events without ratings that became repeats of another of the same user and item.
    pub repeats: usize,
    /// Timestamps in milliseconds, or smaller units, that were made seconds.
    pub finer_times: usize,
}

/// One user's opinion of one item.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Rating {
    /// Index into [`Ratings::users`].
    pub user: u32,
    /// Index into [`Ratings::items`].
    pub item: u32,
    /// A finite number on the scale, which watching may have been made; none for an item seen but not rated.
    pub value: Option<f32>,
    /// Seconds since 1970; 0 where the file has no time.
    pub timestamp: i64,
    /// How many more times than once the user had the item; 0 where anything is rated.
    pub repeats: u32,
}

impl Ratings {
    /// Whether an event is a like: above [`like_above`], or, when nothing is rated, any event.
    pub fn is_like(&self, event: &Rating) -> bool {
        match self.scale {
            Some(scale) => event.value.is_some_and(|value| value > like_above(&scale)),
            None => true,
        }
    }

    /// Each user's events, in user order.
    pub fn by_user(&self) -> impl Iterator<Item = &[Rating]> {
        self.events.chunk_by(|a, b| a.user == b.user)
    }
}
