//! Each layout, told by its content.

use matinee_imports::{File, Format, ImportError, ItemRef, Service, import};

use crate::{read, rows};

fn titled(title: &str, year: Option<u16>) -> ItemRef {
    ItemRef {
        titles: vec![title.to_owned()],
        year,
        ..ItemRef::default()
    }
}

#[test]
fn letterboxd_ratings_are_stars() {
    let imported = read(
        "ratings.csv",
        "Date,Name,Year,Letterboxd URI,Rating\n\
         2024-05-01,\"Good, the Bad and the Ugly\",1966,https://boxd.it/a,4.5\n\
         2024-05-02,Untitled,,https://boxd.it/b,0.5\n",
    );
    assert_eq!(imported.files[0].format, Format::LetterboxdRatings);
    assert_eq!(
        imported.rows[0].item,
        titled("Good, the Bad and the Ugly", Some(1966))
    );
    assert_eq!(imported.rows[0].rating, Some(4.5));
    assert_eq!(imported.rows[0].timestamp, Some(1_714_521_600));
    assert_eq!(
        (imported.rows[0].place.line, imported.rows[1].place.line),
        (2, 3)
    );
    assert_eq!(imported.rows[1].item.year, None);
}

#[test]
fn letterboxd_diary_may_lack_ratings_and_hold_long_reviews() {
    let imported = read(
        "reviews.csv",
        "Date,Name,Year,Letterboxd URI,Rating,Rewatch,Review,Tags,Watched Date\r\n\
         2024-05-01,Heat,1995,https://boxd.it/a,,Yes,\"Two lines,\r\nand a \"\"quote\"\"\",,2010-01-01\r\n\
         2024-05-02,Ronin,1998,https://boxd.it/b,3,,,,2024-05-01\r\n",
    );
    assert_eq!(imported.files[0].format, Format::LetterboxdDiary);
    assert_eq!(
        rows(&imported),
        [
            ("Heat (1995)".to_owned(), None, Some(1_714_521_600)),
            ("Ronin (1998)".to_owned(), Some(3.0), Some(1_714_608_000)),
        ]
    );
    assert_eq!(imported.rows[1].place.line, 4);
}

#[test]
fn letterboxd_watched_and_watchlist_differ_by_name_only() {
    let text = "Date,Name,Year,Letterboxd URI\n2024-05-01,Heat,1995,https://boxd.it/a\n";
    let watched = read("watched.csv", text);
    assert_eq!(watched.files[0].format, Format::LetterboxdWatched);
    assert_eq!(
        (
            watched.rows.len(),
            watched.rows[0].rating,
            watched.watchlist.len()
        ),
        (1, None, 0)
    );
    let watchlist = read("my Watchlist.csv", text);
    assert_eq!(watchlist.files[0].format, Format::LetterboxdWatchlist);
    assert_eq!((watchlist.rows.len(), watchlist.watchlist.len()), (0, 1));
}

const IMDB: &str = "Const,Your Rating,Date Rated,Title,Original Title,URL,Title Type,IMDb Rating,Runtime (mins),Year,Genres\n";

#[test]
fn imdb_rates_to_ten_and_lists_series() {
    let imported = read(
        "imdb.csv",
        &format!(
            "{IMDB}tt0113277,9,2024-05-01,Heat,Heat,https://imdb.com,Movie,8.3,170,1995,\"Crime, Drama\"\n\
             tt0141842,10,2024-05-01,The Sopranos,The Sopranos,https://imdb.com,TV Series,9.2,55,1999,Crime\n\
             tt0705282,8,2024-05-01,Pilot,Pilot,https://imdb.com,tvEpisode,8.5,55,1999,Crime\n\
             tt0211915,,,Die fabelhafte Welt der Amelie,Le fabuleux destin,https://imdb.com,Movie,8.3,122,2001,\n"
        ),
    );
    assert_eq!(imported.files[0].format, Format::Imdb);
    assert_eq!(
        rows(&imported),
        [("Heat (1995)".to_owned(), Some(4.5), Some(1_714_521_600))]
    );
    assert_eq!(imported.rows[0].item.imdb, Some(113_277));
    let skipped: Vec<_> = imported
        .skipped
        .iter()
        .map(|skipped| (skipped.title.as_str(), skipped.what.as_str()))
        .collect();
    assert_eq!(
        skipped,
        [("The Sopranos", "tv series"), ("Pilot", "tvepisode")]
    );
    assert_eq!(
        imported.watchlist[0].item.titles,
        ["Die fabelhafte Welt der Amelie", "Le fabuleux destin"]
    );
}

#[test]
fn trakt_json_rates_to_ten_and_lists_shows() {
    let imported = read(
        "ratings-movies.json",
        r#"[
          {"rated_at": "2024-05-01T10:00:00.000Z", "rating": 7, "type": "movie",
           "movie": {"title": "Heat", "year": 1995, "ids": {"trakt": 1, "slug": "heat", "imdb": "tt0113277", "tmdb": 949}}},
          {"rated_at": "2024-05-01T10:00:00.000Z", "rating": 9, "type": "episode",
           "episode": {"title": "Pilot"}, "show": {"title": "Dark", "year": 2017}},
          {"watched_at": "2024-05-02T10:00:00.000Z", "type": "movie", "action": "scrobble",
           "movie": {"title": "Ronin", "year": 1998, "ids": {"imdb": null}}},
          {"plays": 2, "last_watched_at": "2024-05-03T10:00:00.000Z", "movie": {"title": "Ran", "year": 1985}},
          {"listed_at": "2024-05-04T10:00:00.000Z", "type": "movie", "movie": {"title": "Ikiru", "year": 1952}}
        ]"#,
    );
    assert_eq!(imported.files[0].format, Format::TraktJson);
    assert_eq!(
        rows(&imported),
        [
            ("Heat (1995)".to_owned(), Some(3.5), Some(1_714_557_600)),
            ("Ronin (1998)".to_owned(), None, Some(1_714_644_000)),
            ("Ran (1985)".to_owned(), None, Some(1_714_730_400)),
        ]
    );
    assert_eq!(
        (imported.rows[0].item.imdb, imported.rows[0].item.tmdb),
        (Some(113_277), Some(949))
    );
    assert_eq!(
        (
            imported.skipped[0].title.as_str(),
            imported.skipped[0].what.as_str()
        ),
        ("Dark", "episode")
    );
    assert_eq!(imported.watchlist[0].item, titled("Ikiru", Some(1952)));
    assert!(read("ratings-movies.json", "[]").rows.is_empty());
}

#[test]
fn trakt_csv_is_the_same_as_a_table() {
    let imported = read(
        "trakt.csv",
        "rated_at,type,title,year,trakt_id,imdb_id,tmdb_id,rating\n\
         2024-05-01T10:00:00Z,movie,Heat,1995,1,tt0113277,949,7\n\
         2024-05-01T10:00:00Z,show,Dark,2017,2,tt5753856,70523,9\n",
    );
    assert_eq!(imported.files[0].format, Format::TraktCsv);
    assert_eq!(
        rows(&imported),
        [("Heat (1995)".to_owned(), Some(3.5), Some(1_714_557_600))]
    );
    assert_eq!(imported.skipped[0].what, "show");
}

#[test]
fn movielens_has_three_layouts() {
    let export = read(
        "movielens-ratings.csv",
        "movie_id,imdb_id,tmdb_id,rating,average_rating,title\n2571,0133093,603,4.5,4.1,\"Matrix, The (1999)\"\n",
    );
    assert_eq!(export.files[0].format, Format::MovieLensExport);
    assert_eq!(
        export.rows[0].item,
        ItemRef {
            id: Some("movielens:2571".to_owned()),
            imdb: Some(133_093),
            tmdb: Some(603),
            titles: vec!["Matrix, The".to_owned()],
            year: Some(1999),
        }
    );
    assert_eq!(export.rows[0].rating, Some(4.5));

    let csv = read(
        "ratings.csv",
        "userId,movieId,rating,timestamp\n1,2571,5.0,1112486027\n2,2571,1.0,1112486028\n",
    );
    assert_eq!(csv.files[0].format, Format::MovieLensCsv);
    assert_eq!(
        rows(&csv),
        [
            ("movielens:2571".to_owned(), Some(5.0), Some(1_112_486_027)),
            ("movielens:2571".to_owned(), Some(1.0), Some(1_112_486_028)),
        ]
    );
    assert_eq!(csv.rows[1].user.as_deref(), Some("2"));

    let dat = read(
        "ratings.dat",
        "1::1193::5::978300760\r\n1::661::3::978302109\r\n",
    );
    assert_eq!(dat.files[0].format, Format::MovieLensDat);
    assert_eq!(
        rows(&dat)[1],
        ("movielens:661".to_owned(), Some(3.0), Some(978_302_109))
    );
}

#[test]
fn netflix_has_titles_and_days() {
    let imported = read(
        "NetflixViewingHistory.csv",
        "Title,Date\n\"Dark: Season 1: Secrets\",\"5/1/24\"\n\"The Irishman\",\"5/31/24\"\n\"The Irishman\",\"1/2/24\"\n",
    );
    assert_eq!(imported.files[0].format, Format::NetflixHistory);
    assert_eq!(
        rows(&imported),
        [("The Irishman".to_owned(), None, Some(1_717_113_600))]
    );
    assert_eq!(imported.skipped[0].what, "episode");
    let german = read(
        "NetflixViewingHistory.csv",
        "Title,Date\nThe Irishman,31.05.24\n",
    );
    assert_eq!(german.rows[0].timestamp, Some(1_717_113_600));
}

#[test]
fn matinee_reads_what_it_writes() {
    let csv = read(
        "mine.csv",
        "user,item,rating,timestamp\nme,318,4.5,1700000000\nme,tmdb:603,,\nme,imdb:tt0113277,1,\n",
    );
    assert_eq!(csv.files[0].format, Format::MatineeCsv);
    assert_eq!(csv.rows[0].item.id.as_deref(), Some("318"));
    assert_eq!(
        (csv.rows[0].rating, csv.rows[0].timestamp),
        (Some(4.5), Some(1_700_000_000))
    );
    assert_eq!(
        (csv.rows[1].item.tmdb, csv.rows[1].rating),
        (Some(603), None)
    );
    assert_eq!(csv.rows[2].item.imdb, Some(113_277));

    let json = read(
        "mine.json",
        r#"{"format": "matinee-ratings", "version": 1, "ratings": [
          {"item": "movielens:318", "title": "The Shawshank Redemption", "year": 1994, "imdb": 111161, "tmdb": 278,
           "rating": 4.5, "timestamp": 1700000000},
          {"title": "Heat", "year": 1995, "rating": null}]}"#,
    );
    assert_eq!(json.files[0].format, Format::MatineeJson);
    assert_eq!(json.rows[0].item.id.as_deref(), Some("movielens:318"));
    assert_eq!(rows(&json)[1], ("Heat (1995)".to_owned(), None, None));
}

#[test]
fn encodings_and_spreadsheets_do_not_matter() {
    let plain = read(
        "ratings.csv",
        "Date,Name,Year,Letterboxd URI,Rating\n2024-05-01,Amélie,2001,x,4.5\n",
    );
    let bom = read(
        "ratings.csv",
        "\u{feff}Date,Name,Year,Letterboxd URI,Rating\r\n2024-05-01,Amélie,2001,x,4.5\r\n",
    );
    let resaved = read(
        "ratings.csv",
        "Date;Name;Year;Letterboxd URI;Rating\n2024-05-01;Amélie;2001;x;4,5\n",
    );
    let reordered = read(
        "ratings.csv",
        "name, YEAR ,rating,letterboxd uri,date\nAmélie,2001, 4.5,x,2024-05-01\n",
    );
    assert_eq!(bom, plain);
    assert_eq!(resaved, plain);
    assert_eq!(reordered, plain);

    let latin = File {
        name: "ratings.csv",
        bytes: b"Date,Name,Year,Letterboxd URI,Rating\n2024-05-01,Am\xe9lie,2001,x,4.5\n",
    };
    assert_eq!(import(&[latin], None), Ok(plain));
}

#[test]
fn an_entry_that_cannot_be_used_is_named_and_the_rest_is_read() {
    let imported = read(
        "ratings.csv",
        "Date,Name,Year,Letterboxd URI,Rating\n\
         2024-05-01,Heat,1995,x,9\n2024-05-01,Ronin,MCMXCVIII,x,4\n2024-05-01,,1990,x,4\n2024-05-01,Ran,1985,x,good\n2024-05-01,Ikiru\n",
    );
    let problems: Vec<String> = imported.problems.iter().map(ToString::to_string).collect();
    assert_eq!(
        problems,
        [
            "line 2, Rating: 9 is not on the scale; ratings here go from 0.5 to 5",
            "line 3, Year: \"MCMXCVIII\" is no year; a year has four digits, like 1999",
            "line 4, Name: nothing is in it; a film cannot be found without it",
            "line 5, Rating: \"good\" is no number; a rating is a number, or nothing where there is none",
        ]
    );
    // A line cut short is still a film that was seen.
    assert_eq!(imported.rows.len(), 1);
    assert_eq!(imported.rows[0].item, titled("Ikiru", None));
}

#[test]
fn a_file_that_cannot_be_used_says_what_was_expected() {
    let error = |name: &str, text: &str, expected| {
        let file = File {
            name,
            bytes: text.as_bytes(),
        };
        import(&[file], expected).expect_err("the file is of no use")
    };
    let unknown = error("a.csv", "Name,Address\nHeat,1995\n", None).to_string();
    assert!(
        unknown
            .starts_with("a.csv is no export known here: it begins with \"Name,Address\", where"),
        "{unknown}"
    );
    for columns in [
        "Name, Year, Letterboxd URI, Rating",
        "Const, Your Rating",
        "userId, movieId, rating",
        "Title, Date",
    ] {
        assert!(unknown.contains(columns), "{unknown}");
    }
    let unknown = error("a.csv", "Name,Address\n", Some(Service::Imdb)).to_string();
    assert!(
        unknown.contains("Const, Your Rating") && !unknown.contains("Letterboxd"),
        "{unknown}"
    );

    let other = error("a.csv", "Title,Date\nHeat,5/1/24\n", Some(Service::Imdb));
    assert_eq!(
        other.to_string(),
        "a.csv is an export of Netflix, not of IMDb: import it as such"
    );
    assert_eq!(
        error("a.csv", " \n", None),
        ImportError::Empty {
            file: "a.csv".to_owned()
        }
    );
    let newer = r#"{"format": "matinee-ratings", "version": 2, "ratings": []}"#;
    assert_eq!(
        error("a.json", newer, None),
        ImportError::Newer {
            file: "a.json".to_owned(),
            version: 2
        }
    );
    let broken = error("a.json", "[{\"movie\": }]", None).to_string();
    assert!(broken.contains("line 1 column 12"), "{broken}");
}
