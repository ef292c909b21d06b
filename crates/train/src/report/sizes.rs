//! Bytes against accuracy: shorter vectors, coarser codes.

use indicatif::ProgressBar;
use matinee_format::{FormatError, Model, ModelCard, Scale};

use crate::evaluate::{Estimate, FitError, Metric, Settings, evaluate};
use crate::model::{Ranker, header};
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

/// What vectors and scales add to a file, by packing it with them and without.
fn bytes_an_item(model: &Model) -> Result<f64, FormatError> {
    let rows = 0..model.len() as u32;
    let items: Vec<Description> = rows
        .clone()
        .map(|row| Description {
            id: row.to_string(),
            title: "a".to_owned(),
            // Keeps the order, in which neighbours compress.
            popularity: model.len() as u32 - row,
            ..Description::default()
        })
        .collect();
    let vectors = Quantised {
        levels: model.header().levels,
        codes: rows.clone().map(|row| model.codes(row).to_vec()).collect(),
        in_scales: rows
            .map(|row| Scale::nearest(model.in_scale(row)))
            .collect(),
        out_scales: model
            .out_scales()
            .iter()
            .map(|&scale| Scale::nearest(scale))
            .collect(),
    };
    let nothing = Quantised {
        levels: 1,
        codes: vec![vec![0]; items.len()],
        in_scales: vec![Scale::default(); items.len()],
        out_scales: vec![Scale::default(); items.len()],
    };
    let header = || {
        let feedback = model.header().feedback.clone();
        header("size", Vec::new(), feedback, ModelCard::default())
    };
    let with = pack(header(), &items, &vectors)?.len();
    let without = pack(header(), &items, &nothing)?.len();
    Ok(with.saturating_sub(without) as f64 / items.len() as f64)
}
