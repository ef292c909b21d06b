//! From ratings and a catalogue to a model file: choose settings, measure, train on everybody, pack.

use indicatif::ProgressBar;
use matinee_format::{self as format, DataSet, FormatError, MAX_GENRES, ModelCard, Setting};

use crate::audit::{RaterAudit, audit};
use crate::catalogue::{Catalogue, CatalogueItem};
use crate::dataset::Ratings;
use crate::evaluate::{
    Budget, Evaluation, FitError, Input, Metric, Settings, Trial, evaluate, tune,
};
use crate::features::features;
use crate::grades::Scale;
use crate::model::{Dlae, Trained, counts, header};
use crate::pack::{Description, pack};
use crate::split::{Split, SplitError, SplitOptions, TrainSet};

/// What to build.
#[derive(Debug, Clone)]
pub struct Options {
    /// Name of the model, for people.
    pub name: String,
    /// Namespace of the item ids.
    pub catalogue: String,
    /// Where the ratings come from.
    pub data_sets: Vec<DataSet>,
    /// Length of the item vectors.
    pub dims: usize,
    /// Largest absolute code.
    pub levels: u8,
    /// How long settings are sought.
    pub budget: Budget,
    /// Who is held out; its seed is also that of the decomposition.
    pub split: SplitOptions,
}

/// A finished model.
#[derive(Debug, Clone)]
pub struct Built {
    /// The model file.
    pub bytes: Vec<u8>,
    /// Settings chosen on validation users.
    pub settings: Settings,
    /// What they were sought with.
    pub budget: Budget,
    /// Everything that was tried on the way to them.
    pub trials: Vec<Trial>,
    /// Figures on test users, of a model trained without them.
    pub evaluation: Evaluation,
    /// What heavy raters decide, without user weights and with them.
    pub raters: RaterAudit,
    /// The users that were held out, and those trained on meanwhile.
    pub split: Split,
    /// The catalogue's id of each item that the split's items stand for.
    pub item_ids: Vec<String>,
    /// The algorithm as it was judged on that split.
    pub judged: Dlae,
    /// Ids of rated items that the catalogue does not describe; they are left out.
    pub undescribed: Vec<String>,
}

/// Why no model was built.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// There are too few users to hold some out.
    #[error(transparent)]
    Split(#[from] SplitError),
    /// Training failed.
    #[error(transparent)]
    Fit(#[from] FitError),
    /// The result breaks a rule of the file format.
    #[error(transparent)]
    Format(#[from] FormatError),
    /// No rated item is described.
    #[error(
        "none of the {0} rated items is in the catalogue: do the ratings and the items belong together?"
    )]
    Undescribed(usize),
    /// The catalogue names more genres than the format can hold.
    #[error("the catalogue names {0} genres; the format holds {MAX_GENRES}. Merge the rare ones.")]
    Genres(usize),
}

/// Builds a model: settings are chosen on validation users and judged on test users, neither of them in training;
/// the model that is packed is then trained on everybody with those settings.
///
/// An empty `catalogue` means that nothing is known of the items: their ids serve as titles.
///
/// # Errors
/// See [`BuildError`].
pub fn build(
    ratings: &Ratings,
    catalogue: &Catalogue,
    options: &Options,
    progress: &ProgressBar,
) -> Result<Built, BuildError> {
    let (ratings, undescribed) = described_only(ratings, catalogue)?;
    let items: Vec<CatalogueItem> = ratings
        .items
        .iter()
        .map(|id| describe(id, catalogue))
        .collect();
    let scale = Scale::of(&ratings);
    let dlae = |rows: &[u32]| Dlae {
        dims: options.dims,
        levels: options.levels,
        scale: scale.clone(),
        input: Input::Ratings,
        content: Some(features(
            &rows
                .iter()
                .map(|&row| &items[row as usize])
                .collect::<Vec<_>>(),
        )),
        seed: options.split.seed,
    };

    let split = Split::strong(&ratings, &options.split)?;
    let judged = dlae(&split.items);
    let tuned = tune(&judged, &split, options.budget, progress)?;
    let evaluation = evaluate(tuned.model.as_ref(), &split.test, split.items.len());
    progress.set_message("auditing heavy raters");
    let raters = audit(&judged, &split, &tuned.settings, options.split.seed)?;

    progress.set_message("training on everybody");
    let everything = TrainSet::everyone(&ratings);
    let all: Vec<u32> = (0..items.len() as u32).collect();
    let trained = dlae(&all).train(&everything, &tuned.settings);

    progress.set_message("packing");
    let (genres, descriptions) = descriptions(&items, &counts(&everything))?;
    let mut card = card(&ratings, options, &tuned.settings, &evaluation);
    card.evaluations.extend(raters.rows());
    let Trained { vectors, feedback } = trained;
    let bytes = pack(
        header(&options.catalogue, genres, feedback, card),
        &descriptions,
        &vectors,
    )?;
    Ok(Built {
        bytes,
        settings: tuned.settings,
        budget: options.budget,
        trials: tuned.trials,
        evaluation,
        raters,
        split,
        item_ids: ratings.items,
        judged,
        undescribed,
    })
}

/// The ratings of items that the catalogue describes, and the ids of the others.
fn described_only(
    ratings: &Ratings,
    catalogue: &Catalogue,
) -> Result<(Ratings, Vec<String>), BuildError> {
    if catalogue.items().is_empty() {
        return Ok((ratings.clone(), Vec::new()));
    }
    let mut number = vec![None; ratings.items.len()];
    let mut kept = Vec::new();
    let mut undescribed = Vec::new();
    for (item, id) in ratings.items.iter().enumerate() {
        if catalogue.get(id).is_some() {
            number[item] = Some(kept.len() as u32);
            kept.push(id.clone());
        } else {
            undescribed.push(id.clone());
        }
    }
    if kept.is_empty() {
        return Err(BuildError::Undescribed(ratings.items.len()));
    }
    let mut ratings = Ratings {
        items: kept,
        ..ratings.clone()
    };
    // Numbers are given in ascending order, so the events stay sorted.
    ratings
        .events
        .retain_mut(|event| match number[event.item as usize] {
            Some(item) => {
                event.item = item;
                true
            }
            None => false,
        });
    Ok((ratings, undescribed))
}

fn describe(id: &str, catalogue: &Catalogue) -> CatalogueItem {
    let unknown = || CatalogueItem {
        id: id.to_owned(),
        title: id.to_owned(),
        ..CatalogueItem::default()
    };
    catalogue.get(id).cloned().unwrap_or_else(unknown)
}

/// Genre names in alphabetical order, and the items as the format wants them.
fn descriptions(
    items: &[CatalogueItem],
    popularity: &[u32],
) -> Result<(Vec<String>, Vec<Description>), BuildError> {
    let mut genres: Vec<String> = items
        .iter()
        .flat_map(|item| item.genres.iter().cloned())
        .collect();
    genres.sort();
    genres.dedup();
    if genres.len() > MAX_GENRES {
        return Err(BuildError::Genres(genres.len()));
    }
    let bit = |genre: &String| {
        1 << genres
            .binary_search(genre)
            .expect("the table holds every genre")
    };
    let descriptions = items
        .iter()
        .zip(popularity)
        .map(|(item, &popularity)| Description {
            id: item.id.clone(),
            title: item.title.clone(),
            alt_titles: item.alt_titles.clone(),
            year: item.year,
            genres: item
                .genres
                .iter()
                .map(bit)
                .fold(0, |mask: u64, bit: u64| mask | bit),
            imdb: item.imdb,
            tmdb: item.tmdb,
            popularity,
        })
        .collect();
    Ok((genres, descriptions))
}

fn card(
    ratings: &Ratings,
    options: &Options,
    settings: &Settings,
    evaluation: &Evaluation,
) -> ModelCard {
    let times = || {
        ratings
            .events
            .iter()
            .map(|event| event.timestamp)
            .filter(|&time| time > 0)
    };
    let setting = |name: &str, value: String| Setting {
        name: name.to_owned(),
        value,
    };
    let mut all = vec![
        setting("dims", options.dims.to_string()),
        setting("levels", options.levels.to_string()),
        setting("seed", options.split.seed.to_string()),
    ];
    all.extend(
        settings
            .iter()
            .map(|(name, value)| setting(name, value.to_string())),
    );
    let protocol = format!(
        "strong generalisation, {} test users, low ratings read, seed {}",
        evaluation.users.len(),
        options.split.seed
    );
    let evaluations = Metric::ALL
        .into_iter()
        .map(|metric| {
            let estimate = evaluation.estimate(metric);
            format::Evaluation {
                protocol: protocol.clone(),
                metric: metric.name().to_owned(),
                value: estimate.mean,
                standard_error: estimate.standard_error,
            }
        })
        .collect();
    ModelCard {
        name: options.name.clone(),
        data_sets: options.data_sets.clone(),
        algorithm: "dlae".to_owned(),
        users: ratings.users.len() as u64,
        ratings: ratings.events.len() as u64,
        first_rating: times().min().unwrap_or(0),
        last_rating: times().max().unwrap_or(0),
        settings: all,
        evaluations,
    }
}
