//! Any valid model: the writer takes it, and the reader gives back exactly what was written.

#![no_main]

use std::ops::RangeInclusive;

use arbitrary::{Result, Unstructured};
use libfuzzer_sys::{Corpus, fuzz_target};
use matinee_format::{
    DataSet, Evaluation, Feedback, Header, ItemRecord, Model, ModelCard, RatingScale, Scale,
    Setting, encode,
};

fuzz_target!(|input: &[u8]| -> Corpus {
    let mut source = Unstructured::new(input);
    let Ok((header, items, sizes)) = model(&mut source) else {
        return Corpus::Reject;
    };
    let file = encode(header.clone(), &items, &sizes).expect("the model is valid");
    let model = Model::decode(&file).expect("what was written can be read");
    assert_eq!(model.len(), items.len());
    let read = model.header();
    assert_eq!(read.items_total as usize, items.len());
    let expected = Header {
        items_total: read.items_total,
        chunks_total: read.chunks_total,
        ..header
    };
    // As text: a not-a-number in the model card is not equal to itself.
    assert_eq!(format!("{read:?}"), format!("{expected:?}"));
    for (row, expected) in (0..).zip(&items) {
        let item = model.item(row);
        let known = |number: Option<u32>| number.filter(|&number| number > 0);
        assert_eq!((item.id, item.title), (&*expected.id, &*expected.title));
        assert!(item.alt_titles().eq(&expected.alt_titles));
        assert_eq!(item.year, expected.year.filter(|&year| year > 0));
        assert_eq!(
            (item.genres, item.popularity),
            (expected.genres, expected.popularity)
        );
        assert_eq!(
            (item.imdb, item.tmdb),
            (known(expected.imdb), known(expected.tmdb))
        );
        assert_eq!(model.in_scale(row), expected.in_scale.value());
        assert_eq!(model.out_scale(row), expected.out_scale.value());
        assert_eq!(model.bias(row), expected.bias.value());
        assert_eq!(model.codes(row), expected.codes);
        assert_eq!(model.row_of(&expected.id), Some(row));
    }
    Corpus::Keep
});

fn model(source: &mut Unstructured) -> Result<(Header, Vec<ItemRecord>, Vec<usize>)> {
    let header = header(source)?;
    let mut items = list(source, 1..=12, |source| item(source, &header))?;
    for (row, item) in items.iter_mut().enumerate() {
        item.id = format!("{row}{}", item.id);
    }
    items.sort_by_key(|item| std::cmp::Reverse(item.popularity));
    let sizes = list(source, 0..=4, |source| source.int_in_range(0..=6))?;
    Ok((header, items, sizes))
}

fn header(source: &mut Unstructured) -> Result<Header> {
    let mut catalogue = text(source)?;
    catalogue.retain(|c| c != ':' && !c.is_control());
    catalogue.truncate(catalogue.floor_char_boundary(63));
    catalogue.push('m');
    Ok(Header {
        catalogue,
        dims: source.int_in_range(1..=9)?,
        levels: source.int_in_range(1..=127)?,
        items_total: source.arbitrary()?,
        chunks_total: source.arbitrary()?,
        weight_shift: source.int_in_range(-64..=64)?,
        genres: list(source, 0..=64, text)?,
        feedback: feedback(source)?,
        card: card(source)?,
    })
}

fn feedback(source: &mut Unstructured) -> Result<Feedback> {
    let steps = source.int_in_range(0..=12)?;
    let step = f32::from(source.int_in_range(1..=40u8)?) / 4.0;
    let min = f32::from(source.arbitrary::<u8>()?) * step;
    let scale = RatingScale {
        min,
        max: min + steps as f32 * step,
        step,
    };
    let scale = source.arbitrary::<bool>()?.then_some(scale);
    let weight = |source: &mut Unstructured| Ok(f32::from(source.int_in_range(-99..=99i8)?) / 99.0);
    let count = if scale.is_some() { steps + 1 } else { 1 };
    Ok(Feedback {
        scale,
        weights: list(source, count..=count, weight)?,
        not_for_me: weight(source)?,
        mean: 0.0,
        own_mean: 0.0,
        watched: Vec::new(),
    })
}

fn card(source: &mut Unstructured) -> Result<ModelCard> {
    Ok(ModelCard {
        name: source.arbitrary()?,
        data_sets: list(source, 0..=3, |source| {
            Ok(DataSet {
                name: source.arbitrary()?,
                licence: source.arbitrary()?,
                citation: source.arbitrary()?,
            })
        })?,
        algorithm: source.arbitrary()?,
        users: source.arbitrary()?,
        ratings: source.arbitrary()?,
        first_rating: source.arbitrary()?,
        last_rating: source.arbitrary()?,
        settings: list(source, 0..=3, |source| {
            Ok(Setting {
                name: source.arbitrary()?,
                value: source.arbitrary()?,
            })
        })?,
        evaluations: list(source, 0..=3, |source| {
            Ok(Evaluation {
                protocol: source.arbitrary()?,
                metric: source.arbitrary()?,
                value: source.arbitrary()?,
                standard_error: source.arbitrary()?,
            })
        })?,
    })
}

fn item(source: &mut Unstructured, header: &Header) -> Result<ItemRecord> {
    let genres = u64::MAX
        .checked_shl(header.genres.len() as u32)
        .unwrap_or(0);
    let levels = header.levels as i8;
    // Without its lowest bit an exponent is never that of an infinity.
    let finite = |bits: u16| Scale::from_bits(bits & !0x0080);
    Ok(ItemRecord {
        id: text(source)?,
        title: text(source)?,
        alt_titles: list(source, 0..=3, text)?,
        year: source.arbitrary()?,
        genres: source.arbitrary::<u64>()? & !genres,
        popularity: source.arbitrary()?,
        imdb: source.arbitrary()?,
        tmdb: source.arbitrary()?,
        in_scale: finite(source.arbitrary::<u16>()? & 0x7fff),
        out_scale: finite(source.arbitrary::<u16>()? & 0x7fff),
        bias: finite(source.arbitrary()?),
        codes: list(source, header.dims..=header.dims, |source| {
            source.int_in_range(-levels..=levels)
        })?,
    })
}

/// Not empty, and without the characters that separate texts.
fn text(source: &mut Unstructured) -> Result<String> {
    let mut text: String = source.arbitrary()?;
    text.retain(|c| !['\t', '\n', '\r'].contains(&c));
    text.truncate(text.floor_char_boundary(200));
    if text.is_empty() {
        text.push('x');
    }
    Ok(text)
}

fn list<'a, T>(
    source: &mut Unstructured<'a>,
    lengths: RangeInclusive<u16>,
    mut one: impl FnMut(&mut Unstructured<'a>) -> Result<T>,
) -> Result<Vec<T>> {
    let length = source.int_in_range(lengths)?;
    (0..length).map(|_| one(source)).collect()
}
