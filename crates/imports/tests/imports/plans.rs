//! What bringing in entries comes to.

use std::collections::BTreeMap;

use matinee_imports::{Incoming, Marks, Planned, Record, Said, Verdict, plan};
use proptest::prelude::*;

type Kept = BTreeMap<String, Record>;

const NOW: f64 = 1_000_000.0;

fn incoming(item: &str, halves: Option<u8>, said: Said, at: f64) -> Incoming {
    Incoming {
        item: item.to_owned(),
        title: item.to_owned(),
        year: None,
        halves,
        said,
        at,
    }
}

fn kept(item: &str, halves: Option<u8>, marks: Marks, at: f64) -> Kept {
    let record = Record {
        item: item.to_owned(),
        title: item.to_owned(),
        year: None,
        halves,
        marks,
        updated_at: at,
    };
    [(item.to_owned(), record)].into()
}

const SEEN: Marks = Marks {
    seen: true,
    not_for_me: false,
    watchlist: false,
    unseen: false,
};
const WANTED: Marks = Marks {
    seen: false,
    not_for_me: false,
    watchlist: true,
    unseen: false,
};
const HIDDEN: Marks = Marks {
    seen: false,
    not_for_me: true,
    watchlist: false,
    unseen: false,
};

fn planned(entries: &[Incoming], kept: &Kept) -> Vec<Planned> {
    plan(entries, |item| kept.get(item).cloned(), NOW)
}

fn one(entry: Incoming, kept: &Kept) -> (Verdict, Record) {
    let planned = planned(&[entry], kept);
    assert_eq!(planned.len(), 1);
    (planned[0].verdict, planned[0].after.clone())
}

#[test]
fn the_newest_wins() {
    let stored = kept("a", Some(8), SEEN, 500.0);
    let (verdict, after) = one(incoming("a", Some(4), Said::Seen, 600.0), &stored);
    assert_eq!(
        (verdict, after.halves, after.updated_at),
        (Verdict::Changed, Some(4), 600.0)
    );
    let (verdict, after) = one(incoming("a", Some(4), Said::Seen, 400.0), &stored);
    assert_eq!(
        (verdict, after.halves, after.updated_at),
        (Verdict::Older, Some(8), 500.0)
    );
    let (verdict, after) = one(incoming("a", Some(8), Said::Seen, 900.0), &stored);
    assert_eq!((verdict, after.updated_at), (Verdict::Unchanged, 500.0));
}

#[test]
fn nothing_is_from_the_future() {
    let (_, after) = one(incoming("a", Some(4), Said::Seen, 9e15), &Kept::new());
    assert_eq!(after.updated_at, NOW);
    let (_, after) = one(incoming("a", Some(4), Said::Seen, f64::NAN), &Kept::new());
    assert_eq!(after.updated_at, 0.0);
}

#[test]
fn stars_fill_in_where_none_were_given() {
    let (verdict, after) = one(
        incoming("a", Some(4), Said::Seen, 1.0),
        &kept("a", None, SEEN, 500.0),
    );
    assert_eq!(
        (verdict, after.halves, after.updated_at),
        (Verdict::Changed, Some(4), 500.0)
    );
    // Put on the watchlist after it was rated: to be seen again.
    let (_, after) = one(
        incoming("a", Some(4), Said::Seen, 1.0),
        &kept("a", None, WANTED, 500.0),
    );
    assert!(after.marks.watchlist && after.marks.seen);
    let (verdict, _) = one(
        incoming("a", Some(4), Said::Seen, 1.0),
        &kept("a", None, HIDDEN, 500.0),
    );
    assert_eq!(verdict, Verdict::Older);
}

#[test]
fn a_film_once_seen_is_not_wanted_again_by_an_old_list() {
    let (verdict, _) = one(
        incoming("a", None, Said::Wanted, 900.0),
        &kept("a", Some(4), SEEN, 500.0),
    );
    assert_eq!(verdict, Verdict::Unchanged);
    let (verdict, after) = one(
        incoming("a", None, Said::Seen, 900.0),
        &kept("a", None, WANTED, 500.0),
    );
    assert_eq!((verdict, after.marks), (Verdict::Changed, SEEN));
}

#[test]
fn our_own_says_all() {
    let stored = kept("a", Some(4), SEEN, 500.0);
    let (verdict, after) = one(incoming("a", None, Said::All(HIDDEN), 600.0), &stored);
    assert_eq!(
        (verdict, after.halves, after.marks),
        (
            Verdict::Changed,
            Some(4),
            Marks {
                seen: true,
                ..HIDDEN
            }
        )
    );
    let nothing = incoming("a", None, Said::All(Marks::default()), 600.0);
    assert!(planned(&[nothing], &Kept::new()).is_empty());
}

#[test]
fn a_film_that_comes_twice_stands_once() {
    let entries = [
        incoming("a", Some(2), Said::Seen, 100.0),
        incoming("b", None, Said::Wanted, 100.0),
        incoming("a", Some(9), Said::Seen, 300.0),
        incoming("a", Some(5), Said::Seen, 200.0),
    ];
    let planned = planned(&entries, &Kept::new());
    assert_eq!(planned.len(), 2);
    assert_eq!(
        (planned[0].verdict, planned[0].after.halves),
        (Verdict::New, Some(9))
    );
}

fn any_entry() -> impl Strategy<Value = Incoming> {
    let marks = || {
        let all = (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>());
        all.prop_map(|(seen, not_for_me, watchlist, unseen)| Marks {
            seen,
            not_for_me,
            watchlist,
            unseen,
        })
    };
    let said = prop_oneof![
        Just(Said::Seen),
        Just(Said::Wanted),
        marks().prop_map(Said::All)
    ];
    (
        "[abc]",
        proptest::option::of(1_u8..=10),
        said,
        0.0..2.0 * NOW,
    )
        .prop_map(|(item, halves, said, at)| {
            let halves = halves.filter(|_| said != Said::Wanted);
            incoming(&item, halves, said, at)
        })
}

fn carried_out(entries: &[Incoming], kept: &Kept) -> Kept {
    let mut next = kept.clone();
    for film in planned(entries, kept) {
        next.insert(film.after.item.clone(), film.after);
    }
    next
}

proptest! {
    #[test]
    fn twice_is_once(first in proptest::collection::vec(any_entry(), 0..6), entries in proptest::collection::vec(any_entry(), 0..6)) {
        let kept = carried_out(&first, &Kept::new());
        let once = carried_out(&entries, &kept);
        prop_assert_eq!(&carried_out(&entries, &once), &once);
        // Nothing that was said is lost without something being said instead.
        prop_assert!(kept.keys().all(|item| once.contains_key(item)));
        for film in planned(&entries, &once) {
            prop_assert!(matches!(film.verdict, Verdict::Unchanged | Verdict::Older), "{:?}", film);
        }
    }
}
