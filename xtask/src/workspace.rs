//! The checkout, and the environment that its commands run in.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use xshell::{Shell, cmd};

/// A shell in the root of the checkout, with the project's own tools first in its `PATH`.
pub(crate) struct Workspace {
    pub(crate) sh: Shell,
    root: PathBuf,
    cache: PathBuf,
}

impl Workspace {
    pub(crate) fn open() -> Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .parent()
            .expect("this package lies in a folder of the checkout")
            .to_owned();
        let cache = env::var_os("XDG_CACHE_HOME")
            .map(PathBuf::from)
            .or_else(|| env::home_dir().map(|home| home.join(".cache")))
            .context("neither XDG_CACHE_HOME nor a home folder says where to keep tools")?
            .join("matinee");

        let sh = Shell::new()?;
        sh.change_dir(&root);
        let own = [cache.join("tools/bin"), root.join("node_modules/.bin")];
        let inherited = env::var_os("PATH").unwrap_or_default();
        let path = own.into_iter().chain(env::split_paths(&inherited));
        sh.set_var("PATH", env::join_paths(path)?);
        // Trunk reads NO_COLOR as a switch and takes only "true" or "false".
        if env::var_os("NO_COLOR").is_some() {
            sh.set_var("NO_COLOR", "true");
        }
        Ok(Self { sh, root, cache })
    }

    /// A path inside the checkout.
    pub(crate) fn path(&self, relative: impl AsRef<Path>) -> PathBuf {
        self.root.join(relative)
    }

    /// Where installed tools are kept: outside the checkout, so that every clone shares them.
    pub(crate) fn cache(&self) -> &Path {
        &self.cache
    }

    /// The first program of this name in `PATH`.
    pub(crate) fn find_program(&self, name: &str) -> Option<PathBuf> {
        let path = self.sh.var_os("PATH").unwrap_or_default();
        env::split_paths(&path)
            .map(|folder| folder.join(name))
            .find(|candidate| candidate.is_file())
    }

    /// Whether `program arguments` succeeds; its output is not shown.
    pub(crate) fn succeeds(&self, program: &str, arguments: &[&str]) -> bool {
        cmd!(self.sh, "{program} {arguments...}")
            .quiet()
            .ignore_stderr()
            .read()
            .is_ok()
    }

    /// The version of a package in Cargo.lock.
    pub(crate) fn locked_version(&self, package: &str) -> Result<String> {
        let id = cmd!(self.sh, "cargo pkgid {package}").quiet().read()?;
        let (_, version) = id
            .rsplit_once('@')
            .with_context(|| format!("`cargo pkgid {package}` gave no version: {id}"))?;
        Ok(version.to_owned())
    }
}

/// The folder that this program and the binary `matinee` are built into.
pub(crate) fn output_folder() -> Result<PathBuf> {
    let own = env::current_exe()?;
    Ok(own
        .parent()
        .context("a program lies in a folder")?
        .to_owned())
}
