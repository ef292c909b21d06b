//! A film on a shelf.

use std::rc::Rc;

use matinee_engine::StarPrediction;
use tr::tr;
use yew::prelude::*;

use super::{Shape, StarRating, cover, icon};
use crate::film::Film;
use crate::rating::Stars;
use crate::words::tenths;

/// A film and the rating given to it, or taken away.
pub type RateFilm = (Rc<Film>, Option<Stars>);

/// Props of [`FilmCard`].
#[derive(Properties, PartialEq)]
pub struct FilmCardProps {
    /// The film.
    pub film: Rc<Film>,
    /// Where its own page is.
    pub href: AttrValue,
    /// The rating so far.
    #[prop_or_default]
    pub value: Option<Stars>,
    /// The stars it is likely to get, of five.
    #[prop_or_default]
    pub expected: Option<StarPrediction>,
    /// Whether rating it takes it away from here.
    #[prop_or(true)]
    pub leaves: bool,
    /// What the button that sets the film aside says, to be followed by the title.
    #[prop_or_else(|| tr!("Not for me").into())]
    pub pass: AttrValue,
    /// The visitor rated it.
    pub onrate: Callback<RateFilm>,
    /// The visitor set it aside.
    pub onpass: Callback<Rc<Film>>,
}

/// Cover, facts, stars, and a way to set the film aside.
#[component]
pub fn FilmCard(props: &FilmCardProps) -> Html {
    let film = &props.film;
    let onrate = {
        let (film, onrate) = (film.clone(), props.onrate.clone());
        Callback::from(move |stars| onrate.emit((film.clone(), stars)))
    };
    let onpass = {
        let (film, onpass) = (film.clone(), props.onpass.clone());
        Callback::from(move |_: MouseEvent| onpass.emit(film.clone()))
    };
    let pass = tr!("{what}: {title}", what = props.pass, title = film.title);
    html! {
        <li class="card" data-testid="film-card" data-item={film.key.clone()}>
            <a class="card__link" href={props.href.clone()} aria-label={film.name()}>
                { cover(film) }
            </a>
            <p class="card__meta">{ film.facts(20) }</p>
            if let Some(stars) = &props.expected { { expected(stars) } }
            <div class="card__act">
                <StarRating title={film.title.clone()} value={props.value} deferred={props.leaves} {onrate} />
                <button class="pass" type="button" data-testid="not-for-me" title={pass.clone()} aria-label={pass} onclick={onpass}>
                    { icon(Shape::Pass) }
                </button>
            </div>
        </li>
    }
}

/// "≈ 4.1", with a line from the low end to the high end; in full for whoever points at it or hears it.
fn expected(stars: &StarPrediction) -> Html {
    let words = tr!(
        "Likely {likely} stars from you, between {low} and {high}",
        likely = tenths(stars.stars),
        low = tenths(stars.low),
        high = tenths(stars.high)
    );
    let place = |stars: f32| (stars * 20.0).clamp(0.0, 100.0).round() as u32;
    let (low, at, high) = (place(stars.low), place(stars.stars), place(stars.high));
    let range = format!("--low:{low}%;--at:{at}%;--high:{high}%");
    html! {
        <p class="card__expected" data-testid="expected" title={words.clone()}>
            <span class="visually-hidden">{ words }</span>
            <span aria-hidden="true">{ "≈\u{a0}" }{ tenths(stars.stars) }</span>
            <span class="card__range" aria-hidden="true" style={range}></span>
        </p>
    }
}
