//! The books of this visit: what this site keeps on the device, and what it asked the network for.

use gloo::timers::callback::Interval;
use js_sys::{Array, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Cache, PerformanceResourceTiming, Storage};
use yew::prelude::*;

/// How often they are read anew, in milliseconds.
const AGAIN: u32 = 2000;

/// What is known now.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Ledger {
    /// What is kept, once it has been read.
    pub stored: Option<Stored>,
    /// What was asked for, in order.
    pub requests: Vec<Request>,
}

/// What is kept on the device, besides ratings. A browser that does not tell is not guessed at.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Stored {
    /// Bytes that everything of this site takes, as the browser estimates them.
    pub bytes: Option<f64>,
    /// Whether the browser has promised to keep them when it runs short.
    pub promised: Option<bool>,
    /// Files that are kept to work without a network.
    pub files: Option<u32>,
    /// Settings, by name.
    pub settings: Vec<(String, String)>,
    /// Cookies, by name.
    pub cookies: Vec<String>,
}

/// Where an answer came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Came {
    /// Over the network.
    Sent,
    /// From what is kept on the device.
    Kept,
    /// From another site.
    Elsewhere,
}

/// One request.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Request {
    /// The file, as the site names it; another site's whole address.
    pub address: String,
    /// Bytes of the answer, as it was sent.
    pub bytes: f64,
    /// Where it came from.
    pub came: Came,
}

/// The books, read anew every so often while the page is open.
#[hook]
pub(crate) fn use_ledger() -> Ledger {
    let ledger = use_state_eq(Ledger::default);
    {
        let ledger = ledger.setter();
        use_effect_with((), move |()| {
            let read = move || {
                let ledger = ledger.clone();
                spawn_local(async move {
                    ledger.set(Ledger {
                        stored: Some(stored().await),
                        requests: requests(),
                    });
                });
            };
            read();
            let again = Interval::new(AGAIN, read);
            move || drop(again)
        });
    }
    (*ledger).clone()
}

async fn stored() -> Stored {
    let window = gloo::utils::window();
    let mut stored = Stored::default();
    // Absent where the connection is not secure, whatever the types say.
    if has(&window.navigator(), "storage") {
        let storage = window.navigator().storage();
        if let Some(estimate) = settled(storage.estimate()).await {
            stored.bytes = number(&estimate, "usage");
        }
        stored.promised = settled(storage.persisted())
            .await
            .and_then(|promised| promised.as_bool());
    }
    stored.files = files().await;
    let kept = [window.local_storage(), window.session_storage()];
    for storage in kept.into_iter().filter_map(|kept| kept.ok().flatten()) {
        stored.settings.extend(settings(&storage));
    }
    let document: &JsValue = &gloo::utils::document();
    let cookies = Reflect::get(document, &"cookie".into()).ok();
    let cookies = cookies.and_then(|cookies| cookies.as_string());
    stored.cookies = cookies
        .unwrap_or_default()
        .split(';')
        .filter_map(|cookie| cookie.trim().split('=').next().map(str::to_owned))
        .filter(|name| !name.is_empty())
        .collect();
    stored
}

/// Files in the caches of this site.
async fn files() -> Option<u32> {
    let window = gloo::utils::window();
    if !has(&window, "caches") {
        return None;
    }
    let caches = window.caches().ok()?;
    let mut files = 0;
    for name in settled(Ok(caches.keys())).await?.unchecked_into::<Array>() {
        let name = name.as_string().unwrap_or_default();
        let cache: Cache = settled(Ok(caches.open(&name))).await?.unchecked_into();
        files += settled(Ok(cache.keys()))
            .await?
            .unchecked_into::<Array>()
            .length();
    }
    Some(files)
}

fn settings(storage: &Storage) -> Vec<(String, String)> {
    let length = storage.length().unwrap_or(0);
    (0..length)
        .filter_map(|at| {
            let key = storage.key(at).ok().flatten()?;
            let value = storage.get_item(&key).ok().flatten()?;
            Some((key, value))
        })
        .collect()
}

fn requests() -> Vec<Request> {
    let window = gloo::utils::window();
    let Some(performance) = window.performance() else {
        return Vec::new();
    };
    let site = window.location().href().unwrap_or_default();
    let site = site.split(['#', '?']).next().unwrap_or_default();
    let site = &site[..site.rfind('/').map_or(0, |slash| slash + 1)];
    let page = performance.get_entries_by_type("navigation");
    let rest = performance.get_entries_by_type("resource");
    page.iter()
        .chain(rest.iter())
        .map(|entry| {
            let entry: PerformanceResourceTiming = entry.unchecked_into();
            let name = entry.name();
            let own = name.strip_prefix(site);
            let sent: f64 = number(&entry, "transferSize").unwrap_or(0.0);
            let came = match own {
                None => Came::Elsewhere,
                Some(_) if sent > 0.0 => Came::Sent,
                Some(_) => Came::Kept,
            };
            let own = own.map(|own| own.split(['#', '?']).next().unwrap_or_default());
            Request {
                address: own.map_or(name.clone(), str::to_owned),
                bytes: number(&entry, "encodedBodySize").unwrap_or(0.0),
                came,
            }
        })
        .collect()
}

/// What a promise comes to; nothing where it fails, or was not to be had.
async fn settled(promise: Result<Promise, JsValue>) -> Option<JsValue> {
    JsFuture::from(promise.ok()?).await.ok()
}

fn has(object: &JsValue, name: &str) -> bool {
    Reflect::get(object, &name.into()).is_ok_and(|value| value.is_truthy())
}

fn number(object: &JsValue, name: &str) -> Option<f64> {
    Reflect::get(object, &name.into()).ok()?.as_f64()
}
