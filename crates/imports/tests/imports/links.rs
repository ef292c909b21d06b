//! Links that carry ratings.

use matinee_imports::link::{self, LinkError};
use matinee_imports::{Marks, Record};
use proptest::prelude::*;

use crate::records::any_record;

fn sorted(mut records: Vec<Record>) -> Vec<Record> {
    let key = |record: &Record| (record.item.clone(), format!("{record:?}"));
    records.sort_by_key(key);
    records
}

fn rated(id: u32, halves: u8, seconds: u32) -> Record {
    Record {
        item: format!("movielens:{id}"),
        halves: Some(halves),
        marks: Marks {
            seen: true,
            ..Marks::default()
        },
        updated_at: f64::from(seconds) * 1000.0,
        ..Record::default()
    }
}

#[test]
fn a_hundred_and_fifty_ratings_fit_in_a_picture() {
    // One every half a minute, of films of all ages of the catalogue.
    let records: Vec<Record> = (0..150)
        .map(|i| {
            rated(
                i * 7919 % 190_000,
                (i % 10) as u8 + 1,
                1_700_000_000 + i * 31,
            )
        })
        .collect();
    let code = link::encode(&records, |_| false);
    assert!(code.len() < 1100, "{}", code.len());
    assert_eq!(sorted(link::decode(&code).expect("sound")), sorted(records));
}

#[test]
fn what_was_cut_short_or_changed_is_told() {
    let code = link::encode(
        &[rated(318, 9, 1_700_000_000), rated(296, 4, 1_700_000_100)],
        |_| false,
    );
    for length in 2..code.len() {
        let cut = link::decode(&code[..length]);
        assert!(cut.is_err(), "{length} of {}: {cut:?}", code.len());
    }
    assert_eq!(link::decode(""), Err(LinkError::NoLink));
    for other in ["no link!", "https", "hello"] {
        assert_eq!(link::decode(other), Err(LinkError::NoLink), "{other}");
    }
    // A version of 2 to begin with.
    assert_eq!(
        link::decode(&format!("Ag{}", &code[2..])),
        Err(LinkError::Newer)
    );
}

#[test]
fn little_that_unpacks_to_much_is_refused() {
    let much = miniz_oxide::deflate::compress_to_vec_zlib(&vec![0; 64 << 20], 9);
    let mut packed = vec![1];
    packed.extend(much);
    let code = base64::Engine::encode(&base64::engine::general_purpose::URL_SAFE_NO_PAD, packed);
    assert_eq!(link::decode(&code), Err(LinkError::Damaged));
}

#[test]
fn a_code_is_found_in_what_was_pasted() {
    for pasted in [
        "AbC-_9",
        " AbC-_9\n",
        "https://films.example/m/#/data?move=AbC-_9",
        "Look: https://films.example/#/data?move=AbC-_9&x=1 (that is mine)",
    ] {
        assert_eq!(link::code_in(pasted, "move"), "AbC-_9", "{pasted}");
    }
}

proptest! {
    #[test]
    fn records_come_out_as_they_went_in(records in proptest::collection::vec(any_record(), 0..40)) {
        let code = link::encode(&records, |_| true);
        let whole = |record: Record| Record {
            updated_at: (record.updated_at / 1000.0).floor() * 1000.0,
            ..record
        };
        let expected = records.into_iter().map(whole).collect();
        prop_assert_eq!(sorted(link::decode(&code).expect("sound")), sorted(expected));
    }

    #[test]
    fn titles_stay_behind_where_they_are_known(records in proptest::collection::vec(any_record(), 1..20)) {
        let code = link::encode(&records, |_| false);
        let decoded = link::decode(&code).expect("sound");
        prop_assert_eq!(decoded.len(), records.len());
        prop_assert!(decoded.iter().all(|record| record.title.is_empty() && record.year.is_none()));
    }

    #[test]
    fn no_code_is_too_strange(code in "[A-Za-z0-9_-]{0,200}", text in "\\PC{0,60}") {
        let _ = link::decode(&code);
        let _ = link::decode(&text);
        let _ = link::code_in(&text, "move");
    }

    #[test]
    fn no_content_is_too_strange(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let mut packed = vec![1];
        packed.extend(miniz_oxide::deflate::compress_to_vec_zlib(&bytes, 1));
        let engine = base64::engine::general_purpose::URL_SAFE_NO_PAD;
        let _ = link::decode(&base64::Engine::encode(&engine, packed));
    }
}
