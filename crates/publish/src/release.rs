//! The log of what was done to a site: one small object for each publish, rollback and prune, numbered without gaps.

use anyhow::{Result, bail};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::plan::{FileRecord, Role};

/// Where the log lies, below the site.
pub(crate) const FOLDER: &str = "releases";
/// The layout of an entry: a later one is refused by name.
const LAYOUT: u32 = 1;

/// What an entry records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Action {
    /// A new release.
    Publish,
    /// The way back to an earlier one.
    Rollback,
    /// Removal of what no kept release names.
    Prune,
}

/// How far it came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Under way, or ended by force.
    Begun,
    /// Finished.
    Done,
    /// Ended with an error, or by Ctrl-C.
    Failed,
}

/// Who works on it, so that one process can tell whether another one is still there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owner {
    /// Tells one run from every other.
    pub run: String,
    /// A hash of the machine: the log may be public.
    pub machine: String,
    /// The process.
    pub process: u32,
}

/// A figure of the model's card.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// How it was measured.
    pub protocol: String,
    /// What was measured.
    pub metric: String,
    /// The figure.
    pub value: f64,
    /// Its standard error, 0 where it is no estimate.
    pub standard_error: f64,
}

/// What is written down of a model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ModelRecord {
    /// Relative to the site.
    pub path: String,
    /// Its length.
    pub bytes: u64,
    /// Its SHA-256.
    pub sha256: String,
    /// Its name.
    pub name: String,
    /// Films in it.
    pub films: u32,
    /// What its card says of its quality.
    pub figures: Vec<Figure>,
}

/// One entry of the log.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Release {
    /// The layout of this entry.
    pub layout: u32,
    /// Its number.
    pub number: u32,
    /// What was done.
    pub action: Action,
    /// How far it came.
    pub state: State,
    /// When it began.
    pub begun: Timestamp,
    /// Who works on it.
    pub owner: Owner,
    /// The commit that the site was built from, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub git: Option<String>,
    /// The release that visitors see after a rollback.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub back_to: Option<u32>,
    /// The model that was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<ModelRecord>,
    /// The files of a new release.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<FileRecord>,
}

impl Release {
    /// An entry that has just been begun.
    pub(crate) fn begin(number: u32, action: Action, owner: Owner) -> Self {
        Self {
            layout: LAYOUT,
            number,
            action,
            state: State::Begun,
            begun: Timestamp::now(),
            owner,
            git: None,
            back_to: None,
            model: None,
            files: Vec::new(),
        }
    }

    /// Reads an entry, and refuses one that would lead astray.
    pub(crate) fn parse(number: u32, bytes: &[u8]) -> Result<Self> {
        let release: Self = match serde_json::from_slice(bytes) {
            Ok(release) => release,
            Err(error) => bail!(
                "{} is garbled ({error}). Nothing was changed. Restore it from a backup or an earlier version of the \
                 object; or, if that release is of no use any more, remove it, and publish again",
                path(number)
            ),
        };
        if release.layout > LAYOUT {
            bail!(
                "{} was written by a later version of matinee: update this one",
                path(number)
            );
        }
        if release.number != number {
            bail!(
                "{} says that it is number {}: it was copied or renamed. Restore it",
                path(number),
                release.number
            );
        }
        Ok(release)
    }

    /// Whether visitors can be taken to it.
    pub fn can_be_shown(&self) -> bool {
        self.action == Action::Publish && self.state == State::Done
    }

    /// Its files that keep their names from release to release.
    pub(crate) fn mutable(&self) -> impl Iterator<Item = &FileRecord> {
        self.files
            .iter()
            .filter(|file| file.role != Role::Immutable)
    }

    /// Its files that are named by their content.
    pub(crate) fn immutable(&self) -> impl Iterator<Item = &FileRecord> {
        self.files
            .iter()
            .filter(|file| file.role == Role::Immutable)
    }
}

/// Where an entry lies, below the site.
pub(crate) fn path(number: u32) -> String {
    format!("{FOLDER}/{number:06}.json")
}

/// Where a release keeps its own copy of a file that keeps its name.
pub(crate) fn copy_of(number: u32, file: &str) -> String {
    format!("{FOLDER}/{number:06}/{file}")
}

/// The number in the name of an entry.
pub(crate) fn number_of(path: &str) -> Option<u32> {
    let name = path.strip_prefix(FOLDER)?.strip_prefix('/')?;
    name.strip_suffix(".json")?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_numbers_belong_together() {
        assert_eq!(path(7), "releases/000007.json");
        assert_eq!(number_of(&path(7)), Some(7));
        assert_eq!(number_of("releases/000007/index.html"), None);
        assert_eq!(number_of("index.html"), None);
    }

    #[test]
    fn a_garbled_or_later_entry_is_refused_with_a_way_out() {
        let error = Release::parse(3, b"{\"lay")
            .expect_err("garbled")
            .to_string();
        assert!(error.contains("releases/000003.json is garbled") && error.contains("Restore"));
        let owner = Owner {
            run: "r".to_owned(),
            machine: "m".to_owned(),
            process: 1,
        };
        let mut entry = Release::begin(3, Action::Publish, owner);
        let json = |entry: &Release| serde_json::to_vec(entry).expect("it has a form in JSON");
        assert_eq!(
            Release::parse(3, &json(&entry)).expect("it is whole"),
            entry
        );
        assert!(
            Release::parse(4, &json(&entry)).is_err(),
            "another's number"
        );
        entry.layout += 1;
        let error = Release::parse(3, &json(&entry))
            .expect_err("later")
            .to_string();
        assert!(error.contains("update"), "{error}");
    }
}
