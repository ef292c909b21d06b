//! `matinee stamp`: makes a site serve a model.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use matinee_publish::page::{self, Pointer, TRENDS};

use crate::model_file;

/// Put a model into a site under the name of its content, and point the site to it.
///
/// The model and its trends are written first, then the pointer file, then the page that names them; models that the page
/// no longer names are removed last. Stopped at any moment, the site serves the old model or the new one.
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
    /// The trends in the model's ratings, as `train --trends` writes them: the site's page of trends draws them. Without
    /// this the site has none.
    #[arg(long)]
    trends: Option<PathBuf>,
}

pub(crate) fn run(args: StampArgs) -> Result<()> {
    let (_, bytes) = model_file::read(&args.model)?;
    let trends = args.trends.as_deref().map(read_trends).transpose()?;
    let pointer = match &trends {
        Some(trends) => Pointer::to(&bytes).with_trends(trends),
        None => Pointer::to(&bytes),
    };
    let name = file_name(&pointer.model);
    let trends_name = pointer.trends.as_deref().map(file_name);

    // Everything that can fail for a reason in the page is found out before anything is written.
    let page = fs::read_to_string(&args.index)
        .with_context(|| format!("the page {} cannot be read", args.index.display()))?;
    let page = page::point(&page, &pointer)
        .with_context(|| format!("{} cannot be pointed to a model", args.index.display()))?;

    model_file::replace(&args.models.join(name), &bytes)?;
    if let (Some(name), Some(bytes)) = (trends_name, &trends) {
        model_file::replace(&args.models.join(name), bytes)?;
    }
    model_file::replace(&args.pointer, pointer.to_json()?.as_bytes())?;
    model_file::replace(&args.index, page.as_bytes())?;
    remove_others(&args.models, name, trends_name)?;
    eprintln!(
        "The site now serves {} ({} bytes).",
        pointer.model, pointer.bytes
    );
    Ok(())
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

/// Content of the trends file, once it is known to be one.
fn read_trends(path: &Path) -> Result<Vec<u8>> {
    let bytes = fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?;
    let content: serde_json::Value =
        serde_json::from_slice(&bytes).with_context(|| format!("{} is no JSON", path.display()))?;
    if content.get("version").is_none() || content.get("released").is_none() {
        bail!(
            "{} is not a trends file: `matinee train --trends` writes one",
            path.display()
        );
    }
    Ok(bytes)
}

/// Removes models other than `model`, and trends other than `trends`.
fn remove_others(folder: &Path, model: &str, trends: Option<&str>) -> Result<()> {
    for entry in
        fs::read_dir(folder).with_context(|| format!("{} cannot be listed", folder.display()))?
    {
        let path = entry?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
            continue;
        };
        let other_model = name.ends_with(".matinee") && name != model;
        let other_trends = name.ends_with(TRENDS) && Some(name) != trends;
        if other_model || other_trends {
            fs::remove_file(&path)
                .with_context(|| format!("{} cannot be removed", path.display()))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_trends_file_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("card.json");
        for text in ["{}", "no JSON"] {
            fs::write(&path, text).expect("a file");
            assert!(read_trends(&path).is_err(), "{text}");
        }
        fs::write(&path, r#"{"version":1,"released":{}}"#).expect("a file");
        assert!(read_trends(&path).is_ok());
    }

    #[test]
    fn only_what_the_page_names_stays() {
        let folder = tempfile::tempdir().expect("a folder");
        let names = [
            "a.matinee",
            "b.matinee",
            "a.trends.json",
            "b.trends.json",
            "card.json",
        ];
        for name in names {
            fs::write(folder.path().join(name), "").expect("a file");
        }
        remove_others(folder.path(), "a.matinee", Some("a.trends.json")).expect("it can be listed");
        let left = |name: &&str| folder.path().join(name).exists();
        let left: Vec<_> = names.into_iter().filter(left).collect();
        assert_eq!(left, ["a.matinee", "a.trends.json", "card.json"]);
    }
}
