//! Half a star to five, by pointer, touch or keyboard.

use gloo::timers::callback::Timeout;
use tr::tr;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::figure::Hundredths;
use crate::rating::Stars;
use crate::words;

/// How long the keyboard has to rest before a rating made with it counts, where rating takes the film away.
const PAUSE_MS: u32 = 1500;

/// Props of [`StarRating`].
#[derive(Properties, PartialEq)]
pub struct StarRatingProps {
    /// Title of the film, for the accessible name.
    pub title: AttrValue,
    /// The rating so far.
    #[prop_or_default]
    pub value: Option<Stars>,
    /// Large stars, with the value beside them, that can be dragged along.
    #[prop_or_default]
    pub large: bool,
    /// Wait for Enter, a pause, or the focus to leave before a rating made by keyboard counts. For places where a
    /// rated film moves away, which must not happen between two presses of an arrow.
    #[prop_or_default]
    pub deferred: bool,
    /// Whether a rating that waits is given when the focus leaves. Where there are other answers beside the stars, leaving
    /// them for one of these takes it back.
    #[prop_or(true)]
    pub keeps: bool,
    /// The visitor chose a rating, or took it away.
    pub onrate: Callback<Option<Stars>>,
}

/// A slider over half stars. Arrows change the rating, Home and End go to its ends, 1 to 5 choose whole stars, Delete
/// removes it, and Escape goes back.
#[component]
pub fn StarRating(props: &StarRatingProps) -> Html {
    let node = use_node_ref();
    // What the pointer is over, or the keyboard has reached and not yet given.
    let preview = use_state_eq(|| None::<Option<Stars>>);
    let timer = use_mut_ref(|| None::<Timeout>);

    {
        // A rating that waits is for this film alone: it goes when the film does.
        let timer = timer.clone();
        use_effect_with((), move |()| {
            move || {
                timer.take();
            }
        });
    }
    let settle = {
        let (preview, timer, onrate, value) = (
            preview.clone(),
            timer.clone(),
            props.onrate.clone(),
            props.value,
        );
        move |stars: Option<Stars>| {
            timer.take();
            preview.set(None);
            if stars != value {
                onrate.emit(stars);
            }
        }
    };

    let onpointermove = {
        let (node, preview) = (node.clone(), preview.clone());
        Callback::from(move |event: PointerEvent| {
            if event.pointer_type() != "touch" || event.buttons() != 0 {
                preview.set(Some(stars_under(&node, event.client_x())));
            }
        })
    };
    let onpointerleave = {
        let preview = preview.clone();
        Callback::from(move |_: PointerEvent| preview.set(None))
    };
    // Not when the pointer comes up: the click that a browser sends after a touch would go to whatever has taken this
    // film's place by then.
    let onclick = {
        let (node, settle) = (node.clone(), settle.clone());
        Callback::from(move |event: MouseEvent| settle(stars_under(&node, event.client_x())))
    };
    // A finger that was drawn along the large stars makes no click.
    let onpointerup = {
        let (node, settle, large) = (node.clone(), settle.clone(), props.large);
        Callback::from(move |event: PointerEvent| {
            if large && event.pointer_type() == "touch" {
                settle(stars_under(&node, event.client_x()));
            }
        })
    };
    let onblur = {
        let (preview, timer, settle) = (preview.clone(), timer.clone(), settle.clone());
        let keeps = props.keeps;
        Callback::from(move |_: FocusEvent| {
            if !keeps {
                timer.take();
                preview.set(None);
                return;
            }
            // Only the keyboard sets a timer: what a passing pointer shows is not given.
            if timer.borrow().is_some()
                && let Some(stars) = *preview
            {
                settle(stars);
            }
        })
    };
    let shown = (*preview).unwrap_or(props.value);
    let onkeydown = {
        let (preview, value, deferred, settle) =
            (preview.clone(), props.value, props.deferred, settle.clone());
        Callback::from(move |event: KeyboardEvent| {
            let halves = shown.map_or(0, Stars::halves);
            let key = event.key();
            let (more, less) = if words::language().is_rtl() {
                ("ArrowLeft", "ArrowRight")
            } else {
                ("ArrowRight", "ArrowLeft")
            };
            let (chosen, at_once) = match key.as_str() {
                key if key == more || key == "ArrowUp" => {
                    (Stars::from_halves((halves + 1).min(10)), !deferred)
                }
                key if key == less || key == "ArrowDown" => {
                    (Stars::from_halves(halves.max(2) - 1), !deferred)
                }
                "Home" => (Some(Stars::LEAST), !deferred),
                "End" => (Some(Stars::MOST), !deferred),
                "1" | "2" | "3" | "4" | "5" => (
                    key.parse().ok().and_then(|n: u8| Stars::from_halves(n * 2)),
                    true,
                ),
                "Delete" | "Backspace" | "0" => (None, true),
                "Enter" | " " => (shown, true),
                "Escape" => (value, true),
                _ => return,
            };
            event.prevent_default();
            if at_once {
                settle(chosen);
            } else {
                preview.set(Some(chosen));
                let settle = settle.clone();
                *timer.borrow_mut() = Some(Timeout::new(PAUSE_MS, move || settle(chosen)));
            }
        })
    };

    let halves = shown.map_or(0, Stars::halves);
    let mood = shown.is_some_and(Stars::is_dislike).then_some("dislike");
    html! {
        <div
            ref={node}
            class={classes!("stars", props.large.then_some("stars--large"))}
            role="slider"
            tabindex="0"
            aria-label={tr!("Your rating of {}", props.title)}
            aria-valuemin="0"
            aria-valuemax="5"
            aria-valuenow={Hundredths(f64::from(halves) / 2.0).to_string()}
            aria-valuetext={shown.map_or_else(|| tr!("Not rated"), Stars::words)}
            data-testid="stars"
            data-value={props.value.map_or(0, Stars::halves).to_string()}
            data-preview={preview.is_some().then_some("true")}
            data-mood={mood}
            style={format!("--fill:{}%", u32::from(halves) * 10)}
            {onpointermove} {onpointerleave} {onpointerup} {onclick} {onkeydown} {onblur}
        >
            <div class="stars__bar"></div>
            if props.large {
                <span class="stars__value" aria-hidden="true">{ shown.map(Stars::short).unwrap_or_default() }</span>
            }
        </div>
    }
}

/// The rating at a point across the stars: half a star from where each half begins.
fn stars_under(node: &NodeRef, client_x: i32) -> Option<Stars> {
    let element: HtmlElement = node.cast()?;
    let bar = element
        .first_element_child()?
        .dyn_into::<HtmlElement>()
        .ok()?
        .get_bounding_client_rect();
    let across = if words::language().is_rtl() {
        bar.right() - f64::from(client_x)
    } else {
        f64::from(client_x) - bar.left()
    };
    let across = across / bar.width();
    Stars::from_halves((across * 10.0).ceil().clamp(1.0, 10.0) as u8)
}
