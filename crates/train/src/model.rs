//! The ranking model as an [`Algorithm`], judged as it ships: quantised, packed, decoded and scored by the engine.

use matinee_engine::{ListOptions, Profile, Query, StarProfile, caution_factor, score_all};
use matinee_format::{Feedback, Header, Model, ModelCard, StarHead};

use crate::content;
use crate::dlae::{self, Factors, Hyper};
use crate::evaluate::{Algorithm, Axis, FitError, Input, Recommender, Settings, ship};
use crate::grades::{Grades, Scale};
use crate::ials;
use crate::quantise::{Quantised, quantise};
use crate::sparse::Csr;
use crate::split::{Event, TrainSet};

/// How item vectors are learned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// A truncated denoising linear autoencoder: [`dlae`].
    Dlae,
    /// The same closed form alone: no popularity exponent, no grades, no facts. What is added to it is measured beside it.
    Plain,
    /// Implicit alternating least squares, which also learns from how often something was consumed: [`ials`].
    Ials,
}

/// A ranking model with everything that is decided before its settings are.
#[derive(Debug, Clone)]
pub struct Ranker {
    /// How vectors are learned.
    pub method: Method,
    /// Length of the item vectors.
    pub dims: usize,
    /// Largest absolute code after quantisation.
    pub levels: u8,
    /// Scale of the ratings.
    pub scale: Scale,
    /// Whether low ratings are read, in training and from visitors.
    pub input: Input,
    /// How visitors' ratings are read where that is already chosen; otherwise as in training.
    pub reading: Option<Reading>,
    /// What is known of the items beside their ratings: items x features.
    pub content: Option<Csr>,
    /// Seed of the decomposition.
    pub seed: u64,
}

/// How visitors' ratings are read, all of them.
#[derive(Debug, Clone)]
pub struct Reading {
    /// What they weigh.
    pub feedback: Feedback,
    /// What predicts stars from them, and how far that counts; its items are those of the training set.
    pub stars: Option<StarHead>,
}

/// A trained model, ready to be packed.
pub struct Trained {
    /// Quantised item vectors.
    pub vectors: Quantised,
    /// How ratings become feedback.
    pub feedback: Feedback,
}

impl Ranker {
    /// Trains and quantises.
    pub fn train(&self, train: &TrainSet, settings: &Settings) -> Trained {
        let feedback = self.feedback(settings);
        let matrix = self.matrix(train, &feedback);
        let content = self.content.as_ref();
        let popularity = counts(train);
        let mut factors: Factors = match self.method {
            Method::Dlae | Method::Plain => {
                dlae::train(&matrix, content, &hyper(settings), self.dims, self.seed)
            }
            Method::Ials => {
                let hyper = ials::Hyper::of(settings);
                ials::train(&matrix, &hyper, self.dims, self.seed)
            }
        };
        if let Some(content) = content {
            content::blend(
                &mut factors,
                content,
                &popularity,
                optional(settings, "content_ridge", content::RIDGE),
                setting(settings, "blend"),
            );
        }
        Trained {
            vectors: quantise(&factors, &popularity, self.levels),
            feedback,
        }
    }

    /// How ratings are read in training.
    pub fn feedback(&self, settings: &Settings) -> Feedback {
        grades(settings).feedback(&self.scale)
    }

    /// What is trained on: how much each user (a row) likes each item, above 0 to 1, or more where it counts how often.
    pub fn likings(&self, train: &TrainSet, settings: &Settings) -> Csr {
        self.matrix(train, &self.feedback(settings))
    }

    fn matrix(&self, train: &TrainSet, feedback: &Feedback) -> Csr {
        let rows = train.users.iter().map(|events| {
            let offset = offset(feedback, events);
            events
                .iter()
                .filter(|event| self.reads(event))
                // What someone dislikes tells of them, but not of what goes with what.
                .map(move |event| {
                    let x = weigh(feedback, event, offset).max(0.0);
                    let times = match self.method {
                        Method::Dlae | Method::Plain => 1.0,
                        Method::Ials => confidence(event.repeats),
                    };
                    (event.item, x * times)
                })
        });
        Csr::from_rows(train.items, rows)
    }

    /// Trains, packs and reads the result back, to be judged as it ships.
    ///
    /// # Errors
    /// When the result breaks a rule of the file format.
    pub fn fit_packed(&self, train: &TrainSet, settings: &Settings) -> Result<Packed, FitError> {
        let stars = self
            .reading
            .as_ref()
            .and_then(|reading| reading.stars.as_ref());
        let model = ship(train, &self.train(train, settings), Vec::new(), &[], stars)?;
        let mut packed = Packed::new(model, self.input);
        if let Some(reading) = &self.reading {
            packed.feedback = reading.feedback.clone();
            packed.input = Input::Ratings;
        }
        Ok(packed)
    }

    fn reads(&self, event: &Event) -> bool {
        event.liked || self.input == Input::Ratings
    }
}

impl Algorithm for Ranker {
    fn name(&self) -> &'static str {
        match (self.method, self.input) {
            (Method::Dlae, Input::Likes) => "dlae",
            (Method::Dlae, Input::Ratings) => "dlae-ratings",
            (Method::Plain, _) => "dlae-plain",
            (Method::Ials, Input::Likes) => "ials",
            (Method::Ials, Input::Ratings) => "ials-ratings",
        }
    }

    fn axes(&self) -> Vec<Axis> {
        let mut axes = match self.method {
            Method::Dlae | Method::Plain => vec![
                Axis::linear("beta", 0.65, 0.2, 1.1),
                Axis::logarithmic("lambda", 40.0, 3.0, 300.0),
                Axis::linear("dropout", 0.5, 0.2, 0.8),
            ],
            Method::Ials => ials::Hyper::axes(),
        };
        match self.method {
            Method::Plain => return axes,
            Method::Dlae => axes.push(Axis::linear("gamma", 0.08, 0.0, 0.25)),
            Method::Ials => {}
        }
        if self.scale.ratings.is_some() {
            axes.push(Axis::linear("like", 0.8, 0.4, 1.0));
        }
        if self.scale.ratings.is_some() && self.input == Input::Ratings {
            axes.push(Axis::linear("neutral", 0.25, 0.0, 0.6));
            axes.push(Axis::linear("dislike", -0.2, -0.8, 0.2));
        }
        if self.content.is_some() {
            if self.method == Method::Dlae {
                axes.push(Axis::linear("facts", 1.5, 0.0, 6.0));
            }
            axes.push(Axis::logarithmic("blend", 2.0, 0.3, 20.0));
        }
        axes
    }

    fn fit(&self, train: &TrainSet, settings: &Settings) -> Result<Box<dyn Recommender>, FitError> {
        Ok(Box::new(self.fit_packed(train, settings)?))
    }
}

/// A header with everything that [`pack`] does not set itself.
pub fn header(catalogue: &str, genres: Vec<String>, feedback: Feedback, card: ModelCard) -> Header {
    Header {
        catalogue: catalogue.to_owned(),
        dims: 0,
        levels: 0,
        items_total: 0,
        chunks_total: 0,
        weight_shift: 0,
        genres,
        feedback,
        card,
    }
}

/// Ratings of each item.
pub fn counts(train: &TrainSet) -> Vec<u32> {
    let mut counts = vec![0; train.items];
    for event in train.users.iter().flatten() {
        counts[event.item as usize] += 1;
    }
    counts
}

/// A model file in memory, asked through the engine. Its items' ids are their numbers.
pub struct Packed {
    model: Model,
    item_of_row: Vec<u32>,
    input: Input,
    feedback: Feedback,
}

impl Packed {
    fn new(model: Model, input: Input) -> Self {
        let number = |row| model.item(row).id.parse();
        Self {
            item_of_row: (0..model.len() as u32)
                .map(|row| number(row).expect("ids are the item numbers that `ship` gives"))
                .collect(),
            input,
            feedback: model.header().feedback.clone(),
            model,
        }
    }

    /// How visitors' ratings become feedback.
    pub fn feedback(&self) -> &Feedback {
        &self.feedback
    }

    /// The model itself.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// The stars that the model predicts for every item, as shares of the scale; empty where it predicts none.
    pub fn shares(&self, fold_in: &[Event]) -> Vec<f32> {
        let Some(stars) = star_profile(&self.model, fold_in) else {
            return Vec::new();
        };
        let mut shares = vec![1.0; self.item_of_row.len()];
        for (row, &item) in (0..).zip(&self.item_of_row) {
            match stars.share(&self.model, row) {
                Some(share) => shares[item as usize] = share,
                None => return Vec::new(),
            }
        }
        shares
    }

    /// Scores every item for a visitor whose ratings are read by `feedback`, stars left aside.
    pub fn score_by(&self, feedback: &Feedback, fold_in: &[Event], scores: &mut [f32]) {
        let profile = visitor(&self.model, feedback, fold_in);
        let mut by_row = Vec::new();
        score_all(&self.model, &Query::new(&self.model, &profile), &mut by_row);
        for (&item, score) in self.item_of_row.iter().zip(by_row) {
            scores[item as usize] = score;
        }
    }
}

impl Recommender for Packed {
    fn input(&self) -> Input {
        self.input
    }

    fn score(&self, fold_in: &[Event], scores: &mut [f32]) {
        self.score_by(&self.feedback, fold_in, scores);
        let caution = ListOptions::of(&self.model).caution;
        if caution > 0.0 {
            be_cautious(scores, &self.shares(fold_in), caution);
        }
    }

    fn file(&self) -> Option<&Model> {
        Some(&self.model)
    }
}

/// Multiplies positive scores by what predicted stars make of them, as the engine's list does.
pub(crate) fn be_cautious(scores: &mut [f32], shares: &[f32], caution: f32) {
    for (score, &share) in scores.iter_mut().zip(shares) {
        if *score > 0.0 {
            *score *= caution_factor(caution, share);
        }
    }
}

/// The visitor who said these things, as `feedback` reads them. Ids of the model are item numbers.
pub(crate) fn visitor<'a>(
    model: &Model,
    feedback: &Feedback,
    events: impl IntoIterator<Item = &'a Event, IntoIter: Clone>,
) -> Profile {
    let events = events.into_iter();
    let offset = feedback.offset(events.clone().filter_map(|event| event.rating));
    let often = events.clone().map(|event| confidence(event.repeats));
    let most = often.fold(1.0, f32::max);
    let mut profile = Profile::new(model);
    for event in events {
        let weight = weigh(feedback, event, offset) * confidence(event.repeats) / most;
        profile.set(model, &event.item.to_string(), weight);
    }
    profile
}

/// What predicts the stars of the visitor who said these things; none where the model predicts none.
pub(crate) fn star_profile<'a>(
    model: &Model,
    events: impl IntoIterator<Item = &'a Event>,
) -> Option<StarProfile> {
    let rated = events.into_iter().filter_map(|event| {
        let row = model.row_of(&event.item.to_string())?;
        Some((row, event.rating?))
    });
    StarProfile::fold_in(model, &rated.collect::<Vec<_>>())
}

fn offset(feedback: &Feedback, events: &[Event]) -> f32 {
    feedback.offset(events.iter().filter_map(|event| event.rating))
}

/// An event's feedback; one without a rating counts like the best.
fn weigh(feedback: &Feedback, event: &Event, offset: f32) -> f32 {
    event
        .rating
        .map_or(1.0, |rating| feedback.weight(rating - offset))
}

/// What an event with so many repeats weighs beside one without: of many times, the first says most.
///
/// Where a number from -1 to 1 is wanted, it is divided by the largest of the same user.
pub fn confidence(repeats: u32) -> f32 {
    1.0 + f64::from(repeats).ln_1p() as f32
}

fn hyper(settings: &Settings) -> Hyper {
    Hyper {
        beta: setting(settings, "beta"),
        lambda: setting(settings, "lambda"),
        dropout: setting(settings, "dropout"),
        gamma: optional(settings, "gamma", 0.0),
        facts: optional(settings, "facts", 0.0),
        grades: grades(settings),
    }
}

fn grades(settings: &Settings) -> Grades {
    let or = |name, default| optional(settings, name, default);
    // Where an axis does not apply, its grade is never asked for. What one star weighs beside two, and how far
    // a visitor's own mean counts, decides little of what is found: `dislikes` chooses them.
    Grades {
        like: or("like", 1.0),
        neutral: or("neutral", 0.0),
        dislike: or("dislike", 0.0),
        hate: or("dislike", 0.0),
        own_mean: 0.0,
    }
}

fn optional(settings: &Settings, name: &str, default: f64) -> f64 {
    let found = settings.iter().find(|(n, _)| *n == name);
    found.map_or(default, |&(_, value)| value)
}

pub(crate) fn setting(settings: &Settings, name: &str) -> f64 {
    let found = settings.iter().find(|(n, _)| *n == name);
    found
        .expect("settings come from this algorithm's own axes")
        .1
}
