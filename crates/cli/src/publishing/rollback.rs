//! `matinee rollback`: the way back to an earlier release.

use anyhow::Result;
use matinee_publish::rollback;

use super::{Target, wait_for};

/// Take visitors back to the release before the one they see, or to a named one.
///
/// Only the small files that keep their names are written, after everything that they lead to was found in the bucket.
#[derive(clap::Args)]
pub(crate) struct RollbackArgs {
    #[command(flatten)]
    target: Target,
    /// The release to go back (or forward) to; `matinee releases` lists them.
    #[arg(long)]
    release: Option<u32>,
    /// Go on although another process has not finished: it was ended by force.
    #[arg(long)]
    take_over: bool,
}

pub(crate) fn run(args: RollbackArgs) -> Result<()> {
    let store = args.target.open()?;
    let number = wait_for(rollback(&store, args.release, args.take_over))?;
    eprintln!("Release {number} of {} is live again.", store.name());
    Ok(())
}
