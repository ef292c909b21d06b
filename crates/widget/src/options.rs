//! What JavaScript asks for.

use js_sys::Array;
use matinee_engine::{Filter, ListOptions};
use matinee_format::Model;
use matinee_web::store::record;
use wasm_bindgen::{JsCast, JsValue};

use crate::js::error;

/// Films in a list unless asked otherwise.
const COUNT: usize = 12;
/// Most films in a list.
const MOST: usize = 1000;

/// What a list is to be like. Every field may be left out.
pub(crate) struct Options {
    count: Option<f64>,
    genres: Vec<String>,
    from: Option<f64>,
    to: Option<f64>,
    popularity: Option<f64>,
    diversity: Option<f64>,
    /// Films that are to be left out, however they are named.
    pub exclude: Vec<String>,
    by: Option<String>,
}

/// The field of `object` that goes by this name; `None` where there is none.
///
/// # Errors
/// With code `bad-options` where it is no `kind`.
pub(crate) fn field<T>(
    object: &JsValue,
    name: &str,
    kind: &str,
    read: impl FnOnce(&JsValue) -> Option<T>,
) -> Result<Option<T>, JsValue> {
    if object.is_undefined() || object.is_null() {
        return Ok(None);
    }
    let value = record::field(object, name);
    if value.is_undefined() || value.is_null() {
        return Ok(None);
    }
    match read(&value) {
        Some(read) => Ok(Some(read)),
        None => Err(error(
            "bad-options",
            format_args!("{name} has to be {kind}"),
        )),
    }
}

/// What films are alike by.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum By {
    /// Who likes them.
    Taste,
    /// Genres and years.
    Content,
}

impl Options {
    /// Reads what JavaScript hands over.
    ///
    /// # Errors
    /// With code `bad-options` where a field is of another type.
    pub(crate) fn read(options: &JsValue) -> Result<Self, JsValue> {
        let number = |name| field(options, name, "a number", JsValue::as_f64);
        let texts = |name| {
            let read = field(options, name, "a list of texts", |list| {
                let list: &Array = list.dyn_ref()?;
                list.iter().map(|text| text.as_string()).collect()
            });
            read.map(Option::unwrap_or_default)
        };
        Ok(Self {
            count: number("count")?,
            genres: texts("genres")?,
            from: number("from")?,
            to: number("to")?,
            popularity: number("popularity")?,
            diversity: number("diversity")?,
            exclude: texts("exclude")?,
            by: field(options, "by", "a text", JsValue::as_string)?,
        })
    }

    /// Films wanted.
    ///
    /// # Errors
    /// With code `bad-options`.
    pub(crate) fn count(&self) -> Result<usize, JsValue> {
        match self.count {
            None => Ok(COUNT),
            Some(count) if count.fract() == 0.0 && (1.0..=MOST as f64).contains(&count) => {
                Ok(count as usize)
            }
            Some(count) => Err(error(
                "bad-options",
                format_args!("count is {count}; give a whole number from 1 to {MOST}"),
            )),
        }
    }

    /// What films are to be alike by.
    ///
    /// # Errors
    /// With code `bad-options`.
    pub(crate) fn by(&self) -> Result<By, JsValue> {
        match self.by.as_deref() {
            None | Some("taste") => Ok(By::Taste),
            Some("content") => Ok(By::Content),
            Some(other) => Err(error(
                "bad-options",
                format_args!("by is {other}; give \"taste\" or \"content\""),
            )),
        }
    }

    /// How the list is put together.
    ///
    /// # Errors
    /// With code `bad-options`, which says what there is to choose from.
    pub(crate) fn list(&self, model: &Model) -> Result<ListOptions, JsValue> {
        let dial = |name: &str, value: Option<f64>, least: f64| match value {
            None => Ok(0.0),
            Some(value) if (least..=1.0).contains(&value) => Ok(value as f32),
            Some(value) => Err(error(
                "bad-options",
                format_args!("{name} is {value}; give a number from {least} to 1"),
            )),
        };
        let year = |name: &str, value: Option<f64>, otherwise: u16| match value {
            None => Ok(otherwise),
            Some(year) if year.fract() == 0.0 && (0.0..=f64::from(u16::MAX)).contains(&year) => {
                Ok(year as u16)
            }
            Some(year) => Err(error(
                "bad-options",
                format_args!("{name} is {year}; give a year, such as 1994"),
            )),
        };
        Ok(ListOptions {
            popularity: dial("popularity", self.popularity, -1.0)?,
            diversity: dial("diversity", self.diversity, 0.0)?,
            filter: Filter {
                genres: self.genre_bits(model)?,
                from: year("from", self.from, 0)?,
                to: year("to", self.to, u16::MAX)?,
            },
            ..ListOptions::of(model)
        })
    }

    fn genre_bits(&self, model: &Model) -> Result<u64, JsValue> {
        let known = &model.header().genres;
        let bit = |wanted: &String| {
            let place = known
                .iter()
                .position(|name| name.eq_ignore_ascii_case(wanted));
            place.map(|place| 1 << place).ok_or_else(|| {
                error(
                    "bad-options",
                    format_args!("there is no genre {wanted}; there are {}", known.join(", ")),
                )
            })
        };
        let mut bits = 0;
        for wanted in &self.genres {
            bits |= bit(wanted)?;
        }
        Ok(bits)
    }
}
