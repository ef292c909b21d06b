//! The way back.

use crate::faults::spread;
use crate::proxy::{Fault, Proxy};
use crate::site::Site;
use crate::store;
use crate::whole::word;
use crate::{Publisher, Said};

/// A folder with three releases: one, two and three.
fn three(folder: &str) -> Publisher {
    let publisher = Publisher::new(folder);
    for (name, model) in [
        ("one", "v1.1.matinee"),
        ("two", "v1.2.matinee"),
        ("three", "v1.1.matinee"),
    ] {
        publisher.publish(&Site::new(name, model)).good();
    }
    publisher
}

#[test]
#[ignore = "needs a store: cargo xtask test"]
fn visitors_go_back_one_release_or_to_a_named_one_and_forward_again() {
    let publisher = three("back");
    let before = store::list(&publisher.folder);
    let said = publisher.run(&["rollback"]).good();
    assert!(said.err.contains("Release 2"), "{}", said.err);
    assert_eq!(word(&publisher.folder), "two");
    assert_eq!(publisher.live(), Some(2));
    publisher.run(&["rollback"]).good();
    assert_eq!(word(&publisher.folder), "one");
    publisher
        .run(&["rollback"])
        .bad(&["release 1", "none before it"]);
    publisher.run(&["rollback", "--release", "3"]).good();
    assert_eq!(word(&publisher.folder), "three");
    publisher
        .run(&["rollback", "--release", "9"])
        .bad(&["no finished release 9", "there are 1, 2, 3"]);

    // Only the log grew.
    let after = store::list(&publisher.folder);
    let new: Vec<_> = after.iter().filter(|path| !before.contains(path)).collect();
    assert_eq!(
        new,
        [
            "releases/000004.json",
            "releases/000005.json",
            "releases/000006.json"
        ]
    );
    // The next release goes on from there.
    publisher.publish(&Site::new("four", "v1.2.matinee")).good();
    assert_eq!(publisher.live(), Some(7));
}

#[test]
#[ignore = "needs a store: cargo xtask test"]
fn a_rollback_that_is_killed_leaves_a_whole_site_and_can_be_done_again() {
    let publisher = three("back-killed");
    let proxy = Proxy::start(|_, _| Fault::Pass);
    publisher.through(&proxy).run(&["rollback"]).good();
    let total = proxy.lines().len();

    for (turn, moment) in spread(total, 10).enumerate() {
        publisher.run(&["rollback", "--release", "3"]).good();
        let proxy = Proxy::start(move |number, _| match (number == moment, turn % 2) {
            (false, _) => Fault::Pass,
            (true, 0) => Fault::SignalAfter("KILL"),
            (true, _) => Fault::Signal("KILL"),
        });
        let through = publisher.through(&proxy);
        let child = through
            .command(&["rollback", "--release", "1"])
            .spawn()
            .expect("start matinee");
        proxy.watch(child.id());
        let said = Said::of(child.wait_with_output().expect("it ends"));
        assert!(!said.good, "it was killed");
        let after = word(&publisher.folder);
        let line = proxy.lines().pop().unwrap_or_default();
        println!("request {moment} of {total} ({line}): visitors see {after}, whole");
        assert!(["one", "three"].contains(&after.as_str()));
        publisher.run(&["rollback", "--release", "1"]).good();
        assert_eq!(word(&publisher.folder), "one");
    }
}

#[test]
#[ignore = "needs a store: cargo xtask test"]
fn a_release_that_is_not_whole_any_more_is_not_gone_back_to() {
    let publisher = three("back-broken");
    let program = store::list(&publisher.folder)
        .into_iter()
        .filter(|path| path.ends_with("app.js"))
        .find(|path| {
            let content = crate::whole::content(&format!("{}/{path}", publisher.folder));
            content == b"console.log('two');"
        });
    let program = format!("{}/{}", publisher.folder, program.expect("two's program"));
    store::delete(&program);
    publisher
        .run(&["rollback"])
        .bad(&["cannot be gone back to", "nothing was changed", "app.js"]);
    assert_eq!(word(&publisher.folder), "three");

    store::put(
        &format!("{}/releases/000001/index.html", publisher.folder),
        b"<p>changed",
    );
    publisher
        .run(&["rollback", "--release", "1"])
        .bad(&["releases/000001/index.html is not what was published"]);
    assert_eq!(word(&publisher.folder), "three");
}
