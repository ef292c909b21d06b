//! The site as a visitor finds it.

use std::io::Read;

use flate2::read::GzDecoder;
use matinee_publish::{page, sha256};

use crate::store::visit;

/// A file as a browser would read it.
pub(crate) fn content(path: &str) -> Vec<u8> {
    let answer = visit(path);
    assert!(answer.status().is_success(), "{path}: {}", answer.status());
    let compressed = answer
        .headers()
        .get("content-encoding")
        .is_some_and(|encoding| encoding == "gzip");
    let body = answer.bytes().expect("a body").to_vec();
    if !compressed {
        return body;
    }
    let mut plain = Vec::new();
    GzDecoder::new(&body[..])
        .read_to_end(&mut plain)
        .expect("whole");
    plain
}

/// Visits the site, finds everything that its page names, whole and of one release, and returns the word in its title.
#[track_caller]
pub(crate) fn word(folder: &str) -> String {
    let html = String::from_utf8(content(&format!("{folder}/index.html"))).expect("UTF-8");
    let between = |from: &str, to: &str| {
        let at = html.find(from).expect("it is there") + from.len();
        html[at..][..html[at..].find(to).expect("it ends")].to_owned()
    };
    let word = between("<title>", "</title>");
    assert!(page::policy_fits(&html), "its policy fits: {html}");
    for name in page::named(&html) {
        let found = content(&format!("{folder}/{name}"));
        if name.ends_with("app.js") {
            let program = String::from_utf8(found).expect("UTF-8");
            assert_eq!(program, format!("console.log('{word}');"), "of one release");
        } else if name.ends_with(".matinee") {
            let pointer = page::pointed(&html).expect("it names a model");
            assert_eq!(sha256(&found), pointer.sha256);
        }
    }
    // The pointer may be of the other release, but what it names is there.
    let pointer = content(&format!("{folder}/model.json"));
    let pointer: page::Pointer = serde_json::from_slice(&pointer).expect("JSON");
    let model = content(&format!("{folder}/{}", pointer.model));
    assert_eq!(sha256(&model), pointer.sha256);
    word
}
