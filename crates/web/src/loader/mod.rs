//! Brings the model to the page, piece by piece, and vouches for it.

mod received;
mod shown;

use std::fmt;
use std::pin::pin;
use std::rc::Rc;
use std::time::Duration;

use futures::future::{Either, select};
use js_sys::{Promise, Reflect, Uint8Array};
use matinee_format::{Decoder, FormatError, Model};
use tr::tr;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlMetaElement, ReadableStreamDefaultReader, RequestCache, RequestInit, Response};
use yew::platform::time::sleep;

use self::received::{Received, check_hash, pieces};
use self::shown::Shown;
use crate::store::GoodModel;

/// Milliseconds after which a page that has something to do gets its turn.
const TURN: f64 = 16.0;
/// Milliseconds between two words on how far the download has come.
const TOLD: f64 = 100.0;

/// The model this page was published with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Where it is, relative to the page.
    pub url: String,
    /// SHA-256 of the file, in hexadecimal.
    pub sha256: String,
    /// Length of the file, for the progress shown.
    pub bytes: Option<u64>,
}

/// Why there is no model, or not this one. Displayed, it is a clause for the visitor; [`LoadError::detail`] has the rest.
#[derive(Clone, Debug, PartialEq)]
pub enum LoadError {
    /// The page names no model.
    NoSource,
    /// No answer, or the connection broke.
    Unreachable(String),
    /// The server answered with something else.
    Status(u16),
    /// The bytes are not a model that this app reads.
    Damaged(FormatError),
    /// The bytes are a model, but not the one the page was published with.
    Hash {
        /// What the page says.
        expected: String,
        /// What the bytes give.
        found: String,
    },
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&match self {
            Self::NoSource => tr!("this page does not say where the catalogue is"),
            Self::Unreachable(_) => tr!("the catalogue couldn’t be reached"),
            Self::Status(_) => tr!("the server has no catalogue where this page looks for it"),
            Self::Damaged(_) => tr!("the catalogue arrived damaged"),
            Self::Hash { .. } => {
                tr!("the catalogue that arrived is not the one this page was published with")
            }
        })
    }
}

impl std::error::Error for LoadError {}

impl From<FormatError> for LoadError {
    fn from(error: FormatError) -> Self {
        Self::Damaged(error)
    }
}

impl LoadError {
    /// What exactly went wrong, for whoever is to mend it.
    #[must_use]
    pub fn detail(&self) -> String {
        match self {
            Self::NoSource => tr!("There is no {}.", "<meta name=\"matinee-model\">"),
            Self::Unreachable(reason) => reason.clone(),
            Self::Status(status) => tr!("The answer had status {}.", status),
            Self::Damaged(error) => error.to_string(),
            Self::Hash { expected, found } => tr!(
                "Its SHA-256 is {found}, not {expected}.",
                found = found,
                expected = expected
            ),
        }
    }
}

/// How far a download has come.
#[derive(Clone, Debug)]
pub enum Progress {
    /// Bytes received so far.
    Received(u64),
    /// The model has grown: it can be used as it is.
    Grown(Rc<Model>),
}

/// A model that arrived whole and is what the page was published with.
pub struct Loaded {
    /// The model.
    pub model: Rc<Model>,
    /// The file it was read from, to be kept.
    pub file: GoodModel,
}

impl Source {
    /// Reads `<meta name="matinee-model" content="URL" data-sha256="HEX" data-bytes="N">`.
    ///
    /// # Errors
    /// [`LoadError::NoSource`] when the page has no such element.
    pub fn of_page() -> Result<Self, LoadError> {
        let meta: HtmlMetaElement = gloo::utils::document()
            .query_selector("meta[name=matinee-model]")
            .ok()
            .flatten()
            .and_then(|element| element.dyn_into().ok())
            .ok_or(LoadError::NoSource)?;
        Ok(Self {
            url: meta.content(),
            sha256: meta
                .get_attribute("data-sha256")
                .ok_or(LoadError::NoSource)?,
            bytes: meta
                .get_attribute("data-bytes")
                .and_then(|bytes| bytes.parse().ok()),
        })
    }
}

/// Downloads the model, handing it out as it grows.
///
/// What is handed out has passed its own checksums; the whole is then held against the hash in `source`. When `again`
/// is set the browser's cache is not trusted.
///
/// # Errors
/// Any [`LoadError`]. What was handed out before must no longer be used after one that says the file is wrong.
pub async fn load(
    source: &Source,
    again: bool,
    report: impl Fn(Progress),
) -> Result<Loaded, LoadError> {
    let cache = if again {
        RequestCache::Reload
    } else {
        RequestCache::Default
    };
    let options = RequestInit::new();
    options.set_cache(cache);
    let asked = gloo::utils::window().fetch_with_str_and_init(&source.url, &options);
    let response: Response = JsFuture::from(asked)
        .await
        .map_err(unreachable)?
        .unchecked_into();
    if !response.ok() {
        return Err(LoadError::Status(response.status()));
    }
    let body = response
        .body()
        .ok_or_else(|| LoadError::Unreachable("an empty answer".to_owned()))?;
    let reader: ReadableStreamDefaultReader = body.get_reader().unchecked_into();

    let mut file = Received::with_room_for(source.bytes);
    let mut growing = Growing::default();
    let mut turns = Turns::new();
    let mut shown = Shown::new(source.bytes);
    let mut told = now();
    loop {
        let mut next = pin!(read(&reader));
        let mut arrived = None;
        if let Some(due) = shown.due(now()) {
            match select(next.as_mut(), pin!(after(due - now()))).await {
                Either::Left((piece, _)) => arrived = Some(piece),
                Either::Right(_) => {}
            }
            if arrived.is_none() || due <= now() {
                // What took the bytes in may have taken long: what draws them begins with a turn of its own.
                after(0.0).await;
                growing.report(&report);
                shown.shown(now());
            }
        }
        let piece = match arrived {
            Some(piece) => piece?,
            None => next.await?,
        };
        let Some(piece) = piece else { break };
        file.push(&piece);
        shown.received(now(), file.length());
        if now() - told > TOLD {
            report(Progress::Received(file.length().into()));
            told = now();
        }
        for piece in pieces(&piece) {
            match growing.push(&piece.to_vec()) {
                Ok(false) => {}
                Ok(true) => shown.grown(now()),
                Err(error) => {
                    // The rest need not be sent; whether the cancellation succeeds changes nothing.
                    let _ = reader.cancel();
                    return Err(error.into());
                }
            }
            turns.take().await;
        }
    }
    let bytes = file.whole();
    let model = growing.finish()?;
    check_hash(&bytes, &source.sha256).await?;
    // What the last of it took is over: whoever has waited for the whole begins with a turn of their own.
    after(0.0).await;
    Ok(Loaded {
        model,
        file: GoodModel {
            sha256: source.sha256.clone(),
            bytes,
        },
    })
}

/// Reads a model that was kept, holding it against its hash again: disks rot.
///
/// # Errors
/// [`LoadError::Damaged`] or [`LoadError::Hash`].
pub async fn open_kept(kept: &GoodModel) -> Result<Rc<Model>, LoadError> {
    check_hash(&kept.bytes, &kept.sha256).await?;
    let mut growing = Growing::default();
    let mut turns = Turns::new();
    for piece in pieces(&kept.bytes) {
        growing.push(&piece.to_vec())?;
        turns.take().await;
    }
    Ok(growing.finish()?)
}

fn now() -> f64 {
    gloo::utils::window()
        .performance()
        .map_or_else(js_sys::Date::now, |clock| clock.now())
}

async fn after(milliseconds: f64) {
    sleep(Duration::from_secs_f64(milliseconds.max(0.0) / 1000.0)).await;
}

/// Lets the page have its turn while there is much to do.
struct Turns {
    since: f64,
    /// When the page was last drawn, as far as is known here.
    drawn: f64,
}

impl Turns {
    fn new() -> Self {
        let now = now();
        Self {
            since: now,
            drawn: now,
        }
    }

    async fn take(&mut self) {
        let now = now();
        if now - self.since <= TURN {
            return;
        }
        if now - self.drawn > 2.0 * TURN {
            frame().await;
            self.drawn = self::now();
        } else {
            after(0.0).await;
        }
        self.since = self::now();
    }
}

/// Waits until the page has been drawn, or would have been if it were to be seen.
async fn frame() {
    let promise = Promise::new(&mut |resolve, _| {
        // Should it fail, the time below is waited for.
        let _ = gloo::utils::window().request_animation_frame(&resolve);
    });
    select(JsFuture::from(promise), pin!(after(3.0 * TURN))).await;
    // What is asked for before a frame is answered before it is painted.
    after(0.0).await;
}

/// What the browser says of a line that broke.
fn unreachable(error: JsValue) -> LoadError {
    let message = error
        .dyn_ref::<js_sys::Error>()
        .map(|error| String::from(error.message()));
    LoadError::Unreachable(message.unwrap_or_else(|| "the connection broke".to_owned()))
}

/// The next piece of the body; `None` at its end.
async fn read(reader: &ReadableStreamDefaultReader) -> Result<Option<Uint8Array>, LoadError> {
    let result = JsFuture::from(reader.read()).await.map_err(unreachable)?;
    if Reflect::get(&result, &"done".into())
        .map_err(unreachable)?
        .is_truthy()
    {
        return Ok(None);
    }
    Ok(Some(
        Reflect::get(&result, &"value".into())
            .map_err(unreachable)?
            .unchecked_into(),
    ))
}

/// A model and the decoder that feeds it.
#[derive(Default)]
struct Growing {
    decoder: Decoder,
    model: Option<Model>,
}

impl Growing {
    /// Takes the next bytes; says whether they made the model grow.
    fn push(&mut self, bytes: &[u8]) -> Result<bool, FormatError> {
        let chunks = self.decoder.push(bytes)?;
        Model::grow(&mut self.model, chunks)
    }

    fn report(&self, report: impl Fn(Progress)) {
        if let Some(model) = &self.model {
            report(Progress::Grown(Rc::new(model.clone())));
        }
    }

    fn finish(self) -> Result<Rc<Model>, FormatError> {
        self.decoder.finish()?;
        let model = self.model;
        model
            .map(Rc::new)
            .ok_or(FormatError::Truncated { have: 0, needed: 1 })
    }
}
