//! Numbers, dates and lists as the language of the page writes them, by the browser's own knowledge.

use std::cell::RefCell;

use js_sys::Intl::{DateTimeFormat, NumberFormat};
use js_sys::{Array, Date, Function, Object, Reflect};
use wasm_bindgen::prelude::*;

use super::{Language, language};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Intl)]
    type ListFormat;
    #[wasm_bindgen(constructor, js_namespace = Intl)]
    fn new(locale: &str) -> ListFormat;
    #[wasm_bindgen(method, js_name = formatToParts)]
    fn parts(this: &ListFormat, list: &Array) -> Array;
}

/// What formats a number, made when first asked for.
#[derive(Default)]
struct Formats {
    whole: Option<Function>,
    tenths: Option<Function>,
    percent: Option<Function>,
    signed: Option<Function>,
}

thread_local! {
    static FORMATS: RefCell<Formats> = RefCell::default();
}

/// After a change of language all are made anew.
pub(super) fn forget() {
    FORMATS.take();
}

/// The locale in which the page writes: the visitor's own region of its language, where the browser names one. Figures are
/// always the European ones, as in the titles of films and on their covers.
fn locale() -> String {
    let tag = language().tag();
    // Outside of pages there may be no navigator.
    let own = Reflect::get(&js_sys::global(), &"navigator".into())
        .and_then(|navigator| Reflect::get(&navigator, &"languages".into()))
        .map(|own| own.dyn_into().unwrap_or_else(|_| Array::new()));
    let own = own.unwrap_or_default();
    let own = own.iter().filter_map(|own| own.as_string());
    // Some browsers name what is no locale, at which others would throw.
    let plain = |own: &str| own.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let own = own.into_iter().find(|own| {
        own.split('-').next() == Some(tag) && plain(own) && own.len() <= "zh-Hant-TW".len()
    });
    let own = own.unwrap_or_else(|| tag.to_owned());
    match language() {
        Language::Arabic => own + "-u-nu-latn",
        _ => own,
    }
}

fn number(
    value: f64,
    kept: fn(&mut Formats) -> &mut Option<Function>,
    options: &[(&str, JsValue)],
) -> String {
    let written = FORMATS.with_borrow_mut(|formats| {
        let format = kept(formats).get_or_insert_with(|| {
            NumberFormat::new(&Array::of1(&locale().into()), &object(options)).format()
        });
        format.call1(&JsValue::UNDEFINED, &value.into())
    });
    let written = written.ok().and_then(|written| written.as_string());
    written.unwrap_or_else(|| value.to_string())
}

fn object(options: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in options {
        // It cannot fail on an object that is nobody else's.
        let _ = Reflect::set(&object, &JsValue::from_str(name), value);
    }
    object
}

/// "33,000,000".
#[must_use]
pub fn grouped(number: u64) -> String {
    // Alike in every language, and the first number that a browser formats takes it longer than a row of films.
    if number < 1000 {
        return number.to_string();
    }
    self::number(number as f64, |formats| &mut formats.whole, &[])
}

/// "3.9": to a tenth, stars for example.
#[must_use]
pub fn tenths(number: f32) -> String {
    let digits = [
        ("minimumFractionDigits", 1.into()),
        ("maximumFractionDigits", 1.into()),
    ];
    self::number(number.into(), |formats| &mut formats.tenths, &digits)
}

/// "+0.3" or "−0.3": a difference, to a tenth.
#[must_use]
pub fn signed(number: f64) -> String {
    let digits = [
        ("minimumFractionDigits", 1.into()),
        ("maximumFractionDigits", 1.into()),
        ("signDisplay", "exceptZero".into()),
    ];
    self::number(number, |formats| &mut formats.signed, &digits).replace('-', "−")
}

/// "12%" of a part between 0 and 1.
#[must_use]
pub fn percent(part: f64) -> String {
    let style = [("style", "percent".into())];
    number(part, |formats| &mut formats.percent, &style)
}

/// What stands between the members of a list that is no sentence.
#[must_use]
pub fn comma() -> &'static str {
    match language() {
        Language::Arabic => "، ",
        _ => ", ",
    }
}

/// "9 October 2023" of a time given in milliseconds since 1970.
#[must_use]
pub fn day(milliseconds: f64) -> String {
    let long = object(&[("dateStyle", "long".into())]);
    let format = DateTimeFormat::new(&Array::of1(&locale().into()), &long).format();
    let date = Date::new(&milliseconds.into());
    let written = format.call1(&JsValue::UNDEFINED, &date).ok();
    written
        .and_then(|written| written.as_string())
        .unwrap_or_default()
}

/// "Heat, Thief and Alien", piece by piece: `item` makes one of each of `items`, and `words` of what stands between them.
pub fn conjunction<T>(
    items: &[String],
    item: impl Fn(String) -> T,
    words: impl Fn(String) -> T,
) -> Vec<T> {
    // The European figures are no matter here, and the comma before "and" is not ours.
    let locale = match language() {
        Language::English => "en-GB",
        language => language.tag(),
    };
    let list = items.iter().map(JsValue::from).collect::<Array>();
    let text = |part: &JsValue, name: &str| {
        let text = Reflect::get(part, &JsValue::from_str(name)).ok()?;
        text.as_string()
    };
    let part = |part: JsValue| {
        let value = text(&part, "value")?;
        Some(if text(&part, "type")? == "element" {
            item(value)
        } else {
            words(value)
        })
    };
    ListFormat::new(locale)
        .parts(&list)
        .iter()
        .filter_map(part)
        .collect()
}
