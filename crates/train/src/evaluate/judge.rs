//! Running a recommender over held-out users.

use std::cmp::Ordering;

use rayon::prelude::*;

use super::{Estimate, Input, Metric, Recommender};
use crate::split::{Event, HeldOutUser};

/// The longest list any metric looks at.
pub(super) const LONGEST: usize = 100;
/// The length of the lists whose variety is reported.
pub(super) const SHOWN: usize = 20;

/// What a recommender did for held-out users.
#[derive(Debug, Clone, PartialEq)]
pub struct Evaluation {
    /// The value of each of [`Metric::ALL`] for each user.
    pub users: Vec<[f64; Metric::ALL.len()]>,
    /// The share of all items that are in somebody's first 20.
    pub coverage: f64,
    /// The share of their first 20 that two visitors have in common, on average over all pairs; NaN below two.
    pub overlap: f64,
    /// What each user is shown first: up to 20 items, best first.
    pub shown: Vec<Vec<u32>>,
}

impl Evaluation {
    /// From the metrics of each user and their lists, best first, of `items` items.
    pub fn of(
        users: Vec<[f64; Metric::ALL.len()]>,
        mut lists: Vec<Vec<u32>>,
        items: usize,
    ) -> Self {
        let mut shown = vec![0_u64; items];
        for list in &mut lists {
            list.truncate(SHOWN);
            for &item in &*list {
                shown[item as usize] += 1;
            }
        }
        let pairs = (lists.len() * lists.len().saturating_sub(1)) as f64;
        let shared: u64 = shown.iter().map(|&n| n * n.saturating_sub(1)).sum();
        Self {
            users,
            coverage: shown.iter().filter(|&&n| n > 0).count() as f64 / items as f64,
            overlap: shared as f64 / (pairs * SHOWN as f64),
            shown: lists,
        }
    }

    /// The mean of a metric over the users.
    pub fn estimate(&self, metric: Metric) -> Estimate {
        Estimate::of(self.users.iter().map(|user| user[metric as usize]))
    }

    /// The mean by which a metric is better here than in an evaluation over the same users.
    pub fn gain_over(&self, other: &Self, metric: Metric) -> Estimate {
        let pairs = self.users.iter().zip(&other.users);
        Estimate::of(pairs.map(|(this, other)| this[metric as usize] - other[metric as usize]))
    }
}

/// Judges a recommender of `items` items on held-out users. The result does not depend on the number of threads.
pub fn evaluate(model: &dyn Recommender, users: &[HeldOutUser], items: usize) -> Evaluation {
    let ranked = rank(model, users, items, LONGEST);

    let judge = |(user, ranked): (&HeldOutUser, &Vec<u32>)| {
        Metric::ALL.map(|metric| metric.of(ranked, &user.held_out))
    };
    let per_user = users.iter().zip(&ranked).map(judge).collect();
    Evaluation::of(per_user, ranked, items)
}

/// The `k` items that a recommender of `items` items puts first for each user, best first; of equal ones the lower
/// number first. What the user is known to like is out, as the metrics ask for what is new.
pub fn rank(
    model: &dyn Recommender,
    users: &[HeldOutUser],
    items: usize,
    k: usize,
) -> Vec<Vec<u32>> {
    users
        .par_iter()
        .map_init(
            || vec![0.0; items],
            |scores, user| {
                model.score(&fold_in(user, model.input()), scores);
                for event in &user.likes {
                    scores[event.item as usize] = f32::NEG_INFINITY;
                }
                best(scores, k.min(items - user.likes.len()))
            },
        )
        .collect()
}

fn fold_in(user: &HeldOutUser, input: Input) -> Vec<Event> {
    let mut events = user.likes.clone();
    if input == Input::Ratings {
        events.extend(&user.others);
        events.sort_unstable_by_key(|event| event.item);
    }
    events
}

/// The `k` items with the highest scores, best first; of equal ones the lower number first, NaN last.
pub(super) fn best(scores: &[f32], k: usize) -> Vec<u32> {
    let score = |item: u32| match scores[item as usize] {
        score if score.is_nan() => f32::NEG_INFINITY,
        score => score,
    };
    let order = |a: &u32, b: &u32| -> Ordering { score(*b).total_cmp(&score(*a)).then(a.cmp(b)) };
    let mut items: Vec<u32> = (0..scores.len() as u32).collect();
    if k < items.len() {
        items.select_nth_unstable_by(k, order);
        items.truncate(k);
    }
    items.sort_unstable_by(order);
    items
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Scores each item by what was said of it, and all others by their number.
    struct Echo(Input);

    impl Recommender for Echo {
        fn input(&self) -> Input {
            self.0
        }

        fn score(&self, fold_in: &[Event], scores: &mut [f32]) {
            for (item, score) in scores.iter_mut().enumerate() {
                *score = item as f32;
            }
            for event in fold_in {
                scores[event.item as usize] = 1000.0 * event.rating.unwrap_or(0.0);
            }
        }
    }

    fn event(item: u32, rating: f32) -> Event {
        Event {
            item,
            rating: Some(rating),
            liked: rating > 3.5,
            ..Event::default()
        }
    }

    fn user(likes: &[u32], others: &[u32], held_out: &[u32]) -> HeldOutUser {
        HeldOutUser {
            user: 0,
            likes: likes.iter().map(|&item| event(item, 5.0)).collect(),
            others: others.iter().map(|&item| event(item, 2.0)).collect(),
            held_out: held_out.to_vec(),
        }
    }

    #[test]
    fn known_likes_are_out_and_low_ratings_stay_in() {
        let users = [user(&[29, 27], &[3], &[28])];
        let ndcg = |input| {
            evaluate(&Echo(input), &users, 30)
                .estimate(Metric::Ndcg100)
                .mean
        };
        assert_eq!(ndcg(Input::Likes), 1.0);
        // The low rating puts item 3 first: it is a candidate, and the hit comes second.
        assert!((ndcg(Input::Ratings) - 1.0 / 3.0_f64.log2()).abs() < 1e-12);
    }

    #[test]
    fn gains_are_taken_user_by_user() {
        let users = [user(&[29], &[3], &[28]), user(&[29], &[], &[28])];
        let likes = evaluate(&Echo(Input::Likes), &users, 30);
        let ratings = evaluate(&Echo(Input::Ratings), &users, 30);
        let gain = likes.gain_over(&ratings, Metric::Ndcg100);
        let first = 1.0 - 1.0 / 3.0_f64.log2();
        assert!((gain.mean - first / 2.0).abs() < 1e-12);
        assert!((gain.standard_error - first / 2.0).abs() < 1e-12);
    }

    #[test]
    fn coverage_and_overlap_of_lists_known_beforehand() {
        // Both are shown the same 20 of 25 items but for one.
        let users = [user(&[24], &[], &[1]), user(&[23], &[], &[1])];
        let evaluation = evaluate(&Echo(Input::Likes), &users, 25);
        assert!((evaluation.overlap - 19.0 / 20.0).abs() < 1e-12);
        assert!((evaluation.coverage - 21.0 / 25.0).abs() < 1e-12);
    }

    #[test]
    fn the_thread_count_changes_no_bit() {
        let users: Vec<_> = (0..200)
            .map(|n| user(&[n, n + 300], &[n + 50], &[n + 20, n + 250]))
            .collect();
        let run = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
            let pool = pool.expect("a thread pool");
            pool.install(|| evaluate(&Echo(Input::Ratings), &users, 500))
        };
        assert_eq!(run(1), run(3));
    }

    #[test]
    fn the_best_come_in_order_with_ties_by_number() {
        let scores = [1.0, f32::NAN, 3.0, 3.0, f32::NEG_INFINITY, 2.0];
        assert_eq!(best(&scores, 4), [2, 3, 5, 0]);
        assert_eq!(best(&scores, 9), [2, 3, 5, 0, 1, 4]);
    }
}
