//! Node.js, and the packages in package-lock.json: the optimiser, the display font, the browser tests.

use anyhow::{Context, Result};
use xshell::cmd;

use super::{apt, report};
use crate::workspace::Workspace;

/// A copy of the lock file that the installed packages came from.
const STAMP: &str = "node_modules/.installed-lock.json";

pub(super) fn ensure(workspace: &Workspace) -> Result<()> {
    if workspace.find_program("npm").is_none() {
        apt::install(workspace, &["nodejs", "npm"])
            .context("install Node.js 20 or later with npm, then run this command again")?;
    }
    let sh = &workspace.sh;
    let lock = sh.read_file("package-lock.json")?;
    if sh.read_file(STAMP).is_ok_and(|installed| installed == lock) {
        report("npm packages", "present");
        return Ok(());
    }
    cmd!(sh, "npm ci --no-audit --no-fund").run()?;
    sh.write_file(STAMP, lock)?;
    report("npm packages", "installed by npm ci");
    Ok(())
}
