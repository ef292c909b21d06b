//! What the visitor said, and how to change it.

mod order;
mod rows;
mod ways;

use matinee_web::Rating;
use matinee_web::components::{empty, use_motion};
use matinee_web::words::grouped;
use tr::tr;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use self::order::{Order, has};
use self::rows::{marked_row, rated_row};
use super::{Asked, waiting};
use crate::app::{Context, use_app};
use crate::effects::use_page;
use crate::routes::{Address, Route};
use crate::state::Mark;

/// Rows of a list drawn at first, and with each further piece.
const PIECE: usize = 60;
/// Ratings from which on there is a filter: fewer are seen at a glance.
const MANY: usize = 8;
/// Names of the parameters in the address.
const FILTER: &str = "filter";
const ORDER: &str = "order";

/// The visitor's own page.
#[component]
pub(crate) fn You(props: &Asked) -> Html {
    use_page(&tr!("You"));
    let app = use_app();
    let root = use_node_ref();
    let pieces = use_state_eq(|| 1_usize);
    let said = use_said(&app);
    let order = Order::of(props.address.parameter(ORDER));
    let filter = props.address.parameter(FILTER);
    let all: Vec<&Rating> = said
        .iter()
        .filter(|rating| rating.stars.is_some())
        .collect();
    let mut rated: Vec<&Rating> = all
        .iter()
        .copied()
        .filter(|rating| has(rating, filter))
        .collect();
    order.arrange(&mut rated);
    let with = |mark: Mark| {
        let marked = said.iter().filter(|rating| mark.is_on(rating));
        marked.collect::<Vec<_>>()
    };
    let watchlist = with(Mark::Watchlist);
    let hidden = with(Mark::NotForMe);
    let mut seen = with(Mark::Seen);
    seen.retain(|rating| rating.stars.is_none());
    use_motion(
        &root,
        &(watchlist.len(), all.len(), seen.len(), hidden.len()),
    );
    if !app.state.ratings.opened || (app.catalogue.is_none() && !app.state.library.settled) {
        return html! { <><h1 class="page__title">{ tr!("You") }</h1>{ waiting(&app) }</> };
    }
    let shown = *pieces * PIECE;
    html! {
        <div ref={root}>
            <h1 class="page__title">{ tr!("You") }</h1>
            { ways::ways() }
            if all.is_empty() {
                { empty(
                    tr!("No ratings yet"),
                    tr!("What you rate is listed here, to change or take back. It is kept in this browser and goes nowhere else."),
                    (Route::Home.href(), tr!("Rate a few films")),
                ) }
            }
            { section(&app, "watchlist", tr!("Watchlist"), tr!("To be watched. Rate a film when you have seen it."), &watchlist, Mark::Watchlist) }
            if !all.is_empty() {
                <section class="you__marked" aria-labelledby="rated">
                    <h2 class="section__title" id="rated">{ tr!("Rated") }</h2>
                    <p class="page__lead">{ summary(&all) }</p>
                    if all.len() >= MANY {
                        { finder(&props.address, &props.ask, order) }
                        <p class="you__found" role="status">{ found(filter, rated.len()) }</p>
                    }
                    <ul class="films" data-testid="rated">
                        { for rated.iter().take(shown).map(|rating| rated_row(&app, rating)) }
                    </ul>
                    { more(rated.len().saturating_sub(shown), pieces) }
                </section>
            }
            { section(&app, "seen", tr!("Seen"), tr!("Not recommended. Stars would say more."), &seen, Mark::Seen) }
            { section(&app, "hidden", tr!("Not for me"), tr!("Never recommended, and still found by searching."), &hidden, Mark::NotForMe) }
        </div>
    }
}

/// The order, and a field that narrows the list down.
fn finder(address: &Address, ask: &Callback<Address>, order: Order) -> Html {
    let asks = |name: &'static str| {
        let address = address.clone();
        ask.reform(move |value: String| {
            let mut next = address.clone();
            next.parameters.retain(|(other, _)| other != name);
            if !value.is_empty() && value != Order::default().name() {
                next.parameters.push((name.to_owned(), value));
            }
            next
        })
    };
    let oninput = asks(FILTER).reform(|event: InputEvent| {
        let input: HtmlInputElement = event.target_unchecked_into();
        input.value()
    });
    let onchange = asks(ORDER).reform(|event: Event| {
        let select: HtmlSelectElement = event.target_unchecked_into();
        select.value()
    });
    let option = |one: Order| {
        html! { <option value={one.name()} selected={one == order}>{ one.label() }</option> }
    };
    html! {
        <div class="you__finder">
            <label class="field">
                <span class="field__label">{ tr!("Find among your ratings") }</span>
                <input class="field__input" type="search" value={address.parameter(FILTER).to_owned()} {oninput}
                    autocomplete="off" spellcheck="false" placeholder={tr!("Title or year")} />
            </label>
            <label class="field">
                <span class="field__label">{ tr!("Order") }</span>
                <select class="field__input" {onchange}>{ for Order::ALL.map(option) }</select>
            </label>
        </div>
    }
}

/// How many were found, once something is looked for.
fn found(filter: &str, found: usize) -> String {
    match (filter.trim(), found) {
        ("", _) => String::new(),
        (filter, 0) => tr!("None of your ratings is of a film called “{}”.", filter),
        (_, found) => super::count(found),
    }
}

/// Draws the next piece of a list that has `left` more.
fn more(left: usize, pieces: UseStateHandle<usize>) -> Html {
    if left == 0 {
        return Html::default();
    }
    let onclick = move |_: MouseEvent| pieces.set(*pieces + 1);
    html! {
        <button class="button you__more" type="button" {onclick}>
            { tr!("Show {} more" | "Show {} more" % left.min(PIECE), grouped(left.min(PIECE) as u64)) }
        </button>
    }
}

/// Everything said, the newest first as of when the page was opened: what is changed here stays where it is.
#[hook]
fn use_said(app: &Context) -> Vec<Rating> {
    let opened_at = use_mut_ref(std::collections::BTreeMap::<String, f64>::new);
    let mut times = opened_at.borrow_mut();
    let mut said: Vec<(f64, Rating)> = Vec::new();
    for entry in app.state.ratings.iter() {
        let rating = &entry.rating;
        let time = match times.get(&rating.item) {
            Some(time) => *time,
            None => {
                times.insert(rating.item.clone(), rating.updated_at);
                rating.updated_at
            }
        };
        said.push((time, rating.clone()));
    }
    said.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    said.into_iter().map(|(_, rating)| rating).collect()
}

/// "You’ve rated 12 films (8 liked, 3 fair, 1 disliked)."
fn summary(rated: &[&Rating]) -> String {
    let stars = || rated.iter().filter_map(|rating| rating.stars);
    let disliked = stars().filter(|stars| stars.is_dislike()).count();
    let liked = stars().filter(|stars| stars.halves() >= 7).count();
    let fair = rated.len() - liked - disliked;
    let number = |number: usize| grouped(number as u64);
    tr!(
        "You’ve rated {} film ({} liked, {} fair, {} disliked). Kept in this browser, and nowhere else."
            | "You’ve rated {} films ({} liked, {} fair, {} disliked). Kept in this browser, and nowhere else."
                % rated.len(),
        number(rated.len()),
        number(liked),
        number(fair),
        number(disliked)
    )
}

/// The films with a mark, each with a way to take it off; nothing where there are none.
fn section(
    app: &Context,
    name: &'static str,
    title: String,
    lead: String,
    films: &[&Rating],
    mark: Mark,
) -> Html {
    if films.is_empty() {
        return Html::default();
    }
    html! {
        <Marked {name} {title} {lead} count={films.len()} rows={Rows(
            films.iter().map(|rating| marked_row(app, rating, mark)).collect()
        )} />
    }
}

/// Rows of a list.
#[derive(Clone, PartialEq)]
struct Rows(Vec<Html>);

/// Props of [`Marked`].
#[derive(Properties, PartialEq)]
struct MarkedProps {
    name: &'static str,
    title: String,
    lead: String,
    rows: Rows,
    count: usize,
}

/// A list of films with a mark, in pieces where it is long.
#[component]
fn Marked(props: &MarkedProps) -> Html {
    let pieces = use_state_eq(|| 1_usize);
    let shown = *pieces * PIECE;
    html! {
        <section class="you__marked" aria-labelledby={props.name}>
            <h2 class="section__title" id={props.name}>{ &props.title }</h2>
            <p class="page__lead">{ &props.lead }</p>
            <ul class="films" data-testid={props.name}>{ for props.rows.0.iter().take(shown).cloned() }</ul>
            { more(props.count.saturating_sub(shown), pieces) }
        </section>
    }
}
