//! What Matinee knows of the visitor's taste, in a line.

use gloo::timers::callback::Timeout;
use tr::tr;
use yew::prelude::*;

use super::encore::genre_name;
use crate::app::use_app;
use crate::catalogue::Catalogue;
use crate::routes::Route;
use crate::state::Level;

/// How long the page has to rest: what is in view is drawn first.
const REST_MS: u32 = 300;

/// "We’re fairly sure about thrillers, guessing about musicals", and the way to tell more.
#[component]
pub(crate) fn Known() -> Html {
    let app = use_app();
    let words = use_state_eq(String::new);
    {
        let words = words.setter();
        use_effect_with(app.catalogue.clone(), move |catalogue| {
            let timer = catalogue.clone().map(|catalogue| {
                Timeout::new(REST_MS, move || {
                    if let Some(said) = said(&catalogue) {
                        words.set(said);
                    }
                })
            });
            move || drop(timer)
        });
    }
    if words.is_empty() {
        return Html::default();
    }
    html! {
        <p data-testid="known">
            { &*words }{ " " }<a href={Route::Ask.href()}>{ tr!("Tell it more") }</a>
        </p>
    }
}

fn said(catalogue: &Catalogue) -> Option<String> {
    let ((best, part), (least, least_part)) = catalogue.knowledge()?.best_and_least()?;
    let name = |genre| genre_name(catalogue, genre);
    let (sure, unsure) = (name(best), name(least));
    let is_guess = Level::of(least_part) < Level::of(part);
    Some(match Level::of(part) {
        Level::Hardly => tr!("These are guesses still: each film you rate tells a lot."),
        Level::Begun | Level::Some if is_guess => tr!(
            "Your taste begins to show in {sure}. In {unsure} we’re guessing.",
            sure = sure,
            unsure = unsure
        ),
        Level::Begun | Level::Some => {
            tr!("Your taste begins to show, first in {sure}.", sure = sure)
        }
        Level::Fair if is_guess => tr!(
            "We’re fairly sure about {sure}, guessing about {unsure}.",
            sure = sure,
            unsure = unsure
        ),
        Level::Fair => tr!("We’re fairly sure of your taste."),
        Level::Well if is_guess => tr!(
            "We’re sure about {sure}, less so about {unsure}.",
            sure = sure,
            unsure = unsure
        ),
        Level::Well => tr!("We’re sure of your taste."),
    })
}
