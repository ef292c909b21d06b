//! What the dials of the engine's list cost in accuracy, and what they give for it.

use matinee_engine::{ListOptions, list, miscalibration};
use matinee_format::{MAX_GENRES, Model};
use rayon::prelude::*;

use super::judge::{LONGEST, SHOWN};
use super::{Estimate, Evaluation, Metric};
use crate::catalogue::Catalogue;
use crate::model::{star_profile, visitor};
use crate::split::HeldOutUser;

/// The dial settings whose price is listed: one dial at a time, and all three together.
pub fn settings() -> Vec<ListOptions> {
    let at = |popularity, diversity, calibration| ListOptions {
        popularity,
        diversity,
        calibration,
        ..ListOptions::default()
    };
    let mut settings = vec![at(0.0, 0.0, 0.0)];
    settings.extend([-1.0, -0.5, -0.25, 0.25, 0.5, 1.0].map(|x| at(x, 0.0, 0.0)));
    settings.extend([0.1, 0.2, 0.3, 0.5, 0.7].map(|x| at(0.0, x, 0.0)));
    settings.extend([0.1, 0.2, 0.3, 0.5, 0.7].map(|x| at(0.0, 0.0, x)));
    settings.push(at(-0.25, 0.2, 0.2));
    settings
}

/// Accuracy and genres under one setting.
pub struct Dialled {
    /// Accuracy, coverage and what is shown, by item number.
    pub evaluation: Evaluation,
    /// How far the genres of the first 20 are from those of the likes: the squared Hellinger distance, over the users
    /// who like anything that has a genre. NaN without genres.
    pub miscalibration: Estimate,
}

/// Lists for held-out users as the site makes them: all ratings are read, nothing that was rated is shown, and predicted
/// stars count as far as the model says.
/// (The protocol for comparing algorithms masks likes only; its figures are lower.) Ids of `model` are item numbers.
pub fn evaluate_dials(model: &Model, users: &[HeldOutUser], options: &ListOptions) -> Dialled {
    let feedback = &model.header().feedback;
    let options = ListOptions {
        caution: ListOptions::of(model).caution,
        ..*options
    };
    let item = |row: u32| -> u32 {
        let id = model.item(row).id.parse();
        id.expect("ids are item numbers")
    };
    let made: Vec<_> = users
        .par_iter()
        .map(|user| {
            let known = || user.likes.iter().chain(&user.others);
            let profile = visitor(model, feedback, known());
            let stars = star_profile(model, known());
            let made = list(model, &profile, stars.as_ref(), LONGEST, &options, |_| {
                false
            });
            let shown = made.iter().take(SHOWN).map(|scored| scored.row);
            let error = miscalibration(model, &profile, shown);
            let items: Vec<u32> = made.iter().map(|scored| item(scored.row)).collect();
            let metrics = Metric::ALL.map(|metric| metric.of(&items, &user.held_out));
            (metrics, items, error)
        })
        .collect();
    let errors: Vec<f64> = made
        .iter()
        .filter_map(|(_, _, error)| error.map(f64::from))
        .collect();
    let (metrics, lists) = made.into_iter().map(|(m, items, _)| (m, items)).unzip();
    Dialled {
        evaluation: Evaluation::of(metrics, lists, model.len()),
        miscalibration: Estimate::of(errors.into_iter()),
    }
}

/// The names of the genres of a catalogue, as many as the format holds, and for each of `ids` a bit mask into them.
pub fn genres<'a>(
    catalogue: &Catalogue,
    ids: impl Iterator<Item = &'a str>,
) -> (Vec<String>, Vec<u64>) {
    let mut names: Vec<String> = catalogue
        .items()
        .iter()
        .flat_map(|item| item.genres.iter().cloned())
        .collect();
    names.sort();
    names.dedup();
    names.truncate(MAX_GENRES);
    let mask = |id: &str| -> u64 {
        let genres = catalogue.get(id).into_iter().flat_map(|item| &item.genres);
        genres
            .filter_map(|genre| names.binary_search(genre).ok())
            .fold(0, |mask, bit| mask | 1 << bit)
    };
    let masks = ids.map(mask).collect();
    (names, masks)
}
