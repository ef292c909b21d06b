//! `matinee stamp`: makes a site serve a model.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use matinee_publish::page::{self, Pointer};

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

pub(crate) fn run(args: StampArgs) -> Result<()> {
    let (_, bytes) = model_file::read(&args.model)?;
    let pointer = Pointer::to(&bytes);
    let name = pointer
        .model
        .rsplit('/')
        .next()
        .unwrap_or_default()
        .to_owned();

    // Everything that can fail for a reason in the page is found out before anything is written.
    let page = fs::read_to_string(&args.index)
        .with_context(|| format!("the page {} cannot be read", args.index.display()))?;
    let page = page::point(&page, &pointer)
        .with_context(|| format!("{} cannot be pointed to a model", args.index.display()))?;

    model_file::replace(&args.models.join(&name), &bytes)?;
    model_file::replace(&args.pointer, pointer.to_json()?.as_bytes())?;
    model_file::replace(&args.index, page.as_bytes())?;
    remove_others(&args.models, &name)?;
    eprintln!(
        "The site now serves {} ({} bytes).",
        pointer.model, pointer.bytes
    );
    Ok(())
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
