//! What was watched in place of ratings, as typed: trained on, inspected, recommended from, and refused where it is
//! wrong.

use std::collections::HashSet;
use std::fs;
use std::path::Path;
use std::process::Output;

use super::{matinee_in, text};

fn good(folder: &Path, args: &[&str]) -> Output {
    let output = matinee_in(folder, args);
    assert!(output.status.success(), "{}", text(&output.stderr));
    output
}

fn write(folder: &Path, name: &str, content: &str) {
    fs::write(folder.join(name), content).expect("write a test file");
}

/// A model trained on invented watching, and what training said.
fn trained(folder: &Path) -> Output {
    let synth = "synth --out . --users 500 --items 250 --seed 4 --watch";
    good(folder, &words(synth));
    let train = "train --ratings watch.csv --items movies.csv --out m.matinee --dims 16 --trials 4 --dislike-cost 0.1";
    good(folder, &words(train))
}

fn words(line: &str) -> Vec<&str> {
    line.split(' ').collect()
}

/// Films of a genre, by id.
fn films(folder: &Path, genre: &str) -> Vec<String> {
    let mut movies = csv::Reader::from_path(folder.join("movies.csv")).expect("the films");
    let of_genre = |row: csv::StringRecord| {
        let is = row[2].split('|').any(|name| name == genre);
        is.then(|| row[0].to_owned())
    };
    movies
        .records()
        .filter_map(|row| of_genre(row.expect("a film")))
        .collect()
}

/// The same films, the most watched first.
fn most_watched(folder: &Path, films: &[String]) -> Vec<String> {
    let watch = fs::read_to_string(folder.join("watch.csv")).expect("what was watched");
    let count = |film: &String| {
        let is = |line: &&str| line.split(',').nth(1) == Some(film);
        watch.lines().filter(is).count()
    };
    let mut counted: Vec<(usize, &String)> = films.iter().map(|film| (count(film), film)).collect();
    counted.sort_by(|a, b| b.cmp(a));
    counted.iter().map(|(_, film)| (*film).clone()).collect()
}

#[test]
fn leaving_thrillers_early_brings_fewer_of_them() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let folder = dir.path();
    let said = trained(folder);
    let said = text(&said.stderr);
    assert!(
        said.contains("watching events were added to others"),
        "{said}"
    );

    let card = good(folder, &["inspect", "m.matinee"]);
    let card = text(&card.stdout);
    assert!(
        card.contains("usually watched: under 30 minutes → "),
        "{card}"
    );
    assert!(
        card.contains("feedback: 0 → -"),
        "leaving early is a dislike: {card}"
    );
    let watched = usual(folder);
    let (short, long) = (watched[2], watched[watched.len() - 1]);
    assert!(
        short > long + 0.05,
        "long films are left earlier: {watched:?}"
    );

    let thrillers = films(folder, "Thriller");
    let known: HashSet<&String> = thrillers.iter().collect();
    let others: Vec<String> = films(folder, "Comedy")
        .into_iter()
        .filter(|film| !known.contains(film))
        .collect();
    let (three, others) = (
        most_watched(folder, &thrillers),
        most_watched(folder, &others),
    );
    let mut visitors = "user,item,seconds_watched,runtime\n".to_owned();
    for film in &three[..3] {
        visitors += &format!("left,{film},300,6000\nstayed,{film},6000,6000\n");
    }
    for film in &others[..1] {
        visitors += &format!("left,{film},6000,6000\nstayed,{film},6000,6000\n");
    }
    write(folder, "visitors.csv", &visitors);
    let list = "recommend --model m.matinee --ratings visitors.csv --top 50";
    let list = good(folder, &words(list));
    let count = |user: &str| {
        let of_user = |line: &&str| line.split(',').next() == Some(user);
        let thriller = |line: &str| {
            line.split(',')
                .nth(1)
                .is_some_and(|film| known.contains(&film.to_owned()))
        };
        text(&list.stdout)
            .lines()
            .filter(of_user)
            .filter(|line| thriller(line))
            .count()
    };
    assert!(
        count("left") < count("stayed"),
        "{} {}",
        count("left"),
        count("stayed")
    );
}

/// The usual shares watched that the model keeps.
fn usual(folder: &Path) -> Vec<f64> {
    let card = good(folder, &["inspect", "m.matinee", "--json"]);
    let card: serde_json::Value = serde_json::from_slice(&card.stdout).expect("JSON");
    let shares = card["watched"].as_array().expect("a list");
    shares
        .iter()
        .map(|share| share.as_f64().expect("a share"))
        .collect()
}

#[test]
fn what_says_no_time_is_refused_with_file_place_and_remedy_and_nothing_is_written() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let folder = dir.path();
    let header = "user,item,seconds_watched,runtime,timestamp\n";
    let seconds = "column seconds_watched";
    let runtime = "column runtime";
    for (rows, said) in [
        ("a,x,5m,5400,1", &["line 2", seconds, "`5m`", "5400"][..]),
        ("a,x,NaN,5400,1", &["line 2", seconds, "`NaN`", "5400"]),
        ("a,x,-3,5400,1", &["line 2", seconds, "-3", "0 or more"]),
        (
            "a,x,3,5400,1\na,y,3,0,1",
            &["line 3", runtime, "of 0 seconds", "how many seconds"],
        ),
        (
            "a,x,3,-90,1",
            &["line 2", runtime, "-90", "how many seconds"],
        ),
        ("a,x,3,NaN,1", &["line 2", runtime, "`NaN`", "5400"]),
        ("a,x,3,,1", &["line 2", runtime, "missing", "leave out"]),
        (
            "a,x,30,45,1",
            &[
                "line 2",
                runtime,
                "of 45 seconds",
                "minutes have to be multiplied by 60",
            ],
        ),
        (
            "a,x,30,5400000,1",
            &["line 2", runtime, "5400000", "divided by 1000"],
        ),
        (
            "a,x,5400000,5400,1",
            &["line 2", seconds, "of 5400", "in seconds"],
        ),
        (
            "a,x,90,95,1\na,y,80,100,1",
            &["minutes have to be multiplied by 60"],
        ),
        (
            "a,x,90,5400,soon",
            &["line 2", "column timestamp", "`soon`"],
        ),
    ] {
        write(folder, "watch.csv", &format!("{header}{rows}\n"));
        refused(folder, said);
    }
    for (header, said) in [
        (
            "user,item,seconds_watched,length",
            &["holds the runtime", "--columns runtime=NAME", "length"][..],
        ),
        (
            "user,item,played,runtime",
            &[
                "holds the seconds_watched",
                "--columns seconds_watched=NAME",
                "played",
            ],
        ),
    ] {
        write(folder, "watch.csv", &format!("{header}\na,x,90,5400\n"));
        refused(folder, said);
    }
}

fn refused(folder: &Path, said: &[&str]) {
    let output = matinee_in(folder, &words("train --ratings watch.csv --out m.matinee"));
    let error = text(&output.stderr);
    assert!(!output.status.success(), "{said:?}");
    for part in said.iter().chain(&["watch.csv"]) {
        assert!(error.contains(part), "{part}: {error}");
    }
    assert!(!folder.join("m.matinee").exists(), "{said:?}");
}
