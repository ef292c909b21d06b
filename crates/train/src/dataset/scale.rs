//! Rating scales, found from the ratings.

use matinee_format::RatingScale;

/// The scales in use, narrowest first: a file that uses no half stars may still be on the half-star scale,
/// which means the same.
const KNOWN: [RatingScale; 5] = [
    RatingScale {
        min: 1.0,
        max: 5.0,
        step: 1.0,
    },
    RatingScale {
        min: 0.5,
        max: 5.0,
        step: 0.5,
    },
    RatingScale {
        min: 1.0,
        max: 10.0,
        step: 1.0,
    },
    RatingScale {
        min: 0.0,
        max: 10.0,
        step: 0.5,
    },
    RatingScale {
        min: 0.0,
        max: 100.0,
        step: 1.0,
    },
];

/// A rating above this is a like: 3.5 of 5 (Liang et al. 2018), so 7 of 10. On a scale that starts below zero,
/// the middle.
pub fn like_above(scale: &RatingScale) -> f32 {
    if scale.min < 0.0 {
        0.5 * (scale.min + scale.max)
    } else {
        7.0 * scale.max / 10.0
    }
}

/// The narrowest known scale that holds every value, or else the values' own range in a hundred steps; none
/// without values.
pub(super) fn scale_of(values: impl Iterator<Item = f32> + Clone) -> Option<RatingScale> {
    values.clone().next()?;
    let holds = |scale: &RatingScale, value: f32| {
        (scale.min..=scale.max).contains(&value) && (value - scale.min) % scale.step == 0.0
    };
    if let Some(known) = KNOWN
        .into_iter()
        .find(|scale| values.clone().all(|value| holds(scale, value)))
    {
        return Some(known);
    }
    let min = values.clone().fold(f32::INFINITY, f32::min);
    let max = values.fold(f32::NEG_INFINITY, f32::max);
    let step = if max > min { (max - min) / 100.0 } else { 1.0 };
    Some(RatingScale { min, max, step })
}

/// The scale of two files together; none when they mean different things by the same number. Half and whole stars
/// of five go together, and so do two scales that are no known ones.
pub(super) fn join(a: RatingScale, b: RatingScale) -> Option<RatingScale> {
    let same = a.max == b.max && (a.min - b.min).abs() <= 1.0;
    let unknown = !KNOWN.contains(&a) && !KNOWN.contains(&b);
    (same || unknown).then(|| RatingScale {
        min: a.min.min(b.min),
        max: a.max.max(b.max),
        step: a.step.min(b.step),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scale(values: &[f32]) -> RatingScale {
        scale_of(values.iter().copied()).expect("there are values")
    }

    #[test]
    fn known_scales_are_recognised_by_their_values() {
        for (values, known) in [
            (&[4.0, 5.0, 3.0][..], KNOWN[0]),
            (&[4.0, 3.5], KNOWN[1]),
            (&[7.0, 10.0], KNOWN[2]),
            (&[7.5, 10.0], KNOWN[3]),
            (&[55.0, 80.0], KNOWN[4]),
        ] {
            assert_eq!(scale(values), known);
        }
        assert_eq!(
            scale(&[-1.0, 0.25, 1.0]),
            RatingScale {
                min: -1.0,
                max: 1.0,
                step: 0.02
            }
        );
        assert_eq!(scale_of(std::iter::empty()), None);
    }

    #[test]
    fn only_scales_that_mean_the_same_join() {
        let [whole, half, ten, ..] = KNOWN;
        assert_eq!(join(whole, half), Some(half));
        assert_eq!(join(half, whole), Some(half));
        assert_eq!(join(half, ten), None);
        let odd = join(scale(&[-1.0, 0.3]), scale(&[-0.7, 0.9])).expect("both are unknown");
        assert_eq!((odd.min, odd.max), (-1.0, 0.9));
    }

    #[test]
    fn four_of_five_and_eight_of_ten_are_likes() {
        for (scale, like, not) in [
            (KNOWN[0], 4.0, 3.0),
            (KNOWN[1], 4.0, 3.5),
            (KNOWN[2], 8.0, 7.0),
            (scale(&[-1.0, 0.25, 1.0]), 0.25, 0.0),
        ] {
            assert!(
                like > like_above(&scale) && not <= like_above(&scale),
                "{scale:?}"
            );
        }
    }
}
