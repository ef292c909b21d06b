//! The widget and the npm package: `crates/widget` compiled, its scripts bundled, and all of it put into the folders that are
//! published.
//!
//! | folder | what it is |
//! |---|---|
//! | `target/widget/site/<version>/` | the widget, immutable: `integrity.json` has the hash of each file |
//! | `target/widget/site/v<major>/` | the same loader, that takes its files from the newest version |
//! | `target/widget/package/` | the npm package, ready for `npm pack` |

mod integrity;
mod package;
mod scripts;

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use xshell::cmd;

use crate::program::{Profile, optimise, shorten, without_panics};
use crate::setup::Toolchain;
use crate::site::DIST;
use crate::words;
use crate::workspace::Workspace;

/// Sources that are no Rust.
const SOURCES: &str = "crates/widget/js";
/// The folders as the site has them.
const SITE: &str = "target/widget/site";
/// The folder of the site that holds them.
const FOLDER: &str = "widget";
/// The program of each build: the name of its files, and what it is compiled with.
type Program = (&'static str, &'static str);
const CORE: Program = ("core", "core");
const PACKAGE_CORE: Program = ("core", "package");
const IMPORTERS: Program = ("importers", "importers");
/// Where each build is, by its name, ready to be put together.
const BOUND: &str = "target/widget/bound";
/// The build of the importers, which is in the widget and in the package.
const IMPORTED: &str = "importers";
/// Packages that the app has compiled for speed, and the widget for size: a catalogue is opened a little later, and scored as
/// fast.
const SMALL: [&str; 3] = ["matinee-engine", "matinee-format", "miniz_oxide"];

/// `cargo xtask widget`: builds everything and prints what partners need to name it.
pub(crate) fn run(workspace: &Workspace, wasm: Toolchain, quick: bool) -> Result<()> {
    let profile = if quick { Profile::Quick } else { Profile::Web };
    build(workspace, wasm, profile)?;
    build_package(workspace, wasm, profile)?;
    let version = version(workspace)?;
    integrity::print(&workspace.path(format!("{SITE}/{version}")))?;
    println!(
        "\nBuilt {SITE}/{version} and {SITE}/{}, which belong into `{FOLDER}/` of a site, and {}.",
        moving(&version)?,
        package::FOLDER
    );
    if workspace.path(DIST).is_dir() {
        put_into_site(workspace)?;
        println!("The folders are in {DIST}/{FOLDER} too.");
    }
    println!("Next: docs/embedding.md says how pages use them.");
    Ok(())
}

/// Builds the folders of the site.
pub(crate) fn build(workspace: &Workspace, wasm: Toolchain, profile: Profile) -> Result<()> {
    let sh = &workspace.sh;
    let version = version(workspace)?;
    let moving = moving(&version)?;
    let core = compile(workspace, wasm, profile, CORE, "element")?;
    let importers = compile(workspace, wasm, profile, IMPORTERS, IMPORTED)?;
    sh.remove_path(SITE)?;
    let files = format!("{SITE}/{version}");
    sh.create_dir(&files)?;
    for program in [core, importers] {
        copy_all(workspace, &program, &files)?;
    }
    scripts::bundle(workspace, profile, &files)?;
    words::put_into_widget(workspace, &workspace.path(&files).join("words"))?;
    integrity::write(&workspace.path(&files))?;
    scripts::forward(workspace, &files, &format!("{SITE}/{moving}"), &version)
}

/// Builds the npm package, of which the folders of the site are a part.
pub(crate) fn build_package(
    workspace: &Workspace,
    wasm: Toolchain,
    profile: Profile,
) -> Result<()> {
    let core = compile(workspace, wasm, profile, PACKAGE_CORE, "package")?;
    let version = version(workspace)?;
    let files = format!("{SITE}/{version}");
    let importers = format!("{BOUND}/{IMPORTED}");
    package::assemble(workspace, &[&core, &importers], &files, &version)
}

/// Puts the folders into the built site.
pub(crate) fn put_into_site(workspace: &Workspace) -> Result<()> {
    let site = format!("{DIST}/{FOLDER}");
    workspace.sh.remove_path(&site)?;
    copy_all(workspace, SITE, &site)
}

/// The full version, which is that of the crate.
fn version(workspace: &Workspace) -> Result<String> {
    let manifest = workspace.sh.read_file("crates/widget/Cargo.toml")?;
    let line = manifest
        .lines()
        .find_map(|line| line.strip_prefix("version = \""));
    let version = line.and_then(|line| line.strip_suffix('"'));
    Ok(version
        .context("crates/widget/Cargo.toml has no version of its own")?
        .to_owned())
}

/// The folder that always has the newest version of one major: `v1`.
fn moving(version: &str) -> Result<String> {
    match version.split_once('.') {
        Some((major, _)) => Ok(format!("v{major}")),
        None => bail!("the widget's version {version} has no major number"),
    }
}

/// Compiles and binds the crate with some features; gives the folder with the module and its script.
fn compile(
    workspace: &Workspace,
    wasm: Toolchain,
    profile: Profile,
    (name, features): Program,
    folder: &str,
) -> Result<String> {
    let sh = &workspace.sh;
    let profile_name = profile.name();
    let small = SMALL.iter().flat_map(|package| {
        let level = format!("profile.{profile_name}.package.{package}.opt-level=\"z\"");
        ["--config".to_owned(), level]
    });
    let small = small.filter(|_| profile == Profile::Web);
    let compile = wasm.apply(cmd!(
        sh,
        "cargo build --profile {profile_name} --target wasm32-unknown-unknown --package matinee-widget --no-default-features --features={features} {small...}"
    ));
    let compile = match profile {
        Profile::Web => without_panics(compile),
        Profile::Quick => compile,
    };
    compile.run().context("the widget does not compile")?;
    let compiled = format!("target/wasm32-unknown-unknown/{profile_name}/matinee_widget.wasm");
    let bound = format!("{BOUND}/{folder}");
    sh.remove_path(&bound)?;
    cmd!(
        sh,
        "wasm-bindgen --target web --no-typescript --omit-default-module-path --out-name {name} --out-dir {bound} {compiled}"
    )
    .run()?;
    if profile == Profile::Web {
        let (module, script) = (
            format!("{bound}/{name}_bg.wasm"),
            format!("{bound}/{name}.js"),
        );
        shorten(workspace, &module, &script)?;
        optimise(workspace, &module, &module)?;
    }
    Ok(bound)
}

/// Copies the files of a folder, and those of the folders in it.
fn copy_all(workspace: &Workspace, from: &str, to: &str) -> Result<()> {
    fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
        fs::create_dir_all(to)?;
        for entry in fs::read_dir(from)? {
            let entry = entry?;
            let target = to.join(entry.file_name());
            if entry.file_type()?.is_dir() {
                copy(&entry.path(), &target)?;
            } else {
                fs::copy(entry.path(), target)?;
            }
        }
        Ok(())
    }
    copy(&workspace.path(from), &workspace.path(to))
        .with_context(|| format!("{from} cannot be copied to {to}"))
}
