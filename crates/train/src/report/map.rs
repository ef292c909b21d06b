//! A map of the best-known films: alike ones lie side by side.
//!
//! t-SNE (van der Maaten and Hinton, 2008), exact as there are few films, and deterministic: it starts from the two
//! directions in which the vectors differ most.

use matinee_format::Model;

use crate::trends::Assignment;

/// Films on the map.
const FILMS: usize = 400;
/// Neighbours that each film attends to, roughly.
const PERPLEXITY: f64 = 18.0;
/// Steps of the descent, of which the first fourth pulls harder.
const STEPS: usize = 600;
const EXAGGERATION: f64 = 6.0;

/// A film on the map.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Title, for people.
    pub title: String,
    /// Year of release, where known.
    pub year: Option<u16>,
    /// Its taste group, where it has one.
    pub group: Option<usize>,
    /// Ratings in training; places are in descending order of it.
    pub ratings: u32,
    /// From 0 at the left to 1 at the right.
    pub x: f64,
    /// From 0 at the top to 1 at the bottom.
    pub y: f64,
}

/// Lays out the most-rated films of a model.
pub(super) fn map(model: &Model, assignment: &Assignment) -> Vec<Place> {
    let rows: Vec<u32> = (0..model.len().min(FILMS) as u32)
        .filter(|&row| model.codes(row).iter().any(|&code| code != 0))
        .collect();
    let vectors: Vec<Vec<f64>> = rows
        .iter()
        .map(|&row| {
            let codes: Vec<f64> = model
                .codes(row)
                .iter()
                .map(|&code| f64::from(code))
                .collect();
            let length = codes.iter().map(|x| x * x).sum::<f64>().sqrt();
            codes.iter().map(|x| x / length).collect()
        })
        .collect();
    let spots = layout(&vectors);
    let place = |(&row, [x, y]): (&u32, [f64; 2])| {
        let item = model.item(row);
        Place {
            title: item.title.to_owned(),
            year: item.year,
            group: assignment.of_row[row as usize].map(|(group, _)| group),
            ratings: item.popularity,
            x,
            y,
        }
    };
    rows.iter().zip(spots).map(place).collect()
}

/// A spot in the unit square for each unit vector.
fn layout(vectors: &[Vec<f64>]) -> Vec<[f64; 2]> {
    let n = vectors.len();
    if n < 3 {
        return (0..n).map(|i| [0.25 + 0.5 * i as f64, 0.5]).collect();
    }
    let distances: Vec<f64> = vectors
        .iter()
        .flat_map(|a| {
            vectors
                .iter()
                .map(|b| 2.0 - 2.0 * a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>())
        })
        .collect();
    let p = affinities(&distances, n);
    let mut spots = principal(vectors);
    let mut speed = vec![[0.0; 2]; n];
    for step in 0..STEPS {
        let early = step < STEPS / 4;
        let pull = if early { EXAGGERATION } else { 1.0 };
        let momentum = if early { 0.5 } else { 0.8 };
        let forces = gradient(&spots, &p, pull);
        for ((spot, speed), force) in spots.iter_mut().zip(&mut speed).zip(forces) {
            for axis in 0..2 {
                speed[axis] = momentum * speed[axis] - n as f64 / EXAGGERATION * force[axis];
                spot[axis] += speed[axis];
            }
        }
    }
    fit(&mut spots);
    spots
}

/// Symmetric joint probabilities of neighbours, each film's of the same perplexity.
fn affinities(distances: &[f64], n: usize) -> Vec<f64> {
    let mut p = vec![0.0; n * n];
    let target = PERPLEXITY.min((n - 1) as f64 / 3.0).max(1.5).ln();
    for i in 0..n {
        let row = &distances[i * n..][..n];
        let (mut low, mut high, mut precision) = (0.0_f64, f64::INFINITY, 1.0_f64);
        let mut weights = vec![0.0; n];
        for _ in 0..60 {
            for (j, weight) in weights.iter_mut().enumerate() {
                *weight = if i == j {
                    0.0
                } else {
                    (-precision * row[j]).exp()
                };
            }
            let sum: f64 = weights.iter().sum::<f64>().max(f64::MIN_POSITIVE);
            let mean = weights.iter().zip(row).map(|(w, d)| w * d).sum::<f64>() / sum;
            let entropy = sum.ln() + precision * mean;
            weights.iter_mut().for_each(|weight| *weight /= sum);
            if entropy > target {
                low = precision;
                precision = if high.is_finite() {
                    (low + high) / 2.0
                } else {
                    precision * 2.0
                };
            } else {
                high = precision;
                precision = (low + high) / 2.0;
            }
        }
        p[i * n..][..n].copy_from_slice(&weights);
    }
    let joint = |i: usize, j: usize| ((p[i * n + j] + p[j * n + i]) / (2 * n) as f64).max(1e-12);
    (0..n * n).map(|at| joint(at / n, at % n)).collect()
}

fn gradient(spots: &[[f64; 2]], p: &[f64], pull: f64) -> Vec<[f64; 2]> {
    let n = spots.len();
    let nearness =
        |a: [f64; 2], b: [f64; 2]| 1.0 / (1.0 + (a[0] - b[0]).powi(2) + (a[1] - b[1]).powi(2));
    let near: Vec<f64> = (0..n * n)
        .map(|at| {
            if at / n == at % n {
                0.0
            } else {
                nearness(spots[at / n], spots[at % n])
            }
        })
        .collect();
    let sum: f64 = near.iter().sum();
    (0..n)
        .map(|i| {
            let mut force = [0.0; 2];
            for j in 0..n {
                let q = near[i * n + j];
                let tension = 4.0 * (pull * p[i * n + j] - q / sum) * q;
                force[0] += tension * (spots[i][0] - spots[j][0]);
                force[1] += tension * (spots[i][1] - spots[j][1]);
            }
            force
        })
        .collect()
}

/// The two principal components, scaled to be small, by power iteration from fixed starts.
fn principal(vectors: &[Vec<f64>]) -> Vec<[f64; 2]> {
    let dims = vectors[0].len();
    let n = vectors.len() as f64;
    let mean: Vec<f64> = (0..dims)
        .map(|k| vectors.iter().map(|v| v[k]).sum::<f64>() / n)
        .collect();
    let centred: Vec<Vec<f64>> = vectors
        .iter()
        .map(|v| v.iter().zip(&mean).map(|(x, mean)| x - mean).collect())
        .collect();
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let mut found: Vec<Vec<f64>> = Vec::new();
    for start in 0..2_usize {
        // Any start will do that no component is orthogonal to.
        let mut axis: Vec<f64> = (0..dims)
            .map(|k| 1.0 / (1 + (k + 3 * start) % dims) as f64)
            .collect();
        for _ in 0..100 {
            let mut next = vec![0.0; dims];
            for v in &centred {
                let along = dot(v, &axis);
                next.iter_mut()
                    .zip(v)
                    .for_each(|(sum, x)| *sum += along * x);
            }
            for other in &found {
                let along = dot(&next, other);
                next.iter_mut()
                    .zip(other)
                    .for_each(|(x, other)| *x -= along * other);
            }
            let length = dot(&next, &next).sqrt().max(f64::MIN_POSITIVE);
            axis = next.into_iter().map(|x| x / length).collect();
        }
        found.push(axis);
    }
    let mut spots: Vec<[f64; 2]> = centred
        .iter()
        .map(|v| [dot(v, &found[0]), dot(v, &found[1])])
        .collect();
    let spread = (spots.iter().map(|spot| spot[0] * spot[0]).sum::<f64>() / n).sqrt();
    for (i, spot) in spots.iter_mut().enumerate() {
        for (axis, x) in spot.iter_mut().enumerate() {
            // Twins would stay on one spot for ever.
            *x = *x / spread.max(f64::MIN_POSITIVE) * 1e-2 + 1e-6 * ((i * 2 + axis) % 17) as f64;
        }
    }
    spots
}

/// Moves the spots into the unit square, with a margin, each axis on its own scale.
fn fit(spots: &mut [[f64; 2]]) {
    for axis in 0..2 {
        let values = || spots.iter().map(|spot| spot[axis]);
        let (low, high) = (
            values().fold(f64::INFINITY, f64::min),
            values().fold(f64::NEG_INFINITY, f64::max),
        );
        let span = (high - low).max(f64::MIN_POSITIVE);
        spots
            .iter_mut()
            .for_each(|spot| spot[axis] = 0.03 + 0.94 * (spot[axis] - low) / span);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn films_of_a_kind_come_together() {
        // Two kinds, ten degrees wide and at right angles.
        let vector = |i: usize| {
            let angle = (i / 2) as f64 * 0.01
                + if i.is_multiple_of(2) {
                    0.0
                } else {
                    std::f64::consts::FRAC_PI_2
                };
            vec![angle.cos(), angle.sin(), 0.0]
        };
        let spots = layout(&(0..40).map(vector).collect::<Vec<_>>());
        let distance = |a: usize, b: usize| {
            ((spots[a][0] - spots[b][0]).powi(2) + (spots[a][1] - spots[b][1]).powi(2)).sqrt()
        };
        let nearest = |a: usize| {
            (0..40)
                .filter(|&b| b != a)
                .min_by(|&b, &c| distance(a, b).total_cmp(&distance(a, c)))
                .expect("there are others")
        };
        assert!((0..40).all(|a| nearest(a) % 2 == a % 2));
        assert!(spots.iter().flatten().all(|x| (0.0..=1.0).contains(x)));
    }

    #[test]
    fn the_same_vector_twice_and_very_few_films_are_no_trouble() {
        let spots = layout(&vec![vec![1.0, 0.0]; 5]);
        assert!(spots.iter().flatten().all(|x| x.is_finite()));
        assert_eq!(layout(&[vec![1.0, 0.0]]).len(), 1);
    }
}
