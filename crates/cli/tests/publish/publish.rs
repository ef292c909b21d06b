//! Publish, publish again, look at the plan, list.

use crate::site::Site;
use crate::store::{list, visit};
use crate::whole::word;
use crate::{Publisher, Said};

#[test]
#[ignore = "needs a store: cargo xtask test"]
fn what_is_published_is_served_with_its_type_its_caching_and_compressed() {
    let publisher = Publisher::new("served");
    let site = Site::new("one", "v1.2.matinee");
    publisher.publish(&site).good();
    assert_eq!(word(&publisher.folder), "one");
    assert_eq!(publisher.live(), Some(1));

    let immutable = "public, max-age=31536000, immutable";
    let mut seen = 0;
    for path in list(&publisher.folder) {
        if path.starts_with("releases/") {
            continue;
        }
        let answer = visit(&format!("{}/{path}", publisher.folder));
        let header = |name: &str| {
            let value = answer.headers().get(name);
            value.map(|value| value.to_str().expect("text").to_owned())
        };
        let (kind, caching, encoding) = match path.rsplit_once('.').expect("an end").1 {
            "wasm" => ("application/wasm", immutable, Some("gzip")),
            "matinee" => ("application/octet-stream", immutable, None),
            "html" => ("text/html; charset=utf-8", "no-cache", Some("gzip")),
            "svg" => ("image/svg+xml", "no-cache", Some("gzip")),
            "json" => ("application/json", "no-cache", Some("gzip")),
            "js" if path == "sw.js" => ("text/javascript; charset=utf-8", "no-cache", Some("gzip")),
            "js" => ("text/javascript; charset=utf-8", immutable, Some("gzip")),
            other => panic!("a file of the kind {other}"),
        };
        assert_eq!(header("content-type").as_deref(), Some(kind), "{path}");
        assert_eq!(header("cache-control").as_deref(), Some(caching), "{path}");
        assert_eq!(header("content-encoding").as_deref(), encoding, "{path}");
        seen += 1;
    }
    assert_eq!(seen, 10);
}

/// Summary of `publish --json`.
fn summary(said: &Said) -> serde_json::Value {
    serde_json::from_str(&said.out).expect("one JSON object")
}

#[test]
#[ignore = "needs a store: cargo xtask test"]
fn only_what_changed_is_uploaded() {
    let publisher = Publisher::new("changed");
    let first = Site::new("one", "v1.1.matinee");
    let publish = |args: &[&str]| {
        let whole = ["publish", "--json", "--site", first.path()];
        summary(&publisher.run(&[&whole, args].concat()).good())
    };
    let summary = publish(&[]);
    assert_eq!(
        (&summary["release"], &summary["uploaded"]),
        (&1.into(), &10.into())
    );
    let summary = publish(&[]);
    assert_eq!(
        (&summary["release"], &summary["changed"]),
        (&1.into(), &false.into())
    );

    let model = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../tests/golden/v1.2.matinee"
    );
    let summary = publish(&["--model", model]);
    // The model, the page that names it, and the pointer.
    assert_eq!(
        (&summary["release"], &summary["uploaded"]),
        (&2.into(), &3.into())
    );
    assert_eq!(word(&publisher.folder), "one");

    let releases = publisher.releases();
    assert_eq!(releases.len(), 2);
    assert_eq!(releases[1]["live"], "live");
    assert_eq!(releases[1]["model_sha256"], summary["model_sha256"]);
    assert!(
        releases[0]["date"]
            .as_str()
            .is_some_and(|date| date.len() == 20)
    );
}

#[test]
#[ignore = "needs a store: cargo xtask test"]
fn a_dry_run_prints_the_plan_and_changes_nothing() {
    let publisher = Publisher::new("dry");
    let site = Site::new("one", "v1.2.matinee");
    let said = publisher
        .run(&["publish", "--dry-run", "--site", site.path()])
        .good();
    assert!(
        said.out
            .starts_with("step,file,bytes,stored_bytes,type,caching,encoding\n")
    );
    assert_eq!(said.out.lines().count(), 11);
    assert!(said.out.contains("\nupload,index.html,"));
    assert!(list(&publisher.folder).is_empty());
    publisher.publish(&site).good();
    let before = list(&publisher.folder);
    let said = publisher
        .run(&["publish", "--dry-run", "--site", site.path()])
        .good();
    assert!(!said.out.contains("upload,"), "{}", said.out);
    assert_eq!(list(&publisher.folder), before);
}
