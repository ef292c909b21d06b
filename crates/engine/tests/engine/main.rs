//! The engine from outside: ratings in, lists, questions and stars out.
#![allow(
    clippy::unwrap_used,
    missing_docs,
    reason = "a test may panic, and documents itself by its names"
)]

mod elicit;
mod group;
mod list;
mod recommend;
mod sample;
mod stars;
