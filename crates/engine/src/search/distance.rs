//! Edit distance between words.

use std::ops::RangeInclusive;

/// Words longer than this are compared without tolerance for typing errors.
pub(super) const MAX_CHARS: usize = 40;

/// Letters that a table finds; others are searched for.
const COMMON: RangeInclusive<char> = '0'..='z';
const COMMON_COUNT: usize = *COMMON.end() as usize - *COMMON.start() as usize + 1;

/// A word of the query, made ready to be compared with many others.
#[derive(Debug)]
pub(super) struct Pattern {
    chars: Vec<char>,
    /// Where each common letter stands in the word: a bit a place.
    places: [u64; COMMON_COUNT],
}

impl Pattern {
    /// Of a word of at most [`MAX_CHARS`]; of a longer one only that many characters count.
    pub(super) fn new(word: &str) -> Self {
        let chars: Vec<char> = word.chars().take(MAX_CHARS).collect();
        let mut places = [0; COMMON_COUNT];
        for (place, c) in chars.iter().enumerate() {
            if COMMON.contains(c) {
                places[*c as usize - *COMMON.start() as usize] |= 1 << place;
            }
        }
        Self { chars, places }
    }

    fn places_of(&self, c: char) -> u64 {
        if COMMON.contains(&c) {
            return self.places[c as usize - *COMMON.start() as usize];
        }
        let is_here = |(place, other): (usize, &char)| u64::from(*other == c) << place;
        self.chars.iter().enumerate().map(is_here).sum()
    }

    /// Optimal string alignment distances (insertion, deletion, substitution and transposition of neighbours each
    /// cost 1) of the pattern from the whole of `word` and from the nearest of its beginnings, each capped at
    /// `limit + 1`.
    ///
    /// A column of the table of distances is kept as the differences of neighbours in it, a bit each, so that a
    /// letter of `word` takes a dozen operations (Hyyrö, "A bit-vector algorithm for computing Levenshtein and
    /// Damerau edit distances", 2003).
    pub(super) fn distances(&self, word: &str, limit: u8) -> (u8, u8) {
        let length = self.chars.len();
        let last = 1 << length.saturating_sub(1);
        let (mut rises, mut falls) = (u64::MAX, 0_u64);
        let (mut diagonal, mut places_before) = (0_u64, 0_u64);
        let mut distance = length;
        let mut from_beginning = length;
        for c in word.chars().take(length + usize::from(limit) + 1) {
            let places = self.places_of(c);
            let swapped = ((!diagonal & places) << 1) & places_before;
            diagonal = ((places & rises).wrapping_add(rises) ^ rises) | places | falls | swapped;
            let right_rises = falls | !(diagonal | rises);
            let right_falls = diagonal & rises;
            if length == 0 || right_rises & last != 0 {
                distance += 1;
            } else if right_falls & last != 0 {
                distance -= 1;
            }
            from_beginning = from_beginning.min(distance);
            let right_rises = right_rises << 1 | 1;
            rises = (right_falls << 1) | !(diagonal | right_rises);
            falls = right_rises & diagonal;
            places_before = places;
        }
        let capped = |distance: usize| distance.min(usize::from(limit) + 1) as u8;
        (capped(distance), capped(from_beginning))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(query: &str, word: &str) -> (u8, u8) {
        Pattern::new(query).distances(word, 3)
    }

    #[test]
    fn counts_each_kind_of_typing_error_once() {
        assert_eq!(of("matrix", "matrix"), (0, 0));
        assert_eq!(of("matrx", "matrix").0, 1);
        assert_eq!(of("mattrix", "matrix").0, 1);
        assert_eq!(of("metrix", "matrix").0, 1);
        assert_eq!(of("amtrix", "matrix").0, 1);
        assert_eq!(of("amtirx", "matrix").0, 2);
        assert_eq!(of("abcd", "wxyz"), (4, 4));
    }

    #[test]
    fn a_beginning_is_as_near_as_its_best_cut() {
        assert_eq!(of("godf", "godfather"), (4, 0));
        assert_eq!(of("gdof", "godfather").1, 1);
        assert_eq!(of("godfx", "godfather").1, 1);
    }

    proptest! {
        #[test]
        fn equals_a_reference_implementation(a in "[a-dé猫]{0,40}", b in "[a-dé猫]{0,44}", limit in 0u8..4) {
            let cap = |cost: usize| cost.min(usize::from(limit) + 1) as u8;
            let beginnings = (0..=b.chars().count())
                .map(|cut| strsim::osa_distance(&a, &b.chars().take(cut).collect::<String>()))
                .min();
            let (whole, beginning) = Pattern::new(&a).distances(&b, limit);
            prop_assert_eq!(whole, cap(strsim::osa_distance(&a, &b)));
            prop_assert_eq!(beginning, cap(beginnings.expect("there is the empty beginning")));
        }
    }
}
