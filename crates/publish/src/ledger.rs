//! Who may change the site: whoever wrote the newest entry of the log.
//!
//! An entry's number is claimed by a conditional create, which the store decides. Before every step that visitors see or
//! that cannot be undone, the log is read again: a newer entry says that another process has taken over. A process that
//! was stopped between that look and its next request, and wakes later, is refused by the store itself, which takes no
//! signature that is older than fifteen minutes: [`LEASE`] is longer.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use anyhow::{Context, Result, bail, ensure};
use futures::{StreamExt, TryStreamExt, stream};
use jiff::{SignedDuration, Timestamp};

use crate::bytes::sha256;
use crate::release::{self, Action, Owner, Release, State};
use crate::store::{Created, Store};

/// After so long without a sign of life an unfinished entry counts as abandoned.
pub(crate) const LEASE: Duration = Duration::from_secs(20 * 60);
/// How often a running process gives a sign of life.
const HEARTBEAT: Duration = Duration::from_secs(60);
/// Requests at a time.
pub(crate) const PARALLEL: usize = 8;

/// The log of a site, as it was when it was read.
pub(crate) struct Log {
    /// When each entry was last written, by number.
    entries: BTreeMap<u32, Timestamp>,
}

impl Log {
    pub(crate) async fn read(store: &Store) -> Result<Self> {
        let listed = store.list(release::FOLDER).await?;
        let entries = listed
            .into_iter()
            .filter_map(|object| Some((release::number_of(&object.path)?, object.modified)))
            .collect();
        Ok(Self { entries })
    }

    pub(crate) fn newest(&self) -> Option<u32> {
        self.entries.keys().next_back().copied()
    }

    /// Every entry, oldest first.
    pub(crate) async fn releases(&self, store: &Store) -> Result<Vec<Release>> {
        stream::iter(self.entries.keys().copied())
            .map(|number| fetch(store, number))
            .buffered(PARALLEL)
            .try_collect()
            .await
    }
}

/// The entry with this number.
pub(crate) async fn fetch(store: &Store, number: u32) -> Result<Release> {
    let path = release::path(number);
    let bytes = store
        .get(&path)
        .await?
        .with_context(|| format!("{}/{path} was removed meanwhile: try again", store.name()))?;
    Release::parse(number, &bytes)
}

/// The right to change the site, held until it is finished or lost to another process.
pub(crate) struct Claim<'a> {
    store: &'a Store,
    /// What the store holds of the entry.
    entry: Arc<Mutex<Release>>,
    number: u32,
}

impl<'a> Claim<'a> {
    /// Claims the next number. With `take_over` an unfinished entry of another process does not count.
    pub(crate) async fn take(
        store: &'a Store,
        log: &Log,
        action: Action,
        take_over: bool,
        fill: impl FnOnce(&mut Release),
    ) -> Result<Self> {
        let owner = owner();
        let newest = log.newest();
        if let Some(number) = newest {
            let before = fetch(store, number).await?;
            if before.state == State::Begun && !take_over {
                refuse_if_alive(store, log, &before, &owner)?;
            }
        }
        let number = newest.unwrap_or(0) + 1;
        let mut entry = Release::begin(number, action, owner);
        fill(&mut entry);
        let path = release::path(number);
        if store
            .create(&path, serde_json::to_vec_pretty(&entry)?)
            .await?
            == Created::Taken
        {
            bail!(
                "another process claimed number {number} of {} at the same moment and goes on; this one stops. \
                 Nothing of either is lost: run the same command again when it is finished (matinee releases shows it)",
                store.name()
            );
        }
        let claim = Self {
            store,
            entry: Arc::new(Mutex::new(entry)),
            number,
        };
        // Between our look and our claim others may have gone further, and removed what they went past.
        claim.holds().await?;
        Ok(claim)
    }

    pub(crate) fn number(&self) -> u32 {
        self.number
    }

    /// Fails once another process has taken over.
    pub(crate) async fn holds(&self) -> Result<()> {
        let newest = Log::read(self.store).await?.newest();
        ensure!(
            newest == Some(self.number),
            "another process has taken over {}: number {} is newer than {}. This one stops without changing anything more. \
             Look at `matinee releases`, then publish again if this release is still wanted",
            self.store.name(),
            newest.unwrap_or(0),
            self.number
        );
        Ok(())
    }

    /// Does `work` while it gives signs of life; ends it when the claim is lost, and at Ctrl-C.
    pub(crate) async fn during<T>(&self, work: impl Future<Output = Result<T>>) -> Result<T> {
        let beat = async {
            loop {
                tokio::time::sleep(HEARTBEAT).await;
                if let Err(error) = self.holds().await {
                    return error;
                }
                // A sign that is not taken is given again.
                let _ = self.write().await;
            }
        };
        tokio::select! {
            done = work => done,
            error = beat => Err(error),
            _ = tokio::signal::ctrl_c() => bail!(
                "stopped. Visitors see the release before or the new one, whole. Run the same command again; what was done stays"
            ),
        }
    }

    /// Writes down how it ended.
    pub(crate) async fn close(&self, state: State) -> Result<()> {
        self.holds().await?;
        self.entry().state = state;
        self.write().await
    }

    async fn write(&self) -> Result<()> {
        let body = serde_json::to_vec_pretty(&*self.entry())?;
        self.store.put(&release::path(self.number), body).await
    }

    fn entry(&self) -> std::sync::MutexGuard<'_, Release> {
        self.entry.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Fails where the process that began `before` may still be at work.
fn refuse_if_alive(store: &Store, log: &Log, before: &Release, own: &Owner) -> Result<()> {
    let there = &before.owner;
    let here = there.machine == own.machine;
    if here && has_ended(there.process) {
        return Ok(());
    }
    let seen = log.entries.get(&before.number).copied();
    let silent = seen.map_or(SignedDuration::ZERO, |seen| {
        Timestamp::now().duration_since(seen)
    });
    if silent.unsigned_abs() > LEASE && silent.is_positive() {
        return Ok(());
    }
    let place = if here {
        format!("process {} of this machine", there.process)
    } else {
        "another machine".to_owned()
    };
    let what = match before.action {
        Action::Publish => "published",
        Action::Rollback => "rolled back",
        Action::Prune => "pruned",
    };
    let wait = LEASE.as_secs() / 60;
    bail!(
        "{} is being {what} by {place} (number {}, since {}). Wait until it is finished, and run the same command again. If it \
         was ended by force, add --take-over, or wait {wait} minutes",
        store.name(),
        before.number,
        before
            .begun
            .round(jiff::Unit::Second)
            .unwrap_or(before.begun)
    );
}

/// Whether a process of this machine is there no more. Where that cannot be told, it may be.
fn has_ended(process: u32) -> bool {
    let own = Path::new("/proc/self");
    own.exists() && !Path::new("/proc").join(process.to_string()).exists()
}

fn owner() -> Owner {
    let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
    let place = [
        read("/proc/sys/kernel/hostname"),
        read("/proc/sys/kernel/random/boot_id"),
        // The same number is another process in another container.
        std::fs::read_link("/proc/self/ns/pid")
            .map(|path| path.display().to_string())
            .unwrap_or_default(),
        std::env::var("HOSTNAME").unwrap_or_default(),
    ];
    let process = std::process::id();
    let now = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap_or_default();
    // Only where none of this says which machine it is, two could seem one; processes are told apart then only there.
    let machine = sha256(place.concat().as_bytes())[..16].to_owned();
    let run = sha256(format!("{machine} {process} {}", now.as_nanos()).as_bytes())[..16].to_owned();
    Owner {
        run,
        machine,
        process,
    }
}
