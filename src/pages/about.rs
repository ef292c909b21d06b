//! Where the recommendations come from, and what is kept.

use matinee_format::{Evaluation, Header};
use matinee_web::words::{day, grouped};
use tr::tr;
use yew::prelude::*;

use super::waiting;
use crate::app::use_app;
use crate::effects::use_page;

/// Privacy in plain words, and the model card.
#[component]
pub(crate) fn About() -> Html {
    use_page(&tr!("About"));
    let app = use_app();
    let model = app.state.library.model.clone();
    html! {
        <div class="prose">
            <h1 class="page__title">{ tr!("About") }</h1>
            <p class="page__lead">
                { tr!("Matinee compares what you think of films with what many people before you thought, and works out what \
                   else you might like. It does so in your browser, from one file that is the same for everyone.") }
            </p>
            <section>
                <h2 class="section__title">{ tr!("What is kept, and where") }</h2>
                <p>
                    { tr!("Your ratings are kept in this browser’s storage, on this device. They are not sent anywhere: there \
                       is no account, no server that knows you, and nothing that counts visits. Once the page has loaded, \
                       it asks the network for nothing that depends on what you do.") }
                </p>
                <p>
                    { tr!("Clearing this site’s data in the browser’s settings removes everything.") }
                </p>
            </section>
            if let Some(model) = model {
                { card(model.header(), model.len()) }
            } else {
                { waiting(&app) }
            }
            <section>
                <h2 class="section__title">{ tr!("Covers") }</h2>
                <p>
                    { tr!("There are no posters here. Each cover is drawn from what the model knows: the colours come from \
                       genre and decade, the figure from the taste the film appeals to. Films that are alike look alike.") }
                </p>
            </section>
        </div>
    }
}

fn card(header: &Header, arrived: usize) -> Html {
    let card = &header.card;
    let fact = |name: String, value: String| html! { <><dt>{ name }</dt><dd>{ value }</dd></> };
    let evaluation = |evaluation: &Evaluation| {
        let value = match evaluation.standard_error {
            0.0 => format!("{:.3}", evaluation.value),
            error => format!("{:.3} ± {error:.3}", evaluation.value),
        };
        fact(evaluation.metric.clone(), value)
    };
    let by_protocol = card
        .evaluations
        .chunk_by(|a, b| a.protocol == b.protocol)
        .map(|same| {
            html! {
                <>
                    <p>{ sentence(&same[0].protocol) }</p>
                    <dl class="facts">{ for same.iter().map(evaluation) }</dl>
                </>
            }
        });
    html! {
        <>
            <section data-testid="model-card">
                <h2 class="section__title">{ tr!("The model") }</h2>
                <dl class="facts">
                    if !card.name.is_empty() { { fact(tr!("Name"), card.name.clone()) } }
                    { fact(tr!("Films"), match header.items_total as usize {
                        total if total == arrived => grouped(total as u64),
                        total => tr!("{} of {} so far", grouped(arrived as u64), grouped(total as u64)),
                    }) }
                    { fact(tr!("Learned from"), tr!("{} ratings by {} people", grouped(card.ratings), grouped(card.users))) }
                    if card.last_rating > 0 {
                        { fact(tr!("Rated between"), tr!("{} and {}", day(card.first_rating as f64 * 1000.0), day(card.last_rating as f64 * 1000.0))) }
                    }
                    { fact(tr!("Method"), tr!("{}, {} numbers a film", card.algorithm, header.dims)) }
                </dl>
            </section>
            if !card.evaluations.is_empty() {
                <section>
                    <h2 class="section__title">{ tr!("How good it is") }</h2>
                    <p>{ tr!("Measured on people whose ratings were not used to build it: part of theirs was hidden, and Matinee had to find it.") }</p>
                    { for by_protocol }
                </section>
            }
            <section>
                <h2 class="section__title">{ tr!("Thanks to") }</h2>
                { for card.data_sets.iter().map(|data| html! {
                    <p><strong>{ &data.name }</strong>{ format!(". {} ", data.citation) }<br />{ tr!("Licence: {}", data.licence) }</p>
                }) }
            </section>
        </>
    }
}

/// "strong generalisation" as "Strong generalisation."
fn sentence(words: &str) -> String {
    let (first, rest) = words.split_at(words.chars().next().map_or(0, char::len_utf8));
    // By the browser: Rust would bring a table of the capitals of all scripts, 12 KB for this one letter.
    let first = String::from(js_sys::JsString::from(first).to_upper_case());
    format!("{first}{rest}.")
}
