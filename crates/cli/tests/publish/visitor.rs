//! `matinee verify` and `matinee serve`: what visitors get is what was published.

use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdout, Command, Stdio};

use matinee_publish::headers::{ALWAYS, WIDGET_POLICY, always};

use crate::site::Site;
use crate::store::{BUCKET, endpoint, list, put, visit};
use crate::{Publisher, Said};

/// `matinee serve` on a port of its own, ended with the test.
struct Served {
    process: Child,
    address: String,
    /// Closed, it would end the server, which has more to say.
    _out: BufReader<ChildStdout>,
}

impl Served {
    fn start(site: &Site) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_matinee"))
            .args(["serve", "--site", site.path(), "--port", "0"])
            .stdout(Stdio::piped())
            .spawn()
            .expect("start matinee");
        let mut line = String::new();
        let mut out = BufReader::new(process.stdout.take().expect("piped"));
        out.read_line(&mut line).expect("it says where");
        let address = line.trim().rsplit(' ').next().expect("an address");
        Self {
            address: address.to_owned(),
            process,
            _out: out,
        }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn verify(args: &[&str]) -> Said {
    let output = Command::new(env!("CARGO_BIN_EXE_matinee"))
        .arg("verify")
        .args(args)
        .output();
    Said::of(output.expect("start matinee"))
}

#[test]
#[ignore = "needs a store: cargo xtask test"]
fn serve_sends_the_headers_that_publish_sets() {
    let publisher = Publisher::new("same-headers");
    let site = Site::new("one", "v1.2.matinee");
    publisher.publish(&site).good();
    let served = Served::start(&site);
    let client = reqwest::blocking::Client::new();
    let mut compared = 0;
    for path in list(&publisher.folder) {
        if path.starts_with("releases/") {
            continue;
        }
        let stored = visit(&format!("{}/{path}", publisher.folder));
        let local = client
            .get(format!("{}{path}", served.address))
            .header("accept-encoding", "gzip")
            .send()
            .expect("it answers");
        for name in ["content-type", "cache-control"] {
            assert_eq!(
                stored.headers().get(name),
                local.headers().get(name),
                "{path} {name}"
            );
        }
        // What is too short is not compressed on the way.
        if stored
            .headers()
            .get("content-length")
            .is_some_and(|length| length.len() > 3)
        {
            let encoding = "content-encoding";
            assert_eq!(
                stored.headers().get(encoding),
                local.headers().get(encoding),
                "{path}"
            );
        }
        for (name, value) in always(&path) {
            assert_eq!(local.headers()[name], value, "{path}");
        }
        compared += 1;
    }
    assert_eq!(compared, 10);
    let page = client.get(&served.address).send().expect("it answers");
    let page = page.text().expect("a page");
    let stored = crate::whole::content(&format!("{}/index.html", publisher.folder));
    assert_eq!(
        page.as_bytes(),
        stored,
        "the policy in the page is the same"
    );
}

#[test]
#[ignore = "needs a store: cargo xtask test"]
fn verify_finds_nothing_wrong_with_what_is_served_right() {
    let site = Site::new("one", "v1.2.matinee");
    let served = Served::start(&site);
    let said = verify(&["--url", &served.address, "--site", site.path()]).good();
    assert!(said.err.contains("0 wrong, 0 to improve"), "{said:?}");

    // The store itself adds no headers of its own: it works, and could be safer.
    let publisher = Publisher::new("verified");
    publisher.publish(&site).good();
    let page = format!("{}/{BUCKET}/{}/index.html", endpoint(), publisher.folder);
    let said = verify(&["--url", &page, "--site", site.path()]).good();
    assert!(said.out.contains("deploy/matinee.yaml"), "{said:?}");
}

#[test]
#[ignore = "needs a store: cargo xtask test"]
fn verify_says_what_is_wrong_and_how_to_mend_it() {
    let publisher = Publisher::new("wrong");
    let site = Site::new("one", "v1.2.matinee");
    publisher.publish(&site).good();
    let address = format!("{}/{BUCKET}/{}/index.html", endpoint(), publisher.folder);
    let model = list(&publisher.folder)
        .into_iter()
        .find(|path| path.ends_with(".matinee"))
        .expect("a model");
    put(&format!("{}/{model}", publisher.folder), b"not the model");
    put(&format!("{}/sw.js", publisher.folder), b"// another");
    let said =
        verify(&["--url", &address, "--site", site.path(), "--json"]).bad(&["see the table above"]);
    for words in [
        "browsers refuse it",
        "it is not what was published",
        "its type is `",
        "visitors would not see a new release",
    ] {
        assert!(said.out.contains(words), "no `{words}` in {}", said.out);
    }
    verify(&[
        "--url",
        &format!("{}/{BUCKET}/nowhere/index.html", endpoint()),
    ])
    .bad(&["see the table"]);
    verify(&["--url", "films.example"]).bad(&["is no address"]);
}

/// CloudFront gets its headers from the template, `matinee serve` from the program.
#[test]
fn the_template_sets_the_same_headers() {
    let template = include_str!("../../../../deploy/matinee.yaml");
    let set_by_name = ["strict-transport-security", "x-content-type-options"];
    for (name, value) in ALWAYS {
        assert!(
            template.contains(value) || set_by_name.contains(&name),
            "{name}: {value}"
        );
    }
    assert!(template.contains("AccessControlMaxAgeSec: 31536000"));
    assert!(template.contains(WIDGET_POLICY));
}
