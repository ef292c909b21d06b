//! Edit distance between words.

/// Words longer than this are compared without tolerance for typing errors.
pub(super) const MAX_CHARS: usize = 40;

/// Optimal string alignment distances (insertion, deletion, substitution and transposition of neighbours each
/// cost 1) of `query` from the whole of `word` and from the nearest of its beginnings, each capped at `limit + 1`.
///
/// # Panics
/// When `query` is longer than [`MAX_CHARS`].
pub(super) fn distances(query: &[char], word: &str, limit: u8) -> (u8, u8) {
    let length = query.len();
    let reach = usize::from(limit);
    let too_far = limit + 1;
    let mut before = [too_far; MAX_CHARS + 1];
    let mut above = [too_far; MAX_CHARS + 1];
    for (cost, cell) in (0..too_far).zip(&mut above[..=length]) {
        *cell = cost;
    }
    let mut from_beginning = above[length];
    let mut last_char = None;
    let mut was_hopeless = false;
    for (row, c) in (1usize..).zip(word.chars().take(length + reach + 1)) {
        let mut current = [too_far; MAX_CHARS + 1];
        current[0] = too_far.min(row as u8);
        let mut is_hopeless = current[0] == too_far;
        // Cells further than the limit from the diagonal cost more than the limit.
        for j in row.saturating_sub(reach).max(1)..=length.min(row + reach) {
            let q = query[j - 1];
            let mut cost = above[j - 1] + u8::from(q != c);
            cost = cost.min(above[j] + 1).min(current[j - 1] + 1);
            if j > 1 && last_char == Some(q) && query[j - 2] == c {
                cost = cost.min(before[j - 2] + 1);
            }
            current[j] = cost.min(too_far);
            is_hopeless &= cost >= too_far;
        }
        from_beginning = from_beginning.min(current[length]);
        before = above;
        above = current;
        last_char = Some(c);
        // A transposition reaches back two rows, so one hopeless row alone decides nothing.
        if is_hopeless && was_hopeless {
            break;
        }
        was_hopeless = is_hopeless;
    }
    (above[length], from_beginning)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(query: &str, word: &str) -> (u8, u8) {
        distances(&query.chars().collect::<Vec<_>>(), word, 3)
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
        fn equals_a_reference_implementation(a in "[a-d]{1,9}", b in "[a-d]{1,9}", limit in 0u8..4) {
            let query: Vec<char> = a.chars().collect();
            let cap = |cost: usize| cost.min(usize::from(limit) + 1) as u8;
            let beginnings = (0..=b.len()).map(|cut| strsim::osa_distance(&a, &b[..cut])).min();
            let (whole, beginning) = distances(&query, &b, limit);
            prop_assert_eq!(whole, cap(strsim::osa_distance(&a, &b)));
            prop_assert_eq!(beginning, cap(beginnings.expect("there is the empty beginning")));
        }
    }
}
