//! `matinee synth` and `matinee evaluate`, as typed.

use std::path::Path;

use super::{matinee, text};

fn invent(folder: &Path) -> String {
    let out = folder.to_str().expect("a plain path");
    let made = matinee(&[
        "synth", "--out", out, "--users", "400", "--items", "300", "--seed", "5",
    ]);
    assert!(made.status.success(), "{}", text(&made.stderr));
    folder
        .join("ratings.csv")
        .to_str()
        .expect("a plain path")
        .to_owned()
}

#[test]
fn models_that_read_tastes_beat_popularity_on_the_same_users() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let ratings = invent(dir.path());
    let compare = "popularity,ease,dlae,dlae-ratings,ials";
    let run = || {
        matinee(&[
            "evaluate",
            "--ratings",
            &ratings,
            "--compare",
            compare,
            "--test-users",
            "100",
            "--dims",
            "16",
            "--seed",
            "1",
            "2",
        ])
    };
    let output = run();
    assert!(output.status.success(), "{}", text(&output.stderr));

    let mut table = csv::Reader::from_reader(&output.stdout[..]);
    let header = table.headers().expect("a header").clone();
    let column = |name| header.iter().position(|column| column == name).expect(name);
    let rows: Vec<csv::StringRecord> = table.records().map(|row| row.expect("a row")).collect();
    let models: Vec<_> = rows
        .iter()
        .map(|row| (&row[column("seed")], &row[column("model")]))
        .collect();
    let expected = ["1", "2"]
        .iter()
        .flat_map(|seed| compare.split(',').map(|model| (*seed, model)));
    assert_eq!(models, expected.collect::<Vec<_>>());

    let number = |row: &csv::StringRecord, name| row[column(name)].parse::<f64>().expect(name);
    for row in &rows {
        assert_eq!(&row[column("test_users")], "100");
        let (gain, error) = (number(row, "gain"), number(row, "gain_se"));
        match &row[column("model")] {
            "popularity" => assert_eq!((gain, error), (0.0, 0.0)),
            model => assert!(gain > 3.0 * error, "{model} gains {gain} ± {error}"),
        }
    }

    let without_time = |row: &csv::StringRecord| -> Vec<String> {
        let cells = row.iter().enumerate();
        let cells = cells.filter(|(at, _)| *at != column("seconds"));
        cells.map(|(_, cell)| cell.to_owned()).collect()
    };
    let again = run();
    let again = csv::Reader::from_reader(&again.stdout[..])
        .records()
        .map(|row| without_time(&row.expect("a row")))
        .collect::<Vec<_>>();
    assert_eq!(again, rows.iter().map(without_time).collect::<Vec<_>>());
}

#[test]
fn the_audit_shows_what_weighting_takes_from_heavy_raters() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let ratings = invent(dir.path());
    let args = [
        "evaluate",
        "--protocol",
        "raters",
        "--ratings",
        &ratings,
        "--dims",
        "16",
    ];
    let output = matinee(&args);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let mut table = csv::Reader::from_reader(&output.stdout[..]);
    let header = table.headers().expect("a header").clone();
    let rows: Vec<csv::StringRecord> = table.records().map(|row| row.expect("a row")).collect();
    let [none, chosen] = &rows[..] else {
        panic!("two rows a seed: {rows:?}");
    };
    let number = |row: &csv::StringRecord, name| {
        let at = header.iter().position(|column| column == name).expect(name);
        row[at].parse::<f64>().expect(name)
    };
    assert_eq!((number(none, "beta"), number(none, "gain")), (0.0, 0.0));
    for column in [
        "top_1_percent_weight",
        "top_10_percent_weight",
        "changed_mean",
    ] {
        assert!(
            number(chosen, column) < number(none, column),
            "{column}: {rows:?}"
        );
    }
    assert!(
        number(none, "random_mean") < number(none, "changed_mean"),
        "{rows:?}"
    );
}

#[test]
fn json_has_the_columns_of_the_table() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let ratings = invent(dir.path());
    let args = ["evaluate", "--ratings", &ratings, "--compare", "popularity"];
    let table = matinee(&args);
    let header = text(&table.stdout).lines().next().expect("a header");

    let json = matinee(&[&args[..], &["--json"]].concat());
    let row: serde_json::Value = serde_json::from_slice(&json.stdout).expect("one object");
    let row = row.as_object().expect("an object");
    for column in header.split(',') {
        assert!(row.contains_key(column), "{column}");
    }
    assert!(row["ndcg@100"].as_f64().is_some_and(|ndcg| ndcg > 0.0));
}

#[test]
fn what_is_wrong_is_said_with_its_place_and_fails() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let path = dir.path().join("odd.csv");
    let odd = path.to_str().expect("a plain path");
    std::fs::write(&path, "userId,movieId,rating\n1,2,3\n1,3,good\n").expect("write a test file");
    let failed = matinee(&["evaluate", "--ratings", odd]);
    assert!(!failed.status.success());
    let message = text(&failed.stderr);
    for part in ["odd.csv", "line 3", "rating", "`good`"] {
        assert!(message.contains(part), "{message}");
    }
    assert!(failed.stdout.is_empty());

    std::fs::write(&path, "userId,movieId,rating\n1,2,3\n").expect("write a test file");
    let few = matinee(&["evaluate", "--ratings", odd]);
    assert!(text(&few.stderr).contains("0 users have 5 likes"));
}

fn table(args: &[&str]) -> (csv::StringRecord, Vec<csv::StringRecord>, String) {
    let output = matinee(args);
    let said = text(&output.stderr).to_owned();
    assert!(output.status.success(), "{said}");
    let mut table = csv::Reader::from_reader(&output.stdout[..]);
    let header = table.headers().expect("a header").clone();
    let rows = table.records().map(|row| row.expect("a row")).collect();
    (header, rows, said)
}

#[test]
fn questions_are_compared_by_how_many_were_shown() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let ratings = invent(dir.path());
    let args = [
        "evaluate",
        "--ratings",
        &ratings,
        "--protocol",
        "questions",
        "--dims",
        "8",
        "--test-users",
        "60",
    ];
    let (header, rows, said) = table(&args);
    let column = |name| header.iter().position(|column| column == name).expect(name);
    assert_eq!(rows.len(), 6 * 31, "six strategies, 0 to 30 questions");
    assert_eq!(&rows[0][column("on")], "test");
    for row in rows
        .iter()
        .filter(|row| &row[column("strategy")] == "popularity")
    {
        assert_eq!(&row[column("gain")], "0.0", "popularity beside itself");
    }
    let (_, validation, _) = table(&[&args[..], &["--on", "validation"]].concat());
    assert_eq!(&validation[0][column("on")], "validation");
    assert_ne!(validation[0][column("users")], rows[0][column("users")]);
    assert!(
        said.contains("what log-popularity-x-entropy reaches after 20"),
        "{said}"
    );
    assert!(said.contains("rarely rated films offered"), "{said}");
}

#[test]
fn time_is_split_at_a_date_and_lists_are_dialled() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let ratings = invent(dir.path());
    let movies = dir.path().join("movies.csv");
    let movies = movies.to_str().expect("a plain path");
    let lists = [
        "evaluate",
        "--ratings",
        &ratings,
        "--items",
        movies,
        "--protocol",
        "lists",
        "--dims",
        "8",
    ];
    let (header, rows, _) = table(&lists);
    let column = |name| header.iter().position(|column| column == name).expect(name);
    let number = |row: usize, name| rows[row][column(name)].parse::<f64>().expect(name);
    assert_eq!((number(0, "gain"), number(0, "gain_se")), (0.0, 0.0));
    assert!(
        number(1, "long_tail") > number(0, "long_tail"),
        "the obscure first"
    );

    let lost = [
        "evaluate",
        "--ratings",
        &ratings,
        "--protocol",
        "time",
        "--after",
        "1970-02-01",
    ];
    let failed = matinee(&lost);
    assert!(!failed.status.success());
    assert!(text(&failed.stderr).contains("are needed for test users"));
}
