//! Debian's packages, and what else needs the administrator's rights.

use std::ffi::OsStr;

use anyhow::{Context, Result, bail};
use xshell::cmd;

use crate::workspace::Workspace;

/// Whether this machine installs packages with apt.
pub(super) fn available(workspace: &Workspace) -> bool {
    workspace.find_program("apt-get").is_some()
}

/// Installs packages; those already there stay as they are.
pub(super) fn install(workspace: &Workspace, packages: &[&str]) -> Result<()> {
    if !available(workspace) {
        bail!(
            "apt-get, which would install {}, is not on this machine",
            packages.join(", ")
        );
    }
    let mut arguments = vec![
        "install",
        "--yes",
        "--no-install-recommends",
        "--no-upgrade",
    ];
    arguments.extend(packages);
    as_root(workspace, "apt-get", ["update", "--quiet"])?;
    as_root(workspace, "apt-get", arguments)
}

/// Runs a command as root, through sudo where that is needed.
pub(super) fn as_root<A: AsRef<OsStr>>(
    workspace: &Workspace,
    program: &str,
    arguments: impl IntoIterator<Item = A>,
) -> Result<()> {
    let sh = &workspace.sh;
    let is_root = cmd!(sh, "id -u").quiet().read()? == "0";
    let command = if is_root {
        cmd!(sh, "{program}")
    } else if workspace.find_program("sudo").is_some() {
        // sudo forgets the environment, which also says not to ask questions.
        cmd!(sh, "sudo DEBIAN_FRONTEND=noninteractive {program}")
    } else {
        bail!("`{program}` needs root, and there is no sudo: run this command as root");
    };
    command
        .args(arguments)
        .env("DEBIAN_FRONTEND", "noninteractive")
        .run()
        .with_context(|| format!("`{program}` failed"))
}
