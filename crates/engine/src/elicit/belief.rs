//! A Gaussian belief about a visitor, made surer by answers.

/// A direction that the visitor leans in, and the covariance of what is still unknown about it.
#[derive(Debug, Clone)]
pub(super) struct Belief {
    dims: usize,
    mean: Vec<f32>,
    covariance: Vec<f32>,
    noise: f32,
}

impl Belief {
    /// No leaning, unit variance in each direction; answers come with noise of this variance.
    pub(super) fn new(dims: usize, noise: f32) -> Self {
        let mut covariance = vec![0.0; dims * dims];
        covariance
            .iter_mut()
            .step_by(dims + 1)
            .for_each(|diagonal| *diagonal = 1.0);
        Belief {
            dims,
            mean: vec![0.0; dims],
            covariance,
            noise,
        }
    }

    /// How far the visitor leans towards `codes`, in units of their length.
    pub(super) fn leaning(&self, codes: &[i8]) -> f32 {
        let pairs = self.mean.iter().zip(codes);
        pairs.map(|(&mean, &code)| mean * f32::from(code)).sum()
    }

    /// `v' C v`.
    pub(super) fn variance(&self, v: &[f32]) -> f32 {
        product(&self.times(v), v)
    }

    fn times(&self, v: &[f32]) -> Vec<f32> {
        self.covariance
            .chunks_exact(self.dims)
            .map(|row| product(row, v))
            .collect()
    }

    /// Takes in an answer in direction `v` that is `surprise` above what was expected: the formula of Sherman and
    /// Morrison.
    pub(super) fn learn(&mut self, v: &[f32], surprise: f32) {
        let step = self.times(v);
        let divisor = self.noise + product(&step, v);
        for (row, &left) in self.covariance.chunks_exact_mut(self.dims).zip(&step) {
            for (value, &right) in row.iter_mut().zip(&step) {
                *value -= left * right / divisor;
            }
        }
        for (mean, step) in self.mean.iter_mut().zip(&step) {
            *mean += step * surprise / divisor;
        }
    }
}

fn product(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}
