//! What lists are like beside being right: how evenly they show items, how far down the tail they reach, and how
//! unlike each other their films are. All of it is worked out from the training ratings alone, so that algorithms
//! can be compared.

use rayon::prelude::*;

use super::Estimate;
use crate::split::TrainSet;

/// The head is the fewest items that hold this part of the training ratings, in hundredths.
const HEAD_PERCENT: u64 = 80;

/// What is needed of the training ratings.
pub struct Variety {
    /// The users who rated each item, ascending.
    raters: Vec<Vec<u32>>,
    /// Whether an item is outside the head.
    tail: Vec<bool>,
}

/// What lists are like.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct VarietyOfLists {
    /// The Gini coefficient of how often each item is shown, items never shown included: 0 when all are shown alike,
    /// towards 1 when a few take all.
    pub gini: f64,
    /// The share of what is shown that lies outside the head: the fewest items that hold 80% of the training ratings
    /// (among equally rated ones the lower numbers).
    pub long_tail: f64,
    /// The mean over lists of the mean distance of two items of a list: 1 less the cosine of their columns in the
    /// matrix of who rated what, 0 to 1. Lists of fewer than two items do not count.
    pub distance: Estimate,
}

impl Variety {
    /// Reads the training ratings.
    pub fn new(train: &TrainSet) -> Self {
        let mut raters = vec![Vec::new(); train.items];
        for (user, events) in train.users.iter().enumerate() {
            for event in events {
                raters[event.item as usize].push(user as u32);
            }
        }
        let mut order: Vec<usize> = (0..train.items).collect();
        order.sort_by_key(|&item| std::cmp::Reverse(raters[item].len()));
        let all: usize = raters.iter().map(Vec::len).sum();
        let mut tail = vec![true; train.items];
        let mut held = 0;
        for item in order {
            if held as u64 * 100 >= all as u64 * HEAD_PERCENT {
                break;
            }
            tail[item] = false;
            held += raters[item].len();
        }
        Self { raters, tail }
    }

    /// What `lists` are like.
    pub fn of(&self, lists: &[Vec<u32>]) -> VarietyOfLists {
        let mut shown = vec![0_u64; self.raters.len()];
        for &item in lists.iter().flatten() {
            shown[item as usize] += 1;
        }
        let all: u64 = shown.iter().sum();
        let in_tail = shown.iter().zip(&self.tail).filter(|(_, tail)| **tail);
        let long_tail = in_tail.map(|(n, _)| n).sum::<u64>() as f64 / all as f64;
        let distances: Vec<f64> = lists
            .par_iter()
            .filter(|list| list.len() > 1)
            .map(|list| self.distance_within(list))
            .collect();
        VarietyOfLists {
            gini: gini(shown),
            long_tail,
            distance: Estimate::of(distances.into_iter()),
        }
    }

    fn distance_within(&self, list: &[u32]) -> f64 {
        let mut sum = 0.0;
        for (at, &a) in list.iter().enumerate() {
            let others = list[at + 1..].iter();
            sum += others.map(|&b| 1.0 - self.cosine(a, b)).sum::<f64>();
        }
        sum / (list.len() * (list.len() - 1) / 2) as f64
    }

    fn cosine(&self, a: u32, b: u32) -> f64 {
        let (a, b) = (&self.raters[a as usize], &self.raters[b as usize]);
        let (mut i, mut j, mut common) = (0, 0, 0_u32);
        while i < a.len() && j < b.len() {
            common += u32::from(a[i] == b[j]);
            let (left, right) = (a[i], b[j]);
            i += usize::from(left <= right);
            j += usize::from(right <= left);
        }
        if common == 0 {
            return 0.0;
        }
        f64::from(common) / ((a.len() * b.len()) as f64).sqrt()
    }
}

fn gini(mut shown: Vec<u64>) -> f64 {
    shown.sort_unstable();
    let n = shown.len() as f64;
    let all = shown.iter().sum::<u64>() as f64;
    let ranked = shown.iter().enumerate();
    let weighted: f64 = ranked.map(|(at, &x)| (at + 1) as f64 * x as f64).sum();
    2.0 * weighted / (n * all) - (n + 1.0) / n
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::split::Event;

    /// Users by the items they rated.
    fn train(items: usize, users: &[&[u32]]) -> TrainSet {
        let event = |&item: &u32| Event {
            item,
            rating: None,
            liked: true,
            ..Event::default()
        };
        TrainSet {
            items,
            users: users
                .iter()
                .map(|user| user.iter().map(event).collect())
                .collect(),
        }
    }

    #[test]
    fn equal_exposure_has_no_gini_and_one_item_for_all_has_nearly_all() {
        assert!(gini(vec![3; 10]).abs() < 1e-12);
        let mut one = vec![0; 100];
        one[7] = 50;
        assert!((gini(one) - 0.99).abs() < 1e-12);
        // (1, 3): mean difference 1, over twice the mean of 2.
        assert!((gini(vec![3, 1]) - 0.25).abs() < 1e-12);
    }

    #[test]
    fn the_tail_begins_where_four_fifths_of_the_ratings_end() {
        // Items 0 and 1 hold four of five ratings.
        let variety = Variety::new(&train(4, &[&[0, 1], &[0, 1], &[2]]));
        let tail = |list: &[u32]| variety.of(&[list.to_vec()]).long_tail;
        assert_eq!(tail(&[0, 1]), 0.0);
        assert_eq!(tail(&[0, 2]), 0.5);
        assert_eq!(tail(&[2, 3]), 1.0);
    }

    #[test]
    fn distance_is_one_less_the_cosine_of_who_rated() {
        let variety = Variety::new(&train(4, &[&[0, 1, 2], &[0, 1], &[2]]));
        let distance = |list: &[u32]| variety.of(&[list.to_vec()]).distance.mean;
        assert!(distance(&[0, 1]).abs() < 1e-12);
        assert!((distance(&[0, 2]) - 0.5).abs() < 1e-12);
        assert_eq!(distance(&[0, 3]), 1.0, "nobody rated item 3");
        assert!((distance(&[0, 1, 2]) - 1.0 / 3.0).abs() < 1e-12);
    }
}
