//! The releases of a site, and which of them visitors see.

use anyhow::Result;
use serde::Serialize;

use crate::ledger::Log;
use crate::publish::live;
use crate::release::Release;
use crate::store::Store;

/// What was done to a site.
#[derive(Debug, Serialize)]
pub struct History {
    /// The release that visitors see.
    pub live: Option<u32>,
    /// Every entry of the log, oldest first.
    pub entries: Vec<Release>,
}

impl History {
    /// The release with this number, if it can be shown.
    pub(crate) fn shown(&self, number: u32) -> Option<&Release> {
        self.entries
            .iter()
            .find(|release| release.number == number && release.can_be_shown())
    }
}

/// Reads the log.
pub async fn releases(store: &Store) -> Result<History> {
    let log = Log::read(store).await?;
    Ok(History {
        entries: log.releases(store).await?,
        live: live(store).await?,
    })
}
