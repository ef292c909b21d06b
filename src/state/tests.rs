use std::rc::Rc;

use matinee_format::{Feedback, Header, ItemRecord, Model, ModelCard, RatingScale, Scale, encode};
use matinee_web::store::StoreError;
use matinee_web::{Film, Rating, Stars};
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::*;

/// A catalogue of three films.
fn model() -> Model {
    let header = Header {
        catalogue: "test".into(),
        dims: 2,
        levels: 127,
        items_total: 0,
        chunks_total: 0,
        weight_shift: 20,
        genres: vec!["Crime".into()],
        feedback: Feedback {
            scale: Some(RatingScale {
                min: 0.5,
                max: 5.0,
                step: 0.5,
            }),
            weights: vec![-0.5, -0.5, -0.4, -0.3, -0.2, 0.0, 0.3, 0.6, 0.9, 1.0],
            not_for_me: -0.1,
        },
        card: ModelCard::default(),
    };
    let item = |(id, title): (&str, &str)| ItemRecord {
        id: id.into(),
        title: title.into(),
        alt_titles: Vec::new(),
        year: Some(1995),
        genres: 1,
        popularity: 10,
        imdb: None,
        tmdb: None,
        in_scale: Scale::nearest(1.0),
        out_scale: Scale::nearest(1.0),
        bias: Scale::nearest(0.0),
        codes: vec![100, 20],
    };
    let items: Vec<ItemRecord> = [("6", "Heat"), ("47", "Seven"), ("50", "The Usual Suspects")]
        .map(item)
        .into();
    Model::decode(&encode(header, &items, &[]).unwrap()).unwrap()
}

fn film(row: u32) -> Rc<Film> {
    Rc::new(Film::of(&model(), row))
}

fn stars(halves: u8) -> Option<Stars> {
    Stars::from_halves(halves)
}

fn after(actions: impl IntoIterator<Item = Action>) -> State {
    actions
        .into_iter()
        .fold(State::default(), |state, action| state.after(action))
}

#[test]
fn a_rating_is_saved_only_when_its_own_write_has_completed() {
    let rated = after([Action::Rate(film(0), stars(9), 1.0)]);
    assert_eq!(rated.ratings.entry("test:6").unwrap().kept, Kept::Saving(1));
    let changed = rated.after(Action::Rate(film(0), stars(4), 2.0));
    let first_done = changed.after(Action::Written(1, Ok(())));
    assert_eq!(
        first_done.ratings.entry("test:6").unwrap().kept,
        Kept::Saving(2)
    );
    let both_done = first_done.after(Action::Written(2, Ok(())));
    assert_eq!(both_done.ratings.entry("test:6").unwrap().kept, Kept::Saved);
    assert!(both_done.ratings.outbox().is_empty());
}

#[test]
fn a_rating_that_storage_refuses_is_kept_for_the_visit() {
    let state = after([
        Action::Rate(film(0), stars(9), 1.0),
        Action::Written(1, Err(StoreError::Full)),
    ]);
    assert_eq!(state.ratings.entry("test:6").unwrap().kept, Kept::ThisVisit);
    assert_eq!(state.storage, Some(StoreError::Full));
    // Another tab's change does not take it away.
    let read = state.after(Action::Read(Vec::new()));
    assert_eq!(read.ratings.rating("test:6").unwrap().stars, stars(9));
}

#[test]
fn reading_keeps_what_is_still_being_written() {
    let stored = Rating {
        stars: stars(2),
        seen: true,
        ..Rating::blank(&film(0), 0.0)
    };
    let state = after([
        Action::Read(vec![stored.clone()]),
        Action::Rate(film(0), stars(10), 1.0),
        Action::Read(vec![stored.clone()]),
    ]);
    assert_eq!(state.ratings.rating("test:6").unwrap().stars, stars(10));
    let removed = state
        .after(Action::Forget("test:6".into()))
        .after(Action::Read(vec![stored]));
    assert_eq!(removed.ratings.rating("test:6"), None);
}

#[test]
fn undo_goes_back_to_the_rating_before() {
    let twice = after([
        Action::Rate(film(0), stars(9), 1.0),
        Action::Rate(film(0), stars(2), 2.0),
    ]);
    let undone = twice.after(Action::Undo(3.0));
    assert_eq!(undone.ratings.rating("test:6").unwrap().stars, stars(9));
    assert_eq!(undone.toast, None);
    let once = after([Action::Rate(film(0), stars(9), 1.0), Action::Undo(2.0)]);
    assert_eq!(once.ratings.rating("test:6"), None);
    assert_eq!(
        once.ratings.outbox().last().unwrap().1,
        Write::Remove("test:6".into())
    );
}

#[test]
fn hiding_and_rating_do_not_disturb_each_other() {
    let state = after([
        Action::Rate(film(0), stars(9), 1.0),
        Action::Hide(film(0), true, 2.0),
    ]);
    let rating = state.ratings.rating("test:6").unwrap();
    assert!(rating.not_for_me && rating.stars == stars(9));
    let unrated = state.after(Action::Rate(film(0), None, 3.0));
    assert!(unrated.ratings.rating("test:6").unwrap().not_for_me);
    // With neither, nothing is left to keep.
    assert_eq!(
        unrated
            .after(Action::Hide(film(0), false, 4.0))
            .ratings
            .rating("test:6"),
        None
    );
}

#[test]
fn a_damaged_model_is_replaced_by_the_last_good_one_or_dropped() {
    let part = ModelRef(Rc::new(model()));
    let good = ModelRef(Rc::new(model()));
    let hash = || LoadError::Hash {
        expected: "a".into(),
        found: "b".into(),
    };
    let growing = after([Action::Grown(part.clone())]);
    let stand_in = growing.after(Action::LoadFailed(hash(), Some(good.clone())));
    assert_eq!(stand_in.library.model, Some(good));
    assert_eq!(
        growing
            .after(Action::LoadFailed(hash(), None))
            .library
            .model,
        None
    );
    // A connection that breaks says nothing against what has arrived.
    let broken = growing.after(Action::LoadFailed(
        LoadError::Unreachable("gone".into()),
        None,
    ));
    assert_eq!(broken.library.model, Some(part));
}

#[test]
fn a_toast_goes_only_by_its_own_time() {
    let state = after([
        Action::Rate(film(0), stars(9), 1.0),
        Action::Rate(film(1), stars(9), 2.0),
    ]);
    assert_eq!(state.after(Action::ToastOver(1)).toast, state.toast);
    assert_eq!(state.after(Action::ToastOver(2)).toast, None);
}
