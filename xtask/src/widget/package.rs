//! The npm package.

use anyhow::{Result, bail};
use serde_json::Value;

use super::{SOURCES, copy_all};
use crate::workspace::Workspace;

/// Where it is put together.
pub(super) const FOLDER: &str = "target/widget/package";
/// What of it stands in the repository.
const OWN: &str = "crates/widget/package";
/// Of that, what stays there.
const STAYS: [&str; 2] = ["samples", "node_modules"];
/// Scripts that it shares with the widget.
const SHARED: [&str; 5] = [
    "carry.js",
    "error.js",
    "model.js",
    "recommender.js",
    "store.js",
];

/// Puts its own files, the programs in `bound`, and the widget in `files` together.
pub(super) fn assemble(
    workspace: &Workspace,
    bound: &[&str],
    files: &str,
    version: &str,
) -> Result<()> {
    let sh = &workspace.sh;
    sh.remove_path(FOLDER)?;
    copy_all(workspace, OWN, FOLDER)?;
    for name in STAYS {
        sh.remove_path(format!("{FOLDER}/{name}"))?;
    }
    for program in bound {
        copy_all(workspace, program, FOLDER)?;
    }
    for script in SHARED {
        sh.copy_file(format!("{SOURCES}/{script}"), FOLDER)?;
    }
    sh.copy_file("LICENSE", FOLDER)?;
    copy_all(workspace, files, &format!("{FOLDER}/elements"))?;
    copy_all(
        workspace,
        &format!("{files}/words"),
        &format!("{FOLDER}/words"),
    )?;
    let manifest: Value = serde_json::from_str(&sh.read_file(format!("{FOLDER}/package.json"))?)?;
    match manifest["version"].as_str() {
        Some(said) if said == version => Ok(()),
        said => {
            bail!("{OWN}/package.json says version {said:?}, crates/widget/Cargo.toml {version}")
        }
    }
}
