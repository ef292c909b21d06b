//! Choosing an algorithm's settings on validation users.

use indicatif::ProgressBar;

use super::{Algorithm, FitError, Metric, Recommender, Settings, evaluate};
use crate::split::Split;

/// The most settings tried for any algorithm, so that none is tuned harder than another.
pub const TRIALS_AT_MOST: usize = 30;

/// One training run and what the validation users made of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Trial {
    /// The value of each hyper-parameter.
    pub settings: Settings,
    /// Mean NDCG@100 of the validation users.
    pub ndcg: f64,
}

/// The best model that tuning found.
pub struct Tuned {
    /// The model, trained on the training users.
    pub model: Box<dyn Recommender>,
    /// Its settings.
    pub settings: Settings,
    /// Everything that was tried, in order.
    pub trials: Vec<Trial>,
}

/// Tunes one hyper-parameter after another, over and over until nothing gets better or the trials are used up.
/// `progress` counts trials.
///
/// # Errors
/// When a training run fails.
pub fn tune(
    algorithm: &dyn Algorithm,
    split: &Split,
    progress: &ProgressBar,
) -> Result<Tuned, FitError> {
    let axes = algorithm.axes();
    let mut settings: Settings = axes
        .iter()
        .map(|(name, values)| (*name, values[0]))
        .collect();
    progress.set_message(algorithm.name());
    let run = |settings: &Settings| {
        let model = algorithm.fit(&split.train, settings)?;
        let evaluation = evaluate(model.as_ref(), &split.validation, split.items.len());
        progress.inc(1);
        let ndcg = evaluation.estimate(Metric::Ndcg100).mean;
        Ok::<_, FitError>((
            model,
            Trial {
                settings: settings.clone(),
                ndcg,
            },
        ))
    };
    let (mut model, first) = run(&settings)?;
    let mut best = first.ndcg;
    let mut trials = vec![first];
    loop {
        let before = best;
        for (axis, (_, values)) in axes.iter().enumerate() {
            for &value in values {
                let mut candidate = settings.clone();
                candidate[axis].1 = value;
                if trials.len() == TRIALS_AT_MOST
                    || trials.iter().any(|trial| trial.settings == candidate)
                {
                    continue;
                }
                let (candidate_model, trial) = run(&candidate)?;
                if trial.ndcg > best {
                    best = trial.ndcg;
                    model = candidate_model;
                    settings = candidate;
                }
                trials.push(trial);
            }
        }
        if best <= before {
            return Ok(Tuned {
                model,
                settings,
                trials,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;
    use crate::evaluate::Input;
    use crate::split::{Event, HeldOutUser, TrainSet};

    /// Ranks item `round(a + b)` first, so that one sum of the settings is the best.
    struct Sum {
        axes: Vec<(&'static str, Vec<f64>)>,
        fitted: AtomicUsize,
    }

    struct First(usize);

    impl Recommender for First {
        fn input(&self) -> Input {
            Input::Likes
        }

        fn score(&self, _: &[Event], scores: &mut [f32]) {
            for (item, score) in scores.iter_mut().enumerate() {
                *score = -(item.abs_diff(self.0) as f32);
            }
        }
    }

    impl Algorithm for Sum {
        fn name(&self) -> &'static str {
            "sum"
        }

        fn axes(&self) -> Vec<(&'static str, Vec<f64>)> {
            self.axes.clone()
        }

        fn fit(&self, _: &TrainSet, settings: &Settings) -> Result<Box<dyn Recommender>, FitError> {
            self.fitted.fetch_add(1, Ordering::Relaxed);
            let sum: f64 = settings.iter().map(|(_, value)| value).sum();
            Ok(Box::new(First(sum as usize)))
        }
    }

    fn tuned(axes: Vec<(&'static str, Vec<f64>)>) -> (Tuned, usize) {
        let user = HeldOutUser {
            user: 0,
            likes: vec![],
            others: vec![],
            held_out: vec![7],
        };
        let split = Split {
            items: (0..50).collect(),
            train: TrainSet {
                items: 50,
                users: vec![],
            },
            validation: vec![user],
            test: vec![],
        };
        let algorithm = Sum {
            axes,
            fitted: AtomicUsize::new(0),
        };
        let tuned = tune(&algorithm, &split, &ProgressBar::hidden()).expect("fitting cannot fail");
        (tuned, algorithm.fitted.into_inner())
    }

    #[test]
    fn the_best_settings_win_and_none_is_tried_twice() {
        let (tuned, fitted) = tuned(vec![
            ("a", vec![0.0, 2.0, 4.0]),
            ("b", vec![10.0, 5.0, 3.0]),
        ]);
        assert_eq!(tuned.settings, [("a", 2.0), ("b", 5.0)]);
        assert_eq!(fitted, tuned.trials.len());
        for (at, trial) in tuned.trials.iter().enumerate() {
            assert!(
                !tuned.trials[..at]
                    .iter()
                    .any(|other| other.settings == trial.settings)
            );
        }
        let best = tuned
            .trials
            .iter()
            .map(|trial| trial.ndcg)
            .fold(0.0, f64::max);
        assert_eq!(best, 1.0);
    }

    #[test]
    fn the_budget_is_kept() {
        let values: Vec<f64> = (0..45).rev().map(f64::from).collect();
        let (tuned, fitted) = tuned(vec![("a", values)]);
        assert_eq!(
            (tuned.trials.len(), fitted),
            (TRIALS_AT_MOST, TRIALS_AT_MOST)
        );
    }
}
