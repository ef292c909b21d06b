//! Films of the visitor's own lists.

use std::rc::Rc;

use matinee_web::components::{Aside, FilmRow, Shape, icon};
use matinee_web::words::day;
use matinee_web::{Film, Rating, Stars};
use tr::tr;
use yew::prelude::*;

use crate::app::Context;
use crate::routes::Route;
use crate::state::Mark;

/// A rated film, with the day it was rated.
pub(super) fn rated_row(app: &Context, rating: &Rating) -> Html {
    let forget = app.actions.forget.clone();
    let Some(film) = film_of(app, rating) else {
        return orphan(app, rating);
    };
    let aside = Aside {
        label: tr!("Remove").into(),
        shape: Shape::Remove,
        act: forget.reform(|film: Rc<Film>| film.key.to_string()),
    };
    let note = tr!("Rated on {}", day(rating.updated_at));
    html! {
        <FilmRow key={rating.item.as_str()} href={Route::film(&film.id)} {film} value={rating.stars}
            note={AttrValue::from(note)} onrate={app.actions.rate.clone()} {aside} />
    }
}

/// A film with a mark, and a way to take it off.
pub(super) fn marked_row(app: &Context, rating: &Rating, mark: Mark) -> Html {
    let Some(film) = film_of(app, rating) else {
        return orphan(app, rating);
    };
    let label = match mark {
        Mark::NotForMe => tr!("Recommend it again"),
        Mark::Seen => tr!("Not seen after all"),
        Mark::Unseen => tr!("Ask about it again"),
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
