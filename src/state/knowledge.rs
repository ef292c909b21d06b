//! How well Matinee knows a visitor: the part of what was unsure of their stars beforehand that their ratings have settled.

use matinee_engine::StarProfile;
use matinee_format::Model;

use super::encore::genres;

/// The films that most people know stand for all.
const WELL_KNOWN: u32 = 400;
/// Those of a genre that stand for it, and the fewest that can.
const OF_GENRE: usize = 30;
const LEAST_OF_GENRE: usize = 12;
/// Parts settled from which on it is called so: on the default model about one rating, three, ten and twenty-five.
const BEGUN: f32 = 0.1;
const SOME: f32 = 0.28;
const FAIR: f32 = 0.45;
const WELL: f32 = 0.65;

/// How well, in steps for which there are words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Level {
    /// Next to nothing.
    Hardly,
    /// A beginning.
    Begun,
    /// Somewhat.
    Some,
    /// Fairly well.
    Fair,
    /// Well.
    Well,
}

impl Level {
    /// The step that a part settled is on.
    pub(crate) fn of(part: f32) -> Self {
        match part {
            part if part >= WELL => Self::Well,
            part if part >= FAIR => Self::Fair,
            part if part >= SOME => Self::Some,
            part if part >= BEGUN => Self::Begun,
            _ => Self::Hardly,
        }
    }
}

/// What the star head knows of a visitor beyond what it knows of anybody.
#[derive(Clone, Copy)]
pub(crate) struct Knowledge<'a> {
    /// The model.
    pub model: &'a Model,
    /// The visitor.
    pub visitor: &'a StarProfile,
    /// Somebody of whom nothing is known.
    pub anybody: &'a StarProfile,
}

impl Knowledge<'_> {
    /// The part settled of what people know best, 0 to 1.
    pub(crate) fn part(self) -> f32 {
        self.of(0..WELL_KNOWN.min(self.model.len() as u32))
    }

    /// The genre that is known best and the one known least, each by its place in the model's list with the part settled.
    pub(crate) fn best_and_least(self) -> Option<((usize, f32), (usize, f32))> {
        let parts = genres(self.model).filter_map(|genre| {
            let is_of = |row: &u32| self.model.genres(*row) >> genre & 1 == 1;
            let rows = (0..self.model.len() as u32).filter(is_of).take(OF_GENRE);
            let rows: Vec<u32> = rows.collect();
            (rows.len() >= LEAST_OF_GENRE).then(|| (genre, self.of(rows)))
        });
        parts.fold(None, |found, next| {
            let Some((best, least)) = found else {
                return Some((next, next));
            };
            Some((
                if next.1 > best.1 { next } else { best },
                if next.1 < least.1 { next } else { least },
            ))
        })
    }

    fn of(self, rows: impl IntoIterator<Item = u32>) -> f32 {
        self.visitor.settled_part(self.anybody, self.model, rows)
    }
}
