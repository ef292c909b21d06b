//! Files and links to entries with their films.

use matinee_format::Model;
use matinee_imports::{
    Draft, File, ImportError, MAX_BYTES, Marks, Reader, Record, Refusal, Said, Service, link,
};

use crate::catalogue::model;

/// When the files were written.
const WRITTEN: f64 = 1_700_000_000_000.0;

fn draft(model: &Model, files: &[(&str, &str)]) -> Draft {
    let mut reader = Reader::default();
    for (name, text) in files {
        let file = File {
            name,
            bytes: text.as_bytes(),
        };
        reader.add(file, WRITTEN);
    }
    let mut search = reader.search(model);
    // A step at a time, as the page does it.
    while search.part() < 1.0 {
        let before = search.part();
        search.step(1);
        assert!(search.part() > before);
    }
    search.finish()
}

fn items(draft: &Draft) -> Vec<&str> {
    let entries = draft.incoming.iter();
    entries.map(|entry| entry.item.as_str()).collect()
}

#[test]
fn every_entry_is_found_missed_or_left_out_with_its_place() {
    let ratings = "Date,Name,Year,Letterboxd URI,Rating\n\
        2024-03-07,The Matrix,1999,https://boxd.it/a,4.5\n\
        2024-03-07,Hamlet,1996,https://boxd.it/b,3\n\
        2024-03-07,Heat,1995,https://boxd.it/c,nine\n";
    let watchlist = "Date,Name,Year,Letterboxd URI\n2024-03-07,Amélie,2001,https://boxd.it/d\n,Dune,2021,https://boxd.it/e\n";
    let model = model();
    let draft = draft(
        &model,
        &[
            ("ratings.csv", ratings),
            ("watchlist.csv", watchlist),
            ("notes.txt", "hello"),
        ],
    );
    assert_eq!(draft.services, [Service::Letterboxd]);
    assert_eq!(draft.files, ["ratings.csv", "watchlist.csv"]);
    assert_eq!(
        items(&draft),
        ["movielens:2571", "movielens:4973", "movielens:b"]
    );
    let [matrix, amelie, dune] = &draft.incoming[..] else {
        unreachable!("as many as were found")
    };
    assert_eq!(
        (matrix.halves, matrix.said, matrix.at),
        (Some(9), Said::Seen, 1_709_769_600_000.0)
    );
    assert_eq!(
        (amelie.title.as_str(), amelie.said),
        ("Amelie", Said::Wanted)
    );
    assert_eq!(dune.at, WRITTEN, "what has no date is as old as its file");

    let missed = &draft.missed[0];
    assert_eq!(
        (missed.name.as_str(), missed.place.line, missed.maybe.len()),
        ("Hamlet (1996)", 3, 2)
    );
    let settled = missed.entry.of(&model, missed.maybe[0]);
    assert_eq!(
        (settled.item.as_str(), settled.halves),
        ("movielens:c", Some(6))
    );
    assert_eq!(draft.problems[0].place.line, 4);
    assert!(matches!(
        &draft.refused[..],
        [(name, Refusal::Import(ImportError::Unknown { .. }))] if name == "notes.txt"
    ));
}

#[test]
fn a_file_of_many_people_or_too_large_is_refused() {
    let model = model();
    let many = draft(
        &model,
        &[("ratings.csv", "userId,movieId,rating\n1,6,4\n2,6,5\n")],
    );
    assert_eq!(
        many.refused,
        [("ratings.csv".to_owned(), Refusal::People(2))]
    );
    assert!(many.incoming.is_empty() && many.files.is_empty());

    let mut reader = Reader::default();
    let bytes = vec![b' '; MAX_BYTES as usize + 1];
    reader.add(
        File {
            name: "large.csv",
            bytes: &bytes,
        },
        WRITTEN,
    );
    let refused = reader.search(&model).finish().refused;
    assert_eq!(refused, [("large.csv".to_owned(), Refusal::TooLarge)]);
}

#[test]
fn our_own_of_films_that_left_the_catalogue_are_kept() {
    let record = |item: &str| Record {
        item: item.to_owned(),
        title: "Gone".to_owned(),
        year: Some(1950),
        halves: Some(7),
        marks: Marks {
            seen: true,
            ..Marks::default()
        },
        updated_at: 1000.0,
    };
    let records = [record("movielens:6"), record("movielens:999")];
    let model = model();

    let read = draft(&model, &[("matinee.json", &Record::json(&records))]);
    assert_eq!(items(&read), ["movielens:6", "movielens:999"]);
    assert_eq!(read.incoming[0].title, "Heat", "the catalogue knows better");

    let code = link::encode_beside(&records, &model);
    let carried = link::decode(&code).expect("the link is whole");
    assert_eq!(carried[0].title, "", "the other side knows it");
    let carried = Draft::of_link(carried, &model);
    assert_eq!(items(&carried), ["movielens:6", "movielens:999"]);
    let titles: Vec<&str> = carried
        .incoming
        .iter()
        .map(|entry| entry.title.as_str())
        .collect();
    assert_eq!(titles, ["Heat", "Gone"]);
}
