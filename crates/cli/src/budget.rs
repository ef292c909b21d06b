//! The options of everything that tunes.

use std::time::Duration;

use matinee_train::evaluate::Budget;

#[derive(clap::Args)]
pub(crate) struct BudgetArgs {
    /// Settings tried at most for each algorithm.
    #[arg(long, default_value_t = Budget::default().trials, value_parser = at_least_one)]
    trials: usize,
    /// Minutes after which no further settings are tried. What is found then depends on the machine's speed.
    #[arg(long, value_name = "MINUTES", value_parser = minutes)]
    time_budget: Option<Duration>,
}

impl BudgetArgs {
    pub(crate) fn budget(&self) -> Budget {
        Budget {
            trials: self.trials,
            time: self.time_budget,
        }
    }
}

fn at_least_one(number: &str) -> Result<usize, String> {
    match number.parse() {
        Ok(0) | Err(_) => Err("a whole number from 1 is needed".to_owned()),
        Ok(number) => Ok(number),
    }
}

fn minutes(number: &str) -> Result<Duration, String> {
    let wrong = || "a number of minutes is needed, such as 5 or 0.5".to_owned();
    let minutes: f64 = number.parse().map_err(|_| wrong())?;
    Duration::try_from_secs_f64(minutes * 60.0).map_err(|_| wrong())
}
