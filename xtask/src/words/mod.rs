//! The texts of the app in other languages: `locales/*.po`, one catalogue a language.
//!
//! English stands in the sources, in `tr!`, and in `index.html`, in what has `data-text`. `cargo xtask words` brings the
//! catalogues up to date with it; `cargo xtask program` puts them into the site.

mod catalogue;
mod check;
mod extract;
mod site;

use anyhow::{Result, bail};

use crate::workspace::Workspace;

pub(crate) use self::site::{put_into_site, put_into_widget};

/// The languages besides English, each with what gettext calls its plural forms: the rules that
/// `crates/web/src/words/mod.rs` goes by.
const LANGUAGES: [(&str, &str); 4] = [
    ("es", "nplurals=2; plural=(n != 1);"),
    ("fr", "nplurals=2; plural=(n > 1);"),
    ("de", "nplurals=2; plural=(n != 1);"),
    (
        "ar",
        "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);",
    ),
];

/// Where the catalogues are, and the template for further ones.
const FOLDER: &str = "locales";
const TEMPLATE: &str = "matinee.pot";

/// `cargo xtask words`: brings the catalogues up to date, and tells what is left to translate. With `only_check` it changes
/// nothing, and fails when there is anything to do.
pub(crate) fn run(workspace: &Workspace, only_check: bool) -> Result<()> {
    let messages = extract::messages(workspace)?;
    let mut faults = check::texts(&messages);
    let template = catalogue::template(&messages);
    let mut outdated = Vec::new();
    let mut update = |name: String, content: &[u8]| -> Result<()> {
        let path = workspace.path(FOLDER).join(&name);
        if std::fs::read(&path).ok().as_deref() != Some(content) {
            outdated.push(format!("{FOLDER}/{name}"));
            if !only_check {
                std::fs::write(path, content)?;
            }
        }
        Ok(())
    };
    update(TEMPLATE.to_owned(), &catalogue::written(&template)?)?;
    for (language, plurals) in LANGUAGES {
        let before = catalogue::read(workspace, language)?;
        let merged = catalogue::merged(language, plurals, &messages, before.as_ref())?;
        faults.extend(check::translations(language, &messages, &merged));
        let dropped = before.map_or(0, |before| catalogue::dropped(&before, &messages));
        println!(
            "  {language}: {} texts, {dropped} no longer used",
            messages.len()
        );
        update(format!("{language}.po"), &catalogue::written(&merged)?)?;
    }
    for fault in &faults {
        println!("  {fault}");
    }
    if only_check && !outdated.is_empty() {
        bail!(
            "not up to date with the sources: {}. Run `cargo xtask words`",
            outdated.join(", ")
        );
    }
    if !faults.is_empty() {
        bail!(
            "{} texts are to be mended or translated in {FOLDER}/",
            faults.len()
        );
    }
    println!("All {} texts are there in every language.", messages.len());
    Ok(())
}
