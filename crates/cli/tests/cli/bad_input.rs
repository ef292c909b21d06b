//! Bad input through the binary: put right and said, or refused with file, place and remedy, and then nothing is
//! written.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{matinee, text};

fn plain(path: &Path) -> &str {
    path.to_str().expect("a plain path")
}

/// Forty people who like every other or every third of twenty films, as `user,item,rating,time`.
fn rows(time: impl Fn(u32) -> i64) -> Vec<String> {
    let mut rows = Vec::new();
    for user in 0..40 {
        for item in 0..20 {
            let rating = if (item + user) % (2 + user % 2) == 0 {
                5
            } else {
                2
            };
            rows.push(format!("{user},{item},{rating},{}", time(user * 20 + item)));
        }
    }
    rows
}

fn seconds(n: u32) -> i64 {
    1_500_000_000 + i64::from(n) * 1000
}

fn table(rows: &[String]) -> String {
    format!("userId,movieId,rating,timestamp\n{}\n", rows.join("\n"))
}

/// The good table with one line changed; the header is line 1.
fn with_line(line: usize, content: &str) -> Vec<u8> {
    let mut rows = rows(seconds);
    rows[line - 2] = content.to_owned();
    table(&rows).into_bytes()
}

fn good() -> String {
    table(&rows(seconds))
}

struct Bad {
    what: &'static str,
    ratings: Vec<u8>,
    args: &'static [&'static str],
    said: &'static [&'static str],
}

fn bad(
    what: &'static str,
    ratings: impl Into<Vec<u8>>,
    args: &'static [&'static str],
    said: &'static [&'static str],
) -> Bad {
    Bad {
        what,
        ratings: ratings.into(),
        args,
        said,
    }
}

#[test]
fn what_cannot_be_read_is_refused_with_file_place_and_remedy() {
    let million = "x".repeat(1_000_000);
    let utf16: Vec<u8> = std::iter::once(0xfeff)
        .chain(good().encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    let one_user: Vec<String> = rows(seconds).into_iter().take(20).collect();
    let one_item: Vec<String> = (0..40).map(|user| format!("{user},7,5,1")).collect();
    let all_low: Vec<String> = rows(seconds)
        .iter()
        .map(|row| row.replace(",5,", ",2,"))
        .collect();
    let cases = [
        bad(
            "an empty file",
            "",
            &[],
            &["ratings.csv", "empty", "header line"],
        ),
        bad(
            "a header alone",
            "userId,movieId,rating\n",
            &[],
            &["ratings.csv", "no ratings", "a row for each"],
        ),
        bad(
            "no item column",
            good().replace("movieId", "film"),
            &[],
            &[
                "ratings.csv",
                "no column holds the item",
                "--columns item=NAME",
                "userId, film, rating",
            ],
        ),
        bad(
            "no rating column",
            good().replace("rating", "stars"),
            &[],
            &[
                "ratings.csv",
                "no column holds the rating",
                "--columns rating=NAME",
            ],
        ),
        bad(
            "a column that is not there",
            good(),
            &["--columns", "rating=stars"],
            &[
                "ratings.csv",
                "no column stars",
                "userId, movieId, rating, timestamp",
            ],
        ),
        bad(
            "a word for a rating",
            with_line(31, "1,2,four,5"),
            &[],
            &[
                "ratings.csv, line 31, column rating",
                "`four` is not a rating",
                "3.5",
            ],
        ),
        bad(
            "not a number",
            with_line(31, "1,2,NaN,5"),
            &[],
            &["line 31, column rating", "`NaN`", "3.5"],
        ),
        bad(
            "infinity",
            with_line(31, "1,2,-inf,5"),
            &[],
            &["line 31, column rating", "`-inf`", "3.5"],
        ),
        bad(
            "a decimal comma",
            with_line(31, "1,2,3,5,5"),
            &[],
            &["line 31", "5 fields where 4", "separator"],
        ),
        bad(
            "a rating out of the scale of all others",
            with_line(31, "1,2,55,5"),
            &[],
            &[
                "ratings.csv, line 31",
                "55",
                "not on the scale",
                "--scale MIN-MAX",
            ],
        ),
        bad(
            "a negative rating for none",
            with_line(31, "1,2,-1,5"),
            &[],
            &[
                "ratings.csv, line 31",
                "-1",
                "leave it empty",
                "--scale MIN-MAX",
            ],
        ),
        bad(
            "a rating out of the scale given",
            good(),
            &["--scale", "1-4"],
            &[
                "ratings.csv, line 2",
                "the rating 5 is outside the scale 1-4",
                "--scale another",
            ],
        ),
        bad(
            "no scale",
            good(),
            &["--scale", "five"],
            &["--scale", "`five` is not a scale", "1-10"],
        ),
        bad(
            "no id",
            with_line(31, "1, ,3,5"),
            &[],
            &["line 31, column movieId", "missing", "ids"],
        ),
        bad(
            "a word for a time",
            with_line(31, "1,2,3,yesterday"),
            &[],
            &[
                "line 31, column timestamp",
                "`yesterday`",
                "seconds since 1970",
            ],
        ),
        bad(
            "a delimiter nobody uses",
            good().replace(',', "|"),
            &[],
            &[
                "ratings.csv",
                "single column",
                "userId|movieId|rating",
                "comma",
            ],
        ),
        bad(
            "two delimiters",
            with_line(31, "1;2;3;5"),
            &[],
            &["ratings.csv, line 31", "1 fields where 4", "separator"],
        ),
        bad(
            "no header",
            good().replace("userId,movieId,rating,timestamp\n", ""),
            &[],
            &["numbers", "header line", "user,item"],
        ),
        bad(
            "UTF-16",
            utf16,
            &[],
            &["ratings.csv", "UTF-16", "save it as UTF-8"],
        ),
        bad(
            "a zip archive",
            &b"PK\x03\x04rest"[..],
            &[],
            &["ratings.csv", "zip", "unpack"],
        ),
        bad(
            "bytes",
            &b"\x7fELF\0\0\n"[..],
            &[],
            &["ratings.csv", "not text"],
        ),
        bad(
            "a cell of a million characters",
            with_line(31, &format!("1,2,{million},5")),
            &[],
            &["ratings.csv, line 31", "1000000 bytes", "unclosed quote"],
        ),
        bad(
            "a first line of a million characters",
            million.as_str(),
            &[],
            &["ratings.csv", "single column", "xxx…"],
        ),
        bad(
            "an unclosed quote",
            with_line(31, "1,\"2,3,5"),
            &[],
            &["ratings.csv, line 31", "fields where 4", "unclosed quote"],
        ),
        bad(
            "an id that no file can hold",
            with_line(31, &format!("1,{},3,5", &million[..300])),
            &[],
            &["line 31, column movieId", "255 bytes"],
        ),
        bad(
            "one user",
            table(&one_user),
            &[],
            &["1 users have 5 likes", "give more ratings"],
        ),
        bad(
            "one item",
            table(&one_item),
            &[],
            &["0 users have 5 likes", "give more ratings"],
        ),
        bad(
            "nothing liked",
            table(&all_low),
            &[],
            &[
                "0 users have 5 likes",
                "read as 1 to 5",
                "above 3.5",
                "--scale MIN-MAX",
            ],
        ),
        bad(
            "the same file twice",
            good(),
            &["--ratings", "ratings.csv"],
            &["ratings.csv", "named twice", "name it once"],
        ),
        bad(
            "a catalogue of other films",
            good(),
            &["--items", "others.csv"],
            &[
                "none of the 20 rated items is in the catalogue",
                "belong together",
            ],
        ),
        bad(
            "a catalogue that is not there",
            good(),
            &["--items", "nowhere.csv"],
            &["nowhere.csv", "No such file"],
        ),
        bad(
            "tags without films",
            good(),
            &["--tags", "others.csv"],
            &["--items"],
        ),
        bad(
            "a number of unrated films",
            good(),
            &["--unrated", "some"],
            &["--unrated", "none, all or a number"],
        ),
    ];
    for Bad {
        what,
        ratings,
        args,
        said,
    } in cases
    {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let write =
            |name: &str, bytes: &[u8]| std::fs::write(dir.path().join(name), bytes).expect("write");
        write("ratings.csv", &ratings);
        write(
            "others.csv",
            b"movieId,title,genres\n900,Another Film (1999),Drama\n",
        );
        let before = files(dir.path());
        // `train` is the only one to write, and its own options are not `evaluate`'s.
        for command in ["train", "evaluate"] {
            let mut all = vec![command, "--ratings", "ratings.csv"];
            all.extend(args);
            if command == "train" {
                all.extend(["--out", "model.matinee"]);
            } else if args.contains(&"--unrated") || args.contains(&"others.csv") {
                continue;
            }
            let run = Command::new(env!("CARGO_BIN_EXE_matinee"))
                .args(&all)
                .current_dir(dir.path())
                .output()
                .expect("start matinee");
            let message = text(&run.stderr);
            assert!(!run.status.success(), "{command}: {what} passed");
            assert!(
                run.status.code().is_some_and(|code| code < 100),
                "{what}: {message}"
            );
            for part in said {
                assert!(
                    message.contains(part),
                    "{command}, {what}, {part}: {message}"
                );
            }
            assert!(
                message.len() < 1500,
                "{command}, {what}: a message of {} bytes",
                message.len()
            );
            // `evaluate` may have written the header of its table, but no figure.
            let figures = text(&run.stdout).lines().skip(1).count();
            assert_eq!(figures, 0, "{command}, {what}: {}", text(&run.stdout));
        }
        assert_eq!(files(dir.path()), before, "{what}: something was written");
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("read the folder");
    let mut files: Vec<_> = entries
        .map(|entry| entry.expect("an entry").path())
        .collect();
    files.sort();
    files
}

/// Trains on `ratings`; what was said, and the report of `inspect`.
fn trained(what: &str, ratings: &[u8], args: &[&str]) -> (String, serde_json::Value) {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let (table, out) = (
        dir.path().join("ratings.csv"),
        dir.path().join("model.matinee"),
    );
    std::fs::write(&table, ratings).expect("write a test file");
    let mut all = vec![
        "train",
        "--ratings",
        plain(&table),
        "--out",
        plain(&out),
        "--dims",
        "4",
    ];
    all.extend(args);
    let run = matinee(&all);
    assert!(run.status.success(), "{what}: {}", text(&run.stderr));
    let report = matinee(&["inspect", plain(&out), "--json"]);
    let report = serde_json::from_slice(&report.stdout).expect("a report");
    (text(&run.stderr).to_owned(), report)
}

#[test]
fn what_can_be_put_right_is_and_is_said() {
    let (said, expected) = trained("good ratings", good().as_bytes(), &[]);
    assert!(
        !said.contains("newest") && !said.contains("milliseconds"),
        "{said}"
    );
    assert_eq!(expected["ratings"], 800);
    assert_eq!(expected["first_rating"], "2017-07-14");

    // One rating of 1970 does not say from when the ratings are; a time of 0 is none.
    let lone = with_line(31, &rows(|_| 1_345_382)[29]);
    let milliseconds = table(&rows(|n| seconds(n) * 1000 + 7));
    let mut doubled = good();
    for row in &rows(|n| seconds(n) - 500)[..3] {
        // An older opinion, behind the newer one.
        writeln!(
            doubled,
            "{}",
            row.replace(",5,", ",1,").replace(",2,", ",1,")
        )
        .expect("write to memory");
    }
    let latin1: Vec<u8> = good()
        .replace("\n7,", "\nrené,")
        .chars()
        .map(|c| c as u8)
        .collect();
    for (what, ratings, said) in [
        ("a lone clock at 1970", lone, &[][..]),
        (
            "milliseconds",
            milliseconds.into_bytes(),
            &["800 timestamps were in milliseconds"],
        ),
        (
            "older opinions",
            doubled.into_bytes(),
            &["3 events", "the newest rating counts"],
        ),
        (
            "a byte order mark",
            format!("\u{feff}{}", good()).into_bytes(),
            &[],
        ),
        ("Latin-1", latin1, &[]),
        ("semicolons", good().replace(',', ";").into_bytes(), &[]),
        ("tabs", good().replace(',', "\t").into_bytes(), &[]),
        (
            "carriage returns and empty lines",
            good().replace('\n', "\r\n\r\n").into_bytes(),
            &[],
        ),
    ] {
        let (messages, report) = trained(what, &ratings, &[]);
        for part in said {
            assert!(messages.contains(part), "{what}: {messages}");
        }
        for fact in [
            "users",
            "ratings",
            "items",
            "first_rating",
            "last_rating",
            "feedback",
            "evaluations",
        ] {
            // Who is held out goes by the users' names.
            if what == "Latin-1" && ["feedback", "evaluations"].contains(&fact) {
                continue;
            }
            // Stars are fitted in the order in which films first appear: the last digits go by it.
            let steady = |report: &serde_json::Value| match &report[fact] {
                serde_json::Value::Array(rows) => {
                    let of_stars = |row: &&serde_json::Value| {
                        row["protocol"]
                            .as_str()
                            .is_some_and(|p| p.starts_with("stars"))
                    };
                    rows.iter().filter(|row| !of_stars(row)).cloned().collect()
                }
                other => other.clone(),
            };
            assert_eq!(steady(&report), steady(&expected), "{what}: {fact}");
        }
    }
}

#[test]
fn all_ratings_equal_and_a_scale_of_which_only_the_lower_half_is_used() {
    let equal: Vec<String> = rows(seconds)
        .iter()
        .map(|row| row.replace(",2,", ",5,"))
        .collect();
    let (_, report) = trained("all fives", table(&equal).as_bytes(), &[]);
    assert_eq!(report["audit"]["zero_vectors"], 0);

    let rating = |report: &serde_json::Value, at: usize| report["feedback"][at][0].as_f64();
    let (_, five) = trained("good ratings", good().as_bytes(), &[]);
    assert_eq!(rating(&five, 4), Some(5.0));
    let (_, eight) = trained("to 6", good().as_bytes(), &["--scale", "1-6"]);
    assert_eq!(rating(&eight, 5), Some(6.0));
}

#[test]
fn ratings_of_films_the_model_does_not_know_are_counted_and_left_out() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let (ratings, out) = (
        dir.path().join("ratings.csv"),
        dir.path().join("model.matinee"),
    );
    std::fs::write(&ratings, good()).expect("write a test file");
    let made = matinee(&[
        "train",
        "--ratings",
        plain(&ratings),
        "--out",
        plain(&out),
        "--dims",
        "4",
    ]);
    assert!(made.status.success(), "{}", text(&made.stderr));

    let visitor = dir.path().join("visitor.csv");
    std::fs::write(&visitor, "user,item,rating\nme,3,5\nme,unheard-of,4\n")
        .expect("write a test file");
    let list = matinee(&[
        "recommend",
        "--model",
        plain(&out),
        "--ratings",
        plain(&visitor),
        "--top",
        "3",
    ]);
    assert!(list.status.success());
    assert!(text(&list.stderr).contains("1 of the 2 rated items are not in the model"));
    assert_eq!(text(&list.stdout).lines().count(), 4);
}
