//! The size gate: what a first visit downloads, against a committed budget.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use zopfli::{Format, Options, compress};

use crate::site::DIST;
use crate::workspace::Workspace;

/// Bytes allowed for each kind of file, and `total` for the page and its code together. Every kind counts
/// gzipped, except the model: it is compressed inside.
const BUDGET: &str = "xtask/size-budget.json";

/// What the browser needs before it can show anything of its own.
const PAGE_AND_CODE: [&str; 4] = ["html", "css", "js", "wasm"];

/// `cargo xtask size`
pub(crate) fn check(workspace: &Workspace) -> Result<()> {
    let budget = workspace.sh.read_file(BUDGET)?;
    let budget: BTreeMap<String, u64> = serde_json::from_str(&budget)
        .with_context(|| format!("{BUDGET} is not a table of bytes"))?;
    let mut files = Vec::new();
    measure(&workspace.path(DIST), "", &mut files)
        .with_context(|| format!("{DIST}/ cannot be measured: run `cargo xtask build` first"))?;

    for file in &files {
        println!("  {:>9} B  {:<20} {}", file.bytes, file.kind, file.name);
    }
    println!();
    let used = sum_by_kind(&files);
    for (kind, bytes) in &used {
        let allowed = budget.get(*kind).map_or("none".to_owned(), u64::to_string);
        println!("  {kind:<20} {bytes:>9} B of {allowed}");
    }
    let over = excesses(&used, &budget);
    if !over.is_empty() {
        bail!(
            "over budget: {}. Make it smaller, or argue for a larger budget in {BUDGET}",
            over.join(", ")
        );
    }
    println!("\nEverything is within {BUDGET}.");
    Ok(())
}

struct File {
    name: String,
    kind: &'static str,
    bytes: u64,
}

fn kind_of(path: &str) -> &'static str {
    if let Some(path) = path.strip_prefix("widget/") {
        return kind_of_widget(path);
    }
    // A page that shows the widget, of which the app knows nothing.
    if path.starts_with("partner/") {
        return "partner";
    }
    let name = path.rsplit('/').next().unwrap_or(path);
    // The modules of the pages behind the first view, and what they share: nothing on it waits for them.
    if name.starts_with("split_") || name.starts_with("chunk_") {
        return "lazy";
    }
    // The texts in one language, such as de.0123456789abcdef.json: who reads English asks for none, others for one.
    if let [language, _, "json"] = name.split('.').collect::<Vec<_>>()[..]
        && language.len() == 2
    {
        return "words";
    }
    // Asked for by one page, and kept for offline.
    if name.ends_with(".trends.json") {
        return "trends";
    }
    match name.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "html" => "html",
        "css" => "css",
        "js" => "js",
        "wasm" => "wasm",
        "woff2" => "font",
        "matinee" => "model",
        _ => "other",
    }
}

/// What a partner's page loads: the loader at once, all else when the visitor comes near.
fn kind_of_widget(path: &str) -> &'static str {
    let (folder, name) = path.split_once('/').unwrap_or(("", path));
    match name.rsplit_once('.') {
        _ if folder.starts_with('v') => "widget-loader",
        Some(("matinee", "js")) => "widget-loader-pinned",
        // For who brings in ratings.
        Some((name, _)) if name.starts_with("importers") => "widget-later",
        Some((_, "wasm")) => "widget-wasm",
        Some((_, "js")) => "widget-js",
        _ if name.starts_with("words/") => "widget-words",
        _ => "widget-other",
    }
}

fn measure(folder: &Path, inside: &str, files: &mut Vec<File>) -> Result<()> {
    let mut entries = fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = format!("{inside}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            measure(&entry.path(), &format!("{name}/"), files)?;
            continue;
        }
        let kind = kind_of(&name);
        let content = fs::read(entry.path())?;
        let bytes = if kind == "model" {
            content.len() as u64
        } else {
            gzipped(&content)?
        };
        files.push(File { name, kind, bytes });
    }
    Ok(())
}

/// As `matinee publish` stores it.
fn gzipped(content: &[u8]) -> Result<u64> {
    let mut compressed = Vec::new();
    compress(Options::default(), Format::Gzip, content, &mut compressed)?;
    Ok(compressed.len() as u64)
}

fn sum_by_kind(files: &[File]) -> BTreeMap<&'static str, u64> {
    let mut used = BTreeMap::new();
    for file in files {
        *used.entry(file.kind).or_default() += file.bytes;
        if PAGE_AND_CODE.contains(&file.kind) {
            *used.entry("total").or_default() += file.bytes;
        }
    }
    used
}

/// A kind without a budget may hold nothing.
fn excesses(used: &BTreeMap<&'static str, u64>, budget: &BTreeMap<String, u64>) -> Vec<String> {
    used.iter()
        .filter_map(|(kind, bytes)| {
            let allowed = budget.get(*kind).copied().unwrap_or(0);
            (*bytes > allowed).then(|| format!("{kind} by {} B", bytes - allowed))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, bytes: u64) -> File {
        File {
            name: name.to_owned(),
            kind: kind_of(name),
            bytes,
        }
    }

    #[test]
    fn the_total_is_the_page_and_its_code() {
        let used = sum_by_kind(&[
            file("app.wasm", 7),
            file("app.js", 2),
            file("split_pages.wasm", 3),
            file("chunk_3.wasm", 2),
            file("de.0123456789abcdef.json", 6),
            file("display.woff2", 30),
            file("0a1b.matinee", 90),
        ]);
        assert_eq!(used["total"], 9);
        assert_eq!(used["lazy"], 5);
        assert_eq!(used["words"], 6);
        assert_eq!(used["font"], 30);
        assert_eq!(used["model"], 90);
    }

    #[test]
    fn the_widget_counts_for_itself() {
        for (path, kind) in [
            ("widget/v1/matinee.js", "widget-loader"),
            ("widget/1.0.0/matinee.js", "widget-loader-pinned"),
            ("widget/1.0.0/core_bg.wasm", "widget-wasm"),
            ("widget/1.0.0/core.js", "widget-js"),
            ("widget/1.0.0/importers_bg.wasm", "widget-later"),
            ("widget/1.0.0/words/de.json", "widget-words"),
            ("widget/1.0.0/frame.html", "widget-other"),
            ("partner/index.html", "partner"),
            ("app/0123456789abcdef/app.js", "js"),
        ] {
            assert_eq!(kind_of(path), kind, "{path}");
        }
    }

    #[test]
    fn an_excess_names_the_kind_and_the_bytes() {
        let used = sum_by_kind(&[
            file("app.wasm", 7),
            file("page.html", 3),
            file("huge.bin", 1),
        ]);
        let budget = [("wasm", 6), ("html", 3), ("total", 10)]
            .map(|(kind, bytes)| (kind.to_owned(), bytes))
            .into();
        assert_eq!(excesses(&used, &budget), ["other by 1 B", "wasm by 1 B"]);
    }
}
