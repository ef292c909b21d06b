//! `matinee train --tracking-uri`, as typed: against a real MLflow server, and where there is none.

use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::{matinee, text};

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("an address").port()
}

/// Trains on invented data; the file names have what a path must escape.
fn train(folder: &Path, address: &str) -> Output {
    let path = |name: &str| folder.join(name).to_str().expect("a plain path").to_owned();
    let out = folder.to_str().expect("a plain path");
    let made = matinee(&[
        "synth", "--out", out, "--users", "250", "--items", "200", "--seed", "3",
    ]);
    assert!(made.status.success(), "{}", text(&made.stderr));
    matinee(&[
        "train",
        "--ratings",
        &path("ratings.csv"),
        "--items",
        &path("movies.csv"),
        "--dims",
        "16",
        "--out",
        &path("a model.matinee"),
        "--report",
        &path("report.html"),
        "--trends",
        &path("trends.json"),
        "--tracking-uri",
        address,
    ])
}

#[test]
fn a_server_that_is_not_there_is_named_before_anything_is_trained() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let address = format!("http://127.0.0.1:{}", free_port());
    let failed = train(folder.path(), &address);
    assert!(!failed.status.success());
    let message = text(&failed.stderr);
    assert!(
        message.contains(&address) && message.contains("Nothing was trained"),
        "{message}"
    );
    assert!(!folder.path().join("a model.matinee").exists());

    let odd = train(folder.path(), "file:///tmp/mlruns");
    assert!(
        text(&odd.stderr).contains("http://"),
        "{}",
        text(&odd.stderr)
    );
}

/// Ended with its workers, whatever becomes of the test.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        // Its workers are of its process group.
        let group = format!("-{}", self.0.id());
        let _ = Command::new("kill").args(["--", &group]).status();
        let _ = self.0.wait();
    }
}

fn start(mlflow: &str, folder: &Path, port: u16) -> Server {
    use std::os::unix::process::CommandExt;
    let store = format!("sqlite:///{}", folder.join("mlflow.db").display());
    let child = Command::new(mlflow)
        .args([
            "server",
            "--host",
            "127.0.0.1",
            "--workers",
            "1",
            "--port",
            &port.to_string(),
        ])
        .args(["--backend-store-uri", &store, "--artifacts-destination"])
        .arg(folder.join("artifacts"))
        .env("MLFLOW_DISABLE_TELEMETRY", "true")
        .env("DO_NOT_TRACK", "true")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()
        .expect("start the MLflow server");
    Server(child)
}

#[test]
#[ignore = "needs MLflow: cargo xtask test --all installs it and names it in MLFLOW"]
fn a_real_server_has_the_parameters_the_trials_and_the_files() {
    let mlflow = std::env::var("MLFLOW").expect("MLFLOW names the program");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let port = free_port();
    let address = format!("http://127.0.0.1:{port}");
    let _server = start(&mlflow, folder.path(), port);
    let curl = |request: &str| -> Option<Vec<u8>> {
        let answer = Command::new("curl")
            .args(["--silent", "--fail", request])
            .output()
            .expect("start curl");
        answer.status.success().then_some(answer.stdout)
    };
    let begun = Instant::now();
    while curl(&format!("{address}/health")).is_none() {
        assert!(
            begun.elapsed() < Duration::from_secs(300),
            "the server does not start"
        );
        std::thread::sleep(Duration::from_millis(500));
    }

    let trained = train(folder.path(), &address);
    assert!(trained.status.success(), "{}", text(&trained.stderr));
    let post = |path: &str, body: &Value| -> Value {
        let url = format!("{address}/api/2.0/mlflow/{path}");
        let body = body.to_string();
        let answer = Command::new("curl")
            .args([
                "--silent",
                "--fail",
                "--header",
                "Content-Type: application/json",
                "--data",
                &body,
                &url,
            ])
            .output()
            .expect("start curl");
        serde_json::from_slice(&answer.stdout).expect("an answer in JSON")
    };
    let named = curl(&format!(
        "{address}/api/2.0/mlflow/experiments/get-by-name?experiment_name=matinee"
    ));
    let named: Value = serde_json::from_slice(&named.expect("the experiment")).expect("JSON");
    let experiment = &named["experiment"]["experiment_id"];
    let runs = post("runs/search", &json!({ "experiment_ids": [experiment] }));
    let [run] = &runs["runs"].as_array().expect("runs")[..] else {
        panic!("one run was logged: {runs}");
    };
    assert_eq!(run["info"]["status"], "FINISHED");
    let has = |list: &str, key: &str| {
        let entries = run["data"][list].as_array().expect("entries");
        entries.iter().any(|entry| entry["key"] == key)
    };
    assert!(has("params", "dims") && has("params", "beta"), "{run}");
    assert!(
        has("metrics", "strong generalisation/ndcg_at_100") && has("metrics", "file/bytes"),
        "{run}"
    );

    let id = run["info"]["run_id"].as_str().expect("an id");
    let history = curl(&format!(
        "{address}/api/2.0/mlflow/metrics/get-history?run_id={id}&metric_key=trials/ndcg_at_100"
    ));
    let history: Value = serde_json::from_slice(&history.expect("a history")).expect("JSON");
    assert!(
        history["metrics"].as_array().expect("a history").len() > 3,
        "{history}"
    );

    for (name, escaped) in [
        ("a model.matinee", "a%20model.matinee"),
        ("report.html", "report.html"),
        ("trends.json", "trends.json"),
    ] {
        let kept = curl(&format!(
            "{address}/api/2.0/mlflow-artifacts/artifacts/{}/{id}/artifacts/{escaped}",
            experiment.as_str().expect("an id")
        ));
        let sent = std::fs::read(folder.path().join(name)).expect("the file that was written");
        assert!(
            kept.as_deref() == Some(&sent[..]),
            "{name} is not what was sent"
        );
    }
}
