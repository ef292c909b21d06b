//! When there is time for what nobody waits for.

use js_sys::Promise;
use wasm_bindgen_futures::JsFuture;

/// Milliseconds of rest. Until then a first visitor looks at the films, and whatever the page did would hold up what they do.
const REST_MS: i32 = 3000;
/// What says that they are about to do something, which may want more code.
const SIGNS: [&str; 3] = ["pointermove", "pointerdown", "keydown"];

/// Waits until the visitor does something, or the page has rested for a while.
pub(crate) async fn leisure() {
    let promise = Promise::new(&mut |resolve, _| {
        let window = gloo::utils::window();
        // Should the one fail, there is the other; what is called again does nothing.
        for sign in SIGNS {
            let _ = window.add_event_listener_with_callback_and_bool(sign, &resolve, true);
        }
        let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, REST_MS);
    });
    let _ = JsFuture::from(promise).await;
}
