//! Asks the browser to keep what is stored, and knows when the visitor had better take it along.

use js_sys::{Date, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::StorageManager;
use yew::prelude::*;

use super::settings::{recall, remember};

/// Whether the browser was asked already: some ask the visitor, who is not to be asked at every visit.
const ASKED: &str = "matinee-persist-asked";
/// When the visitor last took everything along, in milliseconds since 1970.
const EXPORTED: &str = "matinee-exported";
/// When they last put the reminder away.
const REMINDED: &str = "matinee-reminded";
/// Ratings from which there is something to lose, and the browser is asked.
const ASK_FROM: usize = 5;
/// Ratings from which the visitor is reminded.
const REMIND_FROM: usize = 20;
/// How long an export, or a reminder put away, is good for.
const MONTH_MS: u64 = 30 * 86_400_000;

/// How safely the browser keeps what is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Safety {
    /// Not known yet, or the browser does not say.
    Unknown,
    /// Until the visitor removes it.
    Kept,
    /// It may be cleared.
    MayGo,
    /// It may be cleared, and the browser has just been asked.
    Refused,
}

/// Asks the browser to keep what is stored once there is something to lose: with the fifth rating, or an import.
#[hook]
pub(crate) fn use_persistence(rated: usize) {
    use_effect_with(rated >= ASK_FROM, |due| {
        if *due && recall(ASKED).is_none() {
            spawn_local(async {
                if !persisted().await.unwrap_or(true) {
                    remember(ASKED, Some("yes"));
                    persist().await;
                }
            });
        }
    });
}

/// How safely the browser keeps what is stored, and a way to ask it to.
#[hook]
pub(crate) fn use_safety() -> (Safety, Callback<()>) {
    let safety = use_state_eq(|| Safety::Unknown);
    {
        let safety = safety.setter();
        use_effect_with((), move |()| {
            spawn_local(async move {
                safety.set(match persisted().await {
                    Some(true) => Safety::Kept,
                    Some(false) => Safety::MayGo,
                    None => Safety::Unknown,
                });
            });
        });
    }
    let ask = {
        let safety = safety.setter();
        Callback::from(move |()| {
            let safety = safety.clone();
            remember(ASKED, Some("yes"));
            spawn_local(async move {
                let kept = persist().await;
                safety.set(if kept { Safety::Kept } else { Safety::Refused });
            });
        })
    };
    (*safety, ask)
}

/// Whether to remind the visitor to take everything along, now that they have rated so many films.
pub(crate) fn reminder_due(rated: usize) -> bool {
    let long_ago = |name: &str| {
        let then: Option<u64> = recall(name).and_then(|then| then.parse().ok());
        then.is_none_or(|then| now().saturating_sub(then) > MONTH_MS)
    };
    rated >= REMIND_FROM && long_ago(EXPORTED) && long_ago(REMINDED)
}

/// Remembers that everything was taken along today.
pub(crate) fn remember_export() {
    remember(EXPORTED, Some(&now().to_string()));
}

/// Remembers that the reminder was put away.
pub(crate) fn remind_later() {
    remember(REMINDED, Some(&now().to_string()));
}

/// Milliseconds since 1970, whole: to read fractions takes 15 KB of the program.
fn now() -> u64 {
    Date::now() as u64
}

/// Whether what is stored is kept; `None` where the browser does not say.
async fn persisted() -> Option<bool> {
    let asked = manager()?.persisted().ok()?;
    JsFuture::from(asked).await.ok()?.as_bool()
}

async fn persist() -> bool {
    let Some(asked) = manager().and_then(|manager| manager.persist().ok()) else {
        return false;
    };
    JsFuture::from(asked)
        .await
        .is_ok_and(|kept| kept.is_truthy())
}

/// Absent where the connection is not secure, and in old browsers, whatever the types say.
fn manager() -> Option<StorageManager> {
    let navigator = gloo::utils::window().navigator();
    let storage = Reflect::get(&navigator, &JsValue::from_str("storage")).ok()?;
    let has = |name: &str| Reflect::has(&storage, &JsValue::from_str(name)).unwrap_or(false);
    (storage.is_object() && has("persist") && has("persisted")).then(|| navigator.storage())
}
