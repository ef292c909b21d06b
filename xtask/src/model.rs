//! The committed default model.

use std::path::Path;

use anyhow::{Result, bail};
use xshell::cmd;

use crate::workspace::Workspace;

/// `cargo xtask model`: the same bytes come out of the same data on every run.
pub(crate) fn rebuild(workspace: &Workspace, data: &Path) -> Result<()> {
    let sh = &workspace.sh;
    let (small, part) = (
        data.join("ml-latest-small"),
        data.join("ml-latest-2023-part"),
    );
    let inputs = [
        (
            "--ratings",
            vec![small.join("ratings.csv"), part.join("ratings.csv")],
        ),
        (
            "--items",
            vec![small.join("movies.csv"), part.join("movies.csv")],
        ),
        (
            "--tags",
            vec![small.join("tags.csv"), part.join("tags.csv")],
        ),
        ("--links", vec![small.join("links.csv")]),
    ];
    for path in inputs.iter().flat_map(|(_, paths)| paths) {
        if !path.is_file() {
            bail!(
                "{} is missing: --data names the folder that holds ml-latest-small and ml-latest-2023-part",
                path.display()
            );
        }
    }

    let folder = sh.create_temp_dir()?;
    let model = folder.path().join("model.matinee");
    let mut train = cmd!(
        sh,
        "cargo run --quiet --package matinee-cli -- train --card static/models/card.json --out {model}"
    );
    for (option, paths) in &inputs {
        train = train.arg(option).args(paths);
    }
    train.run()?;
    cmd!(
        sh,
        "cargo run --quiet --package matinee-cli -- stamp --model {model}
         --index index.html --models static/models --pointer static/model.json"
    )
    .run()?;
    println!(
        "\nNext: `cargo xtask site` shows it; `git add index.html static` and commit to keep it."
    );
    Ok(())
}
