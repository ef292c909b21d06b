//! An address that leads nowhere.

use matinee_web::components::empty;
use yew::prelude::*;

use crate::effects::use_page;
use crate::routes::Route;

/// Says so, and where to go instead.
#[component]
pub(crate) fn NotFound() -> Html {
    use_page("Not found");
    html! {
        <>
            <h1 class="page__title">{ "No such page" }</h1>
            { empty("This address leads nowhere", "Your ratings are where they were.", (Route::Home.href(), "Home")) }
        </>
    }
}
