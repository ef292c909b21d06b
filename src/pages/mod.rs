//! The pages.

mod about;
mod data;
mod film;
mod filters;
mod home;
mod not_found;
mod picks;
mod search;
mod together;
mod you;

pub(crate) use about::About;
pub(crate) use data::Data;
pub(crate) use film::Film;
pub(crate) use home::Home;
pub(crate) use not_found::NotFound;
pub(crate) use picks::Picks;
pub(crate) use search::Search;
pub(crate) use together::Together;
pub(crate) use you::You;

use std::rc::Rc;

use matinee_web::components::{self, FilmCard, skeleton_grid};
use matinee_web::words::grouped;
use tr::tr;
use yew::prelude::*;

use crate::app::Context;
use crate::routes::{Address, Route};

/// Props of a page that is asked something by its address.
#[derive(Properties, PartialEq)]
pub(crate) struct Asked {
    /// What it is asked.
    pub address: Address,
    /// Asks something else.
    pub ask: Callback<Address>,
}

/// Cards for `films`, which rating or setting aside takes away.
fn cards(app: &Context, films: impl IntoIterator<Item = Rc<matinee_web::Film>>) -> Html {
    films
        .into_iter()
        .map(|film| {
            html! {
                <FilmCard key={film.key.as_str()} href={Route::film(&film.id)} film={film.clone()}
                    onrate={app.actions.rate.clone()} onpass={app.actions.hide.clone()} />
            }
        })
        .collect()
}

/// How much of the catalogue is there, while it is arriving.
fn progress(app: &Context) -> Html {
    let library = &app.state.library;
    if library.settled {
        return Html::default();
    }
    components::progress(&tr!("Fetching the catalogue"), library.part())
}

/// Stands in for what needs the catalogue while it is on its way.
fn waiting(app: &Context) -> Html {
    if app.state.library.settled {
        return Html::default();
    }
    html! { <>{ progress(app) }{ skeleton_grid(12) }</> }
}

/// "1 film", "12 films".
fn count(number: usize) -> String {
    tr!("{} film" | "{} films" % number, grouped(number as u64))
}
