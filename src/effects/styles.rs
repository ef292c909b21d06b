//! Styles that come with the code of a page instead of with the first view.

use std::cell::RefCell;

use js_sys::{Array, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::CssStyleSheet;

thread_local! {
    /// The sheets that the document has been given.
    static ADOPTED: RefCell<Vec<&'static str>> = const { RefCell::new(Vec::new()) };
}

/// Puts a style sheet behind those that the document has, unless it is one of them: several modules may bring it along.
pub(crate) fn adopt(css: &'static str) {
    if ADOPTED.with_borrow(|adopted| adopted.contains(&css)) {
        return;
    }
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
        ADOPTED.with_borrow_mut(|adopted| adopted.push(css));
    }
}
