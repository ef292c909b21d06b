//! The star head in a file: where it may stand, what it may say, and how lies are refused.

use std::path::PathBuf;

use matinee_format::{Decoder, FormatError, Model, StarHead, StarPrior, encode, encode_with_stars};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::raw::{self, Chunk, Payload, Stars};
use crate::round_trip;
use crate::sample;

/// Parameters of a head of `dims` factors, each number of its own.
fn prior(dims: u16) -> StarPrior {
    let k = usize::from(dims) + 2;
    let ramp = |length: usize, from: f32| (0..length).map(|at| from + at as f32 * 0.125).collect();
    StarPrior {
        dims,
        mean: 3.5,
        noise: 0.75,
        noise_weight: 10.0,
        width: 1.25,
        curve: vec![0.0, 1.0, -0.125, 0.0625],
        steps: ramp(k - 1, 0.0625),
        precision: ramp(k - 1, 2.0),
        information: ramp(k - 1, 1.0),
        triangle: ramp(k * (k + 1) / 2, 1.0),
        map: ramp(k * (k + 2), -1.0),
    }
}

pub(crate) fn sample_head() -> StarHead {
    let codes = (0..21).map(|at| at * 12 - 127).map(|code: i32| code as i8);
    StarHead::new(prior(2), codes.collect()).expect("the sample is valid")
}

fn sample_file() -> Vec<u8> {
    let (header, items) = (sample::header(), sample::items());
    encode_with_stars(header, &items, Some(&sample_head()), &sample::CHUNK_SIZES)
        .expect("the sample is valid")
}

/// The sample's blocks for the writer by hand.
fn by_hand() -> Vec<Stars> {
    let head = sample_head();
    let prior = head.prior().clone();
    let mut first_row = 0;
    let mut blocks = Vec::new();
    for (count, first) in [(3, true), (2, false), (2, false)] {
        let rows = first_row..first_row + count;
        let codes = rows.flat_map(|row| head.codes(row).iter().map(|&code| code as u8));
        blocks.push(Stars {
            first_row: first_row.into(),
            count: count.into(),
            prior: first.then(|| raw::StarPrior {
                dims: prior.dims.into(),
                numbers: [prior.mean, prior.noise, prior.noise_weight, prior.width],
                lists: [
                    prior.curve.clone(),
                    prior.steps.clone(),
                    prior.precision.clone(),
                    prior.information.clone(),
                    prior.triangle.clone(),
                    prior.map.clone(),
                ],
            }),
            codes: codes.collect(),
        });
        first_row += count;
    }
    blocks
}

/// A file by hand: the sample's items with these stars after them.
fn chunks(stars: &[Stars]) -> Vec<Chunk> {
    let (mut head, blocks) = sample::by_hand();
    head.chunks_total += stars.len() as u64;
    let mut stars = stars.iter();
    let items = sample::chunks(&head, &blocks).into_iter();
    items
        .flat_map(|items| std::iter::once(items).chain(stars.next().map(Stars::chunk)))
        .collect()
}

fn refused(stars: &[Stars]) -> String {
    let error = Model::decode(&raw::file(&chunks(stars))).expect_err("it is accepted");
    assert!(matches!(error, FormatError::Invalid { .. }), "{error}");
    error.to_string()
}

/// Changes the first block.
fn refused_first(change: impl FnOnce(&mut Stars, &mut raw::StarPrior)) -> String {
    let mut blocks = by_hand();
    let mut prior = blocks[0]
        .prior
        .take()
        .expect("the first has the parameters");
    change(&mut blocks[0], &mut prior);
    blocks[0].prior = Some(prior);
    refused(&blocks)
}

#[test]
fn the_golden_file_with_stars_says_what_it_said() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/golden/v1.1.matinee");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, sample_file()).expect("the golden file can be written");
    }
    let golden = std::fs::read(&path).unwrap();
    assert_eq!(golden[8..12], [1, 0, 1, 0], "version 1.1");
    let model = Model::decode(&golden).unwrap();
    assert_eq!(sample::read_back(&model), sample::items());
    let head = model.stars().expect("it has stars");
    assert_eq!(head, &sample_head());
    assert_eq!((head.len(), head.codes(6)), (7, &[89, 101, 113][..]));
    assert_eq!(head.prior().triangle[2], 1.25);
    assert_eq!(golden, sample_file(), "the writer writes it still");
}

#[test]
fn the_hand_written_stars_are_the_written_ones() {
    let written = raw::chunks(&sample_file());
    let by_hand = chunks(&by_hand());
    assert_eq!(written.len(), by_hand.len());
    for ((_, written), by_hand) in written.iter().zip(by_hand) {
        let raw = match written.encoding {
            0 => written.payload.clone(),
            _ => miniz_oxide::inflate::decompress_to_vec(&written.payload).unwrap(),
        };
        if &written.kind == b"star" {
            assert_eq!(raw, by_hand.payload);
        }
        assert_eq!(written.kind, by_hand.kind);
    }
}

#[test]
fn a_prefix_predicts_for_the_items_it_has() {
    let file = sample_file();
    for (count, (at, chunk)) in raw::chunks(&file).into_iter().enumerate() {
        let mut decoder = Decoder::new();
        let mut model: Option<Model> = None;
        let end = at + 24 + chunk.payload.len();
        for chunk in decoder.push(&file[..end]).unwrap() {
            match (chunk, &mut model) {
                (matinee_format::Chunk::Head(header, items), _) => {
                    model = Some(Model::new(header, items).unwrap());
                }
                (matinee_format::Chunk::Items(items), Some(model)) => model.append(items).unwrap(),
                (matinee_format::Chunk::Stars(stars), Some(model)) => {
                    // For items that are there, and once.
                    model.append_stars(stars.clone()).unwrap();
                    assert!(model.append_stars(stars).is_err());
                }
                (chunk, _) => panic!("{chunk:?} is out of turn"),
            }
        }
        let model = model.unwrap();
        let rows = [0, 3, 3, 5, 5, 7][count];
        assert_eq!(model.stars().map_or(0, StarHead::len), rows);
        if let Some(head) = model.stars() {
            for row in 0..rows as u32 {
                assert_eq!(head.codes(row), sample_head().codes(row));
            }
        }
    }
}

#[test]
fn every_flipped_bit_is_found() {
    let file = sample_file();
    for bit in 0..file.len() * 8 {
        let mut damaged = file.clone();
        damaged[bit / 8] ^= 1 << (bit % 8);
        assert!(Model::decode(&damaged).is_err(), "bit {bit}");
    }
}

#[test]
fn stars_stand_after_the_items_they_are_for_all_of_them_or_none() {
    let [first, second, third] = &by_hand()[..] else {
        panic!("three blocks");
    };
    let cases: [(&[&Stars], &str); 5] = [
        (&[first], "3 of 7 items have stars"),
        (&[first, second], "5 of 7 items have stars"),
        (
            &[second, third],
            "rows 3 to 5, where those of 0 to 3 are next",
        ),
        (
            &[first, first],
            "rows 0 to 3, where those of 3 to 5 are next",
        ),
        (
            &[first, third],
            "rows 5 to 7, where those of 3 to 5 are next",
        ),
    ];
    for (order, expected) in cases {
        let order: Vec<Stars> = order.iter().map(|&block| block.clone()).collect();
        let error = refused(&order);
        assert!(error.contains(expected), "{error}, not {expected}");
    }
    let mut late = chunks(&by_hand());
    late.swap(1, 2);
    let error = Model::decode(&raw::file(&late)).unwrap_err().to_string();
    assert!(
        error.contains("rows 0 to 3, where those of 0 to 5"),
        "{error}"
    );
    late.swap(0, 2);
    let error = Model::decode(&raw::file(&late)).unwrap_err().to_string();
    assert!(error.contains("before the head"), "{error}");
}

#[test]
fn parameters_are_held_against_their_ranges() {
    type Change = Box<dyn Fn(&mut Stars, &mut raw::StarPrior)>;
    let list = |list: usize, change: fn(&mut Vec<f32>)| -> Change {
        Box::new(move |_, prior| change(&mut prior.lists[list]))
    };
    let number =
        |at: usize, value: f32| -> Change { Box::new(move |_, prior| prior.numbers[at] = value) };
    let cases: Vec<(&str, Change)> = vec![
        ("65 factors", Box::new(|_, prior| prior.dims = 65)),
        (
            "3 steps of the star head where 4",
            Box::new(|_, prior| prior.dims = 3),
        ),
        ("cannot be read", Box::new(|_, prior| prior.dims = 1 << 16)),
        (
            "5 curve numbers of the star head where 4",
            list(0, |l| l.push(1.0)),
        ),
        ("4 steps", list(1, |l| l.push(1.0))),
        ("2 precisions", list(2, |l| l.truncate(2))),
        ("0 information", list(3, Vec::clear)),
        ("11 triangle", list(4, |l| l.push(1.0))),
        ("23 map", list(5, |l| l.truncate(23))),
        (
            "steps of the star head beyond",
            list(1, |l| l[0] = f32::NAN),
        ),
        (
            "map numbers of the star head beyond",
            list(5, |l| l[5] = -1.1e6),
        ),
        ("out of range", list(1, |l| l[1] = -0.5)),
        ("out of range", list(2, |l| l[1] = 0.0)),
        ("out of range", list(3, |l| l[2] = -1.0)),
        ("out of range", list(4, |l| l[2] = 0.0)),
        ("out of range", list(4, |l| l[9] = -1.0)),
        ("out of range", number(0, f32::INFINITY)),
        ("out of range", number(1, 0.0)),
        ("out of range", number(1, f32::NAN)),
        ("out of range", number(2, 0.5)),
        ("out of range", number(3, -1.0)),
        ("8 codes", Box::new(|block, _| block.codes.truncate(8))),
    ];
    for (expected, change) in cases {
        let error = refused_first(|block, prior| change(block, prior));
        assert!(error.contains(expected), "{error}, not {expected}");
    }
    let mut blocks = by_hand();
    blocks[1].prior = blocks[0].prior.clone();
    assert!(refused(&blocks).contains("no other"));
    let mut blocks = by_hand();
    blocks[0].prior = None;
    assert!(refused(&blocks).contains("no other"));
    let mut blocks = by_hand();
    blocks[2].codes.push(0);
    assert!(refused(&blocks).contains("7 codes"));
}

/// Every length prefix in a block, replaced by lengths that are not there.
#[test]
fn forged_lengths_are_refused() {
    let block = &by_hand()[0];
    let write = |forge| {
        let mut payload = Payload {
            forge,
            ..Payload::default()
        };
        block.write(&mut payload);
        (payload.bytes, payload.lengths)
    };
    let (honest, lengths) = write(None);
    assert_eq!(lengths, 7);
    for number in 0..lengths {
        for length in [honest.len() as u64, 1 << 32, u64::MAX / 4, u64::MAX] {
            let mut chunks = chunks(&by_hand());
            chunks[1] = Chunk::stored(b"star", &write(Some((number, length))).0);
            let error = Model::decode(&raw::file(&chunks)).unwrap_err().to_string();
            assert!(error.contains("cannot be read"), "{error}");
        }
    }
    for length in 0..honest.len() {
        let mut chunks = chunks(&by_hand());
        chunks[1] = Chunk::stored(b"star", &honest[..length]);
        let error = Model::decode(&raw::file(&chunks)).unwrap_err().to_string();
        assert!(error.contains("cannot be read"), "{error}");
    }
}

#[test]
fn a_head_for_other_items_is_not_written() {
    let head = StarHead::new(prior(2), vec![0; 18]).unwrap();
    let error = encode_with_stars(sample::header(), &sample::items(), Some(&head), &[]);
    assert!(
        error
            .unwrap_err()
            .to_string()
            .contains("stars of 6 items for 7")
    );
    assert!(StarHead::new(prior(2), vec![0; 10]).is_err());
    assert!(StarHead::new(prior(2), Vec::new()).is_err());
}

proptest! {
    #[test]
    fn decoding_undoes_encoding(
        (header, items, sizes) in round_trip::model(),
        dims in 0u16..=20,
        seed in vec(any::<i8>(), 1..40),
    ) {
        let codes = seed.into_iter().cycle().take(items.len() * (usize::from(dims) + 1));
        let head = StarHead::new(prior(dims), codes.collect()).unwrap();
        let bytes = encode_with_stars(header.clone(), &items, Some(&head), &sizes).unwrap();
        let model = Model::decode(&bytes).unwrap();
        prop_assert_eq!(model.stars(), Some(&head));
        prop_assert_eq!(sample::read_back(&model), items.clone());
        let without = Model::decode(&encode(header, &items, &sizes).unwrap()).unwrap();
        prop_assert_eq!(without.stars(), None);
    }

    /// Past the checksums, where the parser is.
    #[test]
    fn changed_payloads_never_panic(
        block in 0usize..3,
        changes in vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let mut chunks = chunks(&by_hand());
        for (at, byte) in changes {
            let payload = &mut chunks[block * 2 + 1].payload;
            let at = at.index(payload.len());
            payload[at] = byte;
        }
        if let Ok(model) = Model::decode(&raw::file(&chunks)) {
            prop_assert_eq!(model.stars().map_or(0, StarHead::len), 7);
        }
    }
}
