//! Datasets, algorithms, evaluation and packing.

pub mod catalogue;
pub mod content;
pub mod dataset;
pub mod dlae;
pub mod evaluate;
pub mod grades;
pub mod model;
pub mod pack;
pub mod quantise;
pub mod sparse;
pub mod split;
pub mod svd;
