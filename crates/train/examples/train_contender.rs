//! Training as `cargo xtask bench train` measures it: one process that does what it is told on standard input, a line
//! each, and answers with a line of JSON. `xtask/bench/train/peer.py` is the same for the peers.

#![allow(
    clippy::print_stdout,
    reason = "standard output is where its answers go"
)]

use std::error::Error;
use std::io::{self, BufRead};
use std::path::PathBuf;
use std::time::Instant;

use indicatif::ProgressBar;
use matinee_train::dataset::{Columns, read_ratings};
use matinee_train::evaluate::{Algorithm, Budget, Input, Metric, Settings, evaluate, tune};
use matinee_train::grades::Scale;
use matinee_train::model::{Method, Ranker};
use matinee_train::split::{Split, SplitOptions};
use serde_json::{Map, Value, json};

/// As long and as fine as the README's figures.
const DIMS: usize = 128;
const LEVELS: u8 = 63;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(path), Some(seed)) = (arguments.next(), arguments.next()) else {
        return Err("arguments: RATINGS SEED".into());
    };
    let seed = seed.parse()?;
    let hidden = ProgressBar::hidden();
    let ratings = read_ratings(&[PathBuf::from(path)], &Columns::default(), &hidden)?;
    let options = SplitOptions {
        seed,
        ..SplitOptions::default()
    };
    let split = Split::strong(&ratings, &options)?;
    let dlae = Ranker {
        method: Method::Dlae,
        dims: DIMS,
        levels: LEVELS,
        scale: Scale::of(&ratings),
        input: Input::Likes,
        reading: None,
        content: None,
        seed,
    };
    drop(ratings);

    let about = json!({
        "version": env!("CARGO_PKG_VERSION"),
        "threads": rayon::current_num_threads(),
        "note": "quantised and scored by the engine",
    });
    println!("{about}");
    let mut settings = Settings::new();
    for line in io::stdin().lock().lines() {
        let line = line?;
        let (command, rest) = line.split_once(' ').unwrap_or((&line, ""));
        let answer = match command {
            "tune" => {
                let budget = Budget {
                    trials: rest.parse()?,
                    time: None,
                };
                let tuned = tune(&dlae, &split, budget, &hidden)?;
                let settings: Map<String, Value> = tuned
                    .settings
                    .iter()
                    .map(|&(name, value)| (name.to_owned(), value.into()))
                    .collect();
                json!({ "settings": settings })
            }
            "settings" => {
                settings = read(&dlae, rest)?;
                json!({})
            }
            "fit" => {
                let clock = Instant::now();
                let trained = dlae.train(&split.train, &settings);
                let seconds = clock.elapsed().as_secs_f64();
                drop(trained);
                json!({ "seconds": seconds })
            }
            "judge" => {
                let packed = dlae.fit_packed(&split.train, &settings)?;
                let found = evaluate(&packed, &split.test, split.items.len());
                let ndcg = found.estimate(Metric::Ndcg100);
                json!({ "ndcg": ndcg.mean, "standard_error": ndcg.standard_error })
            }
            _ => return Err(format!("unknown command: {command}").into()),
        };
        println!("{answer}");
    }
    Ok(())
}

/// A value for each of the algorithm's axes.
fn read(dlae: &Ranker, json: &str) -> Result<Settings, Box<dyn Error>> {
    let values: Map<String, Value> = serde_json::from_str(json)?;
    let value = |name: &'static str| -> Result<(&'static str, f64), Box<dyn Error>> {
        let value = values.get(name).and_then(Value::as_f64);
        Ok((name, value.ok_or_else(|| format!("no number for {name}"))?))
    };
    dlae.axes().iter().map(|axis| value(axis.name)).collect()
}
