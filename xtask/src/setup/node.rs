//! Node.js, and the packages that a package-lock.json names: the optimiser, the display font, the browser tests.

use std::path::Path;

use anyhow::{Context, Result};
use xshell::cmd;

use super::{apt, report};
use crate::workspace::Workspace;

/// A copy of the lock file that the installed packages came from.
const STAMP: &str = "node_modules/.installed-lock.json";

/// Installs the packages of the lock file in this folder of the checkout.
pub(crate) fn ensure(workspace: &Workspace, folder: &str) -> Result<()> {
    if workspace.find_program("npm").is_none() {
        apt::install(workspace, &["nodejs", "npm"])
            .context("install Node.js 20 or later with npm, then run this command again")?;
    }
    let sh = &workspace.sh;
    let folder = Path::new(folder);
    let stamp = folder.join(STAMP);
    let lock = sh.read_file(folder.join("package-lock.json"))?;
    if sh
        .read_file(&stamp)
        .is_ok_and(|installed| installed == lock)
    {
        report("npm packages", "present");
        return Ok(());
    }
    cmd!(sh, "npm ci --no-audit --no-fund --prefix {folder}").run()?;
    sh.write_file(stamp, lock)?;
    report("npm packages", "installed by npm ci");
    Ok(())
}
