//! A new release: what never changes first, what visitors are led by last.

use anyhow::{Context, Result, bail};
use futures::{StreamExt, TryStreamExt, stream};
use serde::Serialize;

use crate::headers::is_widget_version;
use crate::ledger::{Claim, Log, PARALLEL, fetch};
use crate::plan::{File, FileRecord, PAGE, Plan, Role};
use crate::progress::Progress;
use crate::release::{self, Action, State};
use crate::store::{Store, Stored};

/// What is to be done with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Step {
    /// It is not there, or not as it should be.
    Upload,
    /// It is there already.
    Keep,
}

/// What a publish did, or would do.
#[derive(Debug, Serialize)]
pub struct Published {
    /// The release that visitors see now; absent for a plan.
    pub release: Option<u32>,
    /// Whether there was anything to do.
    pub changed: bool,
    /// Each file with what is done with it.
    pub files: Vec<(Step, FileRecord)>,
}

/// How to publish.
#[derive(Debug, Default, Clone)]
pub struct Options {
    /// The commit that the site was built from.
    pub git: Option<String>,
    /// Do not wait for another process that has not finished.
    pub take_over: bool,
    /// Only find out what is to be done.
    pub dry_run: bool,
}

/// Publishes `plan`.
pub async fn publish(
    store: &Store,
    plan: &Plan,
    options: &Options,
    progress: &dyn Progress,
) -> Result<Published> {
    progress.say("comparing with what is there");
    let log = Log::read(store).await?;
    let steps = compare(store, plan).await?;
    let mut published = Published {
        release: None,
        changed: true,
        files: steps.iter().copied().zip(plan.records()).collect(),
    };
    if options.dry_run {
        published.changed = steps.contains(&Step::Upload);
        return Ok(published);
    }
    if let Some(number) = is_live_already(store, &log, plan, &steps).await? {
        published.release = Some(number);
        published.changed = false;
        return Ok(published);
    }

    let claim = Claim::take(store, &log, Action::Publish, options.take_over, |entry| {
        entry.git = options.git.clone();
        entry.model = Some(plan.model.clone());
        entry.files = plan.records();
    })
    .await?;
    let number = claim.number();
    let work = claim.during(upload(store, plan, &steps, &claim, progress));
    match work.await {
        Ok(()) => claim.close(State::Done).await?,
        Err(error) => {
            // So that the next one need not wait. What cannot be written is found out by its age.
            let _ = claim.close(State::Failed).await;
            return Err(error);
        }
    }
    published.release = Some(number);
    Ok(published)
}

/// What is to be done with each file.
async fn compare(store: &Store, plan: &Plan) -> Result<Vec<Step>> {
    stream::iter(&plan.files)
        .map(|file| async move {
            let there = store.head(&file.record.path).await?;
            refuse_other_content(file, there.as_ref())?;
            let same = there.is_some_and(|there| there.is(&file.record));
            anyhow::Ok(if same { Step::Keep } else { Step::Upload })
        })
        .buffered(PARALLEL)
        .try_collect()
        .await
}

/// Browsers never ask again for what is named by its content, so another content under the same name would break them.
fn refuse_other_content(file: &File, there: Option<&Stored>) -> Result<()> {
    let known = there.and_then(|there| there.content.as_ref());
    if file.record.role == Role::Immutable
        && known.is_some_and(|known| *known != file.record.sha256)
    {
        let path = &file.record.path;
        if is_widget_version(path) {
            bail!(
                "{path} is there already with another content, and partners hold it to its hash: give the widget another \
                 version (crates/widget/Cargo.toml and package/package.json) and build it again (cargo xtask build)"
            );
        }
        bail!(
            "{path} is there already with another content, which browsers keep for a year: its name must change with it. \
             Build the site again (cargo xtask build)"
        );
    }
    Ok(())
}

/// The release that visitors see, if it is this one and whole.
async fn is_live_already(
    store: &Store,
    log: &Log,
    plan: &Plan,
    steps: &[Step],
) -> Result<Option<u32>> {
    if log.newest().is_none() || steps.contains(&Step::Upload) {
        return Ok(None);
    }
    let Some(number) = live(store).await? else {
        return Ok(None);
    };
    let release = fetch(store, number).await?;
    Ok((release.can_be_shown() && release.files == plan.records()).then_some(number))
}

/// The number of the release that visitors see.
pub(crate) async fn live(store: &Store) -> Result<Option<u32>> {
    Ok(store.head(PAGE).await?.and_then(|page| page.release))
}

async fn upload(
    store: &Store,
    plan: &Plan,
    steps: &[Step],
    claim: &Claim<'_>,
    progress: &dyn Progress,
) -> Result<()> {
    let number = claim.number();
    let (first, last): (Vec<_>, Vec<_>) = plan
        .files
        .iter()
        .zip(steps)
        .partition(|(file, _)| file.record.role == Role::Immutable);
    // What never changes, and this release's own copies of what does, which a rollback takes.
    let immutable = first
        .iter()
        .filter(|(_, step)| **step == Step::Upload)
        .map(|(file, _)| (file.record.path.clone(), *file));
    let copies = last
        .iter()
        .map(|(file, _)| (release::copy_of(number, &file.record.path), *file));
    let uploads: Vec<_> = immutable.chain(copies).collect();
    let bytes = uploads.iter().map(|(_, file)| file.record.stored_bytes);
    progress.begin(uploads.len(), bytes.sum());
    stream::iter(uploads)
        .map(|(path, file)| async move {
            store
                .put_file(&path, &file.record, file.body.clone(), number)
                .await?;
            store.check(&path, &file.record).await?;
            progress.sent(&path, file.record.stored_bytes);
            anyhow::Ok(())
        })
        .buffer_unordered(PARALLEL)
        .try_collect::<()>()
        .await?;

    // All that the page will name is there and right. From here on visitors see what happens, one small file at a time.
    claim.holds().await?;
    check_kept(store, &first).await?;
    progress.say("switching to the new release");
    for (file, step) in last {
        let is_page = file.record.role == Role::Page;
        if *step == Step::Keep && !is_page {
            continue;
        }
        if is_page {
            claim.holds().await?;
        }
        let path = &file.record.path;
        store
            .put_file(path, &file.record, file.body.clone(), number)
            .await?;
        store.check(path, &file.record).await?;
    }
    Ok(())
}

/// What was there before must still be: somebody may have pruned meanwhile.
async fn check_kept(store: &Store, files: &[(&File, &Step)]) -> Result<()> {
    stream::iter(files.iter().filter(|(_, step)| **step == Step::Keep))
        .map(|(file, _)| still_there(store, &file.record))
        .buffer_unordered(PARALLEL)
        .try_collect()
        .await
        .context("the old release goes on being served. Run the same command again")
}

/// Fails where a file is not there as it was uploaded.
pub(crate) async fn still_there(store: &Store, file: &FileRecord) -> Result<()> {
    match store.head(&file.path).await? {
        Some(there) if there.is(file) => Ok(()),
        Some(_) => bail!("{} in {} is not what it was", file.path, store.name()),
        None => bail!("{} is not in {} any more", file.path, store.name()),
    }
}
