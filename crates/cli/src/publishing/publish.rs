//! `matinee publish`: a new release.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;
use matinee_publish::{Options, Plan, Published, Step, publish};
use serde::Serialize;

use super::{Bar, Target, verify, wait_for};
use crate::table::Table;

/// Publish a built site and a model to a bucket, so that visitors see the old release whole or the new one whole.
///
/// What changed is uploaded and read back; then the page is switched. It may be stopped at any moment, and run again.
/// Credentials come from AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN and AWS_REGION; see docs/publishing.md.
#[derive(clap::Args)]
pub(crate) struct PublishArgs {
    /// The folder of the built site.
    #[arg(long, default_value = "dist")]
    site: PathBuf,
    /// The model to serve; otherwise the one that the site was built with.
    #[arg(long)]
    model: Option<PathBuf>,
    #[command(flatten)]
    target: Target,
    /// Only print what would be uploaded, as a table.
    #[arg(long)]
    dry_run: bool,
    /// Print JSON.
    #[arg(long)]
    json: bool,
    /// Afterwards, fetch the site from this public address as a visitor would, as `matinee verify` does.
    #[arg(long)]
    url: Option<String>,
    /// Go on although another process has not finished: it was ended by force.
    #[arg(long)]
    take_over: bool,
}

/// A line of the plan.
#[derive(Serialize)]
struct Row<'a> {
    step: Step,
    file: &'a str,
    bytes: u64,
    stored_bytes: u64,
    r#type: &'a str,
    caching: &'a str,
    encoding: &'a str,
}

/// What scripts are told.
#[derive(Serialize)]
struct Summary {
    release: Option<u32>,
    changed: bool,
    uploaded: usize,
    uploaded_bytes: u64,
    kept: usize,
    model: String,
    model_sha256: String,
}

pub(crate) fn run(args: PublishArgs) -> Result<()> {
    let store = args.target.open()?;
    let bar = Bar::new();
    let plan = Plan::read(&args.site, args.model.as_deref(), &bar)?;
    let options = Options {
        git: commit(&args.site),
        take_over: args.take_over,
        dry_run: args.dry_run,
    };
    let published = wait_for(publish(&store, &plan, &options, &bar))?;
    drop(bar);
    if args.dry_run {
        return print_plan(&published, args.json);
    }
    say(&published, &plan, store.name(), args.json)?;
    match args.url {
        Some(url) => verify::report(&url, Some(&plan.records()), args.json),
        None => Ok(()),
    }
}

fn print_plan(published: &Published, json: bool) -> Result<()> {
    let columns = [
        "step",
        "file",
        "bytes",
        "stored_bytes",
        "type",
        "caching",
        "encoding",
    ];
    let mut table = Table::new(&columns, json)?;
    for (step, file) in &published.files {
        table.row(&Row {
            step: *step,
            file: &file.path,
            bytes: file.bytes,
            stored_bytes: file.stored_bytes,
            r#type: &file.content_type,
            caching: &file.cache_control,
            encoding: if file.gzip { "gzip" } else { "" },
        })?;
    }
    table.finish()?;
    eprintln!("Nothing was changed: this is the plan.");
    Ok(())
}

fn say(published: &Published, plan: &Plan, store: &str, json: bool) -> Result<()> {
    let uploaded: Vec<u64> = published
        .files
        .iter()
        .filter(|(step, _)| *step == Step::Upload)
        .map(|(_, file)| file.stored_bytes)
        .collect();
    let summary = Summary {
        release: published.release,
        changed: published.changed,
        uploaded: uploaded.len(),
        uploaded_bytes: uploaded.iter().sum(),
        kept: published.files.len() - uploaded.len(),
        model: plan.model.path.clone(),
        model_sha256: plan.model.sha256.clone(),
    };
    if json {
        let mut table = Table::new(&[], true)?;
        table.row(&summary)?;
        table.finish()?;
    }
    let number = published.release.unwrap_or_default();
    if published.changed {
        eprintln!(
            "Release {number} of {store} is live: {} files uploaded ({} bytes), {} were there. matinee verify --url ADDRESS looks at it as a \
             visitor; matinee rollback --to {store} takes it back.",
            summary.uploaded, summary.uploaded_bytes, summary.kept
        );
    } else {
        eprintln!("Release {number} of {store} is live and is the same: nothing was changed.");
    }
    Ok(())
}

/// The commit of the checkout that the site lies in, if it lies in one.
fn commit(site: &Path) -> Option<String> {
    let output = Command::new("git")
        .arg("-C")
        .arg(site)
        .args(["rev-parse", "--short=12", "HEAD"])
        .output()
        .ok()?;
    let commit = String::from_utf8(output.stdout).ok()?.trim().to_owned();
    (output.status.success() && !commit.is_empty()).then_some(commit)
}
