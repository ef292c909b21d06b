//! A trained model as a visitor's browser has it.

use matinee_format::{FormatError, Model, ModelCard, Scale, StarHead};

use super::FitError;
use crate::model::{Trained, counts, header};
use crate::pack::{Description, pack, pack_with_stars};
use crate::quantise::Quantised;
use crate::split::TrainSet;

/// Packs and decodes a model. The ids of its items are their numbers in `train`; `genres` are the names of genres,
/// and `masks` one bit mask into them an item, or nothing. The items of `stars` are those of `train`.
///
/// # Errors
/// When the model breaks a rule of the file format.
pub fn ship(
    train: &TrainSet,
    trained: &Trained,
    genres: Vec<String>,
    masks: &[u64],
    stars: Option<&StarHead>,
) -> Result<Model, FitError> {
    let describe = |(item, popularity): (usize, u32)| Description {
        id: item.to_string(),
        title: item.to_string(),
        genres: masks.get(item).copied().unwrap_or_default(),
        popularity,
        ..Description::default()
    };
    let items: Vec<Description> = counts(train)
        .into_iter()
        .enumerate()
        .map(describe)
        .collect();
    let card = ModelCard {
        users: train.users.len() as u64,
        ..ModelCard::default()
    };
    let header = header("evaluation", genres, trained.feedback.clone(), card);
    let bytes = pack_with_stars(header, &items, &trained.vectors, stars)?;
    Ok(Model::decode(&bytes)?)
}

/// Bytes that an item's vector and scales take in a model file, compressed: by packing it with them and without.
///
/// # Errors
/// When the model breaks a rule of the file format.
pub fn bytes_an_item(model: &Model) -> Result<f64, FormatError> {
    let rows = 0..model.len() as u32;
    let items: Vec<Description> = rows
        .clone()
        .map(|row| Description {
            id: row.to_string(),
            title: "a".to_owned(),
            // Keeps the order, in which neighbours compress.
            popularity: model.len() as u32 - row,
            ..Description::default()
        })
        .collect();
    let vectors = Quantised {
        levels: model.header().levels,
        codes: rows.clone().map(|row| model.codes(row).to_vec()).collect(),
        in_scales: rows
            .clone()
            .map(|row| Scale::nearest(model.in_scale(row)))
            .collect(),
        out_scales: rows
            .map(|row| Scale::nearest(model.out_scale(row)))
            .collect(),
    };
    let nothing = Quantised {
        levels: 1,
        codes: vec![vec![0]; items.len()],
        in_scales: vec![Scale::default(); items.len()],
        out_scales: vec![Scale::default(); items.len()],
    };
    let header = || {
        let feedback = model.header().feedback.clone();
        header("size", Vec::new(), feedback, ModelCard::default())
    };
    let with = pack(header(), &items, &vectors)?.len();
    let without = pack(header(), &items, &nothing)?.len();
    Ok(with.saturating_sub(without) as f64 / items.len() as f64)
}
