//! Small sites, as `cargo xtask build` would leave them.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

/// A built site in a folder of its own.
pub(crate) struct Site(TempDir);

const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/golden");

pub(crate) fn golden(name: &str) -> Vec<u8> {
    fs::read(Path::new(GOLDEN).join(name)).expect("a golden file")
}

impl Site {
    /// A site whose program says `word`, with the golden model `model`.
    pub(crate) fn new(word: &str, model: &str) -> Self {
        let site = Self(TempDir::new().expect("a folder"));
        let program = format!("console.log('{word}');");
        let hash = &matinee_publish::sha256(program.as_bytes())[..16];
        let pointer = matinee_publish::page::Pointer::to(&golden(model));
        site.write(&format!("app/{hash}/app.js"), program.as_bytes());
        // Enough files of enough bytes that there is something to be interrupted in.
        for part in 0..4 {
            let wasm: Vec<u8> = (0..40_000u32)
                .flat_map(|n| n.wrapping_mul(2_654_435_761 + part).to_le_bytes())
                .collect();
            site.write(&format!("app/{hash}/part{part}.wasm"), &wasm);
        }
        site.write("sw.js", format!("// {word}").as_bytes());
        site.write("icon.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>");
        site.write("model.json", pointer.to_json().expect("JSON").as_bytes());
        site.write(&pointer.model, &golden(model));
        let parts: String = (0..4)
            .map(|part| format!("<link rel=\"preload\" href=\"./app/{hash}/part{part}.wasm\">"))
            .collect();
        let page = format!(
            "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{word}</title>\
             <meta name=\"matinee-model\" content=\"{}\" data-sha256=\"{}\" data-bytes=\"{}\">\
             <link rel=\"icon\" href=\"icon.svg\">{parts}<script type=\"module\" src=\"./app/{hash}/app.js\"></script>\
             </head><body>{word}</body></html>",
            pointer.model, pointer.sha256, pointer.bytes
        );
        site.write("index.html", page.as_bytes());
        site
    }

    pub(crate) fn path(&self) -> &str {
        self.0.path().to_str().expect("UTF-8")
    }

    pub(crate) fn write(&self, path: &str, content: &[u8]) {
        let path = self.0.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, content).expect("written");
    }
}
