//! Ratings: who rated what, how highly and when.

/// Ratings read from one or several files.
///
/// Users and items are numbered in order of first appearance; `events` are sorted by user, then item,
/// and hold each pair once (the newest rating wins).
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
    /// How many users were found in more than one file and made one.
    pub merged_users: usize,
}

/// One user's opinion of one item.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rating {
    /// Index into [`Ratings::users`].
    pub user: u32,
    /// Index into [`Ratings::items`].
    pub item: u32,
    /// A finite number on the scale; none for an item seen but not rated.
    pub value: Option<f32>,
    /// Seconds since 1970; 0 where the file has no time.
    pub timestamp: i64,
}

/// The range of a rating scale and its smallest step, in stars or points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RatingScale {
    /// The worst rating.
    pub min: f32,
    /// The best rating.
    pub max: f32,
    /// The smallest difference between two ratings.
    pub step: f32,
}

impl RatingScale {
    /// A rating above this is a like: 3.5 of 5 (Liang et al. 2018), so 7 of 10.
    pub fn like_above(&self) -> f32 {
        if self.min < 0.0 {
            0.5 * (self.min + self.max)
        } else {
            7.0 * self.max / 10.0
        }
    }
}

impl Ratings {
    /// Whether an event is a like: above [`RatingScale::like_above`], or, when nothing is rated, any event.
    pub fn is_like(&self, event: &Rating) -> bool {
        match self.scale {
            Some(scale) => event.value.is_some_and(|value| value > scale.like_above()),
            None => true,
        }
    }

    /// Each user's events, in user order.
    pub fn by_user(&self) -> impl Iterator<Item = &[Rating]> {
        self.events.chunk_by(|a, b| a.user == b.user)
    }
}
