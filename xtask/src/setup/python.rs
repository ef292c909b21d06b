//! Python tools, each in an environment of its own.

use std::path::Path;

use anyhow::{Context, Result};
use xshell::{Shell, cmd};

/// Makes `folder` an environment with these packages; `packages` are arguments of `pip install`.
pub(crate) fn create(sh: &Shell, folder: &Path, packages: &[&str]) -> Result<()> {
    cmd!(sh, "python3 -m venv --clear {folder}")
        .run()
        .context("Python's venv is needed: apt-get install python3-venv")?;
    let pip = folder.join("bin/pip");
    cmd!(sh, "{pip} install --quiet {packages...}")
        .run()
        .with_context(|| {
            format!(
                "pip cannot install {}: it needs a package index that it can reach (PIP_INDEX_URL names a mirror) \
                 that has these versions for this Python, or a C++ compiler to build them with",
                packages.join(" ")
            )
        })
}

/// Makes `folder` an environment with the packages of a file of exact versions, unless it is one.
pub(crate) fn ensure(sh: &Shell, folder: &Path, requirements: &str) -> Result<()> {
    let wanted = sh.read_file(requirements)?;
    // Written last, so that an environment left half installed is made again.
    let stamp = folder.join("installed.txt");
    if sh
        .read_file(&stamp)
        .is_ok_and(|installed| installed == wanted)
    {
        return Ok(());
    }
    eprintln!(
        "installing what {requirements} lists into {}",
        folder.display()
    );
    create(sh, folder, &["--requirement", requirements])?;
    Ok(sh.write_file(stamp, wanted)?)
}
