use std::rc::Rc;

use matinee_engine::{Profile, explain};
use matinee_format::{Feedback, Header, ItemRecord, Model, ModelCard, RatingScale, Scale, encode};
use matinee_web::store::StoreError;
use matinee_web::{Film, Rating, Stars};
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::*;

/// A catalogue of three films.
fn model() -> Model {
    let films = [("6", "Heat"), ("47", "Seven"), ("50", "The Usual Suspects")];
    catalogue(films.map(|(id, title)| (id.to_owned(), title.to_owned(), vec![100, 20])))
}

fn header() -> Header {
    Header {
        catalogue: "test".into(),
        dims: 0,
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
            mean: 3.5,
            own_mean: 0.0,
            watched: Vec::new(),
        },
        card: ModelCard::default(),
    }
}

/// A film given as id, title and vector.
fn item((id, title, codes): (String, String, Vec<i8>)) -> ItemRecord {
    ItemRecord {
        id,
        title,
        alt_titles: Vec::new(),
        year: Some(1995),
        genres: 1,
        popularity: 10,
        imdb: None,
        tmdb: None,
        in_scale: Scale::nearest(1.0),
        out_scale: Scale::nearest(1.0),
        bias: Scale::nearest(0.0),
        codes,
    }
}

/// A catalogue of films given like that.
fn catalogue(films: impl IntoIterator<Item = (String, String, Vec<i8>)>) -> Model {
    let items: Vec<ItemRecord> = films.into_iter().map(item).collect();
    let mut header = header();
    header.dims = items[0].codes.len() as u16;
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
        Action::Mark(film(0), Mark::NotForMe, true, 2.0),
    ]);
    let rating = state.ratings.rating("test:6").unwrap();
    assert!(rating.not_for_me && rating.stars == stars(9));
    let unrated = state.after(Action::Rate(film(0), None, 3.0));
    assert!(unrated.ratings.rating("test:6").unwrap().not_for_me);
    // With neither, nothing is left to keep.
    assert_eq!(
        unrated
            .after(Action::Mark(film(0), Mark::NotForMe, false, 4.0))
            .ratings
            .rating("test:6"),
        None
    );
}

#[test]
fn what_was_seen_is_no_longer_to_be_watched() {
    let listed = after([Action::Mark(film(0), Mark::Watchlist, true, 1.0)]);
    let rating = listed.ratings.rating("test:6").unwrap();
    assert!(rating.watchlist && !rating.is_settled());
    for then in [
        Action::Mark(film(0), Mark::Seen, true, 2.0),
        Action::Mark(film(0), Mark::NotForMe, true, 2.0),
        Action::Rate(film(0), stars(8), 2.0),
    ] {
        let state = listed.after(then);
        let rating = state.ratings.rating("test:6").unwrap();
        assert!(!rating.watchlist && rating.is_settled());
        let undone = state.after(Action::Undo(3.0));
        assert!(undone.ratings.rating("test:6").unwrap().watchlist);
    }
    let off = listed.after(Action::Mark(film(0), Mark::Watchlist, false, 2.0));
    assert_eq!(off.ratings.rating("test:6"), None);
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

/// 500 films around ten tastes, and a visitor who rated one film of three of them.
fn visitor() -> (Model, Profile) {
    let mut noise = 1_u32;
    let mut random = move || {
        noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (noise >> 24) as i32 - 128
    };
    let film = |i: usize| {
        let codes = (0..16)
            .map(|dim| (random() / 6 + if dim == i % 10 { 100 } else { 0 }) as i8)
            .collect();
        (i.to_string(), format!("Film {i}"), codes)
    };
    let model = catalogue((0..500).map(film));
    let mut profile = Profile::new(&model);
    for (id, feedback) in [("0", 1.0), ("1", 1.0), ("2", -0.5)] {
        profile.set(&model, id, feedback);
    }
    (model, profile)
}

/// The same, as rows are put together for them.
fn seen_as<'a>(model: &'a Model, profile: &'a Profile, rated: &'a [(u32, Stars)]) -> Visitor<'a> {
    Visitor {
        model,
        profile,
        stars: None,
        rated,
        unseen: &[],
    }
}

#[test]
fn the_programme_shows_nothing_twice_and_nothing_dealt_with() {
    let (model, profile) = visitor();
    let dealt_with = |row: u32| row < 3 || row.is_multiple_of(7);
    let programme = Programme::new(seen_as(&model, &profile, &[]), |row| row < 2, dealt_with);
    let led = programme.led.iter().flat_map(|leader| &leader.row);
    let mut rows: Vec<u32> = [&programme.top, &programme.gems, &programme.ask]
        .into_iter()
        .flatten()
        .chain(led)
        .copied()
        .collect();
    assert!(
        rows.len() > 50 && !rows.iter().any(|row| dealt_with(*row)),
        "{rows:?}"
    );
    let shown = rows.len();
    rows.sort_unstable();
    rows.dedup();
    assert_eq!(rows.len(), shown);
}

#[test]
fn the_programme_names_only_a_rating_that_truly_leads() {
    let (model, profile) = visitor();
    let programme = Programme::new(seen_as(&model, &profile, &[]), |row| row < 2, |row| row < 3);
    assert!(!programme.led.is_empty());
    for leader in &programme.led {
        for row in &leader.row {
            let contributions = explain(&model, &profile, *row).contributions;
            let most = contributions
                .iter()
                .max_by(|a, b| a.amount.total_cmp(&b.amount))
                .unwrap();
            assert_eq!(most.row, leader.by);
        }
    }
    // A film that was not loved leads nothing, however much it contributes.
    assert!(
        Programme::new(seen_as(&model, &profile, &[]), |_| false, |row| row < 3)
            .led
            .is_empty()
    );
}

/// Films of two genres and three decades: every third one is of the second genre, and from the fifties.
fn of_two_genres() -> Model {
    let mut model = Vec::new();
    for i in 0..300_usize {
        let mut codes = vec![10_i8; 8];
        codes[i % 3] = 90;
        codes[3 + i % 5] = 40;
        let year = if i % 3 == 0 {
            1955
        } else {
            1995 + (i % 20) as u16
        };
        model.push((i, codes, year, if i % 3 == 0 { 2 } else { 1 }));
    }
    let mut header = header();
    header.dims = 8;
    header.genres = vec!["Crime".into(), "Western".into()];
    let items: Vec<ItemRecord> = model
        .into_iter()
        .map(|(i, codes, year, genres)| ItemRecord {
            year: Some(year),
            genres,
            ..item((i.to_string(), format!("Film {i}"), codes))
        })
        .collect();
    Model::decode(&encode(header, &items, &[]).unwrap()).unwrap()
}

fn rating(model: &Model, rated: &[(u32, Stars)]) -> Profile {
    let mut profile = Profile::new(model);
    for (row, stars) in rated {
        profile.set(
            model,
            &row.to_string(),
            f32::from(stars.halves()) / 5.0 - 1.0,
        );
    }
    profile
}

#[test]
fn what_a_visitor_favours_is_told_in_numbers_that_are_true() {
    let model = of_two_genres();
    // Four westerns liked, of five films liked; another genre for the sixth, which was not.
    let rated: Vec<(u32, Stars)> = [(0, 9), (3, 10), (6, 8), (9, 9), (1, 8), (2, 4)]
        .into_iter()
        .map(|(row, halves)| (row, stars(halves).unwrap()))
        .collect();
    let profile = rating(&model, &rated);
    let is_rated = |row: u32| rated.iter().any(|(other, _)| *other == row);
    let shown = [12, 15];
    let encore = Encore::new(seen_as(&model, &profile, &rated), shown, is_rated);
    let [genre, decade] = &encore.favourites[..] else {
        panic!("{:?}", encore.favourites);
    };
    assert_eq!(
        (genre.kind, decade.kind),
        (Kind::Genre(1), Kind::Decade(1950))
    );
    assert_eq!((genre.liked, genre.of), (4, 5));
    assert!((genre.usual - 1.0 / 3.0).abs() < 1e-6, "{}", genre.usual);
    for row in &genre.row {
        assert_eq!(model.genres(*row), 2);
    }
    let (from, newest) = encore.newest.as_ref().unwrap();
    assert!(newest.iter().all(|row| model.year(*row).unwrap() >= *from));
    // Both genres were touched.
    assert_eq!(encore.outside, None);
    let mut all: Vec<u32> = encore
        .favourites
        .iter()
        .flat_map(|f| &f.row)
        .copied()
        .collect();
    all.extend(newest);
    all.extend(&encore.rare);
    all.extend(shown);
    assert!(!all.iter().any(|row| is_rated(*row)));
    let count = all.len();
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), count);
}

#[test]
fn a_genre_that_was_not_touched_is_outside_the_bubble() {
    let model = of_two_genres();
    let rated: Vec<(u32, Stars)> = [(1, 9), (2, 10), (4, 8)]
        .into_iter()
        .map(|(row, halves)| (row, stars(halves).unwrap()))
        .collect();
    let profile = rating(&model, &rated);
    let encore = Encore::new(seen_as(&model, &profile, &rated), [], |row| row < 5);
    let outside = encore.outside.unwrap();
    assert_eq!((outside.genre, outside.rated), (1, 0));
    assert!(outside.row.iter().all(|row| model.genres(*row) == 2));
}

#[test]
fn an_answer_says_so_itself_and_is_taken_back() {
    let listed = after([Action::Mark(film(0), Mark::Watchlist, true, 1.0)]);
    let before = listed.ratings.rating("test:6").cloned();
    let unseen = listed.after(Action::Answer(film(0), Answer::Unseen, 2.0));
    assert_eq!(unseen.toast, None);
    let rating = unseen.ratings.rating("test:6").unwrap();
    assert!(rating.unseen && rating.watchlist && !rating.is_settled());
    let seen = unseen.after(Action::Answer(
        film(0),
        Answer::Stars(stars(8).unwrap()),
        3.0,
    ));
    let rating = seen.ratings.rating("test:6").unwrap();
    assert!(rating.seen && !rating.unseen && rating.stars == stars(8));
    let back = seen.after(Action::TakeBackAnswer("test:6".into(), before, 4.0));
    let rating = back.ratings.rating("test:6").unwrap();
    assert!(rating.watchlist && !rating.seen && rating.stars.is_none());
    let never = back.after(Action::TakeBackAnswer("test:6".into(), None, 5.0));
    assert_eq!(never.ratings.rating("test:6"), None);
}
