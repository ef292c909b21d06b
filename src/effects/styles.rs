//! Styles that come with the code of a page instead of with the first view.

use js_sys::{Array, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::CssStyleSheet;

/// Puts a style sheet behind those that the document has.
pub(crate) fn adopt(css: &str) {
    // A browser that is too old for either shows the page without them.
    let Ok(sheet) = CssStyleSheet::new() else {
        return;
    };
    let document = gloo::utils::document();
    let adopted = Reflect::get(&document, &JsValue::from_str("adoptedStyleSheets"));
    if let Ok(adopted) = adopted.and_then(JsCast::dyn_into::<Array>)
        && sheet.replace_sync(css).is_ok()
    {
        adopted.push(&sheet);
    }
}
