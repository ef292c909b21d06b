//! Search by title and year.

use matinee_web::components::{FilmRow, SearchBox};
use tr::tr;
use yew::prelude::*;

use super::{Asked, count, waiting};
use crate::app::use_app;
use crate::effects::use_page;
use crate::routes::{Address, Route};

const MOST: usize = 30;
/// What is searched for, in the address.
const QUERY: &str = "q";

/// The search page. The query is in the address, so that going back finds it again.
#[component]
pub(crate) fn Search(Asked { address, ask }: &Asked) -> Html {
    use_page(&tr!("Search"));
    let app = use_app();
    let query = address.parameter(QUERY).to_owned();
    let asked = query.trim().to_owned();
    let oninput = ask.reform(|query| Address {
        route: Route::Search,
        parameters: vec![(QUERY.to_owned(), query)],
    });
    let found = use_memo(
        (
            app.catalogue
                .as_ref()
                .map(|catalogue| catalogue.films.model.clone()),
            asked.clone(),
        ),
        {
            let catalogue = app.catalogue.clone();
            move |(_, asked)| match &catalogue {
                Some(catalogue) if !asked.is_empty() => catalogue.films.search(asked, MOST),
                _ => Vec::new(),
            }
        },
    );
    let words = match (asked.is_empty(), found.len()) {
        (true, _) => tr!("Misspellings are fine: “matrx 99” finds The Matrix."),
        (false, 0) => tr!(
            "No film here is called anything like “{asked}”. Try fewer letters, or another title it goes by.",
            asked
        ),
        (false, MOST) => tr!("The {} likeliest.", MOST),
        (false, found) => count(found),
    };
    let row = |film: &std::rc::Rc<matinee_web::Film>| {
        let rating = app.state.ratings.rating(&film.key);
        html! {
            <FilmRow key={film.key.as_str()} href={Route::film(&film.id)} film={film.clone()}
                value={rating.and_then(|rating| rating.stars)} onrate={app.actions.rate.clone()} />
        }
    };
    html! {
        <>
            <h1 class="page__title">{ tr!("Search") }</h1>
            <SearchBox {query} results="results" {oninput} />
            if app.catalogue.is_some() {
                <p class="search__count" role="status">{ words }</p>
                <ul class="films" id="results" data-testid="results">{ for found.iter().map(row) }</ul>
            } else {
                { waiting(&app) }
            }
        </>
    }
}
