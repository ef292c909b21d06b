//! A file that arrives in pieces, or only in part.

use matinee_format::{Chunk, Decoder, FormatError, Header, ItemRecord, Model, encode};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::raw;
use crate::round_trip;
use crate::sample;

/// What a reader has after some of the pieces: the decoder and the model as far as it came.
struct Reader {
    decoder: Decoder,
    model: Option<Model>,
}

impl Reader {
    fn new() -> Self {
        Reader {
            decoder: Decoder::new(),
            model: None,
        }
    }

    fn push(&mut self, piece: &[u8]) -> Result<(), FormatError> {
        let chunks = self.decoder.push(piece)?;
        Model::grow(&mut self.model, chunks).map(|_| ())
    }

    fn contents(&self) -> Option<(&Header, Vec<ItemRecord>)> {
        let model = self.model.as_ref()?;
        Some((model.header(), sample::read_back(model)))
    }
}

/// `file` cut at `cuts`, taken modulo its length.
fn pieces<'a>(file: &'a [u8], cuts: &[usize]) -> Vec<&'a [u8]> {
    let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut % (file.len() + 1)).collect();
    cuts.sort_unstable();
    let mut start = 0;
    let mut pieces = Vec::new();
    for cut in cuts.into_iter().chain([file.len()]) {
        pieces.push(&file[start..cut]);
        start = cut;
    }
    pieces
}

fn outcome(file: &[u8], cuts: &[usize]) -> Result<Vec<ItemRecord>, FormatError> {
    let mut reader = Reader::new();
    for piece in pieces(file, cuts) {
        reader.push(piece)?;
    }
    reader.decoder.finish()?;
    Ok(sample::read_back(
        &reader.model.expect("a whole file has a head"),
    ))
}

proptest! {
    #[test]
    fn any_cut_gives_the_same_model(
        (header, items, sizes) in round_trip::model(),
        cuts in vec(any::<usize>(), 0..12),
    ) {
        let file = encode(header, &items, &sizes).unwrap();
        prop_assert_eq!(outcome(&file, &cuts), Ok(items));
    }

    #[test]
    fn any_cut_gives_the_same_error(
        at in any::<prop::sample::Index>(),
        mask in 1u8..,
        cuts in vec(any::<usize>(), 0..12),
    ) {
        let mut file = sample::bytes();
        let at = at.index(file.len());
        file[at] ^= mask;
        let whole = Model::decode(&file).map(|model| sample::read_back(&model));
        prop_assert!(whole.is_err());
        prop_assert_eq!(outcome(&file, &cuts), whole);
    }

    #[test]
    fn any_prefix_holds_the_items_of_its_whole_chunks(
        (header, items, sizes) in round_trip::model(),
        cut in any::<prop::sample::Index>(),
    ) {
        let file = encode(header, &items, &sizes).unwrap();
        let cut = cut.index(file.len());
        check_prefix(&file, cut, &items);
    }
}

#[test]
fn every_prefix_of_the_sample_is_usable_as_far_as_it_came() {
    let (file, items) = (sample::bytes(), sample::items());
    for cut in 0..file.len() {
        check_prefix(&file, cut, &items);
    }
}

/// `file`, cut short, must hold the items of the chunks that are whole, and must be known to be cut short.
fn check_prefix(file: &[u8], cut: usize, items: &[ItemRecord]) {
    let mut reader = Reader::new();
    reader.push(&file[..cut]).expect("a prefix is sound");
    assert!(!reader.decoder.is_complete());
    match reader.decoder.finish() {
        Err(FormatError::Truncated { have, needed }) => {
            assert_eq!(have, cut as u64);
            assert!(needed >= 1 && have + needed <= file.len() as u64);
        }
        other => panic!("cut at {cut}: {other:?}"),
    }
    assert_eq!(
        Model::decode(&file[..cut]).err(),
        reader.decoder.finish().err()
    );

    let whole = raw::chunks(file);
    let ends = whole
        .iter()
        .map(|(at, chunk)| at + 24 + chunk.payload.len());
    let arrived = ends.filter(|&end| end <= cut).count();
    match reader.contents() {
        None => assert_eq!(arrived, 0),
        Some((header, rows)) => {
            assert!(arrived > 0);
            assert_eq!(header.items_total as usize, items.len());
            assert_eq!(rows, items[..rows.len()]);
            assert!(!reader.model.as_ref().is_some_and(Model::is_complete));
            // The next chunk is the one that is missing: giving the rest completes the model.
            reader.push(&file[cut..]).expect("the rest is sound");
            assert_eq!(reader.decoder.finish(), Ok(()));
            assert_eq!(
                reader.contents().map(|(_, rows)| rows).as_deref(),
                Some(items)
            );
        }
    }
}

#[test]
fn chunks_are_handed_out_with_their_last_byte() {
    let file = sample::bytes();
    let mut decoder = Decoder::new();
    let mut handed_out_at = Vec::new();
    for (at, byte) in file.iter().enumerate() {
        for _ in decoder.push(&[*byte]).unwrap() {
            handed_out_at.push(at + 1);
        }
    }
    let ends: Vec<usize> = raw::chunks(&file)
        .iter()
        .map(|(at, chunk)| at + 24 + chunk.payload.len())
        .collect();
    assert_eq!(handed_out_at, ends);
    assert!(decoder.is_complete());
}

#[test]
fn an_error_stays() {
    let mut file = sample::bytes();
    file[20] ^= 1;
    let mut decoder = Decoder::new();
    let error = decoder.push(&file[..60]).unwrap_err();
    assert_eq!(decoder.push(&file[60..]), Err(error.clone()));
    assert_eq!(decoder.push(&[]), Err(error.clone()));
    assert_eq!(decoder.finish(), Err(error));
    assert!(!decoder.is_complete());
}

#[test]
fn a_refused_block_leaves_the_model_as_it_was() {
    let chunks = |file: &[u8]| Decoder::new().push(file).expect("the file is sound");
    let mut items = sample::items();
    items[4].id = "318".into();
    let twice = encode(sample::header(), &items, &sample::CHUNK_SIZES);
    assert!(twice.is_err(), "the writer refuses it too");

    // The same through two files that are sound each by itself.
    items[0].id = "0".into();
    let other = encode(sample::header(), &items, &sample::CHUNK_SIZES).unwrap();
    let mut blocks = chunks(&sample::bytes()).into_iter();
    let Some(Chunk::Head(header, head)) = blocks.next() else {
        panic!("the head comes first");
    };
    let mut model = Model::new(header, head).unwrap();
    let Some(Chunk::Items(foreign)) = chunks(&other).into_iter().nth(1) else {
        panic!("items come second");
    };
    let error = model.append(foreign).unwrap_err();
    assert!(
        error.to_string().contains("share the id \"318\""),
        "{error}"
    );
    assert_eq!(model.len(), 3);
    assert_eq!(
        model.row_of("293"),
        None,
        "the first item of the refused block"
    );
    for block in blocks {
        let Chunk::Items(items) = block else {
            panic!("one head")
        };
        model.append(items).unwrap();
    }
    assert_eq!(sample::read_back(&model), sample::items());
}

#[test]
fn a_clone_stays_as_it_was_while_the_model_grows() {
    let mut chunks = Decoder::new()
        .push(&sample::bytes())
        .expect("the file is sound")
        .into_iter();
    let mut model = None;
    Model::grow(&mut model, chunks.next()).unwrap();
    let before = model.clone().expect("the head makes a model");
    Model::grow(&mut model, chunks).unwrap();
    let after = model.expect("it was there before");
    assert_eq!(sample::read_back(&before), sample::items()[..before.len()]);
    assert_eq!(sample::read_back(&after), sample::items());
    let last = &sample::items()[after.len() - 1].id;
    assert_eq!(before.row_of(last), None);
    assert_eq!(after.row_of(last), Some(after.len() as u32 - 1));
}

#[test]
fn a_block_of_another_shape_is_refused() {
    let mut header = sample::header();
    header.dims = 3;
    let mut items = sample::items();
    for item in &mut items {
        item.codes.truncate(3);
    }
    let other = encode(header, &items, &sample::CHUNK_SIZES).unwrap();
    let mut model = Model::decode(&encode(sample::header(), &sample::items()[..3], &[]).unwrap())
        .expect("three items make a model");
    let Some(Chunk::Items(foreign)) = Decoder::new().push(&other).unwrap().into_iter().nth(1)
    else {
        panic!("items come second");
    };
    let error = model.append(foreign).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("a block of another file: 3 dimensions"),
        "{error}"
    );
    assert_eq!(model.len(), 3);
}
