//! The site: built with Trunk, served by the project's own command.

use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::process::CommandExt;
use std::process::Command;

use anyhow::{Context, Result, bail};
use xshell::cmd;

use crate::program::Profile;
use crate::setup::{self, Toolchain};
use crate::widget;
use crate::workspace::Workspace;

/// Where Trunk puts the site.
pub(crate) const DIST: &str = "dist";

/// `cargo xtask build`: Trunk puts pages, styles and files together, and calls `cargo xtask program`; the widget joins them.
pub(crate) fn build(workspace: &Workspace, wasm: Toolchain) -> Result<()> {
    cmd!(workspace.sh, "trunk build --release")
        .run()
        .context("the site does not build")?;
    widget::build(workspace, wasm, Profile::Web)?;
    widget::put_into_site(workspace)
}

/// `cargo xtask site`
pub(crate) fn serve(workspace: &Workspace, port: u16) -> Result<()> {
    // Better known before the build than after it.
    if TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_err() {
        bail!(
            "port {port} cannot be served on, another program may use it: choose one with --port"
        );
    }
    let wasm = setup::for_site(workspace)?;
    build(workspace, wasm)?;
    let port = port.to_string();
    let serve = cmd!(
        workspace.sh,
        "cargo run --package matinee-cli -- serve --site {DIST} --port {port}"
    );
    // Becoming the server, instead of starting it, leaves one process for Ctrl-C and `kill` to end.
    let error = Command::from(serve).exec();
    bail!("cannot start cargo: {error}");
}
