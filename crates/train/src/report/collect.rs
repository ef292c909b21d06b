//! Measuring what the report says.

use indicatif::ProgressBar;
use matinee_format::Model;

use super::asking::asking;
use super::failures::{Film, failures};
use super::lists::{dials, reach};
use super::map::map;
use super::sizes::sizes;
use super::time::later;
use super::{Contender, Dislikes, File, Report};
use crate::baselines::{Ease, Popularity};
use crate::catalogue::Catalogue;
use crate::dataset::Ratings;
use crate::evaluate::dials::genres;
use crate::evaluate::dislikes::{Point, Way};
use crate::evaluate::{Algorithm, Evaluation, FitError, Metric, Variety, evaluate, ship, tune};
use crate::model::counts;
use crate::pipeline::Built;
use crate::trends::{Trends, assign};

/// With more items a trial of EASE takes minutes.
const EASE_ITEMS: usize = 5000;

/// What the model is called beside others.
pub(super) const OURS: &str = "Matinee, as it ships";

/// What a report is about.
pub struct Subject<'a> {
    /// What was trained on.
    pub ratings: &'a Ratings,
    /// What is known of the films.
    pub catalogue: &'a Catalogue,
    /// The model, as built.
    pub built: &'a Built,
    /// Trends in the ratings.
    pub trends: Trends,
    /// Seed of the groups on the map, of who is judged by time, and of what is hidden from questions.
    pub seed: u64,
}

/// Measures the report of a model: baselines tuned and judged on its own split, what lists and dials are like, the
/// model by time and at other sizes, questions, failures, and a map.
///
/// # Errors
/// When a training run fails.
pub fn collect(subject: Subject<'_>, progress: &ProgressBar) -> Result<Report, FitError> {
    let Subject {
        ratings,
        catalogue,
        built,
        trends,
        seed,
    } = subject;
    let (split, judged, settings) = (&built.split, &built.judged, &built.settings);
    let model = Model::decode(&built.bytes)?;

    let mut baselines: Vec<(&str, Box<dyn Algorithm>)> = vec![("Popularity", Box::new(Popularity))];
    let mut left_out = Vec::new();
    if split.items.len() <= EASE_ITEMS {
        baselines.push(("EASE, full matrix", Box::new(Ease)));
    } else {
        left_out.push(format!(
            "EASE is not shown: its dense matrix of {0} by {0} films takes minutes for each of its trials. \
             matinee evaluate --compare ease,dlae-ratings has the patience.",
            split.items.len()
        ));
    }
    let variety = Variety::new(&split.train);
    let (mut contenders, mut reached) = (Vec::new(), Vec::new());
    for (name, algorithm) in &baselines {
        let tuned = tune(algorithm.as_ref(), split, built.budget, progress)?;
        let evaluation = evaluate(tuned.model.as_ref(), &split.test, split.items.len());
        reached.push(reach(name, false, &evaluation, &variety));
        contenders.push(contender(
            name,
            &evaluation,
            &built.evaluation,
            tuned.trials.len(),
        ));
    }
    reached.push(reach(OURS, true, &built.evaluation, &variety));
    contenders.push(Contender {
        ours: true,
        ..contender(
            OURS,
            &built.evaluation,
            &built.evaluation,
            built.trials.len(),
        )
    });
    contenders.sort_by(|a, b| ndcg(a).total_cmp(&ndcg(b)));

    progress.set_message("judging by time");
    let later = later(ratings, catalogue, built, seed)?;
    let visited = visited(built, catalogue)?;
    let questions = asking(&visited, split, seed, progress);
    let dials = dials(&visited, split, &variety, progress);
    let sizes = sizes(judged, split, settings, progress)?;
    progress.set_message("looking for failures");
    let popularity = counts(&split.train);
    let film = |item: u32| {
        let id = built.item_ids[split.items[item as usize] as usize].as_str();
        let known = catalogue.get(id);
        Film {
            title: known.map_or(id, |film| &film.title).to_owned(),
            year: known.and_then(|film| film.year),
            genres: known.map(|film| film.genres.clone()).unwrap_or_default(),
            ratings: popularity[item as usize],
        }
    };
    let recommender = judged.fit(&split.train, settings)?;
    let failures = failures(recommender.as_ref(), split, &built.evaluation, &film);

    progress.set_message("drawing the map");
    Ok(Report {
        card: model.header().card.clone(),
        file: File {
            bytes: built.bytes.len(),
            films: model.len(),
            dims: model.dims(),
            levels: model.header().levels,
        },
        contenders,
        left_out,
        sizes,
        raters: Some(built.raters.clone()),
        later,
        questions: Some(questions),
        stars: built.stars.clone(),
        dislikes: built
            .frontier
            .iter()
            .map(|point| way(point, built))
            .collect(),
        reach: reached,
        dials,
        trends,
        map: map(&model, &assign(&model, seed)),
        failures,
        trials: built.trials.clone(),
    })
}

/// The model that was judged, with its genres, as a visitor's browser would have it. Ids are item numbers of the split.
fn visited(built: &Built, catalogue: &Catalogue) -> Result<Model, FitError> {
    let (split, judged) = (&built.split, &built.judged);
    let mut trained = judged.train(&split.train, &built.settings);
    if let Some(reading) = &judged.reading {
        trained.feedback = reading.feedback.clone();
    }
    let stars = judged
        .reading
        .as_ref()
        .and_then(|reading| reading.stars.as_ref());
    let ids = split
        .items
        .iter()
        .map(|&item| built.item_ids[item as usize].as_str());
    let (genres, masks) = genres(catalogue, ids);
    ship(&split.train, &trained, genres, &masks, stars)
}

/// A way to read low ratings, by the weights of three, two and one stars beside five.
fn way(point: &Point, built: &Built) -> Dislikes {
    let name = match &point.way {
        None => "likes alone".to_owned(),
        Some(Way { grades, caution }) => format!(
            "3 stars {:+}, 2 stars {:+}, 1 star {:+.2}, caution {caution}",
            grades.neutral, grades.dislike, grades.hate
        ),
    };
    Dislikes {
        name,
        ndcg: point.outcome.ndcg().mean,
        disliked: point.outcome.disliked_per_liked().mean,
        ships: point.way == built.way,
    }
}

fn contender(name: &str, evaluation: &Evaluation, ours: &Evaluation, trials: usize) -> Contender {
    Contender {
        name: name.to_owned(),
        ours: false,
        metrics: Metric::ALL.map(|metric| evaluation.estimate(metric)),
        gain: ours.gain_over(evaluation, Metric::Ndcg100),
        coverage: evaluation.coverage,
        overlap: evaluation.overlap,
        trials,
    }
}

fn ndcg(contender: &Contender) -> f64 {
    contender.metrics[Metric::Ndcg100 as usize].mean
}
