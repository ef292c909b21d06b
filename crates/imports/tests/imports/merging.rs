//! Exports overlap: every film counts once, and the newest entry wins.

use matinee_imports::{File, Imported, import};
use proptest::prelude::*;

const RATINGS: &str =
    "Date,Name,Year,Letterboxd URI,Rating\n2024-05-01,Heat,1995,a,4\n2024-01-01,Ronin,1998,b,2\n";
const DIARY: &str = "Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date\n\
    2023-05-01,Heat,1995,c,2,,,2023-04-30\n2024-05-01,Heat,1995,d,3.5,Yes,,2024-04-30\n2024-06-01,Ronin,1998,e,,Yes,,2024-06-01\n\
    2024-07-01,Ran,1985,f,5,,,2024-07-01\n";
const WATCHED: &str = "Date,Name,Year,Letterboxd URI\n2024-08-01,Heat,1995,a\n2024-08-01,Ronin,1998,b\n2024-08-01,Ikiru,1952,g\n";
const WATCHLIST: &str =
    "Date,Name,Year,Letterboxd URI\n2024-08-01,Ikiru,1952,g\n2024-08-01,Dersu Uzala,1975,h\n";

const FILES: [(&str, &str); 4] = [
    ("ratings.csv", RATINGS),
    ("diary.csv", DIARY),
    ("watched.csv", WATCHED),
    ("watchlist.csv", WATCHLIST),
];

fn merged(order: &[usize]) -> Imported {
    let files: Vec<File<'_>> = order
        .iter()
        .map(|&index| File {
            name: FILES[index].0,
            bytes: FILES[index].1.as_bytes(),
        })
        .collect();
    import(&files, None).expect("the samples are sound")
}

/// What it comes to, in an order of its own.
fn summary(imported: &Imported) -> Vec<(String, Option<f32>, Option<i64>)> {
    let mut rows = crate::rows(imported);
    rows.sort_by(|a, b| a.0.cmp(&b.0));
    rows
}

#[test]
fn the_newest_rating_wins_and_seen_without_a_rating_stays() {
    let day = 86_400;
    let may = 1_714_521_600;
    assert_eq!(
        summary(&merged(&[0, 1, 2, 3])),
        [
            // On one day, the list of ratings is what counts in the end.
            ("Heat (1995)".to_owned(), Some(4.0), Some(may)),
            ("Ikiru (1952)".to_owned(), None, Some(may + 92 * day)),
            ("Ran (1985)".to_owned(), Some(5.0), Some(may + 61 * day)),
            // A newer entry without a rating takes none away.
            ("Ronin (1998)".to_owned(), Some(2.0), Some(may - 121 * day)),
        ]
    );
    let wanted: Vec<String> = merged(&[0, 1, 2, 3])
        .watchlist
        .iter()
        .map(|row| row.item.to_string())
        .collect();
    assert_eq!(wanted, ["Dersu Uzala (1975)"]);
}

#[test]
fn users_are_kept_apart() {
    let imported = crate::read(
        "r.csv",
        "userId,movieId,rating,timestamp\n1,7,5,10\n2,7,1,10\n1,7,3,20\n",
    );
    assert_eq!(
        crate::rows(&imported),
        [
            ("movielens:7".to_owned(), Some(3.0), Some(20)),
            ("movielens:7".to_owned(), Some(1.0), Some(10)),
        ]
    );
}

proptest! {
    #[test]
    fn neither_order_nor_repetition_matters(order in Just([0usize, 1, 2, 3]).prop_shuffle(), again in prop::collection::vec(0usize..4, 0..4)) {
        let mut order = order.to_vec();
        order.extend(again);
        let (a, b) = (merged(&order), merged(&[0, 1, 2, 3]));
        prop_assert_eq!(summary(&a), summary(&b));
        prop_assert_eq!(a.watchlist.len(), b.watchlist.len());
    }

    #[test]
    fn the_same_file_twice_says_its_problems_once(line in "[a-z0-9,]{0,20}") {
        let text = format!("Date,Name,Year,Letterboxd URI,Rating\n{line}\n{line}\n");
        let file = File { name: "ratings.csv", bytes: text.as_bytes() };
        let (once, twice) = (import(&[file], None), import(&[file, file], None));
        let (once, twice) = (once.expect("a table"), twice.expect("a table"));
        prop_assert_eq!(once.rows, twice.rows);
        prop_assert_eq!(once.problems, twice.problems);
    }
}
