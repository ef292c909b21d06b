//! What everything that reads ratings shares: the `--columns` option, and what is said of the reading.

use std::str::FromStr;

use matinee_train::dataset::{Columns, Ratings};

/// `--columns`, which may be left out.
#[derive(Clone)]
pub(crate) struct ColumnsArg(pub(crate) Columns);

impl FromStr for ColumnsArg {
    type Err = <Columns as FromStr>::Err;

    fn from_str(list: &str) -> Result<Self, Self::Err> {
        if list.is_empty() {
            Ok(Self(Columns::default()))
        } else {
            list.parse().map(Self)
        }
    }
}

/// Says what was put right in reading.
pub(crate) fn repairs(ratings: &Ratings) {
    if ratings.merged_users > 0 {
        eprintln!(
            "{} users are in two files and were made one",
            ratings.merged_users
        );
    }
    let repairs = ratings.repairs;
    if repairs.duplicates > 0 {
        eprintln!(
            "{} events were of a user and an item that have another: the newest rating counts",
            repairs.duplicates
        );
    }
    if repairs.repeated_watching > 0 {
        eprintln!(
            "{} watching events stand there twice, to the second, and count once",
            repairs.repeated_watching
        );
    }
    if repairs.added_up > 0 {
        eprintln!(
            "{} watching events were added to others of the same user and item",
            repairs.added_up
        );
    }
    if repairs.repeats > 0 {
        eprintln!(
            "{} events repeat another of the same user and item and count as more of it",
            repairs.repeats
        );
    }
    if repairs.finer_times > 0 {
        eprintln!(
            "{} timestamps were in milliseconds or finer and were made seconds",
            repairs.finer_times
        );
    }
}
