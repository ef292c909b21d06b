//! `cargo xtask bench browser`: the engine in a page, beside what else could do its work there.
//!
//! `xtask/bench/browser` is that page: an invented catalogue, and contenders that are asked the same in turns, so that
//! what else the machine does disturbs all of them alike.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use xshell::{Shell, cmd};

use crate::program::FEATURES;
use crate::setup::{self, QUIET_CHROMIUM, Ready, node};
use crate::workspace::Workspace;

const FOLDER: &str = "xtask/bench/browser";
/// The page as it is served.
const PAGE: &str = "target/bench/browser";
/// What peers load beside the bundle, from their packages to the page.
const ASSETS: [(&str, &str); 7] = [
    (
        "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm",
        "tfjs",
    ),
    (
        "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm",
        "tfjs",
    ),
    (
        "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm",
        "tfjs",
    ),
    ("onnxruntime-web/dist/ort-wasm-simd-threaded.mjs", "onnx"),
    ("onnxruntime-web/dist/ort-wasm-simd-threaded.wasm", "onnx"),
    ("edgevec/edgevec_bg.wasm", "."),
    ("voy-search/voy_search_bg.wasm", "."),
];
/// The peers, by the names that the page knows them by.
const CONTENDERS: [&str; 6] = [
    "plain",
    "tfjs",
    "onnx-float",
    "onnx-integer",
    "edgevec",
    "voy",
];

/// Catalogues that scoring is measured on, beside the one that lists are made from.
const SIZES: [(u32, u16); 3] = [(20_000, 128), (62_000, 64), (500_000, 128)];
/// What is loaded while the page has to stay alive.
const LARGE: (u32, u16) = (1_000_000, 64);
/// How many times slower than this machine a phone is.
const SLOWDOWN: u32 = 4;

#[derive(clap::Args)]
pub(crate) struct BrowserArgs {
    /// Items in the catalogue that lists are made from
    #[arg(long, default_value_t = 62_000, value_parser = clap::value_parser!(u32).range(1000..))]
    items: u32,
    /// Dimensions of their vectors
    #[arg(long, default_value_t = 128, value_parser = clap::value_parser!(u16).range(1..=1024))]
    dims: u16,
    /// Times that each contender is measured, after once to warm up
    #[arg(long, default_value_t = 15, value_parser = clap::value_parser!(u32).range(1..))]
    rounds: u32,
    /// Only these contenders
    #[arg(long, value_delimiter = ',', value_parser = CONTENDERS)]
    compare: Vec<String>,
    /// Print JSON in place of CSV
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(workspace: &Workspace, args: &BrowserArgs) -> Result<()> {
    let ready = setup::for_browser(workspace)?;
    node::ensure(workspace, FOLDER)?;
    build(workspace, &ready)?;
    let main = (args.items, args.dims);
    let mut sizes = vec![main];
    sizes.extend(SIZES.iter().filter(|size| **size != main));
    for &(items, dims) in sizes.iter().chain([&LARGE]) {
        invent(workspace, items, dims)?;
    }
    let question = json!({
        "sizes": sizes,
        "large": LARGE,
        "slowdown": SLOWDOWN,
        "rounds": args.rounds,
        "peers": if args.compare.is_empty() { CONTENDERS.to_vec() } else { args.compare.iter().map(String::as_str).collect() },
        "flags": QUIET_CHROMIUM,
    })
    .to_string();
    let answer = cmd!(workspace.sh, "node {FOLDER}/run.js {PAGE} {question}")
        .env("CHROME", &ready.browser.chrome)
        .quiet()
        .read()?;
    let answer: Value = serde_json::from_str(&answer).context("the page answered no JSON")?;
    if args.json {
        println!("{answer}");
    } else {
        print(&answer)?;
    }
    ensure!(
        answer["answers"]["update_exact"] == true,
        "a list after one more rating is not that of all ratings at once"
    );
    eprintln!("lists after one more rating are exactly those of all ratings at once");
    Ok(())
}

/// Builds the engine as the site is built, and puts the page together.
fn build(workspace: &Workspace, ready: &Ready) -> Result<()> {
    let sh: &Shell = &workspace.sh;
    let build = cmd!(
        sh,
        "cargo build --quiet --profile web --target wasm32-unknown-unknown --package matinee-web --example bench"
    );
    ready.wasm.apply(build).run()?;
    let program = "target/wasm32-unknown-unknown/web/examples/bench.wasm";
    cmd!(
        sh,
        "wasm-bindgen --target web --no-typescript --out-dir {PAGE}/matinee {program}"
    )
    .run()?;
    let program = format!("{PAGE}/matinee/bench_bg.wasm");
    // As the site's program is, and vectors for the floor that scoring is held against.
    cmd!(
        sh,
        "wasm-opt -Oz {FEATURES...} --enable-simd {program} -o {program}"
    )
    .run()?;
    for (asset, folder) in ASSETS {
        let folder = format!("{PAGE}/{folder}");
        sh.create_dir(&folder)?;
        sh.copy_file(format!("{FOLDER}/node_modules/{asset}"), folder)?;
    }
    sh.copy_file(format!("{FOLDER}/index.html"), PAGE)?;
    cmd!(
        sh,
        "{FOLDER}/node_modules/.bin/esbuild {FOLDER}/main.js --bundle --format=esm --log-level=warning
         --outfile={PAGE}/bundle.js --external:./matinee/bench.js"
    )
    .run()?;
    Ok(())
}

/// Writes an invented catalogue to where the page finds it.
fn invent(workspace: &Workspace, items: u32, dims: u16) -> Result<()> {
    let sh: &Shell = &workspace.sh;
    let folder = format!("{PAGE}/models");
    sh.create_dir(&folder)?;
    let (items, dims) = (items.to_string(), dims.to_string());
    let file = format!("{folder}/{items}x{dims}.matinee");
    cmd!(
        sh,
        "cargo run --release --quiet --package matinee-format --example invent {items} {dims} {file}"
    )
    .run()?;
    Ok(())
}

/// A row for each thing measured; `times` is how many times as long as `of` it took.
fn print(answer: &Value) -> Result<()> {
    println!("measure,contender,items,dims,ms,times,of,in_common");
    for scoring in answer["scoring"].as_array().into_iter().flatten() {
        for (key, name) in [
            ("read", "reading the vectors"),
            ("score", "matinee"),
            ("scalar", "matinee without vector instructions"),
        ] {
            let times = number(scoring, key)? / number(scoring, "read")?;
            row(
                "scoring",
                name,
                scoring,
                number(scoring, key)?,
                times,
                "reading",
                &Value::Null,
            );
        }
    }
    let answers = &answer["answers"];
    let pass = number(answers, "pass_ms")?;
    row(
        "answer",
        "matinee",
        answers,
        number(answers, "ms")?,
        1.0,
        "matinee",
        &Value::Null,
    );
    for peer in answers["contenders"].as_array().into_iter().flatten() {
        let name = peer["name"]
            .as_str()
            .context("a contender without a name")?;
        let (ms, times) = (number(peer, "ms")?, number(peer, "times")?);
        row(
            "answer",
            name,
            answers,
            ms,
            times,
            "matinee",
            &peer["in_common"],
        );
    }
    for (key, name) in [
        ("pass_ms", "scoring once"),
        ("simple_update_ms", "list after one more rating"),
        ("update_ms", "varied list after one more rating"),
    ] {
        let ms = number(answers, key)?;
        row(
            "update",
            name,
            answers,
            ms,
            ms / pass,
            "scoring once",
            &Value::Null,
        );
    }
    print_search(&answer["searching"])?;
    let decoding = &answer["decoding"];
    let name = format!("matinee at 1/{SLOWDOWN} speed");
    let (ms, megabits) = (number(decoding, "ms")?, number(decoding, "megabits")?);
    let times = megabits / 100.0;
    row(
        "decoding",
        &name,
        decoding,
        ms,
        times,
        "100 Mbit/s",
        &Value::Null,
    );
    let large = &answer["large"];
    for (key, name, limit, of) in [
        ("load_ms", "loading", None, ""),
        ("answer_ms", "varied list", None, ""),
        ("frame", "longest frame", Some(50.0), "50 ms"),
        ("task", "longest task", Some(50.0), "50 ms"),
    ] {
        let ms = number(large, key)?;
        let times = limit.map_or(1.0, |limit: f64| ms / limit);
        row("large", name, large, ms, times, of, &Value::Null);
    }
    eprintln!(
        "{} items hold {:.1} MB of memory, {:.2} times the {:.1} MB of their chunks after decompression",
        large["items"],
        number(large, "held")? / 1e6,
        number(large, "times")?,
        number(large, "raw")? / 1e6,
    );
    Ok(())
}

fn print_search(searching: &Value) -> Result<()> {
    for (key, measure) in [
        ("index_ms", "index of titles"),
        ("median_ms", "search, median key"),
        ("worst_ms", "search, slowest key"),
    ] {
        let ours = number(&searching["matinee"], key)?;
        for name in ["matinee", "minisearch"] {
            let ms = number(&searching[name], key)?;
            row(
                measure,
                name,
                searching,
                ms,
                ms / ours,
                "matinee",
                &Value::Null,
            );
        }
    }
    Ok(())
}

fn row(
    measure: &str,
    contender: &str,
    sizes: &Value,
    ms: f64,
    times: f64,
    of: &str,
    in_common: &Value,
) {
    // Some names hold a comma.
    println!(
        "{measure},\"{contender}\",{},{},{ms:.3},{times:.2},{of},{}",
        sizes["items"],
        sizes["dims"],
        in_common.as_u64().map_or(String::new(), |n| n.to_string()),
    );
}

fn number(of: &Value, key: &str) -> Result<f64> {
    of[key]
        .as_f64()
        .with_context(|| format!("the page did not say {key}"))
}
