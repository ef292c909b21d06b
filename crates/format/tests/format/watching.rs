//! Shares watched, compared with what is usual.

use matinee_format::{half_hours, share_corrected};
use proptest::collection::vec;
use proptest::prelude::*;

proptest! {
    #[test]
    fn a_corrected_share_is_a_share_and_more_watched_is_never_less(
        watched in vec(0.0f32..=1.0, 0..24),
        shares in (0.0f32..=1.0, 0.0f32..=1.0),
        minutes in prop_oneof![0.0f32..600.0, any::<f32>()],
    ) {
        let (a, b) = (shares.0.min(shares.1), shares.0.max(shares.1));
        let corrected = |share| share_corrected(&watched, share, minutes);
        prop_assert!((0.0..=1.0).contains(&corrected(a)) && (0.0..=1.0).contains(&corrected(b)));
        // A rounding error is no order.
        prop_assert!(corrected(a) <= corrected(b) + 1e-6, "{} {}", corrected(a), corrected(b));
        prop_assert_eq!(corrected(1.0), 1.0);
    }

    #[test]
    fn the_longer_the_item_the_more_a_share_of_it_says(
        mut watched in vec(0.0f32..=1.0, 1..24),
        share in 0.0f32..=1.0,
        minutes in 0.0f32..700.0,
        longer in 0.0f32..300.0,
    ) {
        watched.sort_by(|a, b| b.total_cmp(a));
        let corrected = |minutes| share_corrected(&watched, share, minutes);
        prop_assert!(corrected(minutes) <= corrected(minutes + longer));
    }
}

#[test]
fn three_hours_watched_to_60_percent_say_more_than_90_minutes() {
    let watched = [0.9, 0.9, 0.85, 0.8, 0.75, 0.7, 0.6];
    assert!(share_corrected(&watched, 0.6, 180.0) > share_corrected(&watched, 0.6, 90.0));
    assert_eq!(
        (half_hours(89.9), half_hours(90.0), half_hours(f32::NAN)),
        (2, 3, 0)
    );
}
