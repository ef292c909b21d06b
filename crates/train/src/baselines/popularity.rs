//! The most liked items for everyone.

use crate::evaluate::{Algorithm, Axis, FitError, Input, Recommender, Settings};
use crate::split::{Event, TrainSet};

/// Ranks items by the number of users who like them.
#[derive(Debug, Clone, Copy)]
pub struct Popularity;

struct Likes(Vec<f32>);

impl Algorithm for Popularity {
    fn name(&self) -> &'static str {
        "popularity"
    }

    fn axes(&self) -> Vec<Axis> {
        Vec::new()
    }

    fn fit(&self, train: &TrainSet, _: &Settings) -> Result<Box<dyn Recommender>, FitError> {
        let mut likes = vec![0.0; train.items];
        for event in train.users.iter().flatten().filter(|event| event.liked) {
            likes[event.item as usize] += 1.0;
        }
        Ok(Box::new(Likes(likes)))
    }
}

impl Recommender for Likes {
    fn input(&self) -> Input {
        Input::Likes
    }

    fn score(&self, _: &[Event], scores: &mut [f32]) {
        scores.copy_from_slice(&self.0);
    }
}
