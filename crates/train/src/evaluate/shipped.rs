//! A trained model as a visitor's browser has it.

use matinee_format::{Model, ModelCard};

use super::FitError;
use crate::model::{Trained, counts, header};
use crate::pack::{Description, pack};
use crate::split::TrainSet;

/// Packs and decodes a model. The ids of its items are their numbers in `train`; `genres` are the names of genres,
/// and `masks` one bit mask into them an item, or nothing.
///
/// # Errors
/// When the model breaks a rule of the file format.
pub fn ship(
    train: &TrainSet,
    trained: &Trained,
    genres: Vec<String>,
    masks: &[u64],
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
    let bytes = pack(header, &items, &trained.vectors)?;
    Ok(Model::decode(&bytes)?)
}
