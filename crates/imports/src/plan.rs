//! What bringing in entries comes to, before anything is written: for each film, what is kept now and what would be.

use std::collections::HashMap;

use crate::record::{Marks, Record};

/// What an entry says of a film that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Incoming {
    /// Key of the film, such as `movielens:318`.
    pub item: String,
    /// Its title.
    pub title: String,
    /// Its year.
    pub year: Option<u16>,
    /// Half stars, 1 to 10, if any were given.
    pub halves: Option<u8>,
    /// What else is said.
    pub said: Said,
    /// When it was said, in milliseconds since 1970.
    pub at: f64,
}

/// What an entry says besides stars.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// The film was seen. Other services know no more.
    Seen,
    /// It is on a watchlist.
    Wanted,
    /// All that this program kept of it elsewhere.
    All(Marks),
}

/// What becomes of what is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing was kept of the film.
    New,
    /// Something else was.
    Changed,
    /// The same is kept already.
    Unchanged,
    /// What is kept was said later, and stays.
    Older,
}

/// A film with what is kept of it, and what would be.
#[derive(Debug, Clone, PartialEq)]
pub struct Planned {
    /// What becomes of it.
    pub verdict: Verdict,
    /// What is kept now.
    pub before: Option<Record>,
    /// What would be kept.
    pub after: Record,
}

/// Weighs what comes in against what is kept, which `stored` tells by key. The newest wins; only stars fill in where none
/// were given, whenever that was. Nothing is from later than `now`, in milliseconds since 1970: a wrong clock elsewhere
/// must not win for ever. Each film stands in the plan once, the longest ago first.
pub fn plan(
    incoming: &[Incoming],
    stored: impl Fn(&str) -> Option<Record>,
    now: f64,
) -> Vec<Planned> {
    let mut planned: Vec<Planned> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut entries: Vec<(f64, &Incoming)> = incoming
        .iter()
        .map(|entry| {
            let at = if entry.at.is_finite() { entry.at } else { 0.0 };
            (at.clamp(0.0, now), entry)
        })
        .collect();
    entries.sort_by(|(a, _), (b, _)| a.total_cmp(b));
    for (at, entry) in entries {
        match places.get(entry.item.as_str()) {
            Some(&place) => {
                let film = &mut planned[place];
                if let Some(after) = merged(Some(&film.after), entry, at) {
                    film.verdict = verdict(film.before.as_ref(), &after, entry);
                    film.after = after;
                }
            }
            None => {
                let before = stored(&entry.item);
                let Some(after) = merged(before.as_ref(), entry, at) else {
                    continue;
                };
                places.insert(&entry.item, planned.len());
                planned.push(Planned {
                    verdict: verdict(before.as_ref(), &after, entry),
                    before,
                    after,
                });
            }
        }
    }
    planned
}

fn verdict(before: Option<&Record>, after: &Record, entry: &Incoming) -> Verdict {
    let Some(before) = before else {
        return Verdict::New;
    };
    if !before.says_what(after) {
        return Verdict::Changed;
    }
    match merged(Some(before), entry, f64::INFINITY) {
        Some(newest) if !newest.says_what(before) => Verdict::Older,
        _ => Verdict::Unchanged,
    }
}

/// What is kept after `entry`, which was said `at`; `None` when nothing is said at all.
fn merged(before: Option<&Record>, entry: &Incoming, at: f64) -> Option<Record> {
    let marks = match entry.said {
        Said::Seen => Marks {
            seen: true,
            ..Marks::default()
        },
        Said::Wanted => Marks {
            watchlist: true,
            ..Marks::default()
        },
        Said::All(marks) => Marks {
            unseen: marks.unseen && entry.halves.is_none(),
            ..marks
        },
    };
    let fresh = Record {
        item: entry.item.clone(),
        title: entry.title.clone(),
        year: entry.year,
        halves: entry.halves.filter(|halves| (1..=10).contains(halves)),
        marks,
        updated_at: at,
    };
    if !fresh.is_settled() && !marks.watchlist && !marks.unseen {
        return before.cloned();
    }
    let Some(before) = before else {
        return Some(fresh);
    };
    let newer = at > before.updated_at;
    let mut after = before.clone();
    match entry.said {
        Said::All(_) if newer => {
            // The app keeps stars whatever else is said, until they are taken away with all else.
            let seen = fresh.halves.is_none() && before.halves.is_some() && before.marks.seen;
            after.halves = fresh.halves.or(before.halves);
            after.marks = Marks {
                seen: marks.seen || seen,
                unseen: marks.unseen && after.halves.is_none(),
                ..marks
            };
        }
        Said::Wanted if newer && !before.is_settled() => after.marks.watchlist = true,
        Said::Seen => {
            let fills = before.halves.is_none() && !before.marks.not_for_me;
            if newer || (fills && fresh.halves.is_some()) {
                after.halves = fresh.halves.or(before.halves);
                after.marks.seen = true;
                after.marks.unseen = false;
                after.marks.watchlist &= !newer;
            }
        }
        Said::All(_) | Said::Wanted => {}
    }
    // What is said again is no news.
    if newer && !after.says_what(before) {
        after.updated_at = at;
    }
    Some(after)
}
