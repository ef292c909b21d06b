//! Every check and test, each under a heading, with a summary at the end.
//!
//! A failed step does not stop the ones that can run without it: one run tells all that is wrong.

use std::fmt;
use std::net::TcpListener;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::json;
use xshell::{Cmd, cmd};

use crate::program::Profile;
use crate::setup::{self, NETWORK_PATIENCE, QUIET_CHROMIUM, Ready};
use crate::workspace::{Workspace, output_folder};
use crate::{mlflow, site, size, store, widget, words};

/// The packages that compile only for WebAssembly.
const WASM_PACKAGES: [&str; 3] = ["matinee-app", "matinee-web", "matinee-widget"];
const WASM_TARGET: &str = "wasm32-unknown-unknown";

struct Step {
    name: &'static str,
    /// The step without whose result this one cannot run.
    needs: Option<&'static str>,
    run: fn(&Workspace, &Ready) -> Result<()>,
}

const STEPS: [Step; 15] = [
    Step {
        name: "format",
        needs: None,
        run: format,
    },
    Step {
        name: "lint (native)",
        needs: None,
        run: lint_native,
    },
    Step {
        name: "lint (wasm)",
        needs: None,
        run: lint_wasm,
    },
    Step {
        name: "translations",
        needs: None,
        run: |workspace, _| words::run(workspace, true),
    },
    Step {
        name: "test (native)",
        needs: None,
        run: test_native,
    },
    Step {
        name: "test (components)",
        needs: None,
        run: test_components,
    },
    Step {
        name: "build site",
        needs: None,
        run: |workspace, ready| site::build(workspace, ready.wasm),
    },
    Step {
        name: "size",
        needs: Some("build site"),
        run: |workspace, _| size::check(workspace),
    },
    Step {
        name: "test (journeys)",
        needs: Some("build site"),
        run: test_journeys,
    },
    Step {
        name: "test (Firefox)",
        needs: Some("build site"),
        run: test_firefox,
    },
    Step {
        name: "test (WebKitGTK)",
        needs: Some("build site"),
        run: test_webkit,
    },
    Step {
        name: "test (widget)",
        needs: Some("build site"),
        run: test_widget,
    },
    Step {
        name: "test (package)",
        needs: Some("build site"),
        run: test_package,
    },
    Step {
        name: "test (publishing)",
        needs: Some("build site"),
        run: store::test,
    },
    Step {
        name: "dependencies",
        needs: None,
        run: check_dependencies,
    },
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Passed,
    Failed,
    Skipped,
}

/// Why a step cannot run on this machine, which is no failure of the project.
#[derive(Debug)]
struct Unavailable(&'static str);

impl fmt::Display for Unavailable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is not to be had on this machine", self.0)
    }
}

impl std::error::Error for Unavailable {}

/// Steps that need large installations, run on demand.
const LARGE_STEPS: [Step; 1] = [Step {
    name: "test (MLflow)",
    needs: None,
    run: |workspace, _| mlflow::test(workspace),
}];

/// `cargo xtask test`
pub(crate) fn run(workspace: &Workspace, all: bool, only: &[String]) -> Result<()> {
    let begun = Instant::now();
    heading("setup");
    let ready = setup::for_tests(workspace)?;
    let mut lines = vec![("setup", Outcome::Passed, begun.elapsed())];

    let large: &[Step] = if all { &LARGE_STEPS } else { &[] };
    let wanted = |step: &&Step| only.is_empty() || only.iter().any(|word| step.name.contains(word));
    for step in STEPS.iter().chain(large).filter(wanted) {
        heading(step.name);
        let begun = Instant::now();
        let blocked = step.needs.filter(|needed| {
            lines
                .iter()
                .any(|(name, outcome, _)| name == needed && *outcome != Outcome::Passed)
        });
        let outcome = if let Some(needed) = blocked {
            println!("skipped: it needs \"{needed}\"");
            Outcome::Skipped
        } else {
            match (step.run)(workspace, &ready) {
                Ok(()) => Outcome::Passed,
                Err(error) if error.is::<Unavailable>() => {
                    println!("skipped: {error}");
                    Outcome::Skipped
                }
                Err(error) => {
                    println!("\n{} FAILED: {error:#}", step.name);
                    Outcome::Failed
                }
            }
        };
        lines.push((step.name, outcome, begun.elapsed()));
    }
    sum_up(&lines, begun.elapsed())
}

fn heading(name: &str) {
    println!("\n== {name} ==");
}

fn sum_up(lines: &[(&str, Outcome, Duration)], took: Duration) -> Result<()> {
    heading("summary");
    for (name, outcome, took) in lines {
        let outcome = match outcome {
            Outcome::Passed => "passed",
            Outcome::Failed => "FAILED",
            Outcome::Skipped => "skipped",
        };
        println!("  {name:<18} {outcome:<8} {:>6.1} s", took.as_secs_f64());
    }
    println!(
        "  {:<18} {:<8} {:>6.1} s\n",
        "together",
        "",
        took.as_secs_f64()
    );

    let count = |wanted| {
        lines
            .iter()
            .filter(|(_, outcome, _)| *outcome == wanted)
            .count()
    };
    let failed = count(Outcome::Failed);
    println!(
        "steps: {} passed, {failed} failed, {} skipped",
        count(Outcome::Passed),
        count(Outcome::Skipped)
    );
    if failed > 0 {
        bail!("look for \"FAILED\" above, mend it, and run `cargo xtask test` again");
    }
    println!("All is well. Next: `cargo xtask site` shows the app.");
    Ok(())
}

/// `--exclude` for each package that does not compile for this machine.
pub(crate) fn native_only() -> impl Iterator<Item = &'static str> {
    WASM_PACKAGES
        .into_iter()
        .flat_map(|package| ["--exclude", package])
}

/// `--package` for each package that compiles only for WebAssembly.
fn wasm_only() -> impl Iterator<Item = &'static str> {
    WASM_PACKAGES
        .into_iter()
        .flat_map(|package| ["--package", package])
}

fn format(workspace: &Workspace, _: &Ready) -> Result<()> {
    cmd!(workspace.sh, "cargo fmt --all -- --check --files-with-diff")
        .run()
        .context("these files are not formatted: run `cargo fmt --all`")
}

fn lint_native(workspace: &Workspace, _: &Ready) -> Result<()> {
    let packages = native_only();
    Ok(cmd!(
        workspace.sh,
        "cargo clippy --workspace {packages...} --all-targets -- --deny warnings"
    )
    .run()?)
}

fn lint_wasm(workspace: &Workspace, ready: &Ready) -> Result<()> {
    let packages = wasm_only();
    let lint = cmd!(
        workspace.sh,
        "cargo clippy {packages...} --all-features --all-targets --target {WASM_TARGET} -- --deny warnings"
    );
    let configuration = workspace.path("xtask/clippy-wasm");
    Ok(ready
        .wasm
        .apply(lint)
        .env("CLIPPY_CONF_DIR", configuration)
        .run()?)
}

fn test_native(workspace: &Workspace, _: &Ready) -> Result<()> {
    let packages = native_only();
    Ok(cmd!(workspace.sh, "cargo test --workspace {packages...}").run()?)
}

/// Runs in a headless Chromium, through the runner that belongs to wasm-bindgen.
fn test_components(workspace: &Workspace, ready: &Ready) -> Result<()> {
    let capabilities = output_folder()?.join("webdriver.json");
    let options = json!({ "binary": ready.browser.chrome, "args": QUIET_CHROMIUM });
    workspace.sh.write_file(
        &capabilities,
        json!({ "goog:chromeOptions": options }).to_string(),
    )?;

    let packages = wasm_only();
    let test = cmd!(
        workspace.sh,
        "cargo test {packages...} --tests --target {WASM_TARGET}"
    );
    Ok(ready
        .wasm
        .apply(test)
        .env(
            "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER",
            "wasm-bindgen-test-runner",
        )
        .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", capabilities)
        .env("CHROMEDRIVER", &ready.browser.driver)
        .run()?)
}

/// Drives the built site, served by the project's own command, as a visitor would.
fn test_journeys(workspace: &Workspace, ready: &Ready) -> Result<()> {
    let packages = native_only();
    cmd!(workspace.sh, "cargo build --workspace {packages...} --bins").run()?;
    let port = TcpListener::bind("127.0.0.1:0")?
        .local_addr()?
        .port()
        .to_string();
    Ok(cmd!(workspace.sh, "npm run --silent journeys")
        .env("CHROME", &ready.browser.chrome)
        .env("MATINEE", output_folder()?.join("matinee"))
        .env("MATINEE_PORT", port)
        .run()?)
}

/// The main journeys in Firefox.
fn test_firefox(workspace: &Workspace, _: &Ready) -> Result<()> {
    let others = setup::other_browsers(workspace);
    let firefox = others.firefox.ok_or(Unavailable("Firefox"))?;
    build_server(workspace)?;
    Ok(cmd!(workspace.sh, "npm run --silent firefox")
        .env("FIREFOX", firefox)
        .env("MATINEE", output_folder()?.join("matinee"))
        .run()?)
}

/// Likewise in WebKitGTK, on a display that nobody sees.
fn test_webkit(workspace: &Workspace, _: &Ready) -> Result<()> {
    let others = setup::other_browsers(workspace);
    let webkit = others.webkit.ok_or(Unavailable("WebKitGTK"))?;
    build_server(workspace)?;
    let journeys = match webkit.display {
        Some(xvfb) => cmd!(
            workspace.sh,
            "{xvfb} --auto-servernum npm run --silent webkit"
        ),
        None => cmd!(workspace.sh, "npm run --silent webkit"),
    };
    Ok(journeys
        .env("WEBKIT_DRIVER", webkit.driver)
        .env("MATINEE", output_folder()?.join("matinee"))
        .run()?)
}

/// The widget in the pages of others.
fn test_widget(workspace: &Workspace, ready: &Ready) -> Result<()> {
    cmd!(workspace.sh, "npm run --silent widget:units").run()?;
    build_server(workspace)?;
    Ok(cmd!(workspace.sh, "npm run --silent journeys:widget")
        .env("CHROME", &ready.browser.chrome)
        .env("MATINEE", output_folder()?.join("matinee"))
        .run()?)
}

/// The npm package as others get it: packed, in Node, and in samples that are built.
fn test_package(workspace: &Workspace, ready: &Ready) -> Result<()> {
    widget::build_package(workspace, ready.wasm, Profile::Web)?;
    setup::node::ensure(workspace, "crates/widget/package/samples")?;
    build_server(workspace)?;
    for script in ["package", "journeys:package"] {
        cmd!(workspace.sh, "npm run --silent {script}")
            .env("CHROME", &ready.browser.chrome)
            .env("MATINEE", output_folder()?.join("matinee"))
            .run()?;
    }
    Ok(())
}

/// The project's own command, which serves the site.
fn build_server(workspace: &Workspace) -> Result<()> {
    Ok(cmd!(workspace.sh, "cargo build --package matinee-cli").run()?)
}

fn check_dependencies(workspace: &Workspace, _: &Ready) -> Result<()> {
    let sh = &workspace.sh;
    cmd!(sh, "cargo deny check bans licenses sources").run()?;
    let fetch: Cmd<'_> = cmd!(sh, "cargo deny fetch db");
    match setup::run_patiently(fetch, NETWORK_PATIENCE) {
        Ok(()) => Ok(cmd!(sh, "cargo deny check --disable-fetch advisories").run()?),
        Err(error) => {
            println!(
                "{error}: the advisories were not checked, as their database cannot be had here"
            );
            Ok(())
        }
    }
}
