//! The developer's commands: `cargo xtask --help` lists them.

#![allow(
    clippy::print_stdout,
    reason = "a command-line tool talks on standard output"
)]

mod bench;
mod mlflow;
mod model;
mod program;
mod setup;
mod site;
mod size;
mod store;
mod test;
mod widget;
mod words;
mod workspace;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::workspace::Workspace;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "The developer's commands")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Install whatever is missing to build and test everything
    Setup,
    /// Build the site into dist/
    Build,
    /// Build only the app's program, in its two modules; Trunk calls this
    Program,
    /// Build the widget's folders and the npm package, and print the hashes of the widget's files
    Widget {
        /// Quick to build, and several times as large
        #[arg(long)]
        quick: bool,
    },
    /// Build the site and serve it until Ctrl-C
    Site {
        /// The local port to serve on
        #[arg(long, default_value_t = 8080)]
        port: u16,
    },
    /// Run every check and test, native and browser, and sum up
    Test {
        /// Also what needs large installations: a real MLflow server (850 MB, into ~/.cache/matinee)
        #[arg(long)]
        all: bool,
        /// Only the steps whose names hold one of these words; what they need is taken to be there
        #[arg(long)]
        only: Vec<String>,
    },
    /// Compare the built site with its size budget
    Size,
    /// Bring the texts in locales/ up to date with the sources, and tell what is left to translate
    Words {
        /// Change nothing, and fail when there is anything to do
        #[arg(long)]
        check: bool,
    },
    /// Measure beside peers, on this machine
    Bench {
        #[command(subcommand)]
        bench: bench::Bench,
    },
    /// Train the committed default model again and put it into the site
    Model {
        /// The folder that holds ml-latest-small and ml-latest-2023-part
        #[arg(long)]
        data: PathBuf,
    },
}

fn main() -> ExitCode {
    match run(Arguments::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<()> {
    let workspace = Workspace::open()?;
    match command {
        Command::Setup => setup::everything(&workspace),
        Command::Build => {
            let wasm = setup::for_site(&workspace)?;
            site::build(&workspace, wasm)
        }
        Command::Program => program::run(&workspace, setup::for_site(&workspace)?),
        Command::Widget { quick } => {
            let wasm = setup::for_site(&workspace)?;
            widget::run(&workspace, wasm, quick)
        }
        Command::Site { port } => site::serve(&workspace, port),
        Command::Test { all, only } => test::run(&workspace, all, &only),
        Command::Size => size::check(&workspace),
        Command::Words { check } => words::run(&workspace, check),
        Command::Bench { bench } => bench::run(&workspace, bench),
        Command::Model { data } => model::rebuild(&workspace, &data),
    }
}
