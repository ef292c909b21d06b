//! No bytes make an importer panic, and no entry disappears without a word.

use matinee_imports::{File, Imported, import};
use proptest::prelude::*;

/// How a file of each layout begins.
const BEGINNINGS: [&str; 11] = [
    "",
    "Date,Name,Year,Letterboxd URI,Rating\n",
    "Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date\n",
    "Const,Your Rating,Date Rated,Title,Original Title,Title Type,Year\n",
    "rated_at,type,title,year,imdb_id,tmdb_id,rating\n",
    "userId,movieId,rating,timestamp\n",
    "movie_id,imdb_id,tmdb_id,rating,average_rating,title\n",
    "1::1193::5::978300760\n",
    "Title,Date\n",
    "user,item,rating,timestamp\n",
    "PK\u{3}\u{4}",
];

fn entries(imported: &Imported) -> usize {
    imported.rows.len()
        + imported.watchlist.len()
        + imported.skipped.len()
        + imported.problems.len()
}

proptest! {
    #[test]
    fn no_bytes_panic(beginning in prop::sample::select(&BEGINNINGS), bytes: Vec<u8>, name: String) {
        let bytes = [beginning.as_bytes(), &bytes].concat();
        let _ = import(&[File { name: &name, bytes: &bytes }], None);
    }

    #[test]
    fn no_fields_panic(
        beginning in prop::sample::select(&BEGINNINGS[1..10]),
        fields in prop::collection::vec("[0-9tA-Zé:/. -]{0,8}|[0-9]{1,25}|\"[^\"]{0,6}\"|-1|NaN|1e400", 0..24),
        width in 1usize..9,
    ) {
        let lines: Vec<String> = fields.chunks(width).map(|line| line.join(if beginning.contains("::") { "::" } else { "," })).collect();
        let text = format!("{beginning}{}\n", lines.join("\n"));
        let imported = import(&[File { name: "a.csv", bytes: text.as_bytes() }], None).expect("the layout is known");
        for row in imported.rows {
            prop_assert!(row.rating.is_none_or(|rating| (0.5..=5.0).contains(&rating) && (rating * 2.0).fract() == 0.0));
        }
    }

    #[test]
    fn every_line_is_accounted_for(numbers in prop::collection::btree_set(1u32..9000, 1..40)) {
        let mut text = "Const,Your Rating,Title,Title Type,Year\n".to_owned();
        for number in &numbers {
            let kind = ["Movie", "TV Series"][*number as usize % 2];
            text += &format!("tt{number},{},Film {number},{kind},1990\n", number % 12);
        }
        let imported = import(&[File { name: "a.csv", bytes: text.as_bytes() }], None).expect("the layout is known");
        prop_assert_eq!(entries(&imported), numbers.len());
    }

    #[test]
    fn no_json_panics(text in r#"\[(\{"(movie|show|rating|rated_at|type)": ?("[a-z0-9:-]{0,9}"|-?[0-9]{1,12}|null|\{"(title|ids|year)": ?[0-9"a-z]{0,6}\})\},?){0,4}\]?"#) {
        let _ = import(&[File { name: "a.json", bytes: text.as_bytes() }], None);
        let own = format!("{{\"format\": \"matinee-ratings\", \"version\": 1, \"ratings\": {text}}}");
        let _ = import(&[File { name: "a.json", bytes: own.as_bytes() }], None);
    }

    #[test]
    fn deep_json_is_refused(depth in 1usize..100_000) {
        let text = "[".repeat(depth);
        let result = import(&[File { name: "a.json", bytes: text.as_bytes() }], None);
        prop_assert!(result.is_err());
    }
}
