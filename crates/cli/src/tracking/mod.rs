//! Training runs logged to an MLflow server: parameters, figures over trials, and the files that came out.

mod batch;
mod client;

use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result};
use matinee_format::Model;
use matinee_train::pipeline::Built;

use batch::{Metric, Param};
use client::Client;

/// The experiment that runs are logged under.
const EXPERIMENT: &str = "matinee";

/// A server that answers, and the moment at which work began.
pub(crate) struct Tracking {
    client: Client,
    experiment: String,
    begun: i64,
}

impl Tracking {
    /// Finds the server and its experiment, which is made if need be.
    pub(crate) fn open(address: &str) -> Result<Self> {
        let client = Client::new(address)?;
        let experiment = client.experiment(EXPERIMENT).with_context(|| {
            format!("--tracking-uri {address}: is an MLflow server there? Nothing was trained")
        })?;
        Ok(Self {
            client,
            experiment,
            begun: now(),
        })
    }

    /// Logs a finished training run with the files it wrote, and says where it can be seen.
    pub(crate) fn log(&self, built: &Built, files: &[PathBuf]) -> Result<String> {
        let model = Model::decode(&built.bytes)?;
        let card = &model.header().card;
        let run = self
            .client
            .create_run(&self.experiment, &card.name, self.begun)?;
        let logged = self.fill(&run, built, &model, files);
        // The run is closed whatever became of it, so that none is left "running" for ever.
        let status = if logged.is_ok() { "FINISHED" } else { "FAILED" };
        let closed = self.client.close_run(&run.id, status, now());
        logged.and(closed)?;
        Ok(self.client.link(&self.experiment, &run.id))
    }

    fn fill(
        &self,
        run: &client::Run,
        built: &Built,
        model: &Model,
        files: &[PathBuf],
    ) -> Result<()> {
        let (params, metrics) = contents(built, model, now());
        for batch in batch::batches(&run.id, &params, &metrics) {
            self.client.log_batch(&batch)?;
        }
        for file in files {
            self.client.upload(run, file)?;
        }
        Ok(())
    }
}

/// What a run is described by.
fn contents(built: &Built, model: &Model, time: i64) -> (Vec<Param>, Vec<Metric>) {
    let card = &model.header().card;
    let mut params = vec![
        Param::new("algorithm", &card.algorithm),
        Param::new("catalogue", &model.header().catalogue),
    ];
    params.extend(
        card.settings
            .iter()
            .map(|setting| Param::new(&setting.name, &setting.value)),
    );
    for (at, data) in card.data_sets.iter().enumerate() {
        params.push(Param::new(&format!("data set {}", at + 1), &data.name));
    }

    let mut metrics = Vec::new();
    let mut add = |name: &str, value: f64, step: usize| {
        // JSON has no word for what is not a number.
        if value.is_finite() {
            metrics.push(Metric::new(name, value, step, time));
        }
    };
    let mut best = f64::NEG_INFINITY;
    for (step, trial) in built.trials.iter().enumerate() {
        best = best.max(trial.ndcg);
        add("trials/ndcg@100", trial.ndcg, step);
        add("trials/best ndcg@100", best, step);
        for (name, value) in &trial.settings {
            add(&format!("trials/{name}"), *value, step);
        }
    }
    for row in &card.evaluations {
        let protocol = row.protocol.split(',').next().unwrap_or_default();
        add(&format!("{protocol}/{}", row.metric), row.value, 0);
        // 0 says that the figure is no estimate.
        if row.standard_error != 0.0 {
            let name = format!("{protocol}/{} se", row.metric);
            add(&name, row.standard_error, 0);
        }
    }
    add("file/bytes", built.bytes.len() as f64, 0);
    add("file/films", model.len() as f64, 0);
    (params, metrics)
}

/// Milliseconds since 1970: when a run took place, which is the one thing the data cannot say.
fn now() -> i64 {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}
