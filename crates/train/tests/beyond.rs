//! Beyond accuracy, on invented people: questions that find what they have seen, and lists that can be turned.
#![expect(
    clippy::unwrap_used,
    reason = "clippy does not know these functions for tests"
)]

use matinee_engine::ListOptions;
use matinee_format::Model;
use matinee_train::evaluate::dials::evaluate_dials;
use matinee_train::evaluate::questions::{Simulation, Strategy};
use matinee_train::evaluate::{Algorithm, Input, Settings, Variety, ship};
use matinee_train::grades::Scale;
use matinee_train::model::{Method, Ranker};
use matinee_train::split::{Split, SplitOptions};
use matinee_train::synth::Synth;

fn shipped() -> (Split, Model) {
    let synth = Synth {
        users: 500,
        items: 300,
        seed: 4,
    };
    let ratings = synth.generate().ratings();
    let options = SplitOptions {
        seed: 1,
        test_users: Some(120),
        validation_users: Some(40),
    };
    let split = Split::strong(&ratings, &options).unwrap();
    let algorithm = Ranker {
        method: Method::Dlae,
        reading: None,
        dims: 16,
        levels: 31,
        scale: Scale::of(&ratings),
        input: Input::Ratings,
        content: None,
        seed: 1,
    };
    let axes = algorithm.axes();
    let defaults: Settings = axes.iter().map(|axis| (axis.name, axis.default)).collect();
    let trained = algorithm.train(&split.train, &defaults);
    let genres = vec!["Even".to_owned(), "Odd".to_owned()];
    let masks: Vec<u64> = (0..split.items.len() as u64).map(|n| 1 + n % 2).collect();
    let model = ship(&split.train, &trained, genres, &masks, None).unwrap();
    (split, model)
}

#[test]
fn our_questions_are_answered_more_and_teach_more_than_random_ones() {
    let (split, model) = shipped();
    let simulation = Simulation::new(&model, &split.train, &split.test, 1);
    let [ours, random] =
        [Strategy::Interview, Strategy::Random].map(|strategy| simulation.run(strategy, 15));
    assert_eq!(ours.ndcg(0), random.ndcg(0), "nothing is known of anybody");
    assert!(ours.answered(15).mean > 1.5 * random.answered(15).mean);
    assert!(ours.ndcg(15).mean > random.ndcg(15).mean);
    for shown in 0..15 {
        let more = ours.answered(shown + 1).mean - ours.answered(shown).mean;
        assert!((0.0..=1.0).contains(&more), "one question, one answer");
    }
    assert_eq!(simulation.run(Strategy::Interview, 15), ours);
}

#[test]
fn more_questions_than_films_end_with_all_answers() {
    let (split, model) = shipped();
    let simulation = Simulation::new(&model, &split.train, &split.test[..3], 1);
    let all = model.len() + 5;
    let runs = Strategy::ALL.map(|strategy| simulation.run(strategy, all));
    for run in &runs {
        assert_eq!(run.answered(all), runs[0].answered(all));
        assert_eq!(run.ndcg(all), runs[0].ndcg(all));
    }
}

#[test]
fn the_dials_do_what_they_say() {
    let (split, model) = shipped();
    let variety = Variety::new(&split.train);
    let at = |popularity, diversity, calibration| {
        let options = ListOptions {
            popularity,
            diversity,
            calibration,
            ..ListOptions::default()
        };
        evaluate_dials(&model, &split.test, &options)
    };
    let rest = at(0.0, 0.0, 0.0);
    let long_tail = |x| variety.of(&at(x, 0.0, 0.0).evaluation.shown).long_tail;
    assert!(long_tail(-1.0) > long_tail(0.0) && long_tail(0.0) > long_tail(1.0));
    let distance = |shown| variety.of(shown).distance.mean;
    let varied = at(0.0, 0.6, 0.0);
    assert!(distance(&varied.evaluation.shown) > distance(&rest.evaluation.shown));
    let calibrated = at(0.0, 0.0, 0.8);
    assert!(calibrated.miscalibration.mean < 0.5 * rest.miscalibration.mean);
}
