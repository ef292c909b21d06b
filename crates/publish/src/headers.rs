//! What goes with a file when it is served: `publish` stores it in the bucket, `serve` sends it.

/// How long a file keeps that is named by its content.
pub const IMMUTABLE: &str = "public, max-age=31536000, immutable";
/// What may change under its name is asked for each time.
pub const NO_CACHE: &str = "no-cache";

/// Headers that every answer carries, set by CloudFront (`deploy/matinee.yaml`) and by `matinee serve`.
///
/// What the page may load and run is in the page itself (see [`crate::page::with_policy`]), as that differs by release;
/// here is what a page cannot say of itself.
pub const ALWAYS: [(&str, &str); 7] = [
    ("content-security-policy", SITE_POLICY),
    (
        "strict-transport-security",
        "max-age=31536000; includeSubDomains",
    ),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "strict-origin-when-cross-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    // For the widget, whose program and model other sites load. Nothing here is a visitor's own.
    ("access-control-allow-origin", "*"),
    (
        "permissions-policy",
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
];

/// The policy for whatever the site answers: everything from itself, framed by nobody else. Scripts that stand in a page
/// are told apart by the page's own policy, which holds beside this one.
pub const SITE_POLICY: &str = "default-src 'self'; script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'; \
    style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; \
    worker-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'";

/// The policy for what other sites load: their frames may show it, and it may do nothing but compute.
pub const WIDGET_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; \
    style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *";

/// The headers of [`ALWAYS`] for the file at `path`, relative to the site.
pub fn always(path: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let for_others = path.starts_with(WIDGET_FOLDER);
    ALWAYS.into_iter().map(move |(name, value)| match name {
        "content-security-policy" if for_others => (name, WIDGET_POLICY),
        _ => (name, value),
    })
}

/// The folder that other sites load from.
pub const WIDGET_FOLDER: &str = "widget/";

/// Whether `path` is of a version of the widget: partners name it with its hash, so it stays as it is for good.
pub fn is_widget_version(path: &str) -> bool {
    let folder = path.strip_prefix(WIDGET_FOLDER);
    let version = folder.and_then(|path| path.split_once('/'));
    version.is_some_and(|(version, _)| {
        version.split('.').count() >= 3 && version.starts_with(|c: char| c.is_ascii_digit())
    })
}

/// How a file is served.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Headers {
    /// `Content-Type`.
    pub content_type: &'static str,
    /// `Cache-Control`.
    pub cache_control: &'static str,
    /// Whether it is stored compressed, with `Content-Encoding: gzip`.
    pub gzip: bool,
}

impl Headers {
    /// The headers of the file at `path`, relative to the site.
    pub fn of(path: &str) -> Self {
        let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
        let (content_type, gzip) = match extension {
            "html" => ("text/html; charset=utf-8", true),
            "js" | "mjs" => ("text/javascript; charset=utf-8", true),
            "css" => ("text/css; charset=utf-8", true),
            "json" | "map" => ("application/json", true),
            "webmanifest" => ("application/manifest+json", true),
            "wasm" => ("application/wasm", true),
            "svg" => ("image/svg+xml", true),
            "txt" | "md" | "ts" => ("text/plain; charset=utf-8", true),
            "xml" => ("application/xml", true),
            "csv" => ("text/csv; charset=utf-8", true),
            "ico" => ("image/x-icon", false),
            "png" => ("image/png", false),
            "jpg" | "jpeg" => ("image/jpeg", false),
            "webp" => ("image/webp", false),
            "avif" => ("image/avif", false),
            "woff2" => ("font/woff2", false),
            // Models are compressed inside.
            _ => ("application/octet-stream", false),
        };
        Self {
            content_type,
            cache_control: if is_named_by_content(path) || is_widget_version(path) {
                IMMUTABLE
            } else {
                NO_CACHE
            },
            gzip,
        }
    }
}

/// Whether a path holds a hash, of the file or of the folder that it is in: twelve hexadecimal digits or more in a row.
/// Some tools write 64-bit hashes without leading zeros, so now and then one is shorter than sixteen; no word is that long.
pub fn is_named_by_content(path: &str) -> bool {
    path.split(|letter: char| !letter.is_ascii_hexdigit())
        .any(|run| run.len() >= 12)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_hash_names_by_content() {
        assert!(is_named_by_content("0123456789abcdef.matinee"));
        assert!(is_named_by_content("app-0123456789abcdef.js"));
        assert!(is_named_by_content("app-59e7aa47444f1f7_bg.wasm"));
        assert!(is_named_by_content("/app/0123456789abcdef/app_bg.wasm"));
        assert!(!is_named_by_content("/app/app_bg.wasm"));
        assert!(!is_named_by_content("index.html"));
        assert!(!is_named_by_content("/fonts/imbue-latin-600-normal.woff2"));
    }

    #[test]
    fn versions_of_the_widget_stay_and_the_one_that_moves_is_asked_for() {
        for (path, caching) in [
            ("widget/1.0.0/matinee.js", IMMUTABLE),
            ("widget/1.2.0-beta.1/words/de.json", IMMUTABLE),
            ("widget/v1/matinee.js", NO_CACHE),
            ("widget/matinee.js", NO_CACHE),
            ("films/1.0.0/matinee.js", NO_CACHE),
        ] {
            assert_eq!(Headers::of(path).cache_control, caching, "{path}");
        }
    }

    #[test]
    fn only_what_is_for_other_sites_may_be_framed_by_them() {
        let policy = |path| {
            let mut headers = always(path);
            headers.find(|(name, _)| *name == "content-security-policy")
        };
        let framed = |path| {
            policy(path)
                .expect("a policy")
                .1
                .contains("frame-ancestors *")
        };
        assert!(framed("widget/1.0.0/frame.html"));
        assert!(!framed("index.html") && !framed("widgets.html"));
    }

    #[test]
    fn programs_are_compressed_and_models_are_not() {
        let wasm = Headers::of("app/0123456789abcdef/app_bg.wasm");
        assert_eq!(wasm.content_type, "application/wasm");
        assert!(wasm.gzip && wasm.cache_control == IMMUTABLE);
        let model = Headers::of("models/0123456789abcdef.matinee");
        assert!(!model.gzip && model.cache_control == IMMUTABLE);
        assert_eq!(Headers::of("index.html").cache_control, NO_CACHE);
    }
}
