use std::path::PathBuf;

use indicatif::ProgressBar;

use super::*;
use crate::dataset::{Columns, like_above, read_ratings};
use crate::synth::Synth;

/// A model of whom nothing is known but what is usual to watch.
fn model(watched: &[f32], scale: Option<RatingScale>) -> Feedback {
    Feedback {
        scale,
        weights: vec![1.0],
        not_for_me: 0.0,
        mean: 0.0,
        own_mean: 0.0,
        watched: watched.to_vec(),
    }
}

/// What is watched is taken as it stands.
fn as_it_stands() -> Columns {
    Columns::default().read_by(&model(&[], None))
}

fn read(content: &str, columns: &Columns) -> Result<Ratings, DataError> {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let path = dir.path().join("watch.csv");
    std::fs::write(&path, content).expect("write a test file");
    read_ratings(&[path], columns, &ProgressBar::hidden())
}

fn good(content: &str, columns: &Columns) -> Ratings {
    read(content, columns).unwrap_or_else(|error| panic!("{error}"))
}

/// `user item rating timestamp` of every event, ratings in hundredths.
fn rows(ratings: &Ratings) -> Vec<String> {
    let line = |e: &Rating| {
        let (user, item) = (
            &ratings.users[e.user as usize],
            &ratings.items[e.item as usize],
        );
        let value = e.value.map_or("-".into(), |v| format!("{v:.2}"));
        format!("{user} {item} {value} {}", e.timestamp)
    };
    ratings.events.iter().map(line).collect()
}

#[test]
fn sittings_add_up_to_the_whole_at_most_and_the_newest_time_stays() {
    let content = "user,item,seconds_watched,runtime,timestamp\n\
        a,x,1500,6000,200\na,x,3000,6000,100\na,y,9000,6000,5\na,z,4000,6000,7\na,z,4000,6000,8\nb,x,0,6000,9\n";
    let ratings = good(content, &as_it_stands());
    let expected = ["a x 0.75 200", "a y 1.00 5", "a z 1.00 8", "b x 0.00 9"];
    assert_eq!(rows(&ratings), expected);
    assert_eq!(ratings.scale, Some(SHARES));
    let repairs = ratings.repairs;
    assert_eq!((repairs.added_up, repairs.duplicates), (2, 0));
}

#[test]
fn the_same_event_twice_counts_once_where_times_are_known() {
    let event = "a,x,1500,6000,200\n".repeat(2);
    let timed = format!("user,item,seconds_watched,runtime,timestamp\n{event}");
    let timed = good(&timed, &as_it_stands());
    assert_eq!(rows(&timed), ["a x 0.25 200"]);
    assert_eq!(timed.repairs.repeated_watching, 1);
    let event = "a,x,1500,6000\n".repeat(2);
    let untimed = format!("user,item,seconds_watched,runtime\n{event}");
    let untimed = good(&untimed, &as_it_stands());
    assert_eq!(rows(&untimed), ["a x 0.50 0"]);
}

#[test]
fn a_rating_wins_over_what_was_watched_and_sets_the_scale() {
    let content = "user,item,rating,seconds_watched,runtime,timestamp\n\
        a,x,1,6000,6000,10\na,x,,6000,6000,90\na,y,,3000,6000,20\na,z,4.5,,,30\na,w,,,,40\nb,x,2,,,50\n";
    let ratings = good(content, &as_it_stands());
    let expected = [
        "a x 1.00 10",
        "a y 2.50 20",
        "a z 4.50 30",
        "a w - 40",
        "b x 2.00 50",
    ];
    assert_eq!(rows(&ratings), expected);
    assert_eq!(ratings.scale.map(|s| (s.min, s.max)), Some((0.5, 5.0)));
}

#[test]
fn columns_may_have_any_names() {
    let columns: Columns = "user=who,item=what,seconds_watched=played,runtime=length"
        .parse()
        .expect("a good list");
    let columns = columns.read_by(&model(&[], None));
    let ratings = good(
        "who,what,played,length,device\na,x,45,90\n"
            .replace("45,90", "2700,5400,tv")
            .as_str(),
        &columns,
    );
    assert_eq!(rows(&ratings), ["a x 0.50 0"]);
}

#[test]
fn a_model_reads_watching_by_its_own_table_and_scale() {
    let content = "user,item,seconds_watched,runtime\na,short,3240,5400\na,long,6480,10800\n";
    let stars = RatingScale {
        min: 0.5,
        max: 5.0,
        step: 0.5,
    };
    let watched = [0.8, 0.8, 0.8, 0.8, 0.5];
    let columns = Columns::default().read_by(&model(&watched, Some(stars)));
    let ratings = good(content, &columns);
    // Both 60%: (0.74 - usual) * 40% is added, to the nearest hundredth, and five stars are all.
    assert_eq!(rows(&ratings), ["a short 2.90 0", "a long 3.50 0"]);
    assert_eq!(ratings.scale, Some(stars));
    assert_eq!(ratings.watched, watched);
}

#[test]
fn leaving_early_is_no_like_on_any_scale() {
    for (values, early, late) in [
        (["5", "3.5"], 0.65, 0.75),
        (["9", "3"], 0.65, 0.75),
        (["-1", "1"], 0.45, 0.55),
    ] {
        let content = format!(
            "user,item,rating,seconds_watched,runtime\na,v,{},,\na,w,{},,\na,x,,{},6000\na,y,,{},6000\n",
            values[0],
            values[1],
            early * 6000.0,
            late * 6000.0
        );
        let ratings = good(&content, &as_it_stands());
        let scale = ratings.scale.expect("a scale");
        let likes: Vec<bool> = ratings.events[2..]
            .iter()
            .map(|e| ratings.is_like(e))
            .collect();
        assert_eq!(
            likes,
            [false, true],
            "{scale:?}, above {}",
            like_above(&scale)
        );
    }
}

#[test]
fn what_is_usual_is_learnt_by_runtime() {
    let event = |minutes: f64, share| Watched {
        share,
        runtime: 60.0 * minutes,
    };
    let many = |n, watched| std::iter::repeat_n(watched, n);
    let events = many(1000, event(100.0, 0.9))
        .chain(many(1000, event(130.0, 0.5)))
        .chain(many(5, event(400.0, 0.0)));
    let usual = usual(events);
    let mean = 1400.0 / 2005.0;
    let drawn = |shares: f64, n: f64| (shares + 50.0 * mean) / (n + 50.0);
    let expected = [mean, mean, mean, drawn(900.0, 1000.0), drawn(500.0, 1005.0)];
    assert_eq!(usual.len(), expected.len());
    for (got, expected) in usual.iter().zip(expected) {
        assert!((f64::from(*got) - expected).abs() < 6e-4, "{usual:?}");
    }
}

#[test]
fn units_that_are_no_seconds_are_refused() {
    let header = "user,item,seconds_watched,runtime\n";
    let rows =
        |n: usize, row: &str| -> String { (0..n).map(|user| format!("{user},{row}\n")).collect() };
    for (content, parts) in [
        (
            rows(1, "x,5000,95"),
            &[
                "line 2",
                "seconds_watched",
                "5000 seconds were watched of 95",
                "both",
            ][..],
        ),
        (
            rows(3, "x,90,95"),
            &["half the runtimes are 95 seconds", "multiplied by 60"],
        ),
        (
            rows(1, "x,50,45"),
            &["line 2", "runtime", "a runtime of 45", "multiplied by 60"],
        ),
        (
            rows(1, "x,5400000,5700000"),
            &["line 2", "runtime", "5700000", "divided by 1000"],
        ),
        (rows(200, "x,90,5700"), &["200 events", "1.6%", "both"]),
    ] {
        let content = format!("{header}{content}");
        let error = read(&content, &Columns::default())
            .expect_err(&content)
            .to_string();
        for part in parts {
            assert!(error.contains(part), "{error}: {part}");
        }
    }
    // Few people who all leave early are possible.
    good(
        &format!("{header}{}", rows(3, "x,90,5700")),
        &Columns::default(),
    );
}

/// Of each person's films with different stars, watched as in `watch.csv`: the share of pairs that what was watched
/// puts in order, ties counting half.
fn in_order(folder: &std::path::Path, columns: &Columns) -> f64 {
    let read = |name: &str, columns: &Columns| {
        let path: PathBuf = folder.join(name);
        read_ratings(&[path], columns, &ProgressBar::hidden()).expect("a good file")
    };
    let stars = read("ratings.csv", &Columns::default());
    let watched = read("watch.csv", columns);
    let named = |ratings: &Ratings| -> Vec<Vec<(String, f32)>> {
        let user = |events: &[Rating]| {
            let value = |e: &Rating| {
                (
                    ratings.items[e.item as usize].clone(),
                    e.value.expect("a rating"),
                )
            };
            let mut of: Vec<_> = events.iter().map(value).collect();
            of.sort_by(|a, b| a.0.cmp(&b.0));
            of
        };
        ratings.by_user().map(user).collect()
    };
    let (mut right, mut pairs) = (0.0, 0.0);
    for (stars, watched) in named(&stars).iter().zip(named(&watched)) {
        for (a, x) in stars.iter().zip(&watched) {
            assert_eq!(a.0, x.0);
            for (b, y) in stars.iter().zip(&watched) {
                if a.1 > b.1 {
                    pairs += 1.0;
                    right += match x.1.total_cmp(&y.1) {
                        std::cmp::Ordering::Greater => 1.0,
                        std::cmp::Ordering::Equal => 0.5,
                        std::cmp::Ordering::Less => 0.0,
                    };
                }
            }
        }
    }
    right / pairs
}

#[test]
fn correcting_for_the_runtime_puts_more_films_in_order() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let synth = Synth {
        users: 300,
        items: 400,
        seed: 2,
    };
    let invented = synth.generate();
    invented.write(dir.path()).expect("write into it");
    invented.write_watching(dir.path()).expect("write into it");
    let raw = in_order(dir.path(), &as_it_stands());
    let corrected = in_order(dir.path(), &Columns::default());
    println!("pairs in order: {raw:.4} by shares, {corrected:.4} corrected for the runtime");
    assert!(corrected > raw + 0.001, "{raw} {corrected}");
}
