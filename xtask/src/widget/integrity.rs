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
    add(folder, "", &mut hashes)?;
    Ok(hashes)
}

fn add(folder: &Path, inside: &str, hashes: &mut BTreeMap<String, String>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{inside}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            add(&entry.path(), &format!("{name}/"), hashes)?;
        } else if name != NAME {
            let digest = STANDARD.encode(Sha384::digest(fs::read(entry.path())?));
            hashes.insert(name, format!("sha384-{digest}"));
        }
    }
    Ok(())
}
