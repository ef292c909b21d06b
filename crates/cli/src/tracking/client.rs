//! MLflow's REST interface, version 2.0, as far as a training run needs it.

use std::env;
use std::fs::File;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use reqwest::blocking::{Client as Http, RequestBuilder, Response};
use reqwest::{StatusCode, Url};
use serde::Deserialize;
use serde_json::json;

use super::batch::Batch;

/// A server that does not answer a small question for so long is not there.
const PATIENCE: Duration = Duration::from_secs(20);
/// Patience with the upload of a file.
const UPLOAD_PATIENCE: Duration = Duration::from_secs(600);
/// How a server that takes files itself writes where they go.
const PROXIED: &str = "mlflow-artifacts:";

pub(super) struct Client {
    http: Http,
    base: Url,
}

/// A run that has been created.
pub(super) struct Run {
    pub(super) id: String,
    /// Where the server keeps its files.
    artifacts: String,
}

#[derive(Deserialize)]
struct Found {
    experiment: Experiment,
}

#[derive(Deserialize)]
struct Experiment {
    experiment_id: String,
    lifecycle_stage: String,
}

#[derive(Deserialize)]
struct Made {
    experiment_id: String,
}

#[derive(Deserialize)]
struct Created {
    run: CreatedRun,
}

#[derive(Deserialize)]
struct CreatedRun {
    info: Info,
}

#[derive(Deserialize)]
struct Info {
    run_id: String,
    artifact_uri: String,
}

/// What the server says when it refuses.
#[derive(Deserialize)]
struct Refusal {
    message: String,
}

impl Client {
    pub(super) fn new(address: &str) -> Result<Self> {
        let mut base = Url::parse(address).with_context(|| {
            format!("--tracking-uri {address} is no address; one is http://127.0.0.1:5000")
        })?;
        ensure!(
            matches!(base.scheme(), "http" | "https"),
            "--tracking-uri {address}: only servers are logged to, at an address that begins with http:// or https://"
        );
        if !base.path().ends_with('/') {
            base.set_path(&format!("{}/", base.path()));
        }
        // Fails only where a provider is installed already, which serves as well.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = Http::builder().timeout(PATIENCE).build()?;
        Ok(Self { http, base })
    }

    /// The id of the experiment with this name, which is made if need be.
    pub(super) fn experiment(&self, name: &str) -> Result<String> {
        let ask = self
            .get("experiments/get-by-name")?
            .query(&[("experiment_name", name)]);
        let answer = self.send(ask)?;
        if answer.status() == StatusCode::NOT_FOUND {
            let make = self
                .post("experiments/create")?
                .json(&json!({ "name": name }));
            return Ok(accepted(self.send(make)?)?.json::<Made>()?.experiment_id);
        }
        let found: Found = accepted(answer)?
            .json()
            .context("the answer is not MLflow's")?;
        ensure!(
            found.experiment.lifecycle_stage == "active",
            "the experiment `{name}` has been deleted on the server: restore it there (mlflow experiments restore)"
        );
        Ok(found.experiment.experiment_id)
    }

    /// `begun` is in milliseconds since 1970.
    pub(super) fn create_run(&self, experiment: &str, name: &str, begun: i64) -> Result<Run> {
        let body = json!({ "experiment_id": experiment, "run_name": name, "start_time": begun });
        let answer = accepted(self.send(self.post("runs/create")?.json(&body))?)?;
        let info = answer.json::<Created>()?.run.info;
        Ok(Run {
            id: info.run_id,
            artifacts: info.artifact_uri,
        })
    }

    pub(super) fn log_batch(&self, batch: &Batch<'_>) -> Result<()> {
        accepted(self.send(self.post("runs/log-batch")?.json(batch))?)?;
        Ok(())
    }

    pub(super) fn close_run(&self, id: &str, status: &str, ended: i64) -> Result<()> {
        let body = json!({ "run_id": id, "status": status, "end_time": ended });
        accepted(self.send(self.post("runs/update")?.json(&body))?)?;
        Ok(())
    }

    /// Sends a file to the run's own place, through the server.
    pub(super) fn upload(&self, run: &Run, file: &Path) -> Result<()> {
        let name = file.file_name().and_then(|name| name.to_str());
        let name = name.with_context(|| format!("{} has no plain name", file.display()))?;
        let Some(folder) = run.artifacts.strip_prefix(PROXIED) else {
            bail!(
                "the server keeps files at {} and does not take them itself: start it with --serve-artifacts",
                run.artifacts
            );
        };
        let mut url = self.base.join("api/2.0/mlflow-artifacts/artifacts/")?;
        // Each part is escaped, whatever the file is called.
        let mut parts = url
            .path_segments_mut()
            .ok()
            .context("the address cannot hold a path")?;
        parts.pop_if_empty();
        parts.extend(folder.split('/').filter(|part| !part.is_empty()));
        parts.push(name);
        drop(parts);
        let body =
            File::open(file).with_context(|| format!("{} cannot be read", file.display()))?;
        let put = self
            .authorised(self.http.put(url))
            .timeout(UPLOAD_PATIENCE)
            .body(body);
        accepted(self.send(put)?).with_context(|| format!("{} was not taken", file.display()))?;
        Ok(())
    }

    /// Where people see the run.
    pub(super) fn link(&self, experiment: &str, run: &str) -> String {
        format!("{}#/experiments/{experiment}/runs/{run}", self.base)
    }

    fn get(&self, path: &str) -> Result<RequestBuilder> {
        Ok(self.authorised(
            self.http
                .get(self.base.join("api/2.0/mlflow/")?.join(path)?),
        ))
    }

    fn post(&self, path: &str) -> Result<RequestBuilder> {
        Ok(self.authorised(
            self.http
                .post(self.base.join("api/2.0/mlflow/")?.join(path)?),
        ))
    }

    /// With the credentials that MLflow's own client would take from the environment.
    fn authorised(&self, request: RequestBuilder) -> RequestBuilder {
        if let Ok(token) = env::var("MLFLOW_TRACKING_TOKEN") {
            return request.bearer_auth(token);
        }
        match env::var("MLFLOW_TRACKING_USERNAME") {
            Ok(user) => request.basic_auth(user, env::var("MLFLOW_TRACKING_PASSWORD").ok()),
            Err(_) => request,
        }
    }

    fn send(&self, request: RequestBuilder) -> Result<Response> {
        request
            .send()
            .with_context(|| format!("{} does not answer", self.base))
    }
}

/// The answer, if the server did what it was asked.
fn accepted(answer: Response) -> Result<Response> {
    let status = answer.status();
    if status.is_success() {
        return Ok(answer);
    }
    let url = answer.url().path().to_owned();
    let text = answer.text().unwrap_or_default();
    let message = serde_json::from_str(&text).map_or(text, |refusal: Refusal| refusal.message);
    let message: String = message.chars().take(300).collect();
    bail!("the server refused {url} ({status}): {message}")
}
