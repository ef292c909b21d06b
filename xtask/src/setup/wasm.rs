//! A compiler with a standard library for WebAssembly, and that library's sources, which the app is compiled with.
//!
//! The ordinary way is `rustup target add` and `rustup component add`. A machine that reaches package registries but not rustup's own
//! servers gets the compiler that Debian ships, with a standard library built from Debian's sources; rustup
//! then knows it under a name of its own, and the user's toolchains stay as they are.

use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use xshell::{Cmd, cmd};

use super::{NETWORK_PATIENCE, apt, report, run_patiently};
use crate::workspace::Workspace;

const TARGET: &str = "wasm32-unknown-unknown";

/// The name under which rustup knows Debian's compiler.
const DEBIAN_TOOLCHAIN: &str = "matinee-web";
const DEBIAN_PACKAGES: [&str; 4] = ["rustc-web", "cargo-web", "rust-web-src", "rust-web-clippy"];

const PROBE: &str = r#"
#[unsafe(no_mangle)]
pub extern "C" fn sum(count: u32) -> u32 {
    (0..count).collect::<Vec<_>>().iter().sum()
}
"#;

/// The toolchain that compiles for WebAssembly.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Toolchain {
    /// The one that compiles for this machine too.
    Default,
    /// Debian's, by the name that rustup knows it by.
    Debian,
}

impl Toolchain {
    /// Makes a command use this toolchain.
    pub(crate) fn apply<'a>(self, command: Cmd<'a>) -> Cmd<'a> {
        match self {
            Self::Default => command,
            Self::Debian => command.env("RUSTUP_TOOLCHAIN", DEBIAN_TOOLCHAIN),
        }
    }

    /// Whether it compiles and links a small program, and has the sources of the standard library.
    fn works(self, workspace: &Workspace) -> Result<bool> {
        let sh = &workspace.sh;
        let sysroot = self.apply(cmd!(sh, "rustc --print sysroot"));
        let Ok(sysroot) = sysroot.quiet().ignore_stderr().read() else {
            return Ok(false);
        };
        let sources = Path::new(&sysroot).join("lib/rustlib/src/rust/library/Cargo.lock");
        if !sources.is_file() {
            return Ok(false);
        }
        let folder = sh.create_temp_dir()?;
        let output = folder.path().join("probe.wasm");
        let compile = cmd!(
            sh,
            "rustc --edition 2024 --crate-type cdylib --target {TARGET} -o {output} -"
        );
        let done = self
            .apply(compile)
            .stdin(PROBE)
            .quiet()
            .ignore_stdout()
            .ignore_stderr()
            .run();
        Ok(done.is_ok())
    }
}

/// Finds or makes a toolchain that compiles for WebAssembly.
pub(super) fn ensure(workspace: &Workspace) -> Result<Toolchain> {
    for (toolchain, how) in [
        (Toolchain::Default, "present in the default toolchain"),
        (Toolchain::Debian, "present in the toolchain matinee-web"),
    ] {
        if toolchain.works(workspace)? {
            report(TARGET, how);
            return Ok(toolchain);
        }
    }

    let has_rustup = workspace.find_program("rustup").is_some();
    if has_rustup {
        let sh = &workspace.sh;
        let target = cmd!(sh, "rustup target add {TARGET}");
        let sources = cmd!(sh, "rustup component add rust-src");
        let added = run_patiently(target, NETWORK_PATIENCE)
            .and_then(|()| run_patiently(sources, NETWORK_PATIENCE));
        match added {
            Ok(()) if Toolchain::Default.works(workspace)? => {
                report(TARGET, "added by rustup");
                return Ok(Toolchain::Default);
            }
            Ok(()) => println!("  rustup has {TARGET}, but rustc cannot compile for it"),
            Err(error) => println!("  {error}"),
        }
    }

    println!("  trying Debian's packages instead");
    build_with_debian(workspace).with_context(|| {
        format!(
            "no compiler for {TARGET}. Either connect this machine to the network and run `rustup target \
             add {TARGET}` and `rustup component add rust-src`, or use a Debian whose archive has {}; then run this command again",
            DEBIAN_PACKAGES.join(", ")
        )
    })?;
    let toolchain = if has_rustup {
        Toolchain::Debian
    } else {
        Toolchain::Default
    };
    if !toolchain.works(workspace)? {
        bail!("the standard library for {TARGET} was built, but rustc cannot compile with it");
    }
    report(
        TARGET,
        "built from Debian's sources, as the toolchain matinee-web",
    );
    Ok(toolchain)
}

fn build_with_debian(workspace: &Workspace) -> Result<()> {
    apt::install(workspace, &DEBIAN_PACKAGES)?;
    let sh = &workspace.sh;
    let sysroot = PathBuf::from(cmd!(sh, "/usr/bin/rustc --print sysroot").read()?);
    let host = cmd!(sh, "/usr/bin/rustc --print host-tuple").read()?;
    install_linker(
        workspace,
        &sysroot.join("lib/rustlib").join(&host).join("bin"),
        &host,
    )?;
    let libraries = build_std(workspace)?;
    let destination = sysroot.join("lib/rustlib").join(TARGET);
    apt::as_root(workspace, "rm", ["-rf".as_ref(), destination.as_path()])?;
    apt::as_root(workspace, "mkdir", [destination.as_path()])?;
    apt::as_root(
        workspace,
        "cp",
        ["-r".as_ref(), libraries.as_path(), destination.as_path()],
    )?;
    sh.remove_path(std_folder(workspace))?;
    if workspace.find_program("rustup").is_some() {
        cmd!(sh, "rustup toolchain link {DEBIAN_TOOLCHAIN} {sysroot}").run()?;
    }
    Ok(())
}

fn std_folder(workspace: &Workspace) -> PathBuf {
    workspace.cache().join("wasm-std")
}

/// Builds the standard library as the dependency of an empty crate, and returns the folder `lib` with its files.
fn build_std(workspace: &Workspace) -> Result<PathBuf> {
    println!("  building the standard library for {TARGET} (once, about two minutes)");
    let sh = &workspace.sh;
    let folder = std_folder(workspace);
    let manifest = folder.join("Cargo.toml");
    sh.write_file(
        &manifest,
        "[package]\nname = \"empty\"\nedition = \"2024\"\n[lib]\npath = \"lib.rs\"\n[workspace]\n",
    )?;
    sh.write_file(folder.join("lib.rs"), "#![no_std]\n")?;

    let target_folder = folder.join("target");
    // `test` is there for the test harness; without bitcode, link-time optimisation fails.
    cmd!(
        sh,
        "/usr/bin/cargo build --release --manifest-path {manifest} --target-dir {target_folder}
         --target {TARGET} -Zbuild-std=std,panic_abort,test"
    )
    .env("RUSTC", "/usr/bin/rustc")
    .env("RUSTC_BOOTSTRAP", "1")
    .env_remove("CARGO_ENCODED_RUSTFLAGS")
    .env("RUSTFLAGS", "-Cembed-bitcode=yes -Copt-level=3")
    .run()?;

    let libraries = sh.create_dir(folder.join("lib"))?;
    for built in sh.read_dir(target_folder.join(TARGET).join("release/deps"))? {
        let name = built
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        if name.ends_with(".rlib") && !name.starts_with("libempty-") {
            sh.copy_file(&built, &libraries)?;
        }
    }
    Ok(libraries)
}

/// Debian's compiler comes without the linker for WebAssembly; the default toolchain's does.
fn install_linker(workspace: &Workspace, destination: &Path, host: &str) -> Result<()> {
    let sh = &workspace.sh;
    let wanted = destination.join("rust-lld");
    if wanted.is_file() {
        return Ok(());
    }
    let default_sysroot = PathBuf::from(cmd!(sh, "rustc --print sysroot").read()?);
    let linker = default_sysroot
        .join("lib/rustlib")
        .join(host)
        .join("bin/rust-lld");
    if !linker.is_file() {
        bail!(
            "{} is missing: install the stable toolchain with rustup",
            linker.display()
        );
    }
    apt::as_root(workspace, "mkdir", ["-p".as_ref(), destination])?;
    apt::as_root(
        workspace,
        "ln",
        ["-sfn".as_ref(), linker.as_path(), wanted.as_path()],
    )
}
