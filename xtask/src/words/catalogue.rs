//! Reads and writes the catalogues.

use std::collections::BTreeSet;
use std::io::BufWriter;

use anyhow::{Context, Result, anyhow};
use polib::catalog::Catalog;
use polib::message::{Message as Entry, MessageView};
use polib::metadata::CatalogMetadata;
use polib::po_file;

use super::FOLDER;
use super::extract::{Key, Message};
use crate::workspace::Workspace;

/// The catalogue of a language, if there is one.
pub(super) fn read(workspace: &Workspace, language: &str) -> Result<Option<Catalog>> {
    let path = workspace.path(FOLDER).join(format!("{language}.po"));
    if !path.exists() {
        return Ok(None);
    }
    po_file::parse(&path)
        .map(Some)
        .map_err(|error| anyhow!("{}: {error}", path.display()))
}

/// The English texts with nothing beside them.
pub(super) fn template(messages: &[Message]) -> Catalog {
    let mut catalog = Catalog::new(metadata("", "nplurals=2; plural=(n != 1);"));
    for message in messages {
        catalog.append_or_update(entry(message, 2, None));
    }
    catalog
}

/// The texts of the sources, in their order, with the translations there are.
pub(super) fn merged(
    language: &str,
    plurals: &str,
    messages: &[Message],
    before: Option<&Catalog>,
) -> Result<Catalog> {
    let mut catalog = Catalog::new(metadata(language, plurals));
    let forms = catalog.metadata.plural_rules.nplurals;
    for message in messages {
        let (context, text) = &message.key;
        let known = before.and_then(|before| {
            before.find_message(context.as_deref(), text, message.plural.as_deref())
        });
        catalog.append_or_update(entry(message, forms, known));
    }
    Ok(catalog)
}

/// How many texts of a catalogue the sources no longer have.
pub(super) fn dropped(before: &Catalog, messages: &[Message]) -> usize {
    let used: BTreeSet<&Key> = messages.iter().map(|message| &message.key).collect();
    let is_used = |entry: &dyn MessageView| {
        let context = entry.msgctxt().filter(|context| !context.is_empty());
        used.contains(&(context.map(str::to_owned), entry.msgid().to_owned()))
    };
    before.messages().filter(|entry| !is_used(*entry)).count()
}

/// The file of a catalogue.
pub(super) fn written(catalog: &Catalog) -> Result<Vec<u8>> {
    let mut writer = BufWriter::new(Vec::new());
    po_file::write(catalog, &mut writer)?;
    writer.into_inner().context("memory takes what is written")
}

/// The translation of a text; empty forms where it has none.
pub(super) fn forms(catalog: &Catalog, message: &Message) -> Vec<String> {
    let (context, text) = &message.key;
    match catalog.find_message(context.as_deref(), text, message.plural.as_deref()) {
        Some(entry) => forms_of(entry),
        None => Vec::new(),
    }
}

fn forms_of(entry: &dyn MessageView) -> Vec<String> {
    match (entry.msgstr_plural(), entry.msgstr()) {
        (Ok(forms), _) => forms.clone(),
        (_, Ok(form)) => vec![form.to_owned()],
        _ => Vec::new(),
    }
}

fn metadata(language: &str, plurals: &str) -> CatalogMetadata {
    let lines = [
        "Project-Id-Version: Matinee",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=UTF-8",
        "Content-Transfer-Encoding: 8bit",
        &format!("Language: {language}"),
        &format!("Plural-Forms: {plurals}"),
    ];
    CatalogMetadata::parse(&lines.join("\n")).unwrap_or_default()
}

fn entry(message: &Message, forms: usize, known: Option<&dyn MessageView>) -> Entry {
    let (context, text) = &message.key;
    let mut known = known.map(forms_of).unwrap_or_default();
    let mut entry = match &message.plural {
        Some(plural) => {
            known.resize(forms, String::new());
            let mut entry = Entry::build_plural();
            entry
                .with_msgid_plural(plural.clone())
                .with_msgstr_plural(known);
            entry
        }
        None => {
            let mut entry = Entry::build_singular();
            entry.with_msgstr(known.into_iter().next().unwrap_or_default());
            entry
        }
    };
    if let Some(context) = context {
        entry.with_msgctxt(context.clone());
    }
    entry
        .with_msgid(text.clone())
        .with_source(message.files.join("\n"))
        .done()
}
