//! Keeps ratings in storage, and this tab in step with others.

use std::rc::Rc;

use matinee_web::components::RateFilm;
use matinee_web::store::StoreError;
use matinee_web::{Film, Rating};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::settings::forget_settings;
use super::{Dispatch, Shared, StateHandle};
use crate::state::{Action, Answer, Change, Mark, Write};

/// What the visitor can do, with the time at which it is done.
#[derive(Clone, PartialEq)]
pub(crate) struct Actions {
    /// Rate a film, or take the rating away.
    pub rate: Callback<RateFilm>,
    /// Set a film aside.
    pub hide: Callback<Rc<Film>>,
    /// Mark a film, or take the mark off.
    pub mark: Callback<(Rc<Film>, Mark, bool)>,
    /// Answer a question about a film.
    pub answer: Callback<(Rc<Film>, Answer)>,
    /// Take back an answer about the film with this key, of which this was kept before.
    pub take_back_answer: Callback<(String, Option<Rating>)>,
    /// Keep nothing of a film.
    pub forget: Callback<String>,
    /// Bring in ratings from elsewhere.
    pub bring: Callback<Rc<[Change]>>,
    /// Take back what was brought in.
    pub take_back: Callback<Rc<[Change]>>,
    /// Forget everything.
    pub wipe: Callback<()>,
    /// Take back what was last done.
    pub undo: Callback<()>,
    /// Take down the toast with this id.
    pub close_toast: Callback<u32>,
    /// Try to load the model again.
    pub retry: Callback<()>,
}

/// Reads the stored ratings, does the writes that the state queues, in order, and returns what the visitor can do.
#[hook]
pub(crate) fn use_ratings(state: &StateHandle, shared: &Shared) -> Actions {
    {
        let (dispatch, shared) = (state.dispatcher(), shared.clone());
        use_effect_with((), move |()| {
            let listener = Rc::new(std::cell::RefCell::new(None));
            let held = listener.clone();
            spawn_local(async move {
                read(&dispatch, &shared).await;
                let Ok(store) = shared.store().await else {
                    return;
                };
                let again = shared.clone();
                *held.borrow_mut() = store.watch(move || {
                    let (dispatch, shared) = (dispatch.clone(), again.clone());
                    spawn_local(async move { read(&dispatch, &shared).await });
                });
            });
            move || drop(listener.take())
        });
    }
    {
        let started = use_mut_ref(|| 0);
        let (dispatch, shared) = (state.dispatcher(), shared.clone());
        let outbox = state.ratings.outbox().to_vec();
        use_effect_with(state.ratings.newest_write(), move |newest| {
            let due = outbox
                .into_iter()
                .filter(|(number, _)| *number > *started.borrow());
            for (number, write) in due {
                let (dispatch, shared) = (dispatch.clone(), shared.clone());
                // Transactions on one store are carried out in the order they are made.
                spawn_local(async move {
                    let result = carry_out(&shared, &write).await;
                    dispatch.dispatch(Action::Written(number, result));
                });
            }
            *started.borrow_mut() = *newest;
        });
    }
    let dispatch = state.dispatcher();
    (*use_memo((), move |()| actions(dispatch))).clone()
}

async fn read(dispatch: &Dispatch, shared: &Shared) {
    let ratings = match shared.store().await {
        Ok(store) => store.ratings().await,
        Err(error) => Err(error),
    };
    dispatch.dispatch(match ratings {
        Ok(ratings) => Action::Read(ratings),
        Err(error) => Action::StorageFailed(error),
    });
}

async fn carry_out(shared: &Shared, write: &Write) -> Result<(), StoreError> {
    let store = shared.store().await?;
    match write {
        Write::Put(rating) => store.put(rating).await,
        Write::Remove(item) => store.remove(item).await,
        Write::Together(writes) => {
            let (mut put, mut remove) = (Vec::new(), Vec::new());
            for write in writes {
                match write {
                    Write::Put(rating) => put.push(rating),
                    Write::Remove(item) => remove.push(item.as_str()),
                    Write::Together(_) | Write::Wipe => {}
                }
            }
            store.write_all(&put, &remove).await
        }
        Write::Wipe => {
            forget_settings();
            store.wipe().await
        }
    }
}

fn actions(dispatch: Dispatch) -> Actions {
    Actions {
        rate: sends(&dispatch, |(film, stars), now| {
            Action::Rate(film, stars, now)
        }),
        hide: sends(&dispatch, |film, now| {
            Action::Mark(film, Mark::NotForMe, true, now)
        }),
        mark: sends(&dispatch, |(film, mark, on), now| {
            Action::Mark(film, mark, on, now)
        }),
        answer: sends(&dispatch, |(film, answer), now| {
            Action::Answer(film, answer, now)
        }),
        take_back_answer: sends(&dispatch, |(item, before), now| {
            Action::TakeBackAnswer(item, before, now)
        }),
        forget: sends(&dispatch, |item, _| Action::Forget(item)),
        bring: sends(&dispatch, |changes, _| Action::Bring(changes)),
        take_back: sends(&dispatch, |changes, _| Action::TakeBack(changes)),
        wipe: sends(&dispatch, |(), _| Action::Wipe),
        undo: sends(&dispatch, |(), now| Action::Undo(now)),
        close_toast: sends(&dispatch, |id, _| Action::ToastOver(id)),
        retry: sends(&dispatch, |(), _| Action::Retry),
    }
}

/// A callback that sends the action `make` gives for its argument and the time.
fn sends<T: 'static>(dispatch: &Dispatch, make: fn(T, f64) -> Action) -> Callback<T> {
    let dispatch = dispatch.clone();
    Callback::from(move |what| dispatch.dispatch(make(what, js_sys::Date::now())))
}
