//! The home page narrowed down: the form, and the rows that are left.

use matinee_web::components::{Shelf, empty, use_motion};
use matinee_web::words::grouped;
use tr::tr;
use yew::prelude::*;

use super::super::filters::FilterForm;
use super::super::{Asked, cards, likely_cards};
use super::shelves::led_shelf;
use crate::app::use_app;
use crate::effects::use_stages;
use crate::routes::{Address, Route};
use crate::state::Filters;

/// What the rows can be narrowed by. It stands in the address.
#[component]
pub(crate) fn Narrow(Asked { address, ask }: &Asked) -> Html {
    let app = use_app();
    let Some(catalogue) = &app.catalogue else {
        return Html::default();
    };
    let filters = Filters::of(&address.parameters);
    let onchange = ask.reform(|filters: Filters| Address {
        route: Route::Home,
        parameters: filters.parameters(),
    });
    html! { <FilterForm model={catalogue.films.model.clone()} {filters} seen=true {onchange} /> }
}

/// The rows that are left, the first one first.
#[component]
pub(crate) fn Narrowed(Asked { address, .. }: &Asked) -> Html {
    let app = use_app();
    let root = use_node_ref();
    let filters = Filters::of(&address.parameters);
    let stage = use_stages(3);
    let rows = use_memo(
        (app.catalogue.clone(), filters.clone()),
        |(catalogue, filters)| {
            let catalogue = catalogue.as_ref()?;
            Some((catalogue.narrowed(filters), catalogue.clone()))
        },
    );
    use_motion(&root, &(app.catalogue.clone(), filters));
    let Some(((programme, seen), catalogue)) = &*rows else {
        return Html::default();
    };
    let films = programme.films().count();
    if films + seen.len() == 0 {
        return html! {
            <div role="status" data-testid="none">
                { empty(
                    tr!("Nothing fits all of that"),
                    tr!("No film that you haven’t seen is left. Take a filter off, or all of them."),
                    (Route::Home.href(), tr!("Clear the filters")),
                ) }
            </div>
        };
    }
    let likely = |row: &[u32]| likely_cards(&app, catalogue, row);
    let led = programme
        .led
        .iter()
        .map(|leader| led_shelf(catalogue, leader, likely(&leader.row)));
    html! {
        <div ref={root} data-testid="narrowed">
            <p class="visually-hidden" role="status">
                { tr!("One film fits the filters." | "{} films that fit the filters." % films, grouped(films as u64)) }
            </p>
            if !programme.top.is_empty() {
                <Shelf key="top" name="top" title={tr!("Top picks")} reason={tr!("The best for you of what the filters leave.")}
                    more={(Address { route: Route::Picks, parameters: address.parameters.clone() }.href().into(), AttrValue::from(tr!("All hundred, with reasons")))}>
                    { likely(&programme.top) }
                </Shelf>
            }
            if !seen.is_empty() {
                <Shelf key="seen" name="seen" title={tr!("Worth another evening")} reason={tr!("You’ve seen these, and gave them four stars or more.")}>
                    { cards(&app, catalogue.films.at_all(seen)) }
                </Shelf>
            }
            if stage >= 2 { { for led } }
            if stage >= 3 && !programme.gems.is_empty() {
                <Shelf key="gems" name="gems" title={tr!("Hidden gems")}
                    reason={tr!("Few people have rated these. By your ratings, you might be glad to be one of them.")}>
                    { likely(&programme.gems) }
                </Shelf>
            }
        </div>
    }
}
