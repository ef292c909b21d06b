//! Ratings as the records of the database. By hand: what reads any type from a value of the browser, and words what it
//! dislikes of it, takes more of the program than all of the store.

use js_sys::{Object, Reflect};
use wasm_bindgen::JsValue;

use crate::rating::{Rating, Stars, Watching};

/// The names of the fields: they may become more, and are never changed.
const ITEM: &str = "item";
const TITLE: &str = "title";
const YEAR: &str = "year";
const STARS: &str = "stars";
const SEEN: &str = "seen";
const NOT_FOR_ME: &str = "not_for_me";
const WATCHLIST: &str = "watchlist";
const UNSEEN: &str = "unseen";
const WATCHED: &str = "watched";
const SECONDS: &str = "seconds";
const RUNTIME: &str = "runtime";
const UPDATED_AT: &str = "updated_at";

/// A new object with these fields, without those that are undefined.
pub fn object(fields: impl IntoIterator<Item = (&'static str, JsValue)>) -> JsValue {
    let object = Object::new();
    for (name, value) in fields {
        if !value.is_undefined() {
            // A plain object takes any field.
            let _ = Reflect::set(&object, &name.into(), &value);
        }
    }
    object.into()
}

/// What `record` has by that name; `undefined` where it has nothing.
#[must_use]
pub fn field(record: &JsValue, name: &str) -> JsValue {
    Reflect::get(record, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

/// The record of a rating.
#[must_use]
pub fn write(rating: &Rating) -> JsValue {
    object([
        (ITEM, rating.item.as_str().into()),
        (TITLE, rating.title.as_str().into()),
        (YEAR, rating.year.into()),
        (STARS, rating.stars.map(f64::from).into()),
        (SEEN, rating.seen.into()),
        (NOT_FOR_ME, rating.not_for_me.into()),
        (WATCHLIST, rating.watchlist.into()),
        (UNSEEN, rating.unseen.into()),
        (
            WATCHED,
            rating.watched.map_or(JsValue::UNDEFINED, |watched| {
                object([
                    (SECONDS, watched.seconds.into()),
                    (RUNTIME, watched.runtime.into()),
                ])
            }),
        ),
        (UPDATED_AT, rating.updated_at.into()),
    ])
}

/// The rating of a record; `None` where a field has a value that it cannot have, or one is missing that all have had from
/// the first version on.
#[must_use]
pub fn read(record: &JsValue) -> Option<Rating> {
    let text = |name| field(record, name).as_string();
    let number = |name| match field(record, name) {
        value if value.is_undefined() || value.is_null() => Some(None),
        value => value.as_f64().map(Some),
    };
    let flag = |name| match field(record, name) {
        value if value.is_undefined() => Some(false),
        value => value.as_bool(),
    };
    let year = match number(YEAR)? {
        Some(year) if year.fract() == 0.0 && (0.0..=f64::from(u16::MAX)).contains(&year) => {
            Some(year as u16)
        }
        Some(_) => return None,
        None => None,
    };
    let stars = match number(STARS)? {
        Some(stars) => Some(Stars::from_value(stars)?),
        None => None,
    };
    Some(Rating {
        item: text(ITEM)?,
        title: text(TITLE)?,
        year,
        stars,
        seen: flag(SEEN)?,
        not_for_me: flag(NOT_FOR_ME)?,
        watchlist: flag(WATCHLIST)?,
        unseen: flag(UNSEEN)?,
        watched: match field(record, WATCHED) {
            none if none.is_undefined() || none.is_null() => None,
            watched => Some(watching(&watched)?),
        },
        updated_at: field(record, UPDATED_AT).as_f64()?,
    })
}

fn watching(record: &JsValue) -> Option<Watching> {
    let number = |name| Some(field(record, name).as_f64()? as f32);
    let (seconds, runtime) = (number(SECONDS)?, number(RUNTIME)?);
    let possible = seconds >= 0.0 && runtime > 0.0 && runtime.is_finite();
    possible.then_some(Watching { seconds, runtime })
}
