//! The golden file: version 1 as it was the day it was written, which every later version must read.
//!
//! `UPDATE_GOLDEN=1 cargo test -p matinee-format golden` writes it anew. That is for a change of the writer that
//! is meant, a new compressor for example; a change of the format is a new file beside this one.

use std::path::PathBuf;

use matinee_format::Model;

use crate::raw;
use crate::sample;

fn path() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/golden/v1.matinee")
}

fn golden() -> Vec<u8> {
    let path = path();
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, sample::bytes()).expect("the golden file can be written");
    }
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn the_golden_file_says_what_it_said() {
    let model = Model::decode(&golden()).unwrap();
    assert_eq!((model.len(), model.dims()), (7, 4));
    let header = model.header();
    assert_eq!((header.levels, header.weight_shift), (127, 16));
    assert_eq!((header.items_total, header.chunks_total), (7, 3));
    assert_eq!(header.genres[4], "Fantasy");
    let feedback = &header.feedback;
    assert_eq!((feedback.weight(5.0), feedback.weight(0.5)), (1.0, -1.0));
    assert_eq!(
        (feedback.weight(3.25), feedback.not_for_me),
        (0.1875, -0.625)
    );
    assert_eq!(feedback.offset([4.5, 5.0, 5.0, 5.0, 5.0]), 0.175);
    assert_eq!(feedback.rating_of_watching(0.5, 20.0), 2.34375);
    assert_eq!(feedback.rating_of_watching(0.5, 200.0), 2.65625);
    assert_eq!(feedback.rating_of_watching(1.0, 20.0), 5.0);
    let card = &header.card;
    assert_eq!(
        (card.name.as_str(), card.algorithm.as_str()),
        ("Séance d'essai", "dlae")
    );
    assert_eq!((card.users, card.ratings), (330_975, 5_000_000_000));
    assert_eq!(
        (card.first_rating, card.last_rating),
        (-14_182_940, 1_697_164_147)
    );
    assert_eq!(card.data_sets[1].licence, "MIT");
    assert_eq!(card.settings[1].value, "0.25");
    assert_eq!(card.evaluations[0].metric, "NDCG@100");
    assert_eq!(card.evaluations[0].value, 0.4325);

    let item = model.item(2);
    assert_eq!(
        (item.id, item.title, item.year),
        ("5618", "Spirited Away", Some(2001))
    );
    let alternatives: Vec<&str> = item.alt_titles().collect();
    assert_eq!(
        alternatives,
        ["千と千尋の神隠し", "Sen to Chihiro no kamikakushi"]
    );
    assert_eq!((item.genres, item.popularity), (0b1_0001, 34_320));
    assert_eq!((item.imdb, item.tmdb), (Some(245_429), Some(129)));
    assert_eq!(model.codes(2), [64, 64, -64, -64]);
    assert_eq!(
        (model.in_scale(2), model.out_scale(2), model.bias(2)),
        (0.015625, 3.0, 0.0)
    );

    let item = model.item(4);
    assert_eq!(
        (item.id, item.title, item.year),
        ("tt-ø/42", "Ænigma 🎬", None)
    );
    assert_eq!((item.genres, item.imdb, item.tmdb), (0, None, None));
    assert_eq!(item.alt_titles().count(), 0);
    assert_eq!(model.row_of("tt-ø/42"), Some(4));
    assert_eq!(model.item(6).imdb, Some(u32::MAX));
    assert_eq!((model.item(6).popularity, model.bias(6)), (0, 1.0));
}

#[test]
fn the_writer_still_writes_the_golden_file() {
    assert_eq!(golden(), sample::bytes());
}

#[test]
fn the_specification_shows_the_golden_file() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/format.md");
    let specification = std::fs::read_to_string(path).unwrap();
    let golden = golden();
    let (_, head) = raw::chunks(&golden).remove(0);
    let head = miniz_oxide::inflate::decompress_to_vec(&head.payload).unwrap();
    let hexadecimal = |digits: &str| usize::from_str_radix(digits, 16).ok();
    let mut shown = 0;
    for line in specification.lines() {
        let (file, dump) = match line.strip_prefix("HEAD + ") {
            Some(dump) => (&head, dump),
            None => (&golden, line),
        };
        let mut parts = dump.split("  ");
        let Some(offset) = parts
            .next()
            .filter(|part| part.len() == 8)
            .and_then(hexadecimal)
        else {
            continue;
        };
        let bytes = parts.next().expect("bytes follow an offset").split(' ');
        for (at, byte) in (offset..).zip(bytes) {
            assert_eq!(hexadecimal(byte), Some(file[at].into()), "{line}");
            shown += 1;
        }
    }
    assert!(shown > 150, "{shown} bytes shown");
}
