//! What the first rows of Home take comes in one file: each file takes a request, and those who come back wait for all of them.
//!
//! Modules share code in `chunk_` modules, most of them tiny. The file of the rows brings those along that it needs, and all tiny
//! ones, in custom sections of its own, which the loader makes modules of.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use wasm_encoder::{CustomSection, Section};

/// The module whose file brings others along.
pub(super) const ROWS: &str = "split_rows";
/// Bytes from which a module that the rows do without is worth a request of its own.
const LARGE: u64 = 4096;

/// How the loader asks for a module, and how it makes one of what it is answered.
const ASKED: [&str; 2] = ["fetch(new URL(\"./", ".wasm\", import.meta.url))"];
const STREAMED: &str = "WebAssembly.instantiateStreaming(src, imports)";
/// The same on hosts too that do not say what a file is, and from what another file brings along.
const WHOLE: &str = "src.then((module) => WebAssembly.instantiate(module, imports))";
const ASK: &str = r#"
const bytes = (answer) => {
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    return answer.arrayBuffer();
};
let rows;
const brought = () => {
    if (!rows) {
        rows = fetch(new URL("./split_rows.wasm", import.meta.url)).then(bytes).then((bytes) => WebAssembly.compile(bytes));
        rows.catch(() => (rows = undefined));
    }
    return rows;
};
const along = (name) => brought().then((module) => WebAssembly.Module.customSections(module, name)[0]);
"#;

/// Puts modules of `files` into the file of the rows. Gives the loader that knows, and the names of the files that are left of `lazy`.
pub(super) fn pack(files: &Path, loader: &str, lazy: &[String]) -> Result<(String, Vec<String>)> {
    let needed = needed_by_rows(loader)?;
    let path = |name: &str| files.join(format!("{name}.wasm"));
    let mut packed = fs::read(path(ROWS))?;
    let mut along = Vec::new();
    for name in lazy.iter().filter_map(|file| file.strip_suffix(".wasm")) {
        let small = fs::metadata(path(name))?.len() < LARGE;
        if name.starts_with("chunk_") && (small || needed.contains(&name)) {
            let data = fs::read(path(name))?.into();
            CustomSection {
                name: name.into(),
                data,
            }
            .append_to(&mut packed);
            fs::remove_file(path(name))?;
            along.push(name);
        }
    }
    fs::write(path(ROWS), packed)?;
    let is_left = |file: &&String| {
        !along
            .iter()
            .any(|name| file.strip_suffix(".wasm") == Some(name))
    };
    Ok((
        taught(loader, &along)?,
        lazy.iter().filter(is_left).cloned().collect(),
    ))
}

/// The modules that the rows share with others, by what the loader loads for them.
fn needed_by_rows(loader: &str) -> Result<Vec<&str>> {
    let rows = loader.split_once("__wasm_split_load_rows");
    let needed = rows
        .and_then(|(_, rest)| rest.split_once(", ["))
        .and_then(|(_, rest)| rest.split_once(']'));
    let (needed, _) = needed.context("the loader has no rows")?;
    let chunks = needed.split(',').map(str::trim);
    Ok(chunks
        .filter_map(|chunk| chunk.strip_prefix("__"))
        .collect())
}

/// The loader that finds `along` in the file of the rows.
fn taught(loader: &str, along: &[&str]) -> Result<String> {
    let [before, after] = ASKED;
    let (head, asks) = loader
        .split_once(before)
        .context("the loader asks for nothing")?;
    let mut taught = head.to_owned();
    for ask in asks.split(before) {
        let (name, rest) = ask
            .split_once(after)
            .context("the loader asks in another way than it did")?;
        ensure!(
            rest.contains(STREAMED),
            "the loader makes modules in another way than it did"
        );
        taught += &match name {
            ROWS => "brought()".to_owned(),
            name if along.contains(&name) => format!("along(\"{name}\")"),
            name => format!("{before}{name}{after}.then(bytes)"),
        };
        taught += &rest.replace(STREAMED, WHOLE);
    }
    taught += ASK;
    Ok(taught)
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasmparser::{Parser, Payload};

    const LOADER: &str = r#"
const __chunk_5 = makeLoad(() => {
    const src = fetch(new URL("./chunk_5.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (WebAssembly.instantiateStreaming(src, imports));
}
, []);
const __chunk_12 = makeLoad(() => {
    const src = fetch(new URL("./chunk_12.wasm", import.meta.url));
    return async (imports) => (WebAssembly.instantiateStreaming(src, imports));
}
, []);
export const __wasm_split_load_rows = wrapAsyncCb(makeLoad(() => {
    const src = fetch(new URL("./split_rows.wasm", import.meta.url));
    return async (imports) => (WebAssembly.instantiateStreaming(src, imports));
}
, [__chunk_5, __chunk_12]));
"#;
    /// What every module begins with.
    const MODULE: &[u8] = b"\0asm\x01\0\0\0";

    #[test]
    fn the_rows_bring_along_what_they_need_and_what_is_tiny() {
        let folder = tempfile::tempdir().expect("a folder");
        let large = [MODULE, &[0, 0xff, 0x3f, 1, b'x'], &vec![7; 0x1ffd]].concat();
        for (name, content) in [
            ("split_rows", MODULE),
            ("chunk_5", &large),
            ("chunk_7", MODULE),
            ("chunk_9", &large),
        ] {
            fs::write(folder.path().join(format!("{name}.wasm")), content).expect("written");
        }
        let lazy =
            ["split_rows", "chunk_5", "chunk_7", "chunk_9"].map(|name| format!("{name}.wasm"));
        let (loader, left) =
            pack(folder.path(), &LOADER.replace("12", "7"), &lazy).expect("packed");

        assert_eq!(left, ["split_rows.wasm", "chunk_9.wasm"]);
        assert!(!folder.path().join("chunk_5.wasm").exists());
        let rows = fs::read(folder.path().join("split_rows.wasm")).expect("rows");
        let sections: Vec<_> = Parser::new(0)
            .parse_all(&rows)
            .filter_map(|payload| match payload.expect("a module") {
                Payload::CustomSection(section) => {
                    Some((section.name().to_owned(), section.data().to_vec()))
                }
                _ => None,
            })
            .collect();
        assert_eq!(
            sections,
            [
                ("chunk_5".to_owned(), large),
                ("chunk_7".to_owned(), MODULE.to_vec())
            ]
        );
        assert!(
            loader.contains(r#"const src = along("chunk_5");"#),
            "{loader}"
        );
        assert!(loader.contains("const src = brought();"), "{loader}");
    }

    #[test]
    fn a_loader_that_has_changed_is_not_guessed_at() {
        assert!(
            taught(LOADER, &["chunk_5"])
                .expect("taught")
                .contains(r#"./chunk_12.wasm", import.meta.url)).then(bytes)"#)
        );
        assert!(taught(&LOADER.replace("Streaming", ""), &[]).is_err());
        assert!(taught("", &[]).is_err());
        assert!(needed_by_rows("").is_err());
    }
}
