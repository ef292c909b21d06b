//! Which keys do something, and a way to turn those of a single letter off.

use tr::tr;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::effects::{keys_are_on, turn_keys, use_page};

/// The keys page.
#[component]
pub(crate) fn Keys() -> Html {
    use_page(&tr!("Keys"));
    let on = use_state_eq(keys_are_on);
    let onchange = {
        let on = on.clone();
        move |event: Event| {
            let input: HtmlInputElement = event.target_unchecked_into();
            turn_keys(input.checked());
            on.set(input.checked());
        }
    };
    html! {
        <div class="prose">
            <h1 class="page__title">{ tr!("Keys") }</h1>
            <p class="page__lead">
                { tr!("Everything here can be reached with Tab and opened with Enter. These keys are quicker.") }
            </p>
            <p>
                <label class="check">
                    <input class="check__box" type="checkbox" checked={*on} {onchange} aria-describedby="keys-note" />
                    <span>{ tr!("Shortcuts of a single key") }</span>
                </label>
            </p>
            <p class="check__note" id="keys-note">
                { tr!("Turn them off if you speak to your computer, or if keys get pressed by accident. What a control does with \
                       keys while it has the focus, such as the stars, stays.") }
            </p>
            { group("keys-anywhere", tr!("Anywhere"), &[
                (&["/"], tr!("Search")),
                (&["?"], tr!("This page")),
                (&["g", "h"], tr!("Home")),
                (&["g", "q"], tr!("One film at a time")),
                (&["g", "p"], tr!("Top picks")),
                (&["g", "s"], tr!("Search, too")),
                (&["g", "y"], tr!("You")),
                (&["g", "m"], tr!("Your taste")),
                (&["g", "r"], tr!("Trends")),
                (&["g", "d"], tr!("Your data")),
                (&["g", "t"], tr!("Together")),
                (&["g", "a"], tr!("About")),
            ]) }
            { group("keys-films", tr!("Among films"), &[
                (&["j"], tr!("The next film")),
                (&["k"], tr!("The film before")),
                (&["Enter"], tr!("Its page")),
            ]) }
            { group("keys-stars", tr!("On the stars"), &[
                (&["1", "5"], tr!("One star to five; the numbers between do what you expect")),
                (&["←", "→"], tr!("Half a star less or more")),
                (&["Delete"], tr!("No rating")),
                (&["Esc"], tr!("As it was")),
            ]) }
            { group("keys-search", tr!("In the search"), &[
                (&["↓", "↑"], tr!("To the films found, and back")),
            ]) }
        </div>
    }
}

/// What some keys do, under a heading. Keys beside each other are pressed one after the other.
fn group(id: &'static str, title: String, keys: &[(&[&'static str], String)]) -> Html {
    html! {
        <section aria-labelledby={id}>
            <h2 class="section__title" {id}>{ title }</h2>
            <dl class="keys">
                { for keys.iter().map(|(keys, does)| html! {
                    <div class="keys__one">
                        <dt>{ for keys.iter().map(|key| html! { <kbd class="key">{ *key }</kbd> }) }</dt>
                        <dd>{ does }</dd>
                    </div>
                }) }
            </dl>
        </section>
    }
}
