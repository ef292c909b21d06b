use std::io::Write;

use tempfile::TempDir;

use super::*;

fn folder() -> TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

fn file(dir: &TempDir, name: &str, content: &[u8]) -> PathBuf {
    let path = dir.path().join(name);
    std::fs::write(&path, content).expect("write a test file");
    path
}

fn read(paths: &[PathBuf], columns: &str) -> Result<Ratings, DataError> {
    let columns = match columns {
        "" => Columns::default(),
        list => list.parse().expect("a good column list"),
    };
    read_ratings(paths, &columns, &ProgressBar::hidden())
}

fn read_one(content: &[u8]) -> Result<Ratings, DataError> {
    let dir = folder();
    read(&[file(&dir, "ratings", content)], "")
}

/// `user item rating timestamp` of every event.
fn rows(ratings: &Ratings) -> Vec<String> {
    let line = |e: &Rating| {
        let (user, item) = (
            &ratings.users[e.user as usize],
            &ratings.items[e.item as usize],
        );
        let value = e.value.map_or("-".into(), |v| v.to_string());
        format!("{user} {item} {value} {}", e.timestamp)
    };
    ratings.events.iter().map(line).collect()
}

#[test]
fn every_movielens_layout_reads_the_same() {
    let expected = [
        "1 1193 5 978300760",
        "1 661 3 978302109",
        "2 1193 4 978298413",
    ];
    for content in [
        "1\t1193\t5\t978300760\n1\t661\t3\t978302109\n2\t1193\t4\t978298413\n",
        "1::1193::5::978300760\n1::661::3::978302109\n2::1193::4::978298413\n",
        "1::1193::5::978300760\r\n1::661::3::978302109\r\n\r\n2::1193::4::978298413",
        "userId,movieId,rating,timestamp\n1,1193,5.0,978300760\n1,661,3.0,978302109\n2,1193,4.0,978298413\n",
        "\u{feff}user,item,rating,timestamp\r\n1,1193,5,978300760\r\n1,661,3,978302109\r\n2,1193,4,978298413\r\n",
        "timestamp;rating;user_id;item_id\n978300760;5;1;1193\n978302109;3;1;661\n978298413;4;2;1193\n",
    ] {
        let ratings = read_one(content.as_bytes()).expect(content);
        assert_eq!(rows(&ratings), expected, "{content}");
        assert_eq!(ratings.scale.map(|s| (s.min, s.max)), Some((1.0, 5.0)));
    }
}

#[test]
fn compression_is_seen_through_over_several_frames() {
    let parts = [&b"1::2::4::10\n1::3::"[..], &b"5::20\n"[..]];
    let gzip = |part: &[u8]| {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(part).expect("write to memory");
        encoder.finish().expect("write to memory")
    };
    let zstd = |part: &[u8]| zstd::encode_all(part, 1).expect("write to memory");
    for content in [parts.map(gzip).concat(), parts.map(zstd).concat()] {
        let ratings = read_one(&content).expect("a compressed file");
        assert_eq!(rows(&ratings), ["1 2 4 10", "1 3 5 20"]);
        let cut = read_one(&content[..content.len() - 3]).expect_err("a cut-off file");
        assert!(matches!(cut, DataError::Io { .. }), "{cut}");
    }
}

#[test]
fn columns_may_have_any_names_and_ids_any_form() {
    let dir = folder();
    let path = file(
        &dir,
        "r.csv",
        b"film,who,stars,extra\n\"tt1, b\",caf\xe9,7.5,x\n",
    );
    let ratings = read(&[path], "user=who,item=film,rating=stars").expect("a good file");
    assert_eq!(rows(&ratings), ["caf\u{e9} tt1, b 7.5 0"]);
    assert_eq!(ratings.scale.map(|s| s.max), Some(10.0));
}

#[test]
fn ratings_may_be_absent() {
    let implicit = read_one(b"user,item\na,x\na,y\n").expect("implicit feedback");
    assert_eq!(rows(&implicit), ["a x - 0", "a y - 0"]);
    assert_eq!(implicit.scale, None);
    assert!(implicit.events.iter().all(|event| implicit.is_like(event)));

    let partly =
        read_one(b"user,item,rating\na,x,\na,y,4\na,z,2\n").expect("a film seen but not rated");
    assert_eq!(rows(&partly), ["a x - 0", "a y 4 0", "a z 2 0"]);
    let likes: Vec<_> = partly
        .events
        .iter()
        .map(|event| partly.is_like(event))
        .collect();
    assert_eq!(likes, [false, true, false]);
}

#[test]
fn of_two_ratings_the_newest_wins_and_any_rating_beats_none() {
    let content =
        b"user,item,rating,timestamp\na,x,5,20\na,x,1,10\na,y,2,7\na,y,3,7\na,z,4,1\na,z,,9\n";
    let ratings = read_one(content).expect("a good file");
    assert_eq!(rows(&ratings), ["a x 5 20", "a y 3 7", "a z 4 1"]);
}

#[test]
fn without_ratings_how_often_is_counted() {
    let repeats = |ratings: &Ratings| -> Vec<_> {
        ratings.events.iter().map(|event| event.repeats).collect()
    };
    let log = read_one(b"user,item,timestamp\na,x,30\na,y,5\na,x,10\na,x,20\n").expect("a log");
    assert_eq!(rows(&log), ["a x - 30", "a y - 5"]);
    assert_eq!(repeats(&log), [2, 0]);
    assert_eq!((log.repairs.duplicates, log.repairs.repeats), (0, 2));

    let dir = folder();
    let path = file(
        &dir,
        "plays.csv",
        b"user,item,plays\na,x,50\na,y,1\na,x,4\n",
    );
    let plays = read(std::slice::from_ref(&path), "count=plays").expect("counts");
    assert_eq!(rows(&plays), ["a x - 0", "a y - 0"]);
    assert_eq!(repeats(&plays), [53, 0]);
    assert_eq!(plays.scale, None);
    let both = read(&[path], "count=plays,rating=plays").expect_err("a count and a rating");
    assert!(both.to_string().contains("plays.csv"), "{both}");

    let rated = read_one(b"user,item,rating\na,x,5\na,x,5\n").expect("ratings");
    assert_eq!((repeats(&rated), rated.repairs.duplicates), (vec![0], 1));
    for count in ["0", "2.5", "many", "-1", ""] {
        let path = file(
            &dir,
            "odd.csv",
            format!("user,item,n\na,x,{count}\n").as_bytes(),
        );
        let error = read(&[path], "count=n").expect_err(count).to_string();
        assert!(
            error.contains("line 2") && error.contains("whole number"),
            "{error}"
        );
    }
}

#[test]
fn times_are_seconds_or_dates_and_1970_is_data() {
    let content = b"user,item,rating,timestamp\na,b,3,1345382\na,c,3,2005-04-02 23:53:47\n\
        a,d,3,2024-03-07T19:37:27.000Z\na,e,3,2024-03-15\na,f,3,978300760.0\na,g,3,\n";
    let ratings = read_one(content).expect("a good file");
    let times: Vec<_> = ratings.events.iter().map(|event| event.timestamp).collect();
    assert_eq!(
        times,
        [
            1_345_382,
            1_112_486_027,
            1_709_840_247,
            1_710_460_800,
            978_300_760,
            0
        ]
    );
}

#[test]
fn files_have_users_of_their_own_and_share_items() {
    let dir = folder();
    let a = file(&dir, "a.csv", b"userId,movieId,rating\n1,10,4.5\n2,10,3\n");
    let b = file(&dir, "b.dat", b"1::10::2::5\n1::20::4::6\n");
    let ratings = read(&[a.clone(), b], "").expect("two good files");
    assert_eq!(
        rows(&ratings),
        ["1:1 10 4.5 0", "1:2 10 3 0", "2:1 10 2 5", "2:1 20 4 6"]
    );
    assert_eq!(ratings.scale.map(|s| (s.min, s.step)), Some((0.5, 0.5)));

    let twice = read(&[a.clone(), a.clone()], "").expect_err("one file twice");
    assert!(twice.to_string().contains("twice"), "{twice}");
    let ten = file(&dir, "ten.csv", b"userId,movieId,rating\n1,10,9\n2,10,3\n");
    let mixed = read(&[a, ten], "").expect_err("two scales").to_string();
    assert!(
        mixed.contains("ten.csv") && mixed.contains("from 1 to 10"),
        "{mixed}"
    );
}

#[test]
fn a_person_in_two_files_becomes_one_user() {
    let history = |user: &str, items: std::ops::Range<u32>| -> String {
        items
            .map(|i| format!("{user}::{i}::4::{}\n", 900_000_000 + i))
            .collect()
    };
    let dir = folder();
    let a = history("7", 0..40) + &history("8", 100..140);
    let b = history("1", 200..240) + &history("2", 10..50);
    let paths = [file(&dir, "a", a.as_bytes()), file(&dir, "b", b.as_bytes())];
    let ratings = read(&paths, "").expect("two good files");
    assert_eq!(ratings.users, ["1:7", "1:8", "2:1"]);
    assert_eq!(ratings.merged_users, 1);
    let counts: Vec<_> = ratings.by_user().map(<[Rating]>::len).collect();
    assert_eq!(counts, [50, 40, 40]);
}

#[test]
fn errors_say_what_where_and_how_to_mend() {
    for (content, parts) in [
        ("", &["ratings", "empty", "header"][..]),
        ("userId,movieId,rating\n", &["no ratings"]),
        (
            "userId,movieId,rating\n1,2,3\n1,3,four\n",
            &["line 3", "rating", "`four`", "3.5"],
        ),
        ("userId,movieId,rating\n1,2,NaN\n", &["line 2", "`NaN`"]),
        ("userId,movieId,rating\n1,2,inf\n", &["line 2", "`inf`"]),
        (
            "userId,movieId,rating\n1,,3\n",
            &["line 2", "movieId", "missing"],
        ),
        (
            "userId,movieId,rating\n1,2,3\n1,2\n1,4,5\n",
            &["line 3", "2 fields where 3"],
        ),
        ("1::2::3::4\n1::3::4\n", &["line 2", "3 fields where 4"]),
        ("1::2\n", &["2 fields", "user, item, rating"]),
        ("1,2,3,4\n", &["numbers", "user,item,rating,timestamp"]),
        (
            "userId,stars\n1,2\n",
            &["item", "--columns item=NAME", "userId, stars"],
        ),
        (
            "userId,movieId,stars\n1,2,3\n",
            &["rating", "--columns rating=NAME", "stars"],
        ),
        (
            "userId,movieId,timestamp,rating\n1,2,soon,3\n",
            &["line 2", "timestamp", "`soon`", "1970"],
        ),
        ("PK\u{3}\u{4}", &["zip", "unpack"]),
        ("a\0b\n", &["not text"]),
    ] {
        let error = read_one(content.as_bytes()).expect_err(content).to_string();
        for part in parts {
            assert!(error.contains(part), "{content:?}: {error}");
        }
    }
    let missing = read(&[PathBuf::from("/nowhere/ratings.csv")], "")
        .expect_err("no file")
        .to_string();
    assert!(missing.contains("/nowhere/ratings.csv"), "{missing}");
}
