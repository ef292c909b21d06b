//! What a core answers.

#[cfg(feature = "package")]
use matinee_engine::search::TitleIndex;
use matinee_engine::{Contribution, Scored, alike, list, similar};
use matinee_format::Model;
use matinee_web::film;
use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::core::Core;
#[cfg(feature = "package")]
use crate::core::no_model;
use crate::film::{Film, Prediction, row_of};
use crate::js::to_js;
use crate::options::{By, Options, read};

/// What one rating adds to a film's score.
#[derive(Serialize)]
struct Line {
    key: String,
    title: String,
    amount: f64,
}

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
        let options: Options = read(options, "options")?;
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
        let options: Options = read(options, "options")?;
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

    /// What each rating adds to the film's score, the weightiest first.
    pub fn explain(&mut self, item: &str) -> Result<JsValue, JsValue> {
        let row = self.row(item)?;
        let (model, visitor) = self.ready()?;
        let lines = visitor.reason(model, row).map(|(explanation, _)| {
            let line = |part: Contribution| {
                let item = model.item(part.row);
                Line {
                    key: film::key(&model.header().catalogue, item.id),
                    title: item.title.to_owned(),
                    amount: part.amount,
                }
            };
            let all = explanation.contributions.into_iter();
            all.filter(|part| part.amount != 0.0)
                .map(line)
                .collect::<Vec<_>>()
        });
        to_js(&lines.unwrap_or_default())
    }

    /// What to ask the visitor next, the most telling first.
    pub fn elicit(&mut self, options: JsValue) -> Result<JsValue, JsValue> {
        let options: Options = read(options, "options")?;
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

#[cfg(feature = "package")]
#[wasm_bindgen]
impl Core {
    /// Films whose title or year is like `query`, the likeliest first.
    pub fn search(&mut self, query: &str, most: usize) -> Result<JsValue, JsValue> {
        self.speech.speak();
        let model = self.model.as_ref().ok_or_else(no_model)?;
        let index = self.index.get_or_insert_with(|| {
            let mut index = TitleIndex::new();
            index.extend(model);
            index
        });
        let found = index.search(query, most);
        let films: Vec<Film<'_>> = found.iter().map(|hit| Film::of(model, hit.row)).collect();
        to_js(&films)
    }
}

/// Rows of the films that are named; those that the catalogue lacks are in no list anyway.
fn rows_of(model: &Model, items: &[String]) -> Vec<u32> {
    items
        .iter()
        .filter_map(|item| row_of(model, item))
        .collect()
}
