//! Measuring what the report says.

use indicatif::ProgressBar;
use matinee_format::Model;

use super::failures::{Film, failures};
use super::map::map;
use super::sizes::sizes;
use super::{Contender, Dislikes, File, Report};
use crate::baselines::{Ease, Popularity};
use crate::catalogue::Catalogue;
use crate::evaluate::dislikes::{Point, Way};
use crate::evaluate::{Algorithm, Evaluation, FitError, Metric, evaluate, tune};
use crate::model::counts;
use crate::pipeline::Built;
use crate::trends::{Trends, assign};

/// With more items a trial of EASE takes minutes.
const EASE_ITEMS: usize = 5000;

/// What a report is about.
pub struct Subject<'a> {
    /// What is known of the films.
    pub catalogue: &'a Catalogue,
    /// The model, as built.
    pub built: &'a Built,
    /// Trends in the ratings.
    pub trends: Trends,
    /// Seed of the groups on the map.
    pub seed: u64,
}

/// Measures the report of a model: baselines tuned and judged on its own split, the model at other sizes, failures,
/// and a map. Other measurements are the caller's to add.
///
/// # Errors
/// When a training run fails.
pub fn collect(subject: Subject<'_>, progress: &ProgressBar) -> Result<Report, FitError> {
    let Subject {
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
    let mut contenders = Vec::new();
    for (name, algorithm) in &baselines {
        let tuned = tune(algorithm.as_ref(), split, built.budget, progress)?;
        let evaluation = evaluate(tuned.model.as_ref(), &split.test, split.items.len());
        contenders.push(contender(
            name,
            &evaluation,
            &built.evaluation,
            tuned.trials.len(),
        ));
    }
    contenders.push(Contender {
        ours: true,
        ..contender(
            "Matinee, as it ships",
            &built.evaluation,
            &built.evaluation,
            built.trials.len(),
        )
    });
    contenders.sort_by(|a, b| ndcg(a).total_cmp(&ndcg(b)));

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
        questions: Vec::new(),
        stars: None,
        dislikes: built
            .frontier
            .iter()
            .map(|point| way(point, built))
            .collect(),
        reach: Vec::new(),
        trends,
        map: map(&model, &assign(&model, seed)),
        failures,
        trials: built.trials.clone(),
    })
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
