//! The home page: first five films to rate, then rows of recommendations.

use std::rc::Rc;

use matinee_web::Film;
use matinee_web::components::{
    Curtain, FilmCard, bulbs, skeleton_cards, skeleton_grid, use_motion,
};
use matinee_web::words::grouped;
use tr::tr;
use yew::prelude::*;

mod encore;
mod known;
mod narrowed;
mod question;
mod shelves;

pub(crate) use encore::Further;
pub(crate) use known::Known;
pub(crate) use narrowed::{Narrow, Narrowed};
pub(crate) use question::Question;
pub(crate) use shelves::Shelves;

use super::{Asked, progress};
use crate::app::use_app;
use crate::catalogue::Catalogue;
use crate::effects::{is_returning, remember_asked, use_page, use_returning, use_stages};
use crate::rest::{Later, Place, Rest, skeleton_shelves, use_prepared, use_rows};
use crate::routes::Route;
use crate::state::Mark;

/// Ratings it takes until the curtain opens.
const ENOUGH: usize = 5;
/// Films shown to begin with, and drawn up in all.
const FIRST: usize = 18;
const DRAWN_UP: usize = 72;
/// Of these, drawn at once: more than a phone shows.
const IN_VIEW: usize = 6;
/// As many more are drawn at each of the stages before this one, which draws all: no frame is late.
const LAST_STAGE: usize = 3;
/// The home page. What it is narrowed to is in the address.
#[component]
pub(crate) fn Home(Asked { address, ask }: &Asked) -> Html {
    use_page("");
    let app = use_app();
    let known = app.state.ratings.opened;
    let enough = app.state.ratings.rated() >= ENOUGH;
    let returning = use_memo((), |()| is_returning());
    use_returning(known, enough);
    let opening = use_opening(known, enough);
    html! {
        <>
            if enough || (*returning && !known) {
                <Rows address={address.clone()} ask={ask.clone()} />
            } else {
                <FirstFive />
            }
            if *opening {
                <Curtain onopen={Callback::from(move |()| opening.set(false))} />
            }
        </>
    }
}

/// Whether the curtain is opening: it does when the fifth rating is given here, not when a returning visitor's are read.
#[hook]
fn use_opening(known: bool, enough: bool) -> UseStateHandle<bool> {
    let opening = use_state_eq(|| false);
    let began_short = use_mut_ref(|| false);
    let set = opening.clone();
    use_effect_with((known, enough), move |(known, enough)| {
        let was_short = began_short.replace(*known && !enough);
        if *enough && was_short {
            gloo::utils::window().scroll_to_with_x_and_y(0.0, 0.0);
            set.set(true);
            // They have answered enough for today.
            remember_asked();
        }
    });
    opening
}

#[component]
fn FirstFive() -> Html {
    let app = use_app();
    let rated = app.state.ratings.rated();
    let words = match (rated, ENOUGH.saturating_sub(rated)) {
        (0, _) => tr!("Stars for five films light the house."),
        (_, left) => tr!("One more." | "{n} more." % left),
    };
    let ready = app.catalogue.as_ref().filter(|_| app.state.ratings.opened);
    html! {
        <>
            <div class="home__head">
                <h1 class="page__title">{ tr!("Rate five films you know") }</h1>
                <p class="page__lead">
                    { tr!("Then see what to watch tonight. Everything is worked out on this device, and your ratings stay here.") }
                </p>
                <p class="home__count"><span class="home__lit" aria-live="polite">{ bulbs(rated, ENOUGH) }{ words }</span>
                    <a class="button button--plain" href={Route::Ask.href()}>{ tr!("One film at a time") }</a></p>
            </div>
            if let Some(catalogue) = ready {
                <FirstFilms catalogue={catalogue.clone()} />
            } else if !app.state.library.settled {
                { skeleton_grid(FIRST) }
            }
            { progress(&app) }
        </>
    }
}

/// Props of what is drawn from a catalogue that is there.
#[derive(Properties, PartialEq)]
struct Ready {
    catalogue: Catalogue,
}

#[component]
fn FirstFilms(Ready { catalogue }: &Ready) -> Html {
    let app = use_app();
    let films = &catalogue.films;
    // Drawn up once, by id: films stay where they are while more of the catalogue arrives and ratings are given.
    let drawn = use_memo((), |()| -> Vec<AttrValue> {
        let asked = catalogue.ask(DRAWN_UP);
        films.at_all(&asked).map(|film| film.id.clone()).collect()
    });
    use_prepared(catalogue, app.state.ratings.rated());
    let most = use_state_eq(|| FIRST);
    let is_unseen = |id: &AttrValue| {
        let film = films.by_id(id);
        let rating = film.and_then(|film| app.state.ratings.rating(&film.key));
        rating.is_some_and(|rating| rating.unseen)
    };
    let left: Vec<_> = drawn.iter().filter(|id| !is_unseen(id)).collect();
    let root = use_node_ref();
    use_motion(&root, &(left.len(), *most));
    let in_view = match use_stages(LAST_STAGE) {
        LAST_STAGE => usize::MAX,
        stage => stage * IN_VIEW,
    };
    let onpass = app
        .actions
        .mark
        .reform(|film: Rc<Film>| (film, Mark::Unseen, true));
    let card = |film: Rc<Film>| {
        let value = app
            .state
            .ratings
            .rating(&film.key)
            .and_then(|rating| rating.stars);
        html! {
            <FilmCard key={film.key.as_str()} href={Route::film(&film.id)} film={film.clone()} {value} leaves=false
                pass={tr!("Haven’t seen it")} onrate={app.actions.rate.clone()} onpass={onpass.clone()} />
        }
    };
    let shown: Vec<_> = left.iter().take(*most).collect();
    let later = shown.len().saturating_sub(in_view);
    let now = shown.iter().take(in_view);
    html! {
        <>
            <ul class="grid" ref={root} data-testid="first-films">
                { for now.filter_map(|id| films.by_id(id)).map(card) }
                { skeleton_cards(later) }
            </ul>
            <p class="home__more">
                if *most < left.len() {
                    <button class="button" type="button" onclick={move |_| most.set(*most + FIRST)}>{ tr!("More films") }</button>
                }
                <a class="button button--plain" href={Route::Search.href()}>{ tr!("Search for one") }</a>
            </p>
        </>
    }
}

#[component]
fn Rows(Asked { address, ask }: &Asked) -> Html {
    let app = use_app();
    use_rows();
    let rated = app.state.ratings.rated();
    let words = if rated == 0 {
        tr!("From the films you’ve rated.")
    } else {
        tr!(
            "From the {} film you’ve rated." | "From the {} films you’ve rated." % rated,
            grouped(rated as u64)
        )
    };
    let ready = app.catalogue.is_some() && app.state.ratings.opened;
    let later = |place| html! { <Later {place} address={address.clone()} ask={ask.clone()} /> };
    html! {
        <>
            <div class="home__head">
                <h1 class="page__title">{ tr!("Tonight’s programme") }</h1>
                <p class="page__lead">{ words }</p>
                <div class="home__known">{ later(Place::Known) }</div>
            </div>
            <div class="home__filters">{ later(Place::Filters) }</div>
            if ready {
                <Rest address={address.clone()} ask={ask.clone()} />
            } else if !app.state.library.settled {
                { skeleton_shelves() }
            }
            { progress(&app) }
        </>
    }
}
