//! The pages.

mod about;
mod ask;
mod charts;
mod data;
mod film;
mod filters;
mod home;
mod keys;
mod not_found;
mod picks;
mod search;
mod taste;
mod together;
mod trends;
mod you;

pub(crate) use about::About;
pub(crate) use ask::Ask;
pub(crate) use data::Data;
pub(crate) use film::Film;
pub(crate) use home::{Further, Home, Known, Narrow, Narrowed, Question, Shelves};
pub(crate) use keys::Keys;
pub(crate) use not_found::NotFound;
pub(crate) use picks::Picks;
pub(crate) use search::Search;
pub(crate) use taste::Taste;
pub(crate) use together::Together;
pub(crate) use trends::Trends;
pub(crate) use you::You;

use std::rc::Rc;

use matinee_web::components::{self, FilmCard, skeleton_grid};
use matinee_web::words::grouped;
use tr::tr;
use yew::prelude::*;

use crate::app::Context;
use crate::catalogue::Catalogue;
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

/// Likewise for the films at `rows`, each with the stars it is likely to get.
fn likely_cards<'a>(
    app: &Context,
    catalogue: &Catalogue,
    rows: impl IntoIterator<Item = &'a u32>,
) -> Html {
    rows.into_iter()
        .map(|row| {
            let film = catalogue.films.at(*row);
            html! {
                <FilmCard key={film.key.as_str()} href={Route::film(&film.id)} film={film.clone()}
                    expected={catalogue.predict(*row)}
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
