//! Chunks with right checksums and wrong contents.

use matinee_format::{FormatError, Model};

use crate::raw::{self, Block, Chunk, Head, Payload};
use crate::sample;

fn decode(head: &Head, blocks: &[Block]) -> Result<Model, FormatError> {
    Model::decode(&raw::file(&sample::chunks(head, blocks)))
}

#[test]
fn the_hand_written_file_is_the_written_one() {
    let (head, blocks) = sample::by_hand();
    let written = raw::chunks(&sample::bytes());
    let by_hand = sample::chunks(&head, &blocks);
    assert_eq!(written.len(), by_hand.len());
    for ((_, written), by_hand) in written.iter().zip(by_hand) {
        let raw = match written.encoding {
            0 => written.payload.clone(),
            _ => miniz_oxide::inflate::decompress_to_vec(&written.payload).unwrap(),
        };
        assert_eq!((written.kind, raw), (by_hand.kind, by_hand.payload));
    }
    let model = decode(&head, &blocks).unwrap();
    assert_eq!(sample::read_back(&model), sample::items());
}

/// Every length prefix in a payload, replaced by lengths that are not there.
#[test]
fn forged_lengths_are_refused() {
    let (head, blocks) = sample::by_hand();
    let forge = |chunk: usize, forge: Option<(usize, u64)>| -> (Vec<u8>, usize) {
        let mut payload = Payload {
            forge,
            ..Payload::default()
        };
        match chunk {
            0 => head.write(&mut payload),
            _ => blocks[chunk - 1].write(&mut payload),
        }
        (payload.bytes, payload.lengths)
    };
    for chunk in 0..3 {
        let (honest, lengths) = forge(chunk, None);
        assert!(lengths >= 11);
        for number in 0..lengths {
            let room = honest.len() as u64;
            for length in [
                room,
                room * 8,
                u64::from(u32::MAX),
                1 << 32,
                u64::MAX / 8,
                u64::MAX,
            ] {
                let mut chunks = sample::chunks(&head, &blocks);
                let kind = chunks[chunk].kind;
                chunks[chunk] = Chunk::stored(&kind, &forge(chunk, Some((number, length))).0);
                let error = Model::decode(&raw::file(&chunks)).unwrap_err();
                assert!(
                    matches!(&error, FormatError::Invalid { offset: Some(_), what } if what.contains("cannot be read")),
                    "length {number} of chunk {chunk} as {length}: {error}"
                );
            }
        }
    }
}

#[test]
fn payloads_that_end_early_or_late_are_refused() {
    let (head, blocks) = sample::by_hand();
    for chunk in 0..3 {
        let honest = sample::chunks(&head, &blocks);
        let refused = |payload: &[u8]| {
            let mut chunks = honest.clone();
            chunks[chunk] = Chunk::stored(&honest[chunk].kind, payload);
            Model::decode(&raw::file(&chunks)).unwrap_err()
        };
        let payload = &honest[chunk].payload;
        for length in 0..payload.len() {
            let error = refused(&payload[..length]);
            assert!(error.to_string().contains("cannot be read"), "{error}");
        }
        let error = refused(&[payload, &b"\0"[..]].concat());
        assert!(error.to_string().contains("left over"), "{error}");
    }
}

#[test]
fn lists_of_records_are_short() {
    let (mut head, blocks) = sample::by_hand();
    head.settings = vec![Default::default(); 1024];
    head.data_sets = vec![Default::default(); 1024];
    head.evaluations = vec![Default::default(); 1024];
    assert!(decode(&head, &blocks).is_ok());
    let longer: [fn(&mut Head); 4] = [
        |head| head.settings.push(Default::default()),
        |head| head.data_sets.push(Default::default()),
        |head| head.evaluations.push(Default::default()),
        |head| head.genres = vec![String::new(); 1025],
    ];
    for longer in longer {
        let mut head = head.clone();
        longer(&mut head);
        let error = decode(&head, &blocks).unwrap_err();
        assert!(error.to_string().contains("longer than allowed"), "{error}");
    }
}

#[test]
fn header_fields_are_held_against_their_ranges() {
    let scale = |min: f32, max: f32, step: f32| (1, vec![min, max, step]);
    type Change = Box<dyn Fn(&mut Head)>;
    let cases: Vec<(&str, Change)> = vec![
        ("name of 0 bytes", Box::new(|h| h.catalogue.clear())),
        (
            "name of 65 bytes",
            Box::new(|h| h.catalogue = vec![b'm'; 65]),
        ),
        ("a colon", Box::new(|h| h.catalogue = b"a:b".into())),
        (
            "a control character",
            Box::new(|h| h.catalogue = b"a\nb".into()),
        ),
        (
            "cannot be read",
            Box::new(|h| h.catalogue = b"\xc3(".into()),
        ),
        ("0 dimensions", Box::new(|h| h.dims = 0)),
        ("1025 dimensions", Box::new(|h| h.dims = 1025)),
        ("cannot be read", Box::new(|h| h.dims = 1 << 16)),
        ("codes up to 0", Box::new(|h| h.levels = 0)),
        ("codes up to 128", Box::new(|h| h.levels = 128)),
        ("beyond the 126 levels", Box::new(|h| h.levels = 126)),
        ("65 genres", Box::new(|h| h.genres = vec!["g".into(); 65])),
        ("genre is not in", Box::new(|h| h.genres.truncate(6))),
        ("0 items in 3 chunks", Box::new(|h| h.items_total = 0)),
        ("7 items in 0 chunks", Box::new(|h| h.chunks_total = 0)),
        ("5 items by chunk 2 of 3", Box::new(|h| h.items_total = 4)),
        ("6 in all", Box::new(|h| h.items_total = 6)),
        ("8 in all", Box::new(|h| h.items_total = 8)),
        ("cannot be read", Box::new(|h| h.items_total = 1 << 32)),
        ("5 items by chunk 2 of 2", Box::new(|h| h.chunks_total = 2)),
        ("weight shift of 65", Box::new(|h| h.weight_shift = 65)),
        ("weight shift of -65", Box::new(|h| h.weight_shift = -65)),
        ("cannot be read", Box::new(|h| h.scale.0 = 2)),
        (
            "a rating scale whose steps",
            Box::new(move |h| h.scale = scale(5.0, 0.5, 0.5)),
        ),
        (
            "a rating scale whose steps",
            Box::new(move |h| h.scale = scale(0.5, 5.0, 0.0)),
        ),
        (
            "a rating scale whose steps",
            Box::new(move |h| h.scale = scale(0.5, 5.0, -0.5)),
        ),
        (
            "a rating scale whose steps",
            Box::new(move |h| h.scale = scale(0.5, 5.0, f32::INFINITY)),
        ),
        (
            "a rating scale whose steps",
            Box::new(move |h| h.scale = scale(0.5, f32::INFINITY, 0.5)),
        ),
        (
            "a rating scale whose steps",
            Box::new(move |h| h.scale = scale(f32::NAN, 5.0, 0.5)),
        ),
        (
            "a rating scale whose steps",
            Box::new(move |h| h.scale = scale(0.5, 5.0, 0.7)),
        ),
        (
            "a rating scale whose steps",
            Box::new(move |h| h.scale = scale(0.5, 5.0, 0.0001)),
        ),
        (
            "10 feedback weights; 1 ",
            Box::new(|h| h.scale = (0, vec![])),
        ),
        (
            "9 feedback weights; 10 ",
            Box::new(|h| h.weights.truncate(9)),
        ),
        ("0 feedback weights", Box::new(|h| h.weights.clear())),
        ("-1 to 1", Box::new(|h| h.weights[9] = 1.001)),
        ("-1 to 1", Box::new(|h| h.weights[0] = f32::NAN)),
        ("-1 to 1", Box::new(|h| h.not_for_me = -1.5)),
        ("a mean rating", Box::new(|h| h.mean = f32::NAN)),
        ("how much of it counts", Box::new(|h| h.own_mean = 1.5)),
        (
            "25 usual shares watched",
            Box::new(|h| h.watched = vec![0.5; 25]),
        ),
        ("each from 0 to 1", Box::new(|h| h.watched = vec![-0.1])),
    ];
    for (expected, change) in cases {
        let (mut head, blocks) = sample::by_hand();
        change(&mut head);
        let error = decode(&head, &blocks).expect_err(expected);
        assert!(
            matches!(
                error,
                FormatError::Invalid {
                    offset: Some(_),
                    ..
                }
            ),
            "{error}"
        );
        assert!(
            error.to_string().contains(expected),
            "{error}, not {expected}"
        );
    }
}

#[test]
fn items_are_held_against_their_ranges() {
    type Change = Box<dyn Fn(&mut Block)>;
    const NAN: u64 = 0x7fc0;
    const INFINITY: u64 = 0x7f80;
    const NEGATIVE: u64 = 0xbf80;
    let ids = |ids: &'static [u8]| move |b: &mut Block| b.ids = ids.into();
    let titles = |titles: &'static [u8]| move |b: &mut Block| b.titles = titles.into();
    let long = [&[b'i'; 256][..], b"\nb\n"].concat();
    let cases: Vec<(&str, Change)> = vec![
        ("begins at row 4, not 3", Box::new(|b| b.first_row = 4)),
        ("begins at row 0, not 3", Box::new(|b| b.first_row = 0)),
        (
            "no items",
            Box::new(|b| {
                *b = Block {
                    first_row: 3,
                    ..Block::default()
                }
            }),
        ),
        ("2 ids for 1 items", Box::new(|b| b.count = 1)),
        ("2 ids for 3 items", Box::new(|b| b.count = 3)),
        ("3 ids for 2", Box::new(ids(b"a\nb\nc\n"))),
        ("plain line feed", Box::new(ids(b"a\nb"))),
        ("plain line feed", Box::new(ids(b"a\r\nb\r\n"))),
        ("plain line feed", Box::new(ids(b"a\rb\nc\n"))),
        ("id is empty", Box::new(ids(b"a\n\n"))),
        ("has a tab", Box::new(ids(b"a\tb\nc\n"))),
        ("longer than 255", Box::new(move |b| b.ids = long.clone())),
        ("cannot be read", Box::new(ids(b"\xff\nb\n"))),
        ("1 titles for 2", Box::new(titles(b"a\n"))),
        ("plain line feed", Box::new(titles(b"a\nb"))),
        ("plain line feed", Box::new(titles(b"a\r\nb\n"))),
        ("title is empty", Box::new(titles(b"a\n\n"))),
        ("title is empty", Box::new(titles(b"a\t\nb\n"))),
        ("title is empty", Box::new(titles(b"a\t\tc\nb\n"))),
        ("title is empty", Box::new(titles(b"\ta\nb\n"))),
        ("cannot be read", Box::new(titles(b"\xed\xa0\x80\nb\n"))),
        ("3 years", Box::new(|b| b.years.push(1))),
        ("cannot be read", Box::new(|b| b.years[0] = 1 << 16)),
        ("1 genres", Box::new(|b| b.genres.truncate(1))),
        ("genre is not in", Box::new(|b| b.genres[1] = 1 << 7)),
        ("genre is not in", Box::new(|b| b.genres[1] = 1 << 63)),
        ("3 popularity", Box::new(|b| b.popularity.push(0))),
        ("popularity order", Box::new(|b| b.popularity.swap(0, 1))),
        (
            "popularity order at row 3",
            Box::new(|b| b.popularity[0] = 34_321),
        ),
        ("0 IMDb ids", Box::new(|b| b.imdb.clear())),
        ("1 TMDB ids", Box::new(|b| b.tmdb.truncate(1))),
        ("cannot be read", Box::new(|b| b.tmdb[0] = 1 << 32)),
        ("3 in-scales", Box::new(|b| b.in_scales.push(0))),
        ("1 out-scales", Box::new(|b| b.out_scales.truncate(1))),
        ("3 biases", Box::new(|b| b.biases.push(0))),
        ("a scale is", Box::new(|b| b.in_scales[1] = NAN)),
        ("a scale is", Box::new(|b| b.in_scales[0] = INFINITY)),
        ("a scale is", Box::new(|b| b.in_scales[0] = NEGATIVE)),
        ("a scale is", Box::new(|b| b.out_scales[1] = NAN)),
        ("a scale is", Box::new(|b| b.out_scales[1] = INFINITY)),
        ("a scale is", Box::new(|b| b.out_scales[0] = NEGATIVE)),
        ("a bias is", Box::new(|b| b.biases[0] = NAN)),
        ("a bias is", Box::new(|b| b.biases[1] = INFINITY)),
        ("a bias is", Box::new(|b| b.biases[1] = 0xff80)),
        (
            "7 codes for 2 items of 4",
            Box::new(|b| b.codes.truncate(7)),
        ),
        ("9 codes for 2 items of 4", Box::new(|b| b.codes.push(0))),
        ("beyond the 127 levels", Box::new(|b| b.codes[5] = 0x80)),
        ("share the id \"twice\"", Box::new(ids(b"twice\ntwice\n"))),
        ("share the id \"4973\"", Box::new(ids(b"new\n4973\n"))),
    ];
    for (expected, change) in cases {
        let (head, mut blocks) = sample::by_hand();
        change(&mut blocks[0]);
        let error = decode(&head, &blocks).expect_err(expected);
        assert!(matches!(error, FormatError::Invalid { .. }), "{error}");
        assert!(
            error.to_string().contains(expected),
            "{error}, not {expected}"
        );
    }
}

#[test]
fn a_negative_bias_and_a_zero_scale_are_sound() {
    let (head, mut blocks) = sample::by_hand();
    blocks[0].biases = vec![0xbf80, 0x8000];
    blocks[0].in_scales = vec![0, 0];
    let model = decode(&head, &blocks).unwrap();
    assert_eq!((model.bias(3), model.in_scale(3)), (-1.0, 0.0));
}

#[test]
fn integers_may_be_longer_than_needed() {
    let (head, blocks) = sample::by_hand();
    let mut chunks = sample::chunks(&head, &blocks);
    let payload = &mut chunks[1].payload;
    assert_eq!(payload[..2], [3, 2]);
    payload.splice(..2, [252, 3, 0, 0, 0, 251, 2, 0]);
    chunks[1] = Chunk::stored(b"ITEM", &payload.clone());
    let model = Model::decode(&raw::file(&chunks)).unwrap();
    assert_eq!(sample::read_back(&model), sample::items());
}
