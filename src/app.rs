//! The app: state, effects, and the page that the address asks for.

use std::rc::Rc;

use yew::prelude::*;

use crate::catalogue::{Catalogue, Films};
use crate::effects::{
    Actions, Shared, StateHandle, use_address, use_display_face, use_follow, use_model,
    use_offline, use_persistence, use_ratings,
};
use crate::pages::Home;
use crate::rest::{Rest, use_rest};
use crate::routes::Route;
use crate::shell::Shell;
use crate::state::State;

/// What every page is drawn from.
#[derive(Clone, PartialEq)]
pub(crate) struct Context {
    /// The state.
    pub state: StateHandle,
    /// What the visitor can do.
    pub actions: Actions,
    /// Model and visitor joined, as soon as there is a model.
    pub catalogue: Option<Catalogue>,
}

/// What every page is drawn from.
#[hook]
pub(crate) fn use_app() -> Context {
    use_context().expect("pages are drawn within the app")
}

/// The app.
#[component]
pub(crate) fn App() -> Html {
    let state = use_reducer_eq(State::default);
    let shared = (*use_memo((), |()| Shared::default())).clone();
    use_model(&state, &shared);
    use_offline(&state);
    use_display_face(state.library.model.is_some());
    use_rest(state.library.model.is_some(), state.library.settled);
    let actions = use_ratings(&state, &shared);
    use_persistence(state.ratings.rated());

    let films = use_memo(state.library.model.clone(), |model| {
        model.clone().map(|model| Rc::new(Films::new(model)))
    });
    // Only what was said counts here, not how safely it is kept.
    let said: Vec<_> = state
        .ratings
        .iter()
        .map(|entry| entry.rating.clone())
        .collect();
    let catalogue = {
        let (model, ratings) = (state.library.model.clone(), state.ratings.clone());
        use_memo((model, said), move |_| {
            (*films)
                .clone()
                .map(|films| Catalogue::new(films, &ratings))
        })
    };
    let context = Context {
        state,
        actions,
        catalogue: (*catalogue).clone(),
    };
    html! {
        <ContextProvider<Context> {context}>
            <Pages />
        </ContextProvider<Context>>
    }
}

#[component]
fn Pages() -> Html {
    let (address, ask) = use_address();
    let route = address.route.clone();
    use_follow(route.clone());
    let page = match &route {
        Route::Home => html! { <Home {address} {ask} /> },
        _ => html! { <Rest {address} {ask} /> },
    };
    html! { <Shell {route}>{ page }</Shell> }
}
