//! Figures as they stand in markup.

use std::fmt::{self, Write as _};

/// A figure to two places, as exact as can be seen: to write a fraction with every place it has takes 5 KB of the program.
pub(crate) struct Hundredths(pub(crate) f64);

impl fmt::Display for Hundredths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all = (self.0 * 100.0).round() as i32;
        if all < 0 {
            f.write_char('-')?;
        }
        let (whole, part) = (all.unsigned_abs() / 100, all.unsigned_abs() % 100);
        match (part / 10, part % 10) {
            (0, 0) => write!(f, "{whole}"),
            (tenths, 0) => write!(f, "{whole}.{tenths}"),
            (tenths, hundredths) => write!(f, "{whole}.{tenths}{hundredths}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn only_the_places_that_say_something_are_written() {
        let written =
            [0.0, 13.0, 40.5, 0.07, -3.25, 99.999, -0.001].map(|x| Hundredths(x).to_string());
        assert_eq!(written, ["0", "13", "40.5", "0.07", "-3.25", "100", "0"]);
    }
}
