//! `matinee predict`, as typed.

use std::path::Path;
use std::process::Output;

use super::{matinee_in, text};

fn predict(folder: &Path, pairs: &str) -> Output {
    std::fs::write(folder.join("pairs.csv"), pairs).expect("write the pairs");
    matinee_in(
        folder,
        &[
            "predict",
            "--model",
            "m.matinee",
            "--ratings",
            "visitor.csv",
            "--pairs",
            "pairs.csv",
        ],
    )
}

#[test]
fn visitors_get_stars_with_an_interval_and_what_is_unknown_is_said() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let folder = dir.path();
    let run = |args: &[&str]| {
        let output = matinee_in(folder, args);
        assert!(output.status.success(), "{}", text(&output.stderr));
        output
    };
    run(&[
        "synth", "--out", ".", "--users", "300", "--items", "150", "--seed", "5",
    ]);
    run(&[
        "train",
        "--ratings",
        "ratings.csv",
        "--out",
        "m.matinee",
        "--dims",
        "8",
    ]);
    let card = run(&["inspect", "m.matinee"]);
    assert!(text(&card.stdout).contains("predicts stars of"));
    assert!(text(&card.stdout).contains("80% intervals that hold"));

    let ratings = std::fs::read_to_string(folder.join("ratings.csv")).expect("ratings");
    let item = ratings
        .lines()
        .nth(1)
        .and_then(|line| line.split(',').nth(1))
        .expect("an item");
    let visitor = format!("userId,movieId,rating,timestamp\nv,{item},5.0,1\nw,{item},0.5,1\n");
    std::fs::write(folder.join("visitor.csv"), visitor).expect("write the ratings");
    let output = predict(
        folder,
        &format!("user,item\nv,{item}\nw,{item}\nnew,{item}\nv,nonsense\n"),
    );
    assert!(output.status.success(), "{}", text(&output.stderr));
    let mut table = csv::Reader::from_reader(&output.stdout[..]);
    assert_eq!(
        table.headers().expect("a header"),
        vec!["user", "item", "rating", "low", "high"]
    );
    let rows: Vec<csv::StringRecord> = table.records().map(|row| row.expect("a row")).collect();
    let number = |row: usize, column: usize| rows[row][column].parse::<f32>().expect("a number");
    for row in 0..3 {
        assert!(number(row, 3) <= number(row, 2) && number(row, 2) <= number(row, 4));
    }
    assert!(number(0, 2) > number(2, 2) && number(2, 2) > number(1, 2));
    assert_eq!(&rows[3][2], "", "an unknown item is left empty");
    let words = text(&output.stderr);
    assert!(words.contains("\"nonsense\", pairs.csv, line 5"), "{words}");
    assert!(words.contains("\"new\", pairs.csv, line 4"), "{words}");

    for (pairs, expected) in [
        ("user,film\nv,1\n", "no column is called item"),
        ("user,item\nv\n", "line: 2"),
    ] {
        let output = predict(folder, pairs);
        assert!(!output.status.success());
        assert!(
            text(&output.stderr).contains(expected),
            "{}",
            text(&output.stderr)
        );
    }
}
