//! An address that leads nowhere.

use matinee_web::components::Empty;
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
            <Empty title="This address leads nowhere" go={(Route::Home.href(), AttrValue::from("Home"))}>
                { "Your ratings are where they were." }
            </Empty>
        </>
    }
}
