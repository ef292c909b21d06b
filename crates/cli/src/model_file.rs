//! Model files on disk.

use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result};
use matinee_format::Model;

/// Reads and decodes the model at `path`.
pub(crate) fn read(path: &Path) -> Result<(Model, Vec<u8>)> {
    let bytes = std::fs::read(path)
        .with_context(|| format!("the model {} cannot be read", path.display()))?;
    let model = Model::decode(&bytes).with_context(|| format!("{}", path.display()))?;
    Ok((model, bytes))
}

/// Replaces the file at `path` by `bytes`, all or nothing: whoever reads it sees the old file or the new one.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> Result<()> {
    let folder = match path.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    };
    let write = || -> Result<()> {
        std::fs::create_dir_all(folder)?;
        let mut file = tempfile::Builder::new()
            .prefix(".matinee-")
            .tempfile_in(folder)?;
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            // A temporary file is private; what it becomes is to be served.
            file.as_file()
                .set_permissions(std::fs::Permissions::from_mode(0o644))?;
        }
        file.persist(path)?;
        Ok(())
    };
    write().with_context(|| format!("{} cannot be written", path.display()))
}
