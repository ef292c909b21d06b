//! A film in a list.

use std::rc::Rc;

use tr::tr;
use yew::prelude::*;

use super::{RateFilm, Shape, StarRating, cover, icon, reason_text};
use crate::film::Film;
use crate::rating::Stars;
use crate::reason::Reason;

/// A button that sets a film aside or takes it off the list.
#[derive(Clone, PartialEq)]
pub struct Aside {
    /// What it says, to be followed by the title.
    pub label: AttrValue,
    /// What it shows.
    pub shape: Shape,
    /// What it does.
    pub act: Callback<Rc<Film>>,
}

/// Props of [`FilmRow`].
#[derive(Properties, PartialEq)]
pub struct FilmRowProps {
    /// The film.
    pub film: Rc<Film>,
    /// Where its own page is.
    pub href: AttrValue,
    /// Its place, where the list has an order.
    #[prop_or_default]
    pub place: Option<usize>,
    /// Why it is here.
    #[prop_or_default]
    pub reason: Option<Reason>,
    /// Something to know about it.
    #[prop_or_default]
    pub note: Option<AttrValue>,
    /// The rating so far.
    #[prop_or_default]
    pub value: Option<Stars>,
    /// Whether rating it takes it away from here.
    #[prop_or_default]
    pub leaves: bool,
    /// The visitor rated it.
    pub onrate: Callback<RateFilm>,
    /// A further button.
    #[prop_or_default]
    pub aside: Option<Aside>,
}

/// Place, cover, title, facts, reason and stars on one line.
#[component]
pub fn FilmRow(props: &FilmRowProps) -> Html {
    let film = &props.film;
    let onrate = {
        let (film, onrate) = (film.clone(), props.onrate.clone());
        Callback::from(move |stars| onrate.emit((film.clone(), stars)))
    };
    let aside = props.aside.as_ref().map(|Aside { label, shape, act }| {
        let (film, act, shape) = (film.clone(), act.clone(), *shape);
        let name = tr!("{what}: {title}", what = label, title = film.title);
        html! {
            <button class="pass" type="button" data-testid="aside" title={name.clone()} aria-label={name}
                onclick={move |_| act.emit(film.clone())}>
                { icon(shape) }
            </button>
        }
    });
    html! {
        <li class={classes!("film-row", props.place.is_none().then_some("film-row--plain"))} data-testid="film-row" data-item={film.key.clone()}>
            if let Some(place) = props.place {
                <span class="film-row__place" aria-hidden="true">{ place }</span>
            }
            <a class="film-row__cover" href={props.href.clone()} tabindex="-1" aria-hidden="true">
                { cover(film) }
            </a>
            <div class="film-row__text">
                <a class="film-row__title" href={props.href.clone()}>{ &film.title }</a>
                <p class="film-row__meta">{ film.facts(48) }</p>
                if let Some(reason) = &props.reason {
                    <p class="film-row__reason" data-testid="reason">{ reason_text(reason) }</p>
                }
                if let Some(note) = &props.note {
                    <p class="film-row__meta">{ note }</p>
                }
            </div>
            <div class="film-row__act">
                <StarRating title={film.title.clone()} value={props.value} deferred={props.leaves} {onrate} />
                { aside }
            </div>
        </li>
    }
}
