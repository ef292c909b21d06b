//! What a model says about itself before its first item.

use crate::error::FormatError;
use crate::wire::record;

/// Most dimensions a vector may have. With codes of at most 127 either side of the dot product, 1,024 products
/// sum to 16,516,096 < 2^24, which an `f32` holds exactly.
pub const MAX_DIMS: u16 = 1024;
/// Largest absolute code.
pub const MAX_LEVELS: u8 = 127;
/// Longest name of a catalogue, in bytes.
const MAX_CATALOGUE_LEN: usize = 64;
/// Most half hours of runtime for which a usual share watched is kept: twelve hours.
pub const MAX_RUNTIMES: usize = 24;
/// Usual ratings that a visitor's own are averaged with.
const USUAL_RATINGS: f64 = 5.0;
/// Most genres a catalogue may name: an item's genres are the bits of a `u64`.
pub const MAX_GENRES: usize = 64;

record! {
    /// The tables that everything else in the file refers to.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Header {
        /// Namespace of the item ids: `movielens` makes item 318 known outside as `movielens:318`.
        pub catalogue: String,
        /// Length of each item's vector.
        pub dims: u16,
        /// Largest absolute code in any vector, 1 to 127.
        pub levels: u8,
        /// Items in the whole file.
        pub items_total: u32,
        /// Chunks in the whole file, this one and any optional ones included.
        pub chunks_total: u32,
        /// Binary places of a fold-in weight: a rating's weight is `round(x * in_scale * 2^weight_shift)`.
        pub weight_shift: i8,
        /// Genre names; bit `g` of an item's genres stands for `genres[g]`.
        pub genres: Vec<String>,
        /// How ratings become feedback.
        pub feedback: Feedback,
        /// Where the model comes from and how good it is.
        pub card: ModelCard,
    }
}

record! {
    /// The scale of the ratings a model was trained on, in their own units.
    #[derive(Debug, Clone, Copy, PartialEq)]
    pub struct RatingScale {
        /// Lowest rating.
        pub min: f32,
        /// Highest rating.
        pub max: f32,
        /// Distance between neighbouring ratings.
        pub step: f32,
    }
}

record! {
    /// Graded feedback: the weight in [-1, 1] with which a rating enters the visitor's vector.
    /// The weights are chosen by the trainer on validation users.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Feedback {
        /// Scale of the ratings; absent for implicit feedback.
        pub scale: Option<RatingScale>,
        /// Weight of each rating from `min` to `max` in steps of `step`; one weight where there is no scale.
        pub weights: Vec<f32>,
        /// Weight of "not for me".
        pub not_for_me: f32,
        /// Mean rating in training, on the scale; 0 where there is none.
        pub mean: f32,
        /// How far ratings are read relative to the visitor's own mean: 0 takes them as they stand, 1 as if everyone
        /// rated alike on average.
        pub own_mean: f32,
        /// Mean share watched of items that run less than 30, 60, 90 minutes and so on, the last of all longer ones.
        /// Empty where no watching times were trained on.
        pub watched: Vec<f32>,
    }
}

impl RatingScale {
    /// The rating that a share watched (0 to 1, see [`share_corrected`]) stands for: all of it for the highest, nothing
    /// for 0, or for the lowest on a scale that starts below zero.
    pub fn of_share(&self, share: f32) -> f32 {
        let low = self.min.min(0.0);
        low + (self.max - low) * share
    }
}

impl Feedback {
    /// What is taken off each of a visitor's ratings so that they read as those of a usual rater:
    /// `own_mean` of the distance of their mean from that of training. Few ratings tell little of a mean, so five usual
    /// ones are added. `ratings` are in the scale's own units, in an order that does not change.
    pub fn offset(&self, ratings: impl IntoIterator<Item = f32>) -> f32 {
        if self.own_mean == 0.0 {
            return 0.0;
        }
        let usual = f64::from(self.mean);
        let (mut above, mut count) = (0.0, USUAL_RATINGS);
        for rating in ratings {
            above += f64::from(rating) - usual;
            count += 1.0;
        }
        (f64::from(self.own_mean) * above / count) as f32
    }

    /// The rating that watching a share (0 to 1) of an item says, on the scale: all of it says the highest. Long items
    /// are left earlier, so what is watched of one counts for more than of a short one.
    pub fn rating_of_watching(&self, share: f32, runtime_minutes: f32) -> f32 {
        let share = share_corrected(&self.watched, share.clamp(0.0, 1.0), runtime_minutes);
        self.scale.map_or(share, |scale| scale.of_share(share))
    }

    /// Weight of `rating`, given in the scale's own units; between two steps it is interpolated, beyond the
    /// scale it is that of the nearest end. Any event weighs the same where there is no scale.
    pub fn weight(&self, rating: f32) -> f32 {
        let Some(scale) = self.scale else {
            return self.weights[0];
        };
        let last = self.weights.len() - 1;
        let position = ((rating - scale.min) / scale.step).clamp(0.0, last as f32);
        let low = position as usize;
        let high = (low + 1).min(last);
        let part = position - low as f32;
        self.weights[low] * (1.0 - part) + self.weights[high] * part
    }

    /// A rating in stars, 0.5 to 5, in the units of the scale: five stars are the top of it.
    pub fn rating_of_stars(&self, stars: f32) -> f32 {
        self.scale.map_or(stars, |scale| stars * scale.max / 5.0)
    }
}

/// `share` of an item watched, compared with what is usual for its runtime: `watched` holds the usual shares by half
/// hours. What was watched whole stays whole.
pub fn share_corrected(watched: &[f32], share: f32, runtime_minutes: f32) -> f32 {
    if watched.is_empty() {
        return share;
    }
    let usual = watched[half_hours(runtime_minutes).min(watched.len() - 1)];
    let overall = watched.iter().sum::<f32>() / watched.len() as f32;
    (share + (overall - usual) * (1.0 - share)).clamp(0.0, 1.0)
}

/// The half hours that a runtime fills; none where it is no number.
pub fn half_hours(runtime_minutes: f32) -> usize {
    // A cast saturates.
    (runtime_minutes / 30.0) as usize
}

record! {
    /// The model card: facts for the people who use or judge the model.
    #[derive(Debug, Clone, PartialEq, Default)]
    pub struct ModelCard {
        /// Name of the model, for people.
        pub name: String,
        /// The data it was trained on.
        pub data_sets: Vec<DataSet>,
        /// Short name of the algorithm.
        pub algorithm: String,
        /// Users, after merging the data sets.
        pub users: u64,
        /// Ratings, after merging the data sets.
        pub ratings: u64,
        /// Oldest rating, seconds since 1970; 0 where times are unknown.
        pub first_rating: i64,
        /// Newest rating, likewise. It stands for the model's date, so that a rebuild gives the same bytes.
        pub last_rating: i64,
        /// Settings the model was trained with.
        pub settings: Vec<Setting>,
        /// Figures measured on users who were not in training.
        pub evaluations: Vec<Evaluation>,
    }
}

record! {
    /// One data set behind a model.
    #[derive(Debug, Clone, PartialEq, Default)]
    pub struct DataSet {
        /// Its name.
        pub name: String,
        /// The licence it is used under.
        pub licence: String,
        /// How it asks to be cited.
        pub citation: String,
    }
}

record! {
    /// One setting of the trainer, in words.
    #[derive(Debug, Clone, PartialEq, Default)]
    pub struct Setting {
        /// Its name.
        pub name: String,
        /// Its value.
        pub value: String,
    }
}

record! {
    /// One measured figure.
    #[derive(Debug, Clone, PartialEq, Default)]
    pub struct Evaluation {
        /// How users were split and what was hidden.
        pub protocol: String,
        /// Name of the metric.
        pub metric: String,
        /// Mean over test users.
        pub value: f64,
        /// Standard error of that mean; 0 where the figure is no estimate.
        pub standard_error: f64,
    }
}

impl Header {
    /// Holds every field against its range.
    pub(crate) fn validate(&self) -> Result<(), FormatError> {
        let wrong = |what: String| Err(FormatError::invalid(what));
        if !(1..=MAX_CATALOGUE_LEN).contains(&self.catalogue.len()) {
            return wrong(format!(
                "a catalogue's name of {} bytes; 1 to {MAX_CATALOGUE_LEN} are allowed",
                self.catalogue.len()
            ));
        }
        if self
            .catalogue
            .contains(|c: char| c == ':' || c.is_control())
        {
            return wrong(format!(
                "the catalogue's name \"{}\" has a colon or a control character",
                self.catalogue
            ));
        }
        if self.dims == 0 || self.dims > MAX_DIMS {
            return wrong(format!(
                "{} dimensions; 1 to {MAX_DIMS} are allowed",
                self.dims
            ));
        }
        if self.levels == 0 || self.levels > MAX_LEVELS {
            return wrong(format!(
                "codes up to {}; 1 to {MAX_LEVELS} are allowed",
                self.levels
            ));
        }
        if self.genres.len() > MAX_GENRES {
            return wrong(format!(
                "{} genres; at most {MAX_GENRES} are allowed",
                self.genres.len()
            ));
        }
        if self.chunks_total == 0 || self.items_total == 0 {
            return wrong(format!(
                "{} items in {} chunks",
                self.items_total, self.chunks_total
            ));
        }
        // Weights must stay exact when shifted: 2^shift is a normal f32 for every shift allowed here.
        if !(-64..=64).contains(&self.weight_shift) {
            return wrong(format!(
                "a weight shift of {}; -64 to 64 are allowed",
                self.weight_shift
            ));
        }
        self.feedback.validate()
    }

    /// What the rest of the file is held against.
    pub(crate) fn limits(&self) -> Limits {
        Limits {
            dims: self.dims,
            levels: self.levels,
            genres: 1u64
                .checked_shl(self.genres.len() as u32)
                .map_or(u64::MAX, |bit| bit - 1),
            items_total: self.items_total,
            chunks_total: self.chunks_total,
        }
    }
}

/// The part of a header that later chunks are held against.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Limits {
    pub(crate) dims: u16,
    pub(crate) levels: u8,
    /// The bits that stand for a genre.
    pub(crate) genres: u64,
    pub(crate) items_total: u32,
    pub(crate) chunks_total: u32,
}

impl Limits {
    /// Whether what was held against `other` may stand in a file of this.
    ///
    /// # Errors
    /// [`FormatError::Invalid`] when it may not.
    pub(crate) fn check_same(&self, other: &Limits) -> Result<(), FormatError> {
        let shape = |limits: &Limits| (limits.dims, limits.levels, limits.genres);
        if shape(self) == shape(other) {
            return Ok(());
        }
        Err(FormatError::invalid(format!(
            "a block of another file: {} where this one has {}",
            other.shape(),
            self.shape()
        )))
    }

    fn shape(&self) -> String {
        format!(
            "{} dimensions, {} levels and {} genres",
            self.dims,
            self.levels,
            self.genres.count_ones()
        )
    }
}

impl Feedback {
    fn validate(&self) -> Result<(), FormatError> {
        let expected = match self.scale {
            None => 1,
            Some(RatingScale { min, max, step }) => {
                let steps = (max - min) / step;
                let is_whole = (steps - steps.round()).abs() < 0.01;
                if !(min.is_finite()
                    && max.is_finite()
                    && step.is_finite()
                    && step > 0.0
                    && (0.0..=1000.0).contains(&steps)
                    && is_whole)
                {
                    return Err(FormatError::invalid(
                        "a rating scale whose steps do not lead from its least to its most",
                    ));
                }
                steps.round() as usize + 1
            }
        };
        let in_range = |x: &f32| (-1.0..=1.0).contains(x);
        let is_share = |x: &f32| (0.0..=1.0).contains(x);
        if !self.mean.is_finite() || !is_share(&self.own_mean) {
            return Err(FormatError::invalid(
                "a mean rating and how much of it counts: a number and a share from 0 to 1 are needed",
            ));
        }
        if self.watched.len() > MAX_RUNTIMES || !self.watched.iter().all(is_share) {
            return Err(FormatError::invalid(format!(
                "{} usual shares watched; at most {MAX_RUNTIMES} are allowed, each from 0 to 1",
                self.watched.len()
            )));
        }
        if self.weights.len() != expected
            || !self.weights.iter().all(in_range)
            || !in_range(&self.not_for_me)
        {
            return Err(FormatError::invalid(format!(
                "{} feedback weights; {expected} are needed, each from -1 to 1, as is that of \"not for me\"",
                self.weights.len()
            )));
        }
        Ok(())
    }
}
