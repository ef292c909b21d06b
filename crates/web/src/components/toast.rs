//! What just happened, and the way back.

use gloo::timers::callback::Timeout;
use tr::tr;
use yew::prelude::*;

/// How long it stays, unless the pointer or the focus rests on it.
const STAY_MS: u32 = 8000;

/// Props of [`Toast`].
#[derive(Properties, PartialEq)]
pub struct ToastProps {
    /// Changes with what happened, so that the time starts anew.
    pub id: u32,
    /// What happened.
    pub children: Html,
    /// Takes it back.
    #[prop_or_default]
    pub onundo: Option<Callback<()>>,
    /// Its time is over.
    pub onclose: Callback<()>,
}

/// A line at the foot of the page. Its place is always there, so that assistive technology hears it fill.
#[component]
pub fn Toast(props: &ToastProps) -> Html {
    let held = use_state_eq(|| false);
    {
        let onclose = props.onclose.clone();
        use_effect_with((props.id, *held), move |(_, held)| {
            let timer = (!held).then(|| Timeout::new(STAY_MS, move || onclose.emit(())));
            move || drop(timer)
        });
    }
    let hold = |on: bool| {
        let held = held.clone();
        move || held.set(on)
    };
    let (enter, leave, focus, blur) = (hold(true), hold(false), hold(true), hold(false));
    html! {
        <div class="toast" key={props.id} data-testid="toast"
            onmouseenter={move |_| enter()} onmouseleave={move |_| leave()}
            onfocusin={move |_| focus()} onfocusout={move |_| blur()}>
            <p class="toast__text">{ props.children.clone() }</p>
            if let Some(onundo) = &props.onundo {
                <button class="toast__undo" type="button" data-testid="undo" onclick={onundo.reform(|_: MouseEvent| ())}>
                    { tr!("Undo") }
                </button>
            }
        </div>
    }
}
