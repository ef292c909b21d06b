//! Fields of JSON objects. A field of another type than it should have is as good as none.

use serde_json::Value;

use crate::row::Fault;
use crate::stars::Scale;

pub(super) fn text<'v>(object: &'v Value, field: &str) -> Option<&'v str> {
    object.get(field)?.as_str().filter(|text| !text.is_empty())
}

pub(super) fn number<N: TryFrom<u64>>(object: &Value, field: &str) -> Option<N> {
    object.get(field)?.as_u64()?.try_into().ok()
}

/// The field `rating`. Here, another type is a fault: a rating must not be lost silently.
pub(super) fn stars(object: &Value, scale: Scale) -> Result<Option<f32>, Fault> {
    match object.get("rating") {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Number(rating)) => scale
            .stars(rating.as_f64().unwrap_or(f64::NAN), "rating")
            .map(Some),
        Some(_) => Err(Fault {
            column: "rating",
            what: "it is no number".to_owned(),
            mend: "a rating is a number, or null where there is none",
        }),
    }
}
