//! Datasets, algorithms, evaluation and packing.

pub mod dataset;
pub mod evaluate;
pub mod sparse;
pub mod split;
