//! Films move to their new place when a rating changes the rows, so that the visitor sees what it did.

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use super::shelf::still;
use crate::figure::Hundredths;

/// Matches `--move` in the tokens.
const MOVE_MS: f64 = 180.0;

#[wasm_bindgen]
extern "C" {
    // web-sys has this only behind a flag for the whole build.
    #[wasm_bindgen(extends = Element)]
    type Animated;
    #[wasm_bindgen(method)]
    fn animate(this: &Animated, keyframes: &JsValue, options: &JsValue) -> JsValue;
}

/// Films by their key, with the left and top edge of each. A page has at most a few hundred.
type Places = Vec<(String, (f64, f64))>;

/// Where each film was when the component began to render, and which held the focus.
#[derive(Default)]
struct Before {
    places: Places,
    focus: Option<Focus>,
}

struct Focus {
    item: String,
    /// The reel or list it was in, and its index there.
    list: Element,
    index: usize,
}

/// Animates everything with a `data-item` within `root` from where it was to where it is, whenever `change` differs from
/// the last time. When the film that held the focus is gone, the one in its place gets it.
///
/// Call it from the component that renders the films: places are measured while it renders, before the page changes.
#[hook]
pub fn use_motion<T: PartialEq + Clone + 'static>(root: &NodeRef, change: &T) {
    let last = use_mut_ref(|| None::<T>);
    let changed = last.borrow().as_ref().is_some_and(|last| last != change);
    *last.borrow_mut() = Some(change.clone());
    let before = use_mut_ref(Before::default);
    if changed && let Some(root) = root.cast::<Element>() {
        *before.borrow_mut() = Before {
            places: places(&root),
            focus: focus(&root),
        };
    }
    let root = root.clone();
    use_effect_with(change.clone(), move |_| {
        let before = before.take();
        if let Some(root) = root.cast::<Element>() {
            if let Some(focus) = &before.focus {
                keep_focus(&root, focus);
            }
            if !before.places.is_empty() && !still() {
                animate(&root, &before.places);
            }
        }
    });
}

fn items(root: &Element) -> impl Iterator<Item = (String, Element)> {
    let list = root.query_selector_all("[data-item]").ok();
    let length = list.as_ref().map_or(0, web_sys::NodeList::length);
    (0..length).filter_map(move |i| {
        let element: Element = list.as_ref()?.get(i)?.dyn_into().ok()?;
        Some((element.get_attribute("data-item")?, element))
    })
}

fn places(root: &Element) -> Places {
    let places = items(root).map(|(item, element)| {
        let place = element.get_bounding_client_rect();
        (item, (place.left(), place.top()))
    });
    places.collect()
}

fn animate(root: &Element, before: &Places) {
    let window = gloo::utils::window();
    let length =
        |value: Result<JsValue, JsValue>| value.ok().and_then(|v| v.as_f64()).unwrap_or(0.0);
    let (width, height) = (length(window.inner_width()), length(window.inner_height()));
    for (item, element) in items(root) {
        let now = element.get_bounding_client_rect();
        let in_view = |x: f64, y: f64| {
            (-now.width()..width).contains(&x) && (-now.height()..height).contains(&y)
        };
        let was = before
            .iter()
            .find(|(known, _)| *known == item)
            .map(|(_, place)| place);
        if !in_view(now.left(), now.top()) {
            continue;
        }
        let (name, value) = match was {
            Some(&(x, y)) if (x, y) == (now.left(), now.top()) => continue,
            Some(&(x, y)) if in_view(x, y) => (
                "transform",
                format!(
                    "translate({}px,{}px)",
                    Hundredths(x - now.left()),
                    Hundredths(y - now.top())
                ),
            ),
            // From out of sight there is no way that an eye could follow.
            _ => ("opacity", "0".to_owned()),
        };
        let keyframe = Object::new();
        // Setting a property of a fresh object cannot fail.
        let _ = Reflect::set(&keyframe, &name.into(), &value.into());
        let options = Object::new();
        let _ = Reflect::set(&options, &"duration".into(), &MOVE_MS.into());
        let _ = Reflect::set(
            &options,
            &"easing".into(),
            &"cubic-bezier(0.2, 0.7, 0.2, 1)".into(),
        );
        let frames = Array::of2(&keyframe, &Object::new());
        element
            .unchecked_ref::<Animated>()
            .animate(&frames, &options);
    }
}

fn focus(root: &Element) -> Option<Focus> {
    let active = gloo::utils::document().active_element()?;
    let film = active.closest("[data-item]").ok()??;
    let list = film
        .parent_element()
        .filter(|list| root.contains(Some(list)))?;
    let index = siblings(&list).position(|sibling| sibling == film)?;
    Some(Focus {
        item: film.get_attribute("data-item")?,
        list,
        index,
    })
}

fn siblings(list: &Element) -> impl Iterator<Item = Element> {
    let children = list.children();
    (0..children.length()).filter_map(move |i| children.item(i))
}

fn keep_focus(root: &Element, focus: &Focus) {
    let held = gloo::utils::document()
        .active_element()
        .is_some_and(|active| root.contains(Some(&active)));
    if held || items(root).any(|(item, _)| item == focus.item) {
        return;
    }
    let next = siblings(&focus.list)
        .nth(focus.index)
        .or_else(|| focus.list.last_element_child());
    let link = next.and_then(|film| film.query_selector("a:not([tabindex])").ok().flatten());
    if let Some(link) = link.and_then(|link| link.dyn_into::<HtmlElement>().ok()) {
        // Without a focus there is nothing to mend: the visitor begins at the top of the page.
        let _ = link.focus();
    }
}
