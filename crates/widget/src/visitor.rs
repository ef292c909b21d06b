//! A visitor, as the model at hand sees them.

use matinee_engine::{Explanation, Interview, Profile, StarPrediction, StarProfile, explain};
use matinee_format::Model;
use matinee_web::{Opinion, Rating, Reason};

/// The films that most people know stand for all where it is asked how well a visitor is known.
const WELL_KNOWN: u32 = 400;

/// What was said, folded in.
pub(crate) struct Visitor {
    /// What they think of films.
    pub profile: Profile,
    /// What predicts their stars, and those of somebody of whom nothing is known.
    stars: Option<(StarProfile, StarProfile)>,
    /// The films they are done with, in order of their rows, with what they think of them; nothing of those merely seen.
    said: Vec<(u32, Option<Opinion>)>,
    /// The films they have not seen, as they said.
    unseen: Vec<u32>,
    /// Whether anything of it says how much they like a film.
    pub is_known: bool,
}

impl Visitor {
    /// Folds in `ratings`. Those of films that have not arrived are left for when they do.
    pub(crate) fn new(model: &Model, ratings: &[Rating]) -> Self {
        let feedback = &model.header().feedback;
        let ours = || {
            ratings
                .iter()
                .filter_map(|rating| Some((rating, rating.id_in(model)?)))
        };
        let offset = feedback.offset(ours().filter_map(|(rating, _)| rating.value(feedback)));
        let mut profile = Profile::new(model);
        let (mut said, mut unseen, mut valued) = (Vec::new(), Vec::new(), Vec::new());
        for (rating, id) in ours() {
            let row = model.row_of(id);
            if rating.unseen {
                unseen.extend(row);
            }
            if !rating.is_settled() {
                continue;
            }
            profile.set(model, id, rating.feedback(feedback, offset));
            let Some(row) = row else { continue };
            said.push((row, rating.opinion()));
            valued.extend(rating.value(feedback).map(|value| (row, value)));
        }
        said.sort_unstable_by_key(|(row, _)| *row);
        valued.sort_unstable_by_key(|(row, _)| *row);
        let stars = StarProfile::fold_in(model, &valued).zip(StarProfile::fold_in(model, &[]));
        let is_known = profile.folded().any(|folded| folded.weight != 0);
        Self {
            is_known,
            profile,
            stars,
            said,
            unseen,
        }
    }

    /// What predicts their stars.
    pub(crate) fn stars(&self) -> Option<&StarProfile> {
        self.stars.as_ref().map(|(own, _)| own)
    }

    /// Whether they are done with the film at `row`.
    pub(crate) fn is_done_with(&self, row: u32) -> bool {
        self.said
            .binary_search_by_key(&row, |(row, _)| *row)
            .is_ok()
    }

    fn opinion(&self, row: u32) -> Option<Opinion> {
        let found = self.said.binary_search_by_key(&row, |(row, _)| *row).ok()?;
        self.said[found].1
    }

    /// The stars they would give the film at `row`; `None` before they have given any, and where the model predicts none.
    pub(crate) fn predict(&self, model: &Model, row: u32) -> Option<StarPrediction> {
        let own = self.stars().filter(|_| self.is_known)?;
        let prediction = own.predict(model, row)?;
        let scale = 5.0 / model.header().feedback.rating_of_stars(5.0);
        Some(StarPrediction {
            stars: prediction.stars * scale,
            sd: prediction.sd * scale,
            low: prediction.low * scale,
            high: prediction.high * scale,
        })
    }

    /// Why the film at `row` is where it is; `None` where nothing is known of them.
    pub(crate) fn reason(&self, model: &Model, row: u32) -> Option<(Explanation, Reason)> {
        if !self.is_known {
            return None;
        }
        let explanation = explain(model, &self.profile, row);
        let reason = Reason::of(&explanation, |rated| {
            Some((model.item(rated).title.to_owned(), self.opinion(rated)?))
        });
        Some((explanation, reason))
    }

    /// What is known and not known of them, to ask them more.
    pub(crate) fn interview(&self, model: &Model) -> Interview {
        let mut interview = Interview::new(model, &self.profile);
        for row in &self.unseen {
            interview.not_seen(model, *row);
        }
        interview
    }

    /// How well they are known, 0 to 1: the part of what is unsure of anybody that their ratings have settled.
    pub(crate) fn knowledge(&self, model: &Model) -> f32 {
        let rows = 0..WELL_KNOWN.min(model.len() as u32);
        let known = |(own, anybody): &(StarProfile, StarProfile)| {
            own.settled_part(anybody, model, rows.clone())
        };
        self.stars.as_ref().map_or(0.0, known)
    }
}
