//! A published site as a visitor gets it: what is wrong, and how to mend it.

use std::collections::BTreeMap;
use std::io::Read;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use flate2::read::GzDecoder;
use matinee_format::Model;
use reqwest::Url;
use reqwest::blocking::{Client, Response};
use reqwest::header::{ACCEPT_ENCODING, CACHE_CONTROL, HeaderMap, ORIGIN};
use serde::Serialize;

use crate::bytes::sha256;
use crate::headers::{ALWAYS, Headers, IMMUTABLE, WIDGET_FOLDER};
use crate::page;
use crate::plan::{FileRecord, PAGE, POINTER, WORKER};

/// A site that does not answer for so long is not there.
const PATIENCE: Duration = Duration::from_secs(120);
/// Nothing of a site is larger.
const LIMIT: u64 = 1 << 31;
/// What a partner's page would say.
const PARTNER: &str = "https://partner.example";
/// Smaller than this nothing is worth compressing.
const SMALL: usize = 1024;

/// Whether visitors notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The site does not work as it should.
    Wrong,
    /// It works, and could be safer or quicker.
    Advice,
}

/// Something that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Whether visitors notice.
    pub severity: Severity,
    /// Relative to the site.
    pub file: String,
    /// What is wrong.
    pub what: String,
    /// What helps.
    pub mend: String,
}

/// What was looked at, and what was found.
#[derive(Debug, Default, Serialize)]
pub struct Verified {
    /// Files that were fetched.
    pub files: usize,
    /// Bytes on the line.
    pub bytes: u64,
    /// What is not as it should be.
    pub findings: Vec<Finding>,
}

impl Verified {
    fn note(&mut self, severity: Severity, file: &str, what: String, mend: &str) {
        self.findings.push(Finding {
            severity,
            file: file.to_owned(),
            what,
            mend: mend.to_owned(),
        });
    }

    fn wrong(&mut self, file: &str, what: String, mend: &str) {
        self.note(Severity::Wrong, file, what, mend);
    }
}

/// A fetched file.
struct Fetched {
    headers: HeaderMap,
    content: Vec<u8>,
}

/// Fetches the site at `url` as a visitor would, with everything that its page names. Where `expected` is given, it holds
/// what is served against what was published, the widget's files included.
pub fn verify(url: &str, expected: Option<&[FileRecord]>) -> Result<Verified> {
    let base = address(url)?;
    // Fails only where a provider is installed already, which serves as well.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = Client::builder().timeout(PATIENCE).build()?;
    let mut verified = Verified::default();

    let Some(page) = fetch(&client, &base, "", &mut verified)? else {
        return Ok(verified);
    };
    check_headers(PAGE, &page, &mut verified);
    check_always(&base, &page, &mut verified);
    let html = String::from_utf8_lossy(&page.content).into_owned();
    let mut contents = BTreeMap::from([(PAGE.to_owned(), page.content)]);
    check_policy(&html, &mut verified);

    let mut names = page::named(&html);
    names.extend([WORKER, POINTER].map(str::to_owned));
    names.extend(
        expected
            .unwrap_or_default()
            .iter()
            .map(|file| file.path.clone()),
    );
    names.remove(PAGE);
    for name in names {
        let Some(file) = fetch(&client, &base, &name, &mut verified)? else {
            continue;
        };
        check_headers(&name, &file, &mut verified);
        contents.insert(name, file.content);
    }
    check_model(&html, &contents, &mut verified);
    for file in expected.unwrap_or_default() {
        let found = contents.get(&file.path);
        if found.is_some_and(|content| sha256(content) != file.sha256) {
            verified.wrong(
                &file.path,
                "it is not what was published".to_owned(),
                "a cache on the way keeps an old one, or another release is live: see `matinee releases`; let caches obey Cache-Control",
            );
        }
    }
    check_missing(&client, &base, &mut verified)?;
    Ok(verified)
}

fn address(url: &str) -> Result<Url> {
    let mut base = Url::parse(url)
        .with_context(|| format!("--url {url} is no address; one is https://films.example.org/"))?;
    ensure!(
        matches!(base.scheme(), "http" | "https"),
        "--url {url}: an address begins with https://"
    );
    base.set_fragment(None);
    if !base.path().ends_with('/') && !base.path().ends_with(".html") {
        base.set_path(&format!("{}/", base.path()));
    }
    Ok(base)
}

fn ask(client: &Client, base: &Url, name: &str) -> Result<Response> {
    let url = base.join(name)?;
    client
        .get(url.clone())
        .header(ACCEPT_ENCODING, "gzip")
        .header(ORIGIN, PARTNER)
        .send()
        .with_context(|| {
            format!("{url} does not answer: check --url, and that its name leads to the site")
        })
}

/// A file with its headers; notes where it is not served.
fn fetch(
    client: &Client,
    base: &Url,
    name: &str,
    verified: &mut Verified,
) -> Result<Option<Fetched>> {
    let shown = if name.is_empty() { PAGE } else { name };
    let answer = ask(client, base, name)?;
    let status = answer.status();
    if !status.is_success() {
        let mend = match (status.as_u16(), name) {
            (403, _) => {
                "the host may not read the bucket, or the file is not there: publish again, and give the host leave to read \
                 (deploy/matinee.yaml does)"
            }
            (404, "") => {
                "the folder's address does not lead to index.html: set it as the default page, or name it in --url"
            }
            (404, _) => "publish again",
            _ => "look into the host's own log",
        };
        verified.wrong(shown, format!("status {status}"), mend);
        return Ok(None);
    }
    let headers = answer.headers().clone();
    let body = match answer.bytes() {
        Ok(body) => body,
        Err(error) => {
            verified.wrong(
                shown,
                format!("it ends early: {error}"),
                "look into the host's own log",
            );
            return Ok(None);
        }
    };
    verified.files += 1;
    verified.bytes += body.len() as u64;
    let content = match text(&headers, "content-encoding") {
        "gzip" => {
            let mut content = Vec::new();
            let read = GzDecoder::new(&body[..])
                .take(LIMIT)
                .read_to_end(&mut content);
            if let Err(error) = read {
                verified.wrong(
                    shown,
                    format!("it says that it is gzip and is not: {error}"),
                    "publish again; a host must leave Content-Encoding as it is stored",
                );
                return Ok(None);
            }
            content
        }
        _ => body.to_vec(),
    };
    Ok(Some(Fetched { headers, content }))
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers
        .get(name)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
}

fn check_headers(name: &str, file: &Fetched, verified: &mut Verified) {
    let wanted = Headers::of(name);
    let kind = |value: &str| {
        value
            .split(';')
            .next()
            .unwrap_or_default()
            .trim()
            .to_lowercase()
    };
    let found = text(&file.headers, "content-type");
    if kind(found) != kind(wanted.content_type) {
        verified.wrong(
            name,
            format!("its type is `{found}`, not `{}`", wanted.content_type),
            "publish with `matinee publish`, which stores types; a host must not guess its own",
        );
    }
    let caching = text(&file.headers, CACHE_CONTROL.as_str());
    if wanted.cache_control == IMMUTABLE {
        let fits = caching.contains("immutable") && caching.contains("max-age=31536000");
        if !fits {
            verified.note(
                Severity::Advice,
                name,
                format!("its Cache-Control is `{caching}`, not `{IMMUTABLE}`: return visits fetch it again"),
                "let the host send Cache-Control as it is stored",
            );
        }
    } else if !["no-cache", "no-store", "max-age=0"]
        .iter()
        .any(|word| caching.contains(word))
    {
        verified.wrong(
            name,
            format!("its Cache-Control is `{caching}`, not `no-cache`: visitors would not see a new release"),
            "let the host send Cache-Control as it is stored",
        );
    }
    let compressed = !text(&file.headers, "content-encoding").is_empty();
    if wanted.gzip && !compressed && file.content.len() > SMALL {
        verified.note(
            Severity::Advice,
            name,
            "it is not compressed".to_owned(),
            "let the host send Content-Encoding as it is stored",
        );
    }
    let allowed = text(&file.headers, "access-control-allow-origin");
    let for_others =
        name.starts_with(WIDGET_FOLDER) || name == POINTER || name.ends_with(".matinee");
    if for_others && allowed != "*" && allowed != PARTNER {
        verified.note(
            if name.starts_with(WIDGET_FOLDER) { Severity::Wrong } else { Severity::Advice },
            name,
            "other sites may not load it (no Access-Control-Allow-Origin), so the widget does not work there".to_owned(),
            "deploy/matinee.yaml sets it; on another host, allow every origin to GET",
        );
    }
}

/// The headers that the host adds to all answers.
fn check_always(base: &Url, page: &Fetched, verified: &mut Verified) {
    for (name, value) in ALWAYS {
        // Over plain http nobody heeds it; who may load the page itself does not matter.
        let exempt = (name == "strict-transport-security" && base.scheme() == "http")
            || name == "access-control-allow-origin";
        if exempt || !text(&page.headers, name).is_empty() {
            continue;
        }
        verified.note(
            Severity::Advice,
            PAGE,
            format!("it comes without {name}"),
            &format!("deploy/matinee.yaml sets it; on another host, send `{name}: {value}`"),
        );
    }
}

fn check_policy(html: &str, verified: &mut Verified) {
    if page::policy_of(html).is_none() {
        verified.wrong(
            PAGE,
            "it brings no Content-Security-Policy".to_owned(),
            "publish with `matinee publish`, which puts one into the page",
        );
    } else if !page::policy_fits(html) {
        verified.wrong(
            PAGE,
            "its Content-Security-Policy forbids scripts or styles that stand in it".to_owned(),
            "something on the way changes the page (a proxy that adds scripts, or shortens it): switch that off",
        );
    }
}

fn check_model(html: &str, contents: &BTreeMap<String, Vec<u8>>, verified: &mut Verified) {
    let named = match page::pointed(html) {
        Ok(named) => named,
        Err(error) => {
            return verified.wrong(
                PAGE,
                format!("it names no model: {error:#}"),
                "publish again",
            );
        }
    };
    if let Some(bytes) = contents.get(&named.model) {
        if sha256(bytes) != named.sha256 || bytes.len() as u64 != named.bytes {
            verified.wrong(
                &named.model,
                "its SHA-256 is not the one that the page names, so browsers refuse it".to_owned(),
                "something on the way changes it, or it was damaged: publish again, and let the host leave it as it is",
            );
        } else if let Err(error) = Model::decode(bytes) {
            verified.wrong(
                &named.model,
                error.to_string(),
                "publish a model of this version",
            );
        }
    }
    let pointer: Option<page::Pointer> = contents
        .get(POINTER)
        .and_then(|bytes| serde_json::from_slice(bytes).ok());
    if pointer.is_none_or(|pointer| pointer != named) {
        verified.wrong(
            POINTER,
            "it does not name the model that the page names".to_owned(),
            "a publish was interrupted after the switch: run it again",
        );
    }
}

/// What is not there must be said to be missing, or damage is taken for content.
fn check_missing(client: &Client, base: &Url, verified: &mut Verified) -> Result<()> {
    let name = "app/000000000000dead/missing.js";
    let status = ask(client, base, name)?.status();
    if status.is_success() {
        verified.wrong(
            name,
            format!("what is not there is answered with status {status}"),
            "let the host answer 404 instead of a page",
        );
    }
    Ok(())
}
