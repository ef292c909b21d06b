//! Bytes against accuracy: shorter vectors, coarser codes.

use indicatif::ProgressBar;
use matinee_format::{FormatError, ModelCard, Scale};

use crate::evaluate::{Estimate, FitError, Metric, Settings, evaluate};
use crate::model::{Dlae, Trained, header};
use crate::pack::{Description, pack};
use crate::quantise::Quantised;
use crate::split::Split;

/// Lengths of vectors tried.
const DIMS: [usize; 4] = [16, 32, 64, 128];
/// Largest codes tried.
const LEVELS: [u8; 3] = [3, 7, 31];

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
    judged: &Dlae,
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
        let dlae = Dlae {
            dims,
            levels,
            ..judged.clone()
        };
        let trained = dlae.train(&split.train, settings);
        let model = dlae.recommender(&split.train, &trained)?;
        let evaluation = evaluate(model.as_ref(), &split.test, split.items.len());
        progress.inc(1);
        sizes.push(Size {
            dims,
            levels,
            bytes_an_item: bytes_an_item(&trained)?,
            ndcg: evaluation.estimate(Metric::Ndcg100),
            ships: (dims, levels) == (judged.dims, judged.levels),
        });
    }
    Ok(sizes)
}

/// What vectors and scales add to a file, by packing it with them and without.
fn bytes_an_item(trained: &Trained) -> Result<f64, FormatError> {
    let items: Vec<Description> = (0..trained.vectors.codes.len())
        .map(|item| Description {
            id: item.to_string(),
            title: "a".to_owned(),
            ..Description::default()
        })
        .collect();
    let nothing = Quantised {
        levels: 1,
        codes: vec![vec![0]; items.len()],
        in_scales: vec![Scale::default(); items.len()],
        out_scales: vec![Scale::default(); items.len()],
    };
    let header = || {
        header(
            "size",
            Vec::new(),
            trained.feedback.clone(),
            ModelCard::default(),
        )
    };
    let with = pack(header(), &items, &trained.vectors)?.len();
    let without = pack(header(), &items, &nothing)?.len();
    Ok(with.saturating_sub(without) as f64 / items.len() as f64)
}
