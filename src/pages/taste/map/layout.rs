//! Where films lie on the map: the two directions in which their vectors differ most, pulled apart to be legible.

use matinee_format::Model;

/// Films that the directions are found by: the best known, whose vectors say most.
const SAMPLE: usize = 2500;
/// Steps of the power iteration, many more than vectors like these take.
const STEPS: usize = 60;
/// How much of a film's place is its rank and not its distance: films crowd where most taste is.
const SPREAD: f32 = 0.7;
/// Standard deviations beyond which a film is set at the edge.
const EDGE: f32 = 2.6;

/// A place on the map, from 0 to 1 across and down.
pub(super) type Spot = [f32; 2];

/// The places of a model's films, by row; none for a film of which nothing is known. The same model gives the same map.
pub(super) fn layout(model: &Model) -> Vec<Option<Spot>> {
    let vectors = Vectors::of(model);
    let Some(axes) = vectors.axes() else {
        return vec![None; model.len()];
    };
    let mut spots: Vec<Option<Spot>> = (0..model.len())
        .map(|row| {
            let vector = vectors.unit(row)?;
            Some([0, 1].map(|axis| dot(vector, &axes[axis])))
        })
        .collect();
    for axis in 0..2 {
        pull_apart(&mut spots, axis);
    }
    spots
}

/// Vectors of length one.
struct Vectors {
    dims: usize,
    numbers: Vec<f32>,
}

impl Vectors {
    fn of(model: &Model) -> Self {
        let dims = model.dims();
        let mut numbers = Vec::with_capacity(dims * model.len());
        for row in 0..model.len() as u32 {
            let codes = model.codes(row);
            let length = codes
                .iter()
                .map(|&code| f32::from(code) * f32::from(code))
                .sum::<f32>()
                .sqrt();
            // Nothing is known of a vector of zeros, and nothing divided by one stays nothing.
            let length = length.max(1.0);
            numbers.extend(codes.iter().map(|&code| f32::from(code) / length));
        }
        Self { dims, numbers }
    }

    fn unit(&self, row: usize) -> Option<&[f32]> {
        let vector = &self.numbers[row * self.dims..][..self.dims];
        vector.iter().any(|x| *x != 0.0).then_some(vector)
    }

    /// The first two principal components; `None` without enough films.
    fn axes(&self) -> Option<[Vec<f32>; 2]> {
        let dims = self.dims;
        let rows = self.numbers.len().checked_div(dims)?;
        let sample: Vec<&[f32]> = (0..rows)
            .filter_map(|row| self.unit(row))
            .take(SAMPLE)
            .collect();
        if sample.len() < 3 || dims < 2 {
            return None;
        }
        let mut mean = vec![0.0; dims];
        for vector in &sample {
            mean.iter_mut().zip(*vector).for_each(|(sum, x)| *sum += x);
        }
        mean.iter_mut().for_each(|x| *x /= sample.len() as f32);
        let mut covariance = vec![0.0; dims * dims];
        let mut centred = vec![0.0; dims];
        for vector in &sample {
            for (at, x) in centred.iter_mut().enumerate() {
                *x = vector[at] - mean[at];
            }
            for (row, x) in covariance.chunks_exact_mut(dims).zip(&centred) {
                row.iter_mut().zip(&centred).for_each(|(sum, y)| *sum += x * y);
            }
        }
        let first = strongest(&covariance, dims, None);
        let second = strongest(&covariance, dims, Some(&first));
        Some([first, second])
    }
}

/// The strongest direction of a covariance, at right angles to `but`, by power iteration from a fixed start.
fn strongest(covariance: &[f32], dims: usize, but: Option<&[f32]>) -> Vec<f32> {
    // Any start will do that the direction is not at right angles to.
    let mut axis: Vec<f32> = (0..dims).map(|at| 1.0 / (at + 1) as f32).collect();
    for _ in 0..STEPS {
        let mut next: Vec<f32> = covariance
            .chunks_exact(dims)
            .map(|row| dot(row, &axis))
            .collect();
        if let Some(but) = but {
            let along = dot(&next, but);
            next.iter_mut().zip(but).for_each(|(x, other)| *x -= along * other);
        }
        let length = dot(&next, &next).sqrt();
        if length <= f32::MIN_POSITIVE {
            break;
        }
        axis = next.into_iter().map(|x| x / length).collect();
    }
    axis
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Moves films along one axis towards the place that their rank has among all.
fn pull_apart(spots: &mut [Option<Spot>], axis: usize) {
    let mut order: Vec<(usize, f32)> = spots
        .iter()
        .enumerate()
        .filter_map(|(row, spot)| Some((row, (*spot)?[axis])))
        .collect();
    // Stable: of films on one place the better known comes first.
    order.sort_by(|a, b| a.1.total_cmp(&b.1));
    let count = order.len().max(1) as f32;
    let mean = order.iter().map(|(_, x)| x).sum::<f32>() / count;
    let variance = order.iter().map(|(_, x)| (x - mean).powi(2)).sum::<f32>() / count;
    let reach = EDGE * variance.sqrt().max(f32::MIN_POSITIVE);
    for (rank, (row, x)) in order.into_iter().enumerate() {
        let by_rank = (rank as f32 + 0.5) / count;
        let by_distance = (((x - mean) / reach).clamp(-1.0, 1.0) + 1.0) / 2.0;
        if let Some(spot) = &mut spots[row] {
            spot[axis] = SPREAD * by_rank + (1.0 - SPREAD) * by_distance;
        }
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    /// Two kinds of films at right angles, each a little different from the others, and one of which nothing is known.
    fn vectors() -> Vectors {
        let dims = 3;
        let mut numbers = Vec::new();
        for i in 0..40 {
            let angle = (i / 2) as f32 * 0.01 + if i % 2 == 0 { 0.0 } else { 1.5 };
            numbers.extend([angle.cos(), angle.sin(), 0.0]);
        }
        numbers.extend([0.0; 3]);
        Vectors { dims, numbers }
    }

    #[test]
    fn the_first_axis_tells_the_two_kinds_apart_and_the_second_is_another() {
        let vectors = vectors();
        let [first, second] = vectors.axes().expect("there are enough films");
        assert!(dot(&first, &second).abs() < 1e-3);
        assert!((dot(&first, &first) - 1.0).abs() < 1e-3);
        let along = |row: usize| dot(vectors.unit(row).expect("a vector"), &first);
        let sides: Vec<bool> = (0..40).map(|row| along(row) > along(40 - 1) - 0.5).collect();
        assert!(sides.iter().enumerate().all(|(row, side)| *side == (row % 2 == 1)));
        assert_eq!(vectors.unit(40), None);
        assert_eq!(vectors.axes(), Some([first, second]), "the same every time");
    }

    #[test]
    fn places_are_on_the_map_also_where_all_films_are_alike() {
        let mut spots: Vec<Option<Spot>> = vec![Some([0.5, 0.5]); 9];
        spots.push(None);
        spots.push(Some([9e9, -9e9]));
        for axis in 0..2 {
            pull_apart(&mut spots, axis);
        }
        let places = spots.iter().flatten().flatten();
        assert!(places.clone().all(|x| x.is_finite() && (0.0..=1.0).contains(x)));
        let apart: std::collections::BTreeSet<u32> =
            spots.iter().flatten().map(|spot| spot[0].to_bits()).collect();
        assert_eq!(apart.len(), 10, "pulled apart");
        assert_eq!(spots[9], None);
    }

    #[test]
    fn too_few_films_have_no_map() {
        let two = Vectors {
            dims: 2,
            numbers: vec![1.0, 0.0, 0.0, 1.0],
        };
        assert_eq!(two.axes(), None);
        let none = Vectors {
            dims: 0,
            numbers: Vec::new(),
        };
        assert_eq!(none.axes(), None);
    }
}
