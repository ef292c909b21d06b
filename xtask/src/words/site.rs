//! Puts the catalogues into the site: a file for each language, which only visitors who read it ask for, and in the page
//! what these are called and the few texts that it shows before the app has come.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::extract::{MARK, page_texts};
use super::{FOLDER, LANGUAGES, catalogue, extract};
use crate::workspace::Workspace;

/// What stands in the page where its texts in other languages go.
const PLACEHOLDER: &str = r#"<script type="application/json" id="matinee-words">{}</script>"#;
/// As in the catalogues of gettext, between a context and its text.
const CONTEXT: char = '\u{4}';

/// Writes the files into `site`, and gives the page with what it has to know of them.
pub(crate) fn put_into_site(workspace: &Workspace, site: &Path, html: &str) -> Result<String> {
    let messages = extract::messages(workspace)?;
    let shown = page_texts(html)?;
    let shown: Vec<String> = shown
        .into_iter()
        .filter(|text| text.at_once)
        .map(|text| text.words)
        .collect();
    let folder = site.join(FOLDER);
    fs::create_dir_all(&folder)?;
    let mut words = Map::new();
    for (language, plurals) in LANGUAGES {
        let kept = catalogue::read(workspace, language)?;
        let catalog = catalogue::merged(language, plurals, &messages, kept.as_ref())?;
        let translated = |message: &extract::Message| {
            let forms = catalogue::forms(&catalog, message);
            // What is not translated yet is shown in English.
            (!forms.is_empty() && forms.iter().all(|form| !form.is_empty())).then_some(forms)
        };
        let mut texts: Vec<Vec<String>> = messages
            .iter()
            .filter_map(|message| {
                let (context, text) = &message.key;
                let key = match context {
                    Some(context) => format!("{context}{CONTEXT}{text}"),
                    None => text.clone(),
                };
                let mut entry = vec![key];
                entry.extend(translated(message)?);
                Some(entry)
            })
            .collect();
        // The order in which the app searches.
        texts.sort();
        let file = serde_json::to_string(&texts)?;
        let name = hash(&file);
        fs::write(folder.join(format!("{language}.{name}.json")), &file)?;
        let first = shown.iter().map(|text| {
            let message = messages
                .iter()
                .find(|message| message.key == (None, text.clone()));
            let forms = message.and_then(&translated);
            forms.and_then(|forms| forms.into_iter().next())
        });
        let first = first
            .zip(&shown)
            .map(|(translation, text)| translation.unwrap_or_else(|| text.clone()))
            .collect::<Vec<_>>();
        words.insert(language.to_owned(), json!([name, first]));
    }
    // In a script no text may look like its end.
    let words = Value::Object(words).to_string().replace('<', "\\u003c");
    let filled = PLACEHOLDER.replace("{}", &words);
    let at = html.find(PLACEHOLDER).with_context(|| {
        format!("it needs {PLACEHOLDER} for its texts with {MARK} in other languages")
    })?;
    Ok([&html[..at], &filled, &html[at + PLACEHOLDER.len()..]].concat())
}

/// The first 16 hexadecimal digits of a file's hash.
fn hash(file: &str) -> String {
    let digits = Sha256::digest(file.as_bytes());
    digits[..8]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
