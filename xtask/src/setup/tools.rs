//! Command-line tools from the crate registry.

use anyhow::{Context, Result, bail};
use xshell::cmd;

use super::report;
use crate::workspace::Workspace;

/// A tool, and the version that the project needs.
pub(super) struct Tool {
    package: &'static str,
    /// What it installs; the first one is asked for its version.
    binaries: &'static [&'static str],
    version: String,
    /// Whether a later patch release does as well.
    accepts_later_patch: bool,
    /// How it compiles quickest, without system libraries.
    install_options: &'static [&'static str],
}

/// The bundler. 0.22 needs a newer compiler than the workspace's `rust-version`.
pub(super) fn trunk() -> Tool {
    Tool {
        package: "trunk",
        binaries: &["trunk"],
        version: "0.21.14".to_owned(),
        accepts_later_patch: true,
        // Without TLS it cannot download tools by itself: this setup provides all that it uses.
        install_options: &["--locked", "--no-default-features"],
    }
}

/// The binding generator and the test runner: the version must equal the library's.
pub(super) fn wasm_bindgen(workspace: &Workspace) -> Result<Tool> {
    Ok(Tool {
        package: "wasm-bindgen-cli",
        binaries: &["wasm-bindgen", "wasm-bindgen-test-runner"],
        version: workspace.locked_version("wasm-bindgen")?,
        accepts_later_patch: false,
        install_options: &["--no-default-features"],
    })
}

/// The licence and advisory checker.
pub(super) fn cargo_deny() -> Tool {
    Tool {
        package: "cargo-deny",
        binaries: &["cargo-deny"],
        version: "0.20.2".to_owned(),
        accepts_later_patch: true,
        install_options: &["--locked"],
    }
}

/// Uses a tool that is there in a fitting version, else installs it.
pub(super) fn ensure(workspace: &Workspace, tool: &Tool) -> Result<()> {
    let what = format!("{} {}", tool.package, tool.version);
    if is_present(workspace, tool) {
        report(&what, "present");
        return Ok(());
    }
    let how = if install_prebuilt(workspace, tool) {
        "installed by cargo-binstall"
    } else {
        compile(workspace, tool)
            .with_context(|| format!("cannot install {what} from the crate registry"))?;
        "compiled"
    };
    if !is_present(workspace, tool) {
        bail!("{what} was installed, but does not run");
    }
    report(&what, how);
    Ok(())
}

fn is_present(workspace: &Workspace, tool: &Tool) -> bool {
    let all_there = tool
        .binaries
        .iter()
        .all(|name| workspace.find_program(name).is_some());
    let version_of = tool.binaries[0];
    all_there
        && cmd!(workspace.sh, "{version_of} --version")
            .quiet()
            .ignore_stderr()
            .read()
            .is_ok_and(|output| fits(tool, &output))
}

/// `output` is what `--version` prints: a name, a version, perhaps more.
fn fits(tool: &Tool, output: &str) -> bool {
    let Some(found) = output.split_whitespace().nth(1) else {
        return false;
    };
    if !tool.accepts_later_patch {
        return found == tool.version;
    }
    let parts = |version: &str| -> Option<(String, u32)> {
        let (line, patch) = version.rsplit_once('.')?;
        Some((line.to_owned(), patch.parse().ok()?))
    };
    match (parts(found), parts(&tool.version)) {
        (Some((line, patch)), Some((wanted_line, wanted_patch))) => {
            line == wanted_line && patch >= wanted_patch
        }
        _ => false,
    }
}

/// A user who has cargo-binstall saves the minutes of compiling.
fn install_prebuilt(workspace: &Workspace, tool: &Tool) -> bool {
    if workspace.find_program("cargo-binstall").is_none() {
        return false;
    }
    let root = workspace.cache().join("tools");
    let package = format!("{}@{}", tool.package, tool.version);
    cmd!(
        workspace.sh,
        "cargo binstall --no-confirm --disable-strategies compile --root {root} {package}"
    )
    .run()
    .is_ok()
}

fn compile(workspace: &Workspace, tool: &Tool) -> Result<()> {
    let Tool {
        package,
        version,
        install_options,
        ..
    } = tool;
    let options = *install_options;
    let root = workspace.cache().join("tools");
    println!("  compiling {package} {version} (once, some minutes)");
    // These tools run for seconds: quick compiling wins over the authors' settings for releases.
    cmd!(
        workspace.sh,
        "cargo install {package} --version {version} --root {root} {options...}"
    )
    .env("CARGO_PROFILE_RELEASE_LTO", "off")
    .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
    .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
    .env("CARGO_PROFILE_RELEASE_DEBUG", "0")
    .env_remove("CARGO_TARGET_DIR")
    .run()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_later_patch_fits_where_it_may() {
        let trunk = trunk();
        assert!(fits(&trunk, "trunk 0.21.14"));
        assert!(fits(&trunk, "trunk 0.21.15"));
        assert!(!fits(&trunk, "trunk 0.21.9"));
        assert!(!fits(&trunk, "trunk 0.22.14"));
        assert!(!fits(&trunk, ""));
    }

    #[test]
    fn the_binding_generator_fits_exactly() {
        let tool = Tool {
            version: "0.2.130".to_owned(),
            accepts_later_patch: false,
            ..trunk()
        };
        assert!(fits(&tool, "wasm-bindgen 0.2.130"));
        assert!(!fits(&tool, "wasm-bindgen 0.2.131"));
    }
}
