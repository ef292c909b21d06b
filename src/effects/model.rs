//! Loads the model, keeps it, and falls back to the one kept before.

use matinee_web::loader::{self, LoadError, Progress, Source};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::{Dispatch, Shared, StateHandle};
use crate::state::{Action, ModelRef};

/// Loads the model once, and again whenever the visitor asks for it.
#[hook]
pub(crate) fn use_model(state: &StateHandle, shared: &Shared) {
    let (dispatch, shared) = (state.dispatcher(), shared.clone());
    use_effect_with(state.library.attempt, move |attempt| {
        spawn_local(load(dispatch, shared, *attempt > 0));
    });
}

/// Has scores worked out with the vector instructions of this browser. The first view scores nothing, so this comes with the
/// code that does. The attribute is for whoever asks why one device is slower than another.
pub(crate) fn score_quickly() {
    let page = gloo::utils::document_element();
    if !page.has_attribute("data-kernel") {
        let _ = page.set_attribute("data-kernel", matinee_web::kernel::install());
    }
}

async fn load(dispatch: Dispatch, shared: Shared, again: bool) {
    if !again {
        // The page asks for the model itself, unless the program was quicker.
        let _ = gloo::utils::document_element().set_attribute("data-begun", "");
    }
    match try_load(&dispatch, again).await {
        Ok(loaded) => {
            dispatch.dispatch(Action::Loaded(ModelRef(loaded.model)));
            if let Ok(store) = shared.store().await {
                // Without a copy the next visit depends on the network, as this one did; nothing to tell.
                let _ = store.keep_model(&loaded.file).await;
            }
        }
        Err(error) => {
            let kept = match shared.store().await {
                Ok(store) => store.good_model().await.ok().flatten(),
                Err(_) => None,
            };
            let model = match &kept {
                Some(kept) => loader::open_kept(kept).await.ok(),
                None => None,
            };
            dispatch.dispatch(Action::LoadFailed(error, model.map(ModelRef)));
        }
    }
}

async fn try_load(dispatch: &Dispatch, again: bool) -> Result<loader::Loaded, LoadError> {
    let source = Source::of_page()?;
    loader::load(&source, again, |progress| match progress {
        Progress::Received(bytes) => dispatch.dispatch(Action::Received(bytes, source.bytes)),
        Progress::Grown(model) => dispatch.dispatch(Action::Grown(ModelRef(model))),
    })
    .await
}
