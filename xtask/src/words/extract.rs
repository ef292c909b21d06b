//! Finds the texts: in Rust, where the arguments of `tr!` are read token by token, inside other macros too, and in the page.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::LitStr;

use crate::workspace::Workspace;

/// Where visitors' texts are.
const SOURCES: [&str; 3] = ["src", "crates/web/src", "crates/widget/src"];
/// The page, and what marks its texts.
pub(super) const PAGE: &str = "index.html";
pub(super) const MARK: &str = "data-text";
/// What the mark says of a text that is not of the first paint.
const LATER: &str = "later";
/// The macros: the second notes texts, with their context, that are looked up by value.
const TRANSLATED: &str = "tr";
const NOTED: &str = "noted";

/// What tells messages apart: context and English text.
pub(super) type Key = (Option<String>, String);

/// A text to be translated.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Message {
    /// Context, where one English text has several meanings, and the English text, for one thing if it counts any.
    pub key: Key,
    /// For several things.
    pub plural: Option<String>,
    /// The files that use it.
    pub files: Vec<String>,
}

/// All texts, those of the page first, in the order of the sources.
pub(super) fn messages(workspace: &Workspace) -> Result<Vec<Message>> {
    let mut found = Found::default();
    let html = workspace.sh.read_file(PAGE)?;
    for text in page_texts(&html)? {
        found.add(PAGE, None, text.words, None)?;
    }
    for folder in SOURCES {
        let mut files = Vec::new();
        list(&workspace.path(folder), &mut files)?;
        files.sort();
        for file in files {
            let name = file.strip_prefix(workspace.path("")).unwrap_or(&file);
            let name = name.to_string_lossy().replace('\\', "/");
            let tokens: TokenStream = fs::read_to_string(&file)?
                .parse()
                .map_err(|error| anyhow::anyhow!("{name}: {error}"))?;
            walk(tokens, &name, &mut found)?;
        }
    }
    Ok(found.messages)
}

fn list(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            list(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    Ok(())
}

#[derive(Default)]
struct Found {
    messages: Vec<Message>,
    by_key: BTreeMap<Key, usize>,
}

impl Found {
    fn add(
        &mut self,
        file: &str,
        context: Option<String>,
        text: String,
        plural: Option<String>,
    ) -> Result<()> {
        let key = (context, text);
        let at = *self.by_key.entry(key.clone()).or_insert_with(|| {
            self.messages.push(Message {
                key: key.clone(),
                plural: plural.clone(),
                files: Vec::new(),
            });
            self.messages.len() - 1
        });
        let message = &mut self.messages[at];
        if message.plural != plural {
            bail!(
                "{file}: {:?} counts something here, and something else or nothing elsewhere",
                key.1
            );
        }
        if !message.files.iter().any(|other| other == file) {
            message.files.push(file.to_owned());
        }
        Ok(())
    }
}

fn walk(tokens: TokenStream, file: &str, found: &mut Found) -> Result<()> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (i, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else {
            continue;
        };
        walk(group.stream(), file, found)?;
        if group.delimiter() == Delimiter::None || i < 2 || !is_punct(&tokens[i - 1], '!') {
            continue;
        }
        let TokenTree::Ident(name) = &tokens[i - 2] else {
            continue;
        };
        match name.to_string().as_str() {
            TRANSLATED => translated(group.stream(), file, found),
            NOTED => noted(group.stream(), file, found),
            _ => Ok(()),
        }
        .with_context(|| format!("{file}: {name}!({})", group.stream()))?;
    }
    Ok(())
}

/// `[context =>] text [| plural % number]`, then the arguments.
fn translated(tokens: TokenStream, file: &str, found: &mut Found) -> Result<()> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let (context, rest) = context(&tokens)?;
    let Some(text) = rest.first().map(text).transpose()? else {
        bail!("a text is missing");
    };
    let Some(text) = text else {
        // A text that is looked up by value was noted elsewhere, with its context.
        return match context {
            Some(_) => Ok(()),
            None => bail!("the text has to stand here"),
        };
    };
    let plural = match rest.get(1) {
        Some(bar) if is_punct(bar, '|') => {
            let plural = rest.get(2).map(self::text).transpose()?.flatten();
            Some(plural.context("a plural is missing")?)
        }
        _ => None,
    };
    found.add(file, context, text, plural)
}

/// `context => text, text, …`
fn noted(tokens: TokenStream, file: &str, found: &mut Found) -> Result<()> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let (context, rest) = context(&tokens)?;
    for token in rest {
        if let Some(text) = text(token)? {
            found.add(file, context.clone(), text, None)?;
        }
    }
    Ok(())
}

fn context(tokens: &[TokenTree]) -> Result<(Option<String>, &[TokenTree])> {
    match tokens {
        [context, equals, greater, rest @ ..]
            if is_punct(equals, '=') && is_punct(greater, '>') =>
        {
            Ok((text(context)?, rest))
        }
        _ => Ok((None, tokens)),
    }
}

fn is_punct(token: &TokenTree, wanted: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == wanted)
}

/// What a literal says; `None` of anything else.
fn text(token: &TokenTree) -> Result<Option<String>> {
    match token {
        TokenTree::Literal(literal) => Ok(Some(
            syn::parse_str::<LitStr>(&literal.to_string())?.value(),
        )),
        _ => Ok(None),
    }
}

/// A text of the page.
#[derive(Debug, PartialEq)]
pub(super) struct PageText {
    /// In English.
    pub words: String,
    /// Whether it is there at the first paint.
    pub at_once: bool,
}

/// The texts of the page that are marked, in order: the content of an element with `data-text`, or of the attribute that this
/// names.
pub(super) fn page_texts(html: &str) -> Result<Vec<PageText>> {
    let mut texts = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find(&format!(" {MARK}")) {
        let start = rest[..at].rfind('<').context("a mark outside a tag")?;
        let end = at + rest[at..].find('>').context("a tag without an end")?;
        let tag = &rest[start..end];
        let mark = attribute(tag, MARK).unwrap_or_default();
        let words = match Some(mark).filter(|name| !["", LATER].contains(name)) {
            Some(name) => attribute(tag, name).with_context(|| format!("no {name} in {tag}"))?,
            None => {
                let content = &rest[end + 1..];
                &content[..content.find('<').context("a text without an end")?]
            }
        };
        texts.push(PageText {
            words: words.to_owned(),
            at_once: mark != LATER,
        });
        rest = &rest[end..];
    }
    Ok(texts)
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, value) = tag.split_once(&format!(" {name}=\""))?;
    Some(value.split_once('"')?.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(source: &str) -> Result<Vec<Message>> {
        let mut found = Found::default();
        walk(source.parse().expect("tokens"), "a.rs", &mut found)?;
        Ok(found.messages)
    }

    fn message(context: Option<&str>, text: &str, plural: Option<&str>) -> Message {
        Message {
            key: (context.map(str::to_owned), text.to_owned()),
            plural: plural.map(str::to_owned),
            files: vec!["a.rs".to_owned()],
        }
    }

    #[test]
    fn texts_are_found_within_other_macros_and_within_each_other() {
        let messages = found(
            r#"html! { <p title={tr!("Title")}>{ tr!("noun" => "Seen {}", tr!("one film" | "{n} films" % count)) }</p> }"#,
        );
        assert_eq!(
            messages.expect("texts"),
            [
                message(None, "Title", None),
                message(None, "one film", Some("{n} films")),
                message(Some("noun"), "Seen {}", None),
            ]
        );
    }

    #[test]
    fn a_text_over_several_lines_is_what_rust_reads() {
        let messages = found("tr!(\"One \\\n    two\")").expect("texts");
        assert_eq!(messages, [message(None, "One two", None)]);
    }

    #[test]
    fn texts_looked_up_by_value_need_to_be_noted() {
        let messages = found(r#"noted!("genre" => "War", "Western"); tr!("genre" => name)"#);
        assert_eq!(messages.expect("texts").len(), 2);
        assert!(found("tr!(name)").is_err());
    }

    #[test]
    fn one_text_counts_one_thing() {
        assert!(found(r#"tr!("film"); tr!("film" | "films" % n)"#).is_err());
    }

    #[test]
    fn the_page_marks_texts_and_attributes() {
        let html = r#"<nav aria-label="Main" data-text="aria-label"><a><span data-text>Home</span></a><p data-text="later">Late</p>"#;
        let texts = page_texts(html).expect("texts");
        let texts: Vec<_> = texts
            .iter()
            .map(|text| (text.words.as_str(), text.at_once))
            .collect();
        assert_eq!(texts, [("Main", true), ("Home", true), ("Late", false)]);
    }
}
