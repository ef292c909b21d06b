//! `cargo xtask bench train`: what training the ranking model takes, beside other libraries.
//!
//! Each contender is a process of its own with the same users in memory. They train in turns, so that what else the
//! machine does disturbs all of them alike; reading the data and judging the models are not measured.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde_json::{Map, Value, json};
use xshell::cmd;

use super::contender::{Contender, Fit, number};
use super::median;
use crate::setup::python;
use crate::workspace::Workspace;

const FOLDER: &str = "xtask/bench/train";
/// The settings of each contender, as `--tune` found them.
const SETTINGS: &str = "xtask/bench/train/settings.json";
const OURS: &str = "matinee";
/// Our contender, as arguments of cargo.
const EXAMPLE: [&str; 6] = [
    "--release",
    "--quiet",
    "--package",
    "matinee-train",
    "--example",
    "train_contender",
];
/// The peers, by the names that `contenders.py` knows them by.
const PEERS: [&str; 4] = [
    "irspack-ials++",
    "irspack-cg",
    "implicit-als",
    "surprise-svd",
];
const COLUMNS: [&str; 17] = [
    "contender",
    "version",
    "threads",
    "ndcg@100",
    "ndcg@100_se",
    "fit_seconds",
    "fit_seconds_min",
    "fit_seconds_max",
    "cpu_seconds",
    "peak_mb",
    "fit_mb",
    "times_seconds",
    "times_cpu",
    "times_peak",
    "times_fit_mb",
    "settings",
    "note",
];

#[derive(clap::Args)]
pub(crate) struct TrainArgs {
    /// The folder that holds ml-1m
    #[arg(long)]
    data: PathBuf,
    /// Seed of the split
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How often each contender trains, after once to warm up
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
    runs: u32,
    /// First seek everyone's settings anew on the validation users, in so many trials each, and keep them
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..))]
    tune: Option<u32>,
    /// Print JSON, an object a line, in place of CSV
    #[arg(long)]
    json: bool,
}

/// What was measured of a contender.
struct Measured {
    name: &'static str,
    about: Value,
    settings: Value,
    judged: Value,
    fits: Vec<Fit>,
    /// Megabytes: at the most while training, and how much of that training itself added.
    peak: f64,
    added: f64,
}

pub(crate) fn run(workspace: &Workspace, args: &TrainArgs) -> Result<()> {
    if !Path::new("/proc/self/clear_refs").exists() {
        bail!("memory and processor time are read from /proc: run this on Linux");
    }
    let ratings = std::path::absolute(&args.data)?.join("ml-1m/ratings.dat");
    if !ratings.is_file() {
        bail!(
            "{} is missing: --data names the folder that holds ml-1m (https://grouplens.org/datasets/movielens/1m/)",
            ratings.display()
        );
    }
    let folder = workspace.sh.create_temp_dir()?;
    let split = folder.path().join("split.csv");
    let seed = args.seed.to_string();
    let python = prepare(workspace, &ratings, &split, &seed)?;
    let start = || start(workspace, &python, &ratings, &split, &seed);

    if let Some(trials) = args.tune {
        // In processes of their own: what tuning leaves in memory would hide what training adds to it.
        tune(workspace, start()?, trials)?;
    }
    let mut contenders = start()?;
    let settings = workspace
        .sh
        .read_file(SETTINGS)
        .context("no settings have been sought yet: --tune 30 does that and keeps them")?;
    let settings: Value =
        serde_json::from_str(&settings).with_context(|| format!("{SETTINGS} is no JSON"))?;
    let settings = |name| &settings["settings"][name];
    for contender in &mut contenders {
        let settings = settings(contender.name);
        if !settings.is_object() {
            bail!(
                "{SETTINGS} has none for {}: seek them with --tune 30",
                contender.name
            );
        }
        contender.ask(&format!("settings {settings}"))?;
    }

    let mut before = Vec::new();
    let mut fits: Vec<Vec<Fit>> = vec![Vec::new(); contenders.len()];
    for contender in &mut contenders {
        eprintln!("{}: warming up", contender.name);
        contender.forget_peak()?;
        before.push(contender.memory()?);
        contender.fit()?;
    }
    for run in 1..=args.runs {
        eprintln!("run {run} of {}", args.runs);
        for (contender, fits) in contenders.iter_mut().zip(&mut fits) {
            fits.push(contender.fit()?);
        }
    }
    let mut measured = Vec::new();
    for ((mut contender, fits), before) in contenders.into_iter().zip(fits).zip(before) {
        let peak = contender.peak_memory()?;
        measured.push(Measured {
            name: contender.name,
            settings: settings(contender.name).clone(),
            judged: contender.ask("judge")?,
            about: contender.about.clone(),
            fits,
            peak,
            added: peak - before,
        });
    }
    print(&measured, args.json)
}

/// Installs, builds and writes what the contenders need; the Python to run the peers with.
fn prepare(workspace: &Workspace, ratings: &Path, split: &Path, seed: &str) -> Result<PathBuf> {
    let sh = &workspace.sh;
    let environment = workspace.cache().join("bench/train");
    python::ensure(sh, &environment, &format!("{FOLDER}/requirements.txt"))?;
    eprintln!("building");
    cmd!(sh, "cargo build {EXAMPLE...}").run()?;
    let rows = cmd!(
        sh,
        "cargo run --quiet --package matinee-cli -- split --ratings {ratings} --seed {seed}"
    )
    .read()?;
    fs::write(split, rows)?;
    Ok(environment.join("bin/python"))
}

/// Ours first, then the peers; each has read the data.
fn start(
    workspace: &Workspace,
    python: &Path,
    ratings: &Path,
    split: &Path,
    seed: &str,
) -> Result<Vec<Contender>> {
    let sh = &workspace.sh;
    eprintln!("reading");
    // On Unix, `cargo run` becomes what it runs.
    let ours = cmd!(sh, "cargo run {EXAMPLE...} -- {ratings} {seed}").quiet();
    let mut contenders = vec![Contender::start(OURS, ours)?];
    for name in PEERS {
        let peer = cmd!(sh, "{python} {FOLDER}/peer.py {name} --split {split}")
            .quiet()
            // What slows numpy down is no merit of ours.
            .env_remove("OPENBLAS_CORETYPE")
            .env_remove("OPENBLAS_L2_SIZE")
            // As implicit's documentation advises: it has threads of its own, and so has irspack.
            .env("OPENBLAS_NUM_THREADS", "1");
        contenders.push(Contender::start(name, peer)?);
    }
    Ok(contenders)
}

/// Seeks each contender's settings and keeps them.
fn tune(workspace: &Workspace, contenders: Vec<Contender>, trials: u32) -> Result<()> {
    let mut found = Map::new();
    for mut contender in contenders {
        eprintln!("{}: seeking settings in {trials} trials", contender.name);
        let answer = contender.ask(&format!("tune {trials}"))?;
        eprintln!("  {answer}");
        found.insert(contender.name.to_owned(), answer["settings"].clone());
    }
    let command = format!("cargo xtask bench train --data DIR --tune {trials}");
    let content = json!({ "made by": command, "settings": found });
    let content = format!("{content:#}\n");
    workspace.sh.write_file(SETTINGS, content)?;
    eprintln!("{SETTINGS} holds what was found");
    Ok(())
}

/// One row a contender. What is called `times_..` is how many times as much as ours it took.
fn print(measured: &[Measured], json: bool) -> Result<()> {
    let ours = measured.first().context("nothing was measured")?;
    if !json {
        println!("{}", COLUMNS.join(","));
    }
    for this in measured {
        let seconds = |of: &Measured| median(of.fits.iter().map(|fit| fit.seconds));
        let cpu = |of: &Measured| median(of.fits.iter().map(|fit| fit.cpu_seconds));
        let each = this.fits.iter().map(|fit| fit.seconds);
        let settings = this.settings.as_object().into_iter().flatten();
        let settings: Vec<String> = settings
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let values: [Value; COLUMNS.len()] = [
            this.name.into(),
            this.about["version"].clone(),
            this.about["threads"].clone(),
            rounded(number(&this.judged, "ndcg")?, 4),
            rounded(number(&this.judged, "standard_error")?, 4),
            rounded(seconds(this), 3),
            rounded(each.clone().fold(f64::INFINITY, f64::min), 3),
            rounded(each.fold(0.0, f64::max), 3),
            rounded(cpu(this), 2),
            rounded(this.peak, 1),
            rounded(this.added, 1),
            rounded(seconds(this) / seconds(ours), 2),
            rounded(cpu(this) / cpu(ours), 2),
            rounded(this.peak / ours.peak, 2),
            rounded(this.added / ours.added, 2),
            settings.join(" ").into(),
            this.about["note"].clone(),
        ];
        if json {
            let row: Map<_, _> = COLUMNS.map(str::to_owned).into_iter().zip(values).collect();
            println!("{}", Value::Object(row));
        } else {
            println!("{}", values.each_ref().map(plain).join(","));
        }
    }
    Ok(())
}

/// A value as a field of a CSV row; none of them holds a comma or a quotation mark.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

fn rounded(value: f64, digits: i32) -> Value {
    let unit = 10_f64.powi(digits);
    json!((value * unit).round() / unit)
}
