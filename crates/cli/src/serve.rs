//! `matinee serve`: a built site on a local port.

use std::fs;
use std::io::{self, ErrorKind, Write};
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use axum::Router;
use axum::extract::Request;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use matinee_publish::PAGE;
use matinee_publish::headers::{Headers, NO_CACHE, always};
use matinee_publish::page::with_policy;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};
use tower_http::services::ServeDir;

/// Serve a built site to this machine, until the process is ended.
#[derive(clap::Args)]
pub(crate) struct ServeArgs {
    /// The folder of the built site.
    #[arg(long, default_value = "dist")]
    site: PathBuf,
    /// The local port to serve on.
    #[arg(long, default_value_t = 8080)]
    port: u16,
}

pub(crate) fn run(args: ServeArgs) -> Result<()> {
    ensure!(
        args.site.join("index.html").is_file(),
        "{} holds no index.html: build the site first, or name its folder with --site",
        args.site.display()
    );
    let listener = listen(args.port)?;
    let mut out = io::stdout();
    writeln!(
        out,
        "Serving {} at http://{}/",
        args.site.display(),
        listener.local_addr()?
    )?;
    writeln!(
        out,
        "Open that address in a browser and rate five films. Ctrl-C stops the server."
    )?;
    answer(listener, &args.site)
}

fn listen(port: u16) -> Result<TcpListener> {
    match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
        Err(error) if error.kind() == ErrorKind::AddrInUse => bail!(
            "port {port} is taken: stop the program that uses it, or choose another port with --port {}",
            port.checked_add(1).unwrap_or(8080)
        ),
        bound => bound.with_context(|| format!("cannot listen on port {port}")),
    }
}

fn answer(listener: TcpListener, site: &Path) -> Result<()> {
    let folder = site.to_owned();
    // Models are compressed inside.
    let compressed =
        DefaultPredicate::new().and(NotForContentType::const_new("application/octet-stream"));
    let page = get(move || page(folder.join(PAGE)));
    let app = Router::new()
        .route("/", page.clone())
        .route("/index.html", page)
        .fallback_service(ServeDir::new(site))
        .layer(middleware::from_fn(set_headers))
        .layer(CompressionLayer::new().compress_when(compressed));
    tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .build()?
        .block_on(async {
            listener.set_nonblocking(true)?;
            axum::serve(tokio::net::TcpListener::from_std(listener)?, app).await
        })
        .context("the server stopped")
}

/// The page with its policy, as it is published.
async fn page(path: PathBuf) -> Response {
    match fs::read_to_string(path) {
        Ok(html) => with_policy(&html).into_response(),
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}

/// The headers that `matinee publish` stores and `deploy/matinee.yaml` sets.
async fn set_headers(request: Request, next: Next) -> Response {
    let path = match request.uri().path().trim_start_matches('/') {
        folder if folder.is_empty() || folder.ends_with('/') => format!("{folder}{PAGE}"),
        path => path.to_owned(),
    };
    let mut response = next.run(request).await;
    let found = response.status().is_success();
    let own = Headers::of(&path);
    let headers = response.headers_mut();
    let caching = if found { own.cache_control } else { NO_CACHE };
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(caching));
    if found {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(own.content_type));
    }
    for (name, value) in always(&path) {
        headers.insert(
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        );
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;
    use std::net::{SocketAddr, TcpStream};
    use std::thread;

    /// The head of the answer to `GET path`, in lower case.
    fn head_of(server: SocketAddr, path: &str) -> String {
        let mut stream = TcpStream::connect(server).unwrap();
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        )
        .unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8(answer).unwrap().to_lowercase()
    }

    #[test]
    fn answers_say_what_a_file_is_and_how_long_it_keeps() {
        let site = tempfile::tempdir().unwrap();
        for name in ["index.html", "model.json", "app-0123456789abcdef_bg.wasm"] {
            fs::write(site.path().join(name), "content").unwrap();
        }
        let listener = listen(0).unwrap();
        let server = listener.local_addr().unwrap();
        let folder = site.path().to_owned();
        thread::spawn(move || answer(listener, &folder));

        let wasm = head_of(server, "/app-0123456789abcdef_bg.wasm");
        assert!(wasm.contains("content-type: application/wasm"), "{wasm}");
        assert!(
            wasm.contains("cache-control: public, max-age=31536000, immutable"),
            "{wasm}"
        );
        for (path, content_type) in [("/", "text/html"), ("/model.json", "application/json")] {
            let head = head_of(server, path);
            assert!(head.starts_with("http/1.1 200"), "{head}");
            assert!(
                head.contains(&format!("content-type: {content_type}")),
                "{head}"
            );
            assert!(head.contains("cache-control: no-cache"), "{head}");
        }
        assert!(wasm.contains("content-security-policy: default-src 'self'"));
        let missing = head_of(server, "/app-fedcba9876543210_bg.wasm");
        assert!(missing.starts_with("http/1.1 404"), "{missing}");
        assert!(missing.contains("cache-control: no-cache"), "{missing}");
    }

    #[test]
    fn what_is_not_compressed_inside_is_compressed_on_the_way() {
        let site = tempfile::tempdir().unwrap();
        let names = ["app-0123456789abcdef_bg.wasm", "0123456789abcdef.matinee"];
        for name in names {
            fs::write(site.path().join(name), [0; 4096]).unwrap();
        }
        let listener = listen(0).unwrap();
        let server = listener.local_addr().unwrap();
        let folder = site.path().to_owned();
        thread::spawn(move || answer(listener, &folder));

        let compressed = names.map(|name| {
            let mut stream = TcpStream::connect(server).unwrap();
            write!(
                stream,
                "GET /{name} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n"
            )
            .unwrap();
            let mut answer = Vec::new();
            stream.read_to_end(&mut answer).unwrap();
            let answer = String::from_utf8_lossy(&answer).to_lowercase();
            answer.contains("content-encoding: gzip")
        });
        assert_eq!(compressed, [true, false]);
    }

    #[test]
    fn a_taken_port_is_named_with_a_way_out() {
        let taken = listen(0).unwrap();
        let port = taken.local_addr().unwrap().port();
        let error = listen(port).unwrap_err().to_string();
        assert!(error.contains(&format!("port {port} is taken")), "{error}");
        assert!(error.contains("--port"), "{error}");
    }
}
