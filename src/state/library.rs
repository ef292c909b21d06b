//! The model, as far as it has arrived.

use std::ops::Deref;
use std::rc::Rc;

use matinee_format::Model;
use matinee_web::loader::LoadError;

/// A model that is equal to itself only: comparing contents would cost more than drawing anew.
#[derive(Clone, Debug)]
pub(crate) struct ModelRef(pub Rc<Model>);

impl PartialEq for ModelRef {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Deref for ModelRef {
    type Target = Model;

    fn deref(&self) -> &Model {
        &self.0
    }
}

/// The model and how its loading goes.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Library {
    /// The model in use.
    pub model: Option<ModelRef>,
    /// Bytes received.
    pub received: u64,
    /// Bytes expected, where known.
    pub total: Option<u64>,
    /// Nothing more will come by itself.
    pub settled: bool,
    /// What went wrong.
    pub trouble: Option<Trouble>,
    /// How often the visitor asked to try again.
    pub attempt: u32,
}

/// Why the model in use is not the one that was published.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Trouble {
    /// What went wrong.
    pub error: LoadError,
    /// What is in use instead.
    pub instead: Instead,
}

/// What is in use while the published model is not to be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Instead {
    /// The last good model.
    LastGood,
    /// As much of the new one as arrived whole.
    Part,
    /// Nothing.
    Nothing,
}

impl Library {
    /// Part of the model that has arrived, 0 to 1, where that is known.
    pub(crate) fn part(&self) -> Option<f64> {
        self.total
            .filter(|total| *total > 0)
            .map(|total| self.received as f64 / total as f64)
    }

    pub(super) fn received(&mut self, bytes: u64, total: Option<u64>) {
        (self.received, self.total) = (bytes, total);
    }

    pub(super) fn grown(&mut self, model: ModelRef) {
        self.model = Some(model);
    }

    pub(super) fn loaded(&mut self, model: ModelRef) {
        self.model = Some(model);
        self.settled = true;
        self.trouble = None;
    }

    pub(super) fn failed(&mut self, error: LoadError, stand_in: Option<ModelRef>) {
        let instead = match stand_in {
            Some(model) => {
                self.model = Some(model);
                Instead::LastGood
            }
            // A broken connection says nothing against the chunks that passed their checksums; anything else does.
            None if matches!(error, LoadError::Unreachable(_)) && self.model.is_some() => {
                Instead::Part
            }
            None => {
                self.model = None;
                Instead::Nothing
            }
        };
        self.settled = true;
        self.trouble = Some(Trouble { error, instead });
    }

    pub(super) fn retry(&mut self) {
        self.attempt += 1;
        self.settled = false;
        self.received = 0;
        self.trouble = None;
    }
}
