//! The star head, trained on invented people and judged on others.
#![expect(
    clippy::unwrap_used,
    reason = "clippy does not know these functions for tests"
)]

use hashbrown::HashSet;
use indicatif::ProgressBar;
use matinee_train::dataset::{Columns, Rating, Ratings, read_ratings};
use matinee_train::split::SplitOptions;
use matinee_train::stars::{
    Als, Shipped, StarMetrics, StarOptions, StarSplit, choose, judge, ship, train, tune_als,
};
use matinee_train::synth::Synth;

const OPTIONS: StarOptions = StarOptions {
    dims: 4,
    step: 0.03,
    sweeps: 24,
    seed: 1,
};

fn invented() -> Ratings {
    let folder = tempfile::tempdir().unwrap();
    let synth = Synth {
        users: 600,
        items: 200,
        seed: 11,
    };
    synth.generate().write(folder.path()).unwrap();
    let file = folder.path().join("ratings.csv");
    read_ratings(&[file], &Columns::default(), &ProgressBar::hidden()).unwrap()
}

fn seed(seed: u64) -> SplitOptions {
    SplitOptions {
        seed,
        ..SplitOptions::default()
    }
}

fn trained(ratings: &Ratings, options: &StarOptions) -> (StarMetrics, usize) {
    let split = StarSplit::new(ratings, &seed(1)).unwrap();
    let scale = ratings.scale.unwrap();
    let chosen = choose(&split, scale, options).unwrap();
    let trained = train(&split.all_but_test(), split.items, &chosen, options).unwrap();
    let shipped = Shipped::new(&trained.head, &trained.counts, scale).unwrap();
    (judge(&shipped, &split.test).metrics(), shipped.bytes())
}

#[test]
fn it_predicts_better_than_biases_and_knows_how_well() {
    let ratings = invented();
    let (metrics, _) = trained(&ratings, &OPTIONS);
    let split = StarSplit::new(&ratings, &seed(1)).unwrap();
    let scale = ratings.scale.unwrap();
    let chosen = tune_als(&split, scale, 0, 1);
    let biases = Als::train(&split.all_but_test(), split.items, scale, &chosen, 1);
    let biases = judge(&biases, &split.test).metrics();
    assert!(
        metrics.rmse.mean < biases.rmse.mean - 0.02,
        "{metrics:?} {biases:?}"
    );
    assert!(biases.coverage.is_nan(), "biases give no intervals");
    assert!((0.75..0.85).contains(&metrics.coverage), "{metrics:?}");
    assert!(
        metrics.parts.iter().all(|part| (0.68..0.92).contains(part)),
        "{metrics:?}"
    );
}

#[test]
fn coarser_codes_are_fewer_bytes_and_cost_little() {
    let ratings = invented();
    let (fine, many) = trained(
        &ratings,
        &StarOptions {
            step: 0.01,
            ..OPTIONS
        },
    );
    let (coarse, few) = trained(
        &ratings,
        &StarOptions {
            step: 0.1,
            ..OPTIONS
        },
    );
    assert!(few < many);
    assert!(coarse.rmse.mean < fine.rmse.mean + 0.01);
}

#[test]
fn nobody_is_on_two_sides_and_nothing_held_out_is_known() {
    let ratings = invented();
    let split = StarSplit::new(&ratings, &seed(3)).unwrap();
    let total = |users: &[Vec<(u32, f32)>]| users.iter().map(Vec::len).sum::<usize>();
    let whole: usize = split
        .test
        .iter()
        .map(|user| user.known.len() + user.held_out.len())
        .sum();
    let few = ratings
        .by_user()
        .filter(|events| events.len() < 5)
        .map(<[Rating]>::len)
        .sum::<usize>();
    assert_eq!(
        total(&split.all_but_test()) + whole + few,
        ratings.events.len()
    );
    for user in split.validation.iter().chain(&split.test) {
        let known: HashSet<u32> = user.known.iter().map(|&(item, _)| item).collect();
        assert!(user.held_out.iter().all(|(item, _)| !known.contains(item)));
        assert_eq!(user.held_out.len(), (user.held_out.len() + known.len()) / 5);
    }
    assert_eq!(StarSplit::new(&ratings, &seed(3)), Some(split.clone()));
    assert_ne!(StarSplit::new(&ratings, &seed(4)), Some(split));
    let crowd = SplitOptions {
        test_users: Some(usize::MAX),
        ..seed(1)
    };
    assert_eq!(StarSplit::new(&ratings, &crowd), None);
}

/// Twelve users who agree on everything, or who rated one film only, are no reason to fail.
#[test]
fn odd_data_gives_a_head_or_none_and_no_panic() {
    let rate = |stars: fn(u32, u32) -> f32, items: u32| Ratings {
        users: (0..12).map(|user| format!("u{user}")).collect(),
        items: (0..items.max(6)).map(|item| format!("i{item}")).collect(),
        events: (0..12)
            .flat_map(|user| (0..items).map(move |item| (user, item)))
            .map(|(user, item)| Rating {
                user,
                item,
                value: Some(stars(user, item)),
                timestamp: 0,
                ..Rating::default()
            })
            .collect(),
        scale: Some(matinee_format::RatingScale {
            min: 1.0,
            max: 5.0,
            step: 1.0,
        }),
        ..Ratings::default()
    };
    let head =
        |ratings: &Ratings| ship(ratings, &seed(1), &OPTIONS, &ProgressBar::hidden()).unwrap();
    let equal = head(&rate(|_, _| 4.0, 6)).expect("there are users enough");
    assert!((equal.head.prior().mean - 4.0).abs() < 1e-6);
    assert!(
        equal.evaluations[0].value < 0.2,
        "what everybody says is what is predicted"
    );
    assert!(head(&rate(|user, item| (1 + (user + item) % 5) as f32, 6)).is_some());
    assert!(
        head(&rate(|_, _| 4.0, 1)).is_none(),
        "one rating each: nothing to hold out"
    );
    let implicit = Ratings {
        scale: None,
        ..rate(|_, _| 4.0, 6)
    };
    assert!(head(&implicit).is_none());
}
