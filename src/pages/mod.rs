//! The pages.

mod about;
mod film;
mod filters;
mod home;
mod not_found;
mod picks;
mod search;
mod you;

pub(crate) use about::About;
pub(crate) use film::Film;
pub(crate) use home::Home;
pub(crate) use not_found::NotFound;
pub(crate) use picks::Picks;
pub(crate) use search::Search;
pub(crate) use you::You;

use std::rc::Rc;

use matinee_web::components::{self, FilmCard, skeleton_grid};
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
    components::progress("Fetching the catalogue", library.part())
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
    if number == 1 {
        "1 film".to_owned()
    } else {
        format!("{} films", grouped(number as u64))
    }
}

/// "3.9": stars to a tenth.
fn tenths(stars: f32) -> String {
    format!("{stars:.1}")
}

/// "33 000 000", with thin spaces.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() * 2);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) && digits.len() > 4 {
            grouped.push('\u{202f}');
        }
        grouped.push(digit);
    }
    grouped
}
