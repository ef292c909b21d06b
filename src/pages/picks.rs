//! The hundred best, in order, each with its reason.

use matinee_web::components::{Aside, FilmRow, Shape, empty, use_motion};
use matinee_web::words::grouped;
use tr::tr;
use yew::prelude::*;

use super::filters::FilterForm;
use super::{Asked, waiting};
use crate::app::use_app;
use crate::catalogue::Catalogue;
use crate::effects::use_page;
use crate::routes::{Address, Route};
use crate::state::Filters;

const MOST: usize = 100;

/// The hundred best. What they are narrowed to is in the address.
#[component]
pub(crate) fn Picks(Asked { address, ask }: &Asked) -> Html {
    use_page(&tr!("Top picks"));
    let app = use_app();
    let root = use_node_ref();
    let filters = Filters::of(&address.parameters);
    let picks = use_memo(
        (app.catalogue.clone(), filters.clone()),
        |(catalogue, filters)| {
            let picks = |catalogue: &Catalogue| {
                catalogue
                    .picks(MOST, filters)
                    .into_iter()
                    .map(|film| (catalogue.reason(film.row), film))
                    .collect::<Vec<_>>()
            };
            catalogue.as_ref().map(picks)
        },
    );
    let order: Vec<u32> = picks.iter().flatten().map(|(_, film)| film.row).collect();
    use_motion(&root, &order);
    let rated = app.state.ratings.rated();
    let aside = Aside {
        label: tr!("Not for me").into(),
        shape: Shape::Pass,
        act: app.actions.hide.clone(),
    };
    let row = |(place, (reason, film)): (
        usize,
        &(matinee_web::Reason, std::rc::Rc<matinee_web::Film>),
    )| {
        html! {
            <FilmRow key={film.key.as_str()} place={place + 1} href={Route::film(&film.id)} film={film.clone()}
                reason={reason.clone()} leaves=true onrate={app.actions.rate.clone()}
                aside={aside.clone()} />
        }
    };
    let onchange = ask.reform(|filters: Filters| Address {
        route: Route::Picks,
        parameters: filters.parameters(),
    });
    html! {
        <>
            <h1 class="page__title">{ tr!("Top picks") }</h1>
            if !app.state.ratings.opened {
                { waiting(&app) }
            } else if rated == 0 {
                { empty(
                    tr!("Nothing to go by yet"),
                    tr!("Rate a few films you know, and the hundred that suit you best are listed here, each with its reason."),
                    (Route::Home.href(), tr!("Rate a few films")),
                ) }
            } else if let (Some(catalogue), Some(picks)) = (&app.catalogue, &*picks) {
                <p class="page__lead">{ tr!("In order, from the {} film you’ve rated." | "In order, from the {} films you’ve rated." % rated, grouped(rated as u64)) }</p>
                <FilterForm model={catalogue.films.model.clone()} {filters} {onchange} />
                if picks.is_empty() {
                    <p class="page__lead" role="status" data-testid="none">{ tr!("No film you haven’t seen is left. Take something off.") }</p>
                }
                <ol class="films" ref={root} data-testid="picks">{ for picks.iter().enumerate().map(row) }</ol>
            } else {
                { waiting(&app) }
            }
        </>
    }
}
