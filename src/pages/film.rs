//! One film.

use std::rc::Rc;

use matinee_web::Rating;
use matinee_web::components::{
    Shape, Shelf, StarRating, Why, cover, empty, icon, reason_text, sentence, use_motion,
};
use matinee_web::words::{grouped, tenths};
use tr::tr;
use yew::prelude::*;

use super::{cards, waiting};
use crate::app::{Context, use_app};
use crate::catalogue::Catalogue;
use crate::effects::use_page;
use crate::routes::Route;
use crate::state::{Kept, Mark};

const SIMILAR: usize = 18;

/// Props of [`Film`].
#[derive(Properties, PartialEq)]
pub(crate) struct FilmProps {
    /// Id within the catalogue.
    pub id: String,
}

/// A film's page.
#[component]
pub(crate) fn Film(props: &FilmProps) -> Html {
    let app = use_app();
    let found = app.catalogue.as_ref().and_then(|catalogue| {
        let row = catalogue.films.model.row_of(&props.id)?;
        Some((catalogue, catalogue.films.at(row)))
    });
    use_page(found.as_ref().map_or("", |(_, film)| &film.title));
    let root = use_node_ref();
    let similar = {
        let row = found.as_ref().map(|(_, film)| film.row);
        use_memo((app.catalogue.clone(), row), |(catalogue, row)| {
            match (catalogue, row) {
                (Some(catalogue), Some(row)) => catalogue.similar(*row, SIMILAR),
                _ => Vec::new(),
            }
        })
    };
    let alike = {
        let row = found.as_ref().map(|(_, film)| film.row);
        use_memo((app.catalogue.clone(), row), |(catalogue, row)| {
            match (catalogue, row) {
                (Some(catalogue), Some(row)) => catalogue.alike(*row, SIMILAR, &similar),
                _ => Vec::new(),
            }
        })
    };
    let order: Vec<u32> = similar.iter().chain(&*alike).map(|film| film.row).collect();
    use_motion(&root, &order);
    let Some((catalogue, film)) = found else {
        return if app.state.library.settled {
            html! {
                <>
                    <h1 class="page__title">{ tr!("Not in the catalogue") }</h1>
                    { empty(
                        tr!("No such film here"),
                        tr!("The link may be from another catalogue. Search by title to see whether it goes by another number."),
                        (Route::Search.href(), tr!("Search")),
                    ) }
                </>
            }
        } else {
            html! { <><h1 class="page__title">{ "\u{a0}" }</h1>{ waiting(&app) }</> }
        };
    };
    html! {
        <article data-item={film.key.clone()} data-testid="film">
            <div class="film">
                <div class="film__cover">{ cover(&film) }</div>
                <div>
                    <h1 class="film__title">{ &film.title }</h1>
                    <p class="film__meta">{ film.facts(usize::MAX) }</p>
                    { opinions(catalogue, &app, &film) }
                    { controls(&app, &film) }
                    { elsewhere(catalogue, &film) }
                    { why(catalogue, &app, &film) }
                </div>
            </div>
            <div ref={root}>
                if !similar.is_empty() {
                    <Shelf name="similar" title={tr!("More like this")}
                        reason={tr!("People who like the one tend to like the other.")}>
                        { cards(&app, similar.iter().cloned()) }
                    </Shelf>
                }
                if !alike.is_empty() {
                    <Shelf name="alike" title={tr!("Of the same kind")}
                        reason={tr!("Alike by genre and year, whoever likes them.")}>
                        { cards(&app, alike.iter().cloned()) }
                    </Shelf>
                }
            </div>
        </article>
    }
}

/// What the visitor would give it, and what others do.
fn opinions(catalogue: &Catalogue, app: &Context, film: &Rc<matinee_web::Film>) -> Html {
    let rated = app
        .state
        .ratings
        .rating(&film.key)
        .and_then(|rating| rating.stars);
    let yours = catalogue.predict(film.row).filter(|_| rated.is_none());
    let others = catalogue.others(film.row);
    let ratings = catalogue.films.model.popularity(film.row);
    html! {
        <dl class="opinions">
            if let Some(yours) = yours {
                <div class="opinion" data-testid="predicted">
                    <dt class="opinion__who">{ tr!("You, likely") }</dt>
                    <dd class="opinion__stars">{ tenths(yours.stars) }<span class="opinion__star" aria-label={tr!("stars")}>{ "★" }</span></dd>
                    <dd class="opinion__note">{ tr!("{} to {}, four times in five", tenths(yours.low), tenths(yours.high)) }</dd>
                </div>
            }
            if let Some(others) = others {
                <div class="opinion" data-testid="others">
                    <dt class="opinion__who">{ tr!("Others") }</dt>
                    <dd class="opinion__stars">{ tenths(others.stars) }<span class="opinion__star" aria-label={tr!("stars")}>{ "★" }</span></dd>
                    <dd class="opinion__note">{ ratings_behind(ratings) }</dd>
                    <dd class="opinion__note" data-testid="spread">
                        { tr!("{} to {}, four of five people", tenths(others.low), tenths(others.high)) }
                    </dd>
                </div>
            }
        </dl>
    }
}

fn ratings_behind(ratings: u32) -> String {
    match ratings {
        0 => tr!("nobody asked has rated it"),
        _ => tr!(
            "{} rating" | "{} ratings" % ratings,
            grouped(ratings.into())
        ),
    }
}

/// Its pages on the sites that know more; a search there where its number is not known.
fn elsewhere(catalogue: &Catalogue, film: &matinee_web::Film) -> Html {
    let item = catalogue.films.model.item(film.row);
    let query = String::from(js_sys::encode_uri_component(&film.title));
    let imdb = match item.imdb {
        Some(id) => format!("https://www.imdb.com/title/tt{id:07}/"),
        None => format!("https://www.imdb.com/find/?s=tt&q={query}"),
    };
    let tmdb = match item.tmdb {
        Some(id) => format!("https://www.themoviedb.org/movie/{id}"),
        None => format!("https://www.themoviedb.org/search/movie?query={query}"),
    };
    let link = |href: String, site: &'static str| {
        let name = tr!("{film} on {site}", film = film.title, site = site);
        html! { <a {href} rel="noreferrer" aria-label={name}>{ site }</a> }
    };
    let words = sentence(
        &tr!("More about it on {imdb} and {tmdb}."),
        [("imdb", link(imdb, "IMDb")), ("tmdb", link(tmdb, "TMDB"))],
    );
    html! { <p class="film__links">{ words }</p> }
}

fn controls(app: &Context, film: &Rc<matinee_web::Film>) -> Html {
    let entry = app.state.ratings.entry(&film.key);
    let value = entry.and_then(|entry| entry.rating.stars);
    let rate = {
        let (rate, film) = (app.actions.rate.clone(), film.clone());
        Callback::from(move |stars| rate.emit((film.clone(), stars)))
    };
    let remove = {
        let rate = rate.clone();
        move |_: MouseEvent| rate.emit(None)
    };
    let mark = |mark: Mark, shape: Shape, label: String, test: &'static str| {
        let on = entry.is_some_and(|entry| mark.is_on(&entry.rating));
        let (act, film) = (app.actions.mark.clone(), film.clone());
        let quiet = (mark == Mark::NotForMe).then_some("button--quiet");
        html! {
            <button class={classes!("button", quiet)} type="button" data-testid={test} aria-pressed={on.to_string()}
                onclick={move |_: MouseEvent| act.emit((film.clone(), mark, !on))}>
                { icon(shape) }{ label }
            </button>
        }
    };
    let saved = match entry.map(|entry| entry.kept) {
        Some(Kept::Saved) => tr!("Saved on this device."),
        Some(Kept::Saving(_)) => tr!("Saving…"),
        Some(Kept::ThisVisit) => tr!("Kept for this visit only."),
        None => String::new(),
    };
    html! {
        <>
            <div class="film__rate">
                <StarRating title={film.title.clone()} {value} large=true onrate={rate} />
            </div>
            <p class="film__saved" role="status" data-testid="saved">{ saved }</p>
            <div class="film__act">
                if value.is_some() {
                    <button class="button" type="button" data-testid="remove" onclick={remove}>
                        { icon(Shape::Remove) }{ tr!("Remove rating") }
                    </button>
                } else {
                    { mark(Mark::Watchlist, Shape::Watchlist, tr!("Watchlist"), "watchlist") }
                    { mark(Mark::Seen, Shape::Seen, tr!("Seen"), "seen") }
                }
                { mark(Mark::NotForMe, Shape::Pass, tr!("Not for me"), "not-for-me") }
            </div>
        </>
    }
}

/// Why it would be recommended; nothing once it is rated, when it no longer would be.
fn why(catalogue: &Catalogue, app: &Context, film: &matinee_web::Film) -> Html {
    let entry = app.state.ratings.rating(&film.key);
    if entry.is_some_and(Rating::is_settled) || app.state.ratings.rated() == 0 {
        return Html::default();
    }
    html! {
        <section class="film__why" aria-labelledby="why">
            <h2 class="section__title" id="why">{ tr!("Why it might suit you") }</h2>
            <p class="page__lead" data-testid="reason">{ reason_text(&catalogue.reason(film.row)) }</p>
            <Why lines={catalogue.why(film.row)} />
        </section>
    }
}
