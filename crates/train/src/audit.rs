//! How much a few heavy raters decide, without the user weights and with them.
//!
//! A user who likes `n` items, however little, weighs `n^-beta` an item, so `n^(1 - beta)` in all. The audit says what share of that the
//! heaviest raters hold, and how much the lists of test users change when they are left out of training. As any
//! change of the training set changes lists, leaving out as many raters drawn at random stands beside it.

use matinee_format::Evaluation as Row;
use rand::SeedableRng;
use rand::seq::index;
use rand_chacha::ChaCha8Rng;

use crate::evaluate::{Estimate, Evaluation, FitError, Metric, Settings, evaluate, rank};
use crate::model::Ranker;
use crate::split::{Split, TrainSet};

/// The hyper-parameter that weighs users.
const BETA: &str = "beta";
/// The length of the lists that are compared.
const LIST: usize = 20;
/// Points of the curve of weight.
const CURVE: [f64; 12] = [
    0.0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.65, 0.8, 1.0,
];
/// The part of the raters that is left out.
const LEFT_OUT: f64 = 0.01;

/// The audit of one split.
#[derive(Debug, Clone, PartialEq)]
pub struct RaterAudit {
    /// Raters in training.
    pub raters: usize,
    /// How many of them are left out: the heaviest hundredth.
    pub left_out: usize,
    /// Test users whose lists are compared.
    pub test_users: usize,
    /// Every rater as heavy as their ratings are many (beta = 0), all else as chosen.
    pub before: Weighing,
    /// With the user weights that validation users chose.
    pub after: Weighing,
    /// Mean paired gain in NDCG@100 of `after` over `before`.
    pub gain: Estimate,
    /// Part of the raters, heaviest first, and the part of the weight that they hold before and after; ascending.
    pub curve: Vec<[f64; 3]>,
}

/// What one way of weighing users amounts to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weighing {
    /// A user with n events weighs n^-beta an event.
    pub beta: f64,
    /// Share of the total training weight that the heaviest 1% of raters hold.
    pub top_1: f64,
    /// The same for the heaviest 10%.
    pub top_10: f64,
    /// NDCG@100 of the test users.
    pub ndcg: Estimate,
    /// How lists change without the heaviest 1% of raters.
    pub without_top: Change,
    /// How they change without as many raters drawn at random.
    pub without_random: Change,
}

/// How much lists of 20 change: the share of one that is not in the other, 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Change {
    /// That of the median test user.
    pub median: f64,
    /// The mean over the test users.
    pub mean: Estimate,
}

/// Audits the model with the settings chosen for it. `seed` draws the raters that are left out at random. Takes six
/// training runs.
///
/// # Errors
/// When a training run fails.
pub fn audit(
    ranker: &Ranker,
    split: &Split,
    settings: &Settings,
    seed: u64,
) -> Result<RaterAudit, FitError> {
    let heavy = heaviest(&split.train);
    let left_out = (heavy.len() as f64 * LEFT_OUT).ceil() as usize;
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let random = index::sample(&mut rng, split.train.users.len(), left_out).into_vec();
    let without_top = without(&split.train, &heavy[..left_out]);
    let without_random = without(&split.train, &random);
    let likings = ranker.likings(&split.train, settings);
    let mut events: Vec<usize> = (0..likings.rows)
        .map(|user| likings.row(user).1.iter().filter(|&&x| x != 0.0).count())
        .filter(|&n| n > 0)
        .collect();
    events.sort_unstable_by(|a, b| b.cmp(a));

    let weigh = |beta: f64| -> Result<(Weighing, Evaluation), FitError> {
        let mut settings = settings.clone();
        for (name, value) in &mut settings {
            if *name == BETA {
                *value = beta;
            }
        }
        let fit = |train: &TrainSet| ranker.fit_packed(train, &settings);
        let lists =
            |train| Ok::<_, FitError>(rank(&fit(train)?, &split.test, split.items.len(), LIST));
        let model = fit(&split.train)?;
        let evaluation = evaluate(&model, &split.test, split.items.len());
        let whole = rank(&model, &split.test, split.items.len(), LIST);
        let weighing = Weighing {
            beta,
            top_1: share(&events, beta, 0.01),
            top_10: share(&events, beta, 0.1),
            ndcg: evaluation.estimate(Metric::Ndcg100),
            without_top: change(&whole, &lists(&without_top)?),
            without_random: change(&whole, &lists(&without_random)?),
        };
        Ok((weighing, evaluation))
    };
    let chosen = settings.iter().find(|(name, _)| *name == BETA);
    let beta = chosen.map_or(0.0, |&(_, beta)| beta);
    let (before, unweighted) = weigh(0.0)?;
    let (after, weighted) = weigh(beta)?;
    Ok(RaterAudit {
        raters: split.train.users.len(),
        left_out,
        test_users: split.test.len(),
        before,
        after,
        gain: weighted.gain_over(&unweighted, Metric::Ndcg100),
        curve: CURVE
            .iter()
            .map(|&part| [part, share(&events, 0.0, part), share(&events, beta, part)])
            .collect(),
    })
}

/// The share of the total training weight that the heaviest `part` of the raters hold; `events` descends.
fn share(events: &[usize], beta: f64, part: f64) -> f64 {
    let weight =
        |users: &[usize]| -> f64 { users.iter().map(|&n| (n as f64).powf(1.0 - beta)).sum() };
    let top = (events.len() as f64 * part).ceil() as usize;
    weight(&events[..top]) / weight(events)
}

/// The raters from the heaviest to the lightest; of equally heavy ones the first.
fn heaviest(train: &TrainSet) -> Vec<usize> {
    let mut users: Vec<usize> = (0..train.users.len()).collect();
    users.sort_by_key(|&user| std::cmp::Reverse(train.users[user].len()));
    users
}

/// The same items, rated by fewer.
fn without(train: &TrainSet, left_out: &[usize]) -> TrainSet {
    let mut stays = vec![true; train.users.len()];
    left_out.iter().for_each(|&user| stays[user] = false);
    let users = train.users.iter().zip(stays);
    TrainSet {
        items: train.items,
        users: users
            .filter(|(_, stays)| *stays)
            .map(|(events, _)| events.clone())
            .collect(),
    }
}

fn change(before: &[Vec<u32>], after: &[Vec<u32>]) -> Change {
    let changed = |(before, after): (&Vec<u32>, &Vec<u32>)| {
        let kept = before.iter().filter(|item| after.contains(item)).count();
        1.0 - kept as f64 / before.len().max(1) as f64
    };
    let mut changes: Vec<f64> = before.iter().zip(after).map(changed).collect();
    let mean = Estimate::of(changes.iter().copied());
    changes.sort_by(f64::total_cmp);
    let middle = changes.len() / 2;
    let median = match changes.len() {
        0 => f64::NAN,
        n if n % 2 == 1 => changes[middle],
        _ => (changes[middle - 1] + changes[middle]) / 2.0,
    };
    Change { median, mean }
}

impl RaterAudit {
    /// The audit as rows of a model card; the standard error of a share or a median is given as 0.
    pub fn rows(&self) -> Vec<Row> {
        let protocol = format!(
            "heavy raters, {} raters in training, {} test users",
            self.raters, self.test_users
        );
        let mut rows = Vec::new();
        for (weighing, name) in [(&self.before, "unweighted"), (&self.after, "weighted")] {
            let mut add = |metric: &str, value: f64, standard_error: f64| {
                rows.push(Row {
                    protocol: protocol.clone(),
                    metric: format!("{metric}, {name}"),
                    value,
                    standard_error,
                });
            };
            let (top, random) = (&weighing.without_top, &weighing.without_random.mean);
            add("weight held by the heaviest 1%", weighing.top_1, 0.0);
            add("weight held by the heaviest 10%", weighing.top_10, 0.0);
            add(
                "top 20 changed without the heaviest 1% (median)",
                top.median,
                0.0,
            );
            add(
                "top 20 changed without the heaviest 1%",
                top.mean.mean,
                top.mean.standard_error,
            );
            add(
                "top 20 changed without a random 1%",
                random.mean,
                random.standard_error,
            );
            add("ndcg@100", weighing.ndcg.mean, weighing.ndcg.standard_error);
        }
        rows
    }
}

#[cfg(test)]
mod tests {

    use super::*;
    use crate::evaluate::{Algorithm, Input};
    use crate::grades::Scale;
    use crate::model::Method;
    use crate::split::{Event, SplitOptions};
    use crate::synth::Synth;

    fn raters(counts: &[u32]) -> TrainSet {
        let event = |item| Event {
            item,
            rating: None,
            liked: true,
            ..Event::default()
        };
        TrainSet {
            items: 100,
            users: counts
                .iter()
                .map(|&n| (0..n).map(event).collect())
                .collect(),
        }
    }

    #[test]
    fn shares_worked_out_by_hand() {
        // One rater of ten holds 64 of 100 ratings; with beta = 1/2 their weight is 8 of 8 + 9 * 2.
        let events = [64, 4, 4, 4, 4, 4, 4, 4, 4, 4];
        assert!((share(&events, 0.0, 0.1) - 0.64).abs() < 1e-12);
        assert!((share(&events, 0.5, 0.1) - 8.0 / 26.0).abs() < 1e-12);
        assert!((share(&events, 1.0, 0.1) - 0.1).abs() < 1e-12);
        // A hundredth of ten raters is at least one of them.
        assert_eq!(share(&events, 0.0, 0.01), share(&events, 0.0, 0.1));
        assert_eq!(
            (share(&events, 0.3, 0.0), share(&events, 0.3, 1.0)),
            (0.0, 1.0)
        );
    }

    #[test]
    fn a_change_is_what_one_list_has_and_the_other_has_not() {
        let lists = |last: &[u32]| last.iter().map(|&n| vec![1, 2, 3, n]).collect::<Vec<_>>();
        let change = change(&lists(&[4, 4, 4]), &lists(&[4, 5, 4]));
        assert_eq!(change.median, 0.0);
        assert!((change.mean.mean - 0.25 / 3.0).abs() < 1e-12);
    }

    #[test]
    fn the_heaviest_go_first_and_items_stay() {
        let train = raters(&[3, 9, 5]);
        let rest = without(&train, &heaviest(&train)[..1]);
        assert_eq!(rest.users.iter().map(Vec::len).collect::<Vec<_>>(), [3, 5]);
        assert_eq!(rest.items, 100);
    }

    #[test]
    fn weighting_takes_power_from_heavy_raters() {
        let synth = Synth {
            users: 400,
            items: 200,
            seed: 3,
        };
        let ratings = synth.generate().ratings();
        let split = Split::strong(
            &ratings,
            &SplitOptions {
                seed: 1,
                ..Default::default()
            },
        )
        .expect("enough users");
        let ranker = Ranker {
            method: Method::Dlae,
            reading: None,
            dims: 16,
            levels: 31,
            scale: Scale::of(&ratings),
            input: Input::Ratings,
            content: None,
            seed: 1,
        };
        let settings = ranker
            .axes()
            .iter()
            .map(|axis| (axis.name, axis.default))
            .collect();
        let audit = audit(&ranker, &split, &settings, 1).expect("training works");
        assert!(audit.after.top_1 < 0.8 * audit.before.top_1, "{audit:?}");
        assert!(
            audit.after.without_top.mean.mean < audit.before.without_top.mean.mean,
            "{audit:?}"
        );
        assert!(
            audit.before.without_random.mean.mean < audit.before.without_top.mean.mean,
            "{audit:?}"
        );
        assert_eq!(audit.left_out, split.train.users.len().div_ceil(100));
    }
}
