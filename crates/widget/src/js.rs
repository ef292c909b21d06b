//! Values and errors, for JavaScript.

use std::fmt::Display;

use js_sys::{Error, Reflect};
use serde::Serialize;
use wasm_bindgen::JsValue;

/// An `Error` whose `code` tells programs what went wrong, and whose message tells people.
pub(crate) fn error(code: &str, message: impl Display) -> JsValue {
    let error = Error::new(&message.to_string());
    // It cannot fail on an object that is nobody else's.
    let _ = Reflect::set(&error, &"code".into(), &code.into());
    error.into()
}

/// As JavaScript sees it: what is not known is `null`.
///
/// # Errors
/// Where JavaScript refuses, which it has no reason to.
pub(crate) fn to_js(value: &impl Serialize) -> Result<JsValue, JsValue> {
    let serializer = serde_wasm_bindgen::Serializer::new().serialize_missing_as_null(true);
    value
        .serialize(&serializer)
        .map_err(|wrong| error("internal", wrong))
}
