//! What a release consists of: the built site's files as they will be stored, and the model.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use matinee_format::Model;
use serde::{Deserialize, Serialize};

use crate::bytes::{gzip, sha256};
use crate::headers::{Headers, IMMUTABLE, WIDGET_FOLDER};
use crate::page::{self, Pointer};
use crate::progress::Progress;
use crate::release::{Figure, ModelRecord};

/// The page, whose one upload is the switch.
pub const PAGE: &str = "index.html";
/// The service worker.
pub(crate) const WORKER: &str = "sw.js";
/// The pointer for widgets and open pages.
pub const POINTER: &str = "model.json";

/// In which order files are uploaded: what the page names before the page, what follows it after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Named by its content: it never changes.
    Immutable,
    /// A small file that keeps its name.
    Plain,
    /// The service worker.
    Worker,
    /// The page: the switch.
    Page,
    /// The pointer to the model.
    Pointer,
    /// What other sites load.
    Widget,
}

impl Role {
    fn of(path: &str) -> Self {
        match path {
            PAGE => Self::Page,
            WORKER => Self::Worker,
            POINTER => Self::Pointer,
            _ if Headers::of(path).cache_control == IMMUTABLE => Self::Immutable,
            _ if path.starts_with(WIDGET_FOLDER) => Self::Widget,
            _ => Self::Plain,
        }
    }
}

/// What is written down of a file that is published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRecord {
    /// Relative to the site.
    pub path: String,
    /// When it is uploaded.
    pub role: Role,
    /// Length of what a visitor gets.
    pub bytes: u64,
    /// SHA-256 of it.
    pub sha256: String,
    /// Length of what is stored, compressed or not.
    pub stored_bytes: u64,
    /// SHA-256 of what is stored.
    pub stored_sha256: String,
    /// `Content-Type`.
    pub content_type: String,
    /// `Cache-Control`.
    pub cache_control: String,
    /// Whether it is stored with `Content-Encoding: gzip`.
    pub gzip: bool,
}

/// A file with what will be stored.
#[derive(Debug, Clone)]
pub struct File {
    /// What is written down of it.
    pub record: FileRecord,
    /// What is stored.
    pub body: Vec<u8>,
}

impl File {
    fn new(path: String, content: &[u8]) -> Result<Self> {
        let headers = Headers::of(&path);
        let body = if headers.gzip {
            gzip(content)?
        } else {
            content.to_vec()
        };
        Ok(Self {
            record: FileRecord {
                role: Role::of(&path),
                bytes: content.len() as u64,
                sha256: sha256(content),
                stored_bytes: body.len() as u64,
                stored_sha256: sha256(&body),
                content_type: headers.content_type.to_owned(),
                cache_control: headers.cache_control.to_owned(),
                gzip: headers.gzip,
                path,
            },
            body,
        })
    }
}

/// Everything that a release consists of, in the order of upload.
#[derive(Debug)]
pub struct Plan {
    /// The files.
    pub files: Vec<File>,
    /// The model.
    pub model: ModelRecord,
}

impl Plan {
    /// Reads and compresses a built site, with `model` in the place of the one that it was built with, if one is given.
    ///
    /// Fails where a model is damaged or not of this version's format, and where the page names what is not there.
    pub fn read(site: &Path, model: Option<&Path>, progress: &dyn Progress) -> Result<Self> {
        let at = site.join(PAGE);
        let html = fs::read_to_string(&at).with_context(|| {
            format!("{} cannot be read: build the site first (cargo xtask build), or name its folder with --site", at.display())
        })?;
        let (html, pointer, bytes) = choose_model(site, html, model)?;
        let html = page::with_policy(&html);
        let record = check_model(&bytes, &pointer).with_context(|| {
            let file = model.map_or_else(|| site.join(&pointer.model), Path::to_owned);
            format!("the model {} is not published", file.display())
        })?;

        let mut files = vec![
            File::new(PAGE.to_owned(), html.as_bytes())?,
            File::new(POINTER.to_owned(), pointer.to_json()?.as_bytes())?,
            File::new(pointer.model.clone(), &bytes)?,
        ];
        let mut paths = Vec::new();
        list(site, "", &mut paths)?;
        for path in paths {
            let replaced = [PAGE, POINTER, &pointer.model].contains(&path.as_str());
            // Models and trends that the page does not name are of earlier builds.
            let other_trends =
                path.ends_with(page::TRENDS) && pointer.trends.as_ref() != Some(&path);
            if replaced || path.ends_with(".matinee") || other_trends {
                continue;
            }
            progress.say(&format!("compressing {path}"));
            let at = site.join(&path);
            let content =
                fs::read(&at).with_context(|| format!("{} cannot be read", at.display()))?;
            files.push(File::new(path, &content)?);
        }
        files.sort_by(|a, b| (a.record.role, &a.record.path).cmp(&(b.record.role, &b.record.path)));
        let plan = Self {
            files,
            model: record,
        };
        plan.check_names(&html, site)?;
        Ok(plan)
    }

    /// What is written down of the files.
    pub fn records(&self) -> Vec<FileRecord> {
        self.files.iter().map(|file| file.record.clone()).collect()
    }

    /// A page that names what is not there would be published broken.
    fn check_names(&self, html: &str, site: &Path) -> Result<()> {
        let there: BTreeSet<&str> = self
            .files
            .iter()
            .map(|file| file.record.path.as_str())
            .collect();
        let missing: Vec<String> = page::named(html)
            .into_iter()
            .filter(|name| !there.contains(name.as_str()))
            .collect();
        ensure!(
            missing.is_empty(),
            "{} names {}, which the folder does not hold: build the site again",
            site.join(PAGE).display(),
            missing.join(", ")
        );
        Ok(())
    }
}

/// The page pointed to the model that is published, and that model.
fn choose_model(
    site: &Path,
    html: String,
    model: Option<&Path>,
) -> Result<(String, Pointer, Vec<u8>)> {
    let page = site.join(PAGE);
    let path = match model {
        Some(path) => path.to_owned(),
        None => site.join(
            &page::pointed(&html)
                .with_context(|| format!("{} names no model", page.display()))?
                .model,
        ),
    };
    let bytes =
        fs::read(&path).with_context(|| format!("the model {} cannot be read", path.display()))?;
    if model.is_none() {
        let pointer = page::pointed(&html)?;
        return Ok((html, pointer, bytes));
    }
    let pointer = Pointer::to(&bytes);
    let html = page::point(&html, &pointer)
        .with_context(|| format!("{} cannot be pointed to a model", page.display()))?;
    Ok((html, pointer, bytes))
}

/// Decodes the model whole, and holds it against what the page says of it.
fn check_model(bytes: &[u8], pointer: &Pointer) -> Result<ModelRecord> {
    let model = Model::decode(bytes)?;
    let found = Pointer::to(bytes);
    if found.sha256 != pointer.sha256 || found.bytes != pointer.bytes {
        bail!(
            "the page names a model of {} bytes with SHA-256 {}, and this one has {} and {}: stamp it into the site again \
             (matinee stamp), or name it with --model",
            pointer.bytes,
            pointer.sha256,
            found.bytes,
            found.sha256
        );
    }
    let header = model.header();
    Ok(ModelRecord {
        path: pointer.model.clone(),
        bytes: found.bytes,
        sha256: found.sha256,
        name: header.card.name.clone(),
        films: header.items_total,
        figures: header
            .card
            .evaluations
            .iter()
            // JSON has no word for what is not a number.
            .filter(|row| row.value.is_finite() && row.standard_error.is_finite())
            .map(|row| Figure {
                protocol: row.protocol.clone(),
                metric: row.metric.clone(),
                value: row.value,
                standard_error: row.standard_error,
            })
            .collect(),
    })
}

/// Paths of all files under a folder, with `/` between their parts.
fn list(folder: &Path, prefix: &str, paths: &mut Vec<String>) -> Result<()> {
    let entries =
        fs::read_dir(folder).with_context(|| format!("{} cannot be listed", folder.display()))?;
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name();
        let name = name
            .to_str()
            .with_context(|| format!("{} has a name that is no text", entry.path().display()))?;
        // What editors and desktops leave behind.
        if name.starts_with('.') && name != ".well-known" {
            continue;
        }
        let path = format!("{prefix}{name}");
        if entry.path().is_dir() {
            list(&entry.path(), &format!("{path}/"), paths)?;
        } else {
            paths.push(path);
        }
    }
    Ok(())
}
