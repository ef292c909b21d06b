//! The document around a page: its title, where it is scrolled to, and what has the focus.

use std::cell::Cell;

use gloo::events::{EventListener, EventListenerOptions};
use tr::tr;
use wasm_bindgen::JsCast;
use web_sys::{Element, FocusOptions, HtmlElement};
use yew::prelude::*;

use crate::routes::Route;

/// Opens the page anew.
pub(crate) fn reload() {
    // Should it fail, the page stays as it is.
    let _ = gloo::utils::window().location().reload();
}

/// Names the document after the page. A page reached by a link begins at its top and takes the focus; one gone back to
/// is left as the browser restores it.
#[hook]
pub(crate) fn use_page(title: &str) {
    use_effect_with(title.to_owned(), |title| {
        let name = if title.is_empty() {
            tr!("Matinee: films for tonight")
        } else {
            format!("{title} · Matinee")
        };
        gloo::utils::document().set_title(&name);
    });
}

/// Has the display face fetched once there are films to set in it: until then a fallback takes the same room.
#[hook]
pub(crate) fn use_display_face(ready: bool) {
    use_effect_with(ready, |ready| {
        if *ready {
            // Without it the fallback stays.
            let _ = gloo::utils::document_element().set_attribute("data-display", "");
        }
    });
}

thread_local! {
    /// Whether a link was followed, or a key that does as much, whose page is still to come.
    static FOLLOWED: Cell<bool> = const { Cell::new(false) };
}

/// Has the next page begin at its top and take the focus.
pub(super) fn follow() {
    FOLLOWED.set(true);
}

/// Sees to focus and scrolling when a link is followed within the app.
#[hook]
pub(crate) fn use_follow(route: Route) {
    use_effect_with((), |()| {
        let options = EventListenerOptions::run_in_capture_phase();
        let listener = EventListener::new_with_options(
            &gloo::utils::document(),
            "click",
            options,
            move |event| {
                let link = event
                    .target()
                    .and_then(|target| target.dyn_into::<Element>().ok())
                    .and_then(|target| target.closest("a[href^='#/']").ok().flatten());
                // A link to where one is goes nowhere.
                let here = gloo::utils::window().location().hash().unwrap_or_default();
                let leads = |link: &Element| link.get_attribute("href") != Some(here);
                if link.is_some_and(|link| leads(&link)) {
                    follow();
                }
            },
        );
        move || drop(listener)
    });
    use_effect_with(route, move |_| {
        if FOLLOWED.take() {
            gloo::utils::window().scroll_to_with_x_and_y(0.0, 0.0);
            let main = gloo::utils::document().get_element_by_id("main");
            let held = gloo::utils::document()
                .active_element()
                .is_some_and(|active| active.tag_name() == "INPUT");
            if let Some(main) = main.and_then(|main| main.dyn_into::<HtmlElement>().ok())
                && !held
            {
                // Should it fail, the focus stays on the link that was followed.
                let options = FocusOptions::new();
                options.set_prevent_scroll(true);
                let _ = main.focus_with_options(&options);
            }
        }
    });
}
