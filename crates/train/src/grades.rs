//! From ratings to graded feedback.

use matinee_format::{Feedback, RatingScale};

use crate::dataset::Ratings;

/// Feedback weights at five points of a rating scale, in stars of five: interpolated between them.
/// Five stars weigh 1; what likes, shrugs and dislikes weigh beside that is for validation users to say.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Grades {
    /// Weight of four stars.
    pub like: f64,
    /// Weight of three stars.
    pub neutral: f64,
    /// Weight of two stars, and of "not for me".
    pub dislike: f64,
    /// Weight of one star and fewer.
    pub hate: f64,
    /// How far ratings are read relative to the visitor's own mean, 0 to 1.
    pub own_mean: f64,
}

/// What is known of the ratings before any weight is chosen.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Scale {
    /// Lowest and highest rating and the step between them; none without ratings.
    pub ratings: Option<RatingScale>,
    /// Mean rating in training.
    pub mean: f32,
    /// See [`Feedback::watched`].
    pub watched: Vec<f32>,
}

impl Scale {
    /// The scale of these ratings. The mean is of all of them: a single number, it tells nothing of held-out users.
    pub fn of(ratings: &Ratings) -> Self {
        let values = || ratings.events.iter().filter_map(|event| event.value);
        let mean = values().map(f64::from).sum::<f64>() / values().count().max(1) as f64;
        Self {
            ratings: ratings.scale,
            // Hundredths, as below.
            mean: ((mean * 100.0).round() / 100.0) as f32,
            watched: ratings.watched.clone(),
        }
    }
}

impl Grades {
    /// The weights on `scale`; without ratings, every event weighs 1.
    pub fn feedback(&self, scale: &Scale) -> Feedback {
        let weights = match scale.ratings {
            None => vec![1.0],
            Some(ratings) => {
                let steps = ((ratings.max - ratings.min) / ratings.step).round() as u16;
                (0..=steps)
                    .map(|step| self.at(ratings.min + f32::from(step) * ratings.step, ratings.max))
                    .collect()
            }
        };
        Feedback {
            scale: scale.ratings,
            weights,
            not_for_me: self.dislike as f32,
            mean: scale.mean,
            own_mean: self.own_mean as f32,
            watched: scale.watched.clone(),
        }
    }

    fn at(&self, rating: f32, max: f32) -> f32 {
        let stars = f64::from(rating / max) * 5.0;
        let between = |low: f64, high: f64, from: f64| low + (high - low) * (stars - from);
        let weight = match stars {
            _ if stars <= 1.0 => self.hate,
            _ if stars <= 2.0 => between(self.hate, self.dislike, 1.0),
            _ if stars <= 3.0 => between(self.dislike, self.neutral, 2.0),
            _ if stars <= 4.0 => between(self.neutral, self.like, 3.0),
            _ => between(self.like, 1.0, 4.0),
        };
        // Hundredths: the file shows round numbers, and nothing is lost.
        ((weight * 100.0).round() / 100.0) as f32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GRADES: Grades = Grades {
        like: 0.6,
        neutral: 0.2,
        dislike: -0.2,
        hate: -0.6,
        own_mean: 0.0,
    };

    fn on(min: f32, max: f32, step: f32) -> Scale {
        Scale {
            ratings: Some(RatingScale { min, max, step }),
            ..Scale::default()
        }
    }

    #[test]
    fn every_step_of_the_scale_has_its_weight() {
        let feedback = GRADES.feedback(&on(0.5, 5.0, 0.5));
        assert_eq!(
            feedback.weights,
            [-0.6, -0.6, -0.4, -0.2, 0.0, 0.2, 0.4, 0.6, 0.8, 1.0]
        );
        assert_eq!(
            GRADES.feedback(&on(1.0, 10.0, 1.0)).weights,
            feedback.weights
        );
    }

    #[test]
    fn a_share_watched_is_graded_like_the_same_share_of_the_stars() {
        let feedback = GRADES.feedback(&on(0.0, 1.0, 0.05));
        assert_eq!((feedback.weight(1.0), feedback.weight(0.8)), (1.0, 0.6));
        assert_eq!((feedback.weight(0.1), feedback.weight(0.4)), (-0.6, -0.2));
    }

    #[test]
    fn without_a_scale_every_event_counts_the_same() {
        assert_eq!(GRADES.feedback(&Scale::default()).weight(123.0), 1.0);
    }
}
