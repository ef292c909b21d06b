//! From ratings and a catalogue to a model file: choose settings, measure, train on everybody, pack.

use std::cmp::Reverse;

use hashbrown::HashSet;
use indicatif::ProgressBar;
use matinee_format::{
    self as format, Caution, DataSet, FormatError, MAX_GENRES, ModelCard, Setting,
};

use crate::audit::{RaterAudit, audit};
use crate::catalogue::{Catalogue, CatalogueItem};
use crate::dataset::Ratings;
use crate::evaluate::dislikes::{Point, Way, choose, frontier, hide_dislikes};
use crate::evaluate::{
    Algorithm, Budget, Evaluation, FitError, Input, Metric, Settings, Trial, evaluate, tune,
};
use crate::features::{Parts, features};
use crate::grades::Scale;
use crate::model::{Method, Ranker, Reading, Trained, counts, header};
use crate::pack::{Description, pack_with_stars};
use crate::split::{Split, SplitError, SplitOptions, TrainSet};
use crate::stars::{StarFigures, StarOptions, head_within, ship};

/// What to build.
#[derive(Debug, Clone)]
pub struct Options {
    /// Name of the model, for people.
    pub name: String,
    /// Namespace of the item ids.
    pub catalogue: String,
    /// Where the ratings come from.
    pub data_sets: Vec<DataSet>,
    /// How the item vectors are learned.
    pub method: Method,
    /// Length of the item vectors.
    pub dims: usize,
    /// Largest absolute code.
    pub levels: u8,
    /// The part of NDCG@100 that may be given up so that fewer disliked items are recommended, 0 to 1.
    pub dislike_cost: f64,
    /// How long settings are sought.
    pub budget: Budget,
    /// How many films of the catalogue that nobody has rated are taken along, the newest first.
    pub unrated: usize,
    /// Who is held out; its seed is also that of the decomposition.
    pub split: SplitOptions,
    /// The head that predicts stars.
    pub stars: StarOptions,
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
    /// Ways to read low ratings, as validation users found them; the first is likes alone.
    pub frontier: Vec<Point>,
    /// The one that was chosen of them.
    pub way: Option<Way>,
    /// What heavy raters decide, without user weights and with them.
    pub raters: RaterAudit,
    /// How well stars are predicted; none where nothing is rated.
    pub stars: Option<StarFigures>,
    /// The users that were held out, and those trained on meanwhile.
    pub split: Split,
    /// The catalogue's id of each item that the split's items stand for.
    pub item_ids: Vec<String>,
    /// The algorithm as it was judged on that split.
    pub judged: Ranker,
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
    let (mut ratings, undescribed) = described_only(ratings, catalogue)?;
    let unrated = newest_unrated(&ratings, catalogue, options.unrated);
    ratings.items.extend(unrated);
    let items: Vec<CatalogueItem> = ratings
        .items
        .iter()
        .map(|id| describe(id, catalogue))
        .collect();
    let scale = Scale::of(&ratings);
    let ranker = |rows: &[u32]| Ranker {
        method: options.method,
        reading: None,
        dims: options.dims,
        levels: options.levels,
        scale: scale.clone(),
        input: Input::Likes,
        content: Some(features(
            &rows
                .iter()
                .map(|&row| &items[row as usize])
                .collect::<Vec<_>>(),
            Parts::ALL,
        )),
        seed: options.split.seed,
    };

    let split = Split::strong(&ratings, &options.split)?;
    let judged = ranker(&split.items);
    let tuned = tune(&judged, &split, options.budget, progress)?;
    progress.set_message("grading low ratings");
    let mut judged = judged;
    judged.reading = Some(Reading {
        feedback: judged.feedback(&tuned.settings),
        stars: head_within(&split, scale.ratings, &options.stars)?,
    });
    let plain = judged.fit_packed(&split.train, &tuned.settings)?;
    let visitors = hide_dislikes(&split.validation, &scale, options.split.seed);
    let frontier = frontier(&plain, &scale, &visitors);
    let way = choose(&frontier, 1.0 - options.dislike_cost);
    let caution = way.map(|way| Caution::new(way.caution)).transpose()?;
    if let (Some(way), Some(reading)) = (way, &mut judged.reading) {
        reading.feedback = way.grades.feedback(&scale);
        reading.stars = reading
            .stars
            .take()
            .map(|stars| stars.with_caution(caution));
    }
    let model = judged.fit_packed(&split.train, &tuned.settings)?;
    let feedback = model.feedback().clone();
    let evaluation = evaluate(&model, &split.test, split.items.len());
    progress.set_message("auditing heavy raters");
    let raters = audit(&judged, &split, &tuned.settings, options.split.seed)?;

    progress.set_message("training on everybody");
    let everything = TrainSet::everyone(&ratings);
    let all: Vec<u32> = (0..items.len() as u32).collect();
    let Trained { vectors, .. } = ranker(&all).train(&everything, &tuned.settings);

    let stars = ship(&ratings, &options.split, &options.stars, progress)?;

    progress.set_message("packing");
    let (genres, descriptions) = descriptions(&items, &counts(&everything))?;
    let mut card = card(
        &ratings,
        options,
        judged.name(),
        &tuned.settings,
        &evaluation,
    );
    card.evaluations.extend(raters.rows());
    if let Some(stars) = &stars {
        card.settings.extend(stars.settings.iter().cloned());
        card.evaluations.extend(stars.evaluations.iter().cloned());
    }
    let bytes = pack_with_stars(
        header(&options.catalogue, genres, feedback.clone(), card),
        &descriptions,
        &vectors,
        stars
            .as_ref()
            .map(|stars| stars.head.clone().with_caution(caution))
            .as_ref(),
    )?;
    Ok(Built {
        bytes,
        settings: tuned.settings,
        budget: options.budget,
        trials: tuned.trials,
        evaluation,
        raters,
        stars: stars.map(|stars| stars.figures),
        split,
        item_ids: ratings.items,
        judged,
        frontier,
        way,
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

/// The ids of the `most` newest films without a rating; those without a year count as the oldest.
fn newest_unrated(ratings: &Ratings, catalogue: &Catalogue, most: usize) -> Vec<String> {
    let rated: HashSet<&str> = ratings.items.iter().map(String::as_str).collect();
    let mut unrated: Vec<&CatalogueItem> = catalogue
        .items()
        .iter()
        .filter(|item| !rated.contains(item.id.as_str()))
        .collect();
    unrated.sort_by_key(|item| Reverse(item.year));
    unrated.truncate(most);
    unrated.into_iter().map(|item| item.id.clone()).collect()
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
    algorithm: &str,
    settings: &Settings,
    evaluation: &Evaluation,
) -> ModelCard {
    let (first_rating, last_rating) = ratings.span().unwrap_or_default();
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
        algorithm: algorithm.to_owned(),
        users: ratings.users.len() as u64,
        ratings: ratings.events.len() as u64,
        first_rating,
        last_rating,
        settings: all,
        evaluations,
    }
}
