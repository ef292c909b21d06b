//! Where the visitor's page leads.

use tr::tr;
use yew::prelude::*;

use crate::routes::Route;

/// Cards that lead to what there is to see and do with ratings.
pub(super) fn ways() -> Html {
    let way = |route: Route, title: String, words: String, art: &'static str| {
        html! {
            <li class="way">
                <a class="way__link" href={route.href()}>
                    { drawing(art) }
                    <span class="way__title">{ title }</span>
                    <span class="way__words">{ words }</span>
                </a>
            </li>
        }
    };
    html! {
        <ul class="ways">
            { way(Route::Taste, tr!("Your taste"), tr!("What you lean to, in words and figures, and a map of all films."),
                "M6 30c6-14 12-18 18-12s12-2 18-12M12 34a2 2 0 1 0 .1 0M24 26a2 2 0 1 0 .1 0M34 32a2 2 0 1 0 .1 0M38 20a2 2 0 1 0 .1 0M15 10a2 2 0 1 0 .1 0") }
            { way(Route::Trends, tr!("Trends"), tr!("What everybody watched over the years, and what rises and falls."),
                "M5 5v31h38M10 28l8-7 7 4 8-12 8 5") }
            { way(Route::Data, tr!("Your data"), tr!("Bring ratings in, take them along, or wipe them."),
                "M6 24v12h36V24M24 4v22M15 18l9 9 9-9") }
            { way(Route::Together, tr!("Together"), tr!("A film for tonight that leaves nobody unhappy."),
                "M14 12a5 5 0 1 0 .1 0M34 12a5 5 0 1 0 .1 0M5 34c1-8 17-8 18 0M25 34c1-8 17-8 18 0") }
        </ul>
    }
}

/// A small drawing, as lines in the colour of the accent.
fn drawing(path: &'static str) -> Html {
    html! {
        <svg class="way__art" viewBox="0 0 48 40" aria-hidden="true" focusable="false"><path d={path} /></svg>
    }
}
