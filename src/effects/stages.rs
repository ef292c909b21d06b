//! Drawing a page in stages, what is in view first.

use gloo::render::request_animation_frame;
use gloo::timers::callback::Timeout;
use yew::prelude::*;

/// The stage to draw: 1 to begin with, and the next one each time the browser has painted, up to `most`. It never goes
/// back: what changes later is drawn whole.
#[hook]
pub(crate) fn use_stages(most: usize) -> usize {
    let stage = use_state_eq(|| 1);
    {
        let stage = stage.clone();
        use_effect_with((*stage, most), move |&(now, most)| {
            let frame = (now < most).then(|| {
                // A frame's callbacks run before it is painted, and this one's timer after.
                request_animation_frame(move |_| {
                    Timeout::new(0, move || stage.set(now + 1)).forget();
                })
            });
            move || drop(frame)
        });
    }
    *stage
}

/// Cards that fit across the window, and one more.
pub(crate) fn cards_across() -> usize {
    /// Narrower than any card.
    const LEAST: f64 = 120.0;
    let width = gloo::utils::window().inner_width().ok();
    let width = width.and_then(|width| width.as_f64()).unwrap_or(0.0);
    (width / LEAST) as usize + 1
}
