//! A Gaussian belief about a visitor, made surer by answers.

/// The covariance of what is still unknown about the visitor in each direction.
#[derive(Debug, Clone)]
pub(super) struct Belief {
    dims: usize,
    covariance: Vec<f32>,
    noise: f32,
}

/// What an answer in some direction changes.
pub(super) struct Told {
    /// The covariance of everything with the answer; `dims` numbers.
    pub(super) step: Vec<f32>,
    /// The variance of the answer, noise included.
    pub(super) divisor: f32,
}

impl Belief {
    /// Unit variance in each direction; answers come with noise of this variance.
    pub(super) fn new(dims: usize, noise: f32) -> Self {
        let mut covariance = vec![0.0; dims * dims];
        covariance
            .iter_mut()
            .step_by(dims + 1)
            .for_each(|diagonal| *diagonal = 1.0);
        Belief {
            dims,
            covariance,
            noise,
        }
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

    /// Takes in an answer in direction `v`: the formula of Sherman and Morrison.
    pub(super) fn learn(&mut self, v: &[f32]) -> Told {
        let step = self.times(v);
        let divisor = self.noise + product(&step, v);
        for (row, &left) in self.covariance.chunks_exact_mut(self.dims).zip(&step) {
            for (value, &right) in row.iter_mut().zip(&step) {
                *value -= left * right / divisor;
            }
        }
        Told { step, divisor }
    }
}

fn product(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}
