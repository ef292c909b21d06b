//! `matinee prune`: deletes what no kept release names.

use std::time::Duration;

use anyhow::Result;
use matinee_publish::{PruneOptions, prune};
use serde::Serialize;

use super::{Target, wait_for};
use crate::table::Table;

/// Delete what no kept release names; never the release that visitors see, and nothing that was not published by this tool.
#[derive(clap::Args)]
pub(crate) struct PruneArgs {
    #[command(flatten)]
    target: Target,
    /// How many finished releases to keep.
    #[arg(long)]
    keep: usize,
    /// Keep what was uploaded in the last so many minutes: open pages may still lead to it.
    #[arg(long, default_value_t = 60)]
    grace: u64,
    /// Only print what would be deleted.
    #[arg(long)]
    dry_run: bool,
    /// Print a JSON object a line.
    #[arg(long)]
    json: bool,
    /// Go on although another process has not finished: it was ended by force.
    #[arg(long)]
    take_over: bool,
}

#[derive(Serialize)]
struct Row<'a> {
    deleted: &'a str,
}

pub(crate) fn run(args: PruneArgs) -> Result<()> {
    let store = args.target.open()?;
    let options = PruneOptions {
        keep: args.keep,
        grace: Duration::from_secs(args.grace.saturating_mul(60)),
        take_over: args.take_over,
        dry_run: args.dry_run,
    };
    let pruned = wait_for(prune(&store, options))?;
    let mut table = Table::new(&["deleted"], args.json)?;
    for path in &pruned.deleted {
        table.row(&Row { deleted: path })?;
    }
    table.finish()?;
    let numbers: Vec<String> = pruned.kept.iter().map(u32::to_string).collect();
    let verb = if args.dry_run {
        "would be deleted"
    } else {
        "were deleted"
    };
    eprintln!(
        "{} objects ({} bytes) {verb} from {}; kept releases: {}.",
        pruned.deleted.len(),
        pruned.bytes,
        store.name(),
        numbers.join(", ")
    );
    Ok(())
}
