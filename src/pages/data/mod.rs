//! Ratings from elsewhere and for elsewhere: bringing in, taking along, moving by link, wiping.

mod bring;
pub(crate) mod link;
mod preview;
pub(crate) mod reading;
pub(crate) mod records;
mod report;
mod take;
mod wipe;
pub(crate) mod words;

use tr::tr;
use yew::prelude::*;

use super::{Asked, waiting};
use crate::app::use_app;
use crate::effects::use_page;
use crate::routes::{Address, Route};

use bring::Bring;
use link::MoveLink;
use take::Take;
use wipe::Wipe;

/// What a link carries, in the address.
pub(crate) const MOVE: &str = "move";

/// The page.
#[component]
pub(crate) fn Data(Asked { address, ask }: &Asked) -> Html {
    use_page(&tr!("Your data"));
    let app = use_app();
    // The link stays in the address until it is taken or refused, so that a reload asks again.
    let carried = AttrValue::from(address.parameter(MOVE).to_owned());
    let ondone = ask.reform(|()| Address {
        route: Route::Data,
        parameters: Vec::new(),
    });
    let body = match &app.catalogue {
        Some(catalogue) if app.state.library.settled && app.state.ratings.opened => html! {
            <>
                <Bring {carried} {ondone} films={catalogue.films.clone()} />
                <Take />
                <MoveLink films={catalogue.films.clone()} />
                <Wipe />
            </>
        },
        // Without a catalogue nothing can be brought in, but all can be taken along.
        None if app.state.library.settled && app.state.ratings.opened => html! {
            <><Take /><Wipe /></>
        },
        _ => waiting(&app),
    };
    html! {
        <div class="data">
            <h1 class="page__title">{ tr!("Your data") }</h1>
            <p class="page__lead">
                { tr!("What you say about films is kept in this browser. Here you bring in what you said elsewhere, take everything along, or wipe it. Files are read on this device; nothing is sent anywhere.") }
            </p>
            { body }
        </div>
    }
}
