//! Item scales in two bytes.

/// A positive scale or a bias, kept as the upper half of an `f32` (bfloat16): range of `f32`, relative
/// precision 2^-8. Two bytes an item instead of four, and reading one back is a shift.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Scale(u16);

impl Scale {
    /// The nearest scale to `value`, ties to even. Not-a-number stays not-a-number.
    pub fn nearest(value: f32) -> Self {
        let bits = value.to_bits();
        if value.is_nan() {
            return Scale((bits >> 16) as u16 | 0x40);
        }
        let round = 0x7fff + ((bits >> 16) & 1);
        Scale((bits.wrapping_add(round) >> 16) as u16)
    }

    /// The scale whose stored form is `bits`.
    pub const fn from_bits(bits: u16) -> Self {
        Scale(bits)
    }

    /// The stored form.
    pub const fn to_bits(self) -> u16 {
        self.0
    }

    /// The value, exactly.
    pub const fn value(self) -> f32 {
        f32::from_bits((self.0 as u32) << 16)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn nearest_is_within_half_a_step(value in prop::num::f32::NORMAL) {
            let back = Scale::nearest(value).value();
            prop_assume!(back.is_finite());
            prop_assert!((back - value).abs() <= value.abs() / 256.0);
        }

        #[test]
        fn stored_values_are_fixed_points(bits in any::<u16>()) {
            let scale = Scale::from_bits(bits);
            prop_assume!(scale.value().is_finite());
            prop_assert_eq!(Scale::nearest(scale.value()), scale);
        }
    }
}
