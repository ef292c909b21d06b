//! Light, dark, or as the system likes it.

use gloo::storage::{LocalStorage, Storage};
use serde::{Deserialize, Serialize};
use yew::prelude::*;

const KEY: &str = "matinee-theme";

/// Which set of colours to use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Theme {
    /// As the system likes it.
    #[default]
    Auto,
    /// Paper.
    Light,
    /// The room when the lights go down.
    Dark,
}

impl Theme {
    /// The one after this.
    fn next(self) -> Self {
        match self {
            Self::Auto => Self::Light,
            Self::Light => Self::Dark,
            Self::Dark => Self::Auto,
        }
    }

    fn attribute(self) -> Option<&'static str> {
        match self {
            Self::Auto => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }
}

/// The theme in use, and what goes on to the next one.
#[hook]
pub(crate) fn use_theme() -> (Theme, Callback<()>) {
    let theme = use_state_eq(|| LocalStorage::get(KEY).unwrap_or_default());
    use_effect_with(*theme, |theme: &Theme| {
        if let Some(root) = gloo::utils::document().document_element() {
            // Neither can fail: the name is a valid one.
            let _ = match theme.attribute() {
                Some(name) => root.set_attribute("data-theme", name),
                None => root.remove_attribute("data-theme"),
            };
        }
    });
    let turn = {
        let theme = theme.clone();
        Callback::from(move |()| {
            let next = theme.next();
            // Where nothing is kept, the choice holds for this visit.
            let _ = LocalStorage::set(KEY, next);
            theme.set(next);
        })
    };
    (*theme, turn)
}
