//! Recall and NDCG of one ranked list, and their means over many.

/// How well a ranked list finds what was held out; each lies in 0..=1, and 1 is perfect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Metric {
    /// Hits in the first 20, as a share of the most there could be: min(20, held out).
    Recall20,
    /// The same for the first 50.
    Recall50,
    /// Hits in the first 100, discounted by log2(rank + 1), as a share of the best order's.
    Ndcg100,
}

impl Metric {
    /// Every metric.
    pub const ALL: [Self; 3] = [Self::Recall20, Self::Recall50, Self::Ndcg100];

    /// The name people know it by.
    pub fn name(self) -> &'static str {
        match self {
            Self::Recall20 => "recall@20",
            Self::Recall50 => "recall@50",
            Self::Ndcg100 => "ndcg@100",
        }
    }

    /// The metric of a list, best first; `held_out` is ascending and not empty.
    pub fn of(self, ranked: &[u32], held_out: &[u32]) -> f64 {
        let hit = |item: &u32| held_out.binary_search(item).is_ok();
        let recall = |k: usize| {
            let hits = ranked.iter().take(k).filter(|item| hit(item)).count();
            hits as f64 / held_out.len().min(k) as f64
        };
        // Ranks count from 1.
        let discount = |at: usize| 1.0 / ((at + 2) as f64).log2();
        match self {
            Self::Recall20 => recall(20),
            Self::Recall50 => recall(50),
            Self::Ndcg100 => {
                let hits = ranked
                    .iter()
                    .take(100)
                    .enumerate()
                    .filter(|(_, item)| hit(item));
                let gain: f64 = hits.map(|(at, _)| discount(at)).sum();
                gain / (0..held_out.len().min(100)).map(discount).sum::<f64>()
            }
        }
    }
}

/// A mean over users and how far it may be off.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The mean.
    pub mean: f64,
    /// Its standard error: the sample standard deviation over the root of the number of users; NaN below two.
    pub standard_error: f64,
}

impl Estimate {
    /// Estimates a mean from one value a user.
    pub fn of(values: impl ExactSizeIterator<Item = f64> + Clone) -> Self {
        let n = values.len() as f64;
        let mean = values.clone().sum::<f64>() / n;
        let squares: f64 = values.map(|value| (value - mean).powi(2)).sum();
        Self {
            mean,
            standard_error: (squares / (n - 1.0) / n).sqrt(),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_list_worked_out_by_hand() {
        // Hits at ranks 1 and 3; three were held out.
        let ranked = [7, 1, 4, 2];
        let held_out = [4, 7, 99];
        let ideal = 1.0 + 1.0 / 3.0_f64.log2() + 0.5;
        assert!((Metric::Ndcg100.of(&ranked, &held_out) - 1.5 / ideal).abs() < 1e-12);
        assert!((Metric::Recall20.of(&ranked, &held_out) - 2.0 / 3.0).abs() < 1e-12);
    }

    #[test]
    fn recall_is_a_share_of_what_fits_the_list() {
        let ranked: Vec<u32> = (0..200).collect();
        let held_out: Vec<u32> = (10..70).collect();
        assert_eq!(Metric::Recall20.of(&ranked, &held_out), 0.5);
        assert_eq!(Metric::Recall50.of(&ranked, &held_out), 0.8);
        let late: Vec<u32> = (100..110).collect();
        assert_eq!(Metric::Ndcg100.of(&ranked, &late), 0.0);
    }

    proptest! {
        #[test]
        fn every_metric_lies_between_0_and_1_and_the_perfect_list_gets_1(
            ranked in prop::collection::btree_set(0..300_u32, 1..200),
            held_out in prop::collection::btree_set(0..300_u32, 1..130),
        ) {
            let held_out: Vec<u32> = held_out.into_iter().collect();
            let ranked: Vec<u32> = ranked.into_iter().rev().collect();
            for metric in Metric::ALL {
                let value = metric.of(&ranked, &held_out);
                prop_assert!((0.0..=1.0 + 1e-12).contains(&value));
                prop_assert!((metric.of(&held_out, &held_out) - 1.0).abs() < 1e-12);
            }
        }
    }

    #[test]
    fn the_standard_error_is_that_of_a_sample_mean() {
        let estimate = Estimate::of([1.0, 2.0, 3.0, 4.0].into_iter());
        assert_eq!(estimate.mean, 2.5);
        // Variance 5/3, over 4 users.
        assert!((estimate.standard_error - (5.0_f64 / 12.0).sqrt()).abs() < 1e-12);
        assert!(Estimate::of([1.0].into_iter()).standard_error.is_nan());
    }
}
