//! The one moment of theatre.

use gloo::timers::callback::Timeout;
use yew::prelude::*;

/// Somewhat longer than the animation.
const OPENS_MS: u32 = 1600;

/// Props of [`Curtain`].
#[derive(Properties, PartialEq)]
pub struct CurtainProps {
    /// It has opened, and can be taken down.
    pub onopen: Callback<()>,
}

/// A curtain that opens on whatever is behind it. It takes no clicks, and under reduced motion it is not shown.
#[component]
pub fn Curtain(props: &CurtainProps) -> Html {
    let onopen = props.onopen.clone();
    use_effect_with((), move |()| {
        let timer = Timeout::new(OPENS_MS, move || onopen.emit(()));
        move || drop(timer)
    });
    html! {
        <div class="curtain" aria-hidden="true" data-testid="curtain">
            <div class="curtain__half"></div>
            <div class="curtain__half"></div>
        </div>
    }
}
