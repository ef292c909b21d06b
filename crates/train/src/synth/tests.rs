use std::collections::BTreeSet;
use std::path::PathBuf;

use hashbrown::HashMap;
use indicatif::ProgressBar;
use proptest::prelude::*;

use super::*;
use crate::baselines::{Ease, Popularity};
use crate::catalogue::read_catalogue;
use crate::dataset::{Columns, read_ratings};
use crate::evaluate::{Algorithm, Metric, evaluate};
use crate::split::{Split, SplitOptions};

fn written(invented: &Invented) -> (tempfile::TempDir, impl Fn(&str) -> Vec<PathBuf> + use<>) {
    let dir = tempfile::tempdir().expect("a temporary folder");
    invented.write(dir.path()).expect("write into it");
    let folder = dir.path().to_owned();
    (dir, move |name: &str| vec![folder.join(name)])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20))]

    #[test]
    fn what_is_written_reads_back_the_same(users in 1..12_u32, items in 25..80_u32, seed: u64) {
        let invented = Synth { users, items, seed }.generate();
        let (_dir, file) = written(&invented);
        let progress = ProgressBar::hidden();
        let read = read_ratings(&file("ratings.csv"), &Columns::default(), &progress).expect("good ratings");

        let named = |ratings: &Ratings| -> Vec<_> {
            let name = |e: &Rating| {
                (ratings.users[e.user as usize].clone(), ratings.items[e.item as usize].clone(), e.value, e.timestamp)
            };
            let mut events: Vec<_> = ratings.events.iter().map(name).collect();
            events.sort_by(|a, b| a.partial_cmp(b).expect("ratings are finite"));
            events
        };
        prop_assert_eq!(named(&read), named(&invented.ratings()));

        let catalogue = read_catalogue(&file("movies.csv"), &file("links.csv"), &file("tags.csv"), &progress)
            .expect("a good catalogue");
        prop_assert_eq!(catalogue.items().len(), invented.films.len());
        for (item, film) in catalogue.items().iter().zip(&invented.films) {
            prop_assert_eq!(&item.id, &film.id.to_string());
            prop_assert_eq!(item.year, Some(film.year));
            prop_assert_eq!(&item.genres, &film.genres);
            prop_assert!(!item.title.contains('(') && item.imdb.is_some());
        }
        let tags: u32 = catalogue.items().iter().flat_map(|item| &item.tags).map(|(_, count)| count).sum();
        prop_assert_eq!(tags as usize, invented.tags.len());
    }
}

#[test]
fn the_seed_decides() {
    let synth = |seed| {
        Synth {
            users: 30,
            items: 60,
            seed,
        }
        .generate()
    };
    assert_eq!(synth(1), synth(1));
    assert_ne!(synth(1), synth(2));
}

#[test]
fn ratings_have_the_shape_of_real_ones() {
    let invented = Synth {
        users: 600,
        items: 1200,
        seed: 7,
    }
    .generate();
    let ratings = invented.ratings();
    let n = ratings.events.len() as f64;

    let titles: BTreeSet<_> = invented.films.iter().map(|film| &film.title).collect();
    assert_eq!(titles.len(), 1200);

    let share = |test: &dyn Fn(f32) -> bool| {
        ratings
            .events
            .iter()
            .filter(|e| e.value.is_some_and(test))
            .count() as f64
            / n
    };
    assert!(
        (0.4..0.6).contains(&share(&|v| v > 3.5)),
        "likes: {}",
        share(&|v| v > 3.5)
    );
    assert!(
        (0.05..0.2).contains(&share(&|v| v < 2.5)),
        "low: {}",
        share(&|v| v < 2.5)
    );

    let top_share = |mut counts: Vec<usize>, part: usize| {
        counts.sort_unstable();
        counts.iter().rev().take(counts.len() / part).sum::<usize>() as f64 / n
    };
    let users: Vec<usize> = ratings.by_user().map(<[Rating]>::len).collect();
    assert!(users.iter().all(|&n| n >= 20));
    assert!(
        (0.05..0.2).contains(&top_share(users.clone(), 100)),
        "heaviest 1%: {}",
        top_share(users, 100)
    );
    let mut items: HashMap<u32, usize> = HashMap::new();
    for event in &ratings.events {
        *items.entry(event.item).or_default() += 1;
    }
    let items: Vec<usize> = items.into_values().collect();
    assert!(
        top_share(items.clone(), 10) > 0.35,
        "most rated 10%: {}",
        top_share(items, 10)
    );
}

#[test]
fn tastes_can_be_learnt() {
    let ratings = Synth {
        users: 600,
        items: 400,
        seed: 3,
    }
    .generate()
    .ratings();
    let split = Split::strong(&ratings, &SplitOptions::default()).expect("enough users");
    let judged = |algorithm: &dyn Algorithm| {
        let settings = algorithm
            .axes()
            .iter()
            .map(|axis| (axis.name, axis.default))
            .collect();
        let model = algorithm.fit(&split.train, &settings).expect("a fit");
        evaluate(model.as_ref(), &split.test, split.items.len())
    };
    let gain = judged(&Ease).gain_over(&judged(&Popularity), Metric::Ndcg100);
    assert!(gain.mean > 5.0 * gain.standard_error, "{gain:?}");
}
