//! What is written is what is read.

use std::collections::BTreeSet;

use matinee_format::{
    DataSet, Evaluation, Feedback, Header, ItemRecord, Model, ModelCard, RatingScale, Scale,
    Setting, encode,
};
use proptest::collection::{btree_set, vec};
use proptest::prelude::*;

use crate::raw;
use crate::sample;

/// Any text that may be an id, a title or a name: of any script, without the characters that separate them.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z0-9]{1,8}",
        "\\PC{1,12}",
        any::<String>().prop_map(|text| text.replace(['\t', '\n', '\r'], " ")),
    ]
    .prop_filter("not empty", |text| !text.is_empty())
}

fn catalogue() -> impl Strategy<Value = String> {
    "[^:\\p{C}]{1,16}"
}

fn feedback() -> impl Strategy<Value = Feedback> {
    let weight = || -1.0f32..=1.0;
    let scaled = (
        0u8..4,
        prop::sample::select(&[0.25f32, 0.5, 1.0, 10.0][..]),
        1usize..12,
    )
        .prop_flat_map(move |(min, step, steps)| {
            let min = f32::from(min) * step;
            let max = min + steps as f32 * step;
            let scale = Some(RatingScale { min, max, step });
            (Just(scale), vec(weight(), steps + 1))
        });
    let implicit = vec(weight(), 1).prop_map(|weights| (None, weights));
    let share = || 0.0f32..=1.0;
    let means = (0.0f32..10.0, share(), vec(share(), 0..24));
    (prop_oneof![scaled, implicit], weight(), means).prop_map(
        |((scale, weights), not_for_me, (mean, own_mean, watched))| Feedback {
            scale,
            weights,
            not_for_me,
            mean,
            own_mean,
            watched,
        },
    )
}

fn card() -> impl Strategy<Value = ModelCard> {
    let free = any::<String>;
    let number = prop::num::f64::ANY.prop_filter("equal to itself", |x| !x.is_nan());
    let data_set = (free(), free(), free()).prop_map(|(name, licence, citation)| DataSet {
        name,
        licence,
        citation,
    });
    let setting = (free(), free()).prop_map(|(name, value)| Setting { name, value });
    let evaluation =
        (free(), free(), number, 0.0..1.0).prop_map(|(protocol, metric, value, standard_error)| {
            Evaluation {
                protocol,
                metric,
                value,
                standard_error,
            }
        });
    (
        (free(), free(), any::<u64>(), any::<u64>()),
        (any::<i64>(), any::<i64>()),
        (
            vec(data_set, 0..3),
            vec(setting, 0..3),
            vec(evaluation, 0..3),
        ),
    )
        .prop_map(
            |((name, algorithm, users, ratings), dates, lists)| ModelCard {
                name,
                data_sets: lists.0,
                algorithm,
                users,
                ratings,
                first_rating: dates.0,
                last_rating: dates.1,
                settings: lists.1,
                evaluations: lists.2,
            },
        )
}

fn header() -> impl Strategy<Value = Header> {
    let shape = (prop_oneof![1u16..24, 1000u16..=1024], 1u8..=127, -64i8..=64);
    (catalogue(), shape, vec(text(), 0..=64), feedback(), card()).prop_map(
        |(catalogue, (dims, levels, weight_shift), genres, feedback, card)| Header {
            catalogue,
            dims,
            levels,
            items_total: 0,
            chunks_total: 0,
            weight_shift,
            genres,
            feedback,
            card,
        },
    )
}

fn item(id: String, dims: u16, levels: u8, genres: u64) -> impl Strategy<Value = ItemRecord> {
    let scale = || (0u16..0x7f80).prop_map(Scale::from_bits);
    let bias = any::<u16>()
        .prop_map(Scale::from_bits)
        .prop_filter("finite", |scale| scale.value().is_finite());
    let levels = levels as i8;
    (
        (text(), vec(text(), 0..3)),
        (any::<u16>(), any::<u64>()),
        (any::<u32>(), any::<u32>(), any::<u32>()),
        (scale(), scale(), bias),
        vec(-levels..=levels, usize::from(dims)),
    )
        .prop_map(
            move |((title, alt_titles), (year, mask), (popularity, imdb, tmdb), scales, codes)| {
                ItemRecord {
                    id: id.clone(),
                    title,
                    alt_titles,
                    year: Some(year).filter(|&year| year > 0),
                    genres: mask & genres,
                    popularity,
                    imdb: Some(imdb).filter(|&id| id > 0),
                    tmdb: Some(tmdb).filter(|&id| id > 0),
                    in_scale: scales.0,
                    out_scale: scales.1,
                    bias: scales.2,
                    codes,
                }
            },
        )
}

fn items(header: &Header) -> impl Strategy<Value = Vec<ItemRecord>> + use<> {
    let (dims, levels) = (header.dims, header.levels);
    let genres = match header.genres.len() {
        64 => u64::MAX,
        n => (1 << n) - 1,
    };
    btree_set(text(), 1..16)
        .prop_map(|ids: BTreeSet<String>| Vec::from_iter(ids))
        .prop_shuffle()
        .prop_flat_map(move |ids| {
            ids.into_iter()
                .map(|id| item(id, dims, levels, genres))
                .collect::<Vec<_>>()
        })
        .prop_map(|mut items| {
            items.sort_by_key(|item| std::cmp::Reverse(item.popularity));
            items
        })
}

/// A valid model and sizes to cut it into.
pub(crate) fn model() -> impl Strategy<Value = (Header, Vec<ItemRecord>, Vec<usize>)> {
    header().prop_flat_map(|header| {
        let items = items(&header);
        (Just(header), items, vec(0usize..8, 0..5))
    })
}

proptest! {
    #[test]
    fn decoding_undoes_encoding((header, items, sizes) in model()) {
        let bytes = encode(header.clone(), &items, &sizes).unwrap();
        let model = Model::decode(&bytes).unwrap();
        prop_assert!(model.is_complete());
        prop_assert_eq!(sample::read_back(&model), items.clone());
        for (row, item) in (0..).zip(&items) {
            prop_assert_eq!(model.row_of(&item.id), Some(row));
        }
        let expected = Header {
            items_total: items.len() as u32,
            chunks_total: raw::chunks(&bytes).len() as u32,
            ..header
        };
        prop_assert_eq!(model.header(), &expected);
    }

    #[test]
    fn the_same_model_is_the_same_bytes((header, items, sizes) in model()) {
        let first = encode(header.clone(), &items, &sizes).unwrap();
        prop_assert_eq!(first, encode(header, &items, &sizes).unwrap());
    }
}

#[test]
fn chunk_sizes_are_followed_and_the_last_repeats() {
    let sizes = |sizes: &[usize]| -> Vec<u8> {
        let file = encode(sample::header(), &sample::items(), sizes).unwrap();
        let mut decoder = matinee_format::Decoder::new();
        let chunks = decoder.push(&file).unwrap();
        chunks
            .iter()
            .map(|chunk| match chunk {
                matinee_format::Chunk::Head(_, items) | matinee_format::Chunk::Items(items) => {
                    items.count() as u8
                }
                other => panic!("{other:?} is not in this file"),
            })
            .collect()
    };
    assert_eq!(sizes(&[]), [7]);
    assert_eq!(sizes(&[100]), [7]);
    assert_eq!(sizes(&[1, 2]), [1, 2, 2, 2]);
    assert_eq!(sizes(&[4, 0]), [4, 1, 1, 1]);
}

#[test]
fn an_unknown_id_has_no_row() {
    let model = Model::decode(&sample::bytes()).unwrap();
    assert_eq!(model.row_of("4973"), Some(1));
    assert_eq!(model.row_of("4974"), None);
    assert_eq!(model.row_of(""), None);
}

#[test]
fn a_model_needs_an_item() {
    let error = encode(sample::header(), &[], &[1]).unwrap_err();
    assert!(error.to_string().contains("at least one item"), "{error}");
}

#[test]
fn separators_in_texts_are_refused_by_name() {
    for text in ["a\tb", "a\nb", "a\rb"] {
        let break_one: [fn(&mut ItemRecord, String); 3] = [
            |item, text| item.id = text,
            |item, text| item.title = text,
            |item, text| item.alt_titles = vec![text],
        ];
        for break_it in break_one {
            let mut items = sample::items();
            break_it(&mut items[2], text.into());
            let error = encode(sample::header(), &items, &[3]).unwrap_err();
            assert!(error.to_string().contains("tab or a line break"), "{error}");
        }
    }
}
