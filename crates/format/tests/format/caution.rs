//! How far predicted stars count: a number in an optional chunk of its own.

use std::path::PathBuf;

use matinee_format::{Caution, FormatError, Model, encode_with_stars};

use crate::raw::{self, Chunk};
use crate::sample;
use crate::stars::sample_head;

fn sample_file() -> Vec<u8> {
    let caution = Caution::new(0.625).expect("it is a share");
    let head = sample_head().with_caution(Some(caution));
    encode_with_stars(
        sample::header(),
        &sample::items(),
        Some(&head),
        &sample::CHUNK_SIZES,
    )
    .expect("the sample is valid")
}

/// The sample's chunks, changed.
fn read(change: impl FnOnce(&mut Vec<Chunk>)) -> Result<Model, FormatError> {
    let mut chunks: Vec<Chunk> = raw::chunks(&sample_file())
        .into_iter()
        .map(|(_, chunk)| chunk)
        .collect();
    change(&mut chunks);
    Model::decode(&raw::file(&chunks))
}

fn refused(change: impl FnOnce(&mut Vec<Chunk>)) -> String {
    read(change).expect_err("it is accepted").to_string()
}

#[test]
fn the_golden_file_with_caution_says_what_it_said() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/golden/v1.2.matinee");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, sample_file()).expect("the golden file can be written");
    }
    let golden = std::fs::read(&path).unwrap();
    assert_eq!(golden[8..12], [1, 0, 2, 0], "version 1.2");
    let model = Model::decode(&golden).unwrap();
    assert_eq!(sample::read_back(&model), sample::items());
    let head = model.stars().expect("it has stars");
    assert_eq!(head.caution().map(Caution::value), Some(0.625));
    assert_eq!(head.clone().with_caution(None), sample_head());
    assert_eq!(golden, sample_file(), "the writer writes it still");
}

#[test]
fn it_stands_once_after_the_first_stars() {
    let chunks = raw::chunks(&sample_file());
    let kinds: Vec<&[u8]> = chunks.iter().map(|(_, chunk)| &chunk.kind[..]).collect();
    assert_eq!(kinds[..3], [b"HEAD", b"star", b"caut"]);
    assert!(read(|_| ()).is_ok());
    assert!(refused(|chunks| chunks.swap(1, 2)).contains("after the first stars"));
    // In the place of a chunk of items, so that the count is right.
    let twice = refused(|chunks| chunks[3] = chunks[2].clone());
    assert!(twice.contains("one caution"), "{twice}");
}

#[test]
fn it_is_a_share() {
    for number in [-0.1, 1.1, f32::NAN, f32::INFINITY] {
        let error = refused(|chunks| chunks[2] = Chunk::stored(b"caut", &number.to_le_bytes()));
        assert!(error.contains("0 to 1 is allowed"), "{error}");
        assert!(Caution::new(number).is_err());
    }
    for (bytes, expected) in [
        (&[0, 0, 0][..], "cannot be read"),
        (&[0, 0, 0, 0, 0], "bytes are left over"),
    ] {
        let error = refused(|chunks| chunks[2] = Chunk::stored(b"caut", bytes));
        assert!(error.contains(expected), "{error}");
    }
}
