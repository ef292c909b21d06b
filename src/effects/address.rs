//! The address bar: which page it asks for.

use gloo::events::EventListener;
use wasm_bindgen::JsValue;
use yew::prelude::*;

use crate::routes::{Address, Route};

/// The address, and a way to change what is asked of a page. Every change is seen to: of links, of the browser's buttons, and
/// of whoever types one.
#[hook]
pub(crate) fn use_address() -> (Address, Callback<Address>) {
    let address = use_state_eq(read);
    {
        let address = address.setter();
        use_effect_with((), move |()| {
            let window = gloo::utils::window();
            let fragment = window.location().hash();
            if !fragment.is_ok_and(|fragment| fragment.starts_with("#/")) {
                // So that a link to the first page is no step away from it.
                replace("#/");
            }
            let listener = {
                let address = address.clone();
                EventListener::new(&window, "popstate", move |_| address.set(read()))
            };
            // It may have changed since it was read, before anybody listened.
            address.set(read());
            move || drop(listener)
        });
    }
    let ask = {
        let address = address.setter();
        Callback::from(move |next: Address| {
            replace(&next.href());
            address.set(next);
        })
    };
    ((*address).clone(), ask)
}

/// Goes to a page, as following a link to it does.
pub(crate) fn go(route: &Route) {
    let location = gloo::utils::window().location();
    if location.hash().is_ok_and(|here| here != *route.href()) {
        super::page::follow();
        // Should it fail, the page stays as it is.
        let _ = location.set_hash(&route.href());
    }
}

/// Changes the address without a step in the history. It is only a convenience: should the browser refuse, the page
/// answers all the same.
fn replace(href: &str) {
    if let Ok(history) = gloo::utils::window().history() {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(href));
    }
}

fn read() -> Address {
    let fragment = gloo::utils::window().location().hash();
    Address::of(&fragment.unwrap_or_default())
}
