//! Stands in for a page while the catalogue is on its way.

use matinee_web::components::{Progress, SkeletonGrid};
use yew::prelude::*;

use crate::app::use_app;

/// Progress above the shapes of what is to come; nothing when nothing more will come.
#[component]
pub(crate) fn Waiting() -> Html {
    let app = use_app();
    let library = &app.state.library;
    if library.settled {
        return Html::default();
    }
    html! {
        <>
            <Progress label="Fetching the catalogue" part={library.part()} />
            <SkeletonGrid />
        </>
    }
}
