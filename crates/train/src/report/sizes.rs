//! Bytes against accuracy: shorter vectors, coarser codes.

use indicatif::ProgressBar;

use crate::evaluate::{Estimate, FitError, Metric, Settings, bytes_an_item, evaluate};
use crate::model::Ranker;
use crate::split::Split;

/// Lengths of vectors tried.
const DIMS: [usize; 4] = [16, 32, 64, 128];
/// Largest codes tried.
const LEVELS: [u8; 3] = [15, 63, 127];

/// The model at one size.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Size {
    /// Length of the vectors.
    pub dims: usize,
    /// Largest absolute code.
    pub levels: u8,
    /// Bytes an item takes in the file for its vector and scales, compressed.
    pub bytes_an_item: f64,
    /// NDCG@100 of the test users.
    pub ndcg: Estimate,
    /// Whether the model ships at this size.
    pub ships: bool,
}

/// Trains and judges the model at several sizes, all else as chosen; its own size is among them.
pub(super) fn sizes(
    judged: &Ranker,
    split: &Split,
    settings: &Settings,
    progress: &ProgressBar,
) -> Result<Vec<Size>, FitError> {
    let mut all: Vec<(usize, u8)> = DIMS
        .into_iter()
        .flat_map(|dims| LEVELS.map(|levels| (dims, levels)))
        .collect();
    all.push((judged.dims, judged.levels));
    all.sort_unstable();
    all.dedup();
    let mut sizes = Vec::new();
    for (dims, levels) in all {
        progress.set_message(format!("judging {dims} dimensions, codes to {levels}"));
        let ranker = Ranker {
            dims,
            levels,
            ..judged.clone()
        };
        let packed = ranker.fit_packed(&split.train, settings)?;
        let evaluation = evaluate(&packed, &split.test, split.items.len());
        progress.inc(1);
        sizes.push(Size {
            dims,
            levels,
            bytes_an_item: bytes_an_item(packed.model())?,
            ndcg: evaluation.estimate(Metric::Ndcg100),
            ships: (dims, levels) == (judged.dims, judged.levels),
        });
    }
    Ok(sizes)
}
