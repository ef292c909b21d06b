//! The page that visitors open: which model it names, what else it names, and what it may run.

use std::collections::BTreeSet;

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::bytes::{base64, sha256};

/// What marks the tag that names the model.
const MODEL_TAG: &str = "name=\"matinee-model\"";
/// What marks the tag that names the trends in the model's ratings, where there are some.
const TRENDS_TAG: &str = "name=\"matinee-trends\"";
/// How the name of every trends file ends.
pub const TRENDS: &str = ".trends.json";
/// What marks the tag with the page's policy.
const POLICY_TAG: &str = "http-equiv=\"Content-Security-Policy\"";
/// Ends of the names of files that a page may name; the service worker keeps these (`static/sw.js`).
const KEPT: [&str; 9] = [
    "js",
    "wasm",
    "css",
    "woff2",
    "svg",
    "png",
    "json",
    "webmanifest",
    "matinee",
];

/// The small file that tells widgets and open pages which model is current.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pointer {
    /// Where the model is, relative to the site.
    pub model: String,
    /// Its SHA-256, in hexadecimal.
    pub sha256: String,
    /// Its length.
    pub bytes: u64,
    /// Where the trends in its ratings are, relative to the site, if it has them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trends: Option<String>,
}

impl Pointer {
    /// The pointer to the model with these bytes, which has no trends.
    pub fn to(model: &[u8]) -> Self {
        let sha256 = sha256(model);
        Self {
            model: format!("models/{}.matinee", &sha256[..16]),
            sha256,
            bytes: model.len() as u64,
            trends: None,
        }
    }

    /// Likewise, with the trends file that has these bytes.
    #[must_use]
    pub fn with_trends(self, trends: &[u8]) -> Self {
        let name = format!("models/{}{TRENDS}", &sha256(trends)[..16]);
        Self {
            trends: Some(name),
            ..self
        }
    }

    /// As the file holds it.
    pub fn to_json(&self) -> Result<String> {
        Ok(serde_json::to_string_pretty(self)? + "\n")
    }
}

/// The page with its tags naming what `pointer` does. One made before there were trends gets their tag, behind the model's.
pub fn point(page: &str, pointer: &Pointer) -> Result<String> {
    let size = pointer.bytes.to_string();
    let page = replace_tag(
        page,
        MODEL_TAG,
        &[
            ("content", &pointer.model),
            ("data-sha256", &pointer.sha256),
            ("data-bytes", &size),
        ],
    )?;
    let trends = pointer.trends.as_deref().unwrap_or_default();
    if page.contains(TRENDS_TAG) {
        return replace_tag(&page, TRENDS_TAG, &[("content", trends)]);
    }
    if trends.is_empty() {
        return Ok(page);
    }
    let (_, end) = find_tag(&page, MODEL_TAG)?;
    let tag = format!(">\n    <meta {TRENDS_TAG} content=\"{trends}\"");
    Ok([&page[..end], &tag, &page[end..]].concat())
}

/// The model that a page names.
pub fn pointed(page: &str) -> Result<Pointer> {
    let (start, end) = find_tag(page, MODEL_TAG)?;
    let tag = &page[start..end];
    let value = |name: &str| -> Result<String> {
        let (from, to) = attribute(tag, name)
            .with_context(|| format!("the tag with {MODEL_TAG} needs the attribute {name}"))?;
        Ok(tag[from..to].to_owned())
    };
    let trends = find_tag(page, TRENDS_TAG).ok().and_then(|(start, end)| {
        let (from, to) = attribute(&page[start..end], "content")?;
        Some(page[start + from..start + to].to_owned())
    });
    Ok(Pointer {
        trends: trends.filter(|trends| !trends.is_empty()),
        model: value("content")?,
        sha256: value("data-sha256")?,
        bytes: value("data-bytes")?
            .parse()
            .context("data-bytes is no number")?,
    })
}

/// Sets attributes of the one tag that carries `mark`.
fn replace_tag(page: &str, mark: &str, attributes: &[(&str, &str)]) -> Result<String> {
    let (start, end) = find_tag(page, mark)?;
    let mut tag = page[start..end].to_owned();
    for (name, value) in attributes {
        let (from, to) = attribute(&tag, name)
            .with_context(|| format!("the tag with {mark} needs the attribute {name}"))?;
        tag.replace_range(from..to, value);
    }
    Ok([&page[..start], &tag, &page[end..]].concat())
}

/// Where the one tag that carries `mark` begins and ends.
fn find_tag(page: &str, mark: &str) -> Result<(usize, usize)> {
    let mut found = page.match_indices(mark);
    let (Some((at, _)), None) = (found.next(), found.next()) else {
        bail!("it needs exactly one tag with {mark}");
    };
    let start = page[..at].rfind('<').context("a tag without a beginning")?;
    let end = at + page[at..].find('>').context("a tag without an end")?;
    Ok((start, end))
}

/// Where the value of an attribute begins and ends in a tag.
fn attribute(tag: &str, name: &str) -> Option<(usize, usize)> {
    let opening = format!(" {name}=\"");
    let from = tag.find(&opening)? + opening.len();
    Some((from, from + tag[from..].find('"')?))
}

/// Every file that the page names, relative to the site, as the service worker finds them.
pub fn named(page: &str) -> BTreeSet<String> {
    page.split(['"', '\'', '(', ')'])
        .map(|part| part.strip_prefix("./").unwrap_or(part))
        .map(|part| part.strip_prefix('/').unwrap_or(part))
        .filter(|part| {
            let plain = |c: char| c.is_ascii_alphanumeric() || "_./-".contains(c);
            part.rsplit_once('.')
                .is_some_and(|(stem, end)| !stem.is_empty() && KEPT.contains(&end))
                && part.chars().all(plain)
        })
        .map(str::to_owned)
        .collect()
}

/// The page with a policy of its own: it runs the scripts that stand in it and those of the site, and nothing else.
/// The hashes belong to the page, so a page of any release brings the policy that it needs.
pub fn with_policy(page: &str) -> String {
    if page.contains(POLICY_TAG) {
        return page.to_owned();
    }
    let Some(head) = page.find("<head>").map(|at| at + "<head>".len()) else {
        return page.to_owned();
    };
    let scripts = hashes(page, "script");
    let styles = hashes(page, "style");
    let policy = format!(
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'{scripts}; style-src 'self'{styles}; \
         style-src-attr 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; \
         worker-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'"
    );
    // The letters must be known before anything else is read, so the policy stands behind the tag that names them.
    let at = page[head..]
        .find("charset=")
        .and_then(|at| Some(head + at + page[head + at..].find('>')? + 1))
        .unwrap_or(head);
    [
        &page[..at],
        &format!("<meta {POLICY_TAG} content=\"{policy}\">"),
        &page[at..],
    ]
    .concat()
}

/// ` 'sha256-…'` for each element `name` that stands in the page.
fn hashes(page: &str, name: &str) -> String {
    let (opening, closing) = (format!("<{name}"), format!("</{name}>"));
    let mut found = BTreeSet::new();
    let mut rest = page;
    while let Some(at) = rest.find(&opening) {
        rest = &rest[at + opening.len()..];
        let Some(begin) = rest.find('>') else { break };
        let (tag, body) = rest.split_at(begin);
        let Some(end) = body.find(&closing) else {
            break;
        };
        if !tag.contains(" src=") {
            found.insert(base64(&Sha256::digest(&body.as_bytes()[1..end])));
        }
        rest = &body[end..];
    }
    found
        .into_iter()
        .map(|hash| format!(" 'sha256-{hash}'"))
        .collect()
}

/// The policies in a page's own tag, if it has one.
pub fn policy_of(page: &str) -> Option<&str> {
    let (start, end) = find_tag(page, POLICY_TAG).ok()?;
    let tag = &page[start..end];
    let (from, to) = attribute(tag, "content")?;
    Some(&tag[from..to])
}

/// Whether the page's own policy allows every script and style that stands in it.
pub fn policy_fits(page: &str) -> bool {
    policy_of(page).is_some_and(|policy| {
        ["script", "style"]
            .iter()
            .flat_map(|name| {
                hashes(page, name)
                    .split_whitespace()
                    .map(str::to_owned)
                    .collect::<Vec<_>>()
            })
            .all(|hash| policy.contains(&hash))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<head><meta charset="utf-8">
    <meta name="matinee-model" content="models/old.matinee" data-sha256="00" data-bytes="1">
    <script>1</script><script type="module" src="app/a.js"></script><style>a{}</style>
</head>"#;

    fn pointer() -> Pointer {
        Pointer {
            model: "models/new.matinee".to_owned(),
            sha256: "abc".to_owned(),
            bytes: 42,
            trends: None,
        }
    }

    #[test]
    fn the_tag_names_the_model_and_nothing_else_changes() {
        let page = point(PAGE, &pointer()).expect("the tag is there");
        assert_eq!(
            page,
            PAGE.replace("old", "new")
                .replace("data-sha256=\"00\"", "data-sha256=\"abc\"")
                .replace("\"1\"", "\"42\"")
        );
        assert_eq!(pointed(&page).expect("it names one"), pointer());
    }

    #[test]
    fn trends_are_named_where_there_are_some_and_no_longer_where_there_are_none() {
        let with = |trends: Option<&str>| Pointer {
            trends: trends.map(str::to_owned),
            ..pointer()
        };
        let first = with(Some("models/1.trends.json"));
        let page = point(PAGE, &first).expect("there is a model");
        assert!(page.contains(r#"<meta name="matinee-trends" content="models/1.trends.json">"#));
        assert_eq!(pointed(&page).expect("it names one"), first);
        assert!(named(&page).contains("models/1.trends.json"));
        let other = point(&page, &with(Some("models/2.trends.json"))).expect("there is a tag");
        assert_eq!(other, page.replace("1.trends", "2.trends"));
        let without = point(&other, &with(None)).expect("there is a tag");
        assert!(without.contains(r#"<meta name="matinee-trends" content="">"#));
        assert_eq!(pointed(&without).expect("it names one"), pointer());
        assert!(!point(PAGE, &pointer()).expect("a model").contains("trends"));
    }

    #[test]
    fn a_page_without_the_tag_is_refused() {
        let error = point("<head></head>", &pointer()).expect_err("there is no tag");
        assert!(error.to_string().contains("matinee-model"), "{error}");
    }

    #[test]
    fn what_the_page_names_is_found() {
        let names = named(
            r#"<a href="./app/x.js"> url(fonts/f.woff2) content="models/old.matinee" "a b.js" ".js""#,
        );
        let expected = ["app/x.js", "fonts/f.woff2", "models/old.matinee"];
        assert_eq!(
            names.iter().map(String::as_str).collect::<Vec<_>>(),
            expected
        );
    }

    #[test]
    fn the_policy_allows_what_stands_in_the_page_and_follows_its_changes() {
        let page = with_policy(PAGE);
        assert!(policy_fits(&page), "{page}");
        // echo -n 1 | openssl dgst -sha256 -binary | base64
        assert!(page.contains("'sha256-a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s='"));
        assert!(!policy_fits(&page.replace("<script>1<", "<script>2<")));
        assert_eq!(with_policy(&page), page, "once is enough");
    }
}
