//! Chromium and its driver.

use std::env;
use std::path::PathBuf;

use anyhow::{Context, Result};
use xshell::cmd;

use super::{apt, report};
use crate::workspace::Workspace;

/// The names that a browser of this family goes by.
const BROWSERS: [&str; 4] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];

/// Keeps Chromium from calling home, which fails noisily on a closed network. On a command line `--` goes before each.
pub(crate) const QUIET_CHROMIUM: [&str; 6] = [
    "disable-gpu",
    "disable-quic",
    "no-first-run",
    "disable-background-networking",
    "disable-component-update",
    "disable-sync",
];

/// A browser, and the driver of the same version that the component tests start it with.
pub(crate) struct Browser {
    pub(crate) chrome: PathBuf,
    pub(crate) driver: PathBuf,
}

/// Uses `CHROME` and `CHROMEDRIVER`, else what is in `PATH`, else installs both.
pub(super) fn ensure(workspace: &Workspace) -> Result<Browser> {
    if let Some(browser) = find(workspace) {
        report("browser", &browser.chrome.display().to_string());
        return Ok(browser);
    }
    // With the letters that the pictures of the pages are set in.
    let packages = ["chromium", "chromium-driver", "fonts-dejavu-core"];
    if apt::available(workspace)
        && apt::install(workspace, &packages).is_ok()
        && let Some(browser) = find(workspace)
    {
        report(
            "browser",
            &format!("{} (installed by apt)", browser.chrome.display()),
        );
        return Ok(browser);
    }
    let browser = download(workspace)?;
    report(
        "browser",
        &format!("{} (downloaded)", browser.chrome.display()),
    );
    Ok(browser)
}

fn find(workspace: &Workspace) -> Option<Browser> {
    let named = |variable| env::var_os(variable).map(PathBuf::from);
    Some(Browser {
        chrome: named("CHROME").or_else(|| {
            BROWSERS
                .iter()
                .find_map(|name| workspace.find_program(name))
        })?,
        driver: named("CHROMEDRIVER").or_else(|| workspace.find_program("chromedriver"))?,
    })
}

/// Chrome for Testing and its driver, in one version, from their publisher. What is already there is not fetched again.
fn download(workspace: &Workspace) -> Result<Browser> {
    let folder = workspace.cache().join("browsers");
    let install = |name: &str| -> Result<PathBuf> {
        let build = format!("{name}@stable");
        let printed = cmd!(
            workspace.sh,
            "npx --yes @puppeteer/browsers@2 install {build} --path {folder}"
        )
        .read()
        .with_context(|| {
            format!(
                "cannot download {name}: install it by hand, and name it in CHROME or CHROMEDRIVER"
            )
        })?;
        // Its last line is "<name>@<version> <path>".
        let path = printed.lines().last().and_then(|line| line.split_once(' '));
        let (_, path) = path.with_context(|| format!("unexpected answer: {printed}"))?;
        Ok(PathBuf::from(path))
    };
    Ok(Browser {
        chrome: install("chrome")?,
        driver: install("chromedriver")?,
    })
}
