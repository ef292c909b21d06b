//! Questions against accuracy, by simulated interviews with the test users.

use indicatif::ProgressBar;
use matinee_format::Model;

use crate::evaluate::Estimate;
use crate::evaluate::questions::{Interviews, RareOffers, Simulation, Strategy};
use crate::split::Split;

/// Questions shown to everybody.
const QUESTIONS: usize = 20;
/// The strategies shown, ours first.
const STRATEGIES: [(Strategy, &str); 3] = [
    (Strategy::Interview, "Matinee"),
    (Strategy::Popularity, "popularity"),
    (Strategy::LogPopularityEntropy, "log pop × entropy"),
];

/// What questions are worth.
#[derive(Debug, Clone, PartialEq)]
pub struct Asking {
    /// Ways to choose questions, ours first.
    pub strategies: Vec<Asked>,
    /// Rarely rated films offered to those who know their corner.
    pub rare: RareOffers,
}

/// One way to choose questions; every list has an entry for each number of questions shown, from 0 on.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// Its name.
    pub name: String,
    /// NDCG@100 of the test users.
    pub ndcg: Vec<Estimate>,
    /// Our mean paired gain in NDCG@100 over it.
    pub gain: Vec<Estimate>,
    /// Questions that got a rating for an answer, on average.
    pub answered: Vec<f64>,
}

/// Interviews the test users of `split` with `model`, whose ids are item numbers of the split.
pub(super) fn asking(model: &Model, split: &Split, seed: u64, progress: &ProgressBar) -> Asking {
    let simulation = Simulation::new(model, &split.train, &split.test, seed);
    let runs: Vec<(&str, Interviews)> = STRATEGIES
        .iter()
        .map(|&(strategy, name)| {
            progress.set_message(format!("asking by {name}"));
            progress.inc(1);
            (name, simulation.run(strategy, QUESTIONS))
        })
        .collect();
    let ours = &runs[0].1;
    let each = |of: &dyn Fn(usize) -> Estimate| (0..=QUESTIONS).map(of).collect();
    let strategies = runs
        .iter()
        .map(|(name, run)| Asked {
            name: (*name).to_owned(),
            ndcg: each(&|shown| run.ndcg(shown)),
            gain: each(&|shown| ours.gain_over(run, shown)),
            answered: (0..=QUESTIONS)
                .map(|shown| run.answered(shown).mean)
                .collect(),
        })
        .collect();
    Asking {
        strategies,
        rare: simulation.rare_offers(),
    }
}
