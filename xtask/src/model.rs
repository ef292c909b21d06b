//! The committed default model.

use std::path::Path;

use anyhow::{Result, bail};
use xshell::cmd;

use crate::workspace::Workspace;

/// `cargo xtask model`: the same bytes come out of the same data on every run.
pub(crate) fn rebuild(workspace: &Workspace, data: &Path) -> Result<()> {
    let sh = &workspace.sh;
    // The commands run in the root of the checkout, wherever this one was typed.
    let data = std::path::absolute(data)?;
    let sets = ["ml-latest-small", "ml-latest-2023-part"].map(|set| data.join(set));
    let in_both = |name: &str| sets.iter().map(|set| set.join(name)).collect::<Vec<_>>();
    let inputs = [
        ("--ratings", in_both("ratings.csv")),
        ("--items", in_both("movies.csv")),
        ("--tags", in_both("tags.csv")),
        ("--links", vec![sets[0].join("links.csv")]),
    ];
    if let Some(missing) = inputs
        .iter()
        .flat_map(|(_, paths)| paths)
        .find(|path| !path.is_file())
    {
        bail!(
            "{} is missing: --data names the folder that holds ml-latest-small and ml-latest-2023-part",
            missing.display()
        );
    }

    let folder = sh.create_temp_dir()?;
    let model = folder.path().join("model.matinee");
    let trends = folder.path().join("trends.json");
    let mut train = cmd!(
        sh,
        "cargo run --quiet --package matinee-cli -- train --card static/models/card.json --out {model}
         --trends {trends}"
    );
    for (option, paths) in &inputs {
        train = train.arg(option).args(paths);
    }
    train.run()?;
    cmd!(
        sh,
        "cargo run --quiet --package matinee-cli -- stamp --model {model} --trends {trends}
         --index index.html --models static/models --pointer static/model.json"
    )
    .run()?;
    println!(
        "\nNext: `cargo xtask site` shows it; `git add index.html static` and commit to keep it."
    );
    Ok(())
}
