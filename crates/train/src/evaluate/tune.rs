//! Choosing an algorithm's settings on validation users.

use std::time::{Duration, Instant};

use indicatif::ProgressBar;

use super::{Algorithm, Estimate, FitError, Metric, Recommender, Settings, evaluate};
use crate::evaluate::search::Search;
use crate::split::{HELD_OUT_OF, HeldOutUser, Split};

/// When to stop trying.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// The most settings tried for any algorithm, so that none is tuned harder than another.
    pub trials: usize,
    /// No trial begins after this time. What is found then depends on the machine's speed; without, never.
    pub time: Option<Duration>,
}

impl Default for Budget {
    fn default() -> Self {
        Self {
            trials: 30,
            time: None,
        }
    }
}

/// A hyper-parameter and the range it is sought in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Axis {
    /// Its name.
    pub name: &'static str,
    /// The value of the first trial.
    pub default: f64,
    /// The least value, above 0 where `logarithmic`.
    pub low: f64,
    /// The greatest value.
    pub high: f64,
    /// Whether it is its order of magnitude that matters.
    pub logarithmic: bool,
}

impl Axis {
    /// An axis on which equal differences matter equally.
    pub const fn linear(name: &'static str, default: f64, low: f64, high: f64) -> Self {
        Self {
            name,
            default,
            low,
            high,
            logarithmic: false,
        }
    }

    /// An axis on which equal factors matter equally.
    pub const fn logarithmic(name: &'static str, default: f64, low: f64, high: f64) -> Self {
        Self {
            name,
            default,
            low,
            high,
            logarithmic: true,
        }
    }

    /// The value at `part` (0 to 1) of the range, to three significant figures: more would only feign precision.
    fn value(&self, part: f64) -> f64 {
        let value = if self.logarithmic {
            self.low * (self.high / self.low).powf(part)
        } else {
            self.low + (self.high - self.low) * part
        };
        let rounded: f64 = format!("{value:.2e}")
            .parse()
            .expect("a number as it was just written");
        rounded.clamp(self.low, self.high)
    }

    fn part(&self, value: f64) -> f64 {
        if self.logarithmic {
            (value / self.low).ln() / (self.high / self.low).ln()
        } else {
            (value - self.low) / (self.high - self.low)
        }
    }
}

/// One training run and what the validation users made of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Trial {
    /// The value of each hyper-parameter.
    pub settings: Settings,
    /// Mean NDCG@100 of the validation users.
    pub ndcg: f64,
    /// Training and judging, on the wall clock.
    pub seconds: f64,
}

/// The model that tuning settled on.
pub struct Tuned {
    /// The model, trained on the training users.
    pub model: Box<dyn Recommender>,
    /// Its settings.
    pub settings: Settings,
    /// Everything that was tried, in order.
    pub trials: Vec<Trial>,
}

/// Seeks the settings with the best NDCG@100 on the validation users by Bayesian optimisation: the defaults, a few
/// settings spread around them, then wherever a Gaussian process through all that was tried expects most; until it
/// expects no more or the budget is spent. `progress` counts trials.
///
/// The best of many figures is best partly by luck, with a few hundred validation users all the more. So the last trial
/// is the middle of all settings that these users cannot tell from the best (paired difference within one standard
/// error: the rule of Breiman, Friedman, Olshen and Stone, "Classification and Regression Trees", 1984), and it is taken
/// where they cannot tell it from the best either.
///
/// # Errors
/// When a training run fails.
pub fn tune(
    algorithm: &dyn Algorithm,
    split: &Split,
    budget: Budget,
    progress: &ProgressBar,
) -> Result<Tuned, FitError> {
    let axes = algorithm.axes();
    let began = Instant::now();
    progress.set_message(algorithm.name());

    let mut search = Search::new(axes.iter().map(|axis| axis.part(axis.default)).collect());
    let mut attempts: Vec<Attempt> = Vec::new();
    let mut best: Option<(usize, Box<dyn Recommender>)> = None;
    while let Some(point) = search.next() {
        let (model, attempt) = Attempt::make(algorithm, &axes, split, point)?;
        progress.inc(1);
        search.tell(attempt.point.clone(), attempt.trial.ndcg);
        let most = best.as_ref().map(|&(best, _)| attempts[best].trial.ndcg);
        if most.is_none_or(|most| attempt.trial.ndcg > most) {
            best = Some((attempts.len(), model));
        }
        attempts.push(attempt);
        let late = budget.time.is_some_and(|time| began.elapsed() >= time);
        let left = budget.trials.saturating_sub(attempts.len());
        if late || left == 0 || (left == 1 && middle(&attempts).is_some()) {
            break;
        }
    }
    let (best, mut model) = best.expect("the defaults are always tried");
    let mut chosen = best;
    let late = budget.time.is_some_and(|time| began.elapsed() >= time);
    if !late
        && attempts.len() < budget.trials
        && let Some(point) = middle(&attempts)
    {
        let (middle, attempt) = Attempt::make(algorithm, &axes, split, point)?;
        progress.inc(1);
        if attempt.is_as_good_as(&attempts[best]) {
            (chosen, model) = (attempts.len(), middle);
        }
        attempts.push(attempt);
    }
    Ok(Tuned {
        model,
        settings: attempts[chosen].trial.settings.clone(),
        trials: attempts.into_iter().map(|attempt| attempt.trial).collect(),
    })
}

/// The middle of the points that validation users cannot tell from the best; none where the best stands alone.
fn middle(attempts: &[Attempt]) -> Option<Vec<f64>> {
    let ndcg = |attempt: &&Attempt| attempt.trial.ndcg;
    let best = attempts.iter().max_by(|a, b| ndcg(a).total_cmp(&ndcg(b)))?;
    let alike: Vec<&Attempt> = attempts
        .iter()
        .filter(|attempt| attempt.is_as_good_as(best))
        .collect();
    let mean = |axis: usize| alike.iter().map(|a| a.point[axis]).sum::<f64>() / alike.len() as f64;
    (alike.len() > 1).then(|| (0..best.point.len()).map(mean).collect())
}

/// A trial, with what it takes to compare it user by user.
struct Attempt {
    /// Where it was made, in the unit cube.
    point: Vec<f64>,
    /// NDCG@100 of each validation user.
    users: Vec<f64>,
    trial: Trial,
}

impl Attempt {
    fn make(
        algorithm: &dyn Algorithm,
        axes: &[Axis],
        split: &Split,
        point: Vec<f64>,
    ) -> Result<(Box<dyn Recommender>, Self), FitError> {
        let settings: Settings = axes
            .iter()
            .zip(&point)
            .map(|(axis, &part)| (axis.name, axis.value(part)))
            .collect();
        let clock = Instant::now();
        let model = algorithm.fit(&split.train, &settings)?;
        let users = validate(model.as_ref(), split);
        let attempt = Self {
            point,
            trial: Trial {
                settings,
                ndcg: Estimate::of(users.iter().copied()).mean,
                seconds: clock.elapsed().as_secs_f64(),
            },
            users,
        };
        Ok((model, attempt))
    }

    /// Whether its figure is within one standard error of the other's, or above it.
    fn is_as_good_as(&self, best: &Self) -> bool {
        let behind = best.users.iter().zip(&self.users).map(|(b, a)| b - a);
        let behind = Estimate::of(behind);
        behind.mean <= 0.0 || behind.mean <= behind.standard_error
    }
}

/// NDCG@100 of each validation user: the mean of all times that some likes are held out.
fn validate(model: &dyn Recommender, split: &Split) -> Vec<f64> {
    let ndcg = |users: &[HeldOutUser]| -> Vec<f64> {
        let evaluation = evaluate(model, users, split.items.len());
        let metrics = evaluation.users.iter();
        metrics.map(|user| user[Metric::Ndcg100 as usize]).collect()
    };
    let mut users = ndcg(&split.validation);
    let again = ndcg(split.validation_again.as_flattened());
    for (first, others) in users.iter_mut().zip(again.chunks_exact(HELD_OUT_OF - 1)) {
        *first = (*first + others.iter().sum::<f64>()) / HELD_OUT_OF as f64;
    }
    users
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;
    use crate::evaluate::Input;
    use crate::split::{Event, TrainSet};

    /// Puts the held-out item first where the settings are right, and further down the more they are wrong.
    struct Target {
        axes: Vec<Axis>,
        fitted: AtomicUsize,
    }

    struct At(f64);

    impl Recommender for At {
        fn input(&self) -> Input {
            Input::Likes
        }

        fn score(&self, _: &[Event], scores: &mut [f32]) {
            for (item, score) in scores.iter_mut().enumerate() {
                *score = -(item as f32);
            }
            scores[90] = -(self.0 as f32) - 0.5;
        }
    }

    impl Algorithm for Target {
        fn name(&self) -> &'static str {
            "target"
        }

        fn axes(&self) -> Vec<Axis> {
            self.axes.clone()
        }

        fn fit(&self, _: &TrainSet, settings: &Settings) -> Result<Box<dyn Recommender>, FitError> {
            self.fitted.fetch_add(1, Ordering::Relaxed);
            let [(_, a), (_, b)] = settings[..] else {
                unreachable!("two axes are given");
            };
            let wrong = (a - 0.7).powi(2) + ((b / 20.0).ln() / 5.0).powi(2);
            Ok(Box::new(At((wrong * 300.0).min(80.0))))
        }
    }

    fn user(user: u32, held_out: Vec<u32>) -> HeldOutUser {
        HeldOutUser {
            user,
            likes: vec![],
            others: vec![],
            held_out,
        }
    }

    fn split_of(validation: Vec<HeldOutUser>) -> Split {
        Split {
            items: (0..100).collect(),
            train: TrainSet {
                items: 100,
                users: vec![],
            },
            validation,
            validation_again: vec![],
            test: vec![],
        }
    }

    fn tuned(budget: Budget) -> (Tuned, usize) {
        let split = split_of(vec![user(0, vec![90])]);
        let algorithm = Target {
            axes: vec![
                Axis::linear("a", 0.2, 0.0, 1.0),
                Axis::logarithmic("b", 300.0, 1.0, 1000.0),
            ],
            fitted: AtomicUsize::new(0),
        };
        let tuned = tune(&algorithm, &split, budget, &ProgressBar::hidden()).expect("it fits");
        (tuned, algorithm.fitted.into_inner())
    }

    #[test]
    fn what_is_best_is_found_and_every_trial_is_told() {
        let (found, fitted) = tuned(Budget::default());
        let best = found.trials.iter().map(|t| t.ndcg).fold(0.0, f64::max);
        assert!(best > 0.6, "{best}: {:?}", found.settings);
        assert!(found.trials[0].ndcg < 0.3);
        assert_eq!(fitted, found.trials.len());
        let chosen = found.trials.iter().find(|t| t.settings == found.settings);
        assert_eq!(chosen.expect("it was tried").ndcg, best);
    }

    #[test]
    fn the_budget_is_kept_and_the_way_repeats() {
        let few = Budget {
            trials: 7,
            time: None,
        };
        let (found, fitted) = tuned(few);
        assert_eq!((found.trials.len(), fitted), (7, 7));
        assert_eq!(tuned(few).0.settings, found.settings);
        let no_time = Budget {
            time: Some(Duration::ZERO),
            ..few
        };
        assert_eq!(tuned(no_time).1, 1);
    }

    #[test]
    fn all_times_that_likes_of_a_user_are_held_out_count_alike() {
        // Item 90 comes first, and item 0 second.
        let model = At(-1.0);
        let once = validate(&model, &split_of(vec![user(0, vec![90])]));
        assert_eq!(once, [1.0]);
        let again = Split {
            validation_again: vec![std::array::from_fn(|_| user(0, vec![0]))],
            ..split_of(vec![user(0, vec![90])])
        };
        let second = 1.0 / 3_f64.log2();
        let [mean] = validate(&model, &again)[..] else {
            panic!("one figure a user");
        };
        assert!((mean - (1.0 + 4.0 * second) / 5.0).abs() < 1e-12, "{mean}");
    }

    /// All settings are alike.
    struct Flat;

    impl Algorithm for Flat {
        fn name(&self) -> &'static str {
            "flat"
        }

        fn axes(&self) -> Vec<Axis> {
            vec![Axis::linear("a", 0.3, 0.0, 1.0)]
        }

        fn fit(&self, _: &TrainSet, _: &Settings) -> Result<Box<dyn Recommender>, FitError> {
            Ok(Box::new(At(3.0)))
        }
    }

    #[test]
    fn of_settings_that_cannot_be_told_apart_the_middle_is_taken() {
        let split = split_of((0..20).map(|number| user(number, vec![90])).collect());
        let budget = Budget {
            trials: 9,
            time: None,
        };
        let tuned = tune(&Flat, &split, budget, &ProgressBar::hidden()).expect("it fits");
        assert!(tuned.trials.len() <= 9);
        let tried = |t: &&Trial| t.settings != tuned.settings;
        let tried: Vec<f64> = tuned
            .trials
            .iter()
            .filter(tried)
            .map(|t| t.settings[0].1)
            .collect();
        let chosen = tuned.settings[0].1;
        assert!(tried.iter().any(|&a| a < chosen) && tried.iter().any(|&a| a > chosen));
        let last = tuned.trials.last().expect("there are trials");
        assert_eq!(last.settings, tuned.settings);
    }
}
