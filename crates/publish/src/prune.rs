//! Deletes what no kept release names.

use std::collections::BTreeSet;
use std::time::Duration;

use anyhow::{Result, ensure};
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use crate::headers::is_widget_version;
use crate::ledger::{Claim, Log};
use crate::publish::live;
use crate::release::{self, Action, Release, State, copy_of};
use crate::store::{Listed, Store};

/// What a prune deleted, or would delete.
#[derive(Debug, Serialize)]
pub struct Pruned {
    /// Releases that can still be shown.
    pub kept: Vec<u32>,
    /// Objects that are deleted, relative to the site.
    pub deleted: Vec<String>,
    /// Bytes of these.
    pub bytes: u64,
}

/// How to prune.
#[derive(Debug, Clone, Copy)]
pub struct PruneOptions {
    /// How many finished releases to keep, beside the one that is live.
    pub keep: usize,
    /// Objects younger than this stay: a visitor's open page may still lead to them.
    pub grace: Duration,
    /// Do not wait for another process that has not finished.
    pub take_over: bool,
    /// Only find out what would be deleted.
    pub dry_run: bool,
}

/// Deletes what no kept release names, and never anything that no release of this site has named.
pub async fn prune(store: &Store, options: PruneOptions) -> Result<Pruned> {
    ensure!(
        options.keep > 0,
        "--keep 0 would leave nothing to go back to: keep at least one"
    );
    let log = Log::read(store).await?;
    if options.dry_run {
        return Ok(find(store, options, None).await?.0);
    }
    let claim = Claim::take(store, &log, Action::Prune, options.take_over, |_| {}).await?;
    let work = async {
        // Read again under the claim: what was published meanwhile counts.
        let (pruned, order) = find(store, options, Some(claim.number())).await?;
        // Entries of the log go last, so that a prune that was ended by force can be done again.
        for paths in order {
            store.delete(&paths, async || claim.holds().await).await?;
        }
        Ok(pruned)
    };
    match claim.during(work).await {
        Ok(pruned) => {
            claim.close(State::Done).await?;
            Ok(pruned)
        }
        Err(error) => {
            let _ = claim.close(State::Failed).await;
            Err(error)
        }
    }
}

/// What is to be deleted, as a summary and as lists to delete one after the other.
async fn find(
    store: &Store,
    options: PruneOptions,
    own: Option<u32>,
) -> Result<(Pruned, [Vec<String>; 2])> {
    let log = Log::read(store).await?;
    let newest = log.newest();
    let releases = log.releases(store).await?;
    let live = live(store).await?;
    let kept = choose(&releases, live, options.keep);
    let named = |keep: bool| -> BTreeSet<String> {
        releases
            .iter()
            .filter(|entry| !keep || kept.contains(&entry.number))
            .flat_map(files_of)
            .collect()
    };
    let (ever, still) = (named(false), named(true));
    // A release that is deleted takes its entry along, and so do rollbacks and prunes that are over. The newest entry
    // stays, so that numbers go on from it.
    let entries: BTreeSet<String> = releases
        .iter()
        .map(|entry| entry.number)
        .filter(|number| !kept.contains(number) && Some(*number) != newest && Some(*number) != own)
        .map(release::path)
        .collect();

    let now = Timestamp::now();
    let grace = SignedDuration::try_from(options.grace).unwrap_or(SignedDuration::MAX);
    let old = |object: &Listed| now.duration_since(object.modified) >= grace;
    let listed = store.list("").await?;
    let files: Vec<&Listed> = listed
        .iter()
        .filter(|object| ever.contains(&object.path) && !still.contains(&object.path))
        // Partners name a version of the widget for as long as they like.
        .filter(|object| !is_widget_version(&object.path))
        .filter(|object| old(object))
        .collect();
    // An entry stays while anything that only it names does.
    let young: BTreeSet<&str> = listed
        .iter()
        .filter(|object| !old(object))
        .map(|object| object.path.as_str())
        .collect();
    let leaves = |entry: &Release| {
        !files_of(entry)
            .iter()
            .any(|path| !still.contains(path) && young.contains(path.as_str()))
    };
    let gone: BTreeSet<String> = releases
        .iter()
        .filter(|entry| leaves(entry))
        .map(|entry| release::path(entry.number))
        .filter(|path| entries.contains(path))
        .collect();
    let gone: Vec<&Listed> = listed
        .iter()
        .filter(|object| gone.contains(&object.path) && old(object))
        .collect();

    let bytes = files.iter().chain(&gone).map(|object| object.bytes).sum();
    let paths = |objects: &[&Listed]| -> Vec<String> {
        objects.iter().map(|object| object.path.clone()).collect()
    };
    let order = [paths(&files), paths(&gone)];
    let pruned = Pruned {
        kept: kept.into_iter().collect(),
        deleted: order.concat(),
        bytes,
    };
    Ok((pruned, order))
}

/// The newest finished releases, and the one that visitors see whatever its state.
fn choose(releases: &[Release], live: Option<u32>, keep: usize) -> BTreeSet<u32> {
    releases
        .iter()
        .rev()
        .filter(|entry| entry.can_be_shown())
        .map(|entry| entry.number)
        .take(keep)
        .chain(live)
        .collect()
}

/// Everything that a release named in the bucket: its files, and its copies of those that keep their names.
fn files_of(entry: &Release) -> Vec<String> {
    let copies = entry
        .mutable()
        .map(|file| copy_of(entry.number, &file.path));
    let files = entry.files.iter().map(|file| file.path.clone());
    files.chain(copies).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::release::Owner;

    fn entry(number: u32, action: Action, state: State) -> Release {
        let owner = Owner {
            run: String::new(),
            machine: String::new(),
            process: 0,
        };
        let mut entry = Release::begin(number, action, owner);
        entry.state = state;
        entry
    }

    #[test]
    fn the_live_release_is_kept_whatever_its_age_and_state() {
        let releases = [
            entry(1, Action::Publish, State::Failed),
            entry(2, Action::Publish, State::Done),
            entry(3, Action::Publish, State::Done),
            entry(4, Action::Rollback, State::Done),
            entry(5, Action::Publish, State::Begun),
        ];
        let kept = |live, keep| {
            choose(&releases, live, keep)
                .into_iter()
                .collect::<Vec<_>>()
        };
        assert_eq!(kept(Some(3), 1), [3]);
        assert_eq!(kept(Some(2), 1), [2, 3]);
        assert_eq!(kept(Some(5), 1), [3, 5]);
        assert_eq!(kept(Some(1), 9), [1, 2, 3]);
        assert_eq!(kept(None, 1), [3]);
    }
}
