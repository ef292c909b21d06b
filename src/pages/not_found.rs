//! An address that leads nowhere.

use matinee_web::components::empty;
use tr::tr;
use yew::prelude::*;

use crate::effects::use_page;
use crate::routes::Route;

/// Says so, and where to go instead.
#[component]
pub(crate) fn NotFound() -> Html {
    use_page(&tr!("Not found"));
    html! {
        <>
            <h1 class="page__title">{ tr!("No such page") }</h1>
            { empty(tr!("This address leads nowhere"), tr!("Your ratings are where they were."), (Route::Home.href(), tr!("Home"))) }
        </>
    }
}
