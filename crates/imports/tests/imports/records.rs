//! What the app writes is read back as it was.

use matinee_imports::{File, Imported, Marks, Record, import};
use proptest::prelude::*;

/// Any record that says something.
pub(crate) fn any_record() -> impl Strategy<Value = Record> {
    let marks = (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>());
    let film = (
        prop_oneof![
            (1_u32..300_000).prop_map(|id| format!("movielens:{id}")),
            "[a-z]{1,6}:[^\u{0}]{1,12}",
            "[^\u{0}]{1,12}",
        ],
        "[^\r\n\u{0}]{0,20}",
        proptest::option::of(1870_u16..2200),
    );
    let said = (proptest::option::of(1_u8..=10), marks, 0_u64..1 << 43);
    (film, said).prop_map(
        |((item, title, year), (halves, (seen, not_for_me, watchlist, unseen), at))| Record {
            item,
            title,
            year,
            halves,
            marks: Marks {
                seen,
                not_for_me,
                watchlist,
                unseen: unseen && halves.is_none(),
            },
            updated_at: at as f64,
        },
    )
}

fn read(name: &str, text: &str) -> Imported {
    let file = File {
        name,
        bytes: text.as_bytes(),
    };
    import(&[file], None).expect("our own files are sound")
}

/// What was read, as records again.
fn records(imported: &Imported) -> Vec<Record> {
    let rows = imported.rows.iter().chain(&imported.watchlist);
    let record = |row: &matinee_imports::ImportedRow| {
        let own = row.own.expect("our own files say all");
        Record {
            item: row.item.id.clone().unwrap_or_default(),
            title: row.item.titles.first().cloned().unwrap_or_default(),
            year: row.item.year,
            halves: row.rating.map(|stars| (stars * 2.0) as u8),
            marks: own.marks,
            updated_at: own.updated_at.unwrap_or_else(|| {
                row.timestamp
                    .map_or(f64::NAN, |seconds| seconds as f64 * 1000.0)
            }),
        }
    };
    let mut records: Vec<Record> = rows.map(record).collect();
    records.sort_by(|a, b| a.item.cmp(&b.item));
    records
}

fn film(item: &str, halves: Option<u8>, marks: Marks) -> Record {
    Record {
        item: item.to_owned(),
        title: "Heat, \"the\" film".to_owned(),
        year: Some(1995),
        halves,
        marks,
        updated_at: 1_709_840_247_123.0,
    }
}

fn some() -> Vec<Record> {
    let marks = Marks::default();
    let seen = Marks {
        seen: true,
        ..marks
    };
    let watchlist = Marks {
        watchlist: true,
        ..marks
    };
    let not_for_me = Marks {
        not_for_me: true,
        ..marks
    };
    vec![
        film("movielens:1", Some(9), seen),
        film("movielens:2", None, seen),
        film("movielens:3", None, watchlist),
        film("movielens:4", None, not_for_me),
        film(
            "movielens:5",
            Some(1),
            Marks {
                watchlist: true,
                ..not_for_me
            },
        ),
    ]
}

#[test]
fn a_table_keeps_all_but_parts_of_seconds() {
    let whole = |record: Record| Record {
        updated_at: 1_709_840_247_000.0,
        ..record
    };
    let expected: Vec<Record> = some().into_iter().map(whole).collect();
    assert_eq!(
        records(&read("matinee.csv", &Record::csv(&some()))),
        expected
    );
}

#[test]
fn what_is_only_to_be_watched_is_not_seen() {
    let imported = read("matinee.json", &Record::json(&some()));
    assert_eq!((imported.rows.len(), imported.watchlist.len()), (4, 1));
}

proptest! {
    #[test]
    fn json_is_read_back_exactly(written in proptest::collection::btree_map("movielens:[0-9]{1,6}", any_record(), 0..12)) {
        let written: Vec<Record> = written
            .into_iter()
            .map(|(item, record)| Record {
                item,
                // JSON keeps an empty title as none.
                ..record
            })
            .collect();
        prop_assert_eq!(records(&read("matinee.json", &Record::json(&written))), written);
    }
}
