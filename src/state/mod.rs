//! The app's state: plain data, changed only by [`State::after`], which is pure. What has to reach storage is queued in
//! the outbox; `crate::effects` sees to it and reports back.

mod encore;
mod filters;
mod knowledge;
mod library;
mod programme;
mod ratings;

use std::rc::Rc;

pub(crate) use matinee_web::Mark;
use matinee_web::loader::LoadError;
use matinee_web::store::StoreError;
use matinee_web::{Film, Rating, Stars};
use yew::Reducible;

pub(crate) use encore::{Encore, Favourite, Kind, Outside, Visitor, genres, interview};
pub(crate) use filters::Filters;
pub(crate) use knowledge::{Knowledge, Level};
pub(crate) use library::{Instead, Library, ModelRef};
pub(crate) use programme::{Leader, Programme};
pub(crate) use ratings::{Change, Kept, Ratings, Write};

/// Everything that pages are drawn from.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct State {
    /// The model, as far as it has arrived.
    pub library: Library,
    /// What the visitor said.
    pub ratings: Ratings,
    /// What is wrong with the browser's storage, if anything.
    pub storage: Option<StoreError>,
    /// A newer release than the one on the page has been kept.
    pub updated: bool,
    /// What just happened.
    pub toast: Option<Toast>,
    toasts: u32,
}

/// What just happened, and how to take it back.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Toast {
    /// Different for each toast.
    pub id: u32,
    /// What happened.
    pub said: Said,
    /// Title of the film.
    pub title: String,
    /// Key of the film.
    pub item: String,
    /// The rating before, to go back to.
    before: Option<Rating>,
}

/// What a toast tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Said {
    /// The film was rated.
    Rated(Stars),
    /// Its rating was removed.
    Removed,
    /// It was marked, or a mark taken off.
    Marked(Mark, bool),
}

/// What a visitor says of a film they are asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// They have seen it, and think this of it.
    Stars(Stars),
    /// They have not seen it.
    Unseen,
    /// It is not to be recommended.
    NotForMe,
}

/// Something that happened. Times are milliseconds since 1970.
#[derive(Clone, Debug)]
pub(crate) enum Action {
    /// This many bytes of the model have arrived, of so many.
    Received(u64, Option<u64>),
    /// The model has grown.
    Grown(ModelRef),
    /// The model is there and is what was published.
    Loaded(ModelRef),
    /// The model is not to be had; the last good one stands in, if there is one.
    LoadFailed(LoadError, Option<ModelRef>),
    /// The visitor asks to try again.
    Retry,
    /// The stored ratings were read, at first or after another tab changed them.
    Read(Vec<Rating>),
    /// The storage cannot be used.
    StorageFailed(StoreError),
    /// The visitor rated a film or took the rating away.
    Rate(Rc<Film>, Option<Stars>, f64),
    /// The visitor marked a film, or took that back.
    Mark(Rc<Film>, Mark, bool, f64),
    /// The visitor answered a question about a film. It says so itself, so there is no toast.
    Answer(Rc<Film>, Answer, f64),
    /// The visitor takes back an answer about the film with this key, of which this was kept before.
    TakeBackAnswer(String, Option<Rating>, f64),
    /// The visitor removed all that is kept of a film, which need no longer be in the catalogue.
    Forget(String),
    /// The visitor brings in ratings from elsewhere.
    Bring(Rc<[Change]>),
    /// The visitor takes that back.
    TakeBack(Rc<[Change]>),
    /// The visitor wipes everything.
    Wipe,
    /// The visitor takes back what the toast tells.
    Undo(f64),
    /// The toast with this id has been up long enough.
    ToastOver(u32),
    /// A newer release has been kept, and is used from the next time the page is opened.
    Updated,
    /// A write came to its end.
    Written(u32, Result<(), StoreError>),
}

impl State {
    /// The state after `action`.
    #[must_use]
    pub(crate) fn after(&self, action: Action) -> Self {
        let mut next = self.clone();
        match action {
            Action::Received(bytes, total) => next.library.received(bytes, total),
            Action::Grown(model) => next.library.grown(model),
            Action::Loaded(model) => next.library.loaded(model),
            Action::LoadFailed(error, stand_in) => next.library.failed(error, stand_in),
            Action::Retry => next.library.retry(),
            Action::Read(stored) => next.ratings.read(stored),
            Action::StorageFailed(error) => {
                next.storage = Some(error);
                next.ratings.opened = true;
            }
            Action::Rate(film, stars, now) => {
                let before = next.ratings.rating(&film.key).cloned();
                let mut rating = before.clone().unwrap_or_else(|| Rating::blank(&film, now));
                rating.rate(stars);
                rating.updated_at = now;
                next.say(stars.map_or(Said::Removed, Said::Rated), &rating, before);
                next.ratings.set(rating);
            }
            Action::Mark(film, mark, on, now) => {
                let before = next.ratings.rating(&film.key).cloned();
                let mut rating = before.clone().unwrap_or_else(|| Rating::blank(&film, now));
                mark.set(&mut rating, on);
                rating.updated_at = now;
                next.say(Said::Marked(mark, on), &rating, before);
                next.ratings.set(rating);
            }
            Action::Answer(film, answer, now) => {
                let before = next.ratings.rating(&film.key).cloned();
                let mut rating = before.unwrap_or_else(|| Rating::blank(&film, now));
                match answer {
                    Answer::Stars(stars) => rating.rate(Some(stars)),
                    Answer::Unseen => Mark::Unseen.set(&mut rating, true),
                    Answer::NotForMe => Mark::NotForMe.set(&mut rating, true),
                }
                rating.updated_at = now;
                next.toast = None;
                next.ratings.set(rating);
            }
            Action::TakeBackAnswer(item, before, now) => match before {
                Some(rating) => next.ratings.set(Rating {
                    updated_at: now,
                    ..rating
                }),
                None => next.ratings.remove(&item),
            },
            Action::Forget(item) => {
                if let Some(rating) = next.ratings.rating(&item).cloned() {
                    let said = if rating.stars.is_some() {
                        Said::Removed
                    } else {
                        let marks = [Mark::Watchlist, Mark::Seen, Mark::NotForMe, Mark::Unseen];
                        let mark = marks.into_iter().find(|mark| mark.is_on(&rating));
                        Said::Marked(mark.unwrap_or(Mark::NotForMe), false)
                    };
                    next.say(said, &rating, Some(rating.clone()));
                    next.ratings.remove(&item);
                }
            }
            Action::Bring(changes) => {
                next.toast = None;
                next.ratings.bring(&changes);
            }
            Action::TakeBack(changes) => next.ratings.take_back(&changes),
            Action::Wipe => {
                next.toast = None;
                next.ratings.wipe();
            }
            Action::Undo(now) => match next.toast.take() {
                Some(Toast {
                    before: Some(rating),
                    ..
                }) => next.ratings.set(Rating {
                    updated_at: now,
                    ..rating
                }),
                Some(Toast { item, .. }) => next.ratings.remove(&item),
                None => {}
            },
            Action::ToastOver(id) => next.toast = next.toast.filter(|toast| toast.id != id),
            Action::Updated => next.updated = true,
            Action::Written(write, result) => {
                next.ratings.written(write, result.is_ok());
                if let Err(error) = result {
                    next.storage = Some(error);
                }
            }
        }
        next
    }

    fn say(&mut self, said: Said, rating: &Rating, before: Option<Rating>) {
        self.toasts += 1;
        self.toast = Some(Toast {
            id: self.toasts,
            said,
            title: rating.title.clone(),
            item: rating.item.clone(),
            before,
        });
    }
}

impl Reducible for State {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        Rc::new(self.after(action))
    }
}

#[cfg(test)]
mod tests;
