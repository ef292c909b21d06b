//! The home page: first five films to rate, then rows of recommendations.

use std::rc::Rc;

use matinee_web::Film;
use matinee_web::components::{
    Curtain, FilmCard, Shelf, bulbs, reason_text, sentence, skeleton_cards, skeleton_grid,
    skeleton_shelf, use_motion,
};
use matinee_web::words::grouped;
use tr::tr;
use yew::prelude::*;

mod encore;
mod known;
mod narrowed;
mod question;

pub(crate) use encore::Further;
pub(crate) use known::Known;
pub(crate) use narrowed::{Narrow, Narrowed};
pub(crate) use question::Question;

use super::{Asked, cards, likely_cards, progress};
use crate::app::{Context, use_app};
use crate::catalogue::Catalogue;
use crate::effects::{
    asked_this_visit, cards_across, is_returning, remember_asked, use_page, use_returning,
    use_stages,
};
use crate::rest::{Later, Place, Rest};
use crate::routes::Route;
use crate::state::{Filters, Mark, Programme};

/// Ratings it takes until the curtain opens.
const ENOUGH: usize = 5;
/// Films shown to begin with, and drawn up in all.
const FIRST: usize = 18;
const DRAWN_UP: usize = 72;
/// Of these, drawn at once: more than a phone shows.
const IN_VIEW: usize = 6;
/// As many as there can be shelves, and the first.
const LAST_STAGE: usize = 7;
/// Cards on a shelf that is still to come.
const TO_COME: usize = 8;
/// With more ratings than this a returning visitor is asked nothing.
const FEW: usize = 25;

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
    let most = use_state_eq(|| FIRST);
    let is_unseen = |id: &AttrValue| {
        let film = films.by_id(id);
        let rating = film.and_then(|film| app.state.ratings.rating(&film.key));
        rating.is_some_and(|rating| rating.unseen)
    };
    let left: Vec<_> = drawn.iter().filter(|id| !is_unseen(id)).collect();
    let root = use_node_ref();
    use_motion(&root, &(left.len(), *most));
    let in_view = if use_stages(2) == 1 {
        IN_VIEW
    } else {
        usize::MAX
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
    let rated = app.state.ratings.rated();
    let words = if rated == 0 {
        tr!("From the films you’ve rated.")
    } else {
        tr!(
            "From the {} film you’ve rated." | "From the {} films you’ve rated." % rated,
            grouped(rated as u64)
        )
    };
    let ready = app.catalogue.as_ref().filter(|_| app.state.ratings.opened);
    let is_narrowed = Filters::of(&address.parameters).count() > 0;
    let later = |place| html! { <Later {place} address={address.clone()} ask={ask.clone()} /> };
    html! {
        <>
            <div class="home__head">
                <h1 class="page__title">{ tr!("Tonight’s programme") }</h1>
                <p class="page__lead">{ words }</p>
                <div class="home__known">{ later(Place::Known) }</div>
            </div>
            <div class="home__filters">{ later(Place::Filters) }</div>
            if let Some(catalogue) = ready {
                if is_narrowed {
                    <Rest address={address.clone()} ask={ask.clone()} />
                } else {
                    <Shelves catalogue={catalogue.clone()} question={later(Place::Question)} further={later(Place::Further)} />
                }
            } else if !app.state.library.settled {
                { skeleton_shelf(TO_COME) }
                { skeleton_shelf(TO_COME) }
            }
            { progress(&app) }
        </>
    }
}

/// Props of [`Shelves`].
#[derive(Properties, PartialEq)]
struct ShelvesProps {
    catalogue: Catalogue,
    /// What a returning visitor may be asked.
    question: Html,
    /// The shelves further down.
    further: Html,
}

/// The shelves, every one with a key: one that comes or goes must not make the others new.
#[component]
fn Shelves(props: &ShelvesProps) -> Html {
    let catalogue = &props.catalogue;
    let app = use_app();
    let root = use_node_ref();
    use_motion(&root, catalogue);
    // First what is in view of the first shelf; then that one whole, and one more at a time.
    let stage = use_stages(LAST_STAGE);
    let is_first = stage == 1;
    let programme = use_memo((catalogue.clone(), is_first), |(catalogue, is_first)| {
        if *is_first {
            Rc::new(catalogue.opening())
        } else {
            catalogue.programme()
        }
    });
    // Decided when the visit begins: what is answered on it changes nothing.
    let rated = app.state.ratings.rated();
    let asks = use_memo((), |()| {
        (ENOUGH..=FEW).contains(&rated) && !asked_this_visit()
    });
    let in_view = if is_first { cards_across() } else { usize::MAX };
    let mut shelves = shelves(&app, catalogue, &programme, in_view);
    let top = shelves.next();
    html! {
        <div ref={root}>
            { for top }
            if *asks { <div class="home__question">{ props.question.clone() }</div> }
            { for shelves.take(stage.saturating_sub(2)) }
            // The second shelf takes the room of the shape that stood for it.
            if stage <= 2 { { skeleton_shelf(TO_COME) } }
            if stage == LAST_STAGE { { props.further.clone() } }
        </div>
    }
}

/// The shelves that are not empty, each drawn when it is asked for.
fn shelves<'a>(
    app: &'a Context,
    catalogue: &'a Catalogue,
    programme: &'a Programme,
    in_view: usize,
) -> impl Iterator<Item = Html> + 'a {
    let films = &catalogue.films;
    let likely = move |row: &[u32]| likely_cards(app, catalogue, row.iter().take(in_view));
    let top = shown(&programme.top, move |row| {
        html! {
            <Shelf key="top" name="top" title={tr!("Top picks")} reason={first_reason(catalogue, programme)}
                more={(Route::Picks.href(), AttrValue::from(tr!("All hundred, with reasons")))}>
                { likely(row) }
            </Shelf>
        }
    });
    let led = programme.led.iter().map(move |leader| {
        let by = films.at(leader.by);
        let title = sentence(
            &tr!("Because you loved {film}"),
            [("film", html! { &by.title })],
        );
        html! {
            <Shelf key={by.key.as_str()} name={format!("led-{}", by.id)} {title}
                reason={tr!("Of all your ratings, this one speaks loudest for each of these.")}>
                { likely(&leader.row) }
            </Shelf>
        }
    });
    let gems = shown(&programme.gems, move |row| {
        html! {
            <Shelf key="gems" name="gems" title={tr!("Hidden gems")}
                reason={tr!("Few people have rated these. By your ratings, you might be glad to be one of them.")}>
                { likely(row) }
            </Shelf>
        }
    });
    let ask = shown(&programme.ask, move |row| {
        html! {
            <Shelf key="ask" name="ask" title={tr!("Seen any of these?")}
                reason={tr!("Your view of these would tell the most about the rest.")}>
                { cards(app, films.at_all(row).take(in_view)) }
            </Shelf>
        }
    });
    top.chain(led).chain(gems).chain(ask)
}

/// A shelf for `row`, unless there is nothing on it.
fn shown<'a>(
    row: &'a [u32],
    shelf: impl Fn(&'a [u32]) -> Html + 'a,
) -> impl Iterator<Item = Html> + 'a {
    Some(row)
        .filter(|row| !row.is_empty())
        .into_iter()
        .map(shelf)
}

/// Why the first of the top picks comes first.
fn first_reason(catalogue: &Catalogue, programme: &Programme) -> Html {
    let Some(first) = programme.top.first() else {
        return Html::default();
    };
    let film = catalogue.films.at(*first);
    let because = reason_text(&catalogue.reason(*first).within());
    sentence(
        &tr!("{film} first: {because}"),
        [
            ("film", html! { <cite>{ &film.title }</cite> }),
            ("because", because),
        ],
    )
}
