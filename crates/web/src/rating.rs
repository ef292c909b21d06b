//! What a visitor said about a film.

use matinee_format::{Feedback, Model};
use tr::tr;

use crate::film::Film;
use crate::reason::Opinion;

/// Half a star to five, in halves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stars(u8);

impl Stars {
    /// The lowest rating.
    pub const LEAST: Self = Self(1);
    /// The highest rating.
    pub const MOST: Self = Self(10);

    /// From a number of half stars; `None` unless it is 1 to 10.
    #[must_use]
    pub fn from_halves(halves: u8) -> Option<Self> {
        (1..=10).contains(&halves).then_some(Self(halves))
    }

    /// From stars; `None` unless they are half a star to five, in halves.
    #[must_use]
    pub fn from_value(stars: f64) -> Option<Self> {
        let halves = stars * 2.0;
        (halves.fract() == 0.0 && (1.0..=10.0).contains(&halves)).then_some(Self(halves as u8))
    }

    /// Number of half stars, 1 to 10.
    #[must_use]
    pub fn halves(self) -> u8 {
        self.0
    }

    /// Stars, 0.5 to 5.
    #[must_use]
    pub fn value(self) -> f32 {
        f32::from(self.0) / 2.0
    }

    /// Whether this says that the film was disliked.
    #[must_use]
    pub fn is_dislike(self) -> bool {
        self.0 < 5
    }

    /// "4½", for the eye.
    #[must_use]
    pub fn short(self) -> String {
        match (self.0 / 2, self.0 % 2) {
            (0, _) => "½".to_owned(),
            (whole, 0) => whole.to_string(),
            (whole, _) => format!("{whole}½"),
        }
    }

    /// "4 and a half stars", for the ear.
    #[must_use]
    pub fn words(self) -> String {
        match (self.0 / 2, self.0 % 2) {
            (0, _) => tr!("half a star"),
            (whole, 0) => tr!("{n} star" | "{n} stars" % whole),
            (whole, _) => tr!("{n} and a half stars" | "{n} and a half stars" % whole),
        }
    }
}

impl From<Stars> for f64 {
    fn from(stars: Stars) -> Self {
        f64::from(stars.0) / 2.0
    }
}

/// How long a film was watched, as a player reported it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Watching {
    /// Seconds watched in all, over several sittings, at most [`runtime`](Self::runtime).
    pub seconds: f32,
    /// Seconds that the film runs, above 0.
    pub runtime: f32,
}

/// All that a visitor said about one film. This is the record in the browser's database: fields may be added, and
/// are never renamed or removed.
#[derive(Clone, Debug, PartialEq)]
pub struct Rating {
    /// Key of the film, such as `movielens:318`. It does not change when the model does.
    pub item: String,
    /// Title at the time, so that a rating can be shown when its film is no longer in the catalogue.
    pub title: String,
    /// Year, likewise.
    pub year: Option<u16>,
    /// Stars, if any were given.
    pub stars: Option<Stars>,
    /// Seen, whether or not stars were given.
    pub seen: bool,
    /// Not to be recommended.
    pub not_for_me: bool,
    /// To be watched.
    pub watchlist: bool,
    /// Not seen, as the visitor said when asked: it may be recommended, and is not asked about again.
    pub unseen: bool,
    /// How long it was watched, where a player told.
    pub watched: Option<Watching>,
    /// When this was last changed, in milliseconds since 1970.
    pub updated_at: f64,
}

impl Rating {
    /// A rating of `film` that says nothing yet.
    #[must_use]
    pub fn blank(film: &Film, now: f64) -> Self {
        Self::blank_of(film.key.to_string(), film.title.to_string(), film.year, now)
    }

    /// Likewise, of the film with this key.
    #[must_use]
    pub fn blank_of(item: String, title: String, year: Option<u16>, now: f64) -> Self {
        Self {
            item,
            title,
            year,
            stars: None,
            seen: false,
            not_for_me: false,
            watchlist: false,
            unseen: false,
            watched: None,
            updated_at: now,
        }
    }

    /// Whether nothing is said, so that there is nothing to keep.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        !self.is_settled() && !self.watchlist && !self.unseen
    }

    /// Whether the visitor is done with the film, so that it need not be recommended: seen, rated or not wanted.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.stars.is_some() || self.seen || self.not_for_me
    }

    /// Gives the film stars, or takes them away. Whoever gives any has seen it.
    pub fn rate(&mut self, stars: Option<Stars>) {
        self.stars = stars;
        Mark::Seen.set(self, stars.is_some());
    }

    /// What this says of the film on the scale of the model's ratings: the stars, or else the rating that watching it so long
    /// stands for. `None` where neither is known.
    #[must_use]
    pub fn value(&self, feedback: &Feedback) -> Option<f32> {
        let stars = |stars: Stars| feedback.rating_of_stars(stars.value());
        let watched = |watched: Watching| {
            feedback.rating_of_watching(watched.seconds / watched.runtime, watched.runtime / 60.0)
        };
        self.stars.map(stars).or(self.watched.map(watched))
    }

    /// What this says that a reason can name; nothing of a film merely seen.
    #[must_use]
    pub fn opinion(&self) -> Option<Opinion> {
        let stars = self.stars.map(Opinion::Stars);
        let watched = self.watched.map(|_| Opinion::Watched);
        let hidden = self.not_for_me.then_some(Opinion::NotForMe);
        stars.or(watched).or(hidden)
    }

    /// The weight in `[-1, 1]` with which this enters the visitor's vector, given the [`Feedback::offset`] of all their
    /// ratings. Stars and watching speak for themselves, also of a film that is hidden; a film merely seen weighs nothing.
    #[must_use]
    pub fn feedback(&self, feedback: &Feedback, offset: f32) -> f32 {
        match self.value(feedback) {
            Some(value) => feedback.weight(value - offset),
            None if self.not_for_me => feedback.not_for_me,
            None => 0.0,
        }
    }

    /// Id of the film in the model's own catalogue; `None` for a film of another catalogue.
    #[must_use]
    pub fn id_in(&self, model: &Model) -> Option<&str> {
        self.item
            .strip_prefix(model.header().catalogue.as_str())?
            .strip_prefix(':')
    }
}

/// What can be said of a film without stars.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// It is not to be recommended.
    NotForMe,
    /// It was seen.
    Seen,
    /// It is to be watched.
    Watchlist,
    /// It was not seen: not to be asked about again.
    Unseen,
}

impl Mark {
    /// Whether `rating` has it.
    #[must_use]
    pub fn is_on(self, rating: &Rating) -> bool {
        match self {
            Self::NotForMe => rating.not_for_me,
            Self::Seen => rating.seen,
            Self::Watchlist => rating.watchlist,
            Self::Unseen => rating.unseen,
        }
    }

    /// Puts it on or takes it off. What was seen or is not wanted is no longer to be watched, and what was seen is not
    /// unseen.
    pub fn set(self, rating: &mut Rating, on: bool) {
        match self {
            Self::NotForMe => rating.not_for_me = on,
            Self::Seen => rating.seen = on,
            Self::Watchlist => rating.watchlist = on,
            Self::Unseen => rating.unseen = on,
        }
        if on && matches!(self, Self::NotForMe | Self::Seen) {
            rating.watchlist = false;
        }
        if on && self == Self::Seen {
            rating.unseen = false;
        }
        if on && self == Self::Unseen {
            rating.seen = false;
        }
    }
}
