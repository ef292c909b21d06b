//! Rating scales, found from the ratings or given.

use std::str::FromStr;

use hashbrown::HashMap;
use matinee_format::RatingScale;

/// The scales in use, narrowest first: a file that uses no half stars may still be on the half-star scale,
/// which means the same.
const KNOWN: [RatingScale; 6] = [
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
        min: 0.0,
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

/// The least and the best rating there can be, where that is known and not to be found from the ratings. Written
/// `1-10`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ScaleRange {
    min: f32,
    max: f32,
}

/// A scale that cannot be understood.
#[derive(Debug, thiserror::Error)]
#[error(
    "`{0}` is not a scale; write the least and the best rating there can be, such as 1-10 or 0.5-5"
)]
pub struct ScaleRangeError(String);

impl FromStr for ScaleRange {
    type Err = ScaleRangeError;

    fn from_str(range: &str) -> Result<Self, ScaleRangeError> {
        let error = || ScaleRangeError(range.into());
        // The first character may be a minus of its own.
        let dash = range.char_indices().skip(1).find(|&(_, c)| c == '-');
        let (at, _) = dash.ok_or_else(error)?;
        let number = |part: &str| part.trim().parse::<f32>().ok().filter(|x| x.is_finite());
        let min = number(&range[..at]).ok_or_else(error)?;
        let max = number(&range[at + 1..]).ok_or_else(error)?;
        (min < max && max > 0.0)
            .then_some(Self { min, max })
            .ok_or_else(error)
    }
}

/// The different values of a file's ratings: how many of each, and the line of the first.
#[derive(Default)]
pub(super) struct Values(HashMap<u32, (usize, u64)>);

/// A rating that is not on the scale of the others, or not on the one given.
pub(super) struct OffScale {
    pub(super) value: f32,
    pub(super) line: u64,
    /// The scale.
    pub(super) min: f32,
    pub(super) max: f32,
    /// Whether the scale was given.
    pub(super) given: bool,
}

/// When this share of the ratings is on a known scale and the rest goes beyond it, the rest is wrong.
const MOST: f64 = 0.99;
/// With fewer ratings than this, one that goes beyond the others says what the scale is.
const ENOUGH: usize = 100;

impl Values {
    /// Counts a rating that stands in `line`.
    pub(super) fn add(&mut self, value: f32, line: u64) {
        self.0.entry(value.to_bits()).or_insert((0, line)).0 += 1;
    }

    fn values(&self) -> impl Iterator<Item = f32> {
        self.0.keys().map(|&bits| f32::from_bits(bits))
    }

    /// The scale of the ratings: the one given, or else the narrowest known scale that holds them all; one that holds
    /// nearly all, when the others lie between its steps; or else the ratings' own range in a hundred steps. None
    /// without ratings.
    pub(super) fn scale(&self, given: Option<ScaleRange>) -> Result<Option<RatingScale>, OffScale> {
        if self.0.is_empty() {
            return Ok(None);
        }
        if let Some(ScaleRange { min, max }) = given {
            self.refuse_outside(min, max, true)?;
            let steps = [1.0, 0.5].map(|step| RatingScale { min, max, step });
            let fits = |scale: &RatingScale| holds(scale, max) && self.all_on(scale);
            return Ok(Some(
                steps.into_iter().find(fits).unwrap_or(hundred(min, max)),
            ));
        }
        let known = KNOWN.into_iter().find(|scale| self.all_on(scale));
        let total: usize = self.0.values().map(|(n, _)| n).sum();
        let share = |scale: &RatingScale| {
            let on = self
                .0
                .iter()
                .filter(|(bits, _)| holds(scale, f32::from_bits(**bits)));
            on.map(|(_, (n, _))| n).sum::<usize>() as f64 / total as f64
        };
        let nearly = KNOWN.into_iter().find(|scale| share(scale) >= MOST);
        if let Some(scale) = nearly.filter(|_| total >= ENOUGH)
            && known.is_none_or(|known| known.max > scale.max)
        {
            // Half and whole stars and a nought are one scale; what is beyond either end is not on it.
            self.refuse_outside(scale.min.min(0.0), scale.max, false)?;
            return Ok(Some(RatingScale {
                step: scale.step.min(0.5),
                ..scale
            }));
        }
        let own = || {
            let min = self.values().fold(f32::INFINITY, f32::min);
            let max = self.values().fold(f32::NEG_INFINITY, f32::max);
            hundred(min, max)
        };
        Ok(Some(known.unwrap_or_else(own)))
    }

    fn all_on(&self, scale: &RatingScale) -> bool {
        self.values().all(|value| holds(scale, value))
    }

    fn refuse_outside(&self, min: f32, max: f32, given: bool) -> Result<(), OffScale> {
        let outside = self
            .0
            .iter()
            .map(|(&bits, &(_, line))| (line, f32::from_bits(bits)));
        let first = outside
            .filter(|(_, value)| !(min..=max).contains(value))
            .min_by_key(|&(line, _)| line);
        first.map_or(Ok(()), |(line, value)| {
            Err(OffScale {
                value,
                line,
                min,
                max,
                given,
            })
        })
    }
}

fn holds(scale: &RatingScale, value: f32) -> bool {
    (scale.min..=scale.max).contains(&value) && (value - scale.min) % scale.step == 0.0
}

fn hundred(min: f32, max: f32) -> RatingScale {
    let step = if max > min { (max - min) / 100.0 } else { 1.0 };
    RatingScale { min, max, step }
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

    fn values(list: &[f32]) -> Values {
        let mut values = Values::default();
        for (&value, line) in list.iter().zip(2..) {
            values.add(value, line);
        }
        values
    }

    fn scale(list: &[f32]) -> RatingScale {
        let scale = values(list).scale(None).ok().expect("on one scale");
        scale.expect("there are values")
    }

    fn given(list: &[f32], range: &str) -> Result<Option<RatingScale>, OffScale> {
        values(list).scale(Some(range.parse().expect("a scale")))
    }

    #[test]
    fn a_scale_that_is_given_holds_and_refuses_what_is_outside() {
        let low = given(&[2.0, 4.0, 5.0], "1-10").ok().flatten();
        assert_eq!(low, Some(KNOWN[3]));
        let thumbs = given(&[-1.0, 1.0], "-1-1").ok().flatten();
        assert_eq!(
            thumbs.map(|s| (s.min, s.max, s.step)),
            Some((-1.0, 1.0, 1.0))
        );
        let off = given(&[2.0, 11.0, 12.0], "1-10").expect_err("11 is outside");
        assert_eq!((off.value, off.line), (11.0, 3));
        for bad in ["10", "5-1", "a-b", "-", "", "1-NaN", "é-5"] {
            assert!(bad.parse::<ScaleRange>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_lone_rating_beyond_the_scale_of_all_others_is_refused() {
        let mut stars: Vec<f32> = (0..300).map(|n| (n % 9 + 2) as f32 / 2.0).collect();
        for wrong in [55.0, -1.0, 10.0] {
            stars[200] = wrong;
            let off = values(&stars).scale(None).expect_err("off the scale");
            assert_eq!((off.value, off.line, off.max), (wrong, 202, 5.0));
        }
        // Between two steps, or nought, is no contradiction; nor are few half stars among whole ones.
        stars[200] = 3.7;
        assert_eq!(scale(&stars), KNOWN[1]);
        let mut whole: Vec<f32> = (0..300).map(|n| (n % 5 + 1) as f32).collect();
        whole[7] = 3.5;
        assert_eq!(scale(&whole), KNOWN[1]);
    }

    #[test]
    fn known_scales_are_recognised_by_their_values() {
        for (values, known) in [
            (&[4.0, 5.0, 3.0][..], KNOWN[0]),
            (&[4.0, 3.5], KNOWN[1]),
            (&[0.0, 3.5], KNOWN[2]),
            (&[7.0, 10.0], KNOWN[3]),
            (&[7.5, 10.0], KNOWN[4]),
            (&[55.0, 80.0], KNOWN[5]),
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
        assert!(matches!(values(&[]).scale(None), Ok(None)));
    }

    #[test]
    fn only_scales_that_mean_the_same_join() {
        let [whole, half, _, ten, ..] = KNOWN;
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
            (KNOWN[3], 8.0, 7.0),
            (scale(&[-1.0, 0.25, 1.0]), 0.25, 0.0),
        ] {
            assert!(
                like > like_above(&scale) && not <= like_above(&scale),
                "{scale:?}"
            );
        }
    }
}
