//! Benchmarks beside peers, on the machine that they run on.

mod contender;
mod train;

use anyhow::Result;
use clap::Subcommand;

use crate::workspace::Workspace;

#[derive(Subcommand)]
pub(crate) enum Bench {
    /// Train the ranking model beside irspack, implicit and Surprise, on MovieLens 1M at 128 dimensions
    Train(train::TrainArgs),
}

pub(crate) fn run(workspace: &Workspace, bench: Bench) -> Result<()> {
    match bench {
        Bench::Train(args) => train::run(workspace, &args),
    }
}
