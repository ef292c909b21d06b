//! A small model with every feature of the format, made by hand. It is the one in the golden file.

use matinee_format::{
    DataSet, Evaluation, Feedback, Header, ItemRecord, Model, ModelCard, RatingScale, Scale,
    Setting, encode,
};

use crate::raw;

pub(crate) const CHUNK_SIZES: [usize; 3] = [3, 2, 2];

/// The sample, encoded.
pub(crate) fn bytes() -> Vec<u8> {
    encode(header(), &items(), &CHUNK_SIZES).expect("the sample is valid")
}

pub(crate) fn header() -> Header {
    let genres = [
        "Animation",
        "Comedy",
        "Crime",
        "Drama",
        "Fantasy",
        "Romance",
        "Thriller",
    ];
    Header {
        catalogue: "movielens".into(),
        dims: 4,
        levels: 127,
        items_total: 7,
        chunks_total: 3,
        weight_shift: 16,
        genres: genres.map(String::from).into(),
        feedback: Feedback {
            scale: Some(RatingScale {
                min: 0.5,
                max: 5.0,
                step: 0.5,
            }),
            weights: vec![
                -1.0, -0.875, -0.75, -0.5, -0.25, 0.125, 0.25, 0.5, 0.75, 1.0,
            ],
            not_for_me: -0.625,
            mean: 3.5,
            own_mean: 0.25,
            watched: vec![0.875, 0.75],
        },
        card: ModelCard {
            name: "Séance d'essai".into(),
            data_sets: vec![
                DataSet {
                    name: "A handful of films".into(),
                    licence: "CC0-1.0".into(),
                    citation: "Made by hand for the tests of the format.".into(),
                },
                DataSet {
                    name: "Another handful".into(),
                    licence: "MIT".into(),
                    citation: String::new(),
                },
            ],
            algorithm: "dlae".into(),
            users: 330_975,
            ratings: 5_000_000_000,
            first_rating: -14_182_940,
            last_rating: 1_697_164_147,
            settings: vec![
                Setting {
                    name: "dims".into(),
                    value: "4".into(),
                },
                Setting {
                    name: "beta".into(),
                    value: "0.25".into(),
                },
            ],
            evaluations: vec![
                Evaluation {
                    protocol: "strong".into(),
                    metric: "NDCG@100".into(),
                    value: 0.4325,
                    standard_error: 0.0015,
                },
                Evaluation {
                    protocol: "strong".into(),
                    metric: "Recall@20".into(),
                    value: 0.375,
                    standard_error: 0.002,
                },
            ],
        },
    }
}

struct Row(
    &'static str,
    &'static [&'static str],
    u16,
    u64,
    u32,
    u32,
    u32,
    [i8; 4],
);

/// Unknown years and numbers are 0 here.
const ROWS: [Row; 7] = [
    Row(
        "318",
        &["The Shawshank Redemption"],
        1994,
        0b1100,
        122_296,
        111_161,
        278,
        [127, -3, 0, 12],
    ),
    Row(
        "4973",
        &[
            "Amélie",
            "Le Fabuleux Destin d'Amélie Poulain",
            "Amelie from Montmartre",
        ],
        2001,
        0b10_0010,
        34_320,
        211_915,
        194,
        [-127, 5, 90, 1],
    ),
    Row(
        "5618",
        &[
            "Spirited Away",
            "千と千尋の神隠し",
            "Sen to Chihiro no kamikakushi",
        ],
        2001,
        0b1_0001,
        34_320,
        245_429,
        129,
        [64, 64, -64, -64],
    ),
    Row(
        "293",
        &["Léon: The Professional", "Леон"],
        1994,
        0b100_1100,
        41,
        110_413,
        0,
        [1, 2, 3, 4],
    ),
    Row("tt-ø/42", &["Ænigma 🎬"], 0, 0, 7, 0, 0, [0, 0, 0, -1]),
    Row(
        "2324",
        &["Life Is Beautiful", "La vita è bella"],
        1997,
        0b10_1010,
        7,
        118_799,
        637,
        [-9, 8, -7, 6],
    ),
    Row(
        "no ratings",
        &["Ñandú"],
        65_535,
        0b100_0000,
        0,
        u32::MAX,
        u32::MAX,
        [-64, 0, 64, 0],
    ),
];

pub(crate) fn items() -> Vec<ItemRecord> {
    let known = |value: u32| Some(value).filter(|&value| value > 0);
    let scales = [1.0, 0.5, 0.015625, 1.5, 3.0, 0.0, 1.0e-20].map(Scale::nearest);
    ROWS.iter()
        .enumerate()
        .map(
            |(row, &Row(id, titles, year, genres, popularity, imdb, tmdb, codes))| ItemRecord {
                id: id.into(),
                title: titles[0].into(),
                alt_titles: titles[1..].iter().map(|&title| title.into()).collect(),
                year: Some(year).filter(|&year| year > 0),
                genres,
                popularity,
                imdb: known(imdb),
                tmdb: known(tmdb),
                in_scale: scales[row],
                out_scale: scales[6 - row],
                bias: Scale::nearest(row as f32 * 0.25 - 0.5),
                codes: codes.into(),
            },
        )
        .collect()
}

/// The sample for [`raw`]: chunk 0 and the blocks of the chunks that follow it.
pub(crate) fn by_hand() -> (raw::Head, Vec<raw::Block>) {
    let (header, items) = (header(), items());
    let mut start = 0;
    let mut blocks: Vec<raw::Block> = Vec::new();
    for size in CHUNK_SIZES {
        blocks.push(block(&items[start..start + size], start));
        start += size;
    }
    let Header { feedback, card, .. } = header;
    let scale = feedback.scale.map_or((0, vec![]), |scale| {
        (1, vec![scale.min, scale.max, scale.step])
    });
    let head = raw::Head {
        catalogue: header.catalogue.into(),
        dims: header.dims.into(),
        levels: header.levels,
        items_total: items.len() as u64,
        chunks_total: blocks.len() as u64,
        weight_shift: header.weight_shift,
        genres: header.genres,
        scale,
        weights: feedback.weights,
        not_for_me: feedback.not_for_me,
        mean: feedback.mean,
        own_mean: feedback.own_mean,
        watched: feedback.watched,
        name: card.name,
        data_sets: card
            .data_sets
            .into_iter()
            .map(|set| [set.name, set.licence, set.citation])
            .collect(),
        algorithm: card.algorithm,
        users: card.users,
        ratings: card.ratings,
        first_rating: card.first_rating,
        last_rating: card.last_rating,
        settings: card
            .settings
            .into_iter()
            .map(|setting| [setting.name, setting.value])
            .collect(),
        evaluations: card
            .evaluations
            .into_iter()
            .map(|e| ([e.protocol, e.metric], [e.value, e.standard_error]))
            .collect(),
        items: blocks.remove(0),
    };
    (head, blocks)
}

fn block(items: &[ItemRecord], first_row: usize) -> raw::Block {
    let column = |of: fn(&ItemRecord) -> u64| items.iter().map(of).collect::<Vec<u64>>();
    let mut block = raw::Block {
        first_row: first_row as u64,
        count: items.len() as u64,
        years: column(|item| item.year.map_or(0, u64::from)),
        genres: column(|item| item.genres),
        popularity: column(|item| item.popularity.into()),
        imdb: column(|item| item.imdb.map_or(0, u64::from)),
        tmdb: column(|item| item.tmdb.map_or(0, u64::from)),
        in_scales: column(|item| item.in_scale.to_bits().into()),
        out_scales: column(|item| item.out_scale.to_bits().into()),
        biases: column(|item| item.bias.to_bits().into()),
        ..raw::Block::default()
    };
    for item in items {
        block.ids.extend(item.id.bytes().chain([b'\n']));
        block.titles.extend(item.title.bytes());
        for title in &item.alt_titles {
            block.titles.extend([b'\t']);
            block.titles.extend(title.bytes());
        }
        block.titles.push(b'\n');
        block
            .codes
            .extend(item.codes.iter().map(|&code| code as u8));
    }
    block
}

/// Stored chunks of a file that holds `head` and then `blocks`.
pub(crate) fn chunks(head: &raw::Head, blocks: &[raw::Block]) -> Vec<raw::Chunk> {
    let head = raw::Chunk::stored(b"HEAD", &head.payload());
    let blocks = blocks
        .iter()
        .map(|block| raw::Chunk::stored(b"ITEM", &block.payload()));
    std::iter::once(head).chain(blocks).collect()
}

/// Everything a model says, as it was given to the writer.
pub(crate) fn read_back(model: &Model) -> Vec<ItemRecord> {
    (0..model.len() as u32)
        .map(|row| {
            let item = model.item(row);
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
