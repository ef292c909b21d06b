//! The home page: first five films to rate, then rows of recommendations.

use std::rc::Rc;

use matinee_web::Film;
use matinee_web::components::{
    Curtain, FilmCard, Shelf, bulbs, reason_text, skeleton_grid, skeleton_shelf, use_motion,
};
use yew::prelude::*;

use super::{cards, count, progress};
use crate::app::{Context, use_app};
use crate::catalogue::Catalogue;
use crate::effects::{is_returning, use_page, use_returning};
use crate::routes::Route;
use crate::state::Programme;

/// Ratings it takes until the curtain opens.
const ENOUGH: usize = 5;
/// Films shown to begin with, and drawn up in all.
const FIRST: usize = 18;
const DRAWN_UP: usize = 72;
/// Cards on a shelf that is still to come.
const TO_COME: usize = 8;

/// The home page.
#[component]
pub(crate) fn Home() -> Html {
    use_page("");
    let app = use_app();
    let known = app.state.ratings.opened;
    let enough = app.state.ratings.rated() >= ENOUGH;
    let returning = use_memo((), |()| is_returning());
    use_returning(known, enough);
    let opening = use_opening(known, enough);
    html! {
        <>
            if enough || (*returning && !known) { <Rows /> } else { <FirstFive /> }
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
        }
    });
    opening
}

#[component]
fn FirstFive() -> Html {
    let app = use_app();
    let rated = app.state.ratings.rated();
    // Drawn up once, by id: films stay where they are while more of the catalogue arrives and ratings are given.
    let drawn = use_mut_ref(Vec::<AttrValue>::new);
    let passed = use_state(Vec::<AttrValue>::new);
    let most = use_state_eq(|| FIRST);
    let root = use_node_ref();
    use_motion(&root, &(passed.len(), *most));

    let words = match (rated, ENOUGH.saturating_sub(rated)) {
        (0, _) => "Stars for five films light the house.".to_owned(),
        (_, 1) => "One more.".to_owned(),
        (_, left) => format!("{left} more."),
    };
    let ready = app.catalogue.as_ref().filter(|_| app.state.ratings.opened);
    html! {
        <>
            <div class="home__head">
                <h1 class="page__title">{ "Rate five films you know" }</h1>
                <p class="page__lead">
                    { "Then see what to watch tonight. Everything is worked out on this device, and your ratings stay here." }
                </p>
                <p class="home__count" aria-live="polite">{ bulbs(rated, ENOUGH) }{ words }</p>
            </div>
            if let Some(catalogue) = ready {
                <ul class="grid" ref={root} data-testid="first-films">
                    { first_films(&app, catalogue, &mut drawn.borrow_mut(), &passed, *most) }
                </ul>
                <p class="home__more">
                    if *most + passed.len() < drawn.borrow().len() {
                        <button class="button" type="button" onclick={move |_| most.set(*most + FIRST)}>{ "More films" }</button>
                    }
                    <a class="button button--plain" href={Route::Search.href()}>{ "Search for one" }</a>
                </p>
            } else if !app.state.library.settled {
                { skeleton_grid(FIRST) }
            }
            { progress(&app) }
        </>
    }
}

fn first_films(
    app: &Context,
    catalogue: &Catalogue,
    drawn: &mut Vec<AttrValue>,
    passed: &UseStateHandle<Vec<AttrValue>>,
    most: usize,
) -> Html {
    let films = &catalogue.films;
    if drawn.is_empty() {
        *drawn = catalogue
            .ask(DRAWN_UP)
            .iter()
            .map(|row| films.at(*row).id.clone())
            .collect();
    }
    let onpass = {
        let passed = passed.clone();
        Callback::from(move |film: Rc<Film>| {
            passed.set(passed.iter().chain([&film.id]).cloned().collect());
        })
    };
    let card = |film: Rc<Film>| {
        let value = app
            .state
            .ratings
            .rating(&film.key)
            .and_then(|rating| rating.stars);
        html! {
            <FilmCard key={film.key.as_str()} href={Route::film(&film.id)} film={film.clone()} {value} leaves=false
                pass="Haven’t seen it" onrate={app.actions.rate.clone()} onpass={onpass.clone()} />
        }
    };
    let shown = drawn.iter().filter(|id| !passed.contains(id)).take(most);
    shown.filter_map(|id| films.by_id(id)).map(card).collect()
}

#[component]
fn Rows() -> Html {
    let app = use_app();
    let root = use_node_ref();
    let programme = use_memo(app.catalogue.clone(), |catalogue| {
        catalogue.as_ref().map(Catalogue::programme)
    });
    use_motion(&root, &programme);
    let rated = app.state.ratings.rated();
    let words = if rated == 0 {
        "From the films you’ve rated.".to_owned()
    } else {
        format!("From the {} you’ve rated.", count(rated))
    };
    let ready = app.catalogue.as_ref().filter(|_| app.state.ratings.opened);
    html! {
        <div ref={root}>
            <div class="home__head">
                <h1 class="page__title">{ "Tonight’s programme" }</h1>
                <p class="page__lead">{ words }</p>
            </div>
            if let (Some(catalogue), Some(programme)) = (ready, &*programme) {
                { shelves(&app, catalogue, programme) }
            } else if !app.state.library.settled {
                { skeleton_shelf(TO_COME) }
                { skeleton_shelf(TO_COME) }
            }
            { progress(&app) }
        </div>
    }
}

/// The shelves, every one with a key: one that comes or goes must not make the others new.
fn shelves(app: &Context, catalogue: &Catalogue, programme: &Programme) -> Html {
    let films = &catalogue.films;
    let top = html! {
        <Shelf key="top" name="top" title="Top picks" reason={first_reason(catalogue, programme)}
            more={(Route::Picks.href(), AttrValue::from("All hundred, with reasons"))}>
            { cards(app, films.at_all(&programme.top)) }
        </Shelf>
    };
    let led = programme.led.iter().map(|leader| {
        let by = films.at(leader.by);
        let title = html! { <>{ "Because you loved " }{ &by.title }</> };
        html! {
            <Shelf key={by.key.as_str()} name={format!("led-{}", by.id)} {title}
                reason="Of all your ratings, this one speaks loudest for each of these.">
                { cards(app, films.at_all(&leader.row)) }
            </Shelf>
        }
    });
    let gems = html! {
        <Shelf key="gems" name="gems" title="Hidden gems"
            reason="Few people have rated these. By your ratings, you might be glad to be one of them.">
            { cards(app, films.at_all(&programme.gems)) }
        </Shelf>
    };
    let ask = html! {
        <Shelf key="ask" name="ask" title="Seen any of these?"
            reason="Your view of these would tell the most about the rest.">
            { cards(app, films.at_all(&programme.ask)) }
        </Shelf>
    };
    let shown = |row: &[u32], shelf: Html| (!row.is_empty()).then_some(shelf);
    let first = shown(&programme.top, top).into_iter();
    let last = [shown(&programme.gems, gems), shown(&programme.ask, ask)]
        .into_iter()
        .flatten();
    first.chain(led).chain(last).collect()
}

/// Why the first of the top picks comes first.
fn first_reason(catalogue: &Catalogue, programme: &Programme) -> Html {
    let Some(first) = programme.top.first() else {
        return Html::default();
    };
    let film = catalogue.films.at(*first);
    html! {
        <>
            <cite>{ &film.title }</cite>{ " first: " }{ reason_text(&catalogue.reason(*first).within()) }
        </>
    }
}
