//! The search field.

use tr::tr;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement};
use yew::prelude::*;

use super::{Shape, icon};

/// Props of [`SearchBox`].
#[derive(Properties, PartialEq)]
pub struct SearchBoxProps {
    /// What is typed so far.
    pub query: AttrValue,
    /// Id of the list that shows what is found; the arrow keys go there.
    pub results: AttrValue,
    /// The visitor typed.
    pub oninput: Callback<String>,
}

/// A field that takes the focus when it appears. From it, the down arrow goes to the first result; among the results
/// the arrows go from one to the next, and up from the first goes back.
#[component]
pub fn SearchBox(props: &SearchBoxProps) -> Html {
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with((), move |()| {
            if let Some(input) = node.cast::<HtmlElement>() {
                // On a phone the browser may refuse before a tap; the field is there all the same.
                let _ = input.focus();
            }
        });
    }
    {
        let (node, results) = (node.clone(), props.results.clone());
        use_effect_with(results, move |results| {
            let results = results.clone();
            let listener = gloo::events::EventListener::new_with_options(
                &gloo::utils::document(),
                "keydown",
                gloo::events::EventListenerOptions::enable_prevent_default(),
                move |event| {
                    let Some(event) = event.dyn_ref::<web_sys::KeyboardEvent>() else {
                        return;
                    };
                    let step = match event.key().as_str() {
                        "ArrowDown" => 1,
                        "ArrowUp" => -1,
                        _ => return,
                    };
                    if let Some(target) = neighbour(&node, &results, step) {
                        event.prevent_default();
                        let _ = target.focus();
                    }
                },
            );
            move || drop(listener)
        });
    }
    let oninput = {
        let oninput = props.oninput.clone();
        Callback::from(move |event: InputEvent| {
            oninput.emit(event.target_unchecked_into::<HtmlInputElement>().value());
        })
    };
    html! {
        <form class="search" role="search" onsubmit={|event: SubmitEvent| event.prevent_default()}>
            <div class="search__field">
                { icon(Shape::Search) }
                <input ref={node} class="search__input" type="search" name="q" value={props.query.clone()} {oninput}
                    aria-label={tr!("Search films by title or year")} placeholder={tr!("Title, year, or something near it")}
                    autocomplete="off" autocapitalize="off" spellcheck="false" enterkeyhint="search"
                    aria-controls={props.results.clone()} data-testid="search" />
            </div>
        </form>
    }
}

/// What an arrow goes to from the element with the focus: a result's link, or the field itself.
fn neighbour(field: &NodeRef, results: &str, step: i32) -> Option<HtmlElement> {
    let document = gloo::utils::document();
    let active = document.active_element()?;
    let field: HtmlElement = field.cast()?;
    let list = document.get_element_by_id(results)?;
    let links = list.query_selector_all(".film-row__title").ok()?;
    let at = |i: u32| {
        links
            .get(i)
            .and_then(|node| node.dyn_into::<HtmlElement>().ok())
    };
    if active == *field.unchecked_ref::<Element>() {
        return if step > 0 { at(0) } else { None };
    }
    let here = (0..links.length())
        .find(|i| at(*i).is_some_and(|link| *link.unchecked_ref::<Element>() == active))?;
    match here.checked_add_signed(step) {
        Some(next) => at(next),
        None => Some(field),
    }
}
