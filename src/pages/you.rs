//! What the visitor said, and how to change it.

use std::rc::Rc;

use matinee_web::components::{Aside, FilmRow, Shape, empty, icon, use_motion};
use matinee_web::words::grouped;
use matinee_web::{Film, Rating, Stars};
use tr::tr;
use yew::prelude::*;

use super::waiting;
use crate::app::{Context, use_app};
use crate::effects::use_page;
use crate::routes::Route;
use crate::state::Mark;

/// The visitor's own page.
#[component]
pub(crate) fn You() -> Html {
    use_page(&tr!("You"));
    let app = use_app();
    let root = use_node_ref();
    let said = use_said(&app);
    let rated: Vec<&Rating> = said
        .iter()
        .filter(|rating| rating.stars.is_some())
        .collect();
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
        &(watchlist.len(), rated.len(), seen.len(), hidden.len()),
    );
    if !app.state.ratings.opened || (app.catalogue.is_none() && !app.state.library.settled) {
        return html! { <><h1 class="page__title">{ tr!("You") }</h1>{ waiting(&app) }</> };
    }
    html! {
        <div ref={root}>
            <h1 class="page__title">{ tr!("You") }</h1>
            <p class="you__links">
                <a class="button" href={Route::Data.href()}>{ tr!("Bring in, take along, wipe") }</a>
                <a class="button" href={Route::Together.href()}>{ tr!("Together") }</a>
            </p>
            if rated.is_empty() {
                { empty(
                    tr!("No ratings yet"),
                    tr!("What you rate is listed here, to change or take back. It is kept in this browser and goes nowhere else."),
                    (Route::Home.href(), tr!("Rate a few films")),
                ) }
            }
            { section(&app, "watchlist", tr!("Watchlist"), tr!("To be watched. Rate a film when you have seen it."), &watchlist, Mark::Watchlist) }
            if !rated.is_empty() {
                <section class="you__marked" aria-labelledby="rated">
                    <h2 class="section__title" id="rated">{ tr!("Rated") }</h2>
                    <p class="page__lead">{ summary(&rated) }</p>
                    <ul class="films" data-testid="rated">{ for rated.iter().map(|rating| rated_row(&app, rating)) }</ul>
                </section>
            }
            { section(&app, "seen", tr!("Seen"), tr!("Not recommended. Stars would say more."), &seen, Mark::Seen) }
            { section(&app, "hidden", tr!("Not for me"), tr!("Never recommended, and still found by searching."), &hidden, Mark::NotForMe) }
        </div>
    }
}

/// Everything said, the newest first as of when the page was opened: what is changed here stays where it is.
#[hook]
fn use_said(app: &Context) -> Vec<Rating> {
    let mut said: Vec<Rating> = app
        .state
        .ratings
        .iter()
        .map(|entry| entry.rating.clone())
        .collect();
    let opened_at = use_mut_ref(Vec::<(String, f64)>::new);
    let mut times = opened_at.borrow_mut();
    for rating in &said {
        if !times.iter().any(|(item, _)| *item == rating.item) {
            times.push((rating.item.clone(), rating.updated_at));
        }
    }
    let time = |rating: &Rating| {
        times
            .iter()
            .find(|(item, _)| *item == rating.item)
            .map_or(0.0, |(_, time)| *time)
    };
    said.sort_by(|a, b| time(b).total_cmp(&time(a)));
    said
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

fn rated_row(app: &Context, rating: &Rating) -> Html {
    let forget = app.actions.forget.clone();
    let Some(film) = film_of(app, rating) else {
        return orphan(app, rating);
    };
    let aside = Aside {
        label: tr!("Remove").into(),
        shape: Shape::Remove,
        act: forget.reform(|film: Rc<Film>| film.key.to_string()),
    };
    html! {
        <FilmRow key={rating.item.as_str()} href={Route::film(&film.id)} {film} value={rating.stars}
            onrate={app.actions.rate.clone()} {aside} />
    }
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
        <section class="you__marked" aria-labelledby={name}>
            <h2 class="section__title" id={name}>{ title }</h2>
            <p class="page__lead">{ lead }</p>
            <ul class="films" data-testid={name}>{ for films.iter().map(|rating| marked_row(app, rating, mark)) }</ul>
        </section>
    }
}

fn marked_row(app: &Context, rating: &Rating, mark: Mark) -> Html {
    let Some(film) = film_of(app, rating) else {
        return orphan(app, rating);
    };
    let label = match mark {
        Mark::NotForMe => tr!("Recommend it again"),
        Mark::Seen => tr!("Not seen after all"),
        Mark::Watchlist => tr!("Take off the watchlist"),
    };
    let aside = Aside {
        label: label.into(),
        shape: Shape::Remove,
        act: app
            .actions
            .mark
            .reform(move |film: Rc<Film>| (film, mark, false)),
    };
    html! {
        <FilmRow key={rating.item.as_str()} href={Route::film(&film.id)} {film} value={rating.stars}
            onrate={app.actions.rate.clone()} {aside} />
    }
}

fn film_of(app: &Context, rating: &Rating) -> Option<Rc<Film>> {
    let films = &app.catalogue.as_ref()?.films;
    films.by_id(rating.id_in(&films.model)?)
}

/// A rating whose film is not in the catalogue, as it was when it was given.
fn orphan(app: &Context, rating: &Rating) -> Html {
    let (forget, item) = (app.actions.forget.clone(), rating.item.clone());
    let name = tr!(
        "{what}: {title}",
        what = tr!("Remove"),
        title = rating.title
    );
    let facts = [
        rating.year.map(|year| year.to_string()),
        rating.stars.map(Stars::words),
    ];
    let facts = facts
        .into_iter()
        .flatten()
        .chain([tr!("not in this catalogue")])
        .collect::<Vec<_>>()
        .join(" · ");
    html! {
        <li key={item.as_str()} class="film-row film-row--plain" data-testid="film-row" data-item={item.clone()}>
            <div class="film-row__text">
                <span class="film-row__title">{ &rating.title }</span>
                <p class="film-row__meta">{ facts }</p>
            </div>
            <div class="film-row__act">
                <button class="pass" type="button" data-testid="aside" aria-label={name.clone()} title={name}
                    onclick={move |_| forget.emit(item.clone())}>
                    { icon(Shape::Remove) }
                </button>
            </div>
        </li>
    }
}
