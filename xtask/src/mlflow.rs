//! Tracking, tested against a real MLflow server.

use std::env;
use std::path::PathBuf;

use anyhow::{Context, Result};
use xshell::cmd;

use crate::setup::python;
use crate::workspace::Workspace;

/// The version that the test is known to pass with.
const VERSION: &str = "3.17.2";

/// Installs MLflow into `~/.cache/matinee` where it is missing, and runs the test that needs it.
pub(crate) fn test(workspace: &Workspace) -> Result<()> {
    let sh = &workspace.sh;
    let home = env::var_os("HOME").context("HOME names no folder to install MLflow into")?;
    let folder = PathBuf::from(home)
        .join(".cache/matinee/mlflow")
        .join(VERSION);
    let mlflow = folder.join("bin/mlflow");
    if !mlflow.is_file() {
        println!(
            "installing MLflow {VERSION} into {} (850 MB)",
            folder.display()
        );
        python::create(sh, &folder, &[&format!("mlflow=={VERSION}")])?;
    }
    Ok(cmd!(
        sh,
        "cargo test --package matinee-cli --test cli -- --include-ignored tracking"
    )
    .env("MLFLOW", mlflow)
    .run()?)
}
