//! What is remembered between visits besides ratings: the colours, and whether there will be recommendations at once.
//!
//! index.html reads both before the first paint.

use yew::prelude::*;

const THEME: &str = "matinee-theme";
const RETURNING: &str = "matinee-returning";

/// Which set of colours to use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Theme {
    /// As the system likes it.
    Auto,
    /// Paper.
    Light,
    /// The room when the lights go down.
    Dark,
}

impl Theme {
    fn kept() -> Self {
        match recall(THEME).as_deref() {
            Some("light") => Self::Light,
            Some("dark") => Self::Dark,
            _ => Self::Auto,
        }
    }

    fn name(self) -> Option<&'static str> {
        match self {
            Self::Auto => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }

    fn next(self) -> Self {
        match self {
            Self::Auto => Self::Light,
            Self::Light => Self::Dark,
            Self::Dark => Self::Auto,
        }
    }
}

/// The theme in use, and what goes on to the next one.
#[hook]
pub(crate) fn use_theme() -> (Theme, Callback<()>) {
    let theme = use_state_eq(Theme::kept);
    use_effect_with(*theme, |theme| {
        if let Some(root) = gloo::utils::document().document_element() {
            // Neither can fail: the name is a valid one.
            let _ = match theme.name() {
                Some(name) => root.set_attribute("data-theme", name),
                None => root.remove_attribute("data-theme"),
            };
        }
    });
    let turn = {
        let theme = theme.clone();
        Callback::from(move |()| {
            let next = theme.next();
            remember(THEME, next.name());
            theme.set(next);
        })
    };
    (*theme, turn)
}

/// Whether the last visit ended with recommendations, so that this one may begin with their shapes.
pub(crate) fn is_returning() -> bool {
    recall(RETURNING).is_some()
}

/// Remembers whether there are recommendations.
#[hook]
pub(crate) fn use_returning(known: bool, enough: bool) {
    use_effect_with((known, enough), |(known, enough)| {
        if *known {
            remember(RETURNING, enough.then_some("yes"));
        }
    });
}

/// What the names of all settings begin with.
const OURS: &str = "matinee-";

/// Forgets every setting, whoever made it.
pub(crate) fn forget_settings() {
    let Some(storage) = storage() else { return };
    let names: Vec<String> = (0..storage.length().unwrap_or(0))
        .filter_map(|place| storage.key(place).ok().flatten())
        .filter(|name| name.starts_with(OURS))
        .collect();
    for name in names {
        let _ = storage.remove_item(&name);
    }
}

// gloo's storage panics where the browser blocks it, which must cost no more than the setting.
fn storage() -> Option<web_sys::Storage> {
    gloo::utils::window().local_storage().ok().flatten()
}

pub(super) fn recall(key: &str) -> Option<String> {
    storage()?.get_item(key).ok().flatten()
}

/// Where nothing is kept, the setting holds for this visit.
pub(super) fn remember(key: &str, value: Option<&str>) {
    let Some(storage) = storage() else { return };
    let _ = match value {
        Some(value) => storage.set_item(key, value),
        None => storage.remove_item(key),
    };
}
