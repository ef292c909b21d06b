//! `matinee`: trains, judges, inspects and serves recommendation models.
//!
//! Tables go to stdout as CSV, words to stderr.

mod budget;
mod columns;
mod content;
mod evaluate;
mod import;
mod inspect;
mod model_file;
mod predict;
mod publishing;
mod recommend;
mod serve;
mod split;
mod stamp;
mod synth;
mod table;
mod tracking;
mod train;

use std::process::ExitCode;

use clap::Parser;

/// A movie recommender that runs in the visitor's browser: train it, judge it, serve it.
#[derive(Parser)]
#[command(version)]
enum Command {
    Train(train::TrainArgs),
    Evaluate(evaluate::EvaluateArgs),
    Recommend(recommend::RecommendArgs),
    Predict(predict::PredictArgs),
    Import(import::ImportArgs),
    Inspect(inspect::InspectArgs),
    Split(split::SplitArgs),
    Synth(synth::SynthArgs),
    Stamp(stamp::StampArgs),
    Serve(serve::ServeArgs),
    Publish(publishing::PublishArgs),
    Releases(publishing::ReleasesArgs),
    Rollback(publishing::RollbackArgs),
    Prune(publishing::PruneArgs),
    Verify(publishing::VerifyArgs),
}

fn main() -> ExitCode {
    let result = match Command::parse() {
        Command::Train(args) => train::run(args),
        Command::Evaluate(args) => evaluate::run(args),
        Command::Recommend(args) => recommend::run(args),
        Command::Predict(args) => predict::run(args),
        Command::Import(args) => import::run(args),
        Command::Inspect(args) => inspect::run(args),
        Command::Split(args) => split::run(args),
        Command::Synth(args) => synth::run(args),
        Command::Stamp(args) => stamp::run(args),
        Command::Serve(args) => serve::run(args),
        Command::Publish(args) => publishing::publish(args),
        Command::Releases(args) => publishing::releases(args),
        Command::Rollback(args) => publishing::rollback(args),
        Command::Prune(args) => publishing::prune(args),
        Command::Verify(args) => publishing::verify(args),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        // Whoever reads our output has read enough (`| head`): that is no failure of ours.
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("matinee: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let io = error
        .chain()
        .find_map(|cause| cause.downcast_ref::<std::io::Error>());
    io.is_some_and(|io| io.kind() == std::io::ErrorKind::BrokenPipe)
}
