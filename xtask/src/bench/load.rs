//! `cargo xtask bench load`: how long a visitor on a slow line with a slow phone waits.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use xshell::cmd;

use super::median;
use super::served::Served;
use crate::setup::{self, QUIET_CHROMIUM};
use crate::site;
use crate::workspace::Workspace;

const FOLDER: &str = "xtask/bench/load";

#[derive(clap::Args)]
pub(crate) struct LoadArgs {
    /// First visits, each followed by a second one of the same visitor
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
    visits: u32,
    /// The line, in kilobits a second
    #[arg(long, default_value_t = 1600)]
    kilobits: u32,
    /// Milliseconds until an answer begins
    #[arg(long, default_value_t = 150)]
    latency: u32,
    /// How many times slower than this machine the processor is
    #[arg(long, default_value_t = 4)]
    slowdown: u32,
    /// Print JSON, with every visit, in place of CSV
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(workspace: &Workspace, args: &LoadArgs) -> Result<()> {
    let ready = setup::for_browser(workspace)?;
    site::build(workspace, ready.wasm)?;
    let served = Served::begin(workspace)?;
    let address = &served.address;
    let options = json!({
        "visits": args.visits,
        "kilobits": args.kilobits,
        "latency": args.latency,
        "slowdown": args.slowdown,
        "flags": QUIET_CHROMIUM,
    })
    .to_string();
    let answer = cmd!(workspace.sh, "node {FOLDER}/run.mjs {address} {options}")
        .env("CHROME", &ready.browser.chrome)
        .quiet()
        .read()?;
    let answer: Value = serde_json::from_str(&answer).context("the visits gave no JSON")?;
    if args.json {
        println!("{answer}");
        return Ok(());
    }
    print(&answer)
}

/// What was waited for, in milliseconds, then the files of one first visit.
fn print(answer: &Value) -> Result<()> {
    println!("visit,measure,median,least,most,target");
    let rows = [
        ("first", "first contentful paint, ms", "paint", Some(1500.0)),
        (
            "first",
            "films that can be rated, ms",
            "usable",
            Some(3000.0),
        ),
        (
            "first",
            "recommendations after the fifth rating, ms",
            "recommended",
            Some(100.0),
        ),
        ("first", "layout shift", "shift", Some(0.02)),
        ("first", "longest task, ms", "longest", None),
        ("again", "first contentful paint, ms", "paint", None),
        ("again", "usable, ms", "usable", Some(700.0)),
        ("again", "layout shift", "shift", Some(0.02)),
    ];
    for (visit, name, key, target) in rows {
        let values: Vec<f64> = each(answer, visit)
            .filter_map(|visit| visit[key].as_f64())
            .collect();
        anyhow::ensure!(!values.is_empty(), "no visit says {key}");
        let (least, most) = values
            .iter()
            .fold((f64::INFINITY, 0.0_f64), |(low, high), &v| {
                (low.min(v), high.max(v))
            });
        let digits = if key == "shift" { 4 } else { 0 };
        println!(
            "{visit},\"{name}\",{:.digits$},{least:.digits$},{most:.digits$},{}",
            median(values.into_iter()),
            target.map_or(String::new(), |target| target.to_string()),
        );
    }
    eprintln!("\nThe files of a first visit, until films could be rated:");
    eprintln!("{:>8} {:>8} {:>9}  file", "from, ms", "to, ms", "bytes");
    let files = each(answer, "first").next().map(|visit| &visit["files"]);
    for file in files.and_then(Value::as_array).into_iter().flatten() {
        eprintln!(
            "{:>8.0} {:>8.0} {:>9}  {}",
            file["start"].as_f64().unwrap_or(0.0),
            file["end"].as_f64().unwrap_or(0.0),
            file["bytes"].as_u64().unwrap_or(0),
            file["name"].as_str().unwrap_or("?"),
        );
    }
    Ok(())
}

fn each<'a>(answer: &'a Value, visit: &str) -> impl Iterator<Item = &'a Value> {
    answer[visit].as_array().into_iter().flatten()
}
