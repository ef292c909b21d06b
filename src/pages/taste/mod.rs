//! What the model makes of the visitor's taste: in words, in figures, and as a map.

mod figures;
mod leanings;
mod leans;
mod map;
mod tally;
mod words;

use matinee_web::components::empty;
use matinee_web::words::grouped;
use tr::tr;
use yew::prelude::*;

use self::leanings::leanings;
use self::map::TasteMap;
use self::tally::Tally;
use super::waiting;
use crate::app::use_app;
use crate::effects::{use_page, use_trends};
use crate::routes::Route;

/// Ratings from which on there is something to say.
const ENOUGH: usize = 5;

/// The page of the visitor's taste.
#[component]
pub(crate) fn Taste() -> Html {
    use_page(&tr!("Your taste"));
    let app = use_app();
    let (trends, _) = use_trends();
    let tally = use_memo(app.catalogue.clone(), |catalogue| {
        catalogue.as_ref().map(Tally::new)
    });
    let leanings = use_memo(app.catalogue.clone(), |catalogue| {
        leanings(catalogue.as_ref()?)
    });
    let title = html! { <h1 class="page__title">{ tr!("Your taste") }</h1> };
    let (Some(catalogue), Some(tally)) = (&app.catalogue, &*tally) else {
        return html! { <>{ title }{ waiting(&app) }</> };
    };
    if !app.state.ratings.opened {
        return html! { <>{ title }{ waiting(&app) }</> };
    }
    let rated = tally.habits.rated;
    if rated < ENOUGH {
        let left = ENOUGH - rated;
        return html! {
            <>
                { title }
                { empty(
                    tr!("Too early to say"),
                    tr!("With five ratings there is a first sketch of your taste here, and it grows surer with each more. One film to go."
                        | "With five ratings there is a first sketch of your taste here, and it grows surer with each more. {n} films to go."
                        % left),
                    (Route::Home.href(), tr!("Rate a few films")),
                ) }
            </>
        };
    }
    let model = &catalogue.films.model;
    let sentences = match &*leanings {
        Some(leanings) => words::sentences(leanings, &tally.habits),
        None => Vec::new(),
    };
    html! {
        <div class="taste">
            { title }
            <p class="page__lead">
                { tr!("Worked out on this device from {} rating." | "Worked out on this device from {} ratings." % rated, grouped(rated as u64)) }
            </p>
            <div class="profile" data-testid="profile">
                { for sentences.iter().map(|words| html! { <p>{ words }</p> }) }
            </div>
            if let Some(leanings) = &*leanings {
                { leans::leans(leanings) }
            }
            <TasteMap catalogue={catalogue.clone()} />
            { figures::figures(tally, model, trends.here()) }
            { figures::apart(catalogue, tally) }
        </div>
    }
}
