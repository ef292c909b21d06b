//! From floating-point vectors to a few levels and a scale for each row.

use matinee_format::Scale;
use rayon::prelude::*;

use crate::dlae::Factors;

/// Quantised item vectors with the scales that go with them.
#[derive(Debug, Clone, PartialEq)]
pub struct Quantised {
    /// Largest absolute code.
    pub levels: u8,
    /// A row of codes for each item.
    pub codes: Vec<Vec<i8>>,
    /// The row's step times its in-scale.
    pub in_scales: Vec<Scale>,
    /// The row's step times its out-scale.
    pub out_scales: Vec<Scale>,
}

/// Steps tried for each row, as parts of the one that just reaches its largest entry. Cutting a lone peak short
/// often costs less than coarse steps for all the rest.
const CUTS: [f32; 9] = [1.0, 0.94, 0.88, 0.82, 0.76, 0.7, 0.64, 0.58, 0.52];

/// Rounds every row to codes from `-levels` to `levels`, with the step that loses least of it (squared error).
/// A row that is not zero has a code that is not zero.
pub fn quantise(factors: &Factors, levels: u8) -> Quantised {
    let rows: Vec<(Vec<i8>, f32)> = (0..factors.items())
        .into_par_iter()
        .map(|item| quantise_row(factors.vector(item), levels))
        .collect();
    let scale = |(&scale, row): (&f32, &(Vec<i8>, f32))| Scale::nearest(scale * row.1);
    Quantised {
        levels,
        in_scales: factors.in_scales.iter().zip(&rows).map(scale).collect(),
        out_scales: factors.out_scales.iter().zip(&rows).map(scale).collect(),
        codes: rows.into_iter().map(|(codes, _)| codes).collect(),
    }
}

fn quantise_row(row: &[f32], levels: u8) -> (Vec<i8>, f32) {
    let peak = row.iter().fold(0.0_f32, |peak, x| peak.max(x.abs()));
    if peak == 0.0 {
        return (vec![0; row.len()], 0.0);
    }
    let top = f32::from(levels);
    let code = |x: f32, step: f32| (x / step).round().clamp(-top, top);
    let loss = |step: f32| {
        row.iter()
            .map(|&x| (x - code(x, step) * step).powi(2))
            .sum::<f32>()
    };
    let step = CUTS
        .into_iter()
        .map(|cut| peak * cut / top)
        .min_by(|&a, &b| loss(a).total_cmp(&loss(b)))
        .expect("there are steps to choose from");
    (row.iter().map(|&x| code(x, step) as i8).collect(), step)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_row_is_lost_and_no_code_leaves_its_range(
            row in prop::collection::vec(-1e-6f32..1e3, 1..40),
            levels in 1u8..=127,
        ) {
            let (codes, step) = quantise_row(&row, levels);
            prop_assert!(codes.iter().all(|c| c.unsigned_abs() <= levels));
            prop_assert_eq!(codes.iter().any(|&c| c != 0), row.iter().any(|&x| x != 0.0));
            prop_assert!(step.is_finite());
        }

        #[test]
        fn more_levels_come_closer(row in prop::collection::vec(-1.0f32..1.0, 8..40)) {
            let error = |levels| {
                let (codes, step) = quantise_row(&row, levels);
                row.iter().zip(codes).map(|(x, c)| (x - f32::from(c) * step).powi(2)).sum::<f32>()
            };
            prop_assert!(error(127) <= error(7));
        }
    }
}
