//! What is refused, and in which words.

use std::fs;
use std::path::Path;

use crate::proxy::{Fault, Proxy};
use crate::site::{Site, golden};
use crate::store::{self, list};
use crate::whole::word;
use crate::{Publisher, Said};

/// `releases` with some variables set otherwise.
fn with(publisher: &Publisher, args: &[&str], variables: &[(&str, Option<&str>)]) -> Said {
    let mut command = publisher.command(args);
    for (name, value) in variables {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    Said::of(command.output().expect("start matinee"))
}

#[test]
#[ignore = "needs a store: cargo xtask test"]
fn wrong_credentials_are_named() {
    let publisher = Publisher::new("credentials");
    let site = Site::new("one", "v1.2.matinee");
    let publish = ["publish", "--site", site.path()];
    let key = |value| with(&publisher, &publish, &[("AWS_ACCESS_KEY_ID", value)]);
    key(Some("nobody")).bad(&["does not know this key", "AWS_ACCESS_KEY_ID"]);
    key(None).bad(&[
        "there are no credentials",
        "aws configure export-credentials",
    ]);
    let secret = |value| with(&publisher, &publish, &[("AWS_SECRET_ACCESS_KEY", value)]);
    secret(Some("wrong")).bad(&["AWS_SECRET_ACCESS_KEY does not belong"]);
    secret(None).bad(&["AWS_SECRET_ACCESS_KEY is not"]);
    assert!(list(&publisher.folder).is_empty());
}

#[test]
#[ignore = "needs a store: cargo xtask test"]
fn a_key_that_may_only_read_is_told_what_it_lacks() {
    let publisher = Publisher::new("reader");
    let site = Site::new("one", "v1.2.matinee");
    let reader = [
        ("AWS_ACCESS_KEY_ID", Some("reader")),
        ("AWS_SECRET_ACCESS_KEY", Some("reader-secret")),
    ];
    with(&publisher, &["publish", "--site", site.path()], &reader)
        .bad(&["this key may not do that", "deploy/matinee.yaml"]);
    publisher.publish(&site).good();
    with(&publisher, &["releases"], &reader).good();
    with(&publisher, &["prune", "--keep", "1"], &reader).bad(&["this key may not do that"]);
    assert_eq!(word(&publisher.folder), "one");
}

#[test]
#[ignore = "needs a store: cargo xtask test"]
fn a_bucket_or_a_store_that_is_not_there_is_named() {
    let site = Site::new("one", "v1.2.matinee");
    let publisher = Publisher::new("nowhere");
    let publish = |to: &str, endpoint: &str| {
        let mut command = publisher.command(&[]);
        // `command` has named another place.
        command = {
            let mut other = std::process::Command::new(command.get_program());
            other.args(["publish", "--site", site.path(), "--to", to]);
            other
                .env("AWS_ACCESS_KEY_ID", "publisher")
                .env("AWS_SECRET_ACCESS_KEY", "publisher-secret")
                .env("AWS_REGION", "us-east-1")
                .env("AWS_ENDPOINT_URL", endpoint);
            other
        };
        Said::of(command.output().expect("start matinee"))
    };
    let store = store::endpoint();
    publish("s3://no-such-bucket/x", &store).bad(&["the bucket does not exist", "--to"]);
    publish("site/x", &store).bad(&["an address is s3://bucket"]);
    publish("s3:///x", &store).bad(&["names no bucket"]);
    publish("s3://site/x", "http://store.example:9000").bad(&["unencrypted", "use https"]);
    publish("s3://site/x", "store.example").bad(&["the endpoint"]);
}

#[test]
#[ignore = "needs a store: cargo xtask test"]
fn a_wrong_clock_is_found_out() {
    let Some(library) = ["x86_64", "aarch64"]
        .map(|machine| format!("/usr/lib/{machine}-linux-gnu/faketime/libfaketime.so.1"))
        .into_iter()
        .find(|path| Path::new(path).exists())
    else {
        println!("not tested: libfaketime is missing, apt-get install libfaketime brings it");
        return;
    };
    let publisher = Publisher::new("clock");
    publisher.publish(&Site::new("old", "v1.1.matinee")).good();
    let new = Site::new("new", "v1.2.matinee");
    for skew in ["+2h", "-2h"] {
        let skewed = [
            ("LD_PRELOAD", Some(library.as_str())),
            ("FAKETIME", Some(skew)),
            ("FAKETIME_DONT_FAKE_MONOTONIC", Some("1")),
        ];
        with(&publisher, &["publish", "--site", new.path()], &skewed)
            .bad(&["this machine's clock is wrong", "Set the clock"]);
        assert_eq!(word(&publisher.folder), "old");
    }
}

#[test]
#[ignore = "needs a store: cargo xtask test"]
fn a_model_that_is_damaged_or_not_of_this_format_is_not_published() {
    let publisher = Publisher::new("model");
    let site = Site::new("one", "v1.2.matinee");
    publisher.publish(&site).good();
    let before = list(&publisher.folder);
    let folder = tempfile::TempDir::new().expect("a folder");
    let model = folder.path().join("m.matinee");
    let whole = golden("v1.2.matinee");
    let changed = |at: usize, value: u8| {
        let mut bytes = whole.clone();
        bytes[at] = value;
        bytes
    };
    // A header that is whole, of another version.
    let version = |major: u8| {
        let mut bytes = changed(8, major);
        let mut checksum = flate2::Crc::new();
        checksum.update(&bytes[..12]);
        bytes[12..16].copy_from_slice(&checksum.sum().to_le_bytes());
        bytes
    };
    let cases = [
        (changed(whole.len() / 2, !whole[whole.len() / 2]), "damaged"),
        (whole[..whole.len() - 9].to_vec(), "cut short"),
        (b"<html>404</html>".to_vec(), "not a Matinee model"),
        (version(9), "format version 9"),
        (version(0), "version 0"),
    ];
    for (bytes, words) in cases {
        fs::write(&model, bytes).expect("written");
        let model = model.to_str().expect("UTF-8");
        publisher
            .run(&["publish", "--site", site.path(), "--model", model])
            .bad(&["is not published", words]);
    }
    assert_eq!(list(&publisher.folder), before);
}

#[test]
#[ignore = "needs a store: cargo xtask test"]
fn a_site_that_is_not_whole_is_not_published() {
    let publisher = Publisher::new("not-whole");
    let site = Site::new("one", "v1.2.matinee");
    fs::remove_file(Path::new(site.path()).join("icon.svg")).expect("it was there");
    publisher
        .publish(&site)
        .bad(&["names icon.svg", "build the site again"]);
    fs::remove_file(Path::new(site.path()).join("index.html")).expect("it was there");
    publisher.publish(&site).bad(&["build the site first"]);
    assert!(list(&publisher.folder).is_empty());
}

#[test]
#[ignore = "needs a store: cargo xtask test"]
fn a_garbled_manifest_is_refused_and_the_site_goes_on() {
    let publisher = Publisher::new("garbled");
    publisher.publish(&Site::new("one", "v1.1.matinee")).good();
    let two = Site::new("two", "v1.2.matinee");
    publisher.publish(&two).good();
    let manifest = format!("{}/releases/000002.json", publisher.folder);
    let whole = crate::whole::content(&manifest);
    for garbled in [&b"{\"layout\": 1, \"num"[..], b"", b"[]"] {
        store::put(&manifest, garbled);
        for args in [
            &["releases"][..],
            &["rollback"],
            &["prune", "--keep", "1", "--grace", "0"],
            &[
                "publish",
                "--site",
                Site::new("three", "v1.1.matinee").path(),
            ],
        ] {
            publisher
                .run(args)
                .bad(&["releases/000002.json is garbled", "Restore it"]);
        }
        assert_eq!(word(&publisher.folder), "two");
    }
    store::put(&manifest, &whole);
    publisher.run(&["rollback"]).good();
    assert_eq!(word(&publisher.folder), "one");
}

#[test]
#[ignore = "needs a store: cargo xtask test"]
fn an_upload_that_arrives_damaged_is_noticed_before_visitors_are_led_to_it() {
    let publisher = Publisher::new("damaged");
    publisher.publish(&Site::new("old", "v1.1.matinee")).good();
    let new = Site::new("new", "v1.2.matinee");
    // Between upload and check somebody overwrites what was uploaded.
    let folder = publisher.folder.clone();
    let proxy = Proxy::start(move |_, line| {
        if line.starts_with("GET") && line.contains("part2.wasm") {
            let path = line.split([' ', '?']).nth(1).expect("a path");
            let path = path.trim_start_matches("/site/");
            assert!(path.starts_with(&folder), "{path}");
            store::put(path, b"garbage");
        }
        Fault::Pass
    });
    publisher
        .through(&proxy)
        .publish(&new)
        .bad(&["is not what was uploaded", "Publish again"]);
    assert_eq!(word(&publisher.folder), "old");
}
