//! Adding somebody by a link or a file.

use std::rc::Rc;

use matinee_imports::{Draft, link};
use tr::tr;
use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlInputElement, SubmitEvent};
use yew::prelude::*;

use super::super::data::MOVE;
use super::super::data::reading;
use super::super::data::words::{link_trouble, refusal};
use super::guests::{Guest, objection, unwelcome};
use crate::app::use_app;
use crate::catalogue::Catalogue;
use crate::effects::Picked;

/// Props of [`Add`].
#[derive(Properties, PartialEq)]
pub(super) struct AddProps {
    /// The films.
    pub catalogue: Catalogue,
    /// Who is there already.
    pub guests: Vec<Rc<Guest>>,
    /// Somebody is added.
    pub onadd: Callback<Rc<Guest>>,
}

/// What came of the last try: words, and whether they are bad news.
type Said = (String, bool);

/// A field for a link, and a button for a file.
#[component]
pub(super) fn Add(props: &AddProps) -> Html {
    let app = use_app();
    let pasted = use_state_eq(String::new);
    let said = use_state_eq(|| None::<Said>);
    let take = {
        let (props, state) = (
            (
                props.catalogue.clone(),
                props.guests.clone(),
                props.onadd.clone(),
            ),
            app.state.clone(),
        );
        move |draft: &Draft| -> Said {
            let (catalogue, guests, onadd) = &props;
            let name = tr!("Person {}", guests.len() + 2);
            let now = js_sys::Date::now();
            let guest = Guest::new(name, &draft.incoming, &catalogue.films, now);
            let guest = guest.and_then(|guest| match objection(&guest, guests, &state.ratings) {
                Some(why) => Err(why),
                None => Ok(guest),
            });
            match guest {
                Ok(guest) => {
                    let words = tr!("{} is added. Give them their name.", &guest.name);
                    onadd.emit(Rc::new(guest));
                    (words, false)
                }
                Err(why) => (unwelcome(why), true),
            }
        }
    };
    let onsubmit = {
        let (take, pasted, said) = (take.clone(), pasted.clone(), said.setter());
        let films = props.catalogue.films.clone();
        move |event: SubmitEvent| {
            event.prevent_default();
            said.set(Some(match link::decode(link::code_in(&pasted, MOVE)) {
                Ok(records) => {
                    let outcome = take(&Draft::of_link(records, &films.model));
                    if !outcome.1 {
                        pasted.set(String::new());
                    }
                    outcome
                }
                Err(error) => (
                    tr!(
                        "{} Ask for it again, and copy all of it.",
                        link_trouble(error)
                    ),
                    true,
                ),
            }));
        }
    };
    let oninput = {
        let pasted = pasted.setter();
        move |event: InputEvent| {
            pasted.set(event.target_unchecked_into::<HtmlInputElement>().value());
        }
    };
    let onfile = {
        let (said, model) = (said.setter(), props.catalogue.films.model.0.clone());
        Callback::from(move |event: Event| {
            let input: HtmlInputElement = event.target_unchecked_into();
            let files = input.files().map(Picked::all).unwrap_or_default();
            input.set_value("");
            if files.is_empty() {
                return;
            }
            let (take, said, model) = (take.clone(), said.clone(), model.clone());
            spawn_local(async move {
                let draft = reading::read(files, model, |_| {}).await;
                said.set(Some(match draft.refused.first() {
                    Some((name, why)) => {
                        (tr!("{file}: {why}", file = name, why = refusal(why)), true)
                    }
                    None => take(&draft),
                }));
            });
        })
    };
    let words = said.as_ref().map(|(words, _)| words.clone());
    let bad = said.as_ref().is_some_and(|(_, bad)| *bad);
    html! {
        <form class="add" {onsubmit}>
            <label class="add__label" for="pasted">{ tr!("Add somebody by their link") }</label>
            <div class="add__row">
                <input class="report__input" id="pasted" type="text" value={(*pasted).clone()} {oninput} autocomplete="off" autocapitalize="off" spellcheck="false"
                    placeholder={tr!("Paste the link here")} aria-describedby="added" aria-invalid={bad.then_some("true")} />
                <button class="button button--main" type="submit">{ tr!("Add") }</button>
                <label class="button drop__pick">
                    { tr!("Add by file") }
                    <input class="drop__input" type="file" multiple=true onchange={onfile} accept=".zip,.csv,.json,.dat,.txt" />
                </label>
            </div>
            <p class={classes!("data__said", bad.then_some("data__said--bad"))} id="added" role="status" data-testid="added">{ words }</p>
        </form>
    }
}
