//! The range of a rating scale, found from the ratings.

/// The range of a rating scale and its smallest step, in stars or points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RatingScale {
    /// The worst rating.
    pub min: f32,
    /// The best rating.
    pub max: f32,
    /// The smallest difference between two ratings, above 0.
    pub step: f32,
}

/// The scales in use, narrowest first: a file that uses no half stars may still be on the half-star scale,
/// which means the same.
const KNOWN: [RatingScale; 5] = [
    RatingScale::new(1.0, 5.0, 1.0),
    RatingScale::new(0.5, 5.0, 0.5),
    RatingScale::new(1.0, 10.0, 1.0),
    RatingScale::new(0.0, 10.0, 0.5),
    RatingScale::new(0.0, 100.0, 1.0),
];

impl RatingScale {
    const fn new(min: f32, max: f32, step: f32) -> Self {
        Self { min, max, step }
    }

    /// A rating above this is a like: 3.5 of 5 (Liang et al. 2018), so 7 of 10. On a scale that starts below
    /// zero, the middle.
    pub fn like_above(&self) -> f32 {
        if self.min < 0.0 {
            0.5 * (self.min + self.max)
        } else {
            7.0 * self.max / 10.0
        }
    }

    /// The narrowest known scale that holds every value, or else the values' own range in a hundred steps; none
    /// without values.
    pub(super) fn of(values: impl Iterator<Item = f32> + Clone) -> Option<Self> {
        values.clone().next()?;
        if let Some(known) = KNOWN.into_iter().find(|s| values.clone().all(|v| s.holds(v))) {
            return Some(known);
        }
        let min = values.clone().fold(f32::INFINITY, f32::min);
        let max = values.fold(f32::NEG_INFINITY, f32::max);
        let step = if max > min { (max - min) / 100.0 } else { 1.0 };
        Some(Self::new(min, max, step))
    }

    /// The scale of two files together; none when they mean different things by the same number. Half and
    /// whole stars of five go together, and so do two scales that are no known ones.
    pub(super) fn join(self, other: Self) -> Option<Self> {
        let same = self.max == other.max && (self.min - other.min).abs() <= 1.0;
        let unknown = !KNOWN.contains(&self) && !KNOWN.contains(&other);
        (same || unknown).then(|| Self {
            min: self.min.min(other.min),
            max: self.max.max(other.max),
            step: self.step.min(other.step),
        })
    }

    fn holds(&self, value: f32) -> bool {
        (self.min..=self.max).contains(&value) && (value - self.min) % self.step == 0.0
    }
}

#[cfg(test)]
mod tests {
    use super::RatingScale;

    fn of(values: &[f32]) -> Option<(f32, f32, f32)> {
        RatingScale::of(values.iter().copied()).map(|s| (s.min, s.max, s.step))
    }

    #[test]
    fn known_scales_are_recognised_by_their_values() {
        assert_eq!(of(&[4.0, 5.0, 3.0]), Some((1.0, 5.0, 1.0)));
        assert_eq!(of(&[4.0, 3.5]), Some((0.5, 5.0, 0.5)));
        assert_eq!(of(&[7.0, 10.0]), Some((1.0, 10.0, 1.0)));
        assert_eq!(of(&[7.5, 10.0]), Some((0.0, 10.0, 0.5)));
        assert_eq!(of(&[55.0, 80.0]), Some((0.0, 100.0, 1.0)));
        assert_eq!(of(&[-1.0, 0.25, 1.0]), Some((-1.0, 1.0, 0.02)));
        assert_eq!(of(&[]), None);
    }

    #[test]
    fn only_scales_that_mean_the_same_join() {
        let scale = |values: [f32; 2]| RatingScale::of(values.into_iter()).expect("there are values");
        let (whole, half, ten) = (scale([1.0, 5.0]), scale([0.5, 5.0]), scale([1.0, 10.0]));
        assert_eq!(whole.join(half), Some(half));
        assert_eq!(half.join(whole), Some(half));
        assert_eq!(half.join(ten), None);
        assert!(scale([-1.0, 0.3]).join(scale([-0.7, 0.9])).is_some());
    }

    #[test]
    fn four_of_five_and_eight_of_ten_are_likes() {
        for (values, like, not) in [
            ([0.5, 5.0], 4.0, 3.5),
            ([1.0, 5.0], 4.0, 3.0),
            ([1.0, 10.0], 8.0, 7.0),
            ([-1.0, 1.0], 0.5, 0.0),
        ] {
            let above = RatingScale::of(values.into_iter()).expect("there are values").like_above();
            assert!(like > above && not <= above, "{values:?}");
        }
    }
}
