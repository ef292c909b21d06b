//! Publishing to an object store, and what comes after.

mod prune;
mod publish;
mod releases;
mod rollback;
mod verify;

use std::future::Future;

use anyhow::Result;
use indicatif::{ProgressBar, ProgressStyle};
use matinee_publish::{Progress, Release, Store};

pub(crate) use prune::PruneArgs;
pub(crate) use prune::run as prune;
pub(crate) use publish::PublishArgs;
pub(crate) use publish::run as publish;
pub(crate) use releases::ReleasesArgs;
pub(crate) use releases::run as releases;
pub(crate) use rollback::RollbackArgs;
pub(crate) use rollback::run as rollback;
pub(crate) use verify::VerifyArgs;
pub(crate) use verify::run as verify;

/// Where a site is published.
#[derive(clap::Args)]
struct Target {
    /// The bucket, and a folder in it: s3://bucket or s3://bucket/folder.
    #[arg(long)]
    to: String,
    /// The address of the store, where it is not AWS; AWS_ENDPOINT_URL says it too.
    #[arg(long)]
    endpoint: Option<String>,
}

impl Target {
    fn open(&self) -> Result<Store> {
        Store::open(&self.to, self.endpoint.as_deref())
    }
}

/// Does `work`, which asks a store over the network.
fn wait_for<T>(work: impl Future<Output = Result<T>>) -> Result<T> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?
        .block_on(work)
}

/// Progress on stderr; nothing where that is no terminal, so that logs stay readable.
struct Bar(ProgressBar);

impl Bar {
    fn new() -> Self {
        let style = ProgressStyle::with_template("{spinner} {msg} {bar:30} {bytes}/{total_bytes}");
        let bar = ProgressBar::new(0);
        if let Ok(style) = style {
            bar.set_style(style);
        }
        Self(bar)
    }
}

impl Progress for Bar {
    fn begin(&self, files: usize, bytes: u64) {
        self.0.set_length(bytes);
        self.0.set_message(format!("uploading {files} files"));
    }

    fn sent(&self, path: &str, bytes: u64) {
        self.0.inc(bytes);
        self.0.set_message(path.to_owned());
    }

    fn say(&self, what: &str) {
        self.0.set_message(what.to_owned());
        self.0.tick();
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

/// The figure of a model's card that says most in one number: how well it ranks.
fn chief_figure(release: &Release) -> String {
    let figures = release.model.as_ref().map(|model| &model.figures);
    figures
        .and_then(|figures| {
            let ranks = figures.iter().find(|figure| figure.metric == "ndcg@100");
            ranks.or(figures.first())
        })
        .map(|figure| format!("{} {:.3}", figure.metric, figure.value))
        .unwrap_or_default()
}
