//! What the package answers and the elements never ask.

use matinee_engine::Contribution;
use matinee_engine::search::TitleIndex;
use matinee_web::film;
use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::core::{Core, no_model};
use crate::film::Film;
use crate::js::to_js;

/// What is known of a model.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Info<'a> {
    catalogue: &'a str,
    name: &'a str,
    films: u32,
    films_arrived: usize,
    algorithm: &'a str,
    users: u64,
    ratings: u64,
    data_sets: Vec<DataSet<'a>>,
}

#[derive(Serialize)]
struct DataSet<'a> {
    name: &'a str,
    licence: &'a str,
    citation: &'a str,
}

/// What one rating adds to a film's score.
#[derive(Serialize)]
struct Line {
    key: String,
    title: String,
    amount: f64,
}

#[wasm_bindgen]
impl Core {
    /// What is known of the model.
    pub fn info(&self) -> Result<JsValue, JsValue> {
        let model = self.model()?;
        let header = model.header();
        let card = &header.card;
        to_js(&Info {
            catalogue: &header.catalogue,
            name: &card.name,
            films: header.items_total,
            films_arrived: model.len(),
            algorithm: &card.algorithm,
            users: card.users,
            ratings: card.ratings,
            data_sets: card
                .data_sets
                .iter()
                .map(|set| DataSet {
                    name: &set.name,
                    licence: &set.licence,
                    citation: &set.citation,
                })
                .collect(),
        })
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
