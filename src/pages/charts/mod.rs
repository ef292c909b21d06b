//! Quiet charts: labelled where they are looked at, readable without colour, with the table one key away.

mod bars;
mod figure;
mod lines;

pub(super) use bars::{Bar, Range, bars, ranges};
pub(super) use figure::{Figure, Table};
pub(super) use lines::{Line, lines};
