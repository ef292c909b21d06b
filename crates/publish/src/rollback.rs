//! The way back to an earlier release: its small files again, from the copies that it keeps.

use anyhow::{Context, Result, bail, ensure};
use futures::{StreamExt, TryStreamExt, stream};

use crate::bytes::sha256;
use crate::ledger::{Claim, Log, PARALLEL};
use crate::plan::{FileRecord, Role};
use crate::publish::{live, still_there};
use crate::release::{Action, Release, State, copy_of};
use crate::releases::History;
use crate::store::Store;

/// Takes visitors back to the release before the one they see, or to the one that `to` names. Returns its number.
pub async fn rollback(store: &Store, to: Option<u32>, take_over: bool) -> Result<u32> {
    let log = Log::read(store).await?;
    let history = History {
        entries: log.releases(store).await?,
        live: live(store).await?,
    };
    let target = choose(&history, to, store.name())?;
    let number = target.number;
    // Nothing is changed unless all of it is there.
    let bodies = read_back(store, target).await.with_context(|| {
        format!("release {number} cannot be gone back to, and nothing was changed: choose another one with --release")
    })?;

    let claim = Claim::take(store, &log, Action::Rollback, take_over, |entry| {
        entry.back_to = Some(number);
    })
    .await?;
    match claim.during(switch(store, number, &bodies, &claim)).await {
        Ok(()) => claim.close(State::Done).await?,
        Err(error) => {
            let _ = claim.close(State::Failed).await;
            return Err(error);
        }
    }
    Ok(number)
}

fn choose<'a>(history: &'a History, to: Option<u32>, store: &str) -> Result<&'a Release> {
    let shown = || history.entries.iter().filter(|entry| entry.can_be_shown());
    let list = || {
        let numbers: Vec<String> = shown().map(|entry| entry.number.to_string()).collect();
        match numbers.is_empty() {
            true => "none was finished".to_owned(),
            false => format!("there are {}", numbers.join(", ")),
        }
    };
    if let Some(number) = to {
        return history
            .shown(number)
            .with_context(|| format!("{store} has no finished release {number}: {}", list()));
    }
    let Some(live) = history.live else {
        bail!("nothing is live in {store} yet: publish first");
    };
    shown().rfind(|entry| entry.number < live).with_context(|| {
        format!(
            "release {live} of {store} is live, and none before it is kept: {}",
            list()
        )
    })
}

/// The small files of a release from its copies, once everything that they lead to has been found.
async fn read_back<'a>(
    store: &Store,
    target: &'a Release,
) -> Result<Vec<(&'a FileRecord, Vec<u8>)>> {
    let immutable = async {
        stream::iter(target.immutable())
            .map(|file| still_there(store, file))
            .buffer_unordered(PARALLEL)
            .try_collect::<()>()
            .await
    };
    let copies = async {
        stream::iter(target.mutable())
            .map(|file| async move {
                let path = copy_of(target.number, &file.path);
                let body = store
                    .get(&path)
                    .await?
                    .with_context(|| format!("{path} is not there"))?;
                ensure!(
                    sha256(&body) == file.stored_sha256,
                    "{path} is not what was published"
                );
                Ok((file, body))
            })
            .buffered(PARALLEL)
            .try_collect::<Vec<_>>()
            .await
    };
    tokio::try_join!(immutable, copies).map(|(_, copies)| copies)
}

async fn switch(
    store: &Store,
    number: u32,
    bodies: &[(&FileRecord, Vec<u8>)],
    claim: &Claim<'_>,
) -> Result<()> {
    for (file, body) in bodies {
        // Right before the switch others may have taken over, or pruned what the page leads to.
        if file.role == Role::Page {
            claim.holds().await?;
        }
        store
            .put_file(&file.path, file, body.clone(), number)
            .await?;
        store.check(&file.path, file).await?;
    }
    Ok(())
}
