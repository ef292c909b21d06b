//! What the dials of a list do, and what they leave alone.

use matinee_engine::{
    Filter, ListOptions, Profile, Query, Scored, arrange, list, miscalibration, rank, score_all,
    top_k,
};
use matinee_format::{Header, ItemRecord, Model};
use proptest::prelude::*;

use super::sample;

const DIMS: usize = 6;

fn model(items: &[(u32, u64, Vec<i8>)]) -> Model {
    let header = Header {
        genres: (0..4).map(|genre| format!("Genre {genre}")).collect(),
        ..sample::header(DIMS)
    };
    let record = |(row, (popularity, genres, codes)): (usize, &(u32, u64, Vec<i8>))| ItemRecord {
        genres: *genres,
        // Every sixth has none.
        year: (row % 6 > 0).then(|| 1950 + 7 * (row % 11) as u16),
        ..sample::item(row, *popularity, codes.clone())
    };
    let records: Vec<ItemRecord> = items.iter().enumerate().map(record).collect();
    sample::decoded(header, &records, 100)
}

fn any_model() -> impl Strategy<Value = Model> {
    let item = (
        1u32..2000,
        0u64..16,
        prop::collection::vec(-127i8..=127, DIMS),
    );
    prop::collection::vec(item, 5..60).prop_map(|mut items| {
        items.sort_by_key(|(popularity, ..)| std::cmp::Reverse(*popularity));
        model(&items)
    })
}

fn liking(model: &Model, rows: &[u32]) -> Profile {
    let mut profile = Profile::new(model);
    for row in rows {
        profile.set(model, &format!("i{row}"), 1.0);
    }
    profile
}

fn rows(list: &[Scored]) -> Vec<u32> {
    list.iter().map(|scored| scored.row).collect()
}

proptest! {
    #[test]
    fn dials_at_rest_change_nothing(model in any_model(), likes in prop::collection::vec(0u32..60, 0..8), k in 0usize..70) {
        let profile = liking(&model, &likes);
        let mut scores = Vec::new();
        score_all(&model, &Query::new(&model, &profile), &mut scores);
        let known = |row| profile.folded().any(|folded| folded.row == row);
        let plain = top_k(&scores, k, |row| row % 5 == 1 || known(row));
        let at_rest = list(&model, &profile, None, k, &ListOptions::default(), |row| row % 5 == 1);
        prop_assert_eq!(&at_rest, &plain);
        prop_assert_eq!(arrange(&model, &profile, plain.clone(), k, &ListOptions::default()), plain);
    }

    #[test]
    fn a_list_holds_candidates_only_each_once_with_the_models_score(
        model in any_model(),
        likes in prop::collection::vec(0u32..60, 0..8),
        k in 0usize..70,
        popularity in -1.5f32..1.5,
        diversity in -0.5f32..1.5,
        calibration in -0.5f32..1.5,
    ) {
        let profile = liking(&model, &likes);
        let options = ListOptions { popularity, diversity, calibration, ..ListOptions::default() };
        let made = list(&model, &profile, None, k, &options, |row| row % 5 == 1);
        let all = rank(&model, &profile, usize::MAX, |row| row % 5 == 1);
        prop_assert_eq!(made.len(), k.min(all.len()));
        prop_assert!(made.iter().all(|scored| all.contains(scored)));
        let mut unique = rows(&made);
        unique.sort_unstable();
        unique.dedup();
        prop_assert_eq!(unique.len(), made.len());
    }

    #[test]
    fn a_filter_is_a_matter_of_genre_and_year_alone(
        model in any_model(),
        likes in prop::collection::vec(0u32..60, 0..8),
        k in 0usize..70,
        genres in 0u64..16,
        from in prop_oneof![Just(0u16), 1940u16..2030],
        to in 1940u16..2030,
        diversity in 0.0f32..1.0,
    ) {
        let profile = liking(&model, &likes);
        let admits = |row: u32| {
            let item = model.item(row);
            let of_genre = genres == 0 || item.genres & genres != 0;
            // Where no first year is asked for, an item without a year may be there.
            let of_year = item.year.map_or(from == 0, |year| from <= year && year <= to);
            of_genre && of_year
        };
        let filter = Filter { genres, from, to };
        let options = ListOptions { diversity, filter, ..ListOptions::default() };
        let filtered = list(&model, &profile, None, k, &options, |row| row % 5 == 1);
        let by_hand = ListOptions { diversity, ..ListOptions::default() };
        let by_hand = list(&model, &profile, None, k, &by_hand, |row| row % 5 == 1 || !admits(row));
        prop_assert_eq!(filtered, by_hand);
    }

    #[test]
    fn a_fully_calibrated_first_film_is_no_further_from_the_visitors_genres(
        model in any_model(),
        likes in prop::collection::vec(0u32..60, 1..8),
    ) {
        let profile = liking(&model, &likes);
        let first = |calibration| {
            let options = ListOptions { calibration, ..ListOptions::default() };
            list(&model, &profile, None, 1, &options, |_| false)
        };
        let (plain, true_to_genres) = (first(0.0), first(1.0));
        if let Some(plain) = miscalibration(&model, &profile, rows(&plain)) {
            let calibrated = miscalibration(&model, &profile, rows(&true_to_genres)).unwrap();
            prop_assert!(calibrated <= plain + 1e-6);
        }
    }
}

/// Twenty films that all score much alike; genre 0 scores best, genre 1 is half of what the visitor likes.
fn one_sided() -> (Model, Profile) {
    let film = |row: u32| {
        let kind = (row % 2) as usize;
        let mut codes = vec![0; DIMS];
        codes[0] = if kind == 0 { 100 } else { 60 };
        codes[1 + kind] = 40;
        codes[3] = (row % 7) as i8;
        (1000 - 50 * row, 1 << kind, codes)
    };
    let films: Vec<_> = (0..20).map(film).collect();
    let model = model(&films);
    let profile = liking(&model, &[0, 1]);
    (model, profile)
}

fn with(options: ListOptions) -> Vec<u32> {
    let (model, profile) = one_sided();
    rows(&list(&model, &profile, None, 8, &options, |_| false))
}

#[test]
fn calibration_brings_back_the_genre_that_scores_drown() {
    let (model, profile) = one_sided();
    let plain = with(ListOptions::default());
    assert!(plain.iter().all(|row| row % 2 == 0));
    let calibrated = with(ListOptions {
        calibration: 0.97,
        ..ListOptions::default()
    });
    let second = calibrated.iter().filter(|&row| row % 2 == 1).count();
    assert_eq!(
        second, 4,
        "half of the list, as of the likes: {calibrated:?}"
    );
    let error = |rows: Vec<u32>| miscalibration(&model, &profile, rows).unwrap();
    assert!(error(calibrated) < 0.01 && error(plain) > 0.2);
}

#[test]
fn diversity_takes_films_of_the_other_kind() {
    let varied = with(ListOptions {
        diversity: 0.9,
        ..ListOptions::default()
    });
    assert_eq!(varied[0] % 2, 0, "the best film stays first");
    assert_eq!(varied[1] % 2, 1, "the next is unlike it: {varied:?}");
}

#[test]
fn the_popularity_dial_turns_both_ways() {
    let mean = |popularity| {
        let rows = with(ListOptions {
            popularity,
            ..ListOptions::default()
        });
        rows.iter().sum::<u32>() as f32 / rows.len() as f32
    };
    assert!(mean(1.0) < mean(0.0), "earlier rows are better known");
    assert!(mean(-1.0) > mean(0.0));
}
