//! The format from outside: round trips, streams, every kind of damage, and the golden file.

mod caution;
mod damage;
mod forged;
mod golden;
mod raw;
mod round_trip;
mod sample;
mod stars;
mod streaming;
mod watching;
