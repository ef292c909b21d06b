//! `matinee stamp`: makes a site serve a model.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde::Serialize;

use crate::model_file;

/// Put a model into a site under the name of its content, and point the site to it.
///
/// The model is written first, then the pointer file, then the page that names it; models that the page no longer
/// names are removed last. Stopped at any moment, the site serves the old model or the new one.
#[derive(clap::Args)]
pub(crate) struct StampArgs {
    /// The model.
    #[arg(long)]
    model: PathBuf,
    /// The page to point to it.
    #[arg(long)]
    index: PathBuf,
    /// The folder that models are served from, which is `models/` beside the page once the site is built.
    #[arg(long)]
    models: PathBuf,
    /// The small file that tells open pages which model is current.
    #[arg(long)]
    pointer: PathBuf,
}

/// Contents of the pointer file.
#[derive(Serialize)]
struct Pointer<'a> {
    model: &'a str,
    sha256: &'a str,
    bytes: usize,
}

pub(crate) fn run(args: StampArgs) -> Result<()> {
    let (_, bytes) = model_file::read(&args.model)?;
    let sha256 = model_file::sha256(&bytes);
    let name = format!("{}.matinee", &sha256[..16]);
    let url = format!("models/{name}");

    // Everything that can fail for a reason in the page is found out before anything is written.
    let page = fs::read_to_string(&args.index)
        .with_context(|| format!("the page {} cannot be read", args.index.display()))?;
    let page = point(&page, &url, &sha256, bytes.len())
        .with_context(|| format!("{} cannot be pointed to a model", args.index.display()))?;
    let pointer = Pointer {
        model: &url,
        sha256: &sha256,
        bytes: bytes.len(),
    };
    let pointer = serde_json::to_string_pretty(&pointer)? + "\n";

    model_file::replace(&args.models.join(&name), &bytes)?;
    model_file::replace(&args.pointer, pointer.as_bytes())?;
    model_file::replace(&args.index, page.as_bytes())?;
    remove_others(&args.models, &name)?;
    eprintln!("The site now serves {url} ({} bytes).", bytes.len());
    Ok(())
}

/// The page with its model tag naming `url`.
fn point(page: &str, url: &str, sha256: &str, bytes: usize) -> Result<String> {
    let size = bytes.to_string();
    replace_tag(
        page,
        "name=\"matinee-model\"",
        &[
            ("content", url),
            ("data-sha256", sha256),
            ("data-bytes", &size),
        ],
    )
}

/// Sets attributes of the one tag that carries `mark`.
fn replace_tag(page: &str, mark: &str, attributes: &[(&str, &str)]) -> Result<String> {
    let mut found = page.match_indices(mark);
    let (Some((at, _)), None) = (found.next(), found.next()) else {
        bail!("it needs exactly one tag with {mark}");
    };
    let start = page[..at].rfind('<').context("a tag without a beginning")?;
    let end = at + page[at..].find('>').context("a tag without an end")?;
    let mut tag = page[start..end].to_owned();
    for (name, value) in attributes {
        let opening = format!(" {name}=\"");
        let from = tag
            .find(&opening)
            .with_context(|| format!("the tag with {mark} needs the attribute {name}"))?;
        let from = from + opening.len();
        let to = from
            + tag[from..]
                .find('"')
                .context("an attribute without an end")?;
        tag.replace_range(from..to, value);
    }
    Ok([&page[..start], &tag, &page[end..]].concat())
}

fn remove_others(folder: &Path, keep: &str) -> Result<()> {
    for entry in
        fs::read_dir(folder).with_context(|| format!("{} cannot be listed", folder.display()))?
    {
        let path = entry?.path();
        let is_model = path
            .extension()
            .is_some_and(|extension| extension == "matinee");
        if is_model && path.file_name().is_some_and(|name| name != keep) {
            fs::remove_file(&path)
                .with_context(|| format!("{} cannot be removed", path.display()))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<head>
    <meta name="matinee-model" content="models/old.matinee" data-sha256="00" data-bytes="1">
</head>"#;

    #[test]
    fn the_tag_names_the_model_and_nothing_else_changes() {
        let page = point(PAGE, "models/new.matinee", "abc", 42).expect("the tag is there");
        assert_eq!(
            page,
            PAGE.replace("old", "new")
                .replace("data-sha256=\"00\"", "data-sha256=\"abc\"")
                .replace("\"1\"", "\"42\"")
        );
    }

    #[test]
    fn a_page_without_the_tag_is_refused() {
        let error =
            point("<head></head>", "models/new.matinee", "abc", 42).expect_err("there is no tag");
        assert!(error.to_string().contains("matinee-model"), "{error}");
    }
}
