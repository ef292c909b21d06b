//! Which films to ask a visitor about.
//!
//! An answer teaches something only where the film was seen, and most where it was liked, so the work is to guess
//! both: each answer, "haven't seen" included, moves what is believed of every film whose vector points the same way.

mod belief;
mod priors;

use matinee_format::Model;

use crate::profile::{Profile, power_of_two};
use crate::score::{Scored, dot, top_k};
use belief::Belief;
use priors::Priors;

/// Likely films are looked for among this many of the most rated: further down nobody gets a better answer.
const POOL: usize = 400;
/// The part of the variance of "seen or not" and "liked or not" that taste explains, and what remains of it as noise in
/// an answer. Chosen on the validation users of three splits of MovieLens 1M, among whom are test users of the other two
/// splits; half or twice of either does nearly as well.
const EXPLAINED: f32 = 0.4;
const NOISE: f32 = 0.15;
/// Length of a direction of taste. Short: whether a film was liked matters more than how new its direction is.
const TASTE: f32 = 0.25;
/// The head is the fewest films that hold this part of all ratings, in hundredths; the others are rarely rated.
const HEAD_PERCENT: u64 = 80;
/// A visitor knows the corner that a film is in who rated this many films at this cosine to it.
const NEIGHBOURS: usize = 3;
const NEAR: f32 = 0.4;
/// Rare films looked at for each one wanted: the likeliest first, so later ones are poor offers.
const RARE_EFFORT: usize = 20;

/// Why a film is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Likely seen, and telling.
    Likely,
    /// Rarely rated, in a corner that the visitor has shown to know: the answer helps those who come after.
    Rare,
}

/// A film to ask about.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Question {
    /// Row of the film.
    pub row: u32,
    /// Why it is asked about.
    pub kind: Kind,
    /// The estimated probability that the visitor has seen it, 0 to 1.
    pub seen: f32,
}

/// What is known of a visitor from what they rated and what they said they had not seen.
///
/// Whether films were seen is a Gaussian with the popularities as mean, and as covariance the cosine of two films'
/// vectors times `EXPLAINED` of their standard deviations: a ridge fold-in of seen and unseen, updated by rank one
/// with each answer. Whether they were liked is another. What ratings have told of taste is the precision matrix of
/// D-optimal design (Rubens, Elahi, Sugiyama and Kaplan, "Active Learning in Recommender Systems", 2015).
///
/// An answer costs three times `dims^2` steps; a question `2 * POOL * dims` and `dims^2` for each of the few films that
/// come near.
#[derive(Debug, Clone)]
pub struct Interview {
    seen: Belief,
    liked: Belief,
    taste: Belief,
    priors: Priors,
    /// Rows asked about or rated, ascending.
    settled: Vec<u32>,
    /// Rows seen, in any order.
    rated: Vec<u32>,
}

impl Interview {
    /// Begins with what is rated already.
    pub fn new(model: &Model, profile: &Profile) -> Self {
        let mut interview = Interview {
            seen: Belief::new(model.dims(), NOISE),
            liked: Belief::new(model.dims(), NOISE),
            taste: Belief::new(model.dims(), 1.0),
            priors: Priors::new(model),
            settled: Vec::new(),
            rated: Vec::new(),
        };
        let unit = power_of_two(-i32::from(model.header().weight_shift)) as f32;
        for folded in profile.folded() {
            let feedback = folded.weight as f32 * unit / model.in_scale(folded.row);
            interview.rated(model, folded.row, feedback);
        }
        interview
    }

    /// The visitor has seen the film and thinks of it what `feedback` says, as in [`Profile::set`]. A row that was
    /// answered before is ignored.
    pub fn rated(&mut self, model: &Model, row: u32, feedback: f32) {
        self.answer(model, row, Some(feedback));
    }

    /// The visitor has not seen the film. A row that was answered before is ignored.
    pub fn not_seen(&mut self, model: &Model, row: u32) {
        self.answer(model, row, None);
    }

    fn answer(&mut self, model: &Model, row: u32, feedback: Option<f32>) {
        let Err(place) = self.settled.binary_search(&row) else {
            return;
        };
        self.settled.insert(place, row);
        // A film without a vector has no scale, and its feedback is no number.
        let liking = feedback.filter(|x| x.is_finite()).unwrap_or(0.0);
        let liking = liking.clamp(0.0, 1.0);
        let surprise = f32::from(u8::from(feedback.is_some())) - self.estimate(model, row);
        let seen = direction(model, row, spread(self.priors.seen(model, row)));
        self.seen.learn(&seen, surprise);
        let surprise = liking - self.liking(model, row);
        let liked = direction(model, row, spread(self.priors.liked(model, row)));
        self.liked.learn(&liked, surprise);
        if feedback.is_some_and(|feedback| feedback != 0.0) {
            self.taste.learn(&direction(model, row, TASTE), 0.0);
        }
        if feedback.is_some() {
            self.rated.push(row);
        }
    }

    /// The next film to ask about; none when all are settled or excluded.
    pub fn next(&self, model: &Model, exclude: impl Fn(u32) -> bool) -> Option<Question> {
        self.batch(model, 1, exclude).pop()
    }

    /// The `k` films to ask about together, the most telling first: greedy D-optimal design, each film weighted by
    /// how much the visitor is expected to like it, which is nothing where they have not seen it. Those that are settled
    /// and those that `exclude` names are left out.
    ///
    /// The usual logarithm is replaced by a fraction with the same order, so that every platform chooses alike.
    pub fn batch(&self, model: &Model, k: usize, exclude: impl Fn(u32) -> bool) -> Vec<Question> {
        let mut taste = self.taste.clone();
        let mut pool: Vec<Candidate> = (0..model.len() as u32)
            .filter(|&row| !self.is_settled(row) && !exclude(row))
            .take(POOL.max(k))
            .map(|row| Candidate {
                row,
                seen: self.chance(model, row),
                liked: self.liking(model, row).clamp(0.005, 1.0),
                variance: TASTE * TASTE,
                as_of: None,
            })
            .collect();
        let mut questions = Vec::with_capacity(k.min(pool.len()));
        while questions.len() < k {
            let better = |a: usize, b: usize| {
                if pool[b].value() > pool[a].value() {
                    b
                } else {
                    a
                }
            };
            let Some(best) = (0..pool.len()).reduce(better) else {
                break;
            };
            // Variance only falls, so what was worked out before is a bound: only the best need be looked at again.
            let candidate = &mut pool[best];
            let direction = direction(model, candidate.row, TASTE);
            if candidate.as_of != Some(questions.len()) {
                candidate.variance = taste.variance(&direction).min(candidate.variance);
                candidate.as_of = Some(questions.len());
                continue;
            }
            // Not `swap_remove`: among equals the earlier row comes first.
            let asked = pool.remove(best);
            questions.push(Question {
                row: asked.row,
                kind: Kind::Likely,
                seen: asked.seen,
            });
            taste.learn(&direction, 0.0);
        }
        questions
    }

    /// Up to `k` rarely rated films, the likeliest seen first, each in a corner that the visitor has shown to know.
    /// Fewer, or none, where the visitor has not. Those settled and those that `exclude` names are left out.
    pub fn rare(&self, model: &Model, k: usize, exclude: impl Fn(u32) -> bool) -> Vec<Question> {
        if self.rated.len() < NEIGHBOURS {
            return Vec::new();
        }
        let head = head(model);
        let chances: Vec<f32> = (head..model.len() as u32)
            .map(|row| self.estimate(model, row))
            .collect();
        let likeliest = top_k(&chances, k.saturating_mul(RARE_EFFORT), |at| {
            self.is_settled(head + at) || exclude(head + at)
        });
        let known = likeliest
            .iter()
            .map(|&Scored { row, .. }| head + row)
            .filter(|&row| self.knows_corner(model, row));
        known
            .take(k)
            .map(|row| Question {
                row,
                kind: Kind::Rare,
                seen: self.chance(model, row),
            })
            .collect()
    }

    /// Whether enough of what the visitor has seen is close to the film.
    fn knows_corner(&self, model: &Model, row: u32) -> bool {
        let target = model.codes(row);
        let threshold = NEAR * length(target);
        let is_near = |&&other: &&u32| {
            let codes = model.codes(other);
            dot(target, codes) as f32 > threshold * length(codes)
        };
        self.rated.iter().filter(is_near).take(NEIGHBOURS).count() == NEIGHBOURS
    }

    fn is_settled(&self, row: u32) -> bool {
        self.settled.binary_search(&row).is_ok()
    }

    /// The mean of the belief, which may leave 0 to 1.
    fn estimate(&self, model: &Model, row: u32) -> f32 {
        moved(model, row, self.priors.seen(model, row), &self.seen)
    }

    /// How much the visitor likes the film, on average, where not having seen it counts 0; it may leave 0 to 1.
    fn liking(&self, model: &Model, row: u32) -> f32 {
        moved(model, row, self.priors.liked(model, row), &self.liked)
    }

    fn chance(&self, model: &Model, row: u32) -> f32 {
        self.estimate(model, row).clamp(0.01, 1.0)
    }
}

/// The rows from which on items are rarely rated: those before it are the fewest that hold 80% of all ratings.
pub fn head(model: &Model) -> u32 {
    let popularity = |row| u64::from(model.popularity(row));
    let all: u64 = (0..model.len() as u32).map(popularity).sum();
    let mut held = 0;
    (0..model.len() as u32)
        .find(|&row| {
            let is_enough = held * 100 >= all * HEAD_PERCENT;
            held += popularity(row);
            is_enough
        })
        .unwrap_or(model.len() as u32)
}

struct Candidate {
    row: u32,
    seen: f32,
    liked: f32,
    /// How little is known in this film's direction, or more.
    variance: f32,
    /// The number of questions chosen when the variance was worked out.
    as_of: Option<usize>,
}

impl Candidate {
    fn value(&self) -> f32 {
        self.liked * (1.0 - 1.0 / (1.0 + self.variance))
    }
}

/// What a belief makes of a probability that was `prior` before any answer.
fn moved(model: &Model, row: u32, prior: f32, belief: &Belief) -> f32 {
    let codes = model.codes(row);
    prior + belief.leaning(codes) * spread(prior) / length(codes)
}

/// What taste explains of the standard deviation of a yes that has probability `prior`.
fn spread(prior: f32) -> f32 {
    (EXPLAINED * prior * (1.0 - prior)).sqrt()
}

/// The item's vector at a given length.
fn direction(model: &Model, row: u32, scaled_to: f32) -> Vec<f32> {
    let codes = model.codes(row);
    let factor = scaled_to / length(codes);
    codes.iter().map(|&c| f32::from(c) * factor).collect()
}

/// At least 1, which is the length of the shortest vector that is not zero.
fn length(codes: &[i8]) -> f32 {
    (dot(codes, codes) as f32).sqrt().max(1.0)
}
