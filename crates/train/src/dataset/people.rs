//! One person in two files.

use std::cmp::Reverse;

use hashbrown::HashMap;
use rayon::prelude::*;

use super::Rating;

/// Two users of different files are one person when they share this many ratings to the second, and at least
/// half of the shorter history. In the MovieLens latest samples such pairs share 27 ratings or more, all others
/// share none.
const SHARED_AT_LEAST: usize = 20;

/// Finds the users who are in more than one file. File `f` holds the users `starts[f]..starts[f + 1]`. Returns,
/// for every user, the first user that is the same person.
pub(super) fn same_people(events: &[Rating], starts: &[u32]) -> Vec<u32> {
    let users = starts.last().copied().unwrap_or(0);
    let files = starts.len().saturating_sub(1);
    let file_of = |user: u32| starts.partition_point(|&start| start <= user);
    let mut history = vec![0; users as usize];
    for event in events {
        history[event.user as usize] += 1;
    }

    // Without a time, equal ratings are no sign of the same person.
    let mut stamps: Vec<_> = events
        .iter()
        .filter(|event| event.timestamp != 0)
        .filter_map(|e| Some(((e.timestamp, e.item, e.value?.to_bits()), e.user)))
        .collect();
    stamps.par_sort_unstable();
    stamps.dedup();
    let mut shared: HashMap<(u32, u32), usize> = HashMap::new();
    for same in stamps.chunk_by(|a, b| a.0 == b.0) {
        // More people than files at one moment is a coarse clock, not one person.
        if same.len() > files {
            continue;
        }
        for (at, &(_, later)) in same.iter().enumerate() {
            for &(_, earlier) in &same[..at] {
                if file_of(earlier) < file_of(later) {
                    *shared.entry((earlier, later)).or_default() += 1;
                }
            }
        }
    }

    let mut pairs: Vec<_> = shared
        .into_iter()
        .filter(|&((a, b), n)| {
            n >= SHARED_AT_LEAST && 2 * n >= history[a as usize].min(history[b as usize])
        })
        .map(|((earlier, later), n)| (later, Reverse(n), earlier))
        .collect();
    pairs.sort_unstable();
    pairs.dedup_by_key(|&mut (later, ..)| later);
    let mut person: Vec<u32> = (0..users).collect();
    for (later, _, earlier) in pairs {
        person[later as usize] = person[earlier as usize];
    }
    person
}

#[cfg(test)]
mod tests {
    use super::*;

    fn history(user: u32, first_item: u32, n: u32) -> impl Iterator<Item = Rating> {
        (0..n).map(move |i| Rating {
            user,
            item: first_item + i,
            value: Some(4.0),
            timestamp: i64::from(1000 + first_item + i),
            ..Rating::default()
        })
    }

    #[test]
    fn the_same_history_in_three_files_is_one_person() {
        let events: Vec<_> = history(0, 500, 40)
            .chain(history(1, 0, 30))
            .chain(history(2, 0, 25))
            .chain(history(3, 5, 25))
            .collect();
        assert_eq!(same_people(&events, &[0, 2, 3, 4]), [0, 1, 1, 1]);
    }

    #[test]
    fn a_shared_evening_or_a_coarse_clock_is_not_one_person() {
        let evening: Vec<_> = history(0, 0, 100).chain(history(1, 81, 100)).collect();
        assert_eq!(same_people(&evening, &[0, 1, 2]), [0, 1]);
        let coarse: Vec<_> = (0..4).flat_map(|user| history(user, 0, 50)).collect();
        assert_eq!(same_people(&coarse, &[0, 2, 4]), [0, 1, 2, 3]);
        let no_clock: Vec<_> = history(0, 0, 50)
            .chain(history(1, 0, 50))
            .map(|event| Rating {
                timestamp: 0,
                ..event
            })
            .collect();
        assert_eq!(same_people(&no_clock, &[0, 1, 2]), [0, 1]);
    }
}
