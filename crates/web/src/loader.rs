//! Brings the model to the page, piece by piece, and vouches for it.

use std::rc::Rc;

use gloo::net::http::Request;
use js_sys::{Reflect, Uint8Array};
use matinee_format::{Chunk, Decoder, FormatError, Model};
use sha2::{Digest, Sha256};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlMetaElement, ReadableStreamDefaultReader, RequestCache};

use crate::store::GoodModel;

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
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum LoadError {
    /// The page names no model.
    #[error("this page does not say where the catalogue is")]
    NoSource,
    /// No answer, or the connection broke.
    #[error("the catalogue couldn’t be reached")]
    Unreachable(String),
    /// The server answered with something else.
    #[error("the server has no catalogue where this page looks for it")]
    Status(u16),
    /// The bytes are not a model that this app reads.
    #[error("the catalogue arrived damaged")]
    Damaged(#[from] FormatError),
    /// The bytes are a model, but not the one the page was published with.
    #[error("the catalogue that arrived is not the one this page was published with")]
    Hash {
        /// What the page says.
        expected: String,
        /// What the bytes give.
        found: String,
    },
}

impl LoadError {
    /// What exactly went wrong, for whoever is to mend it.
    #[must_use]
    pub fn detail(&self) -> String {
        match self {
            Self::NoSource => "There is no <meta name=\"matinee-model\">.".to_owned(),
            Self::Unreachable(reason) => reason.clone(),
            Self::Status(status) => format!("The answer had status {status}."),
            Self::Damaged(error) => error.to_string(),
            Self::Hash { expected, found } => format!("Its SHA-256 is {found}, not {expected}."),
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
    let response = Request::get(&source.url)
        .cache(cache)
        .send()
        .await
        .map_err(|error| LoadError::Unreachable(error.to_string()))?;
    if !response.ok() {
        return Err(LoadError::Status(response.status()));
    }
    let body = response
        .body()
        .ok_or_else(|| LoadError::Unreachable("an empty answer".to_owned()))?;
    let reader: ReadableStreamDefaultReader = body.get_reader().unchecked_into();

    let mut growing = Growing::default();
    let mut bytes = Vec::with_capacity(source.bytes.unwrap_or(0).min(1 << 26) as usize);
    while let Some(piece) = read(&reader).await? {
        let piece = piece.to_vec();
        bytes.extend_from_slice(&piece);
        report(Progress::Received(bytes.len() as u64));
        match growing.push(&piece) {
            Ok(Some(model)) => report(Progress::Grown(Rc::new(model.clone()))),
            Ok(None) => {}
            Err(error) => {
                // The rest need not be sent; whether the cancellation succeeds changes nothing.
                let _ = reader.cancel();
                return Err(error.into());
            }
        }
    }
    let model = growing.finish()?;
    match digest(&bytes).await {
        Some(found) => compare(&found, &source.sha256)?,
        None => check_hash(&bytes, &source.sha256)?,
    }
    Ok(Loaded {
        model: Rc::new(model),
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
pub fn open_kept(kept: &GoodModel) -> Result<Model, LoadError> {
    check_hash(&kept.bytes, &kept.sha256)?;
    Ok(Model::decode(&kept.bytes)?)
}

/// SHA-256 by the browser, which is many times faster; none where it has none, as over a connection that is not secure.
async fn digest(bytes: &[u8]) -> Option<Vec<u8>> {
    let window = gloo::utils::window();
    if !window.is_secure_context() {
        return None;
    }
    let subtle = window.crypto().ok()?.subtle();
    let bytes = Uint8Array::from(bytes);
    let digest = subtle
        .digest_with_str_and_buffer_source("SHA-256", &bytes)
        .ok()?;
    let digest = JsFuture::from(digest).await.ok()?;
    Some(Uint8Array::new(&digest).to_vec())
}

fn check_hash(bytes: &[u8], expected: &str) -> Result<(), LoadError> {
    compare(&Sha256::digest(bytes), expected)
}

fn compare(found: &[u8], expected: &str) -> Result<(), LoadError> {
    use std::fmt::Write as _;
    let found = found
        .iter()
        .fold(String::with_capacity(64), |mut hex, byte| {
            // Writing to a `String` cannot fail.
            let _ = write!(hex, "{byte:02x}");
            hex
        });
    if found.eq_ignore_ascii_case(expected) {
        Ok(())
    } else {
        Err(LoadError::Hash {
            expected: expected.to_owned(),
            found,
        })
    }
}

/// The next piece of the body; `None` at its end.
async fn read(reader: &ReadableStreamDefaultReader) -> Result<Option<Uint8Array>, LoadError> {
    let unreachable = |error: JsValue| {
        let message = error
            .dyn_ref::<js_sys::Error>()
            .map(|error| String::from(error.message()));
        LoadError::Unreachable(message.unwrap_or_else(|| "the connection broke".to_owned()))
    };
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
    /// Takes the next bytes; returns the model if they made it grow.
    fn push(&mut self, bytes: &[u8]) -> Result<Option<&Model>, FormatError> {
        let mut grown = false;
        for chunk in self.decoder.push(bytes)? {
            match (chunk, &mut self.model) {
                (Chunk::Head(header, items), _) => self.model = Some(Model::new(header, items)?),
                (Chunk::Items(items), Some(model)) => model.append(items)?,
                (Chunk::Stars(stars), Some(model)) => model.append_stars(stars)?,
                (Chunk::Caution(caution), Some(model)) => model.set_caution(caution)?,
                // The decoder lets nothing come before the head.
                (_, None) => continue,
            }
            grown = true;
        }
        Ok(self.model.as_ref().filter(|_| grown))
    }

    fn finish(self) -> Result<Model, FormatError> {
        self.decoder.finish()?;
        self.model
            .ok_or(FormatError::Truncated { have: 0, needed: 1 })
    }
}
