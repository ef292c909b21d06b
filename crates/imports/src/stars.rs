//! Ratings on other scales.

use crate::row::Fault;

/// The scale a service rates on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scale {
    /// 0.5 to 5.
    Stars,
    /// 1 to 10.
    Ten,
}

impl Scale {
    /// Converts a rating to stars, 0.5 to 5, and to the nearest half.
    pub(crate) fn stars(self, rating: f64, column: &'static str) -> Result<f32, Fault> {
        let (least, most, halves, mend) = match self {
            Scale::Stars => (0.5, 5.0, rating * 2.0, "ratings here go from 0.5 to 5"),
            Scale::Ten => (1.0, 10.0, rating, "ratings here go from 1 to 10"),
        };
        if !(least..=most).contains(&rating) {
            return Err(Fault {
                column,
                what: format!("{rating} is not on the scale"),
                mend,
            });
        }
        Ok(halves.round() as f32 / 2.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_scale_becomes_half_stars() {
        let stars = |scale: Scale, rating| scale.stars(rating, "rating").ok();
        assert_eq!(stars(Scale::Ten, 10.0), Some(5.0));
        assert_eq!(stars(Scale::Ten, 7.0), Some(3.5));
        assert_eq!(stars(Scale::Ten, 1.0), Some(0.5));
        assert_eq!(stars(Scale::Stars, 0.5), Some(0.5));
        assert_eq!(stars(Scale::Stars, 5.0), Some(5.0));
        assert_eq!(stars(Scale::Stars, 3.3), Some(3.5));
    }

    #[test]
    fn what_is_off_the_scale_is_no_rating() {
        for (scale, rating) in [
            (Scale::Ten, 0.0),
            (Scale::Ten, 11.0),
            (Scale::Stars, 0.0),
            (Scale::Stars, 8.0),
        ] {
            assert!(scale.stars(rating, "rating").is_err(), "{rating}");
        }
        assert!(Scale::Stars.stars(f64::NAN, "rating").is_err());
    }
}
