//! Faults while publishing: what visitors see, and how it goes on.

use std::thread;
use std::time::Duration;

use crate::proxy::{Fault, Proxy};
use crate::site::Site;
use crate::whole::word;
use crate::{Publisher, Said};

/// Runs a command through a proxy that may signal it.
fn run_watched(publisher: &Publisher, proxy: &Proxy, args: &[&str]) -> Said {
    let through = publisher.through(proxy);
    let child = through.command(args).spawn().expect("start matinee");
    proxy.watch(child.id());
    Said::of(child.wait_with_output().expect("it ends"))
}

/// `count` numbers spread over `1..=total`.
pub(crate) fn spread(total: usize, count: usize) -> impl Iterator<Item = usize> {
    (0..count).map(move |at| 1 + at * (total - 1) / (count - 1))
}

#[test]
#[ignore = "needs a store: cargo xtask test"]
fn killed_at_twenty_moments_the_site_is_the_old_one_or_the_new_one_and_publishing_again_mends_it() {
    let old = Site::new("old", "v1.1.matinee");
    let new = Site::new("new", "v1.2.matinee");
    let args = ["publish", "--site", new.path()];
    // How many requests an undisturbed publish makes.
    let publisher = Publisher::new("undisturbed");
    publisher.publish(&old).good();
    let proxy = Proxy::start(|_, _| Fault::Pass);
    run_watched(&publisher, &proxy, &args).good();
    let total = proxy.lines().len();
    assert!(total > 30, "{total}");

    let mut seen = Vec::new();
    for (turn, moment) in spread(total, 20).enumerate() {
        let publisher = Publisher::new(&format!("killed-{moment}"));
        publisher.publish(&old).good();
        let proxy = Proxy::start(move |number, _| match (number == moment, turn % 2) {
            (false, _) => Fault::Pass,
            (true, 0) => Fault::Signal("KILL"),
            (true, _) => Fault::SignalAfter("KILL"),
        });
        let said = run_watched(&publisher, &proxy, &args);
        assert!(!said.good, "it was killed");
        let after = word(&publisher.folder);
        let line = proxy.lines().pop().unwrap_or_default();
        println!("request {moment} of {total} ({line}): visitors see the {after} site, whole");
        publisher.publish(&new).good();
        assert_eq!(word(&publisher.folder), "new");
        seen.push(after);
    }
    // The moments lie on both sides of the switch.
    assert_eq!(seen.first().map(String::as_str), Some("old"));
    assert_eq!(seen.last().map(String::as_str), Some("new"));
}

#[test]
#[ignore = "needs a store: cargo xtask test"]
fn a_store_that_throttles_and_cuts_and_dawdles_is_waited_for() {
    let publisher = Publisher::new("throttled");
    publisher.publish(&Site::new("old", "v1.1.matinee")).good();
    let proxy = Proxy::start(|number, _| match number % 7 {
        1 => Fault::SlowDown,
        3 => Fault::Slow(Duration::from_millis(150)),
        4 => Fault::Cut,
        6 => Fault::CutAnswer,
        _ => Fault::Pass,
    });
    let new = Site::new("new", "v1.2.matinee");
    publisher.through(&proxy).publish(&new).good();
    assert_eq!(word(&publisher.folder), "new");
    assert_eq!(publisher.live(), Some(2));
}

#[test]
#[ignore = "needs a store: cargo xtask test"]
fn a_store_that_takes_nothing_is_given_up_on_with_the_old_site_whole() {
    let publisher = Publisher::new("failing");
    publisher.publish(&Site::new("old", "v1.1.matinee")).good();
    let new = Site::new("new", "v1.2.matinee");
    let proxy = Proxy::start(
        |_, line| match line.contains(".wasm") && line.starts_with("PUT") {
            true => Fault::SlowDown,
            false => Fault::Pass,
        },
    );
    publisher
        .through(&proxy)
        .publish(&new)
        .bad(&["overloaded", "Nothing is lost"]);
    assert_eq!(word(&publisher.folder), "old");
    // It has said that it failed: nobody need wait.
    publisher.publish(&new).good();
    assert_eq!(word(&publisher.folder), "new");
}

#[test]
#[ignore = "needs a store: cargo xtask test"]
fn of_two_that_claim_at_once_the_second_fails_and_nothing_is_lost() {
    let publisher = Publisher::new("two-claims");
    let (one, two) = (
        Site::new("one", "v1.1.matinee"),
        Site::new("two", "v1.2.matinee"),
    );
    // The claim of the first hangs, so that the second one's comes before.
    let slow = Proxy::start(|_, line| match line.contains("releases/000001.json") {
        true => Fault::Slow(Duration::from_secs(3)),
        false => Fault::Pass,
    });
    let late = publisher.through(&slow);
    let said = thread::scope(|scope| {
        let late = scope.spawn(|| late.publish(&one));
        while slow.lines().len() < 10 {
            thread::sleep(Duration::from_millis(5));
        }
        publisher.publish(&two).good();
        late.join().expect("it ends")
    });
    said.bad(&["claimed number 1", "run the same command again"]);
    assert_eq!(word(&publisher.folder), "two");
    assert_eq!(publisher.live(), Some(1));
    publisher.publish(&one).good();
    assert_eq!(word(&publisher.folder), "one");
}

#[test]
#[ignore = "needs a store: cargo xtask test"]
fn while_one_publishes_another_is_told_to_wait() {
    let publisher = Publisher::new("two-at-once");
    let (one, two) = (
        Site::new("one", "v1.1.matinee"),
        Site::new("two", "v1.2.matinee"),
    );
    let slow = Proxy::start(|_, line| match line.contains("part3.wasm") {
        true => Fault::Slow(Duration::from_secs(2)),
        false => Fault::Pass,
    });
    let first = publisher.through(&slow);
    thread::scope(|scope| {
        let first = scope.spawn(|| first.publish(&one));
        // Its uploads have begun, so it has its claim.
        while !slow
            .lines()
            .iter()
            .any(|line| line.starts_with("PUT") && line.contains("wasm"))
        {
            thread::sleep(Duration::from_millis(5));
        }
        publisher
            .publish(&two)
            .bad(&["is being published by process", "--take-over"]);
        first.join().expect("it ends").good();
    });
    assert_eq!(word(&publisher.folder), "one");
    publisher.publish(&two).good();
    assert_eq!(word(&publisher.folder), "two");
}

#[test]
#[ignore = "needs a store: cargo xtask test"]
fn a_publisher_that_was_overtaken_while_it_slept_changes_nothing() {
    let publisher = Publisher::new("asleep");
    publisher.publish(&Site::new("old", "v1.1.matinee")).good();
    let sleeper = Site::new("sleeper", "v1.2.matinee");
    let other = Site::new("other", "v1.2.matinee");
    let proxy =
        Proxy::start(
            |_, line| match line.starts_with("PUT") && line.contains("part1.wasm") {
                true => Fault::SignalAfter("STOP"),
                false => Fault::Pass,
            },
        );
    let through = publisher.through(&proxy);
    let mut command = through.command(&["publish", "--site", sleeper.path()]);
    let child = command.spawn().expect("start matinee");
    proxy.watch(child.id());
    while !proxy
        .lines()
        .iter()
        .any(|line| line.starts_with("PUT") && line.contains("part1.wasm"))
    {
        thread::sleep(Duration::from_millis(5));
    }
    // Its process is still there, so that nobody may go past it unless told to.
    publisher.publish(&other).bad(&["--take-over"]);
    let args = ["publish", "--take-over", "--site", other.path()];
    publisher.run(&args).good();
    crate::proxy::signal(child.id(), "CONT");
    Said::of(child.wait_with_output().expect("it ends")).bad(&["has taken over"]);
    assert_eq!(word(&publisher.folder), "other");
}

#[test]
#[ignore = "needs a store: cargo xtask test"]
fn ctrl_c_leaves_the_old_site_and_keeps_nobody_waiting() {
    let publisher = Publisher::new("interrupted");
    publisher.publish(&Site::new("old", "v1.1.matinee")).good();
    let new = Site::new("new", "v1.2.matinee");
    let proxy =
        Proxy::start(
            |_, line| match line.starts_with("PUT") && line.contains("part1.wasm") {
                true => Fault::Signal("INT"),
                false => Fault::Pass,
            },
        );
    let said = run_watched(&publisher, &proxy, &["publish", "--site", new.path()]);
    said.bad(&["stopped", "Run the same command again"]);
    assert_eq!(word(&publisher.folder), "old");
    assert_eq!(publisher.releases()[1]["state"], "failed");
    publisher.publish(&new).good();
    assert_eq!(word(&publisher.folder), "new");
}
