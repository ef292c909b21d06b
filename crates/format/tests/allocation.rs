//! Memory: whatever the bytes say, decoding holds no more than [`MAX_AMPLIFICATION`] times their number.
//!
//! A test binary of its own, with one test, because the allocator counts the whole process. It counts a vector
//! that grows as old and new together, as it is in the worst case.

use matinee_format::{Decoder, MAX_AMPLIFICATION, MAX_RATIO, Model};
use peak_alloc::PeakAlloc;

#[path = "format/raw.rs"]
#[expect(dead_code, reason = "the other tests use the rest")]
mod raw;
#[path = "format/sample.rs"]
#[expect(dead_code, reason = "the other tests use the rest")]
mod sample;

use raw::{Block, Chunk as Frame, Head};

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

const MEGABYTE: usize = 1 << 20;

/// Bytes held at the peak of `work`, beyond those held before.
fn peak<T>(work: impl FnOnce() -> T) -> usize {
    let before = ALLOCATOR.current_usage();
    ALLOCATOR.reset_peak_usage();
    let result = work();
    let peak = ALLOCATOR.peak_usage() - before;
    drop(result);
    peak
}

/// Feeds the file in pieces and keeps the model, as a browser does.
fn stream(file: &[u8], piece: usize) -> Option<Model> {
    let mut decoder = Decoder::new();
    let mut model: Option<Model> = None;
    for piece in file.chunks(piece) {
        Model::grow(&mut model, decoder.push(piece).ok()?).ok()?;
    }
    model
}

/// Deflated to grow exactly as often as a chunk may, if the data lets it.
fn packed(kind: &[u8; 4], payload: &[u8]) -> Frame {
    Frame::deflated(kind, payload, MAX_RATIO as usize)
}

/// A block of `count` items that takes as few bytes as one can.
fn smallest_items(first_row: u64, count: u64) -> Block {
    let zeros = vec![0; count as usize];
    let ids: Vec<String> = (first_row..first_row + count)
        .map(|row| format!("{row:x}\n"))
        .collect();
    Block {
        first_row,
        count,
        ids: ids.concat().into(),
        titles: b"t\n".repeat(count as usize),
        years: zeros.clone(),
        genres: zeros.clone(),
        popularity: zeros.clone(),
        imdb: zeros.clone(),
        tmdb: zeros.clone(),
        in_scales: zeros.clone(),
        out_scales: zeros.clone(),
        biases: zeros,
        codes: vec![0; count as usize],
    }
}

fn head(items_total: u64, chunks_total: u64) -> Head {
    let (head, _) = sample::by_hand();
    Head {
        dims: 1,
        items_total,
        chunks_total,
        items: smallest_items(0, 1),
        ..head
    }
}

/// Files made to cost as much memory as they can.
fn hostile_files() -> Vec<(&'static str, Vec<u8>)> {
    let zeros = vec![0; 2 * MEGABYTE];
    let one_then = |block: &Block| {
        let chunks = [
            packed(b"HEAD", &head(u32::MAX.into(), u32::MAX.into()).payload()),
            packed(b"ITEM", &block.payload()),
        ];
        raw::file(&chunks)
    };
    let mut files = Vec::new();

    // Columns whose elements take one byte in the file and eight in memory, in a block that is refused at its end.
    for columns in 1..=4 {
        let mut block = Block::default();
        for column in [
            &mut block.genres,
            &mut block.popularity,
            &mut block.imdb,
            &mut block.tmdb,
        ]
        .into_iter()
        .take(columns)
        {
            column.clone_from(&zeros);
        }
        files.push(("wide columns", one_then(&block)));
    }
    let many = smallest_items(1, 200_000);
    let twice = Block {
        ids: b"i\n".repeat(200_000),
        ..many.clone()
    };
    files.push(("the same id again and again", one_then(&twice)));
    let early = Block {
        popularity: vec![1; 200_000],
        ..many.clone()
    };
    files.push(("a block that is refused by the model", one_then(&early)));

    let whole = raw::file(&[
        packed(b"HEAD", &head(200_001, 2).payload()),
        packed(b"ITEM", &many.payload()),
    ]);
    assert!(Model::decode(&whole).is_ok());
    files.push(("as many items as fit, in one chunk", whole));
    for size in [1, 10, 1000] {
        let chunks: Vec<Frame> = (0..20_000 / size)
            .map(|index| packed(b"ITEM", &smallest_items(1 + index * size, size).payload()))
            .collect();
        let head = head(20_001, 1 + chunks.len() as u64);
        let whole = raw::file(&[vec![packed(b"HEAD", &head.payload())], chunks].concat());
        assert!(Model::decode(&whole).is_ok());
        files.push(("as many items as fit, in chunks", whole));
    }

    let mut lists = head(1, 1);
    lists.settings = vec![Default::default(); 1024];
    lists.data_sets = vec![Default::default(); 1024];
    lists.evaluations = vec![Default::default(); 1024];
    files.push((
        "long lists",
        raw::file(&[packed(b"HEAD", &lists.payload())]),
    ));
    lists.settings = vec![Default::default(); MEGABYTE];
    files.push((
        "a list too long",
        raw::file(&[packed(b"HEAD", &lists.payload())]),
    ));
    let mut long = head(1, 1);
    long.name = "\u{1}".repeat(4 * MEGABYTE);
    files.push((
        "a long text",
        raw::file(&[packed(b"HEAD", &long.payload())]),
    ));
    long.catalogue = long.name.clone().into();
    files.push((
        "a long name, refused",
        raw::file(&[packed(b"HEAD", &long.payload())]),
    ));
    let mut weights = head(1, 1);
    weights.weights = vec![-f32::MIN_POSITIVE; MEGABYTE];
    files.push((
        "many weights",
        raw::file(&[packed(b"HEAD", &weights.payload())]),
    ));

    // Stars: numbers of four bytes are the widest, codes the most.
    let stars = |lists: [Vec<f32>; 6], codes: usize| raw::Stars {
        first_row: 0,
        count: codes as u64,
        prior: Some(raw::StarPrior {
            dims: 0,
            numbers: [0.0, 1.0, 1.0, 1.0],
            lists,
        }),
        codes: vec![0; codes],
    };
    let sound = [
        vec![0.0, 1.0, 0.0, 0.0],
        vec![1.0],
        vec![1.0],
        vec![1.0],
        vec![1.0, 0.0, 1.0],
        vec![0.0; 8],
    ];
    let with_stars = |head: &Head, stars: &raw::Stars| {
        raw::file(&[
            packed(b"HEAD", &head.payload()),
            packed(b"star", &stars.chunk().payload),
        ])
    };
    let wide = vec![f32::MIN_POSITIVE; MEGABYTE];
    files.push((
        "stars with wide lists, refused",
        with_stars(
            &head(1, 2),
            &stars(std::array::from_fn(|_| wide.clone()), 1),
        ),
    ));
    let all = Head {
        items: smallest_items(0, 200_000),
        ..head(200_000, 2)
    };
    let whole = with_stars(&all, &stars(sound, 200_000));
    assert!(Model::decode(&whole).is_ok_and(|model| model.stars().is_some()));
    files.push(("as many stars as fit", whole));

    let bomb = miniz_oxide::deflate::compress_to_vec(&vec![0; 64 * MEGABYTE], 9);
    for raw_len in [64 << 20, bomb.len() as u32 * MAX_RATIO] {
        let bomb = Frame {
            kind: *b"HEAD",
            encoding: 1,
            raw_len,
            declared: None,
            payload: bomb.clone(),
        };
        files.push(("a bomb", raw::file(&[bomb])));
    }
    let promise = Frame {
        declared: Some(64 << 20),
        raw_len: 64 << 20,
        ..Frame::stored(b"HEAD", b"")
    };
    files.push(("a promise", raw::file(&[promise])));
    let skipped = Frame {
        encoding: 9,
        raw_len: u32::MAX,
        ..Frame::stored(b"side", &[0; MEGABYTE])
    };
    let file = raw::file(&[packed(b"HEAD", &head(1, 2).payload()), skipped]);
    files.push(("a chunk to skip", file));
    files
}

#[test]
fn memory_stays_within_its_bound() {
    let files = hostile_files();
    let mut worst = 0.0f64;
    for (name, file) in &files {
        let limit = MAX_AMPLIFICATION * file.len() + MEGABYTE;
        let peaks = [
            peak(|| Model::decode(file)),
            peak(|| stream(file, file.len())),
            peak(|| stream(file, 1400)),
            peak(|| stream(file, 7)),
        ];
        for peak in peaks {
            assert!(peak <= limit, "{name}: {} bytes took {peak}", file.len());
        }
        let most = peaks.into_iter().max().unwrap_or(0);
        worst = worst.max(most.saturating_sub(MEGABYTE) as f64 / file.len() as f64);
    }
    let bound = MAX_AMPLIFICATION as f64;
    assert!(
        worst > 0.8 * bound,
        "nothing takes more than {worst:.0} of {bound}: state less"
    );
}
