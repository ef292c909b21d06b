//! Shortcuts of a single key, for those who want them: whoever speaks to their computer, or presses keys by accident, turns
//! them off.

use std::cell::Cell;
use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, KeyboardEvent, NodeList};

use super::address::go;
use super::settings::{recall, remember};
use crate::routes::Route;

const SETTING: &str = "matinee-keys";
const OFF: &str = "off";
/// How long "g" waits for the letter that says where to go, in milliseconds.
const PATIENCE: f64 = 2000.0;
/// What leads to a film, in the order of the page.
const FILMS: &str = "main .card__link, main a.film-row__title";

/// Whether single keys do something.
pub(crate) fn keys_are_on() -> bool {
    recall(SETTING).as_deref() != Some(OFF)
}

/// Turns single keys on or off.
pub(crate) fn turn_keys(on: bool) {
    remember(SETTING, (!on).then_some(OFF));
}

/// The page that a letter after "g" goes to.
fn place(letter: &str) -> Option<Route> {
    Some(match letter {
        "h" => Route::Home,
        "q" => Route::Ask,
        "p" => Route::Picks,
        "s" => Route::Search,
        "y" => Route::You,
        "m" => Route::Taste,
        "r" => Route::Trends,
        "d" => Route::Data,
        "t" => Route::Together,
        "a" => Route::About,
        _ => return None,
    })
}

/// Listens for as long as the page is open.
pub(crate) fn listen_for_keys() {
    let began = Rc::new(Cell::new(f64::NEG_INFINITY));
    let options = EventListenerOptions::enable_prevent_default();
    let listener = EventListener::new_with_options(
        &gloo::utils::document(),
        "keydown",
        options,
        move |event| {
            if let Some(event) = event.dyn_ref::<KeyboardEvent>()
                && is_for_the_page(event)
                && keys_are_on()
                && act(event, &began)
            {
                event.prevent_default();
            }
        },
    );
    listener.forget();
}

/// Not with a key held that gives it another meaning, not what a control has taken, and not what is typed.
fn is_for_the_page(event: &KeyboardEvent) -> bool {
    let held = event.ctrl_key() || event.meta_key() || event.alt_key();
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    !held && !event.default_prevented() && !target.is_some_and(|target| is_typed_into(&target))
}

fn is_typed_into(element: &Element) -> bool {
    if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
        return !matches!(
            input.type_().as_str(),
            "checkbox" | "radio" | "button" | "file"
        );
    }
    let editable = element.dyn_ref::<HtmlElement>();
    matches!(element.tag_name().as_str(), "TEXTAREA" | "SELECT")
        || editable.is_some_and(HtmlElement::is_content_editable)
}

/// Does what the key says; whether it said anything.
fn act(event: &KeyboardEvent, began: &Cell<f64>) -> bool {
    let key = event.key();
    if event.time_stamp() - began.replace(f64::NEG_INFINITY) < PATIENCE
        && let Some(route) = place(&key)
    {
        go(&route);
        return true;
    }
    match key.as_str() {
        "/" => go(&Route::Search),
        "?" => go(&Route::Keys),
        "g" => began.set(event.time_stamp()),
        "j" => return step(true),
        "k" => return step(false),
        _ => return false,
    }
    true
}

/// Moves the focus to the next film of the page, or the one before.
fn step(on: bool) -> bool {
    let document = gloo::utils::document();
    let (Ok(films), Some(active)) = (
        document.query_selector_all(FILMS),
        document.active_element(),
    ) else {
        return false;
    };
    let at = position(&films, &active);
    let next = match (at, on) {
        (None, true) => Some(0),
        (Some(at), true) => Some(at + 1),
        (at, false) => at.and_then(|at| at.checked_sub(1)),
    };
    let film = next.and_then(|next| films.item(next));
    match film.and_then(|film| film.dyn_into::<HtmlElement>().ok()) {
        Some(film) => film.focus().is_ok(),
        None => false,
    }
}

/// Which film the focus is on: on its link, or on its stars or buttons.
fn position(films: &NodeList, active: &Element) -> Option<u32> {
    let own = active.closest(".card, .film-row").ok().flatten()?;
    (0..films.length()).find(|at| {
        films
            .item(*at)
            .is_some_and(|film| own.contains(Some(&film)))
    })
}
