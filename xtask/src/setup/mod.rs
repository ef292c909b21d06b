//! Everything that building and testing needs, installed where it is missing.
//!
//! Each step first looks at what is there, so that a machine which has everything is done in a second.

mod apt;
mod browser;
pub(crate) mod node;
mod others;
pub(crate) mod python;
mod tools;
mod wasm;

use anyhow::{Context, Result, bail};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};
use xshell::{Cmd, cmd};

pub(crate) use browser::{Browser, QUIET_CHROMIUM};
pub(crate) use others::Others;
pub(crate) use wasm::Toolchain;

use crate::store;
use crate::workspace::Workspace;

/// How long a step may wait for a network that never answers, before it goes another way.
pub(crate) const NETWORK_PATIENCE: Duration = Duration::from_secs(120);

/// What tests and benchmarks in a browser need beyond a plain Rust toolchain.
pub(crate) struct Ready {
    pub(crate) wasm: Toolchain,
    pub(crate) browser: Browser,
}

/// `cargo xtask setup`
pub(crate) fn everything(workspace: &Workspace) -> Result<()> {
    for_tests(workspace)?;
    other_browsers(workspace);
    println!("\nEverything is there. Next: `cargo xtask site` or `cargo xtask test`.");
    Ok(())
}

/// What building the site needs.
pub(crate) fn for_site(workspace: &Workspace) -> Result<Toolchain> {
    let wasm = wasm::ensure(workspace)?;
    tools::ensure(workspace, &tools::trunk())?;
    tools::ensure(workspace, &tools::wasm_bindgen(workspace)?)?;
    node::ensure(workspace, ".")?;
    Ok(wasm)
}

/// What building the site and running every test needs.
pub(crate) fn for_tests(workspace: &Workspace) -> Result<Ready> {
    ensure_components(workspace)?;
    tools::ensure(workspace, &tools::cargo_deny())?;
    store::ensure(workspace)?;
    ensure_wrong_clock(workspace)?;
    for_browser(workspace)
}

/// Browsers of other makers, as far as they are to be had.
pub(crate) fn other_browsers(workspace: &Workspace) -> Others {
    others::ensure(workspace)
}

/// What building the site and visiting it needs.
pub(crate) fn for_browser(workspace: &Workspace) -> Result<Ready> {
    let wasm = for_site(workspace)?;
    let browser = browser::ensure(workspace)?;
    Ok(Ready { wasm, browser })
}

/// rustup's minimal profile leaves out the formatter and the linter.
fn ensure_components(workspace: &Workspace) -> Result<()> {
    for (component, program) in [("rustfmt", "cargo-fmt"), ("clippy", "cargo-clippy")] {
        if workspace.succeeds(program, &["--version"]) {
            report(component, "present");
            continue;
        }
        cmd!(workspace.sh, "rustup component add {component}")
            .run()
            .with_context(|| {
                format!("{component} is missing: install it, then run this command again")
            })?;
        report(component, "added by rustup");
    }
    Ok(())
}

/// What gives a test of publishing a clock that is wrong.
fn ensure_wrong_clock(workspace: &Workspace) -> Result<()> {
    let there = ["x86_64", "aarch64"].iter().any(|machine| {
        let path = format!("/usr/lib/{machine}-linux-gnu/faketime/libfaketime.so.1");
        std::path::Path::new(&path).exists()
    });
    if there {
        report("libfaketime", "present");
        return Ok(());
    }
    if apt::available(workspace) {
        apt::install(workspace, &["libfaketime"])?;
        report("libfaketime", "installed by apt");
    } else {
        report("libfaketime", "absent: a wrong clock is not tested");
    }
    Ok(())
}

/// Says what a step found or did.
fn report(what: &str, how: &str) {
    println!("  {what:<26} {how}");
}

/// Runs a command that needs the network, and ends it when the network does not answer.
pub(crate) fn run_patiently(command: Cmd<'_>, patience: Duration) -> Result<()> {
    let shown = command.to_string();
    eprintln!("$ {shown}");
    let mut child = Command::from(command)
        .stdin(Stdio::null())
        .spawn()
        .with_context(|| format!("cannot start `{shown}`"))?;
    let begun = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            if status.success() {
                return Ok(());
            }
            bail!("`{shown}` failed ({status})");
        }
        if begun.elapsed() > patience {
            child.kill()?;
            child.wait()?;
            bail!("`{shown}` did not end within {} s", patience.as_secs());
        }
        thread::sleep(Duration::from_millis(50));
    }
}
