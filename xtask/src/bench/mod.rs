//! Benchmarks beside peers, on the machine that they run on.

mod browser;
mod contender;
mod train;

use anyhow::Result;
use clap::Subcommand;

use crate::workspace::Workspace;

#[derive(Subcommand)]
pub(crate) enum Bench {
    /// Train the ranking model beside irspack, implicit and Surprise, on MovieLens 1M at 128 dimensions
    Train(train::TrainArgs),
    /// Score and list in Chromium beside plain JavaScript, TensorFlow.js, ONNX Runtime, edgevec and voy, in one page
    Browser(browser::BrowserArgs),
}

pub(crate) fn run(workspace: &Workspace, bench: Bench) -> Result<()> {
    match bench {
        Bench::Train(args) => train::run(workspace, &args),
        Bench::Browser(args) => browser::run(workspace, &args),
    }
}
