//! One question: a film, and what can be said of it.

use std::rc::Rc;

use matinee_web::components::{StarRating, cover};
use matinee_web::{Film, Stars};
use tr::tr;
use wasm_bindgen::JsCast;
use web_sys::{Element, FocusOptions, HtmlElement};
use yew::prelude::*;

use crate::state::Answer;

/// Props of [`Card`].
#[derive(Properties, PartialEq)]
pub(super) struct CardProps {
    /// The film.
    pub film: Rc<Film>,
    /// Whether the stars take the focus, so that the keyboard goes on with them.
    pub takes_focus: bool,
    /// The visitor said something of the film, or skipped it.
    pub onanswer: Callback<(Rc<Film>, Option<Answer>)>,
}

/// The question. Give each film a key: stars that wait belong to their film alone, and go with it.
#[component]
pub(super) fn Card(props: &CardProps) -> Html {
    let film = &props.film;
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with(props.takes_focus, move |takes_focus| {
            let stars = node.cast::<Element>().filter(|_| *takes_focus);
            let stars = stars.and_then(|card| card.query_selector("[role=slider]").ok().flatten());
            if let Some(stars) = stars.and_then(|stars| stars.dyn_into::<HtmlElement>().ok()) {
                let options = FocusOptions::new();
                options.set_prevent_scroll(true);
                // Should it fail, the focus stays with the page.
                let _ = stars.focus_with_options(&options);
            }
        });
    }
    let says = {
        let (film, onanswer) = (film.clone(), props.onanswer.clone());
        move |said: Option<Answer>| onanswer.emit((film.clone(), said))
    };
    let onrate = {
        let says = says.clone();
        Callback::from(move |stars: Option<Stars>| {
            if let Some(stars) = stars {
                says(Some(Answer::Stars(stars)));
            }
        })
    };
    // 1 to 5 count from the buttons beside the stars too; the stars see to it themselves.
    let onkeydown = {
        let says = says.clone();
        move |event: KeyboardEvent| {
            let held = event.ctrl_key() || event.meta_key() || event.alt_key();
            let whole: Option<u8> = event.key().parse().ok();
            let whole = whole.filter(|whole| (1..=5).contains(whole));
            if let Some(whole) = whole.filter(|_| !held && !event.default_prevented())
                && let Some(stars) = Stars::from_halves(whole * 2)
            {
                event.prevent_default();
                says(Some(Answer::Stars(stars)));
            }
        }
    };
    let other = |said: Option<Answer>, class: &'static str, label: String| {
        let says = says.clone();
        html! { <button class={classes!("button", class)} type="button" onclick={move |_: MouseEvent| says(said)}>{ label }</button> }
    };
    html! {
        <section class="ask__card" ref={node} aria-labelledby="asked" data-testid="asked" data-item={film.key.clone()} {onkeydown}>
            <div class="ask__cover">{ cover(film) }</div>
            <div class="ask__film">
                <h2 class="ask__name" id="asked">{ &film.title }</h2>
                <p class="ask__facts">{ film.facts(48) }</p>
                <StarRating title={film.title.clone()} large=true deferred=true keeps=false {onrate} />
                <p class="ask__hint">{ tr!("Or press 1 to 5, and the arrows for halves.") }</p>
                <div class="ask__others">
                    { other(Some(Answer::Unseen), "", tr!("Haven’t seen it")) }
                    { other(Some(Answer::NotForMe), "button--quiet", tr!("Not for me")) }
                    { other(None, "button--plain", tr!("Skip")) }
                </div>
            </div>
        </section>
    }
}
