//! The page that the program is put into.

use anyhow::{Context, Result, bail};
use xshell::cmd;

use super::NAME;
use super::pack::ROWS;
use crate::workspace::Workspace;

/// In the page, the tag that the program takes the place of.
const PLACEHOLDER: &str = "data-trunk-skip";

/// The page with the program in `folder` where its placeholder was. The service worker keeps every file that the page names,
/// so the files in `lazy` are named too, by a tag that fetches nothing; it says which of them has the rows, which the page asks for
/// at once where they are wanted at once.
pub(super) fn name_program(html: &str, folder: &str, lazy: &[String]) -> Result<String> {
    let mut found = html.match_indices(PLACEHOLDER);
    let (Some((at, _)), None) = (found.next(), found.next()) else {
        bail!("it needs exactly one tag with {PLACEHOLDER}");
    };
    let start = html[..at].rfind('<').context("a tag without a beginning")?;
    let end = at + html[at..].find('>').context("a tag without an end")? + 1;
    let later: String = lazy
        .iter()
        .map(|name| {
            let rows = if name.starts_with(ROWS) {
                " data-rows"
            } else {
                ""
            };
            format!("\n    <meta name=\"matinee-later\" content=\"{folder}/{name}\"{rows}>")
        })
        .collect();
    let tags = format!(
        r#"<link rel="modulepreload" href="./{folder}/{NAME}.js" crossorigin="anonymous">
    <link rel="preload" href="./{folder}/{NAME}_bg.wasm" crossorigin="anonymous" as="fetch" type="application/wasm">{later}
    <script type="module">
      import init from "./{folder}/{NAME}.js";
      // What stands in the page is seen before the program takes its place. Behind other tabs nothing is, and who comes back
      // waits for films alone.
      if (!("returning" in document.documentElement.dataset)) {{
        await new Promise((painted) => {{
          new PerformanceObserver(painted).observe({{ type: "largest-contentful-paint", buffered: true }});
          setTimeout(painted, 100);
        }});
      }}
      await init({{ module_or_path: "./{folder}/{NAME}_bg.wasm" }});
    </script>"#
    );
    Ok([&html[..start], &tags, &html[end..]].concat())
}

/// What a page has besides tags and texts, by how it begins and ends.
const PARTS: [(&str, &str); 3] = [
    ("<!--", "-->"),
    ("<style", "</style>"),
    ("<script", "</script>"),
];

/// The page without what is there for whoever reads its source.
pub(super) fn smaller(workspace: &Workspace, html: &str) -> Result<String> {
    without_comments(html, |content, loader| {
        let minify = cmd!(
            workspace.sh,
            "esbuild --minify --charset=utf8 --log-level=warning --loader={loader}"
        );
        Ok(minify.stdin(content).quiet().read()?)
    })
}

/// The page without comments and indentation, its styles (`css`) and scripts (`js`) minified. Tags stay as they are written: what
/// publishes a site and what keeps it on a device look for names in quotation marks.
fn without_comments(html: &str, minify: impl Fn(&str, &str) -> Result<String>) -> Result<String> {
    let mut small = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((at, (begin, end))) = next_part(rest) {
        unindent(&rest[..at], &mut small);
        let length = rest[at..]
            .find(end)
            .with_context(|| format!("{begin} without {end}"))?;
        let (part, after) = rest[at..].split_at(length);
        rest = &after[end.len()..];
        if begin == "<!--" {
            continue;
        }
        let open = part
            .find('>')
            .with_context(|| format!("{begin} without >"))?
            + 1;
        let (tag, content) = part.split_at(open);
        small.push_str(tag);
        match begin {
            _ if tag.contains("json") => small.push_str(content),
            "<style" => small.push_str(minify(content, "css")?.trim()),
            _ => small.push_str(minify(content, "js")?.trim()),
        }
        small.push_str(end);
    }
    unindent(rest, &mut small);
    Ok(small)
}

/// Where the next of [`PARTS`] begins.
fn next_part(html: &str) -> Option<(usize, (&'static str, &'static str))> {
    let found = PARTS
        .into_iter()
        .filter_map(|part| Some((html.find(part.0)?, part)));
    found.min_by_key(|(at, _)| *at)
}

/// A line break is as good a space as any number of them.
fn unindent(html: &str, into: &mut String) {
    for (n, line) in html.split('\n').enumerate() {
        let line = if n == 0 { line } else { line.trim_start() };
        if n > 0 && !into.ends_with('\n') {
            into.push('\n');
        }
        into.push_str(line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<head><link data-trunk rel="rust" data-trunk-skip="" data-trunk-id="0"><title>T</title></head>"#;

    #[test]
    fn the_page_names_every_file_of_the_program() {
        let lazy = ["split_pages.wasm", "split_rows.wasm"].map(str::to_owned);
        let page = name_program(PAGE, "app/0123456789abcdef", &lazy).expect("a placeholder");
        assert!(
            page.starts_with("<head><link rel=\"modulepreload\""),
            "{page}"
        );
        assert!(page.ends_with("</script><title>T</title></head>"), "{page}");
        for name in [
            "app.js",
            "app_bg.wasm",
            "split_pages.wasm",
            "split_rows.wasm",
        ] {
            assert!(
                page.contains(&format!("app/0123456789abcdef/{name}\"")),
                "{page}"
            );
        }
        assert!(page.contains("split_rows.wasm\" data-rows>"), "{page}");
        assert!(page.contains("split_pages.wasm\">"), "{page}");
        assert!(name_program("<head></head>", "app/0", &lazy).is_err());
    }

    #[test]
    fn what_is_there_for_readers_goes() {
        let html = "<head>\n    <!-- why -->\n    <style>\n  a {}\n</style>\n\n  <script type=\"application/json\" id=\"w\">{ \"a\": \"<!--\" }</script>\n  \
                    <script>\n  // why\n</script>\n</head>\n<p>one\n   <b>two</b> three";
        let minify = |content: &str, loader: &str| Ok(format!("{loader}:{}", content.trim().len()));
        let small = without_comments(html, minify).expect("a page");
        assert_eq!(
            small,
            "<head>\n<style>css:4</style>\n<script type=\"application/json\" id=\"w\">{ \"a\": \"<!--\" }</script>\n\
             <script>js:6</script>\n</head>\n<p>one\n<b>two</b> three"
        );
        assert!(without_comments("<p><!-- on and on", minify).is_err());
    }
}
