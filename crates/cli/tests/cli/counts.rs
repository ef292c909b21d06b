//! How often someone had an item, from a table of counts to a list.

use std::fmt::Write as _;
use std::path::Path;

use super::{matinee_in, text};

fn printed(folder: &Path, args: &[&str]) -> String {
    let output = matinee_in(folder, args);
    assert!(output.status.success(), "{}", text(&output.stderr));
    text(&output.stdout).to_owned()
}

#[test]
fn what_was_had_fifty_times_pulls_more_than_what_was_had_once() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let write = |name: &str, table: &str| {
        std::fs::write(dir.path().join(name), table).expect("write a table");
    };
    // Half of the listeners have only jazz, half only rock, and no two the same.
    let mut plays = String::from("user,item,plays\n");
    for user in 0..80 {
        let genre = ["jazz", "rock"][user % 2];
        for item in (0..16).filter(|item| (user / 2 + item * item) % 3 != 0) {
            writeln!(plays, "u{user},{genre}{item},{}", 1 + (user + item) % 9).expect("a string");
        }
    }
    write("plays.csv", &plays);
    write(
        "visitors.csv",
        "user,item,plays\nv,jazz0,50\nv,rock0,1\nw,jazz0,1\nw,rock0,50\n",
    );
    let run = |args: &[&str]| printed(dir.path(), args);
    let model = ["--out", "m.matinee", "--dims", "4", "--trials", "5"];
    let train = ["train", "--algorithm", "ials", "--ratings", "plays.csv"];
    run(&[&train[..], &["--columns", "count=plays"], &model].concat());
    assert!(run(&["inspect", "m.matinee"]).contains("ials"));

    let recommend = ["recommend", "--model", "m.matinee", "--top", "5"];
    let visitors = ["--ratings", "visitors.csv", "--columns", "count=plays"];
    let lists = run(&[&recommend[..], &visitors].concat());
    for (user, genre) in [("v,", "jazz"), ("w,", "rock")] {
        let list: Vec<&str> = lists
            .lines()
            .filter(|line| line.starts_with(user))
            .collect();
        assert_eq!(list.len(), 5, "{lists}");
        assert!(list.iter().all(|line| line.contains(genre)), "{lists}");
    }
}
