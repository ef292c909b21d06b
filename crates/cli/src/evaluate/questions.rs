//! Strategies of asking beside each other: how good the list is after each question shown.

use anyhow::Result;
use matinee_train::dataset::Ratings;
use matinee_train::evaluate::questions::{Interviews, RareOffers, Simulation, Strategy};
use matinee_train::evaluate::{Estimate, Input, ship, tune};
use matinee_train::split::Split;
use serde::Serialize;

use super::{EvaluateArgs, On, bar, ranking, rounded};
use crate::table::Table;

/// Questions shown at most.
const QUESTIONS: usize = 30;
/// What others reach after this many questions is what ours is held against.
const REFERENCE: usize = 20;

#[derive(Serialize)]
struct Row {
    seed: u64,
    on: &'static str,
    users: usize,
    strategy: &'static str,
    /// Questions shown, whether or not they could be answered.
    shown: usize,
    #[serde(rename = "ndcg@100")]
    ndcg100: f64,
    #[serde(rename = "ndcg@100_se")]
    ndcg100_se: f64,
    /// Mean paired difference in NDCG@100 to asking by popularity.
    gain: f64,
    gain_se: f64,
    /// Questions answered with a rating, on average.
    answered: f64,
}

const COLUMNS: [&str; 10] = [
    "seed",
    "on",
    "users",
    "strategy",
    "shown",
    "ndcg@100",
    "ndcg@100_se",
    "gain",
    "gain_se",
    "answered",
];

pub(super) fn run(args: &EvaluateArgs, ratings: &Ratings) -> Result<()> {
    let mut table = Table::new(&COLUMNS, args.json)?;
    let mut seeds: Vec<Vec<Interviews>> = Vec::new();
    for &seed in &args.seed {
        let split = Split::strong(ratings, &args.split(seed))?;
        let algorithm = ranking::dlae(Input::Ratings, args, ratings, None, seed);
        let progress = bar();
        let tuned = tune(&algorithm, &split, args.budget.budget(), &progress)?;
        let trained = algorithm.train(&split.train, &tuned.settings);
        let model = ship(&split.train, &trained, Vec::new(), &[], None)?;
        progress.set_message("asking");
        let (on, users) = match args.on {
            On::Test => ("test", &split.test),
            On::Validation => ("validation", &split.validation),
        };
        let simulation = Simulation::new(&model, &split.train, users, seed);
        let popularity = simulation.run(Strategy::Popularity, QUESTIONS);
        let mut runs = Vec::new();
        for strategy in Strategy::ALL {
            let run = simulation.run(strategy, QUESTIONS);
            for shown in 0..=QUESTIONS {
                let ndcg = run.ndcg(shown);
                let gain = run.gain_over(&popularity, shown);
                table.row(&Row {
                    seed,
                    on,
                    users: users.len(),
                    strategy: strategy.name(),
                    shown,
                    ndcg100: rounded(ndcg.mean),
                    ndcg100_se: rounded(ndcg.standard_error),
                    gain: rounded(gain.mean),
                    gain_se: rounded(gain.standard_error),
                    answered: rounded(run.answered(shown).mean),
                })?;
            }
            table.flush()?;
            runs.push(run);
        }
        progress.finish_and_clear();
        seeds.push(runs);
        say_rare(seed, &simulation.rare_offers());
    }
    compare(&seeds);
    table.finish()?;
    Ok(())
}

fn say_rare(seed: u64, offers: &RareOffers) {
    let share = |rated: f64| 100.0 * rated / offers.offered.max(1) as f64;
    eprintln!(
        "seed {seed}: {} rarely rated films offered to {} users who know their corner: {:.2}% of them are among the \
         hidden fifth of what the user rated; of rare films at random, {:.2}%",
        offers.offered,
        offers.users,
        share(offers.rated as f64),
        share(offers.rated_at_random),
    );
}

/// When ours has reached what each of the others has after [`REFERENCE`] questions, on the mean over the seeds.
fn compare(seeds: &[Vec<Interviews>]) {
    let mean = |strategy: usize, shown: usize| {
        let values: Vec<f64> = seeds
            .iter()
            .map(|runs| runs[strategy].ndcg(shown).mean)
            .collect();
        Estimate::of(values.into_iter())
    };
    for (ours, other) in [(0, 4), (0, 3), (0, 2), (1, 4), (1, 2)] {
        let target = mean(other, REFERENCE);
        let reached = (0..=QUESTIONS).find(|&shown| mean(ours, shown).mean >= target.mean);
        let names = (Strategy::ALL[ours].name(), Strategy::ALL[other].name());
        let (unasked, at_13) = (mean(ours, 0), mean(ours, 13));
        let when = match reached {
            Some(shown) => format!("reaches after {shown}"),
            None => format!("does not reach within {QUESTIONS}"),
        };
        eprintln!(
            "{} {when} what {} reaches after {REFERENCE}: {:.4} ± {:.4} (before any question the \
             list has {:.4}, after 13 it has {:.4} ± {:.4}; mean and standard error over {} seeds)",
            names.0,
            names.1,
            target.mean,
            target.standard_error,
            unasked.mean,
            at_13.mean,
            at_13.standard_error,
            seeds.len(),
        );
    }
}
