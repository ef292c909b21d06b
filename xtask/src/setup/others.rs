//! Firefox and WebKitGTK, for the main journeys. Where one of them cannot be had, its journeys are skipped.

use std::env;
use std::path::PathBuf;

use super::{apt, report};
use crate::workspace::Workspace;

/// What was found of each.
pub(crate) struct Others {
    /// Firefox itself: it needs no driver.
    pub(crate) firefox: Option<PathBuf>,
    /// The driver of WebKitGTK, and what gives it a display.
    pub(crate) webkit: Option<WebKit>,
}

pub(crate) struct WebKit {
    pub(crate) driver: PathBuf,
    /// `xvfb-run`; none is needed where there is a display.
    pub(crate) display: Option<PathBuf>,
}

/// Uses `FIREFOX` and `WEBKIT_DRIVER`, else what is in `PATH`, else has apt install them.
pub(super) fn ensure(workspace: &Workspace) -> Others {
    Others {
        firefox: installed(workspace, "Firefox", &["firefox-esr"], firefox),
        webkit: installed(
            workspace,
            "WebKitGTK",
            &["webkit2gtk-driver", "xvfb", "xauth"],
            webkit,
        ),
    }
}

fn installed<T>(
    workspace: &Workspace,
    what: &str,
    packages: &[&str],
    find: fn(&Workspace) -> Option<T>,
) -> Option<T> {
    let present = find(workspace);
    if present.is_some() {
        report(what, "present");
        return present;
    }
    let added = apt::install(workspace, packages)
        .ok()
        .and_then(|()| find(workspace));
    report(
        what,
        if added.is_some() {
            "installed by apt"
        } else {
            "not to be had here: its journeys are skipped"
        },
    );
    added
}

fn named_or_found(workspace: &Workspace, variable: &str, names: &[&str]) -> Option<PathBuf> {
    let named = env::var_os(variable).map(PathBuf::from);
    named.or_else(|| names.iter().find_map(|name| workspace.find_program(name)))
}

fn firefox(workspace: &Workspace) -> Option<PathBuf> {
    named_or_found(workspace, "FIREFOX", &["firefox-esr", "firefox"])
}

fn webkit(workspace: &Workspace) -> Option<WebKit> {
    let driver = named_or_found(workspace, "WEBKIT_DRIVER", &["WebKitWebDriver"])?;
    let display = workspace.find_program("xvfb-run");
    let has_display = env::var_os("DISPLAY").is_some_and(|display| !display.is_empty());
    (display.is_some() || has_display).then_some(WebKit { driver, display })
}
