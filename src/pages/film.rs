//! One film.

use matinee_web::components::{
    Shape, Shelf, StarRating, Why, cover, empty, icon, reason_text, use_motion,
};
use yew::prelude::*;

use super::{cards, waiting};
use crate::app::{Context, use_app};
use crate::catalogue::Catalogue;
use crate::effects::use_page;
use crate::routes::Route;
use crate::state::Kept;

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
    let order: Vec<u32> = similar.iter().map(|film| film.row).collect();
    use_motion(&root, &order);
    let Some((catalogue, film)) = found else {
        return if app.state.library.settled {
            html! {
                <>
                    <h1 class="page__title">{ "Not in the catalogue" }</h1>
                    { empty("No such film here", "The link may be from another catalogue. Search by title to see whether it goes by another number.", (Route::Search.href(), "Search")) }
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
                    { controls(&app, &film) }
                    { why(catalogue, &app, &film) }
                </div>
            </div>
            <div ref={root}>
                if !similar.is_empty() {
                    <Shelf name="similar" title="More like this"
                        reason="People who like the one tend to like the other.">
                        { cards(&app, similar.iter().cloned()) }
                    </Shelf>
                }
            </div>
        </article>
    }
}

fn controls(app: &Context, film: &std::rc::Rc<matinee_web::Film>) -> Html {
    let entry = app.state.ratings.entry(&film.key);
    let value = entry.and_then(|entry| entry.rating.stars);
    let hidden = entry.is_some_and(|entry| entry.rating.not_for_me);
    let rate = {
        let (rate, film) = (app.actions.rate.clone(), film.clone());
        Callback::from(move |stars| rate.emit((film.clone(), stars)))
    };
    let remove = {
        let rate = rate.clone();
        move |_: MouseEvent| rate.emit(None)
    };
    let toggle = {
        let act = if hidden {
            app.actions.show.clone()
        } else {
            app.actions.hide.clone()
        };
        let film = film.clone();
        move |_: MouseEvent| act.emit(film.clone())
    };
    let saved = match entry.map(|entry| entry.kept) {
        Some(Kept::Saved) => "Saved on this device.",
        Some(Kept::Saving(_)) => "Saving…",
        Some(Kept::ThisVisit) => "Kept for this visit only.",
        None => "",
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
                        { icon(Shape::Remove) }{ "Remove rating" }
                    </button>
                }
                <button class="button" type="button" data-testid="not-for-me" aria-pressed={hidden.to_string()} onclick={toggle}>
                    { icon(Shape::Pass) }{ "Not for me" }
                </button>
            </div>
        </>
    }
}

/// Why it would be recommended; nothing once it is rated, when it no longer would be.
fn why(catalogue: &Catalogue, app: &Context, film: &matinee_web::Film) -> Html {
    let said = app.state.ratings.rating(&film.key).is_some();
    if said || app.state.ratings.rated() == 0 {
        return Html::default();
    }
    html! {
        <section class="film__why" aria-labelledby="why">
            <h2 class="section__title" id="why">{ "Why it might suit you" }</h2>
            <p class="page__lead" data-testid="reason">{ reason_text(&catalogue.reason(film.row)) }</p>
            <Why lines={catalogue.why(film.row)} />
        </section>
    }
}
