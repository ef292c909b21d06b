//! What JavaScript holds: a model as far as it has arrived, and a visitor.

#[cfg(feature = "package")]
use matinee_engine::search::TitleIndex;
use matinee_format::{Decoder, Model};
use matinee_web::store::record;
use matinee_web::words::{Catalogue, Language};
use matinee_web::{Rating, Stars, film};
use wasm_bindgen::prelude::*;

use crate::film::row_of;
use crate::js::error;
use crate::said::{self, Marks, Said};
use crate::speech::Speech;
use crate::texts::texts;
use crate::visitor::Visitor;

/// A model as far as it has arrived, and a visitor.
///
/// Errors are `Error`s whose `code` says what went wrong. Films are named as [`row_of`] reads them.
#[wasm_bindgen]
pub struct Core {
    decoder: Decoder,
    pub(crate) model: Option<Model>,
    pub(crate) said: Said,
    /// Folded in when first asked for after a change.
    visitor: Option<Visitor>,
    #[cfg(feature = "package")]
    pub(crate) index: Option<TitleIndex>,
    pub(crate) speech: Speech,
}

#[wasm_bindgen]
impl Core {
    /// A core without a model, that speaks the language with this BCP 47 tag. `texts` are those of a file of `words/`; English
    /// needs none, and stands in for what is not there.
    #[wasm_bindgen(constructor)]
    pub fn new(language: &str, texts: Option<String>) -> Core {
        // Once a program; further calls change nothing.
        matinee_web::kernel::install();
        let language = Language::of(language).unwrap_or_default();
        let catalogue = texts.and_then(|texts| Catalogue::read(language, &texts));
        Core {
            decoder: Decoder::new(),
            model: None,
            said: Said::default(),
            visitor: None,
            #[cfg(feature = "package")]
            index: None,
            speech: Speech::new(language, catalogue),
        }
    }

    /// Takes the next bytes of the model's file, and says whether there is more to recommend from.
    pub fn push(&mut self, bytes: &[u8]) -> Result<bool, JsValue> {
        let chunks = self.decoder.push(bytes);
        let grown = chunks.and_then(|chunks| Model::grow(&mut self.model, chunks));
        let grown = grown.map_err(|wrong| error("model-damaged", wrong))?;
        if grown {
            self.visitor = None;
            #[cfg(feature = "package")]
            {
                self.index = None;
            }
        }
        Ok(grown)
    }

    /// Says that the file has ended.
    pub fn finish(&self) -> Result<(), JsValue> {
        self.decoder
            .finish()
            .map_err(|wrong| error("model-damaged", wrong))
    }

    /// Takes over the records that are kept. One that cannot be read is left out.
    #[wasm_bindgen(js_name = setRatings)]
    pub fn set_ratings(&mut self, records: Vec<JsValue>) {
        let read = records.iter().filter_map(record::read);
        self.said = Said::of(read.filter(|rating| !rating.is_blank()).collect());
        self.visitor = None;
    }

    /// The records of all that was said, in no particular order.
    pub fn ratings(&self) -> Vec<JsValue> {
        self.said.all().iter().map(record::write).collect()
    }

    /// Gives the film 0.5 to 5 stars, or takes its rating away.
    pub fn rate(&mut self, item: &str, stars: Option<f64>, now: f64) -> Result<JsValue, JsValue> {
        let stars = said::stars(stars)?;
        self.say(item, now, |rating| {
            rating.rate(stars);
            Ok(())
        })
    }

    /// Says of the film what needs no stars: `{seen, notForMe, watchlist, unseen}`.
    pub fn mark(&mut self, item: &str, marks: JsValue, now: f64) -> Result<JsValue, JsValue> {
        let marks = Marks::read(&marks)?;
        self.say(item, now, |rating| {
            marks.set(rating);
            Ok(())
        })
    }

    /// Adds `seconds` to what was watched of the film, which runs `runtime` seconds.
    pub fn watched(
        &mut self,
        item: &str,
        seconds: f64,
        runtime: f64,
        now: f64,
    ) -> Result<JsValue, JsValue> {
        self.say(item, now, |rating| said::watch(rating, seconds, runtime))
    }

    /// What the elements say, by name.
    pub fn texts(&self) -> JsValue {
        self.speech.speak();
        texts()
    }

    /// English names of the genres there are: what filters take.
    pub fn genres(&self) -> Result<Vec<String>, JsValue> {
        Ok(self.model()?.header().genres.clone())
    }

    /// The language spoken.
    pub fn language(&self) -> String {
        self.speech.language().tag().to_owned()
    }

    /// Whether the language spoken is written from right to left.
    #[wasm_bindgen(js_name = isRtl)]
    pub fn is_rtl(&self) -> bool {
        self.speech.language().is_rtl()
    }

    /// "4 and a half stars", of stars in halves.
    #[wasm_bindgen(js_name = starsWords)]
    pub fn stars_words(&self, halves: u8) -> Option<String> {
        self.speech.speak();
        Stars::from_halves(halves).map(Stars::words)
    }
}

impl Core {
    pub(crate) fn model(&self) -> Result<&Model, JsValue> {
        self.model.as_ref().ok_or_else(no_model)
    }

    /// The model and the visitor folded in, with texts in the language spoken here.
    pub(crate) fn ready(&mut self) -> Result<(&Model, &Visitor), JsValue> {
        self.speech.speak();
        let model = self.model.as_ref().ok_or_else(no_model)?;
        let visitor = self
            .visitor
            .get_or_insert_with(|| Visitor::new(model, self.said.all()));
        Ok((model, visitor))
    }

    pub(crate) fn row(&self, item: &str) -> Result<u32, JsValue> {
        row_of(self.model()?, item).ok_or_else(|| {
            error(
                "bad-item",
                format_args!("the catalogue has no film {item}; name one as imdb:tt0133093, tmdb:603 or by its key"),
            )
        })
    }

    /// Changes what is said of a film, and gives `{item, record}`: what is to be kept of it, nothing where that says nothing.
    fn say(
        &mut self,
        item: &str,
        now: f64,
        change: impl FnOnce(&mut Rating) -> Result<(), JsValue>,
    ) -> Result<JsValue, JsValue> {
        let mut rating = match self.said.get(item) {
            // What was rated once can be taken back after it has left the catalogue.
            Some(rating) => rating.clone(),
            None => self.blank(self.row(item)?, now)?,
        };
        change(&mut rating)?;
        rating.updated_at = now;
        let key = rating.item.clone();
        self.said.put(rating);
        self.visitor = None;
        let kept = self.said.get(&key).map(record::write);
        Ok(record::object([
            ("record", kept.into()),
            ("item", key.into()),
        ]))
    }

    /// What was said of the film at `row` so far, or a record that says nothing yet.
    fn blank(&self, row: u32, now: f64) -> Result<Rating, JsValue> {
        let model = self.model()?;
        let item = model.item(row);
        let key = film::key(&model.header().catalogue, item.id);
        let said = self.said.get(&key).cloned();
        Ok(said.unwrap_or_else(|| Rating::blank_of(key, item.title.to_owned(), item.year, now)))
    }
}

pub(crate) fn no_model() -> JsValue {
    error("no-model", "the model has not arrived yet")
}
