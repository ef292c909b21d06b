//! Fetches the trends that the site was published with, when a page that draws them is opened.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::net::http::Request;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::trends::Trends;

/// How a file that a page draws from is doing.
#[derive(Debug, Default)]
pub(crate) enum Fetched<T> {
    /// On its way.
    #[default]
    Waiting,
    /// The site has none.
    Absent,
    /// It did not come, or is not what it should be.
    Failed,
    /// Here.
    Here(Rc<T>),
}

impl<T> Clone for Fetched<T> {
    fn clone(&self) -> Self {
        match self {
            Self::Waiting => Self::Waiting,
            Self::Absent => Self::Absent,
            Self::Failed => Self::Failed,
            Self::Here(there) => Self::Here(there.clone()),
        }
    }
}

impl<T> PartialEq for Fetched<T> {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Here(a), Self::Here(b)) => Rc::ptr_eq(a, b),
            (a, b) => std::mem::discriminant(a) == std::mem::discriminant(b),
        }
    }
}

impl<T> Fetched<T> {
    /// What has come, if it has.
    pub(crate) fn here(&self) -> Option<&T> {
        match self {
            Self::Here(there) => Some(there),
            _ => None,
        }
    }
}

thread_local! {
    /// Once here it is drawn at once, so that a page gone back to can be scrolled to where it was.
    static KEPT: RefCell<Option<Rc<Trends>>> = const { RefCell::new(None) };
}

/// The trends, and a way to ask for them again.
#[hook]
pub(crate) fn use_trends() -> (Fetched<Trends>, Callback<()>) {
    let found = use_state_eq(|| match KEPT.with_borrow(Clone::clone) {
        Some(trends) => Fetched::Here(trends),
        None => Fetched::Waiting,
    });
    let attempt = use_state_eq(|| 0_u32);
    {
        let found = found.setter();
        use_effect_with(*attempt, move |_| {
            if KEPT.with_borrow(Option::is_some) {
                return;
            }
            found.set(Fetched::Waiting);
            spawn_local(async move { found.set(fetch().await) });
        });
    }
    let again = Callback::from(move |()| attempt.set(*attempt + 1));
    ((*found).clone(), again)
}

async fn fetch() -> Fetched<Trends> {
    let meta = gloo::utils::document().query_selector("meta[name=matinee-trends]");
    let url = meta
        .ok()
        .flatten()
        .and_then(|meta| meta.get_attribute("content"));
    let Some(url) = url.filter(|url| !url.is_empty()) else {
        return Fetched::Absent;
    };
    let Some(trends) = read(&url).await.map(Rc::new) else {
        return Fetched::Failed;
    };
    KEPT.set(Some(trends.clone()));
    Fetched::Here(trends)
}

async fn read(url: &str) -> Option<Trends> {
    let answer = Request::get(url).send().await.ok()?;
    if !answer.ok() {
        return None;
    }
    let json = js_sys::JSON::parse(&answer.text().await.ok()?).ok()?;
    serde_wasm_bindgen::from_value(json).ok()
}
