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
/// What it is asked when a page that has been open for long is looked at again.
const LOOK: &str = "matinee-look";

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
            let again = look_again(&container);
            let told = EventListener::new(&container, "message", move |event| {
                let said = event.dyn_ref::<MessageEvent>().map(MessageEvent::data);
                if said.is_some_and(|said| said == *UPDATED) {
                    dispatch.dispatch(Action::Updated);
                }
            });
            (told, again)
        });
        move || drop(listener)
    });
}

/// Asks for a new release whenever the page comes into view again, or the network comes back.
fn look_again(container: &ServiceWorkerContainer) -> [EventListener; 2] {
    let look = {
        let container = container.clone();
        move |_: &web_sys::Event| {
            let document = gloo::utils::document();
            if let Some(worker) = container.controller().filter(|_| !document.hidden()) {
                // Should it fail, the next visit asks.
                let _ = worker.post_message(&LOOK.into());
            }
        }
    };
    let document = gloo::utils::document();
    [
        EventListener::new(&document, "visibilitychange", look.clone()),
        EventListener::new(&gloo::utils::window(), "online", look),
    ]
}

/// Absent where the connection is not secure, whatever the types say.
fn container() -> Option<ServiceWorkerContainer> {
    let navigator = gloo::utils::window().navigator();
    let has = js_sys::Reflect::has(&navigator, &JsValue::from_str("serviceWorker"));
    has.is_ok_and(|has| has).then(|| navigator.service_worker())
}
