//! Export files of other services, and Matinee's own, to ratings and back.
//!
//! A module of its own: most visitors never bring in a file.

use std::collections::HashMap;

use matinee_format::Model;
use matinee_imports::{
    Draft, File, MAX_BYTES, Marks, Place, Planned, Problem, Reader, Record, Refusal, Said, Skipped,
    Verdict, link, plan,
};
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;

use crate::js::{error, to_js};

/// Parameter that carries ratings in a link of the app's.
const MOVE: &str = "move";

/// Reads files and links, and writes them.
#[wasm_bindgen]
pub struct Importers {
    model: Model,
    reader: Reader,
}

/// What is kept of a film, as JavaScript has it.
#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct Rating {
    item: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    year: Option<u16>,
    #[serde(default)]
    stars: Option<f64>,
    #[serde(default)]
    seen: bool,
    #[serde(default)]
    not_for_me: bool,
    #[serde(default)]
    watchlist: bool,
    #[serde(default)]
    unseen: bool,
    #[serde(default)]
    watched: Option<Watched>,
    updated_at: f64,
}

/// How long a film was watched. No file tells it; what is kept of it stays.
#[derive(Clone, Copy, Deserialize, Serialize)]
struct Watched {
    seconds: f64,
    runtime: f64,
}

/// What files or a link come to. Lines are counted from 1; in JSON, positions in its list.
#[derive(Serialize)]
struct Report {
    services: Vec<String>,
    files: Vec<String>,
    planned: Vec<Change>,
    missed: Vec<Missed>,
    skipped: Vec<Skip>,
    problems: Vec<Fault>,
    refused: Vec<Refused>,
}

/// A film with what is kept of it, and what would be.
#[derive(Serialize)]
struct Change {
    verdict: &'static str,
    before: Option<Rating>,
    after: Rating,
}

/// An entry whose film was not found, with the films it may be.
#[derive(Serialize)]
struct Missed {
    file: String,
    line: u64,
    name: String,
    stars: Option<f64>,
    watchlist: bool,
    maybe: Vec<String>,
}

/// What is no film.
#[derive(Serialize)]
struct Skip {
    file: String,
    line: u64,
    title: String,
    what: String,
}

/// An entry that could not be read.
#[derive(Serialize)]
struct Fault {
    file: String,
    line: u64,
    what: String,
}

/// A file that could not be used.
#[derive(Serialize)]
struct Refused {
    file: String,
    what: String,
}

#[wasm_bindgen]
impl Importers {
    /// For the films of a model, given in whole.
    #[wasm_bindgen(constructor)]
    pub fn new(model: &[u8]) -> Result<Importers, JsValue> {
        let model = Model::decode(model).map_err(|wrong| error("model-damaged", wrong))?;
        Ok(Self {
            model,
            reader: Reader::default(),
        })
    }

    /// Whether a file of `bytes` is worth reading. If it is not, the report tells so.
    pub fn admits(&mut self, name: &str, bytes: f64) -> bool {
        let admitted = bytes <= MAX_BYTES as f64;
        if !admitted {
            self.reader.refuse(name, Refusal::TooLarge);
        }
        admitted
    }

    /// Reads a file, which may be an archive, written at `written` in milliseconds since 1970: entries without a date count as
    /// said then. A file that cannot be used is told of in the report.
    pub fn add(&mut self, name: &str, bytes: &[u8], written: f64) {
        self.reader.add(File { name, bytes }, written);
    }

    /// What the files read so far come to beside the ratings that are kept. Nothing is written.
    pub fn finish(&mut self, stored: Vec<JsValue>, now: f64) -> Result<JsValue, JsValue> {
        let reader = std::mem::take(&mut self.reader);
        let draft = reader.search(&self.model).finish();
        self.report(draft, stored, now)
    }

    /// What a link comes to, or what it carries behind `move=`.
    #[wasm_bindgen(js_name = readLink)]
    pub fn read_link(
        &self,
        pasted: &str,
        stored: Vec<JsValue>,
        now: f64,
    ) -> Result<JsValue, JsValue> {
        let records =
            link::decode(link::code_in(pasted, MOVE)).map_err(|wrong| error("bad-link", wrong))?;
        self.report(Draft::of_link(records, &self.model), stored, now)
    }

    /// Everything that is kept, as JSON: nothing is lost but how long films were watched.
    #[wasm_bindgen(js_name = exportJson)]
    pub fn export_json(&self, stored: Vec<JsValue>) -> Result<String, JsValue> {
        Ok(Record::json(&going_along(stored)?))
    }

    /// The same as a table, which spreadsheets read.
    #[wasm_bindgen(js_name = exportCsv)]
    pub fn export_csv(&self, stored: Vec<JsValue>) -> Result<String, JsValue> {
        Ok(Record::csv(&going_along(stored)?))
    }

    /// The same as letters that fit into a link.
    #[wasm_bindgen(js_name = exportLink)]
    pub fn export_link(&self, stored: Vec<JsValue>) -> Result<String, JsValue> {
        Ok(link::encode_beside(&going_along(stored)?, &self.model))
    }
}

impl Importers {
    fn report(&self, draft: Draft, stored: Vec<JsValue>, now: f64) -> Result<JsValue, JsValue> {
        let kept = read(stored)?;
        let kept: HashMap<&str, &Rating> = kept
            .iter()
            .map(|rating| (rating.item.as_str(), rating))
            .collect();
        let of = |item: &str| kept.get(item).copied();
        let planned = plan(&draft.incoming, |item| of(item).map(Rating::record), now);
        let file = |place: Place| draft.files.get(place.file).cloned().unwrap_or_default();
        let change = |film: Planned| {
            let watched = of(&film.after.item).and_then(|rating| rating.watched);
            Change {
                verdict: match film.verdict {
                    Verdict::New => "new",
                    Verdict::Changed => "changed",
                    Verdict::Unchanged => "unchanged",
                    Verdict::Older => "older",
                },
                before: film.before.map(|before| Rating::of(before, watched)),
                after: Rating::of(film.after, watched),
            }
        };
        let missed = |missed: &matinee_imports::Missed| Missed {
            file: file(missed.place),
            line: missed.place.line,
            name: missed.name.clone(),
            stars: missed.entry.halves.map(stars),
            watchlist: missed.entry.said == Said::Wanted,
            maybe: missed.maybe.iter().map(|row| self.key(*row)).collect(),
        };
        let skip = |skipped: &Skipped| Skip {
            file: file(skipped.place),
            line: skipped.place.line,
            title: skipped.title.clone(),
            what: skipped.what.clone(),
        };
        let fault = |problem: &Problem| Fault {
            file: file(problem.place),
            line: problem.place.line,
            what: format!("{}: {}; {}", problem.column, problem.what, problem.mend),
        };
        let refused = |(file, why): &(String, Refusal)| Refused {
            file: file.clone(),
            what: why.to_string(),
        };
        to_js(&Report {
            services: draft.services.iter().map(ToString::to_string).collect(),
            planned: planned.into_iter().map(change).collect(),
            missed: draft.missed.iter().map(missed).collect(),
            skipped: draft.skipped.iter().map(skip).collect(),
            problems: draft.problems.iter().map(fault).collect(),
            refused: draft.refused.iter().map(refused).collect(),
            files: draft.files,
        })
    }

    fn key(&self, row: u32) -> String {
        let catalogue = self.model.header().catalogue.as_str();
        [catalogue, ":", self.model.item(row).id].concat()
    }
}

impl Rating {
    fn record(&self) -> Record {
        let halves = self.stars.map(|stars| (stars * 2.0).round());
        Record {
            item: self.item.clone(),
            title: self.title.clone(),
            year: self.year,
            halves: halves
                .filter(|halves| (1.0..=10.0).contains(halves))
                .map(|halves| halves as u8),
            marks: Marks {
                seen: self.seen,
                not_for_me: self.not_for_me,
                watchlist: self.watchlist,
                unseen: self.unseen,
            },
            updated_at: self.updated_at,
        }
    }

    fn of(record: Record, watched: Option<Watched>) -> Self {
        Self {
            item: record.item,
            title: record.title,
            year: record.year,
            stars: record.halves.map(stars),
            seen: record.marks.seen,
            not_for_me: record.marks.not_for_me,
            watchlist: record.marks.watchlist,
            unseen: record.marks.unseen,
            watched,
            updated_at: record.updated_at,
        }
    }
}

fn stars(halves: u8) -> f64 {
    f64::from(halves) / 2.0
}

/// Ratings as JavaScript has them.
fn read(stored: Vec<JsValue>) -> Result<Vec<Rating>, JsValue> {
    let read = |rating| serde_wasm_bindgen::from_value(rating);
    let all: Result<Vec<Rating>, _> = stored.into_iter().map(read).collect();
    all.map_err(|wrong| {
        error(
            "bad-rating",
            format_args!("what is kept of a film: {wrong}"),
        )
    })
}

/// Those that go along when everything is taken elsewhere.
fn going_along(stored: Vec<JsValue>) -> Result<Vec<Record>, JsValue> {
    let records = read(stored)?.into_iter().map(|rating| rating.record());
    Ok(records.filter(Record::goes_along).collect())
}
