//! The ranking model as an [`Algorithm`], judged as it ships: quantised, packed, decoded and scored by the engine.

use matinee_engine::{Profile, Query, score_all};
use matinee_format::{Feedback, Header, Model, ModelCard, RatingScale};

use crate::content;
use crate::dlae::{self, Factors, Hyper};
use crate::evaluate::{Algorithm, FitError, Input, Recommender, Settings};
use crate::grades::Grades;
use crate::pack::{Description, pack};
use crate::quantise::{Quantised, quantise};
use crate::sparse::Csr;
use crate::split::{Event, TrainSet};

/// The denoising linear autoencoder with everything that is decided before its settings are.
#[derive(Debug, Clone)]
pub struct Dlae {
    /// Length of the item vectors.
    pub dims: usize,
    /// Largest absolute code after quantisation.
    pub levels: u8,
    /// Scale of the ratings, where there are ratings.
    pub scale: Option<RatingScale>,
    /// Whether low ratings are read, in training and from visitors.
    pub input: Input,
    /// What is known of the items beside their ratings: items x features.
    pub content: Option<Csr>,
    /// Seed of the decomposition.
    pub seed: u64,
}

/// A trained model, ready to be packed.
pub struct Trained {
    /// Quantised item vectors.
    pub vectors: Quantised,
    /// How ratings become feedback.
    pub feedback: Feedback,
}

impl Dlae {
    /// Trains and quantises.
    pub fn train(&self, train: &TrainSet, settings: &Settings) -> Trained {
        let hyper = hyper(settings);
        let feedback = hyper.grades.feedback(self.scale);
        let rows = train.users.iter().map(|events| {
            events
                .iter()
                .filter(|event| self.reads(event))
                .map(|event| (event.item, weigh(&feedback, event)))
        });
        let matrix = Csr::from_rows(train.items, rows);
        let mut factors: Factors = dlae::train(&matrix, &hyper, self.dims, self.seed);
        if let Some(content) = &self.content {
            content::blend(
                &mut factors,
                content,
                &counts(train),
                setting(settings, "blend"),
            );
        }
        Trained {
            vectors: quantise(&factors, self.levels),
            feedback,
        }
    }

    /// What was trained on `train`, packed and asked through the engine.
    ///
    /// # Errors
    /// When it breaks a rule of the file format.
    pub fn recommender(
        &self,
        train: &TrainSet,
        trained: &Trained,
    ) -> Result<Box<dyn Recommender>, FitError> {
        let items: Vec<Description> = counts(train)
            .into_iter()
            .enumerate()
            .map(|(item, popularity)| Description {
                id: item.to_string(),
                title: item.to_string(),
                popularity,
                ..Description::default()
            })
            .collect();
        let header = header(
            "evaluation",
            Vec::new(),
            trained.feedback.clone(),
            ModelCard::default(),
        );
        let bytes = pack(header, &items, &trained.vectors)?;
        let model = Model::decode(&bytes)?;
        let item_of_row = (0..model.len() as u32)
            .map(|row| {
                model
                    .item(row)
                    .id
                    .parse()
                    .expect("ids are the item numbers given above")
            })
            .collect();
        Ok(Box::new(Packed {
            model,
            item_of_row,
            input: self.input,
        }))
    }

    fn reads(&self, event: &Event) -> bool {
        event.liked || self.input == Input::Ratings
    }
}

impl Algorithm for Dlae {
    fn name(&self) -> &'static str {
        match self.input {
            Input::Likes => "dlae",
            Input::Ratings => "dlae-ratings",
        }
    }

    fn axes(&self) -> Vec<(&'static str, Vec<f64>)> {
        let mut axes = vec![
            ("beta", vec![0.5, 0.65, 0.8]),
            ("lambda", vec![100.0, 30.0, 60.0, 200.0]),
            ("dropout", vec![0.5, 0.4, 0.6]),
            ("gamma", vec![0.05, 0.0, 0.1]),
        ];
        if self.scale.is_some() {
            axes.push(("like", vec![0.65, 0.8, 1.0]));
        }
        if self.scale.is_some() && self.input == Input::Ratings {
            axes.push(("neutral", vec![0.25, 0.1, 0.4]));
            axes.push(("dislike", vec![-0.15, -0.3, 0.0]));
        }
        if self.content.is_some() {
            axes.push(("blend", vec![3.0, 1.0, 8.0]));
        }
        axes
    }

    fn fit(&self, train: &TrainSet, settings: &Settings) -> Result<Box<dyn Recommender>, FitError> {
        self.recommender(train, &self.train(train, settings))
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

/// A model file in memory, asked through the engine.
struct Packed {
    model: Model,
    item_of_row: Vec<u32>,
    input: Input,
}

impl Recommender for Packed {
    fn input(&self) -> Input {
        self.input
    }

    fn score(&self, fold_in: &[Event], scores: &mut [f32]) {
        let mut profile = Profile::new(&self.model);
        for event in fold_in {
            profile.set(
                &self.model,
                &event.item.to_string(),
                weigh(&self.model.header().feedback, event),
            );
        }
        let mut by_row = Vec::new();
        score_all(&self.model, &Query::new(&self.model, &profile), &mut by_row);
        for (&item, score) in self.item_of_row.iter().zip(by_row) {
            scores[item as usize] = score;
        }
    }
}

/// An event's feedback; one without a rating counts like the best.
fn weigh(feedback: &Feedback, event: &Event) -> f32 {
    event.rating.map_or(1.0, |rating| feedback.weight(rating))
}

fn hyper(settings: &Settings) -> Hyper {
    let or = |name, default| {
        settings
            .iter()
            .find(|(n, _)| *n == name)
            .map_or(default, |&(_, value)| value)
    };
    Hyper {
        beta: setting(settings, "beta"),
        lambda: setting(settings, "lambda"),
        dropout: setting(settings, "dropout"),
        gamma: setting(settings, "gamma"),
        // Where an axis does not apply, its grade is never asked for.
        grades: Grades {
            like: or("like", 1.0),
            neutral: or("neutral", 0.0),
            dislike: or("dislike", 0.0),
        },
    }
}

fn setting(settings: &Settings, name: &str) -> f64 {
    let found = settings.iter().find(|(n, _)| *n == name);
    found
        .expect("settings come from this algorithm's own axes")
        .1
}
