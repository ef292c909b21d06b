//! Finding films, and leaving alone what may be another.

use matinee_format::{Feedback, Header, ItemRecord, Model, ModelCard, Scale, encode};
use matinee_imports::{Catalogue, FoundBy, ItemRef, Miss};

use crate::read;

/// Id, title, other titles, year, IMDb, TMDB.
type Film = (
    &'static str,
    &'static str,
    &'static [&'static str],
    Option<u16>,
    Option<u32>,
    Option<u32>,
);

const FILMS: [Film; 10] = [
    (
        "2571",
        "The Matrix",
        &[],
        Some(1999),
        Some(133_093),
        Some(603),
    ),
    ("6", "Heat", &[], Some(1995), Some(113_277), Some(949)),
    (
        "4973",
        "Amelie",
        &["Le Fabuleux destin d'Amélie Poulain"],
        Some(2001),
        None,
        None,
    ),
    ("a", "Dune", &[], Some(1984), Some(87_182), None),
    ("b", "Dune", &[], Some(2021), Some(1_160_419), None),
    ("c", "Hamlet", &[], Some(1996), None, None),
    ("d", "Hamlet", &[], Some(1996), None, None),
    ("e", "Emma", &[], Some(1996), None, None),
    ("f", "Emma", &[], Some(1997), None, None),
    ("g", "Undated", &[], None, None, None),
];

pub(crate) fn model() -> Model {
    let header = Header {
        catalogue: "movielens".to_owned(),
        dims: 1,
        levels: 127,
        items_total: 0,
        chunks_total: 0,
        weight_shift: 0,
        genres: vec![],
        feedback: Feedback {
            scale: None,
            weights: vec![1.0],
            not_for_me: -1.0,
            mean: 3.5,
            own_mean: 0.0,
            watched: Vec::new(),
        },
        card: ModelCard::default(),
    };
    let items: Vec<ItemRecord> = FILMS
        .iter()
        .map(|&(id, title, alternatives, year, imdb, tmdb)| ItemRecord {
            id: id.to_owned(),
            title: title.to_owned(),
            alt_titles: alternatives.iter().map(|&title| title.to_owned()).collect(),
            year,
            genres: 0,
            popularity: 1,
            imdb,
            tmdb,
            in_scale: Scale::nearest(1.0),
            out_scale: Scale::nearest(1.0),
            bias: Scale::nearest(0.0),
            codes: vec![1],
        })
        .collect();
    Model::decode(&encode(header, &items, &[]).expect("the model is sound"))
        .expect("what was encoded decodes")
}

#[track_caller]
fn assert_found(item: ItemRef, expected: Result<(&str, FoundBy), Miss>) {
    let model = model();
    let found = Catalogue::new(&model).find(&item);
    assert_eq!(
        found.map(|(row, by)| (model.item(row).id, by)),
        expected,
        "{item:?}"
    );
}

fn titled(title: &str, year: Option<u16>) -> ItemRef {
    ItemRef {
        titles: vec![title.to_owned()],
        year,
        ..ItemRef::default()
    }
}

#[test]
fn ids_come_first() {
    let id = |id: &str| ItemRef {
        id: Some(id.to_owned()),
        ..ItemRef::default()
    };
    assert_found(id("6"), Ok(("6", FoundBy::Id)));
    assert_found(id("movielens:6"), Ok(("6", FoundBy::Id)));
    assert_found(id("netflix:6"), Err(Miss::Unknown));
    assert_found(
        ItemRef {
            imdb: Some(113_277),
            ..titled("The Matrix", Some(1999))
        },
        Ok(("6", FoundBy::Id)),
    );
    assert_found(
        ItemRef {
            tmdb: Some(603),
            ..ItemRef::default()
        },
        Ok(("2571", FoundBy::Id)),
    );
}

#[test]
fn then_the_title_and_the_year() {
    assert_found(
        titled("MATRIX, the", Some(1999)),
        Ok(("2571", FoundBy::TitleAndYear)),
    );
    assert_found(
        titled("Amélie", Some(2001)),
        Ok(("4973", FoundBy::TitleAndYear)),
    );
    assert_found(
        titled("Fabuleux destin d'Amelie Poulain, Le", Some(2001)),
        Ok(("4973", FoundBy::TitleAndYear)),
    );
    assert_found(titled("Dune", Some(2021)), Ok(("b", FoundBy::TitleAndYear)));
    // Services differ by a year now and then.
    assert_found(
        titled("The Matrix", Some(2000)),
        Ok(("2571", FoundBy::TitleAndYear)),
    );
    assert_found(titled("Emma", Some(1996)), Ok(("e", FoundBy::TitleAndYear)));
    let german = ItemRef {
        titles: vec!["Die fabelhafte Welt".into(), "Amélie".into()],
        ..titled("", Some(2001))
    };
    assert_found(german, Ok(("4973", FoundBy::TitleAndYear)));
}

#[test]
fn a_title_alone_counts_when_only_one_film_has_it() {
    assert_found(titled("The Matrix", None), Ok(("2571", FoundBy::Title)));
    assert_found(titled("Dune", None), Err(Miss::Ambiguous(vec![3, 4])));
}

#[test]
fn a_wrong_film_is_worse_than_none() {
    for item in [
        titled("The Matrx", Some(1999)),
        titled("Matrix Reloaded", Some(2003)),
        titled("Dune", Some(2000)),
        titled("Undated", Some(1990)),
        titled("", Some(1999)),
        ItemRef::default(),
        // Another film of the same name: its id says so.
        ItemRef {
            imdb: Some(9_999_999),
            ..titled("Heat", Some(1995))
        },
    ] {
        assert_found(item, Err(Miss::Unknown));
    }
    assert_found(
        titled("Hamlet", Some(1996)),
        Err(Miss::Ambiguous(vec![5, 6])),
    );
    assert_found(
        titled("Hamlet", Some(1997)),
        Err(Miss::Ambiguous(vec![5, 6])),
    );
    // The id is of no use where the catalogue has none.
    assert_found(
        ItemRef {
            imdb: Some(211_915),
            ..titled("Amelie", Some(2001))
        },
        Ok(("4973", FoundBy::TitleAndYear)),
    );
}

#[test]
fn every_entry_is_found_or_missed() {
    let model = model();
    let catalogue = Catalogue::new(&model);
    let imported = read(
        "mine.csv",
        "user,item,rating,timestamp\nme,6,2,10\nme,movielens:6,4,20\nme,imdb:tt0113277,,30\nyou,6,5,10\nme,nothing,1,1\n",
    );
    let matches = catalogue.find_all(&imported);
    let found: Vec<_> = matches
        .found
        .iter()
        .map(|row| (row.user.as_deref(), row.row, row.rating, row.timestamp))
        .collect();
    assert_eq!(
        found,
        [
            (Some("me"), 1, Some(4.0), Some(20)),
            (Some("you"), 1, Some(5.0), Some(10))
        ]
    );
    assert_eq!(matches.missed.len(), 1);
    assert_eq!(matches.missed[0].entry.item.to_string(), "nothing");

    let imported = read(
        "lists-watchlist.json",
        r#"[{"listed_at": "2024-05-01T10:00:00Z", "movie": {"title": "Heat", "year": 1995}},
            {"listed_at": "2024-05-01T10:00:00Z", "movie": {"title": "The Matrix", "year": 1999}},
            {"rating": 8, "movie": {"ids": {"tmdb": 949}}}]"#,
    );
    let matches = catalogue.find_all(&imported);
    assert_eq!(
        matches.found.iter().map(|row| row.row).collect::<Vec<_>>(),
        [1]
    );
    assert_eq!(
        matches
            .watchlist
            .iter()
            .map(|row| row.row)
            .collect::<Vec<_>>(),
        [0]
    );
}
