//! Benchmarks beside peers, on the machine that they run on.

mod browser;
mod contender;
mod lighthouse;
mod load;
mod served;
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
    /// Visit the built site over a slow line with a slow processor, for the first time and again
    Load(load::LoadArgs),
    /// Have Lighthouse judge the built site's home page, as for phones
    Lighthouse(lighthouse::LighthouseArgs),
}

pub(crate) fn run(workspace: &Workspace, bench: Bench) -> Result<()> {
    match bench {
        Bench::Train(args) => train::run(workspace, &args),
        Bench::Browser(args) => browser::run(workspace, &args),
        Bench::Load(args) => load::run(workspace, &args),
        Bench::Lighthouse(args) => lighthouse::run(workspace, &args),
    }
}

/// The middle of the values, the upper one of two.
fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
