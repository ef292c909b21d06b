//! From invented ratings to a model file.
#![expect(
    clippy::unwrap_used,
    reason = "clippy does not know these functions for tests"
)]

use std::path::Path;

use indicatif::ProgressBar;
use matinee_engine::{Profile, rank};
use matinee_format::Model;
use matinee_train::catalogue::{Catalogue, read_catalogue};
use matinee_train::dataset::{Columns, read_ratings};
use matinee_train::evaluate::{Budget, Metric, evaluate, tune};
use matinee_train::pipeline::{Built, Options, build};
use matinee_train::report::{Subject, collect};
use matinee_train::split::{Split, SplitOptions};
use matinee_train::synth::Synth;
use matinee_train::trends::trends;
use matinee_train::{baselines::Popularity, dataset::Ratings};

const SPLIT: SplitOptions = SplitOptions {
    seed: 1,
    test_users: None,
    validation_users: None,
};

fn ratings(folder: &Path) -> Ratings {
    let file = folder.join("ratings.csv");
    read_ratings(&[file], &Columns::default(), &ProgressBar::hidden()).unwrap()
}

fn catalogue(folder: &Path) -> Catalogue {
    let table = |name: &str| vec![folder.join(name)];
    read_catalogue(
        &table("movies.csv"),
        &table("links.csv"),
        &table("tags.csv"),
        &ProgressBar::hidden(),
    )
    .unwrap()
}

fn built(folder: &Path) -> Built {
    let options = Options {
        name: "Invented".into(),
        catalogue: "invented".into(),
        data_sets: Vec::new(),
        dims: 16,
        levels: 7,
        budget: Budget {
            trials: 8,
            time: None,
        },
        split: SPLIT,
    };
    build(
        &ratings(folder),
        &catalogue(folder),
        &options,
        &ProgressBar::hidden(),
    )
    .unwrap()
}

fn invent(seed: u64) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let synth = Synth {
        users: 250,
        items: 300,
        seed,
    };
    synth.generate().write(folder.path()).unwrap();
    folder
}

#[test]
fn the_same_ratings_give_the_same_bytes_on_any_number_of_threads() {
    let folder = invent(5);
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
        pool.build().unwrap().install(|| built(folder.path()).bytes)
    };
    let one = on(1);
    assert!(one == on(1), "a second run gives other bytes");
    assert!(one == on(3), "three threads give other bytes than one");
}

#[test]
fn every_film_has_a_vector_and_every_visitor_a_list_of_their_own() {
    let folder = invent(6);
    let built = built(folder.path());
    let model = Model::decode(&built.bytes).unwrap();
    for row in 0..model.len() as u32 {
        let codes = model.codes(row);
        assert!(
            codes.iter().any(|&code| code != 0),
            "{} is all zero",
            model.item(row).title
        );
    }
    let list = |liked: u32| {
        let mut profile = Profile::new(&model);
        profile.set(&model, model.item(liked).id, 1.0);
        let list = rank(&model, &profile, 10, |_| false);
        list.iter().map(|scored| scored.row).collect::<Vec<_>>()
    };
    assert_ne!(list(0), list(20), "two tastes, one list");
}

#[test]
fn the_model_is_far_better_than_popularity_and_its_card_says_how_good() {
    let folder = invent(7);
    let built = built(folder.path());
    let split = Split::strong(&ratings(folder.path()), &SPLIT).unwrap();
    let popular = tune(
        &Popularity,
        &split,
        Budget::default(),
        &ProgressBar::hidden(),
    )
    .unwrap();
    let popular = evaluate(popular.model.as_ref(), &split.test, split.items.len());
    let gain = built.evaluation.gain_over(&popular, Metric::Ndcg100);
    assert!(gain.mean > 3.0 * gain.standard_error, "{gain:?}");

    let model = Model::decode(&built.bytes).unwrap();
    let card = &model.header().card;
    let ndcg = card
        .evaluations
        .iter()
        .find(|e| e.metric == "ndcg@100")
        .unwrap();
    assert_eq!(ndcg.value, built.evaluation.estimate(Metric::Ndcg100).mean);
    assert!(card.settings.iter().any(|setting| setting.name == "beta"));
}

#[test]
fn trends_and_report_tell_of_the_data_and_are_the_same_on_any_number_of_threads() {
    let folder = invent(8);
    let (ratings, catalogue, built) = (
        ratings(folder.path()),
        catalogue(folder.path()),
        built(folder.path()),
    );
    let model = Model::decode(&built.bytes).unwrap();
    let hidden = ProgressBar::hidden;
    let write = || {
        let trends = trends(&ratings, &catalogue, &model, 1, &hidden());
        let json = trends.to_json().unwrap();
        let subject = Subject {
            catalogue: &catalogue,
            built: &built,
            trends: trends.clone(),
            seed: 1,
        };
        (trends, json, collect(subject, &hidden()).unwrap())
    };
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
        pool.build().unwrap().install(write)
    };
    let (trends, json, report) = on(1);
    let again = on(3);
    assert!(json == again.1, "three threads give other trends than one");
    assert!(
        report.html() == again.2.html(),
        "three threads give another report than one"
    );

    assert_eq!(trends.data.ratings, ratings.events.len());
    assert!(json.len() < 60_000, "{} bytes", json.len());
    let time = trends.time.unwrap();
    assert_eq!(
        time.ratings.iter().sum::<usize>() + trends.data.undated,
        ratings.events.len()
    );
    assert_eq!(
        time.weekdays.ratings.iter().sum::<usize>(),
        time.months.ratings.iter().sum::<usize>()
    );
    let mut names: Vec<&str> = trends
        .groups
        .iter()
        .map(|group| group.name.as_str())
        .collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), trends.groups.len(), "two groups share a name");
    assert_eq!(
        trends
            .groups
            .iter()
            .map(|group| group.ratings)
            .sum::<usize>(),
        ratings.events.len()
    );

    let ours = report
        .contenders
        .iter()
        .find(|contender| contender.ours)
        .unwrap();
    assert_eq!(
        ours.metrics[Metric::Ndcg100 as usize],
        built.evaluation.estimate(Metric::Ndcg100)
    );
    assert_eq!(report.contenders.len(), 3, "popularity, EASE and ours");
    let shipped = report.sizes.iter().find(|size| size.ships).unwrap();
    assert_eq!(shipped.ndcg, ours.metrics[Metric::Ndcg100 as usize]);
    assert!(
        report
            .sizes
            .iter()
            .any(|size| size.bytes_an_item > 2.0 * shipped.bytes_an_item)
    );
    let worst = &report.failures[0];
    assert!(worst.hidden.iter().all(|hidden| hidden.place > 0));
    assert_eq!(report.trials, built.trials);
}
