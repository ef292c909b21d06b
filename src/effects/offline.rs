//! The service worker: keeps the site on the device and says when a new one has taken its place.

use gloo::events::EventListener;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{MessageEvent, ServiceWorkerContainer};
use yew::prelude::*;

use super::StateHandle;
use crate::state::Action;

/// What `static/sw.js` says when a new release is kept.
const UPDATED: &str = "matinee-updated";

/// Has the site kept once the model is there, so that nothing competes with it for the line. Browsers that keep nothing, or a
/// site that is not served over a secure connection, do without.
#[hook]
pub(crate) fn use_offline(state: &StateHandle) {
    let arrived = state.library.settled && state.library.trouble.is_none();
    let dispatch = state.dispatcher();
    use_effect_with(arrived, move |arrived| {
        // Said before anybody listened, and left there by the page.
        let page = gloo::utils::document_element();
        if *arrived && page.has_attribute("data-updated") {
            dispatch.dispatch(Action::Updated);
        }
        let listener = container().filter(|_| *arrived).map(|container| {
            let registered = container.register("sw.js");
            spawn_local(async move {
                // The next visit depends on the network, as this one did; nothing to tell.
                let _ = JsFuture::from(registered).await;
            });
            EventListener::new(&container, "message", move |event| {
                let said = event.dyn_ref::<MessageEvent>().map(MessageEvent::data);
                if said.is_some_and(|said| said == *UPDATED) {
                    dispatch.dispatch(Action::Updated);
                }
            })
        });
        move || drop(listener)
    });
}

/// Absent where the connection is not secure, whatever the types say.
fn container() -> Option<ServiceWorkerContainer> {
    let navigator = gloo::utils::window().navigator();
    let has = js_sys::Reflect::has(&navigator, &JsValue::from_str("serviceWorker"));
    has.is_ok_and(|has| has).then(|| navigator.service_worker())
}
