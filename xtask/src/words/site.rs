//! Puts the catalogues into the site: a file for each language, which only visitors who read it ask for, and in the page
//! what these are called and the few texts that it shows before the app has come.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use polib::catalog::Catalog;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::extract::{MARK, Message, page_texts};
use super::{FOLDER, LANGUAGES, catalogue, extract};
use crate::workspace::Workspace;

/// What stands in the page where its texts in other languages go.
const PLACEHOLDER: &str = r#"<script type="application/json" id="matinee-words">{}</script>"#;
/// As in the catalogues of gettext, between a context and its text.
const CONTEXT: char = '\u{4}';
/// Where the widget's texts are, and those that it shares with the app.
const WIDGET: &str = "crates/widget/src/";
const WIDGET_SHARES: [&str; 3] = [
    "crates/web/src/rating.rs",
    "crates/web/src/reason.rs",
    "crates/web/src/words/",
];

/// Writes the files into `site`, and gives the page with what it has to know of them.
pub(crate) fn put_into_site(workspace: &Workspace, site: &Path, html: &str) -> Result<String> {
    let messages = extract::messages(workspace)?;
    // The widget has its own.
    let messages: Vec<Message> = messages
        .into_iter()
        .filter(|message| !message.files.iter().all(|file| file.starts_with(WIDGET)))
        .collect();
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
        let translated = |message: &Message| translated(&catalog, message);
        let file = file(&catalog, &messages)?;
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

/// Writes the texts that the widget shows into `folder`, a file for each language.
pub(crate) fn put_into_widget(workspace: &Workspace, folder: &Path) -> Result<()> {
    let shown = |message: &Message| {
        let of_widget = |file: &String| {
            file.starts_with(WIDGET) || WIDGET_SHARES.iter().any(|start| file.starts_with(start))
        };
        message.files.iter().any(of_widget)
    };
    let messages: Vec<Message> = extract::messages(workspace)?
        .into_iter()
        .filter(shown)
        .collect();
    fs::create_dir_all(folder)?;
    for (language, plurals) in LANGUAGES {
        let kept = catalogue::read(workspace, language)?;
        let catalog = catalogue::merged(language, plurals, &messages, kept.as_ref())?;
        let file = file(&catalog, &messages)?;
        fs::write(folder.join(language).with_extension("json"), file)?;
    }
    Ok(())
}

/// The forms of a text; what is not translated yet is shown in English.
fn translated(catalog: &Catalog, message: &Message) -> Option<Vec<String>> {
    let forms = catalogue::forms(catalog, message);
    (!forms.is_empty() && forms.iter().all(|form| !form.is_empty())).then_some(forms)
}

/// The texts of one language as the program reads them.
fn file(catalog: &Catalog, messages: &[Message]) -> Result<String> {
    let mut texts: Vec<Vec<String>> = messages
        .iter()
        .filter_map(|message| {
            let (context, text) = &message.key;
            let key = match context {
                Some(context) => format!("{context}{CONTEXT}{text}"),
                None => text.clone(),
            };
            let mut entry = vec![key];
            entry.extend(translated(catalog, message)?);
            Some(entry)
        })
        .collect();
    // The order in which it searches.
    texts.sort();
    Ok(serde_json::to_string(&texts)?)
}

/// The first 16 hexadecimal digits of a file's hash.
fn hash(file: &str) -> String {
    let digits = Sha256::digest(file.as_bytes());
    digits[..8]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
