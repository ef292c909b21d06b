//! Files that the visitor gives and takes, the clipboard, and the address of a page for others.

use gloo::file::{Blob, ObjectUrl};
use js_sys::{Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{FileList, HtmlElement};
use yew::AttrValue;

/// A file that the visitor picked or dropped.
pub(crate) struct Picked(gloo::file::File);

impl Picked {
    /// All files of a list.
    pub(crate) fn all(list: FileList) -> Vec<Self> {
        let files = gloo::file::FileList::from(list);
        files.iter().map(|file| Self(file.clone())).collect()
    }

    /// Its name, without folders.
    pub(crate) fn name(&self) -> String {
        self.0.name()
    }

    /// How many bytes it has.
    pub(crate) fn size(&self) -> u64 {
        self.0.size()
    }

    /// When it was written, in milliseconds since 1970.
    pub(crate) fn written_at(&self) -> f64 {
        let file: &web_sys::File = self.0.as_ref();
        file.last_modified()
    }

    /// What is in it; the error is the browser's own.
    pub(crate) async fn bytes(&self) -> Result<Vec<u8>, String> {
        let file: &web_sys::File = self.0.as_ref();
        match JsFuture::from(file.array_buffer()).await {
            Ok(buffer) => Ok(Uint8Array::new(&buffer).to_vec()),
            Err(error) => Err(js_sys::Error::from(error).to_string().into()),
        }
    }
}

/// Lets the page draw and answer before more is done.
pub(crate) async fn pause() {
    let turn = Promise::new(&mut |resolve, _| {
        // Should it fail, the page gets no turn until the end.
        if gloo::utils::window()
            .set_timeout_with_callback(&resolve)
            .is_err()
        {
            let _ = resolve.call0(&JsValue::NULL);
        }
    });
    let _ = JsFuture::from(turn).await;
}

/// Today's date for the name of a file: "2026-11-28", where the visitor is.
pub(crate) fn today() -> String {
    let now = js_sys::Date::new_0();
    let (year, month, day) = (now.get_full_year(), now.get_month() + 1, now.get_date());
    format!("{year}-{month:02}-{day:02}")
}

/// Gives the visitor a file.
pub(crate) fn download(name: &str, kind: &str, text: &str) {
    let url = ObjectUrl::from(Blob::new_with_options(text, Some(kind)));
    let document = gloo::utils::document();
    let link = document.create_element("a").ok();
    let Some(link) = link.and_then(|link| link.dyn_into::<HtmlElement>().ok()) else {
        return;
    };
    // Neither name can be refused.
    let _ = link.set_attribute("href", &url);
    let _ = link.set_attribute("download", name);
    link.click();
    // The browser reads it after this: the address is given up a minute later.
    gloo::timers::callback::Timeout::new(60_000, move || drop(url)).forget();
}

/// Puts `text` on the clipboard; false where the browser refuses.
pub(crate) async fn copy(text: &str) -> bool {
    let navigator = gloo::utils::window().navigator();
    // Absent where the connection is not secure, whatever the types say.
    let has = Reflect::get(&navigator, &JsValue::from_str("clipboard"));
    if !has.is_ok_and(|clipboard| clipboard.is_object()) {
        return false;
    }
    JsFuture::from(navigator.clipboard().write_text(text))
        .await
        .is_ok()
}

/// The whole address of a place in the app, such as `#/you`, for another device.
pub(crate) fn link_to(place: &str) -> AttrValue {
    let whole = gloo::utils::window().location().href().unwrap_or_default();
    let page = whole.split_once('#').map_or(&*whole, |(page, _)| page);
    [page, place].concat().into()
}
