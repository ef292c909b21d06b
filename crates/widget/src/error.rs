//! What goes wrong, for JavaScript.

use std::fmt::Display;

use js_sys::{Error, Reflect};
use wasm_bindgen::JsValue;

/// An `Error` whose `code` tells programs what went wrong, and whose message tells people.
pub(crate) fn error(code: &str, message: impl Display) -> JsValue {
    let error = Error::new(&message.to_string());
    // It cannot fail on an object that is nobody else's.
    let _ = Reflect::set(&error, &"code".into(), &code.into());
    error.into()
}
