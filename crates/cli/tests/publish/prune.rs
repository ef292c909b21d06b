//! What is deleted, and what never is.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use crate::proxy::{Fault, Proxy, signal};
use crate::site::Site;
use crate::store;
use crate::whole::word;
use crate::{Publisher, Said};

fn three(folder: &str) -> Publisher {
    let publisher = Publisher::new(folder);
    for (name, model) in [
        ("one", "v1.1.matinee"),
        ("two", "v1.2.matinee"),
        ("three", "v1.2.matinee"),
    ] {
        publisher.publish(&Site::new(name, model)).good();
    }
    publisher
}

#[test]
#[ignore = "needs a store: cargo xtask test"]
fn what_no_kept_release_names_goes_and_nothing_else() {
    let publisher = three("prune");
    let foreign = format!("{}/robots.txt", publisher.folder);
    store::put(&foreign, b"User-agent: *");
    // What has just been uploaded stays for an hour, as open pages may lead to it.
    let said = publisher.run(&["prune", "--keep", "1"]).good();
    assert!(said.err.starts_with("0 objects"), "{}", said.err);

    publisher.run(&["rollback", "--release", "2"]).good();
    let before = store::list(&publisher.folder);
    let plan = publisher
        .run(&["prune", "--keep", "1", "--grace", "0", "--dry-run"])
        .good();
    assert_eq!(store::list(&publisher.folder), before);
    let done = publisher
        .run(&["prune", "--keep", "1", "--grace", "0"])
        .good();
    assert!(done.out.contains(".matinee") && done.out.contains("releases/000001/index.html"));
    let listed = |said: &Said| {
        said.out
            .lines()
            .filter(|line| !line.contains("releases/0"))
            .count()
    };
    assert_eq!(listed(&plan), listed(&done), "as planned");

    // The newest and the live one are kept.
    assert_eq!(word(&publisher.folder), "two");
    publisher.run(&["rollback", "--release", "3"]).good();
    assert_eq!(word(&publisher.folder), "three");
    publisher
        .run(&["rollback", "--release", "1"])
        .bad(&["no finished release 1"]);
    assert!(store::visit(&foreign).status().is_success(), "not ours");
    publisher
        .run(&["prune", "--keep", "0"])
        .bad(&["at least one"]);
}

#[test]
#[ignore = "needs a store: cargo xtask test"]
fn a_pruner_that_sleeps_and_wakes_later_deletes_nothing_of_what_came_meanwhile() {
    let publisher = three("pruner-asleep");
    // It stops when it has decided what to delete, before it looks at the log once more: the log is read before the claim,
    // after it, and to decide; the fourth time is before it deletes.
    let lists = AtomicUsize::new(0);
    let proxy = Proxy::start(move |_, line| {
        let list = is_log(line);
        let before = lists.fetch_add(usize::from(list), Ordering::SeqCst);
        match list && before == 3 {
            true => Fault::Hold,
            false => Fault::Pass,
        }
    });
    let through = publisher.through(&proxy);
    let mut command = through.command(&["prune", "--keep", "1", "--grace", "0"]);
    let child = command.spawn().expect("start matinee");
    proxy.watch(child.id());
    while proxy.lines().iter().filter(|line| is_log(line)).count() < 4 {
        thread::sleep(Duration::from_millis(5));
    }
    // Whoever takes over makes release one live again, whose files were condemned.
    let one = Site::new("one", "v1.1.matinee");
    publisher
        .publish(&one)
        .bad(&["is being pruned", "--take-over"]);
    let args = ["publish", "--take-over", "--site", one.path()];
    publisher.run(&args).good();
    let before = store::list(&publisher.folder);
    proxy.release();
    signal(child.id(), "CONT");
    Said::of(child.wait_with_output().expect("it ends")).bad(&["has taken over"]);
    assert_eq!(store::list(&publisher.folder), before);
    assert_eq!(word(&publisher.folder), "one");
}

fn is_log(line: &str) -> bool {
    line.contains("list-type") && line.contains("releases")
}

#[test]
#[ignore = "needs a store: cargo xtask test"]
fn a_pruner_that_was_overtaken_deletes_nothing() {
    let publisher = three("pruner-overtaken");
    // It stops right after its claim.
    let proxy = Proxy::start(|_, line| {
        match line.starts_with("PUT") && line.contains("releases/000004.json") {
            true => Fault::SignalAfter("STOP"),
            false => Fault::Pass,
        }
    });
    let through = publisher.through(&proxy);
    let mut command = through.command(&["prune", "--keep", "1", "--grace", "0"]);
    let child = command.spawn().expect("start matinee");
    proxy.watch(child.id());
    while !store::list(&publisher.folder).contains(&"releases/000004.json".to_owned()) {
        thread::sleep(Duration::from_millis(5));
    }
    let one = Site::new("one", "v1.1.matinee");
    let args = ["publish", "--take-over", "--site", one.path()];
    publisher.run(&args).good();
    let before = store::list(&publisher.folder);
    signal(child.id(), "CONT");
    Said::of(child.wait_with_output().expect("it ends")).bad(&["has taken over"]);
    assert_eq!(store::list(&publisher.folder), before);
    assert_eq!(word(&publisher.folder), "one");
    for release in ["1", "2", "3"] {
        publisher.run(&["rollback", "--release", release]).good();
        word(&publisher.folder);
    }
}

#[test]
#[ignore = "needs a store: cargo xtask test"]
fn a_prune_that_is_killed_can_be_done_again() {
    let publisher = three("prune-killed");
    let proxy = Proxy::start(|_, line| match line.starts_with("POST") {
        true => Fault::SignalAfter("KILL"),
        false => Fault::Pass,
    });
    let through = publisher.through(&proxy);
    let child = through
        .command(&["prune", "--keep", "1", "--grace", "0"])
        .spawn()
        .expect("start matinee");
    proxy.watch(child.id());
    assert!(!Said::of(child.wait_with_output().expect("it ends")).good);
    assert_eq!(word(&publisher.folder), "three");
    publisher
        .run(&["prune", "--keep", "1", "--grace", "0"])
        .good();
    assert_eq!(word(&publisher.folder), "three");
    let left = store::list(&publisher.folder);
    assert!(
        !left.iter().any(|path| path.starts_with("releases/000001")),
        "{left:?}"
    );
}
