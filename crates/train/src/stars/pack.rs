//! From a fit to the head that ships.

use matinee_format::{
    Feedback, FormatError, Model, ModelCard, RatingScale, Scale, StarHead, StarPrior,
};
use nalgebra::{DMatrix, DVector, SymmetricEigen};

use super::fit::Fit;
use super::small::cholesky;
use crate::model::header;
use crate::pack::{Description, pack, pack_with_stars};
use crate::quantise::Quantised;

/// Largest prior precision written: of a factor that no film has, it may be anything.
const SUREST: f64 = 1e6;
/// Largest absolute code.
const LEVELS: f64 = 127.0;

/// How a linear prediction and its standard deviation are read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reading {
    /// Half the width of an 80% interval, in standard deviations.
    pub width: f64,
    /// The expected rating, about the mean, as a polynomial of the linear prediction.
    pub curve: [f64; 4],
}

impl Reading {
    /// As they are.
    pub(super) const PLAIN: Self = Self {
        width: 1.0,
        curve: [0.0, 1.0, 0.0, 0.0],
    };
}

/// Rounds a fit to a head. `step` is what a code of a typical visitor's prediction stands for, in standard deviations
/// of the noise; larger where an item would not fit. `reading` is how
/// predictions become ratings and intervals.
///
/// Factors are turned so that, over ratings, visitors' factors are uncorrelated and of variance 1, and items' prior
/// precision is diagonal. Then one step suits all factors, and what is unsure of an item after `n` ratings is one
/// number a factor: `1 / (precision + n * information)`.
///
/// # Errors
/// When a number is beyond what the format allows.
pub(super) fn head(fit: &Fit, step: f64, reading: &Reading) -> Result<StarHead, FormatError> {
    let d = fit.dims;
    let k = d + 2;
    let turn = Turn::of(fit);

    let numbers: Vec<DVector<f64>> = fit.items.iter().map(|item| &turn.items * item).collect();
    let steps: Vec<f32> = (1..k)
        .map(|at| {
            let peak = numbers
                .iter()
                .map(|item| item[at].abs())
                .fold(0.0, f64::max);
            (step * fit.noise.sqrt()).max(peak / LEVELS) as f32
        })
        .collect();
    let code =
        |(&x, &step): (&f64, &f32)| (x / f64::from(step)).round().clamp(-LEVELS, LEVELS) as i8;
    let codes = numbers
        .iter()
        .flat_map(|item| {
            item.as_slice()[1..]
                .iter()
                .zip(&steps)
                .map(code)
                .collect::<Vec<i8>>()
        })
        .collect();

    let moment = fit.user_moment[(1, 1)] / fit.noise;
    let information = (1..k).map(|at| if at == 1 { moment } else { 1.0 / fit.noise });
    let precision = std::iter::once(fit.item_precision[0]).chain(turn.precisions.iter().copied());
    // Turned coefficients v' have v = users * v'.
    let prior = turn.users.transpose() * &fit.user_precision * &turn.users;
    let triangle = cholesky(&prior).l();
    // The map takes sums of items as they were.
    let mut undo = DMatrix::identity(k + 2, k + 2);
    undo.view_mut((0, 0), (k, k)).copy_from(&turn.items_back);
    let map = &turn.users_back * &fit.map * undo;
    let rows = |matrix: &DMatrix<f64>, row: usize, columns: usize| -> Vec<f32> {
        (0..columns)
            .map(|column| matrix[(row, column)] as f32)
            .collect()
    };
    let prior = StarPrior {
        dims: d as u16,
        mean: fit.mean as f32,
        noise: fit.noise as f32,
        noise_weight: fit.noise_weight as f32,
        width: reading.width as f32,
        curve: reading.curve.iter().map(|&c| c as f32).collect(),
        steps,
        precision: precision.map(|x| x.clamp(1e-4, SUREST) as f32).collect(),
        information: information.map(|x| x as f32).collect(),
        triangle: (0..k)
            .flat_map(|row| rows(&triangle, row, row + 1))
            .collect(),
        map: (0..k).flat_map(|row| rows(&map, row, k + 2)).collect(),
    };
    StarHead::new(prior, codes)
}

/// A change of coordinates that leaves every product of an item and a visitor as it is.
struct Turn {
    /// Turned items from items, and back.
    items: DMatrix<f64>,
    items_back: DMatrix<f64>,
    /// Visitors from turned visitors, and back.
    users: DMatrix<f64>,
    users_back: DMatrix<f64>,
    /// Prior precision of turned factors.
    precisions: DVector<f64>,
}

impl Turn {
    fn of(fit: &Fit) -> Self {
        let d = fit.dims;
        let mut moment = fit.user_moment.view((2, 2), (d, d)).into_owned();
        for at in 0..d {
            // A factor that nobody has still needs a scale.
            moment[(at, at)] += 1e-6;
        }
        // Visitors: first to variance 1 by the inverse of L, then turned by R'. Items: by L', then R'.
        let lower = cholesky(&moment).l();
        let inverse = lower
            .solve_lower_triangular(&DMatrix::identity(d, d))
            .expect("a Cholesky factor has no zero on its diagonal");
        let spread = DMatrix::from_diagonal(&fit.item_precision.rows(1, d).into_owned());
        let eigen = SymmetricEigen::new(&inverse * spread * inverse.transpose());
        let turn = eigen.eigenvectors;
        let whole = |factors: DMatrix<f64>| {
            let mut whole = DMatrix::identity(d + 2, d + 2);
            whole.view_mut((2, 2), (d, d)).copy_from(&factors);
            whole
        };
        Turn {
            items: whole(turn.transpose() * lower.transpose()),
            items_back: whole(inverse.transpose() * &turn),
            users: whole(&lower * &turn),
            users_back: whole(turn.transpose() * &inverse),
            precisions: eigen.eigenvalues,
        }
    }
}

/// A model file with this head and nothing else that matters, decoded: what a browser would have. Returns the
/// model, the row of each item and the bytes that the head adds to the file. `counts` are the items' ratings in training.
///
/// # Errors
/// When the head breaks a rule of the format.
pub(super) fn packed(
    head: &StarHead,
    counts: &[u32],
    scale: RatingScale,
) -> Result<(Model, Vec<u32>, usize), FormatError> {
    let items: Vec<Description> = counts
        .iter()
        .enumerate()
        .map(|(item, &popularity)| Description {
            id: item.to_string(),
            title: item.to_string(),
            popularity,
            ..Description::default()
        })
        .collect();
    let vectors = Quantised {
        levels: 1,
        codes: vec![vec![0]; items.len()],
        in_scales: vec![Scale::default(); items.len()],
        out_scales: vec![Scale::default(); items.len()],
    };
    let steps = ((scale.max - scale.min) / scale.step).round() as usize;
    let feedback = Feedback {
        scale: Some(scale),
        weights: vec![0.0; steps + 1],
        not_for_me: 0.0,
        mean: 0.0,
        own_mean: 0.0,
        watched: Vec::new(),
    };
    let header = header("evaluation", Vec::new(), feedback, ModelCard::default());
    let without = pack(header.clone(), &items, &vectors)?;
    let with = pack_with_stars(header, &items, &vectors, Some(head))?;
    let model = Model::decode(&with)?;
    let row = |item: usize| {
        model
            .row_of(&item.to_string())
            .expect("every item was packed")
    };
    let rows = (0..items.len()).map(row).collect();
    Ok((model, rows, with.len() - without.len()))
}
