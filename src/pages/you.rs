//! What the visitor said, and how to change it.

use matinee_web::components::{Empty, FilmRow, Icon, Shape, use_motion};
use matinee_web::{Film, Rating};
use yew::prelude::*;

use super::count;
use super::waiting::Waiting;
use crate::app::{Context, use_app};
use crate::effects::use_page;
use crate::routes::Route;

/// The visitor's own page.
#[component]
pub(crate) fn You() -> Html {
    use_page("You");
    let app = use_app();
    let root = use_node_ref();
    let mut said: Vec<Rating> = app
        .state
        .ratings
        .iter()
        .map(|entry| entry.rating.clone())
        .collect();
    said.sort_by(|a, b| b.updated_at.total_cmp(&a.updated_at));
    let (rated, other): (Vec<Rating>, Vec<Rating>) =
        said.into_iter().partition(|rating| rating.stars.is_some());
    let hidden: Vec<Rating> = other
        .into_iter()
        .filter(|rating| rating.not_for_me)
        .collect();
    use_motion(&root, &(rated.len(), hidden.len()));
    if !app.state.ratings.opened || (app.catalogue.is_none() && !app.state.library.settled) {
        return html! { <><h1 class="page__title">{ "You" }</h1><Waiting /></> };
    }
    html! {
        <div ref={root}>
            <h1 class="page__title">{ "You" }</h1>
            if rated.is_empty() {
                <Empty title="No ratings yet" go={(Route::Home.href(), AttrValue::from("Rate a few films"))}>
                    { "What you rate is listed here, to change or take back. It is kept in this browser and goes nowhere else." }
                </Empty>
            } else {
                <p class="page__lead">{ summary(&rated) }</p>
                <ul class="films" data-testid="rated">{ for rated.iter().map(|rating| row(&app, rating)) }</ul>
            }
            if !hidden.is_empty() {
                <section style="margin-block-start:var(--s8)" aria-labelledby="hidden">
                    <h2 class="section__title" id="hidden">{ "Not for me" }</h2>
                    <p class="page__lead">{ "Never recommended, and still found by searching." }</p>
                    <ul class="films" data-testid="hidden">{ for hidden.iter().map(|rating| row(&app, rating)) }</ul>
                </section>
            }
        </div>
    }
}

/// "You’ve rated 12 films: 8 you liked, 3 so-so, 1 you didn’t."
fn summary(rated: &[Rating]) -> String {
    let halves = || {
        rated
            .iter()
            .filter_map(|rating| rating.stars.map(|stars| stars.halves()))
    };
    let liked = halves().filter(|halves| *halves >= 7).count();
    let disliked = halves().filter(|halves| *halves < 5).count();
    let fair = rated.len() - liked - disliked;
    let parts: Vec<String> = [
        (liked, "liked"),
        (fair, "found fair"),
        (disliked, "didn’t like"),
    ]
    .into_iter()
    .filter(|(number, _)| *number > 0)
    .map(|(number, verdict)| format!("{number} you {verdict}"))
    .collect();
    format!(
        "You’ve rated {}: {}. Kept in this browser, and nowhere else.",
        count(rated.len()),
        parts.join(", ")
    )
}

/// A rating as a line. One whose film is not in the catalogue is shown as it was when it was given.
fn row(app: &Context, rating: &Rating) -> Html {
    let forget = app.actions.forget.clone();
    let film = app.catalogue.as_ref().and_then(|catalogue| {
        let row = catalogue
            .films
            .model
            .row_of(rating.id_in(&catalogue.films.model)?)?;
        Some(catalogue.films.at(row))
    });
    let item = rating.item.clone();
    let Some(film) = film else {
        let name = format!("Remove: {}", rating.title);
        let facts = [
            rating.year.map(|year| year.to_string()),
            rating.stars.map(|stars| stars.words()),
        ];
        let facts = facts
            .into_iter()
            .flatten()
            .chain(["not in this catalogue".to_owned()])
            .collect::<Vec<_>>()
            .join(" · ");
        return html! {
            <li key={item.clone()} class="film-row film-row--plain" data-testid="film-row" data-item={item.clone()}>
                <div class="film-row__text">
                    <span class="film-row__title">{ &rating.title }</span>
                    <p class="film-row__meta">{ facts }</p>
                </div>
                <div class="film-row__act">
                    <button class="pass" type="button" data-testid="aside" aria-label={name.clone()} title={name}
                        onclick={move |_| forget.emit(item.clone())}>
                        <Icon shape={Shape::Remove} />
                    </button>
                </div>
            </li>
        };
    };
    let (label, act): (_, Callback<std::rc::Rc<Film>>) = if rating.stars.is_some() {
        (
            "Remove",
            forget.reform(|film: std::rc::Rc<Film>| film.key.to_string()),
        )
    } else {
        ("Remove", app.actions.show.clone())
    };
    html! {
        <FilmRow key={item} href={Route::film(&film.id)} film={film.clone()} value={rating.stars}
            onrate={app.actions.rate.clone()} aside={(AttrValue::from(label), act)} />
    }
}
