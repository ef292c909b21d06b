//! Datasets, algorithms, evaluation and packing.

pub mod audit;
pub mod baselines;
pub mod catalogue;
pub mod content;
pub mod dataset;
pub mod dlae;
pub mod evaluate;
pub mod features;
pub mod grades;
pub mod ials;
pub mod model;
pub mod new_items;
pub mod pack;
pub mod pipeline;
pub mod quantise;
pub mod report;
pub mod sparse;
pub mod split;
pub mod stars;
pub mod svd;
pub mod synth;
pub mod trends;
