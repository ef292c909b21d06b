//! The visitor's taste in plain words, each of them true by the figures in the tables.

use std::cmp::Ordering;

use matinee_web::words::{conjunction, genre, grouped, tenths};
use tr::tr;

use super::leanings::{Kind, Leaning, Leanings, Surety};
use super::tally::Habits;

/// Kinds named in one sentence.
const NAMED: usize = 3;
/// Stars by which a visitor is called strict or generous, at least.
const GENERAL: f32 = 0.15;
/// How many times as well known the films of the one are as those of the others, to be worth a word.
const KNOWN: f32 = 1.5;

/// What can be said, most telling first.
pub(super) fn sentences(leanings: &Leanings, habits: &Habits) -> Vec<String> {
    let mut words = Vec::new();
    let named = |side: f32, surety: Surety| names(leanings, side, surety);
    let (to, away) = (named(1.0, Surety::Sure), named(-1.0, Surety::Sure));
    let (perhaps, perhaps_not) = (named(1.0, Surety::Likely), named(-1.0, Surety::Likely));
    if let Some(kinds) = &to {
        words.push(tr!("You lean to {}.", kinds));
    }
    if let Some(kinds) = perhaps {
        words.push(if to.is_some() {
            tr!("Perhaps also to {}.", kinds)
        } else {
            tr!(
                "Perhaps you lean to {}: a few more ratings will tell.",
                kinds
            )
        });
    }
    if let Some(kinds) = &away {
        words.push(tr!("You care less than most for {}.", kinds));
    }
    if let Some(kinds) = perhaps_not {
        words.push(tr!("Perhaps a little less than most for {}.", kinds));
    }
    if words.is_empty() {
        words.push(tr!(
            "Nothing stands out yet: across genres and decades, you give much what most people would."
        ));
    }
    words.extend(general(habits));
    words.extend(known(habits));
    words
}

/// The strongest leanings on one side that are exactly as sure, as a list; none where there are none.
fn names(leanings: &Leanings, side: f32, surety: Surety) -> Option<String> {
    let all = [&leanings.both, &leanings.genres, &leanings.decades];
    let mut found: Vec<&Leaning> = all
        .into_iter()
        .flatten()
        .filter(|leaning| leaning.stars * side > 0.0 && leaning.surety() == surety)
        .collect();
    found.sort_by(|a, b| (b.stars * side).total_cmp(&(a.stars * side)));
    let mut kinds: Vec<&Kind> = Vec::new();
    for leaning in found {
        if kinds.len() < NAMED && kinds.iter().all(|kind| !overlap(kind, &leaning.kind)) {
            kinds.push(&leaning.kind);
        }
    }
    let kinds: Vec<String> = kinds.into_iter().map(name).collect();
    (!kinds.is_empty()).then(|| conjunction(&kinds, |kind| kind, |word| word).concat())
}

/// Whether one of two kinds is a part of the other, so that one sentence need not name both.
fn overlap(a: &Kind, b: &Kind) -> bool {
    match (a, b) {
        (Kind::Both(genre, from), other) | (other, Kind::Both(genre, from)) => match other {
            Kind::Genre(other) => genre == other,
            Kind::Decade(other) => from == other,
            Kind::Both(other, _) => genre == other,
        },
        _ => false,
    }
}

/// What a kind is called within a sentence.
pub(super) fn name(kind: &Kind) -> String {
    match kind {
        Kind::Genre(name) => genre(name),
        Kind::Decade(from) => tr!("films of the {}s", from),
        Kind::Both(name, from) => tr!(
            "{genre} of the {decade}s",
            genre = genre(name),
            decade = from
        ),
    }
}

/// How strict the visitor is, by films that they and others rated.
fn general(habits: &Habits) -> Option<String> {
    let (own, others) = (habits.mean?, habits.others?);
    let (shown, theirs) = (tenths(own), tenths(others));
    Some(match strictness(own, others) {
        Ordering::Less => tr!(
            "You’re generous: {own}\u{a0}stars on the average to films that others give {others}.",
            own = shown,
            others = theirs
        ),
        Ordering::Greater => tr!(
            "You’re hard to please: {own}\u{a0}stars on the average to films that others give {others}.",
            own = shown,
            others = theirs
        ),
        Ordering::Equal => tr!(
            "On the average you give {own}\u{a0}stars, and others give the same films {others}.",
            own = shown,
            others = theirs
        ),
    })
}

/// How strict somebody is who gives `own` stars to what others give `others`, beside these.
fn strictness(own: f32, others: f32) -> Ordering {
    if own - others >= GENERAL {
        Ordering::Less
    } else if others - own >= GENERAL {
        Ordering::Greater
    } else {
        Ordering::Equal
    }
}

/// How well known the films are that the visitor rates.
fn known(habits: &Habits) -> Option<String> {
    let (own, others) = (habits.known?, habits.known_of_all?);
    let (shown, theirs) = (grouped(own.into()), grouped(others.into()));
    match fame(own, others) {
        Ordering::Less => Some(tr!(
            "You go off the beaten track: half of your films have {own} ratings or fewer, where half of all ratings are of films with {others} or more.",
            own = shown,
            others = theirs
        )),
        Ordering::Greater => Some(tr!(
            "You go for what many have seen: half of your films have {own} ratings or more, where half of all ratings are of films with {others} or fewer.",
            own = shown,
            others = theirs
        )),
        Ordering::Equal => None,
    }
}

/// How well known films with `own` ratings are beside those with `others`.
fn fame(own: u32, others: u32) -> Ordering {
    let (own, others) = (own as f32, others as f32);
    if own * KNOWN < others {
        Ordering::Less
    } else if own > others * KNOWN {
        Ordering::Greater
    } else {
        Ordering::Equal
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    fn leaning(kind: Kind, stars: f32, sd: f32) -> Leaning {
        Leaning {
            kind,
            stars,
            sd,
            rated: 3,
        }
    }

    fn genre(name: &str) -> Kind {
        Kind::Genre(name.to_owned())
    }

    #[test]
    fn only_what_is_sure_is_said_as_a_fact() {
        let leanings = Leanings {
            genres: vec![
                leaning(genre("Crime"), 0.4, 0.1),
                leaning(genre("War"), 0.2, 0.15),
                leaning(genre("Drama"), 0.1, 0.5),
                leaning(genre("Musical"), -0.5, 0.1),
            ],
            ..Leanings::default()
        };
        let words = sentences(&leanings, &Habits::default());
        assert_eq!(
            words,
            [
                "You lean to Crime.",
                "Perhaps also to War.",
                "You care less than most for Musical."
            ]
        );
        let open = Leanings {
            genres: vec![leaning(genre("Drama"), 0.1, 0.5)],
            ..Leanings::default()
        };
        let words = sentences(&open, &Habits::default());
        assert!(words.len() == 1 && words[0].starts_with("Nothing stands out yet"));
    }

    #[test]
    fn a_part_is_not_named_beside_the_whole() {
        let leanings = Leanings {
            both: vec![leaning(Kind::Both("Crime".to_owned(), 1990), 0.6, 0.1)],
            genres: vec![
                leaning(genre("Crime"), 0.4, 0.1),
                leaning(genre("Western"), 0.3, 0.1),
            ],
            decades: vec![leaning(Kind::Decade(1990), 0.35, 0.1)],
        };
        let words = sentences(&leanings, &Habits::default());
        assert_eq!(words, ["You lean to Crime of the 1990s and Western."]);
    }

    #[test]
    fn strict_and_generous_are_told_by_more_than_a_trifle() {
        assert_eq!(strictness(4.2, 3.5), Ordering::Less);
        assert_eq!(strictness(3.0, 3.5), Ordering::Greater);
        assert_eq!(strictness(3.5, 3.6), Ordering::Equal);
        assert_eq!(general(&Habits::default()), None);
    }

    #[test]
    fn the_beaten_track_is_measured() {
        assert_eq!(fame(100, 400), Ordering::Less);
        assert_eq!(fame(900, 400), Ordering::Greater);
        assert_eq!(fame(300, 400), Ordering::Equal);
        assert_eq!(known(&Habits::default()), None);
    }
}
