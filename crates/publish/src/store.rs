//! The bucket, as far as publishing needs it: whole small objects with their headers.

use std::env;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use futures::{StreamExt, TryStreamExt};
use jiff::Timestamp;
use object_store::aws::AmazonS3Builder;
use object_store::path::Path;
use object_store::{
    Attribute, Attributes, ClientOptions, Error, GetOptions, ObjectStore, PutMode, PutOptions,
    RetryConfig,
};

use crate::access::{check_credentials, plain_http_is_safe};
use crate::bytes::sha256;
use crate::explain::explain;
use crate::plan::FileRecord;

/// The name under which an object keeps the checksum of its bytes.
const CHECKSUM: &str = "sha256";
/// The name under which it keeps the checksum of what a visitor gets.
const CONTENT: &str = "content-sha256";
/// The name under which it keeps the number of its release.
const RELEASE: &str = "release";
/// How long one request may take: a large model over a slow line.
const REQUEST_PATIENCE: Duration = Duration::from_secs(300);
/// Together with the longest request this stays below the age at which a store refuses a signature.
const RETRY_PATIENCE: Duration = Duration::from_secs(180);
/// With a wait that doubles, about half a minute.
const RETRIES: usize = 8;
/// Keys in one request to delete.
const DELETE_BATCH: usize = 100;

/// A folder of a bucket.
#[derive(Clone)]
pub struct Store {
    inner: Arc<dyn ObjectStore>,
    prefix: Path,
    /// As the user named it, for messages.
    name: String,
}

/// What the store says of an object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stored {
    pub(crate) bytes: u64,
    pub(crate) modified: Timestamp,
    /// SHA-256 of its bytes, as it was uploaded with.
    pub(crate) checksum: Option<String>,
    /// SHA-256 of what a visitor gets.
    pub(crate) content: Option<String>,
    pub(crate) release: Option<u32>,
    headers: Attributes,
}

/// An object that a listing names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Listed {
    /// Relative to the folder.
    pub(crate) path: String,
    pub(crate) bytes: u64,
    pub(crate) modified: Timestamp,
}

/// What became of an object that was to be created.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Created {
    Now,
    /// Somebody else's is there.
    Taken,
}

impl Store {
    /// The folder that `to` (`s3://bucket/prefix`) names, with credentials and endpoint from the environment.
    pub fn open(to: &str, endpoint: Option<&str>) -> Result<Self> {
        let example = "an address is s3://bucket or s3://bucket/folder";
        let Some(rest) = to.strip_prefix("s3://") else {
            bail!("--to {to}: {example}");
        };
        let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
        ensure!(!bucket.is_empty(), "--to {to} names no bucket: {example}");
        let prefix = prefix.trim_matches('/');
        let prefix = Path::parse(prefix).with_context(|| format!("--to {to}: {example}"))?;

        let endpoint = endpoint
            .map(str::to_owned)
            .or_else(|| env::var("AWS_ENDPOINT_URL_S3").ok())
            .or_else(|| env::var("AWS_ENDPOINT_URL").ok())
            .or_else(|| env::var("AWS_ENDPOINT").ok())
            .filter(|address| !address.is_empty());
        let mut options = ClientOptions::new()
            .with_timeout(REQUEST_PATIENCE)
            .with_connect_timeout(Duration::from_secs(10));
        if let Some(address) = &endpoint {
            options = options.with_allow_http(plain_http_is_safe(address)?);
        }
        check_credentials()?;
        // Fails only where a provider is installed already, which serves as well.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut builder = AmazonS3Builder::from_env()
            .with_bucket_name(bucket)
            .with_client_options(options)
            .with_retry(RetryConfig {
                max_retries: RETRIES,
                retry_timeout: RETRY_PATIENCE,
                ..RetryConfig::default()
            });
        if let Some(address) = endpoint {
            builder = builder.with_endpoint(address.trim_end_matches('/'));
        }
        let inner = builder
            .build()
            .with_context(|| format!("--to {to} cannot be used"))?;
        Ok(Self {
            inner: Arc::new(inner),
            prefix,
            name: to.trim_end_matches('/').to_owned(),
        })
    }

    /// As the user named it.
    pub fn name(&self) -> &str {
        &self.name
    }

    fn locate(&self, path: &str) -> Path {
        self.prefix
            .parts()
            .chain(Path::from(path).parts())
            .collect()
    }

    fn relative(&self, location: &Path) -> Option<String> {
        let parts: Vec<_> = location
            .prefix_match(&self.prefix)?
            .map(|part| part.as_ref().to_owned())
            .collect();
        Some(parts.join("/"))
    }

    fn explain(&self, doing: &str, path: &str, error: Error) -> anyhow::Error {
        explain(&self.name, doing, path, error)
    }

    /// Uploads a file of a release to `path`.
    pub(crate) async fn put_file(
        &self,
        path: &str,
        file: &FileRecord,
        body: Vec<u8>,
        release: u32,
    ) -> Result<()> {
        let options = PutOptions {
            attributes: attributes(file, release),
            ..PutOptions::default()
        };
        let put = self
            .inner
            .put_opts(&self.locate(path), body.into(), options)
            .await;
        put.map(drop)
            .map_err(|error| self.explain("upload", path, error))
    }

    /// Writes a small object of ours.
    pub(crate) async fn put(&self, path: &str, body: Vec<u8>) -> Result<()> {
        let put = self
            .inner
            .put_opts(&self.locate(path), body.into(), of_log(PutMode::Overwrite))
            .await;
        put.map(drop)
            .map_err(|error| self.explain("write", path, error))
    }

    /// Writes a small object of ours, unless there is one: the store decides, so that of two that try one succeeds.
    pub(crate) async fn create(&self, path: &str, body: Vec<u8>) -> Result<Created> {
        let location = self.locate(path);
        for attempt in 0.. {
            let put = self
                .inner
                .put_opts(&location, body.clone().into(), of_log(PutMode::Create))
                .await;
            match put {
                Ok(_) => return Ok(Created::Now),
                Err(Error::AlreadyExists { .. } | Error::Precondition { .. }) => {
                    // An attempt whose answer was lost may have succeeded.
                    let ours = self.get(path).await? == Some(body);
                    return Ok(if ours { Created::Now } else { Created::Taken });
                }
                // Writing twice is harmless here, which the client cannot know: it does not try again by itself.
                Err(error) if attempt < 5 && is_passing(&error) => {
                    tokio::time::sleep(Duration::from_millis(200 << attempt)).await;
                }
                Err(error) => return Err(self.explain("claim", path, error)),
            }
        }
        bail!("the store does not answer")
    }

    /// The whole object, if there is one.
    pub(crate) async fn get(&self, path: &str) -> Result<Option<Vec<u8>>> {
        let mut attempt = 0;
        loop {
            let got = async {
                let got = self
                    .inner
                    .get_opts(&self.locate(path), GetOptions::default())
                    .await?;
                got.bytes().await
            };
            return match got.await {
                Ok(bytes) => Ok(Some(bytes.to_vec())),
                Err(error) if is_missing(&error) => Ok(None),
                Err(error) if attempt < 5 && is_passing(&error) => {
                    tokio::time::sleep(Duration::from_millis(200 << attempt)).await;
                    attempt += 1;
                    continue;
                }
                Err(error) => Err(self.explain("read", path, error)),
            };
        }
    }

    /// What the store says of an object, if there is one.
    pub(crate) async fn head(&self, path: &str) -> Result<Option<Stored>> {
        let options = GetOptions::default().with_head(true);
        let got = match self.inner.get_opts(&self.locate(path), options).await {
            Ok(got) => got,
            Err(error) if is_missing(&error) => return Ok(None),
            Err(error) => return Err(self.explain("look at", path, error)),
        };
        let metadata = |name: &'static str| {
            let value = got.attributes.get(&Attribute::Metadata(name.into()));
            value.map(|value| value.as_ref().to_owned())
        };
        Ok(Some(Stored {
            bytes: got.meta.size,
            modified: moment(&got.meta.last_modified),
            checksum: metadata(CHECKSUM),
            content: metadata(CONTENT),
            release: metadata(RELEASE).and_then(|number| number.parse().ok()),
            headers: got.attributes,
        }))
    }

    /// Reads an object back, and holds it against what was uploaded.
    pub(crate) async fn check(&self, path: &str, file: &FileRecord) -> Result<()> {
        let body = self
            .get(path)
            .await?
            .with_context(|| format!("{path} was uploaded to {} and is not there", self.name))?;
        ensure!(
            body.len() as u64 == file.stored_bytes && sha256(&body) == file.stored_sha256,
            "{path} in {} is not what was uploaded: {} bytes instead of {}, or other ones. Publish again",
            self.name,
            body.len(),
            file.stored_bytes
        );
        Ok(())
    }

    /// Every object below `folder`.
    pub(crate) async fn list(&self, folder: &str) -> Result<Vec<Listed>> {
        let location = self.locate(folder);
        let whole = (!location.as_ref().is_empty()).then_some(&location);
        let listed: Vec<_> = self
            .inner
            .list(whole)
            .try_collect()
            .await
            .map_err(|error| self.explain("list", folder, error))?;
        Ok(listed
            .into_iter()
            .filter_map(|meta| {
                Some(Listed {
                    path: self.relative(&meta.location)?,
                    bytes: meta.size,
                    modified: moment(&meta.last_modified),
                })
            })
            .collect())
    }

    /// Deletes objects, asking `may_go_on` right before each request.
    pub(crate) async fn delete<F: AsyncFnMut() -> Result<()>>(
        &self,
        paths: &[String],
        mut may_go_on: F,
    ) -> Result<()> {
        for batch in paths.chunks(DELETE_BATCH) {
            may_go_on().await?;
            let locations: Vec<_> = batch.iter().map(|path| Ok(self.locate(path))).collect();
            let mut deleted = self
                .inner
                .delete_stream(futures::stream::iter(locations).boxed());
            while let Some(result) = deleted.next().await {
                match result {
                    Ok(_) => {}
                    Err(error) if is_missing(&error) => {}
                    Err(error) => return Err(self.explain("delete", &batch[0], error)),
                }
            }
        }
        Ok(())
    }
}

impl Stored {
    /// Whether the object is what `file` describes, served in the same way.
    pub(crate) fn is(&self, file: &FileRecord) -> bool {
        let header =
            |attribute: Attribute| self.headers.get(&attribute).map(|value| value.as_ref());
        let stored = self.checksum.as_deref() == Some(&file.stored_sha256)
            && self.bytes == file.stored_bytes;
        // Another release of this tool may compress the same content to other bytes.
        let compressed = file.gzip && self.content.as_ref() == Some(&file.sha256);
        (stored || compressed)
            && header(Attribute::ContentType) == Some(&file.content_type)
            && header(Attribute::CacheControl) == Some(&file.cache_control)
            && header(Attribute::ContentEncoding) == file.gzip.then_some("gzip")
    }
}

fn attributes(file: &FileRecord, release: u32) -> Attributes {
    let metadata = |name: &'static str| Attribute::Metadata(name.into());
    let mut attributes = Attributes::from_iter([
        (Attribute::ContentType, file.content_type.clone()),
        (Attribute::CacheControl, file.cache_control.clone()),
        (metadata(CHECKSUM), file.stored_sha256.clone()),
        (metadata(CONTENT), file.sha256.clone()),
        (metadata(RELEASE), release.to_string()),
    ]);
    if file.gzip {
        attributes.insert(Attribute::ContentEncoding, "gzip".into());
    }
    attributes
}

fn of_log(mode: PutMode) -> PutOptions {
    PutOptions {
        mode,
        attributes: Attributes::from_iter([
            (Attribute::ContentType, "application/json"),
            (Attribute::CacheControl, "no-store"),
        ]),
        ..PutOptions::default()
    }
}

fn is_missing(error: &Error) -> bool {
    // A bucket that is not there says so in the same way.
    matches!(error, Error::NotFound { .. }) && !format!("{error:?}").contains("NoSuchBucket")
}

/// Whether trying again may help: a cut connection, an overloaded store.
fn is_passing(error: &Error) -> bool {
    matches!(error, Error::Generic { .. }) && !crate::explain::is_for_good(error)
}

fn moment(time: &(impl std::fmt::Display + ?Sized)) -> Timestamp {
    // "2026-11-28 07:20:00 UTC"
    let text = time.to_string().replacen(' ', "T", 1).replace(" UTC", "Z");
    text.parse().unwrap_or(Timestamp::UNIX_EPOCH)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Role;

    #[test]
    fn the_same_content_compressed_otherwise_is_the_same() {
        let file = FileRecord {
            path: "app/0123456789abcdef/app.js".to_owned(),
            role: Role::Immutable,
            bytes: 3,
            sha256: "content".to_owned(),
            stored_bytes: 23,
            stored_sha256: "stored".to_owned(),
            content_type: "text/javascript".to_owned(),
            cache_control: "no-cache".to_owned(),
            gzip: true,
        };
        let stored = Stored {
            bytes: 23,
            modified: Timestamp::UNIX_EPOCH,
            checksum: Some(file.stored_sha256.clone()),
            content: Some(file.sha256.clone()),
            release: Some(1),
            headers: attributes(&file, 1),
        };
        assert!(stored.is(&file));
        let smaller = FileRecord {
            stored_bytes: 22,
            stored_sha256: "smaller".to_owned(),
            ..file
        };
        assert!(stored.is(&smaller));
        let other = FileRecord {
            sha256: "other".to_owned(),
            ..smaller.clone()
        };
        assert!(!stored.is(&other));
        let plain = FileRecord {
            gzip: false,
            ..smaller
        };
        assert!(!stored.is(&plain));
    }
}
