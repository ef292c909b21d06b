//! Datasets, algorithms, evaluation and packing.
