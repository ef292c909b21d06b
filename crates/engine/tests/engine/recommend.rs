//! From ratings to a list: what holds for every model and every visitor.

use matinee_engine::{Profile, Query, alike, explain, rank, score_all, similar, top_k};
use matinee_format::{ItemRecord, Model, Scale, encode};
use proptest::prelude::*;

use super::sample;

const DIMS: usize = 9;

fn item(row: usize, codes: Vec<i8>, scales: (f32, f32), bias: f32) -> ItemRecord {
    ItemRecord {
        in_scale: Scale::nearest(scales.0),
        out_scale: Scale::nearest(scales.1),
        bias: Scale::nearest(bias),
        ..sample::item(row, 10_000 - row as u32, codes)
    }
}

fn model_of(items: &[ItemRecord]) -> Model {
    sample::decoded(sample::header(DIMS), items, 4)
}

fn any_model() -> impl Strategy<Value = Model> {
    let one = (
        prop::collection::vec(-127i8..=127, DIMS),
        0.01f32..2.0,
        0.01f32..2.0,
        -0.5f32..0.5,
    );
    prop::collection::vec(one, 5..40).prop_map(|items| {
        let records: Vec<ItemRecord> = items
            .into_iter()
            .enumerate()
            .map(|(row, (codes, input, output, bias))| item(row, codes, (input, output), bias))
            .collect();
        model_of(&records)
    })
}

/// Ratings of the model's items and of some that it does not have.
fn any_ratings() -> impl Strategy<Value = Vec<(String, f32)>> {
    prop::collection::vec((0usize..50, -1.0f32..=1.0), 0..30).prop_map(|ratings| {
        ratings
            .into_iter()
            .map(|(row, x)| (format!("i{row}"), x))
            .collect()
    })
}

fn profile_of(model: &Model, ratings: &[(String, f32)]) -> Profile {
    let mut profile = Profile::new(model);
    for (id, feedback) in ratings {
        profile.set(model, id, *feedback);
    }
    profile
}

proptest! {
    #[test]
    fn the_order_of_ratings_changes_nothing(model in any_model(), ratings in any_ratings(), turn in 0usize..30) {
        // Only the last rating of an item counts, so each item once.
        let mut ratings = ratings;
        ratings.sort_by(|a, b| a.0.cmp(&b.0));
        ratings.dedup_by(|a, b| a.0 == b.0);
        let straight = profile_of(&model, &ratings);
        if !ratings.is_empty() {
            let turn = turn % ratings.len();
            ratings.rotate_left(turn);
            ratings.reverse();
        }
        let turned = profile_of(&model, &ratings);
        prop_assert_eq!(straight.z(), turned.z());
        prop_assert_eq!(rank(&model, &straight, 10, |_| false), rank(&model, &turned, 10, |_| false));
    }

    #[test]
    fn a_rating_taken_back_leaves_no_trace(model in any_model(), ratings in any_ratings(), x in -1.0f32..1.0) {
        let before = profile_of(&model, &ratings);
        let mut after = before.clone();
        after.set(&model, "i999", x);
        after.set(&model, "extra", x);
        after.remove(&model, "i999");
        after.remove(&model, "extra");
        let mut rated = before.clone();
        let fresh = (0..model.len()).map(|row| format!("i{row}")).find(|id| !ratings.iter().any(|(r, _)| r == id));
        if let Some(fresh) = fresh {
            rated.set(&model, &fresh, x);
            rated.remove(&model, &fresh);
        }
        prop_assert_eq!(before.z(), after.z());
        prop_assert_eq!(before.z(), rated.z());
    }

    #[test]
    fn ratings_of_films_that_arrive_later_count_as_if_they_had_been_there(ratings in any_ratings(), model in any_model()) {
        // The first block of four items, then the rest.
        let bytes = encode_again(&model);
        let mut chunks = matinee_format::Decoder::new().push(&bytes).unwrap().into_iter();
        let Some(matinee_format::Chunk::Head(header, first)) = chunks.next() else { panic!("no head") };
        let mut growing = Model::new(header, first).unwrap();
        let mut profile = profile_of(&growing, &ratings);
        for chunk in chunks {
            let matinee_format::Chunk::Items(block) = chunk else { panic!("a second head") };
            growing.append(block).unwrap();
            profile.sync(&growing);
        }
        let whole = profile_of(&model, &ratings);
        prop_assert_eq!(profile.z(), whole.z());
        prop_assert_eq!(profile.len(), whole.len());
    }

    #[test]
    fn reasons_add_up_to_the_score(model in any_model(), ratings in any_ratings()) {
        let profile = profile_of(&model, &ratings);
        for row in 0..model.len() as u32 {
            let explanation = explain(&model, &profile, row);
            let sum: f64 = explanation.contributions.iter().map(|c| c.amount).sum::<f64>() + explanation.bias;
            prop_assert!((sum - explanation.score).abs() <= 1e-4 * explanation.score.abs().max(1.0));
            prop_assert!(explanation.contributions.is_sorted_by(|a, b| a.amount.abs() >= b.amount.abs()));
        }
    }

    #[test]
    fn a_list_holds_the_best_of_what_is_new(model in any_model(), ratings in any_ratings(), k in 0usize..50) {
        let profile = profile_of(&model, &ratings);
        let list = rank(&model, &profile, k, |row| row % 7 == 3);
        let mut scores = Vec::new();
        score_all(&model, &Query::new(&model, &profile), &mut scores);
        let mut expected: Vec<u32> = (0..model.len() as u32)
            .filter(|row| row % 7 != 3 && !ratings.iter().any(|(id, _)| *id == format!("i{row}")))
            .collect();
        expected.sort_by(|&a, &b| scores[b as usize].total_cmp(&scores[a as usize]).then(a.cmp(&b)));
        expected.truncate(k);
        prop_assert_eq!(list.iter().map(|s| s.row).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn rounding_to_eight_bits_stays_within_half_a_step(model in any_model(), ratings in any_ratings()) {
        let profile = profile_of(&model, &ratings);
        let query = Query::new(&model, &profile);
        for (&code, &z) in query.codes.iter().zip(profile.z()) {
            let exact = z as f64 / 65536.0;
            prop_assert!((f64::from(code) * f64::from(query.step) - exact).abs() <= 0.5001 * f64::from(query.step));
        }
    }
}

fn encode_again(model: &Model) -> Vec<u8> {
    let records: Vec<ItemRecord> = (0..model.len() as u32)
        .map(|row| {
            let scales = (model.in_scale(row), model.out_scale(row));
            item(
                row as usize,
                model.codes(row).to_vec(),
                scales,
                model.bias(row),
            )
        })
        .collect();
    encode(sample::header(DIMS), &records, &[4]).unwrap()
}

/// Two kinds of film: rows 0 to 4 point one way, rows 5 to 9 another.
fn two_kinds() -> Model {
    let records: Vec<ItemRecord> = (0..10)
        .map(|row| {
            let mut codes = vec![0; DIMS];
            codes[usize::from(row >= 5)] = 100;
            codes[2 + row % 5] = 10;
            item(row, codes, (1.0, 1.0), 0.0)
        })
        .collect();
    model_of(&records)
}

#[test]
fn a_liked_film_brings_its_kind_and_a_disliked_one_pushes_its_kind_away() {
    let model = two_kinds();
    let profile = profile_of(&model, &[("i5".into(), 1.0), ("i0".into(), -1.0)]);
    let rows: Vec<u32> = rank(&model, &profile, 8, |_| false)
        .iter()
        .map(|s| s.row)
        .collect();
    assert_eq!(rows[..4], [6, 7, 8, 9]);
    assert_eq!(rows[4..], [1, 2, 3, 4]);
}

#[test]
fn similar_films_are_of_the_same_kind() {
    let rows: Vec<u32> = similar(&two_kinds(), 7, 4).iter().map(|s| s.row).collect();
    assert_eq!(rows, [5, 6, 8, 9]);
}

#[test]
fn films_of_the_same_genres_and_years_are_alike() {
    let mut header = sample::header(DIMS);
    header.genres = ["Crime", "Drama", "Comedy"].map(str::to_owned).to_vec();
    let films = [
        (0b011, 1995),
        (0b100, 1995),
        (0b011, 1950),
        (0b010, 1995),
        (0b011, 1996),
        (0b000, 1995),
    ];
    let records: Vec<ItemRecord> = (0..)
        .zip(films)
        .map(|(row, (genres, year))| ItemRecord {
            genres,
            year: Some(year),
            ..item(row, vec![1; DIMS], (1.0, 1.0), 0.0)
        })
        .collect();
    let model = sample::decoded(header, &records, 4);
    let found = alike(&model, 0, 10);
    // Both genres a year apart, one genre of the same year, both genres long before; none without a genre in common.
    assert_eq!(found.iter().map(|s| s.row).collect::<Vec<_>>(), [4, 3, 2]);
    assert!(found.iter().all(|s| s.score > 0.0 && s.score <= 1.0));
    assert_eq!(alike(&model, 5, 10), []);
}

#[test]
fn equal_scores_keep_the_order_of_popularity() {
    let list = top_k(&[1.0, 2.0, 2.0, 2.0, 1.0], 3, |_| false);
    assert_eq!(list.iter().map(|s| s.row).collect::<Vec<_>>(), [1, 2, 3]);
}
