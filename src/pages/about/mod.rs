//! Where the recommendations come from, what is kept, and what was asked of the network.

mod card;
mod device;
mod network;

use tr::tr;
use yew::prelude::*;

use super::waiting;
use crate::app::use_app;
use crate::effects::{use_ledger, use_page};
use crate::routes::Route;

/// Privacy in plain words, with the books open, and the model card.
#[component]
pub(crate) fn About() -> Html {
    use_page(&tr!("About"));
    let app = use_app();
    let ledger = use_ledger();
    let model = app.state.library.model.clone();
    html! {
        <div class="prose">
            <h1 class="page__title">{ tr!("About") }</h1>
            <p class="page__lead">
                { tr!("Matinee compares what you think of films with what many people before you thought, and works out what \
                       else you might like. It does so in your browser, from one file that is the same for everyone.") }
            </p>
            <section aria-labelledby="about-kept">
                <h2 class="section__title" id="about-kept">{ tr!("What is kept, and where") }</h2>
                <p>
                    { tr!("Your ratings are kept in this browser’s storage, on this device. They are not sent anywhere: there \
                           is no account, no server that knows you, and nothing that counts visits.") }
                </p>
                { device::table(&app.state, ledger.stored.as_ref()) }
                <p>
                    { tr!("Clearing this site’s data in the browser’s settings removes everything.") }
                </p>
            </section>
            <section aria-labelledby="about-sent">
                <h2 class="section__title" id="about-sent">{ tr!("What went over the network") }</h2>
                <p>
                    { tr!("Every request since you opened this page, as your browser counts them. They fetch the same files for \
                           everyone; none of them says anything of you.") }
                </p>
                { network::table(&ledger.requests) }
            </section>
            if let Some(model) = model {
                { card::sections(&model, app.state.library.settled) }
            } else {
                { waiting(&app) }
            }
            <section aria-labelledby="about-covers">
                <h2 class="section__title" id="about-covers">{ tr!("Covers") }</h2>
                <p>
                    { tr!("There are no posters here. Each cover is drawn from what the model knows: the colours come from \
                           genre and decade, the figure from the taste the film appeals to. Films that are alike look alike.") }
                </p>
            </section>
            <section aria-labelledby="about-keys">
                <h2 class="section__title" id="about-keys">{ tr!("Keys") }</h2>
                <p><a class="button" href={Route::Keys.href()}>{ tr!("All keys, and how to turn them off") }</a></p>
            </section>
        </div>
    }
}
