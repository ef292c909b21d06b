//! What a core answers.

use matinee_engine::{Scored, alike, list, similar};
use matinee_format::Model;
use matinee_web::film;
use wasm_bindgen::prelude::*;

use crate::core::Core;
use crate::film::{Film, Prediction, row_of};
use crate::js::to_js;
use crate::options::{By, Options};

#[wasm_bindgen]
impl Core {
    /// The film; `null` where the catalogue has none.
    pub fn film(&self, item: &str) -> Result<JsValue, JsValue> {
        let model = self.model()?;
        self.speech.speak();
        match row_of(model, item) {
            Some(row) => to_js(&Film::of(model, row)),
            None => Ok(JsValue::NULL),
        }
    }

    /// The key under which what is said of the film is kept; `undefined` where the catalogue has none.
    pub fn key(&self, item: &str) -> Option<String> {
        let model = self.model.as_ref()?;
        let row = row_of(model, item)?;
        Some(film::key(&model.header().catalogue, model.item(row).id))
    }

    /// A list for the visitor.
    pub fn recommend(&mut self, options: JsValue) -> Result<JsValue, JsValue> {
        let options = Options::read(&options)?;
        let (model, visitor) = self.ready()?;
        let excluded = rows_of(model, &options.exclude);
        let best = list(
            model,
            &visitor.profile,
            visitor.stars(),
            options.count()?,
            &options.list(model)?,
            |row| visitor.is_done_with(row) || excluded.contains(&row),
        );
        let films: Vec<Film<'_>> = best
            .iter()
            .map(|&Scored { row, score }| {
                let because = visitor.reason(model, row);
                let reason = because.map(|(_, reason)| reason);
                Film::of(model, row).recommended(score, visitor.predict(model, row), reason)
            })
            .collect();
        to_js(&films)
    }

    /// Films like this one, without what the visitor is done with.
    pub fn similar(&mut self, item: &str, options: JsValue) -> Result<JsValue, JsValue> {
        let options = Options::read(&options)?;
        let row = self.row(item)?;
        let said = self.said.all().len();
        let (model, visitor) = self.ready()?;
        let excluded = rows_of(model, &options.exclude);
        let count = options.count()?;
        // As many more as may fall away.
        let most = count + excluded.len() + said;
        let found = match options.by()? {
            By::Taste => similar(model, row, most),
            By::Content => alike(model, row, most),
        };
        let shown = |row: u32| !visitor.is_done_with(row) && !excluded.contains(&row);
        let films: Vec<Film<'_>> = found
            .iter()
            .filter(|scored| shown(scored.row))
            .take(count)
            .map(|scored| Film::of(model, scored.row).scored(scored.score))
            .collect();
        to_js(&films)
    }

    /// The stars that the visitor would give the film; `null` while nothing is known of them.
    pub fn predict(&mut self, item: &str) -> Result<JsValue, JsValue> {
        let row = self.row(item)?;
        let (model, visitor) = self.ready()?;
        to_js(&visitor.predict(model, row).map(Prediction::from))
    }

    /// What to ask the visitor next, the most telling first.
    pub fn elicit(&mut self, options: JsValue) -> Result<JsValue, JsValue> {
        let options = Options::read(&options)?;
        let (model, visitor) = self.ready()?;
        let excluded = rows_of(model, &options.exclude);
        let asked = visitor
            .interview(model)
            .batch(model, options.count()?, |row| {
                visitor.is_done_with(row) || excluded.contains(&row)
            });
        let films: Vec<Film<'_>> = asked
            .iter()
            .map(|question| Film::of(model, question.row))
            .collect();
        to_js(&films)
    }

    /// How well the visitor is known, 0 to 1.
    pub fn knowledge(&mut self) -> Result<f32, JsValue> {
        let (model, visitor) = self.ready()?;
        Ok(visitor.knowledge(model))
    }
}

/// Rows of the films that are named; those that the catalogue lacks are in no list anyway.
fn rows_of(model: &Model, items: &[String]) -> Vec<u32> {
    items
        .iter()
        .filter_map(|item| row_of(model, item))
        .collect()
}
