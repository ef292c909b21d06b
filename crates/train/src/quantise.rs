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

/// No row is rounded so coarsely that its largest entry falls below this code: also of films that few know, it must
/// remain in which direction they lie.
const LEAST_PEAK: f32 = 2.0;

/// Rounds every row to codes from `-levels` to `levels`. What a row loses counts as often as the item is met with, so
/// steps shrink with the fourth root of its ratings (`popularity`): on MovieLens 1M, 60 bytes an item then rank like
/// unrounded vectors, where steps in proportion to each row's own length lose .002 of NDCG@100. `levels` is the
/// code that the largest of all entries gets; a row that is not zero has a code that is not zero.
pub fn quantise(factors: &Factors, popularity: &[u32], levels: u8) -> Quantised {
    let top = f32::from(levels);
    let weight = |item: usize| (1.0 + popularity[item] as f32).sqrt().sqrt();
    let peak = |item: usize| {
        factors
            .vector(item)
            .iter()
            .fold(0.0_f32, |peak, x| peak.max(x.abs()))
    };
    let heaviest = (0..factors.items())
        .map(|item| peak(item) * weight(item))
        .fold(0.0_f32, f32::max);
    let rows: Vec<(Vec<i8>, f32)> = (0..factors.items())
        .into_par_iter()
        .map(|item| {
            let coarsest = peak(item) / LEAST_PEAK.min(top);
            let step = (heaviest / top / weight(item)).min(coarsest);
            (quantise_row(factors.vector(item), step, top), step)
        })
        .collect();
    let scale = |(&scale, row): (&f32, &(Vec<i8>, f32))| Scale::nearest(scale * row.1);
    Quantised {
        levels,
        in_scales: factors.in_scales.iter().zip(&rows).map(scale).collect(),
        out_scales: factors.out_scales.iter().zip(&rows).map(scale).collect(),
        codes: rows.into_iter().map(|(codes, _)| codes).collect(),
    }
}

fn quantise_row(row: &[f32], step: f32, top: f32) -> Vec<i8> {
    if step == 0.0 {
        return vec![0; row.len()];
    }
    row.iter()
        .map(|&x| (x / step).round().clamp(-top, top) as i8)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Rows of the given lengths in one direction, which quantising must keep.
    fn rows(lengths: &[f32], row: &[f32]) -> Factors {
        Factors {
            dims: row.len(),
            vectors: lengths
                .iter()
                .flat_map(|length| row.iter().map(move |x| x * length))
                .collect(),
            in_scales: vec![1.0; lengths.len()],
            out_scales: vec![1.0; lengths.len()],
        }
    }

    /// Squared error of each row, as a part of its squared length.
    fn losses(factors: &Factors, quantised: &Quantised) -> Vec<f32> {
        let loss = |item: usize| {
            let step = quantised.out_scales[item].value();
            let row = factors.vector(item);
            let codes = &quantised.codes[item];
            let error: f32 = row
                .iter()
                .zip(codes)
                .map(|(x, &c)| (x - f32::from(c) * step).powi(2))
                .sum();
            error / row.iter().map(|x| x * x).sum::<f32>()
        };
        (0..factors.items()).map(loss).collect()
    }

    proptest! {
        #[test]
        fn no_row_is_lost_and_no_code_leaves_its_range(
            row in prop::collection::vec(-1e3f32..1e3, 1..40),
            lengths in prop::collection::vec(1e-9f32..1.0, 1..6),
            levels in 1u8..=127,
        ) {
            let popularity: Vec<u32> = (0..lengths.len() as u32).map(|i| i * i * 1000).collect();
            let quantised = quantise(&rows(&lengths, &row), &popularity, levels);
            for codes in &quantised.codes {
                prop_assert!(codes.iter().all(|c| c.unsigned_abs() <= levels));
                prop_assert_eq!(codes.iter().any(|&c| c != 0), row.iter().any(|&x| x != 0.0));
            }
            prop_assert!(quantised.out_scales.iter().all(|scale| scale.value().is_finite()));
        }

        #[test]
        fn more_levels_come_closer(row in prop::collection::vec(-1.0f32..1.0, 8..40)) {
            let factors = rows(&[1.0], &row);
            let loss = |levels| losses(&factors, &quantise(&factors, &[100], levels))[0];
            prop_assert!(loss(127) <= loss(7));
        }
    }

    #[test]
    fn what_is_much_rated_is_kept_more_exactly() {
        let factors = rows(&[1.0; 3], &[0.91, -0.43, 0.27, 0.088, -0.61]);
        let lost = losses(&factors, &quantise(&factors, &[10_000, 100, 0], 127));
        assert!(lost[0] < lost[1] && lost[1] < lost[2], "{lost:?}");
    }
}
