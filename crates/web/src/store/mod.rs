//! What the browser keeps: ratings, and the last good model.
//!
//! Everything is in one IndexedDB database. Every write asks for `durability: "strict"`, and a write that returned
//! `Ok` has completed: a process killed right after it still finds the data.

mod error;
pub mod record;

use gloo::events::EventListener;
use indexed_db_futures::database::Database;
use indexed_db_futures::error::OpenDbError;
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::{
    Transaction, TransactionDurability, TransactionMode, TransactionOptions,
};
use js_sys::Uint8Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::BroadcastChannel;

pub use error::StoreError;

use crate::rating::Rating;

const DATABASE: &str = "matinee";
const VERSION: u8 = 1;
const RATINGS: &str = "ratings";
const MODELS: &str = "models";
/// The two records of the last good model: what it is, and its bytes.
const GOOD_MODEL: &str = "last-good";
const GOOD_BYTES: &str = "last-good-bytes";
/// What the first of the two has, beside its key.
const SHA256: &str = "sha256";
const CHANNEL: &str = "matinee-ratings";

/// An open database.
pub struct Store {
    database: Database,
    /// Tells other tabs of changes, and hears of theirs. Absent where the browser has no such thing.
    channel: Option<BroadcastChannel>,
}

/// The last model that was complete and had the right hash.
#[derive(Clone, Debug)]
pub struct GoodModel {
    /// Its SHA-256, in hexadecimal.
    pub sha256: String,
    /// The file.
    pub bytes: Uint8Array,
}

impl Store {
    /// Opens the database, making it first where there is none.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] where the browser keeps nothing for this page.
    pub async fn open() -> Result<Self, StoreError> {
        let opened = Database::open(DATABASE)
            .with_version(VERSION)
            .with_on_upgrade_needed(|_, database| {
                database
                    .create_object_store(RATINGS)
                    .with_key_path("item".into())
                    .build()?;
                database.create_object_store(MODELS).build()?;
                Ok(())
            })
            .await;
        let database = match opened {
            // A newer version of the app was here. It only ever adds, so its database serves as it is.
            Err(OpenDbError::Base(error)) if error::is(&error, "VersionError") => {
                Database::open(DATABASE).await
            }
            other => other,
        }?;
        Ok(Self {
            database,
            channel: BroadcastChannel::new(CHANNEL).ok(),
        })
    }

    /// All ratings, in no particular order. A record that cannot be read is left alone and left out.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn ratings(&self) -> Result<Vec<Rating>, StoreError> {
        let transaction = self.database.transaction(RATINGS).build()?;
        let records = transaction
            .object_store(RATINGS)?
            .get_all::<JsValue>()
            .primitive()?
            .await?;
        let records = records.filter_map(Result::ok);
        Ok(records.filter_map(|record| record::read(&record)).collect())
    }

    /// Writes one rating.
    ///
    /// # Errors
    /// When the transaction does not complete; nothing has changed then.
    pub async fn put(&self, rating: &Rating) -> Result<(), StoreError> {
        let transaction = self.write(RATINGS)?;
        transaction
            .object_store(RATINGS)?
            .put(record::write(rating))
            .primitive()?
            .await?;
        transaction.commit().await?;
        self.tell();
        Ok(())
    }

    /// Removes the rating of `item`, if there is one.
    ///
    /// # Errors
    /// When the transaction does not complete; nothing has changed then.
    pub async fn remove(&self, item: &str) -> Result<(), StoreError> {
        let transaction = self.write(RATINGS)?;
        transaction
            .object_store(RATINGS)?
            .delete(item.to_owned())
            .primitive()?
            .await?;
        transaction.commit().await?;
        self.tell();
        Ok(())
    }

    /// Writes and removes ratings, all or none.
    ///
    /// # Errors
    /// When the transaction does not complete; nothing has changed then.
    pub async fn write_all(&self, put: &[&Rating], remove: &[&str]) -> Result<(), StoreError> {
        let transaction = self.write(RATINGS)?;
        let store = transaction.object_store(RATINGS)?;
        // Asked for all at once: to wait for each in turn takes seconds where there are thousands.
        let mut asked = Vec::with_capacity(put.len());
        for rating in put {
            asked.push(store.put(record::write(rating)).primitive()?);
        }
        let mut removed = Vec::with_capacity(remove.len());
        for item in remove {
            removed.push(store.delete((*item).to_owned()).primitive()?);
        }
        for request in asked {
            request.await?;
        }
        for request in removed {
            request.await?;
        }
        transaction.commit().await?;
        self.tell();
        Ok(())
    }

    /// Removes everything, the last good model too.
    ///
    /// # Errors
    /// When the transaction does not complete; nothing has changed then.
    pub async fn wipe(&self) -> Result<(), StoreError> {
        for name in [RATINGS, MODELS] {
            let transaction = self.write(name)?;
            transaction.object_store(name)?.clear()?.await?;
            transaction.commit().await?;
        }
        self.tell();
        Ok(())
    }

    /// The last good model, if one was kept.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn good_model(&self) -> Result<Option<GoodModel>, StoreError> {
        let transaction = self.database.transaction(MODELS).build()?;
        let store = transaction.object_store(MODELS)?;
        let record: Option<JsValue> = store.get(GOOD_MODEL).primitive()?.await?;
        let sha256 = record.and_then(|record| record::field(&record, SHA256).as_string());
        let bytes: Option<JsValue> = store.get(GOOD_BYTES).primitive()?.await?;
        let bytes = bytes.and_then(|bytes| bytes.dyn_into().ok());
        Ok(sha256
            .zip(bytes)
            .map(|(sha256, bytes)| GoodModel { sha256, bytes }))
    }

    /// Keeps `model` as the last good one, unless it is kept already.
    ///
    /// # Errors
    /// When the transaction does not complete; the model kept before is still there.
    pub async fn keep_model(&self, model: &GoodModel) -> Result<(), StoreError> {
        let transaction = self.write(MODELS)?;
        let store = transaction.object_store(MODELS)?;
        let kept: Option<JsValue> = store.get(GOOD_MODEL).primitive()?.await?;
        let kept = kept.and_then(|kept| record::field(&kept, SHA256).as_string());
        if kept.as_deref() == Some(model.sha256.as_str()) {
            return Ok(());
        }
        store
            .put(record::object([(SHA256, model.sha256.as_str().into())]))
            .with_key(GOOD_MODEL)
            .without_key_type()
            .primitive()?
            .await?;
        store
            .put(JsValue::from(&model.bytes))
            .with_key(GOOD_BYTES)
            .without_key_type()
            .primitive()?
            .await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Calls `changed` whenever another tab has changed ratings, for as long as the listener is held.
    pub fn watch(&self, changed: impl Fn() + 'static) -> Option<EventListener> {
        let channel = self.channel.as_ref()?;
        Some(EventListener::new(channel, "message", move |_| changed()))
    }

    fn write(&self, store: &'static str) -> Result<Transaction<'_>, StoreError> {
        let options = TransactionOptions::new().with_durability(TransactionDurability::Strict);
        Ok(self
            .database
            .transaction(store)
            .with_mode(TransactionMode::Readwrite)
            .with_options(options)
            .build()?)
    }

    fn tell(&self) {
        if let Some(channel) = &self.channel {
            // Should it fail, the other tab sees the change when it is next loaded.
            let _ = channel.post_message(&"changed".into());
        }
    }
}
