//! The widget's scripts: sources with imports to few files without.

use anyhow::{Context, Result};
use xshell::cmd;

use super::SOURCES;
use crate::program::Profile;
use crate::workspace::Workspace;

/// What pages and frames load by name.
const ENTRIES: [&str; 4] = ["matinee", "element", "framed", "frame"];
/// What frames are.
const FRAME: &str = "frame.html";
/// In the loader, where its other files are; the one that moves has them in another folder.
const FILES: &str = r#"new URL("./",import.meta.url)"#;

/// Bundles each entry with what it imports, into `files`.
pub(super) fn bundle(workspace: &Workspace, profile: Profile, files: &str) -> Result<()> {
    let sh = &workspace.sh;
    for entry in ENTRIES {
        let minify = (profile == Profile::Web).then_some("--minify");
        cmd!(
            sh,
            "esbuild {SOURCES}/{entry}.js --bundle --format=esm --target=es2022 --charset=utf8 --legal-comments=none
             --loader:.css=text --external:./matinee.js {minify...} --log-level=warning --outfile={files}/{entry}.js"
        )
        .run()
        .context("the widget's scripts cannot be bundled")?;
    }
    Ok(sh.copy_file(format!("{SOURCES}/{FRAME}"), files)?)
}

/// Puts the loader and the frame of `files` into `folder`, told that all else is in the folder of `version` beside it.
pub(super) fn forward(
    workspace: &Workspace,
    files: &str,
    folder: &str,
    version: &str,
) -> Result<()> {
    let sh = &workspace.sh;
    sh.create_dir(folder)?;
    let loader = sh.read_file(format!("{files}/matinee.js"))?;
    let compact = loader.replace(r#"new URL("./", import.meta.url)"#, FILES);
    let elsewhere = FILES.replace("./", &format!("../{version}/"));
    if compact.matches(FILES).count() != 1 {
        anyhow::bail!("{SOURCES}/matinee.js has to say where its files are exactly once: {FILES}");
    }
    sh.write_file(
        format!("{folder}/matinee.js"),
        compact.replace(FILES, &elsewhere),
    )?;
    Ok(())
}
