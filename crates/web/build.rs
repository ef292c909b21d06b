//! Builds the scoring kernel for browsers with vector instructions: modules beside the program, see
//! `crates/kernel/src/module.rs`.

#![allow(
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    reason = "what a page cannot do; this runs while it is built, and talks to cargo"
)]

use std::env;
use std::path::Path;
use std::process::Command;

const KERNEL: &str = "../kernel/src";

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={KERNEL}");
    let out = env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    let rustc = env::var("RUSTC").expect("cargo sets RUSTC");
    for (name, features) in [
        ("simd128", "+simd128"),
        ("relaxed-simd", "+simd128,+relaxed-simd"),
    ] {
        let module = Path::new(&out).join(name).with_extension("wasm");
        let built = Command::new(&rustc)
            .args(["--edition", "2024", "--crate-type", "cdylib"])
            .args(["--crate-name", "kernel"])
            .args(["--target", "wasm32-unknown-unknown"])
            .args(["-C", "opt-level=3", "-C", "panic=abort"])
            .args(["-C", "strip=symbols"])
            .args(["-C", &format!("target-feature={features}")])
            // On the program's memory, with no room for a stack of its own: using one would be a trap, not a corruption.
            .args(["-C", "link-arg=--import-memory"])
            .args(["-C", "link-arg=-zstack-size=0"])
            .arg("-o")
            .arg(&module)
            .arg(Path::new(KERNEL).join("module.rs"))
            .status();
        assert!(
            built.is_ok_and(|status| status.success()),
            "{rustc} could not build the {name} kernel; `cargo xtask setup` installs what it needs"
        );
    }
}
