//! When a model that is still arriving is shown: soon, and not too often.

/// Milliseconds without a byte after which a model that has grown is handed out as it is.
const PAUSE: f64 = 30.0;
/// The rest is waited for before the first films are handed out when it seems to take no more milliseconds than this: all
/// that is on the page is worked out anew when there are more.
const WORTH: f64 = 300.0;
/// Milliseconds until more of them are handed out.
const LATER: f64 = 1000.0;

/// When to hand out the model at hand as far as it has arrived. Times are milliseconds.
pub(super) struct Shown {
    /// Bytes expected in all, where known.
    expected: Option<u64>,
    /// When the first bytes had come, and how many. What waited for the program says nothing of the line's pace.
    first: Option<(f64, u32)>,
    /// The same of the newest.
    newest: (f64, u32),
    /// When there was more to show than is shown.
    more: Option<f64>,
    /// When it was last handed out.
    last: Option<f64>,
}

impl Shown {
    pub(super) fn new(expected: Option<u64>) -> Self {
        Self {
            expected,
            first: None,
            newest: (0.0, 0),
            more: None,
            last: None,
        }
    }

    /// So many bytes have come.
    pub(super) fn received(&mut self, now: f64, bytes: u32) {
        self.newest = (now, bytes);
        self.first.get_or_insert(self.newest);
    }

    /// They made the model grow.
    pub(super) fn grown(&mut self, now: f64) {
        self.more.get_or_insert(now);
    }

    /// It was handed out.
    pub(super) fn shown(&mut self, now: f64) {
        self.last = Some(now);
        self.more = None;
    }

    /// When it has to be handed out, whatever else comes; never, while there is nothing new.
    pub(super) fn due(&self, now: f64) -> Option<f64> {
        let since = self.more?;
        let latest = match (self.last, self.rest()) {
            (Some(last), _) => last + LATER,
            (None, Some(rest)) if rest > WORTH => now,
            (None, _) => since + WORTH,
        };
        Some(latest.min(now + PAUSE))
    }

    /// How long the rest takes at the pace so far, where that can be told.
    fn rest(&self) -> Option<f64> {
        let ((began, before), (now, received)) = (self.first?, self.newest);
        let left = self.expected?.saturating_sub(received.into());
        (received > before).then(|| left as f64 * (now - began) / f64::from(received - before))
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    const ALL: u64 = 800_000;

    /// A line that brings so many bytes each time after so many milliseconds, until the model has grown.
    fn line(bytes: u32, milliseconds: f64, grown_after: u32) -> (Shown, f64) {
        let mut shown = Shown::new(Some(ALL));
        let (mut now, mut received) = (0.0, 0);
        while received < grown_after {
            now += milliseconds;
            received += bytes;
            shown.received(now, received);
        }
        shown.grown(now);
        (shown, now)
    }

    #[test]
    fn a_slow_line_shows_the_first_films_at_once() {
        let (shown, now) = line(4000, 20.0, 40_000);
        assert_eq!(shown.due(now), Some(now));
    }

    #[test]
    fn a_fast_line_is_waited_for_unless_it_pauses() {
        let (shown, now) = line(64_000, 5.0, 128_000);
        assert_eq!(shown.due(now), Some(now + PAUSE));
        assert_eq!(shown.due(now + 290.0), Some(now + WORTH));
    }

    #[test]
    fn what_waited_for_the_program_says_nothing_of_the_pace() {
        let (mut shown, now) = line(60_000, 1.0, 40_000);
        assert_eq!(shown.due(now), Some(now + PAUSE));
        shown.received(now + 20.0, 64_000);
        assert_eq!(shown.due(now + 20.0), Some(now + 20.0));
    }

    #[test]
    fn more_films_are_shown_seldom_and_none_twice() {
        let (mut shown, now) = line(4000, 20.0, 40_000);
        shown.shown(now);
        assert_eq!(shown.due(now), None);
        shown.grown(now + 990.0);
        assert_eq!(shown.due(now + 990.0), Some(now + LATER));
    }
}
