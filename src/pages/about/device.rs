//! What is kept on the device at this moment.

use tr::tr;
use yew::prelude::*;

use super::network::bytes;
use crate::effects::Stored;
use crate::state::State;

/// What is kept, where, and how much of it.
pub(super) fn table(state: &State, stored: Option<&Stored>) -> Html {
    let rated = state.ratings.rated();
    let marked = state.ratings.iter().count() - rated;
    let row = |what: String, place: String, much: Html| {
        html! { <tr><th scope="row">{ what }</th><td>{ place }</td><td>{ much }</td></tr> }
    };
    let unsaid = || tr!("the browser does not say");
    html! {
        <table class="table books" data-testid="stored">
            <caption class="books__caption">{ tr!("On this device now") }</caption>
            <thead>
                <tr>
                    <th scope="col">{ tr!("What") }</th>
                    <th scope="col">{ tr!("Where") }</th>
                    <th scope="col">{ tr!("How much") }</th>
                </tr>
            </thead>
            <tbody>
                { row(tr!("Your ratings"), tr!("The browser’s database"), html! {
                    <span data-testid="stored-ratings">{ tr!("one film" | "{n} films" % rated) }</span>
                }) }
                { row(tr!("Watchlist, seen, not for me"), tr!("The browser’s database"), html! { tr!("one film" | "{n} films" % marked) }) }
                if let Some(stored) = stored {
                    { row(tr!("Matinee itself, to open without a network"), tr!("The browser’s cache"), html! {
                        stored.files.map_or_else(unsaid, |files| tr!("one file" | "{n} files" % files))
                    }) }
                    { for stored.settings.iter().map(|(name, value)| row(setting(name), tr!("The browser’s settings store"), html! {
                        <code>{ value.chars().take(60).collect::<String>() }</code>
                    })) }
                    { row(tr!("Cookies"), tr!("Nowhere"), match stored.cookies.as_slice() {
                        [] => html! { tr!("none") },
                        cookies => html! { cookies.join(", ") },
                    }) }
                    { row(tr!("All of it"), tr!("This device"), html! {
                        stored.bytes.map_or_else(unsaid, |all| tr!("about {}", bytes(all)))
                    }) }
                }
            </tbody>
        </table>
    }
}

/// A setting in words; one that has none by its name.
fn setting(name: &str) -> String {
    match name {
        "matinee-theme" => tr!("Colours that you chose"),
        "matinee-returning" => tr!("That you have recommendations"),
        "matinee-keys" => tr!("That single keys are off"),
        "matinee-lang" => tr!("Language that you chose"),
        name => tr!("Setting {}", name),
    }
}
