//! Predicted stars: what holds for every head and every visitor.

use matinee_engine::{Direction, ListOptions, Profile, StarPrediction, StarProfile, list};
use matinee_format::{
    Caution, Chunk, Decoder, Feedback, Header, ItemRecord, Model, RatingScale, StarHead, StarPrior,
    encode, encode_with_stars,
};
use proptest::prelude::*;

use super::sample;

const ITEMS: usize = 12;
const DIMS: usize = 2;
/// Bias and two factors, in steps of a hundredth: two tastes, and films liked by all or by nobody.
const CODES: [[i8; DIMS + 1]; ITEMS] = [
    [80, 0, 0],
    [-80, 0, 0],
    [0, 60, 0],
    [0, 60, 0],
    [0, 60, 5],
    [0, -60, 0],
    [0, -60, 5],
    [10, 0, 60],
    [10, 0, 60],
    [0, 0, -60],
    [0, 5, -60],
    [0, 0, 0],
];

fn header() -> Header {
    let sample = sample::header(1);
    Header {
        feedback: Feedback {
            scale: Some(RatingScale {
                min: 0.5,
                max: 5.0,
                step: 0.5,
            }),
            weights: vec![0.0; 10],
            not_for_me: 0.0,
            ..sample.feedback
        },
        ..sample
    }
}

/// All score alike, so that stars alone may change the order; the last has been rated by nobody.
fn items() -> Vec<ItemRecord> {
    let popularity = |row| {
        if row + 1 == ITEMS {
            0
        } else {
            1000 - row as u32
        }
    };
    (0..ITEMS)
        .map(|row| sample::item(row, popularity(row), vec![1]))
        .collect()
}

fn prior() -> StarPrior {
    let k = DIMS + 2;
    // Nobody stretches biases (the second coefficient is 1); all else is 0 before the first rating.
    let mut map = vec![0.0; k * (k + 2)];
    map[k + 2 + k] = 1.0;
    StarPrior {
        dims: DIMS as u16,
        mean: 3.5,
        noise: 0.64,
        noise_weight: 20.0,
        width: 1.25,
        curve: vec![0.0, 1.0, 0.0, 0.0],
        steps: vec![0.01; k - 1],
        precision: vec![4.0, 10.0, 10.0],
        information: vec![1.5; k - 1],
        triangle: vec![2.0, 0.0, 4.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0],
        map,
    }
}

pub(super) fn model() -> Model {
    let head = StarHead::new(prior(), CODES.concat()).unwrap();
    Model::decode(&encode_with_stars(header(), &items(), Some(&head), &[5]).unwrap()).unwrap()
}

fn predict(ratings: &[(u32, f32)], row: u32) -> StarPrediction {
    let model = model();
    let profile = StarProfile::fold_in(&model, ratings).unwrap();
    profile.predict(&model, row).unwrap()
}

#[test]
fn a_visitor_without_ratings_gets_what_anybody_would_and_is_told_how_unsure_that_is() {
    let good = predict(&[], 0);
    let bad = predict(&[], 1);
    assert!((good.stars - 4.3).abs() < 1e-6 && (bad.stars - 2.7).abs() < 1e-6);
    // More than the noise of a rating: nothing is known of the visitor.
    assert!(good.sd > 0.8);
    let unrated = predict(&[], 11);
    assert!(
        unrated.sd > predict(&[], 0).sd,
        "of a film nobody rated less is known"
    );
}

#[test]
fn ratings_move_what_is_alike_up_and_what_is_opposite_down_the_more_the_more_there_are() {
    let before = predict(&[], 4).stars;
    let one = predict(&[(2, 5.0)], 4).stars;
    let two = predict(&[(2, 5.0), (3, 5.0)], 4).stars;
    assert!(before < one && one < two, "{before} {one} {two}");
    assert!(predict(&[(2, 5.0), (3, 5.0)], 6).stars < two - 0.1);
    assert!(predict(&[(2, 1.0), (3, 1.0)], 4).stars < before - 0.2);
}

#[test]
fn ratings_make_surer_and_an_unsteady_visitor_less_so() {
    let steady: Vec<(u32, f32)> = (0..10)
        .map(|row| (row, 3.5 + 0.01 * f32::from(CODES[row as usize][0])))
        .collect();
    let sd = |count: usize| predict(&steady[..count], 10).sd;
    assert!(sd(0) > sd(2) && sd(2) > sd(6) && sd(6) > sd(10));
    let erratic: Vec<(u32, f32)> = (0..10)
        .map(|row| (row, if row % 2 == 0 { 5.0 } else { 1.0 }))
        .collect();
    assert!(predict(&erratic, 10).sd > sd(10) + 0.1);
}

#[test]
fn a_visitor_leans_to_what_they_liked_beyond_what_they_give_in_general() {
    let model = model();
    let anybody = StarProfile::fold_in(&model, &[]).unwrap();
    let lean = |ratings: &[(u32, f32)]| {
        let visitor = StarProfile::fold_in(&model, ratings).unwrap();
        let all = Direction::mean(&model, 0..ITEMS as u32).unwrap();
        let kind = Direction::mean(&model, [2, 3, 4]).unwrap();
        visitor.lean(&anybody, &all, &kind)
    };
    let (none, one) = (lean(&[]), lean(&[(2, 5.0)]));
    let two = lean(&[(2, 5.0), (5, 1.0)]);
    assert_eq!(none.amount, 0.0);
    assert!(0.0 < one.amount && one.amount < two.amount);
    assert!(two.sd < one.sd && one.sd < none.sd);
    assert!(lean(&[(2, 1.0)]).amount < 0.0);
    // Somebody who gives five stars to the one kind and to its opposite is generous, no more.
    let generous = lean(&[(2, 5.0), (5, 5.0)]);
    assert!(generous.amount.abs() < one.amount / 2.0, "{generous:?}");
}

#[test]
fn no_items_lead_nowhere() {
    assert_eq!(Direction::mean(&model(), []), None);
    assert_eq!(Direction::mean(&model(), [ITEMS as u32]), None);
}

#[test]
fn rows_without_stars_are_left_out_and_predicted_by_nobody() {
    let file = {
        let head = StarHead::new(prior(), CODES.concat()).unwrap();
        encode_with_stars(header(), &items(), Some(&head), &[5]).unwrap()
    };
    let mut chunks = Decoder::new().push(&file).unwrap().into_iter();
    let Some(Chunk::Head(header, first)) = chunks.next() else {
        panic!("no head");
    };
    let mut growing = Model::new(header, first).unwrap();
    assert_eq!(
        StarProfile::fold_in(&growing, &[]),
        None,
        "stars have not arrived"
    );
    let Some(Chunk::Stars(stars)) = chunks.next() else {
        panic!("no stars");
    };
    growing.append_stars(stars).unwrap();
    let early = StarProfile::fold_in(&growing, &[(2, 5.0), (7, 5.0)]).unwrap();
    assert_eq!(early.predict(&growing, 7), None);
    assert_eq!(early.predict_all(&growing).len(), 5);
    let known = StarProfile::fold_in(&growing, &[(2, 5.0)]).unwrap();
    assert_eq!(early, known);
    // The same visitor, once all has arrived.
    let whole = StarProfile::fold_in(&model(), &[(2, 5.0)]).unwrap();
    assert_eq!(known.predict(&growing, 4), whole.predict(&model(), 4));
}

#[test]
fn a_model_without_stars_predicts_nothing_and_infinite_ratings_are_refused() {
    let without = Model::decode(&encode(header(), &items(), &[]).unwrap()).unwrap();
    assert_eq!(StarProfile::fold_in(&without, &[(0, 5.0)]), None);
    for stars in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
        assert_eq!(StarProfile::fold_in(&model(), &[(0, stars)]), None);
    }
}

/// The bits of one prediction, the same wherever this runs: the browser and the native tools agree.
#[test]
fn predictions_are_the_same_everywhere_to_the_last_bit() {
    let ratings = [(2, 5.0), (5, 2.0), (0, 4.5), (7, 3.0), (10, 0.5)];
    let p = predict(&ratings, 8);
    let bits = [p.stars, p.sd, p.low, p.high].map(f32::to_bits);
    assert_eq!(bits, [0x4070_0ef3, 0x3f88_8b37, 0x401a_b7f1, 0x40a0_0000]);
}

fn ratings() -> impl Strategy<Value = Vec<(u32, f32)>> {
    prop::collection::btree_map(
        0..ITEMS as u32,
        (1u8..=10).prop_map(|half| f32::from(half) / 2.0),
        0..ITEMS,
    )
    .prop_map(|ratings| ratings.into_iter().collect())
}

proptest! {
    #[test]
    fn the_order_of_ratings_changes_no_bit(ratings in ratings().prop_shuffle()) {
        let model = model();
        let mut sorted = ratings.clone();
        sorted.sort_by_key(|&(row, _)| row);
        prop_assert_eq!(StarProfile::fold_in(&model, &ratings), StarProfile::fold_in(&model, &sorted));
    }

    #[test]
    fn intervals_hold_their_prediction_and_stay_on_the_scale(ratings in ratings()) {
        let model = model();
        let profile = StarProfile::fold_in(&model, &ratings).unwrap();
        let all = profile.predict_all(&model);
        prop_assert_eq!(all.len(), ITEMS);
        for (row, p) in (0..).zip(all) {
            prop_assert_eq!(profile.predict(&model, row), Some(p));
            prop_assert!(0.5 <= p.low && p.low <= p.stars && p.stars <= p.high && p.high <= 5.0);
            prop_assert!(p.sd.is_finite() && p.sd > 0.0);
        }
    }

    /// Whatever a file may say, nothing panics.
    #[test]
    fn hostile_heads_never_panic(
        numbers in prop::collection::vec(prop_oneof![-1e6f32..1e6, Just(1e6), Just(-1e6), Just(0.0)], 60),
        codes in prop::collection::vec(any::<i8>(), ITEMS * (DIMS + 1)),
        ratings in ratings(),
    ) {
        let mut prior = prior();
        let mut numbers = numbers.into_iter();
        let lists = [&mut prior.steps, &mut prior.precision, &mut prior.information, &mut prior.triangle, &mut prior.map];
        for x in lists.into_iter().flatten() {
            *x = numbers.next().unwrap();
        }
        for x in prior.steps.iter_mut().chain(&mut prior.precision).chain(&mut prior.information).chain(&mut prior.triangle) {
            *x = x.abs().max(1e-4);
        }
        let head = StarHead::new(prior, codes).unwrap();
        let file = encode_with_stars(header(), &items(), Some(&head), &[]).unwrap();
        let model = Model::decode(&file).unwrap();
        if let Some(profile) = StarProfile::fold_in(&model, &ratings) {
            prop_assert!(profile.predict_all(&model).iter().all(|p| !p.stars.is_nan()));
        }
    }
}

#[test]
fn caution_puts_films_that_would_get_few_stars_last_and_leaves_their_scores() {
    let head = StarHead::new(prior(), CODES.concat()).unwrap();
    let head = head.with_caution(Some(Caution::new(0.5).unwrap()));
    let file = encode_with_stars(header(), &items(), Some(&head), &[5]).unwrap();
    let model = Model::decode(&file).unwrap();
    let options = ListOptions::of(&model);
    assert_eq!(options.caution, 0.5);

    let mut profile = Profile::new(&model);
    profile.set(&model, "i2", 1.0);
    let stars = StarProfile::fold_in(&model, &[(2, 5.0)]).unwrap();
    let made = |stars, options: &ListOptions| list(&model, &profile, stars, 20, options, |_| false);
    let plain = made(Some(&stars), &ListOptions::default());
    assert_eq!(
        plain,
        made(None, &options),
        "without stars there is no caution"
    );
    let cautious = made(Some(&stars), &options);
    assert_eq!(cautious.len(), plain.len());
    assert!(cautious.iter().all(|film| film.score == plain[0].score));
    let expected: Vec<f32> = cautious
        .iter()
        .map(|film| stars.predict(&model, film.row).unwrap().stars)
        .collect();
    assert!(expected.is_sorted_by(|a, b| a >= b), "{expected:?}");
    assert_ne!(cautious, plain);
}
