//! The strong-generalisation split: the people a model is judged on are not in its training set.

/// One user's opinion of one item, as an algorithm sees it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Event {
    /// The item, below [`TrainSet::items`].
    pub item: u32,
    /// The rating; none for an item seen but not rated.
    pub rating: Option<f32>,
    /// Whether the event counts as a like.
    pub liked: bool,
}

/// What an algorithm is trained on.
#[derive(Debug, Clone, PartialEq)]
pub struct TrainSet {
    /// Number of items; those no user of the set likes have been dropped.
    pub items: usize,
    /// Each user's events, in ascending item order, low ratings included.
    pub users: Vec<Vec<Event>>,
}

/// A user to judge with.
#[derive(Debug, Clone, PartialEq)]
pub struct HeldOutUser {
    /// Index into the users of the ratings that were split.
    pub user: u32,
    /// What the visitor is known to like; never recommended again.
    pub likes: Vec<Event>,
    /// Everything else the visitor rated, held-out likes excepted. Stays recommendable.
    pub others: Vec<Event>,
    /// Likes to be found.
    pub held_out: Vec<u32>,
}

/// Training users, validation users to choose settings on, and test users to report on.
#[derive(Debug, Clone, PartialEq)]
pub struct Split {
    /// The item of the ratings that each item of the split stands for.
    pub items: Vec<u32>,
    /// The training set.
    pub train: TrainSet,
    /// Users to choose settings on.
    pub validation: Vec<HeldOutUser>,
    /// Users to report on.
    pub test: Vec<HeldOutUser>,
}
