//! Spherical k-means: groups of directions.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;

/// Starts, of which the best is kept.
const STARTS: u64 = 8;
/// Most rounds of one start.
const ROUNDS: usize = 60;

/// Unit vectors of `k` groups, found from unit vectors `points` by Lloyd's rounds after k-means++ seeding (Arthur and
/// Vassilvitskii, 2007). The same points and seed give the same groups on any number of threads.
pub(super) fn centres(points: &[Vec<f64>], k: usize, seed: u64) -> Vec<Vec<f64>> {
    let run = |start: u64| {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(start);
        let mut centres = seeded(points, k, &mut rng);
        let mut groups = vec![usize::MAX; points.len()];
        for _ in 0..ROUNDS {
            let next: Vec<usize> = points
                .iter()
                .map(|point| nearest(&centres, point).0)
                .collect();
            if next == groups {
                break;
            }
            groups = next;
            for (group, centre) in centres.iter_mut().enumerate() {
                let members = points.iter().zip(&groups).filter(|(_, of)| **of == group);
                let mut sum = vec![0.0; centre.len()];
                for (point, _) in members {
                    sum.iter_mut().zip(point).for_each(|(sum, x)| *sum += x);
                }
                // A group that lost all its members stays where it is.
                if let Some(mean) = unit(&sum) {
                    *centre = mean;
                }
            }
        }
        let closeness: f64 = points.iter().map(|point| nearest(&centres, point).1).sum();
        (closeness, centres)
    };
    let runs: Vec<_> = (0..STARTS).into_par_iter().map(run).collect();
    let best = runs
        .into_iter()
        .reduce(|best, run| if run.0 > best.0 { run } else { best });
    best.map(|(_, centres)| centres).unwrap_or_default()
}

/// The group that points most nearly the same way, and the cosine.
pub(super) fn nearest(centres: &[Vec<f64>], point: &[f64]) -> (usize, f64) {
    let mut best = (0, f64::NEG_INFINITY);
    for (group, centre) in centres.iter().enumerate() {
        let cosine = dot(centre, point);
        if cosine > best.1 {
            best = (group, cosine);
        }
    }
    best
}

/// The vector with length 1; none of length 0.
pub(super) fn unit(vector: &[f64]) -> Option<Vec<f64>> {
    let length = dot(vector, vector).sqrt();
    (length > 1e-12).then(|| vector.iter().map(|x| x / length).collect())
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Centres drawn with a chance proportional to the squared distance from those already drawn.
fn seeded(points: &[Vec<f64>], k: usize, rng: &mut ChaCha8Rng) -> Vec<Vec<f64>> {
    let mut centres = vec![points[rng.random_range(0..points.len())].clone()];
    while centres.len() < k {
        let far: Vec<f64> = points
            .iter()
            .map(|point| (1.0 - nearest(&centres, point).1).max(0.0))
            .collect();
        let mut left = rng.random::<f64>() * far.iter().sum::<f64>();
        let drawn = far.iter().position(|far| {
            left -= far;
            left < 0.0
        });
        centres.push(points[drawn.unwrap_or(points.len() - 1)].clone());
    }
    centres
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_directions_are_found_whatever_the_order() {
        let axis = |n: usize, wobble: f64| {
            let mut vector = vec![wobble, wobble / 2.0, -wobble];
            vector[n] += 1.0;
            unit(&vector).expect("it has a length")
        };
        let points: Vec<Vec<f64>> = (0..30).map(|i| axis(i % 3, 0.01 * i as f64)).collect();
        let centres = centres(&points, 3, 5);
        let groups: Vec<usize> = points
            .iter()
            .map(|point| nearest(&centres, point).0)
            .collect();
        for i in 0..27 {
            assert_eq!(groups[i], groups[i + 3]);
        }
        assert!(groups[0] != groups[1] && groups[1] != groups[2] && groups[0] != groups[2]);
    }

    #[test]
    fn the_thread_count_changes_no_bit() {
        let points: Vec<Vec<f64>> = (0..200_u32)
            .filter_map(|i| {
                unit(&[
                    f64::from(i % 7),
                    f64::from(i % 11) - 5.0,
                    f64::from(i % 13) - 6.0,
                ])
            })
            .collect();
        let run = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
            pool.expect("a thread pool")
                .install(|| centres(&points, 5, 1))
        };
        assert_eq!(run(1), run(3));
    }
}
