//! The app's program, in modules: what the first view needs, and what comes later, such as `split_pages.wasm` (`src/rest.rs`).
//!
//! They are divided between the compiler and wasm-bindgen, where Trunk has no step. So Trunk leaves the program out, and calls
//! `cargo xtask program` when the rest of the site is there.

mod names;
mod pack;
mod page;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use sha2::{Digest, Sha256};
use xshell::{Cmd, cmd};

use crate::setup::Toolchain;
use crate::words;
use crate::workspace::Workspace;

/// Where the compiler puts what it makes: all of the app, with the relocations that say what reaches what.
const COMPILED: &str = "target/wasm32-unknown-unknown";
/// The parts as they are divided.
const PARTS: &str = "target/program/parts";
/// The files of the site, and nothing else.
const FILES: &str = "target/program/files";
/// The name of the first module.
const NAME: &str = "app";
/// The loader of the other modules.
const LOADER: &str = "__wasm_split.js";
/// Where the site has the program, in a folder named by its content.
const FOLDER: &str = "app";
/// What Trunk sets for its hooks: the site, before it takes the old one's place.
const STAGING: &str = "TRUNK_STAGING_DIR";
/// What Trunk sets for its hooks: `debug` unless it is called with `--release`.
const TRUNK_PROFILE: &str = "TRUNK_PROFILE";

/// How the program is compiled.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Profile {
    /// For visitors: small, and slow to build.
    Web,
    /// For whoever changes it, by `trunk serve` or `trunk build`: quick to build, and several times as large.
    Quick,
}

impl Profile {
    /// The one that Trunk, or whoever calls without it, wants.
    fn wanted() -> Self {
        match env::var(TRUNK_PROFILE).as_deref() {
            Ok("debug") => Self::Quick,
            _ => Self::Web,
        }
    }

    /// The name in Cargo.toml.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Web => "web",
            Self::Quick => "web-quick",
        }
    }
}

/// What the compiler uses of WebAssembly: divided, the parts no longer say so themselves.
pub(crate) const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// `cargo xtask program`: builds the program and, called by Trunk, puts it into the site.
pub(crate) fn run(workspace: &Workspace, wasm: Toolchain) -> Result<()> {
    let profile = Profile::wanted();
    let lazy = build(workspace, wasm, profile)?;
    let files = contents(&workspace.path(FILES))?;
    let folder = format!("{FOLDER}/{}", hash(&files));
    let Some(site) = env::var_os(STAGING).map(PathBuf::from) else {
        println!("Built {FILES}, which `trunk build` puts into the site as {folder}.");
        return Ok(());
    };
    let page = site.join("index.html");
    let html = fs::read_to_string(&page)?;
    let html = page::name_program(&html, &folder, &lazy)
        .with_context(|| format!("{} cannot be given a program", page.display()))?;
    let mut html = words::put_into_site(workspace, &site, &html)
        .with_context(|| format!("{} cannot be given its texts", page.display()))?;
    if profile == Profile::Web {
        html = page::smaller(workspace, &html)
            .with_context(|| format!("{} cannot be made smaller", page.display()))?;
        minify(workspace, &site.join("sw.js"))?;
    }
    let destination = site.join(&folder);
    fs::create_dir_all(&destination)?;
    for (name, content) in files {
        fs::write(destination.join(name), content)?;
    }
    Ok(fs::write(page, html)?)
}

/// Compiles, divides, binds and optimises; gives the names of the modules that come later.
fn build(workspace: &Workspace, wasm: Toolchain, profile: Profile) -> Result<Vec<String>> {
    let sh = &workspace.sh;
    let name = profile.name();
    let compile = cmd!(
        sh,
        "cargo rustc --profile {name} --target wasm32-unknown-unknown --package matinee-app --bin matinee-app
         -- -C link-arg=--emit-relocs"
    );
    let compile = wasm.apply(compile);
    let compile = match profile {
        Profile::Web => without_panics(compile),
        Profile::Quick => compile,
    };
    compile.run().context("the app does not compile")?;

    sh.remove_path(PARTS)?;
    sh.remove_path(FILES)?;
    sh.create_dir(PARTS)?;
    let first = format!("{PARTS}/{NAME}.wasm");
    let lazy = divide(workspace, profile, &first)?;
    cmd!(
        sh,
        "wasm-bindgen --target web --keep-lld-exports --no-typescript --out-name {NAME} --out-dir {FILES} {first}"
    )
    .run()?;
    let script = format!("{FILES}/{NAME}.js");
    if profile == Profile::Web {
        let module = format!("{FILES}/{NAME}_bg.wasm");
        shorten(workspace, &module, &script)?;
        optimise(workspace, &module, &module)?;
    }
    for name in &lazy {
        let part = format!("{PARTS}/{name}");
        match profile {
            Profile::Web => optimise(workspace, &part, &format!("{FILES}/{name}"))?,
            Profile::Quick => sh.copy_file(part, FILES)?,
        }
    }
    let loader = sh.read_file(format!("{PARTS}/{LOADER}"))?;
    let (loader, lazy) = pack::pack(&workspace.path(FILES), &loader, &lazy)
        .with_context(|| format!("{PARTS}/{LOADER} is not what it was"))?;
    sh.write_file(format!("{FILES}/{LOADER}"), loader)?;
    cmd!(
        sh,
        "esbuild {script} --bundle --format=esm --log-level=warning --allow-overwrite --outfile={script}"
    )
    .run()?;
    sh.remove_path(format!("{FILES}/{LOADER}"))?;
    if profile == Profile::Web {
        minify(workspace, &workspace.path(&script))?;
    }
    Ok(lazy)
}

/// A panic ends the program either way. One that says nothing first needs none of the code that words it, which is a tenth of
/// all; but then the standard library has to be compiled along.
pub(crate) fn without_panics(compile: Cmd<'_>) -> Cmd<'_> {
    compile
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort")
        .env("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size")
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .env(
            "RUSTFLAGS",
            [
                "-Zunstable-options",
                "-Cpanic=immediate-abort",
                // Nobody reads in which line of which file it happened.
                "-Zlocation-detail=none",
                // In a loop, and not written out: it is for browsers that have no SHA-256 to offer.
                "--cfg sha2_backend_soft=\"compact\"",
            ]
            .join(" "),
        )
}

/// Divides what was compiled: the first module goes to `first`, the others beside it.
fn divide(workspace: &Workspace, profile: Profile, first: &str) -> Result<Vec<String>> {
    let compiled = format!("{COMPILED}/{}/matinee-app.wasm", profile.name());
    let compiled = fs::read(workspace.path(&compiled))?;
    let (parts, first) = (workspace.path(PARTS), workspace.path(first));
    let main_module = format!("./{NAME}.js");
    let mut options = wasm_split_cli_support::Options::new(&compiled);
    options.output_dir = &parts;
    options.main_out_path = &first;
    options.main_module = &main_module;
    let divided = wasm_split_cli_support::transform(options)
        .map_err(|error| anyhow!("the program cannot be divided: {error:#}"))?;
    let lazy: Vec<String> = divided
        .split_modules
        .iter()
        .filter_map(|path| Some(path.file_name()?.to_string_lossy().into_owned()))
        .collect();
    if lazy.is_empty() {
        bail!("the program has no second module: src/rest.rs marks where it is divided");
    }
    Ok(lazy)
}

/// Gives a module and its script short names for what passes between them.
pub(crate) fn shorten(workspace: &Workspace, module: &str, script: &str) -> Result<()> {
    let sh = &workspace.sh;
    let (short, renamed) = names::shorten(&sh.read_binary_file(module)?, &sh.read_file(script)?)?;
    sh.write_file(module, short)?;
    Ok(sh.write_file(script, renamed)?)
}

/// Like functions beside each other compress better, and their names tell which are alike. So do functions left by themselves,
/// though they are then larger before: by a sixteenth of the whole, where those of more than twenty steps are.
pub(crate) fn optimise(workspace: &Workspace, module: &str, optimised: &str) -> Result<()> {
    Ok(cmd!(
        workspace.sh,
        "wasm-opt -Oz --low-memory-unused --one-caller-inline-max-function-size 20 --reorder-functions-by-name {FEATURES...} {module} -o {optimised}"
    )
    .run()?)
}

/// What stays is what the script does, and what it exports.
fn minify(workspace: &Workspace, script: &Path) -> Result<()> {
    Ok(cmd!(
        workspace.sh,
        "terser {script} --module --compress passes=2 --mangle --output {script}"
    )
    .run()?)
}

/// Names and contents of the files in a folder, in order.
fn contents(folder: &Path) -> Result<Vec<(String, Vec<u8>)>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        // A folder would be snippets of wasm-bindgen, which the app does without.
        let content = fs::read(&path).with_context(|| format!("{} is no file", path.display()))?;
        files.push((name.into_owned(), content));
    }
    files.sort();
    Ok(files)
}

/// The first 16 hexadecimal digits of a hash over all files.
fn hash(files: &[(String, Vec<u8>)]) -> String {
    let mut hash = Sha256::new();
    for (name, content) in files {
        for part in [name.as_bytes(), content] {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
    }
    let digits = hash.finalize();
    digits[..8]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_change_of_any_file_changes_the_hash() {
        let files = |name: &str, content: &[u8]| hash(&[(name.to_owned(), content.to_vec())]);
        let one = files("app.js", b"one");
        assert_eq!(one.len(), 16);
        assert_ne!(one, files("app.js", b"two"));
        assert_ne!(one, files("app.jso", b"ne"));
    }
}
