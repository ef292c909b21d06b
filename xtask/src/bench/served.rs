//! The built site, served while something visits it.

use std::net::TcpListener;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result};
use xshell::cmd;

use crate::site::DIST;
use crate::workspace::{Workspace, output_folder};

/// The served site; it ends when this is dropped.
pub(super) struct Served {
    child: Child,
    /// Where it is.
    pub(super) address: String,
}

impl Served {
    /// Serves what is built, on a free port.
    pub(super) fn begin(workspace: &Workspace) -> Result<Self> {
        let sh = &workspace.sh;
        cmd!(sh, "cargo build --quiet --package matinee-cli").run()?;
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let port_text = port.to_string();
        let matinee = output_folder()?.join("matinee");
        let serve = cmd!(sh, "{matinee} serve --site {DIST} --port {port_text}");
        let mut serve = Command::from(serve);
        serve.stdout(Stdio::null());
        Ok(Self {
            child: serve.spawn().context("cannot start matinee serve")?,
            address: format!("http://127.0.0.1:{port}/"),
        })
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
