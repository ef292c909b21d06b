//! EASE: the linear item-item model in closed form.

use faer::linalg::solvers::DenseSolveCore;
use faer::{Mat, Side};
use rayon::prelude::*;

use crate::evaluate::{Algorithm, Axis, FitError, Input, Recommender, Settings};
use crate::sparse::Csr;
use crate::split::{Event, TrainSet};

const NAME: &str = "ease";
/// Three dense matrices of this order take 5 GB.
const ITEMS_AT_MOST: usize = 16_384;

/// The item-item weights `B` that best rebuild the likes `X` from themselves with a zero diagonal:
/// `B = I - P diag(P)^-1` with `P = (X'X + lambda I)^-1`. Steck, "Embarrassingly Shallow Autoencoders for Sparse
/// Data" (2019).
#[derive(Debug, Clone, Copy)]
pub struct Ease;

/// `B`, row after row.
struct Weights {
    items: usize,
    rows: Vec<f32>,
}

impl Algorithm for Ease {
    fn name(&self) -> &'static str {
        NAME
    }

    fn axes(&self) -> Vec<Axis> {
        vec![Axis::logarithmic("lambda", 400.0, 30.0, 3000.0)]
    }

    fn fit(&self, train: &TrainSet, settings: &Settings) -> Result<Box<dyn Recommender>, FitError> {
        let [("lambda", lambda)] = settings[..] else {
            unreachable!("settings come from this algorithm's own axes");
        };
        Ok(Box::new(weights(train, lambda)?))
    }
}

fn weights(train: &TrainSet, lambda: f64) -> Result<Weights, FitError> {
    let items = train.items;
    if items > ITEMS_AT_MOST {
        return Err(FitError::TooManyItems {
            algorithm: NAME,
            items,
            limit: ITEMS_AT_MOST,
        });
    }
    let mut gram = gram(train);
    for i in 0..items {
        gram[(i, i)] += lambda;
    }
    let factor = gram
        .llt(Side::Lower)
        .map_err(|_| FitError::Singular { algorithm: NAME })?;
    drop(gram);
    let inverse = factor.inverse();
    drop(factor);

    let diagonal: Vec<f64> = (0..items).map(|i| inverse[(i, i)]).collect();
    let mut rows = vec![0.0; items * items];
    rows.par_chunks_mut(items.max(1))
        .enumerate()
        .for_each(|(i, row)| {
            // The inverse is symmetric: its columns, which are contiguous, are its rows.
            for (j, (weight, p)) in row.iter_mut().zip(inverse.col(i).iter()).enumerate() {
                *weight = if i == j {
                    0.0
                } else {
                    (-p / diagonal[j]) as f32
                };
            }
        });
    Ok(Weights { items, rows })
}

/// `X'X`: how many users like both items.
fn gram(train: &TrainSet) -> Mat<f64> {
    let likes = |events: &Vec<Event>| -> Vec<(u32, f32)> {
        events
            .iter()
            .filter(|e| e.liked)
            .map(|e| (e.item, 1.0))
            .collect()
    };
    let users = Csr::from_rows(train.items, train.users.iter().map(likes));
    let fans = users.transpose();
    let mut gram = Mat::zeros(train.items, train.items);
    gram.par_col_iter_mut()
        .enumerate()
        .for_each(|(item, mut column)| {
            for &user in fans.row(item).0 {
                for &other in users.row(user as usize).0 {
                    column[other as usize] += 1.0;
                }
            }
        });
    gram
}

impl Recommender for Weights {
    fn input(&self) -> Input {
        Input::Likes
    }

    fn score(&self, fold_in: &[Event], scores: &mut [f32]) {
        scores.fill(0.0);
        for event in fold_in {
            let row = &self.rows[event.item as usize * self.items..][..self.items];
            for (score, weight) in scores.iter_mut().zip(row) {
                *score += weight;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn train(items: usize, users: &[&[u32]]) -> TrainSet {
        let event = |&item: &u32| Event {
            item,
            rating: None,
            liked: true,
            ..Event::default()
        };
        let users = users
            .iter()
            .map(|list| list.iter().map(event).collect())
            .collect();
        TrainSet { items, users }
    }

    #[test]
    fn two_items_worked_out_by_hand() {
        // X'X + 1 = [[3, 1], [1, 2]], inverse [[2, -1], [-1, 3]] / 5.
        let weights = weights(&train(2, &[&[0, 1], &[0]]), 1.0).expect("a regular matrix");
        let expected = [0.0, 1.0 / 3.0, 0.5, 0.0];
        for (weight, expected) in weights.rows.iter().zip(expected) {
            assert!((weight - expected).abs() < 1e-6, "{:?}", weights.rows);
        }
    }

    #[test]
    fn low_ratings_are_not_read() {
        let mut set = train(3, &[&[0, 1], &[0, 1, 2]]);
        let before = weights(&set, 10.0).expect("a regular matrix").rows;
        set.users[0].push(Event {
            item: 2,
            rating: Some(1.0),
            liked: false,
            ..Event::default()
        });
        assert_eq!(weights(&set, 10.0).expect("a regular matrix").rows, before);
    }

    #[test]
    fn the_diagonal_is_zero_and_the_thread_count_changes_no_bit() {
        let of_user = |user: u32| {
            let items: BTreeSet<u32> = (0..30).map(|i| (user * 31 + i * i * 7) % 300).collect();
            items.into_iter().collect()
        };
        let lists: Vec<Vec<u32>> = (0..400).map(of_user).collect();
        let lists: Vec<&[u32]> = lists.iter().map(Vec::as_slice).collect();
        let set = train(300, &lists);
        let run = |threads| {
            let pool = rayon::ThreadPoolBuilder::new()
                .num_threads(threads)
                .build()
                .expect("a thread pool");
            pool.install(|| weights(&set, 50.0))
                .expect("a regular matrix")
                .rows
        };
        let one = run(1);
        assert_eq!(one, run(4));
        assert!((0..300).all(|i| one[i * 300 + i] == 0.0));
        assert!(one.iter().any(|&weight| weight != 0.0));
    }

    #[test]
    fn a_matrix_too_large_is_refused() {
        let error = weights(&train(ITEMS_AT_MOST + 1, &[]), 1.0)
            .err()
            .expect("too many items");
        assert!(error.to_string().contains("dlae"), "{error}");
    }
}
