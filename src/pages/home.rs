//! The home page: first five films to rate, then rows of recommendations.

use std::collections::HashSet;

use matinee_web::components::{
    Bulbs, Curtain, FilmCard, Progress, ReasonText, Shelf, SkeletonGrid, SkeletonShelf, use_motion,
};
use yew::prelude::*;

use super::{cards, count};
use crate::app::{Context, use_app};
use crate::catalogue::Catalogue;
use crate::effects::use_page;
use crate::routes::Route;
use crate::state::Programme;

/// Ratings it takes until the curtain opens.
const ENOUGH: usize = 5;
/// Films shown to begin with, and drawn up to replace those set aside.
const FIRST: usize = 18;
const DRAWN_UP: usize = 60;

/// The home page.
#[component]
pub(crate) fn Home() -> Html {
    use_page("");
    let app = use_app();
    let rated = app.state.ratings.rated();
    let enough = rated >= ENOUGH;
    // The curtain opens when the fifth rating is given here, not when a returning visitor's are read.
    let began_short = use_mut_ref(|| false);
    let opening = use_state_eq(|| false);
    if app.state.ratings.opened && !enough {
        *began_short.borrow_mut() = true;
    }
    {
        let opening = opening.clone();
        use_effect_with(enough, move |enough| {
            if *enough && *began_short.borrow() {
                *began_short.borrow_mut() = false;
                gloo::utils::window().scroll_to_with_x_and_y(0.0, 0.0);
                opening.set(true);
            }
        });
    }
    let opened = {
        let opening = opening.clone();
        Callback::from(move |()| opening.set(false))
    };
    html! {
        <>
            if enough { <Rows /> } else { <FirstFive /> }
            if *opening { <Curtain onopen={opened} /> }
        </>
    }
}

/// How much of the catalogue is there, while it is arriving.
fn progress(app: &Context) -> Html {
    let library = &app.state.library;
    if library.settled {
        return Html::default();
    }
    html! { <Progress label="Fetching the catalogue" part={library.part()} /> }
}

#[component]
fn FirstFive() -> Html {
    let app = use_app();
    let rated = app.state.ratings.rated();
    // Drawn up once: films stay where they are while more of the catalogue arrives and ratings are given.
    let drawn = use_mut_ref(Vec::<u32>::new);
    let passed = use_state(HashSet::<AttrValue>::new);
    let more = use_state_eq(|| 0_usize);
    let root = use_node_ref();
    use_motion(&root, &(passed.len(), *more));

    let left = ENOUGH.saturating_sub(rated);
    let words = match (rated, left) {
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
                <p class="home__count" aria-live="polite"><Bulbs of={ENOUGH} lit={rated} />{ words }</p>
            </div>
            if let Some(catalogue) = ready {
                <ul class="grid" ref={root} data-testid="first-films">
                    { first_films(&app, catalogue, &mut drawn.borrow_mut(), &passed, FIRST + *more) }
                </ul>
                <p class="home__more">
                    <button class="button" type="button" onclick={move |_| more.set(*more + FIRST)}>{ "More films" }</button>
                    { " " }
                    <a class="button button--plain" href={Route::Search.href()}>{ "Search for one" }</a>
                </p>
            } else if !app.state.library.settled {
                <SkeletonGrid cards={FIRST} />
            }
            { progress(&app) }
        </>
    }
}

fn first_films(
    app: &Context,
    catalogue: &Catalogue,
    drawn: &mut Vec<u32>,
    passed: &UseStateHandle<HashSet<AttrValue>>,
    most: usize,
) -> Html {
    if drawn.is_empty() {
        *drawn = catalogue.ask(DRAWN_UP);
    }
    let onpass = {
        let passed = passed.clone();
        Callback::from(move |film: std::rc::Rc<matinee_web::Film>| {
            let mut more = (*passed).clone();
            more.insert(film.key.clone());
            passed.set(more);
        })
    };
    catalogue
        .films
        .at_all(drawn)
        .filter(|film| !passed.contains(&film.key))
        .take(most)
        .map(|film| {
            let value = app.state.ratings.rating(&film.key).and_then(|rating| rating.stars);
            html! {
                <FilmCard key={film.key.as_str()} href={Route::film(&film.id)} film={film.clone()} {value} leaves=false
                    pass="Haven’t seen it" onrate={app.actions.rate.clone()} onpass={onpass.clone()} />
            }
        })
        .collect()
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
    html! {
        <div ref={root}>
            <div class="home__head">
                <h1 class="page__title">{ "Tonight’s programme" }</h1>
                <p class="page__lead">{ format!("From the {} you’ve rated.", count(rated)) }</p>
            </div>
            { progress(&app) }
            if let (Some(catalogue), Some(programme)) = (&app.catalogue, &*programme) {
                { shelves(&app, catalogue, programme) }
            } else if !app.state.library.settled {
                <SkeletonShelf />
                <SkeletonShelf />
            }
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
            <cite>{ &film.title }</cite>{ " first: " }<ReasonText reason={catalogue.reason(*first).within()} />
        </>
    }
}
