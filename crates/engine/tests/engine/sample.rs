//! A small catalogue, of which each test states only what it is about.

use matinee_format::{Feedback, Header, ItemRecord, Model, ModelCard, Scale, encode};

/// A catalogue of ratings in which a like weighs one.
pub(super) fn header(dims: usize) -> Header {
    Header {
        catalogue: "test".into(),
        dims: dims as u16,
        levels: 127,
        items_total: 0,
        chunks_total: 0,
        weight_shift: 16,
        genres: Vec::new(),
        feedback: Feedback {
            scale: None,
            weights: vec![1.0],
            not_for_me: -0.5,
            mean: 3.5,
            own_mean: 0.0,
            watched: Vec::new(),
        },
        card: ModelCard::default(),
    }
}

/// An item with a vector, not scaled, and no bias.
pub(super) fn item(row: usize, popularity: u32, codes: Vec<i8>) -> ItemRecord {
    ItemRecord {
        id: format!("i{row}"),
        title: format!("Film {row}"),
        alt_titles: Vec::new(),
        year: None,
        genres: 0,
        popularity,
        imdb: None,
        tmdb: None,
        in_scale: Scale::nearest(1.0),
        out_scale: Scale::nearest(1.0),
        bias: Scale::default(),
        codes,
    }
}

/// The model of these items, in chunks of at most this many.
pub(super) fn decoded(header: Header, items: &[ItemRecord], chunk: usize) -> Model {
    Model::decode(&encode(header, items, &[chunk]).unwrap()).unwrap()
}
