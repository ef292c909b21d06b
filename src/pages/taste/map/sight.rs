//! What the map has to know of the page around it: its size and its colours, and when they change.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::events::EventListener;
use wasm_bindgen::prelude::*;
use web_sys::{Element, EventTarget, MutationObserver, MutationObserverInit};
use yew::prelude::*;

use super::paint::Ink;

/// What may change the colours from outside the page.
const WISHES: [&str; 2] = ["(prefers-color-scheme: dark)", "(forced-colors: active)"];

/// Size of the element in pixels, and a number that changes when its colours or faces do.
#[hook]
pub(super) fn use_sight(node: &NodeRef) -> ([f32; 2], u32) {
    let size = use_state_eq(|| [0.0_f32; 2]);
    let changes = use_state_eq(|| 0_u32);
    {
        let (size, node) = (size.setter(), node.clone());
        use_effect_with((), move |()| {
            let measure = move || {
                if let Some(element) = node.cast::<Element>() {
                    let whole = element.get_bounding_client_rect();
                    size.set([whole.width() as f32, whole.height() as f32]);
                }
            };
            measure();
            let resized = EventListener::new(&gloo::utils::window(), "resize", move |_| measure());
            move || drop(resized)
        });
    }
    {
        let changes = changes.setter();
        use_effect_with((), move |()| {
            let count = Rc::new(RefCell::new(0));
            let changed = Rc::new(move || {
                *count.borrow_mut() += 1;
                changes.set(*count.borrow());
            });
            let listeners = listen(&changed);
            let observer = observe(changed);
            move || {
                drop(listeners);
                if let Some((observer, callback)) = observer {
                    observer.disconnect();
                    drop(callback);
                }
            }
        });
    }
    (*size, *changes)
}

/// Hears of the system's colours, and of faces that have come.
fn listen(changed: &Rc<impl Fn() + 'static>) -> Vec<EventListener> {
    let window = gloo::utils::window();
    let mut targets: Vec<(EventTarget, &'static str)> = WISHES
        .iter()
        .filter_map(|wish| window.match_media(wish).ok().flatten())
        .map(|list| (list.into(), "change"))
        .collect();
    let fonts = js_sys::Reflect::get(&gloo::utils::document(), &JsValue::from_str("fonts"));
    if let Ok(fonts) = fonts.and_then(JsCast::dyn_into::<EventTarget>) {
        targets.push((fonts, "loadingdone"));
    }
    let listener = |(target, event): (EventTarget, &'static str)| {
        let changed = changed.clone();
        EventListener::new(&target, event, move |_| changed())
    };
    targets.into_iter().map(listener).collect()
}

/// Sees the visitor choose other colours: the document says which.
fn observe(changed: Rc<impl Fn() + 'static>) -> Option<(MutationObserver, Closure<dyn FnMut()>)> {
    let callback = Closure::<dyn FnMut()>::new(move || changed());
    let observer = MutationObserver::new(callback.as_ref().unchecked_ref()).ok()?;
    let options = MutationObserverInit::new();
    options.set_attributes(true);
    let page = gloo::utils::document_element();
    observer.observe_with_options(&page, &options).ok()?;
    Some((observer, callback))
}

/// Colours and faces for an element, as its styles have them.
pub(super) fn ink(element: &Element) -> Option<Ink> {
    let window = gloo::utils::window();
    let styles = window.get_computed_style(element).ok()??;
    let value = |name: &str| {
        let value = styles.get_property_value(name).unwrap_or_default();
        value.trim().to_owned()
    };
    let page = window
        .get_computed_style(&gloo::utils::document_element())
        .ok()??;
    let letters = page.get_property_value("font-size").unwrap_or_default();
    Some(Ink {
        points: rgb(&value("color")),
        paper: value("--map-paper"),
        ink: value("--map-ink"),
        soft: value("--map-soft"),
        liked: value("--map-liked"),
        disliked: value("--map-disliked"),
        display: value("--display"),
        text: value("--text"),
        letters: letters.trim_end_matches("px").parse().unwrap_or(16.0),
    })
}

/// Red, green and blue of a colour as browsers compute it: `rgb(30, 23, 17)`.
fn rgb(colour: &str) -> [u8; 3] {
    let numbers = colour.split(|c: char| !c.is_ascii_digit() && c != '.');
    let mut numbers = numbers.filter_map(|number| number.parse::<f32>().ok());
    [(); 3].map(|()| numbers.next().map_or(128, |number| number as u8))
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn computed_colours_are_read() {
        assert_eq!(rgb("rgb(30, 23, 17)"), [30, 23, 17]);
        assert_eq!(rgb("rgba(30, 23, 17, 0.5)"), [30, 23, 17]);
        assert_eq!(rgb(""), [128; 3]);
    }
}
