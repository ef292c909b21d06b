//! The language of the page. index.html chooses it before the first paint, and asks for its texts.

use std::sync::Arc;

use js_sys::{Promise, Reflect};
use matinee_web::words::{Catalogue, Language, set_language};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::page::reload;
use super::settings::remember;

const LANGUAGE: &str = "matinee-lang";
/// Where index.html leaves the promise of the texts.
const TEXTS: &str = "matineeTexts";

/// The language that the page is to be in.
pub(crate) fn wanted_language() -> Language {
    let tag = gloo::utils::document_element().get_attribute("lang");
    tag.and_then(|tag| Language::of(&tag)).unwrap_or_default()
}

/// Has the page in `language`, once its texts are there; in English where they do not come, until the next visit.
pub(crate) async fn speak(language: Language) {
    match texts(language).await.map(Arc::new) {
        Some(catalogue) => {
            tr::set_translator!(catalogue.clone());
            set_language(language, Some(catalogue));
        }
        None => {
            let page = gloo::utils::document_element();
            // Neither can fail: the names are valid ones.
            let _ = page.set_attribute("lang", Language::English.tag());
            let _ = page.set_attribute("dir", "ltr");
        }
    }
}

async fn texts(language: Language) -> Option<Catalogue> {
    let window = gloo::utils::window();
    let promise = Reflect::get(&window, &JsValue::from_str(TEXTS)).ok()?;
    let texts = JsFuture::from(promise.dyn_into::<Promise>().ok()?).await;
    Catalogue::read(language, &texts.ok()?.as_string()?)
}

/// Remembers the language that the visitor chose, and opens the page anew in it. Ratings are kept as they are given.
pub(crate) fn choose_language(language: Language) {
    remember(LANGUAGE, Some(language.tag()));
    reload();
}
