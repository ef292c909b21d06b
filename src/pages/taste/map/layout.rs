//! Where films lie on the map, so that alike ones lie side by side.
//!
//! The best-known films are laid out by t-SNE (van der Maaten and Hinton, 2008), exact as there are few, from the two
//! directions in which their vectors differ most. Every other film goes to the ones among these that it is most like. The
//! same model gives the same map.

use matinee_format::Model;

/// Films that are laid out by themselves, the best known.
const LANDMARKS: usize = 420;
/// Neighbours that each of them attends to, roughly.
const PERPLEXITY: f32 = 12.0;
/// Steps of the descent, of which the first fourth pulls harder.
const DESCENT: usize = 280;
const EXAGGERATION: f32 = 6.0;
/// Landmarks that decide where another film goes, and how much more the nearest counts.
const DECIDE: usize = 4;
const SHARPNESS: f32 = 12.0;
/// Films placed at a time.
const PIECE: usize = 200;
/// Steps of the power iteration, many more than vectors like these take.
const STEPS: usize = 60;
/// How much of a film's place is its rank and not its distance: films crowd where most taste is.
const SPREAD: f32 = 0.55;
/// Standard deviations beyond which a film is set at the edge.
const EDGE: f32 = 2.4;

/// A place on the map, from 0 to 1 across and down.
pub(super) type Spot = [f32; 2];

/// A map in the making. Each step is short, so that the page gets its turn between them.
pub(super) struct Layout {
    vectors: Vectors,
    /// Rows of the films that are laid out by themselves.
    landmarks: Vec<usize>,
    /// How much each attends to each.
    affinities: Vec<f32>,
    /// Where they are so far, and which way they go.
    places: Vec<Spot>,
    speeds: Vec<Spot>,
    descended: usize,
    spots: Vec<Option<Spot>>,
    placed: usize,
}

impl Layout {
    /// Begins the map of a model's films.
    pub(super) fn new(model: &Model) -> Self {
        Self::of(Vectors::of(model))
    }

    fn of(vectors: Vectors) -> Self {
        let rows = vectors.rows();
        let known = (0..rows).filter(|row| vectors.unit(*row).is_some());
        let landmarks: Vec<usize> = known.take(LANDMARKS).collect();
        let places = match vectors.axes(&landmarks) {
            Some(axes) => start(&vectors, &landmarks, &axes),
            None => Vec::new(),
        };
        let affinities = if places.is_empty() {
            Vec::new()
        } else {
            affinities(&vectors, &landmarks)
        };
        Self {
            affinities,
            speeds: vec![[0.0; 2]; places.len()],
            descended: 0,
            spots: vec![None; rows],
            placed: 0,
            landmarks,
            places,
            vectors,
        }
    }

    /// A step further; whether there is another one.
    pub(super) fn advance(&mut self) -> bool {
        if self.places.is_empty() {
            return false;
        }
        if self.descended < DESCENT {
            self.descend();
            return true;
        }
        let rows = self.vectors.rows();
        let to = (self.placed + PIECE).min(rows);
        for row in self.placed..to {
            self.spots[row] = self.place(row);
        }
        self.placed = to;
        if to < rows {
            return true;
        }
        for axis in 0..2 {
            pull_apart(&mut self.spots, axis);
        }
        false
    }

    /// The places, by row; none for a film of which nothing is known.
    pub(super) fn spots(self) -> Vec<Option<Spot>> {
        self.spots
    }

    fn descend(&mut self) {
        let early = self.descended < DESCENT / 4;
        let pull = if early { EXAGGERATION } else { 1.0 };
        let momentum = if early { 0.5 } else { 0.8 };
        let n = self.places.len();
        let forces = forces(&self.places, &self.affinities, pull);
        for ((place, speed), force) in self.places.iter_mut().zip(&mut self.speeds).zip(forces) {
            for axis in 0..2 {
                speed[axis] = momentum * speed[axis] - n as f32 / EXAGGERATION * force[axis];
                place[axis] += speed[axis];
            }
        }
        self.descended += 1;
    }

    /// Where a film goes: to the landmarks that it is most like, and a landmark to itself.
    fn place(&self, row: usize) -> Option<Spot> {
        if let Ok(at) = self.landmarks.binary_search(&row) {
            return Some(self.places[at]);
        }
        let vector = self.vectors.unit(row)?;
        let mut nearest = [(f32::NEG_INFINITY, 0); DECIDE];
        for (at, landmark) in self.landmarks.iter().enumerate() {
            let alike = self
                .vectors
                .unit(*landmark)
                .map_or(0.0, |other| dot(vector, other));
            if let Some(place) = nearest.iter().position(|(other, _)| alike > *other) {
                nearest[place..].rotate_right(1);
                nearest[place] = (alike, at);
            }
        }
        let best = nearest[0].0;
        let (mut sum, mut weights) = ([0.0; 2], 0.0);
        for (alike, at) in nearest {
            let weight = ((alike - best) * SHARPNESS).exp();
            weights += weight;
            for (sum, place) in sum.iter_mut().zip(self.places[at]) {
                *sum += weight * place;
            }
        }
        // Films that are like the same ones would lie in one spot; their own numbers set them apart.
        let apart = [0, 1].map(|axis| vector.iter().skip(axis).step_by(2).sum::<f32>());
        let reach = self.reach() * 0.04;
        Some([0, 1].map(|axis| sum[axis] / weights + reach * apart[axis]))
    }

    /// How far the landmarks lie apart, roughly.
    fn reach(&self) -> f32 {
        let first = self.places.iter().map(|place| place[0].abs());
        first.sum::<f32>() / self.places.len().max(1) as f32
    }
}

/// The two principal components of the landmarks, scaled to be small.
fn start(vectors: &Vectors, landmarks: &[usize], axes: &[Vec<f32>; 2]) -> Vec<Spot> {
    let along = |(at, row): (usize, &usize)| {
        let vector = vectors.unit(*row).unwrap_or_default();
        // Twins would stay on one spot for ever.
        [0, 1].map(|axis| 0.02 * dot(vector, &axes[axis]) + 1e-6 * ((at * 2 + axis) % 17) as f32)
    };
    landmarks.iter().enumerate().map(along).collect()
}

/// Symmetric joint probabilities of neighbours, each film's of the same perplexity.
fn affinities(vectors: &Vectors, landmarks: &[usize]) -> Vec<f32> {
    let n = landmarks.len();
    let unit = |at: usize| vectors.unit(landmarks[at]).unwrap_or_default();
    let target = PERPLEXITY.min((n - 1) as f32 / 3.0).max(1.5).ln();
    let mut p = vec![0.0; n * n];
    let mut weights = vec![0.0_f32; n];
    for i in 0..n {
        let distances: Vec<f32> = (0..n).map(|j| 2.0 - 2.0 * dot(unit(i), unit(j))).collect();
        let (mut low, mut high, mut precision) = (0.0_f32, f32::INFINITY, 1.0_f32);
        for _ in 0..30 {
            for (j, weight) in weights.iter_mut().enumerate() {
                *weight = if i == j {
                    0.0
                } else {
                    (-precision * distances[j]).exp()
                };
            }
            let sum = weights.iter().sum::<f32>().max(f32::MIN_POSITIVE);
            let mean = weights
                .iter()
                .zip(&distances)
                .map(|(w, d)| w * d)
                .sum::<f32>()
                / sum;
            weights.iter_mut().for_each(|weight| *weight /= sum);
            if sum.ln() + precision * mean > target {
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
    let joint = |i: usize, j: usize| ((p[i * n + j] + p[j * n + i]) / (2 * n) as f32).max(1e-9);
    (0..n * n).map(|at| joint(at / n, at % n)).collect()
}

/// The gradient at each place.
fn forces(places: &[Spot], p: &[f32], pull: f32) -> Vec<Spot> {
    let n = places.len();
    let near = |a: Spot, b: Spot| 1.0 / (1.0 + (a[0] - b[0]).powi(2) + (a[1] - b[1]).powi(2));
    let mut sum = 0.0;
    for (i, a) in places.iter().enumerate() {
        sum += 2.0 * places[..i].iter().map(|b| near(*a, *b)).sum::<f32>();
    }
    let sum = sum.max(f32::MIN_POSITIVE);
    let force = |(i, a): (usize, &Spot)| {
        let mut force = [0.0; 2];
        for (b, p) in places.iter().zip(&p[i * n..]) {
            let q = near(*a, *b);
            let tension = 4.0 * (pull * p - q / sum) * q;
            force[0] += tension * (a[0] - b[0]);
            force[1] += tension * (a[1] - b[1]);
        }
        force
    };
    places.iter().enumerate().map(force).collect()
}

/// Directions of films from what all of them have in common, each of length one.
struct Vectors {
    dims: usize,
    numbers: Vec<f32>,
}

impl Vectors {
    fn of(model: &Model) -> Self {
        let codes = (0..model.len() as u32).flat_map(|row| model.codes(row));
        let numbers = codes.map(|&code| f32::from(code)).collect();
        Self::new(model.dims(), numbers)
    }

    fn new(dims: usize, numbers: Vec<f32>) -> Self {
        let mut vectors = Self { dims, numbers };
        vectors.stretch();
        // Of nothing nothing is known, and it has no part in what the others have in common.
        let known: Vec<usize> = (0..vectors.rows())
            .filter(|row| vectors.unit(*row).is_some())
            .collect();
        let mut mean = vec![0.0; dims];
        let sample = &known[..known.len().min(LANDMARKS)];
        for vector in sample.iter().filter_map(|row| vectors.unit(*row)) {
            mean.iter_mut().zip(vector).for_each(|(sum, x)| *sum += x);
        }
        mean.iter_mut()
            .for_each(|x| *x /= sample.len().max(1) as f32);
        for row in known {
            let vector = &mut vectors.numbers[row * dims..][..dims];
            vector
                .iter_mut()
                .zip(&mean)
                .for_each(|(x, mean)| *x -= mean);
        }
        vectors.stretch();
        vectors
    }

    /// Makes every vector one long that is not nothing.
    fn stretch(&mut self) {
        if self.dims == 0 {
            return;
        }
        for vector in self.numbers.chunks_exact_mut(self.dims) {
            let length = dot(vector, vector).sqrt();
            if length > 0.0 {
                vector.iter_mut().for_each(|x| *x /= length);
            }
        }
    }

    fn rows(&self) -> usize {
        self.numbers.len().checked_div(self.dims).unwrap_or(0)
    }

    fn unit(&self, row: usize) -> Option<&[f32]> {
        let vector = &self.numbers[row * self.dims..][..self.dims];
        vector.iter().any(|x| *x != 0.0).then_some(vector)
    }

    /// The first two principal components of some of them; `None` where there are not enough.
    fn axes(&self, rows: &[usize]) -> Option<[Vec<f32>; 2]> {
        let dims = self.dims;
        if rows.len() < 3 || dims < 2 {
            return None;
        }
        let mut covariance = vec![0.0; dims * dims];
        for vector in rows.iter().filter_map(|row| self.unit(*row)) {
            for (row, x) in covariance.chunks_exact_mut(dims).zip(vector) {
                row.iter_mut()
                    .zip(vector)
                    .for_each(|(sum, y)| *sum += x * y);
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
            next.iter_mut()
                .zip(but)
                .for_each(|(x, other)| *x -= along * other);
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

    /// Two kinds of films, one a quarter turn from the other, and one of which nothing is known.
    fn vectors(count: usize) -> Vectors {
        let vector = |i: usize| {
            let angle = (i / 2) as f32 * 0.002 + if i.is_multiple_of(2) { 0.0 } else { 1.57 };
            [angle.cos(), angle.sin(), 0.2]
        };
        let numbers = (0..count).flat_map(vector).chain([0.0; 3]).collect();
        Vectors::new(3, numbers)
    }

    fn laid_out(vectors: Vectors) -> Vec<Option<Spot>> {
        let mut layout = Layout::of(vectors);
        while layout.advance() {}
        layout.spots()
    }

    #[test]
    fn films_of_a_kind_come_together_also_those_that_are_no_landmarks() {
        let count = LANDMARKS + 60;
        let spots = laid_out(vectors(count));
        assert_eq!(spots.len(), count + 1);
        assert_eq!(spots[count], None);
        assert_eq!(spots, laid_out(vectors(count)), "the same every time");
        let places: Vec<Spot> = spots.into_iter().flatten().collect();
        let within = |x: &f32| x.is_finite() && (0.0..=1.0).contains(x);
        assert!(places.iter().flatten().all(within));
        let apart = |a: usize, b: usize| {
            (places[a][0] - places[b][0]).powi(2) + (places[a][1] - places[b][1]).powi(2)
        };
        let nearest = |a: usize| {
            let others = (0..count).filter(|&b| b != a);
            others.min_by(|&b, &c| apart(a, b).total_cmp(&apart(a, c)))
        };
        let same = |a: &usize| nearest(*a).is_some_and(|b| a % 2 == b % 2);
        assert!((0..count).filter(same).count() > count * 95 / 100);
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
        assert!(
            places
                .clone()
                .all(|x| x.is_finite() && (0.0..=1.0).contains(x))
        );
        let apart: std::collections::BTreeSet<u32> = spots
            .iter()
            .flatten()
            .map(|spot| spot[0].to_bits())
            .collect();
        assert_eq!(apart.len(), 10, "pulled apart");
        assert_eq!(spots[9], None);
        let twins = laid_out(Vectors::new(2, [1.0, 0.0].repeat(30)));
        assert!(twins.iter().flatten().flatten().all(|x| x.is_finite()));
    }

    #[test]
    fn too_few_films_have_no_map() {
        let two = laid_out(Vectors::new(2, vec![1.0, 0.0, 0.0, 1.0]));
        assert_eq!(two, [None, None]);
        assert!(laid_out(Vectors::new(0, Vec::new())).is_empty());
    }
}
