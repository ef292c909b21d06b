//! The binary as typed: what it prints, what it writes, and how it refuses.

use std::path::Path;
use std::process::{Command, Output};

mod bad_input;
mod counts;
mod evaluate;
mod import;
mod predict;
mod tracking;
mod watch;

fn matinee(args: &[&str]) -> Output {
    matinee_in(Path::new("."), args)
}

/// Runs it in a folder, so that file names need no path.
fn matinee_in(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_matinee"))
        .current_dir(folder)
        .args(args)
        .output()
        .expect("start matinee")
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("UTF-8")
}
