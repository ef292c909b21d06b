//! From invented ratings to a model file.
#![expect(
    clippy::unwrap_used,
    reason = "clippy does not know these functions for tests"
)]

use std::fs;
use std::path::Path;

use indicatif::ProgressBar;
use matinee_engine::search::TitleIndex;
use matinee_engine::{ListOptions, Profile, rank};
use matinee_format::Model;
use matinee_train::catalogue::{Catalogue, CatalogueFiles, read_catalogue};
use matinee_train::dataset::{Columns, read_ratings};
use matinee_train::evaluate::{Budget, Metric, evaluate, tune};
use matinee_train::model::Method;
use matinee_train::pipeline::{Built, Options, build};
use matinee_train::report::{Reach, Subject, collect};
use matinee_train::split::{Split, SplitOptions};
use matinee_train::stars::StarOptions;
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
    let files = CatalogueFiles {
        movies: table("movies.csv"),
        links: table("links.csv"),
        tags: table("tags.csv"),
        texts: Vec::new(),
    };
    read_catalogue(&files, &ProgressBar::hidden()).unwrap()
}

fn built(folder: &Path) -> Built {
    built_with(folder, Method::Dlae, 0)
}

fn built_with(folder: &Path, method: Method, unrated: usize) -> Built {
    let options = options(method, unrated);
    build(
        &ratings(folder),
        &catalogue(folder),
        &options,
        &ProgressBar::hidden(),
    )
    .unwrap()
}

fn options(method: Method, unrated: usize) -> Options {
    Options {
        name: "Invented".into(),
        catalogue: "invented".into(),
        data_sets: Vec::new(),
        method,
        dims: 16,
        levels: 63,
        dislike_cost: 0.03,
        budget: Budget {
            trials: 8,
            time: None,
        },
        unrated,
        split: SPLIT,
        stars: StarOptions::default(),
    }
}

fn invent(seed: u64) -> tempfile::TempDir {
    invent_people(250, seed)
}

/// Enough of them that what one model finds more than another is far beyond chance.
fn invent_people(users: u32, seed: u64) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let synth = Synth {
        users,
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
fn what_was_chosen_against_dislikes_is_in_the_file_and_in_its_figures() {
    let folder = invent(7);
    let built = built(folder.path());
    let way = built.way.expect("some way is affordable");
    let feedback = way.grades.feedback(&built.judged.scale);
    let model = Model::decode(&built.bytes).unwrap();
    assert_eq!(model.header().feedback, feedback);
    assert_eq!(ListOptions::of(&model).caution, way.caution);
    // The model that was judged is read in the same way.
    let judged = built
        .judged
        .fit_packed(&built.split.train, &built.settings)
        .unwrap();
    assert_eq!(ListOptions::of(judged.model()).caution, way.caution);
    assert!(way.caution > 0.0, "the case that can go wrong");
}

#[test]
fn films_that_nobody_has_rated_are_found_and_recommended_by_what_they_are() {
    let folder = invent(8);
    // Two films alike, but for their ratings: the first is liked by many, the second unheard of.
    let rated = ratings(folder.path());
    let mut movies = fs::read_to_string(folder.path().join("movies.csv")).unwrap();
    let genres = "Horror|Western";
    movies.push_str(&format!(
        "9001,Hoofprints (2001),{genres}\n9002,Zyzzyva Canyon (2001),{genres}\n9003,Undated,Drama\n"
    ));
    fs::write(folder.path().join("movies.csv"), movies).unwrap();
    let mut table = fs::read_to_string(folder.path().join("ratings.csv")).unwrap();
    for user in rated.users.iter().step_by(3) {
        table.push_str(&format!("{user},9001,5.0,1600000000\n"));
    }
    fs::write(folder.path().join("ratings.csv"), table).unwrap();

    let without = Model::decode(&built(folder.path()).bytes).unwrap();
    assert_eq!(without.row_of("9002"), None);
    let one = Model::decode(&built_with(folder.path(), Method::Dlae, 1).bytes).unwrap();
    assert_eq!(
        one.len(),
        without.len() + 1,
        "one more, and it is the newest"
    );
    assert_eq!(
        one.row_of("9003"),
        None,
        "one without a year is not the newest"
    );

    let model = Model::decode(&built_with(folder.path(), Method::Dlae, usize::MAX).bytes).unwrap();
    for row in 0..model.len() as u32 {
        assert!(
            model.codes(row).iter().any(|&code| code != 0),
            "{} is all zero",
            model.item(row).title
        );
    }
    let new = model.row_of("9002").unwrap();
    assert_eq!(model.item(new).popularity, 0);
    let mut titles = TitleIndex::new();
    titles.extend(&model);
    assert_eq!(titles.search("zyzzyva", 3)[0].row, new);

    let place = |liked: &str| {
        let mut profile = Profile::new(&model);
        profile.set(&model, liked, 1.0);
        // Among the films without ratings, which have nothing but what they are.
        let unrated = |row: u32| model.item(row).popularity == 0;
        let list = rank(&model, &profile, usize::MAX, |row| !unrated(row));
        list.iter().position(|scored| scored.row == new).unwrap()
    };
    assert!(
        place("9001") < 3,
        "at place {} for who likes its twin",
        place("9001")
    );
}

#[test]
fn the_model_is_far_better_than_popularity_and_its_card_says_how_good() {
    let folder = invent_people(600, 7);
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
fn alternating_least_squares_learn_from_how_often_and_make_the_same_kind_of_file() {
    let folder = invent_people(600, 9);
    // What was rated highly was seen often.
    let seen = |once: bool| {
        let mut ratings = ratings(folder.path());
        ratings.scale = None;
        for event in &mut ratings.events {
            let stars = event.value.take().unwrap();
            event.repeats = if once { 0 } else { 2_u32.pow(stars as u32) - 1 };
        }
        ratings
    };
    let build = |ratings: &Ratings| {
        let options = options(Method::Ials, 0);
        build(
            ratings,
            &Catalogue::default(),
            &options,
            &ProgressBar::hidden(),
        )
        .unwrap()
    };
    let often = seen(false);
    let (built, once) = (build(&often), build(&seen(true)));
    let split = Split::strong(&often, &SPLIT).unwrap();
    let hidden = ProgressBar::hidden();
    let popular = tune(&Popularity, &split, Budget::default(), &hidden).unwrap();
    let popular = evaluate(popular.model.as_ref(), &split.test, split.items.len());
    let gain = built.evaluation.gain_over(&popular, Metric::Ndcg100);
    assert!(gain.mean > 3.0 * gain.standard_error, "{gain:?}");

    let (model, once) = (
        Model::decode(&built.bytes).unwrap(),
        Model::decode(&once.bytes).unwrap(),
    );
    assert_eq!(model.header().card.algorithm, "ials");
    assert_eq!(model.header().feedback.scale, None);
    let differ = |row: &u32| model.codes(*row) != once.codes(*row);
    let all = model.len() as u32;
    assert!((0..all).filter(differ).count() > model.len() / 2);
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
            ratings: &ratings,
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

    let questions = report.questions.as_ref().unwrap();
    assert_eq!(questions.strategies.len(), 3);
    for asked in &questions.strategies {
        assert_eq!(asked.ndcg.len(), 21, "0 to 20 questions");
        assert_eq!(
            asked.ndcg[0], questions.strategies[0].ndcg[0],
            "before any question"
        );
        assert!(asked.ndcg[20].mean > asked.ndcg[0].mean && asked.answered[20] > 1.0);
    }
    let stars = report.stars.as_ref().unwrap();
    let rmse = |at: usize| stars.rmse[at].1.mean;
    assert!(rmse(2) < rmse(1) && rmse(1) < rmse(0), "{:?}", stars.rmse);
    let card = &report.card.evaluations;
    assert!(
        card.iter()
            .any(|e| e.metric == "rmse" && e.value == rmse(2))
    );
    assert_eq!(stars.quintiles.len(), 5);
    assert!(stars.quintiles[0].predicted < stars.quintiles[4].predicted);
    let names = |reach: &[Reach]| {
        reach
            .iter()
            .map(|reach| reach.name.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(report.reach.len(), 3, "{:?}", names(&report.reach));
    let ours = report.reach.iter().find(|reach| reach.ours).unwrap();
    assert_eq!(ours.coverage, built.evaluation.coverage);
    let popular = &report.reach[0];
    assert!(
        popular.coverage < ours.coverage
            && popular.gini > ours.gini
            && popular.overlap > ours.overlap
    );
    assert_eq!(report.dials.len(), 18, "six positions of three dials");
    for dialling in report
        .dials
        .iter()
        .filter(|dialling| dialling.position == 0.0)
    {
        assert_eq!(dialling.gain.mean, 0.0, "{dialling:?}");
    }
    let later = report.later.as_ref().unwrap();
    assert!(
        later.users > 0 && later.contenders[1].ndcg.mean > later.contenders[0].ndcg.mean,
        "{later:?}"
    );
}
