//! From when to when there are ratings.

use super::Ratings;

/// At most one rating in this many is taken for a slip of the clock.
const SLIP_OF: usize = 1000;
/// A slip lies further than this from all other ratings, in seconds: three years.
const APART: i64 = 3 * 365 * 86_400;
/// With fewer ratings than this nothing can be told apart.
const ENOUGH: usize = 100;

impl Ratings {
    /// The time of the first and of the last rating, in seconds since 1970; none when no time is known. A few ratings
    /// (one in a thousand, or one) that are years away from all others, such as those of a clock that stood at 1970,
    /// do not count.
    pub fn span(&self) -> Option<(i64, i64)> {
        let known = self.events.iter().map(|event| event.timestamp);
        let mut times: Vec<i64> = known.filter(|&time| time > 0).collect();
        times.sort_unstable();
        let slips = match times.len() {
            n if n < ENOUGH => 0,
            n => (n / SLIP_OF).max(1),
        };
        let gap = |at: &usize| times[*at] - times[*at - 1] > APART;
        let first = (1..=slips).rev().find(gap).unwrap_or(0);
        let last = (times.len() - slips..times.len())
            .find(gap)
            .unwrap_or(times.len());
        Some((*times.get(first)?, *times.get(last.checked_sub(1)?)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::Rating;

    fn span(times: impl IntoIterator<Item = i64>) -> Option<(i64, i64)> {
        let event = |(item, timestamp)| Rating {
            user: 0,
            item,
            value: None,
            timestamp,
            ..Rating::default()
        };
        Ratings {
            events: (0..).zip(times).map(event).collect(),
            ..Ratings::default()
        }
        .span()
    }

    const DAY: i64 = 86_400;

    #[test]
    fn lone_times_do_not_decide() {
        let from = 10_000 * DAY;
        let daily = || (0..3000).map(move |day| from + day * DAY);
        let ends = Some((from, from + 2999 * DAY));
        assert_eq!(span(daily()), ends);
        assert_eq!(span(daily().chain([1_345_382])), ends);
        assert_eq!(span(daily().chain([5, 900 * DAY, 50_000 * DAY, 0])), ends);
        let many = daily().chain([5, 6, 7, 8]);
        assert_eq!(
            span(many),
            Some((5, from + 2999 * DAY)),
            "four of 3004 are no slip"
        );
    }

    #[test]
    fn few_or_no_times_are_taken_as_they_are() {
        assert_eq!(span([]), None);
        assert_eq!(span([0, 0]), None);
        assert_eq!(span([7]), Some((7, 7)));
        assert_eq!(span([5, 20_000 * DAY]), Some((5, 20_000 * DAY)));
    }
}
