//! `matinee synth`: invented data to try everything else on.

use std::path::PathBuf;

use anyhow::{Context, Result};
use matinee_train::synth::Synth;

/// Invent ratings, films, links and tags in MovieLens's layout: seeded, with tastes, a long tail and heavy raters.
#[derive(clap::Args)]
pub(crate) struct SynthArgs {
    /// The folder to write ratings.csv, movies.csv, links.csv and tags.csv into.
    #[arg(long)]
    out: PathBuf,
    /// Number of users.
    #[arg(long, default_value_t = 600, value_parser = clap::value_parser!(u32).range(1..))]
    users: u32,
    /// Number of films; not all of them get a rating.
    #[arg(long, default_value_t = 1200, value_parser = clap::value_parser!(u32).range(1..))]
    items: u32,
    /// Also write watch.csv: how long of each film was watched. See docs/ratings.md.
    #[arg(long)]
    watch: bool,
    /// The same seed gives the same files.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

pub(crate) fn run(args: SynthArgs) -> Result<()> {
    let invented = Synth {
        users: args.users,
        items: args.items,
        seed: args.seed,
    }
    .generate();
    let folder = args.out.display();
    let mut written = invented.write(&args.out);
    if args.watch {
        written = written.and_then(|()| invented.write_watching(&args.out));
    }
    written.with_context(|| format!("cannot write to {folder}"))?;
    eprintln!(
        "{folder}: {} ratings by {} users of {} films",
        invented.events.len(),
        args.users,
        args.items
    );
    Ok(())
}
