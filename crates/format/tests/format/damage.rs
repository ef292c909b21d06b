//! Files that changed on the way, that are of another kind, or that lie in their frames: each its own error.

use matinee_format::{Decoder, FormatError, MAX_RATIO, Model};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::raw::{self, Chunk};
use crate::sample;

const MAX_RAW: u32 = 64 << 20;

fn refused(file: &[u8]) -> FormatError {
    match Model::decode(file) {
        Ok(_) => panic!("the file is accepted"),
        Err(error) => error,
    }
}

/// The sample's chunks, with `change` made to the one numbered `index`.
fn with_chunk(index: usize, change: impl FnOnce(&mut Chunk)) -> Vec<u8> {
    let file = sample::bytes();
    let mut chunks: Vec<Chunk> = raw::chunks(&file).into_iter().map(|(_, c)| c).collect();
    change(&mut chunks[index]);
    raw::file(&chunks)
}

#[test]
fn every_flipped_bit_is_found_and_placed() {
    let file = sample::bytes();
    let chunks = raw::chunks(&file);
    for bit in 0..file.len() * 8 {
        let mut damaged = file.clone();
        damaged[bit / 8] ^= 1 << (bit % 8);
        let error = refused(&damaged);
        let expected = match bit / 8 {
            0..8 => FormatError::NotAModel {
                found: damaged[..8].to_vec(),
            },
            8..16 => FormatError::Checksum {
                what: "the preamble",
                offset: 0,
            },
            byte => {
                let (at, _) = chunks.iter().rfind(|(at, _)| *at <= byte).expect("a chunk");
                let what = if byte < at + 24 {
                    "the frame"
                } else {
                    "the chunk"
                };
                FormatError::Checksum {
                    what,
                    offset: *at as u64,
                }
            }
        };
        assert_eq!(error, expected, "bit {bit}");
    }
}

#[test]
fn chunks_before_the_damage_are_sound_and_none_after_it_are_given() {
    let file = sample::bytes();
    let whole = Decoder::new().push(&file).unwrap();
    let (second, _) = raw::chunks(&file)[1];
    for at in second..file.len() {
        let mut damaged = file.clone();
        damaged[at] ^= 0x10;
        let mut decoder = Decoder::new();
        let mut given = Vec::new();
        for byte in damaged {
            match decoder.push(&[byte]) {
                Ok(chunks) => given.extend(chunks),
                Err(_) => break,
            }
        }
        assert!(!given.is_empty() && given.len() < whole.len());
        assert_eq!(given, whole[..given.len()]);
    }
}

#[test]
fn other_files_are_called_what_they_are() {
    let pages: [&[u8]; 5] = [
        b"<!DOCTYPE html><title>404 Not Found</title>",
        b"\x1f\x8b\x08\0\0\0\0\0\0\xff and so on",
        b"no",
        b"\x93MATINE ",
        b"\x93Matinee\x01\0\0\0\0\0\0\0",
    ];
    for page in pages {
        let found = page[..page.len().min(8)].to_vec();
        assert_eq!(refused(page), FormatError::NotAModel { found });
    }
    assert_eq!(
        refused(b""),
        FormatError::Truncated {
            have: 0,
            needed: 16
        }
    );
}

#[test]
fn versions() {
    let rest = sample::bytes().split_off(16);
    let version = |major, minor| {
        let mut file = raw::preamble(b"\x93MATINEE", major, minor);
        file.extend(&rest);
        Model::decode(&file).map(|model| model.len())
    };
    for found in [2, 256, u16::MAX] {
        let expected = FormatError::NewerVersion {
            found,
            supported: 1,
        };
        assert_eq!(version(found, 0), Err(expected));
    }
    assert!(matches!(version(0, 9), Err(FormatError::Invalid { .. })));
    assert_eq!(
        version(1, u16::MAX),
        Ok(7),
        "a minor version adds only what may be skipped"
    );
}

#[test]
fn lengths_beyond_the_limits_are_refused_with_the_frame() {
    let lie = |encoding, declared, raw_len| {
        let file = with_chunk(0, |chunk| {
            chunk.encoding = encoding;
            chunk.declared = Some(declared);
            chunk.raw_len = raw_len;
        });
        // The frame is enough: nothing waits for bytes that will never come.
        Decoder::new().push(&file[..40]).unwrap_err()
    };
    let oversized = |raw: u32, compressed: u32, limit: u32| FormatError::Oversized {
        offset: 16,
        raw: raw.into(),
        compressed: compressed.into(),
        limit: limit.into(),
    };
    for huge in [MAX_RAW + 1, u32::MAX] {
        assert_eq!(lie(0, huge, huge), oversized(huge, huge, MAX_RAW));
        assert_eq!(lie(1, huge, 10), oversized(10, huge, MAX_RAW));
        assert_eq!(lie(1, MAX_RAW, huge), oversized(huge, MAX_RAW, MAX_RAW));
    }
    assert_eq!(
        lie(1, 100, 100 * MAX_RATIO + 1),
        oversized(100 * MAX_RATIO + 1, 100, 100 * MAX_RATIO)
    );
    assert_eq!(lie(1, 0, 1), oversized(1, 0, 0));
    for raw_len in [0, 99, 101, u32::MAX] {
        let error = lie(0, 100, raw_len);
        assert!(error.to_string().contains("two lengths"), "{error}");
    }
}

#[test]
fn deflate_bombs_are_refused() {
    let bomb = miniz_oxide::deflate::compress_to_vec(&vec![0; 32 << 20], 9);
    let length = bomb.len() as u32;
    let honest = with_chunk(1, |chunk| {
        (chunk.encoding, chunk.raw_len) = (1, 32 << 20);
        chunk.payload.clone_from(&bomb);
    });
    assert!(matches!(refused(&honest), FormatError::Oversized { .. }));
    let lying = with_chunk(1, |chunk| {
        (chunk.encoding, chunk.raw_len) = (1, length * MAX_RATIO);
        chunk.payload.clone_from(&bomb);
    });
    let error = refused(&lying);
    assert!(error.to_string().contains("does not decompress"), "{error}");
}

#[test]
fn compressed_payloads_must_be_exact() {
    let raw = sample::by_hand().1[0].payload();
    let change = |change: fn(&mut Chunk)| {
        with_chunk(1, |chunk| {
            *chunk = Chunk::deflated(b"ITEM", &raw, MAX_RATIO as usize);
            change(chunk);
        })
    };
    assert!(Model::decode(&change(|_| ())).is_ok());
    let damage: [fn(&mut Chunk); 6] = [
        |chunk| chunk.raw_len -= 1,
        |chunk| chunk.raw_len += 1,
        |chunk| chunk.payload.push(0),
        |chunk| {
            chunk.payload.pop();
        },
        |chunk| chunk.payload.clear(),
        |chunk| chunk.payload.fill(0xff),
    ];
    for damage in damage {
        match refused(&change(damage)) {
            FormatError::Invalid { what, .. } => assert!(what.contains("decompress"), "{what}"),
            FormatError::Oversized { compressed: 0, .. } => {}
            other => panic!("{other:?}"),
        }
    }
    let error = refused(&with_chunk(1, |chunk| chunk.encoding = 2));
    assert!(error.to_string().contains("compressed in a way"), "{error}");
}

/// The sample with `extra` put in at `index`, counted in the header or not.
fn with_extra(index: usize, extra: Chunk, counted: bool) -> Vec<u8> {
    let (mut head, blocks) = sample::by_hand();
    head.chunks_total += u64::from(counted);
    let mut chunks = sample::chunks(&head, &blocks);
    chunks.insert(index, extra);
    raw::file(&chunks)
}

#[test]
fn unknown_optional_chunks_are_skipped() {
    let later = Chunk {
        encoding: 77,
        raw_len: u32::MAX,
        ..Chunk::stored(b"side", b"from a later version")
    };
    for extra in [Chunk::stored(b"x\0\xff ", b""), later] {
        for index in 1..=3 {
            let file = with_extra(index, extra.clone(), true);
            let model = Model::decode(&file).unwrap();
            assert!(model.is_complete());
            assert_eq!(sample::read_back(&model), sample::items());
            // It is part of the file: a cut in it, or damage to it, is still found.
            for cut in 0..file.len() {
                let error = refused(&file[..cut]);
                assert!(matches!(error, FormatError::Truncated { .. }), "{error}");
            }
        }
    }
    let mut file = with_extra(3, Chunk::stored(b"side", b"from a later version"), true);
    *file.last_mut().unwrap() ^= 1;
    let error = refused(&file);
    assert!(
        matches!(
            error,
            FormatError::Checksum {
                what: "the chunk",
                ..
            }
        ),
        "{error}"
    );
}

#[test]
fn unknown_critical_chunks_are_refused_by_name() {
    for (kind, name) in [
        (b"NEXT", "NEXT"),
        (b"\0\xffab", "\\x00\\xffab"),
        (b"1tem", "1tem"),
    ] {
        for index in 0..3 {
            let file = with_extra(index, Chunk::stored(kind, b"anything"), true);
            let offset = raw::chunks(&file)[index].0 as u64;
            let kind = name.to_string();
            assert_eq!(refused(&file), FormatError::UnknownChunk { offset, kind });
        }
    }
    // By name even when it is compressed in a way that is unknown too.
    let later = Chunk {
        encoding: 2,
        ..Chunk::stored(b"NEXT", b"anything")
    };
    let error = refused(&with_extra(1, later, true));
    assert!(matches!(error, FormatError::UnknownChunk { .. }), "{error}");
}

#[test]
fn chunks_out_of_place_are_refused() {
    let (head, blocks) = sample::by_hand();
    let [first, second, third] = &sample::chunks(&head, &blocks)[..] else {
        panic!("the sample has three chunks");
    };
    let side = Chunk::stored(b"side", b"");
    let cases = [
        (vec![second, first, third], "items before the head"),
        (vec![&side, first, second], "optional chunk before the head"),
        (vec![first, first, second], "a second head"),
        (vec![first, third, second], "begins at row 5, not 3"),
        (vec![first, second, second], "begins at row 3, not 5"),
        (vec![first, second, &side], "5 items by chunk 3 of 3"),
    ];
    for (order, expected) in cases {
        let file = raw::file(&order.into_iter().cloned().collect::<Vec<_>>());
        let error = refused(&file);
        assert!(
            matches!(
                error,
                FormatError::Invalid {
                    offset: Some(16..),
                    ..
                }
            ),
            "{error}"
        );
        assert!(error.to_string().contains(expected), "{error}");
    }
}

#[test]
fn bytes_after_the_last_chunk_are_refused() {
    let file = sample::bytes();
    let offset = file.len() as u64;
    for extra in [&b"\0"[..], b"\n", &file, &[b'z'; 40]] {
        let longer = [&file, extra].concat();
        assert_eq!(refused(&longer), FormatError::TrailingBytes { offset });
        let mut decoder = Decoder::new();
        assert_eq!(decoder.push(&file).unwrap().len(), 3);
        assert_eq!(decoder.finish(), Ok(()));
        assert_eq!(
            decoder.push(extra),
            Err(FormatError::TrailingBytes { offset })
        );
    }
    for uncounted in [b"side", b"ITEM"] {
        let file = with_extra(3, Chunk::stored(uncounted, b""), false);
        assert!(matches!(refused(&file), FormatError::TrailingBytes { .. }));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn arbitrary_bytes_never_panic(bytes in vec(any::<u8>(), 0..400)) {
        prop_assert!(Model::decode(&bytes).is_err());
    }

    /// Past the checksums, where the parser is: arbitrary payloads in sound frames.
    #[test]
    fn arbitrary_payloads_never_panic(
        head in vec(any::<u8>(), 0..200),
        items in vec(any::<u8>(), 0..200),
    ) {
        prop_assert!(Model::decode(&raw::file(&[Chunk::stored(b"HEAD", &head)])).is_err());
        let file = with_chunk(1, |chunk| *chunk = Chunk::stored(b"ITEM", &items));
        prop_assert!(Model::decode(&file).is_err());
    }

    /// Nearly right payloads reach further than arbitrary ones.
    #[test]
    fn changed_payloads_never_panic(
        chunk in 0usize..3,
        changes in vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let (head, blocks) = sample::by_hand();
        let mut chunks = sample::chunks(&head, &blocks);
        for (at, byte) in changes {
            let payload = &mut chunks[chunk].payload;
            let at = at.index(payload.len());
            payload[at] = byte;
        }
        if let Ok(model) = Model::decode(&raw::file(&chunks)) {
            prop_assert_eq!(sample::read_back(&model).len(), 7);
        }
    }
}
