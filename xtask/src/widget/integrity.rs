//! Hashes with which a page can hold the widget to what its author has seen.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::Result;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha384};

/// The file that has them, beside the others.
const NAME: &str = "integrity.json";

/// Writes the hash of each file in `folder`.
pub(super) fn write(folder: &Path) -> Result<()> {
    let json = serde_json::to_string_pretty(&hashes(folder)?)?;
    Ok(fs::write(folder.join(NAME), json + "\n")?)
}

/// Prints them.
pub(super) fn print(folder: &Path) -> Result<()> {
    println!();
    for (name, hash) in hashes(folder)? {
        println!("  {name:<18} {hash}");
    }
    Ok(())
}

fn hashes(folder: &Path) -> Result<BTreeMap<String, String>> {
    let mut hashes = BTreeMap::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_file() && name != NAME {
            let digest = STANDARD.encode(Sha384::digest(fs::read(entry.path())?));
            hashes.insert(name, format!("sha384-{digest}"));
        }
    }
    Ok(hashes)
}
