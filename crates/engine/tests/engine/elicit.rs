//! What is asked of whom.

use matinee_engine::{Interview, Kind, Profile, head};
use matinee_format::{Header, ItemRecord, Model, ModelCard, Scale};
use proptest::prelude::*;

use super::sample;

const DIMS: usize = 9;

/// A model of items with these ratings, most first, and vectors.
fn model(users: u64, items: &[(u32, Vec<i8>)]) -> Model {
    model_with(users, items, |_| 1.0)
}

/// The same with a ridge for each item.
fn model_with(users: u64, items: &[(u32, Vec<i8>)], ridge: impl Fn(usize) -> f32) -> Model {
    let header = Header {
        card: ModelCard {
            users,
            ..ModelCard::default()
        },
        ..sample::header(DIMS)
    };
    let record = |(row, (popularity, codes)): (usize, &(u32, Vec<i8>))| ItemRecord {
        out_scale: Scale::nearest(ridge(row)),
        ..sample::item(row, *popularity, codes.clone())
    };
    let records: Vec<ItemRecord> = items.iter().enumerate().map(record).collect();
    sample::decoded(header, &records, 100)
}

/// Films of two kinds, in turn; each has a direction of its own beside that of its kind.
fn two_kinds(popularities: &[u32]) -> Model {
    let film = |(row, &popularity): (usize, &u32)| {
        let mut codes = vec![0; DIMS];
        codes[row % 2] = 100;
        codes[2 + row % 7] = 20;
        (popularity, codes)
    };
    let films: Vec<_> = popularities.iter().enumerate().map(film).collect();
    model(1000, &films)
}

fn rated(model: &Model, rows: &[u32]) -> Profile {
    let mut profile = Profile::new(model);
    for row in rows {
        profile.set(model, &format!("i{row}"), 1.0);
    }
    profile
}

proptest! {
    #[test]
    fn nothing_is_asked_twice_nor_what_is_rated_or_excluded(
        items in prop::collection::vec((0u32..500, prop::collection::vec(-127i8..=127, DIMS)), 1..40),
        answers in prop::collection::vec((0usize..40, any::<bool>()), 0..30),
        k in 0usize..50,
        out in 2u32..6,
    ) {
        let mut items = items;
        items.sort_by_key(|(popularity, _)| std::cmp::Reverse(*popularity));
        let model = model(600, &items);
        let mut interview = Interview::new(&model, &Profile::new(&model));
        let mut settled = Vec::new();
        for (row, seen) in answers.into_iter().filter(|(row, _)| *row < items.len()) {
            let row = row as u32;
            settled.push(row);
            if seen { interview.rated(&model, row, 1.0) } else { interview.not_seen(&model, row) }
        }
        let exclude = |row: u32| row % out == 1;
        let rows = |questions: Vec<matinee_engine::Question>| {
            questions.into_iter().map(|q| { assert!((0.0..=1.0).contains(&q.seen)); q.row }).collect::<Vec<_>>()
        };
        let open = (0..items.len() as u32).filter(|row| !settled.contains(row) && !exclude(*row)).count();
        let likely = rows(interview.batch(&model, k, exclude));
        prop_assert_eq!(likely.len(), k.min(open));
        let next = interview.next(&model, exclude).map(|question| question.row);
        if k > 0 {
            prop_assert_eq!(next, likely.first().copied());
        }
        let rare = rows(interview.rare(&model, k, exclude));
        prop_assert!(rare.iter().all(|&row| row >= head(&model)));
        for mut asked in [likely, rare] {
            prop_assert!(asked.iter().all(|row| !settled.contains(row) && !exclude(*row)));
            let all = asked.len();
            asked.sort_unstable();
            asked.dedup();
            prop_assert_eq!(asked.len(), all);
        }
    }
}

#[test]
fn a_batch_asks_of_each_kind_before_it_repeats_one() {
    let model = two_kinds(&[500; 10]);
    let first = Interview::new(&model, &Profile::new(&model)).batch(&model, 2, |_| false);
    assert_ne!(first[0].row % 2, first[1].row % 2, "{first:?}");
    assert!(first.iter().all(|question| question.kind == Kind::Likely));
}

#[test]
fn films_like_those_not_seen_are_asked_less() {
    let model = two_kinds(&[500; 20]);
    let mut interview = Interview::new(&model, &Profile::new(&model));
    for row in [0, 2, 4] {
        interview.not_seen(&model, row);
    }
    let questions = interview.batch(&model, 17, |_| false);
    let chance = |kind| {
        let of_kind = questions.iter().filter(|q| q.row % 2 == kind);
        of_kind.map(|q| q.seen).fold(0.0, f32::max)
    };
    assert!(chance(0) < 0.5 && chance(0) < chance(1) - 0.05);
    assert_eq!(questions[0].row % 2, 1);
    let seen = Interview::new(&model, &rated(&model, &[0, 2, 4]));
    let questions = seen.batch(&model, 17, |_| false);
    assert!(questions.iter().any(|q| q.row % 2 == 0 && q.seen > 0.55));
}

#[test]
fn films_like_those_disliked_are_asked_less_than_films_like_those_liked() {
    let model = two_kinds(&[500; 20]);
    let mut interview = Interview::new(&model, &Profile::new(&model));
    for row in 0..6 {
        interview.rated(&model, row, if row % 2 == 0 { -0.5 } else { 1.0 });
    }
    let questions = interview.batch(&model, 5, |_| false);
    assert!(questions.iter().all(|q| q.row % 2 == 1), "{questions:?}");
    // What a profile holds says the same.
    let mut profile = Profile::new(&model);
    for row in 0..6 {
        let feedback = if row % 2 == 0 { -0.5 } else { 1.0 };
        profile.set(&model, &format!("i{row}"), feedback);
    }
    assert_eq!(
        Interview::new(&model, &profile).batch(&model, 5, |_| false),
        questions
    );
}

#[test]
fn of_films_seen_by_as_many_the_better_liked_is_asked_about() {
    let film = |_| (500, vec![50; DIMS]);
    let films: Vec<_> = (0..4).map(film).collect();
    // Likes make a ridge large.
    let model = model_with(1000, &films, |row| [3.0, 2.0, 9.0, 2.0][row]);
    let interview = Interview::new(&model, &Profile::new(&model));
    let first = interview.next(&model, |_| false).unwrap();
    assert_eq!((first.row, first.seen), (2, 0.5));
}

#[test]
fn rare_films_are_offered_to_those_who_know_their_corner() {
    let mut popularities = vec![400; 10];
    popularities.extend([5; 10]);
    let model = two_kinds(&popularities);
    assert_eq!(
        head(&model),
        9,
        "nine of ten well-known films hold four fifths"
    );
    let offered = |rows: &[u32]| -> Vec<u32> {
        let interview = Interview::new(&model, &rated(&model, rows));
        let rare = interview.rare(&model, 20, |_| false);
        assert!(rare.iter().all(|question| question.kind == Kind::Rare));
        rare.iter().map(|question| question.row).collect()
    };
    assert!(offered(&[]).is_empty());
    assert!(offered(&[0, 2]).is_empty(), "two films make no expert");
    assert!(offered(&[0, 1, 2, 3]).is_empty(), "nor do two of each kind");
    let mut rows = offered(&[0, 2, 4]);
    rows.sort_unstable();
    assert_eq!(rows, [10, 12, 14, 16, 18]);
}

#[test]
fn a_card_without_users_still_gives_probabilities() {
    let model = model(0, &[(40, vec![50; DIMS]), (10, vec![9; DIMS])]);
    let questions = Interview::new(&model, &Profile::new(&model)).batch(&model, 2, |_| false);
    let seen: Vec<f32> = questions.iter().map(|question| question.seen).collect();
    assert_eq!(seen, [0.5, 0.125]);
}
