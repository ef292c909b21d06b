//! `matinee releases`: what was published.

use anyhow::Result;
use matinee_publish::{Release, releases};
use serde::Serialize;

use super::{Target, chief_figure, wait_for};
use crate::table::Table;

/// List the releases of a published site: date, model, figures, and which one visitors see.
#[derive(clap::Args)]
pub(crate) struct ReleasesArgs {
    #[command(flatten)]
    target: Target,
    /// Print a JSON object a line.
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Row {
    number: u32,
    live: &'static str,
    action: String,
    state: String,
    date: String,
    model: String,
    model_sha256: String,
    films: Option<u32>,
    figure: String,
    git: String,
}

pub(crate) fn run(args: ReleasesArgs) -> Result<()> {
    let store = args.target.open()?;
    let history = wait_for(releases(&store))?;
    let columns = [
        "number",
        "live",
        "action",
        "state",
        "date",
        "model",
        "model_sha256",
        "films",
        "figure",
        "git",
    ];
    let mut table = Table::new(&columns, args.json)?;
    for release in &history.entries {
        table.row(&row(release, history.live))?;
    }
    table.finish()?;
    if history.entries.is_empty() {
        eprintln!("Nothing has been published to {} yet.", store.name());
    }
    Ok(())
}

fn row(release: &Release, live: Option<u32>) -> Row {
    let model = release.model.as_ref();
    let word = |value: &dyn std::fmt::Debug| format!("{value:?}").to_lowercase();
    Row {
        number: release.number,
        live: if live == Some(release.number) {
            "live"
        } else {
            ""
        },
        action: match release.back_to {
            Some(number) => format!("rollback to {number}"),
            None => word(&release.action),
        },
        state: word(&release.state),
        date: release.begun.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        model: model.map(|model| model.name.clone()).unwrap_or_default(),
        model_sha256: model.map(|model| model.sha256.clone()).unwrap_or_default(),
        films: model.map(|model| model.films),
        figure: chief_figure(release),
        git: release.git.clone().unwrap_or_default(),
    }
}
