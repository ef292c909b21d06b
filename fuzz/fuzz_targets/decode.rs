//! Any bytes: the decoder may refuse them, but it must not panic, and it must not matter in which pieces they come.
//! What it accepts must come out the same after writing it again.
//!
//! The checksums are put right first. A fuzzer cannot guess them, and would never get past the first.

#![no_main]

use libfuzzer_sys::fuzz_target;
use matinee_format::{Chunk, Decoder, FormatError, ItemRecord, Model, Scale, encode};

const PREAMBLE: usize = 16;
const FRAME: usize = 24;

fuzz_target!(|input: &[u8]| {
    let _ = Model::decode(input);
    let mut file = input.to_vec();
    mend_checksums(&mut file);

    let whole = Model::decode(&file);
    let streamed = stream(&file, input.len() % 97 + 1);
    match (whole, streamed) {
        (Ok(whole), Ok(streamed)) => {
            assert_eq!(items(&whole), items(&streamed));
            let written = encode(whole.header().clone(), &items(&whole), &[3, 2])
                .expect("what was read can be written");
            let again = Model::decode(&written).expect("what was written can be read");
            assert_eq!(items(&whole), items(&again));
        }
        (Err(whole), Err(streamed)) => assert_eq!(whole, streamed),
        (whole, streamed) => panic!("whole {:?}, streamed {:?}", whole.err(), streamed.err()),
    }
});

/// Writes the right checksum wherever one belongs, as far as the lengths lead.
fn mend_checksums(file: &mut [u8]) {
    let mend = |file: &mut [u8], covered: std::ops::Range<usize>, at: usize| {
        let sum = crc32fast::hash(&file[covered]);
        file[at..at + 4].copy_from_slice(&sum.to_le_bytes());
    };
    if file.len() < PREAMBLE {
        return;
    }
    mend(file, 0..12, 12);
    let mut at = PREAMBLE;
    while let Some(frame) = file.get(at..at + FRAME) {
        let length = u32::from_le_bytes([frame[8], frame[9], frame[10], frame[11]]) as usize;
        let end = at + FRAME + length;
        if end <= file.len() {
            mend(file, at + FRAME..end, at + 16);
        }
        mend(file, at..at + 20, at + 20);
        at = end;
    }
}

fn stream(file: &[u8], piece: usize) -> Result<Model, FormatError> {
    let mut decoder = Decoder::new();
    let mut chunks = Vec::new();
    for piece in file.chunks(piece) {
        chunks.extend(decoder.push(piece)?);
    }
    decoder.finish()?;
    let mut chunks = chunks.into_iter();
    let Some(Chunk::Head(header, first)) = chunks.next() else {
        panic!("a whole file begins with its head");
    };
    let mut model = Model::new(header, first)?;
    for chunk in chunks {
        match chunk {
            Chunk::Items(items) => model.append(items)?,
            Chunk::Stars(stars) => model.append_stars(stars)?,
            Chunk::Caution(caution) => model.set_caution(caution)?,
            Chunk::Head(..) => panic!("a file has one head"),
        }
    }
    assert!(model.is_complete());
    Ok(model)
}

fn items(model: &Model) -> Vec<ItemRecord> {
    (0..model.len() as u32)
        .map(|row| {
            let item = model.item(row);
            assert_eq!(model.row_of(item.id), Some(row));
            ItemRecord {
                id: item.id.into(),
                title: item.title.into(),
                alt_titles: item.alt_titles().map(String::from).collect(),
                year: item.year,
                genres: item.genres,
                popularity: item.popularity,
                imdb: item.imdb,
                tmdb: item.tmdb,
                in_scale: Scale::nearest(model.in_scale(row)),
                out_scale: Scale::nearest(model.out_scale(row)),
                bias: Scale::nearest(model.bias(row)),
                codes: model.codes(row).into(),
            }
        })
        .collect()
}
