//! Publishing against a real object store, with faults between the two.
//!
//! `cargo xtask test` starts the store (SeaweedFS) and names it in `MATINEE_STORE`.

mod faults;
mod proxy;
mod prune;
mod publish;
mod refusals;
mod rollback;
mod site;
mod store;
mod visitor;
mod whole;

use std::process::{Command, Output, Stdio};

use store::{BUCKET, endpoint};

/// What the command-line tool said and whether it was content.
#[derive(Debug)]
struct Said {
    good: bool,
    out: String,
    err: String,
}

impl Said {
    fn of(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        Self {
            good: output.status.success(),
            out: text(output.stdout),
            err: text(output.stderr),
        }
    }

    #[track_caller]
    fn good(self) -> Self {
        assert!(self.good, "{self:?}");
        self
    }

    /// It failed, and said so in these words.
    #[track_caller]
    fn bad(self, words: &[&str]) -> Self {
        assert!(!self.good, "it did not fail: {self:?}");
        for word in words {
            assert!(self.err.contains(word), "no `{word}` in {}", self.err);
        }
        self
    }
}

/// A site in the bucket, below a folder of the test's own, seen by a publisher.
struct Publisher {
    folder: String,
    endpoint: String,
}

impl Publisher {
    fn new(folder: &str) -> Self {
        Self {
            folder: format!("{folder}-{}", std::process::id()),
            endpoint: endpoint(),
        }
    }

    /// The same site through a proxy.
    fn through(&self, proxy: &proxy::Proxy) -> Self {
        Self {
            folder: self.folder.clone(),
            endpoint: proxy.address(),
        }
    }

    fn to(&self) -> String {
        format!("s3://{BUCKET}/{}", self.folder)
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_matinee"));
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("AWS_")) {
            command.env_remove(name);
        }
        command
            .args(args)
            .args(["--to", &self.to()])
            .env("AWS_ENDPOINT_URL", &self.endpoint)
            .env("AWS_ACCESS_KEY_ID", "publisher")
            .env("AWS_SECRET_ACCESS_KEY", "publisher-secret")
            .env("AWS_REGION", "us-east-1")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    fn run(&self, args: &[&str]) -> Said {
        Said::of(self.command(args).output().expect("start matinee"))
    }

    fn publish(&self, site: &site::Site) -> Said {
        self.run(&["publish", "--site", site.path()])
    }

    fn releases(&self) -> Vec<serde_json::Value> {
        let said = self.run(&["releases", "--json"]).good();
        said.out
            .lines()
            .map(|line| serde_json::from_str(line).expect("JSON"))
            .collect()
    }

    /// The release that `matinee releases` calls live.
    fn live(&self) -> Option<u64> {
        let releases = self.releases();
        let live = releases.iter().find(|release| release["live"] == "live");
        live.and_then(|release| release["number"].as_u64())
    }
}
