//! The first rows of the home page, each with its reason. The first view shows none, so their code comes after its own.

use std::rc::Rc;

use matinee_web::components::{Shelf, reason_text, sentence, skeleton_shelf, use_motion};
use tr::tr;
use yew::prelude::*;

use super::super::{cards, likely_cards};
use super::ENOUGH;
use crate::app::{Context, use_app};
use crate::catalogue::Catalogue;
use crate::effects::{asked_this_visit, cards_across, use_stages};
use crate::rest::TO_COME;
use crate::routes::Route;
use crate::state::{Leader, Programme};

/// As many as there can be shelves, and the first.
const LAST_STAGE: usize = 7;
/// With more ratings than this a returning visitor is asked nothing.
const FEW: usize = 25;

/// Props of [`Shelves`].
#[derive(Properties, PartialEq)]
pub(crate) struct ShelvesProps {
    /// What a returning visitor may be asked.
    pub question: Html,
    /// The shelves further down.
    pub further: Html,
}

/// The rows, as soon as there is a catalogue.
#[component]
pub(crate) fn Shelves(ShelvesProps { question, further }: &ShelvesProps) -> Html {
    use_app().catalogue.map_or_else(Html::default, |catalogue| {
        html! { <Drawn {catalogue} question={question.clone()} further={further.clone()} /> }
    })
}

/// Props of [`Drawn`].
#[derive(Properties, PartialEq)]
struct DrawnProps {
    catalogue: Catalogue,
    /// What a returning visitor may be asked.
    question: Html,
    /// The shelves further down.
    further: Html,
}

/// The shelves, every one with a key: one that comes or goes must not make the others new.
#[component]
fn Drawn(props: &DrawnProps) -> Html {
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
    let led = programme
        .led
        .iter()
        .map(move |leader| led_shelf(catalogue, leader, likely(&leader.row)));
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

/// The shelf of films that one rating led to.
pub(super) fn led_shelf(catalogue: &Catalogue, leader: &Leader, cards: Html) -> Html {
    let by = catalogue.films.at(leader.by);
    let title = sentence(
        &tr!("Because you loved {film}"),
        [("film", html! { &by.title })],
    );
    html! {
        <Shelf key={by.key.as_str()} name={format!("led-{}", by.id)} {title}
            reason={tr!("Of all your ratings, this one speaks loudest for each of these.")}>
            { cards }
        </Shelf>
    }
}
