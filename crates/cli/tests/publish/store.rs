//! The store itself, for what publishing has no command for.

use futures::TryStreamExt;
use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt};
use reqwest::blocking::{Client, Response};

pub(crate) const BUCKET: &str = "site";

pub(crate) fn endpoint() -> String {
    std::env::var("MATINEE_STORE")
        .expect("MATINEE_STORE names a store: cargo xtask test starts one")
}

fn wait<T>(work: impl Future<Output = object_store::Result<T>>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime")
        .block_on(work)
        .expect("the store does it")
}

fn open() -> AmazonS3 {
    let _ = rustls::crypto::ring::default_provider().install_default();
    AmazonS3Builder::new()
        .with_endpoint(endpoint())
        .with_allow_http(true)
        .with_bucket_name(BUCKET)
        .with_region("us-east-1")
        .with_access_key_id("publisher")
        .with_secret_access_key("publisher-secret")
        .build()
        .expect("a store")
}

pub(crate) fn put(path: &str, body: &[u8]) {
    wait(open().put(&Path::from(path), body.to_vec().into()));
}

pub(crate) fn delete(path: &str) {
    wait(open().delete(&Path::from(path)));
}

/// Everything below a folder, relative to it.
pub(crate) fn list(folder: &str) -> Vec<String> {
    let listed: Vec<_> = wait(open().list(Some(&Path::from(folder))).try_collect());
    let mut paths: Vec<String> = listed
        .iter()
        .map(|meta| meta.location.to_string())
        .map(|path| path.trim_start_matches(&format!("{folder}/")).to_owned())
        .collect();
    paths.sort();
    paths
}

/// What a visitor gets, who has no key.
pub(crate) fn visit(path: &str) -> Response {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = Client::builder().build().expect("a client");
    client
        .get(format!("{}/{BUCKET}/{path}", endpoint()))
        .send()
        .expect("the store answers")
}
