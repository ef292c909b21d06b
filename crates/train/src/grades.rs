//! From ratings to graded feedback.

use matinee_format::{Feedback, RatingScale};

/// Feedback weights at four points of a rating scale, in stars of five: interpolated between them.
/// Five stars weigh 1; what likes, shrugs and dislikes weigh beside that is for validation users to say.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Grades {
    /// Weight of four stars.
    pub like: f64,
    /// Weight of three stars.
    pub neutral: f64,
    /// Weight of two stars and fewer, and of "not for me".
    pub dislike: f64,
}

impl Grades {
    /// The weights on `scale`; without one, every event weighs 1.
    pub fn feedback(&self, scale: Option<RatingScale>) -> Feedback {
        let weights = match scale {
            None => vec![1.0],
            Some(scale) => {
                let steps = ((scale.max - scale.min) / scale.step).round() as u16;
                (0..=steps)
                    .map(|step| self.at(scale.min + f32::from(step) * scale.step, scale.max))
                    .collect()
            }
        };
        Feedback {
            scale,
            weights,
            not_for_me: self.dislike as f32,
        }
    }

    fn at(&self, rating: f32, max: f32) -> f32 {
        let stars = f64::from(rating / max) * 5.0;
        let between = |low: f64, high: f64, from: f64| low + (high - low) * (stars - from);
        let weight = match stars {
            _ if stars <= 2.0 => self.dislike,
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
    };

    #[test]
    fn every_step_of_the_scale_has_its_weight() {
        let halves = RatingScale {
            min: 0.5,
            max: 5.0,
            step: 0.5,
        };
        let feedback = GRADES.feedback(Some(halves));
        assert_eq!(
            feedback.weights,
            [-0.2, -0.2, -0.2, -0.2, 0.0, 0.2, 0.4, 0.6, 0.8, 1.0]
        );
        let tens = RatingScale {
            min: 1.0,
            max: 10.0,
            step: 1.0,
        };
        assert_eq!(GRADES.feedback(Some(tens)).weights, feedback.weights);
    }

    #[test]
    fn without_a_scale_every_event_counts_the_same() {
        assert_eq!(GRADES.feedback(None).weight(123.0), 1.0);
    }
}
