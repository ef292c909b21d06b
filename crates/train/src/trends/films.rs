//! Ratings beside what the model knows of the films.

use matinee_format::Model;

use super::time::day;
use crate::dataset::Ratings;

/// One rating of a film in the model.
#[derive(Debug, Clone, Copy)]
pub(super) struct Event {
    pub(super) user: u32,
    /// The film's row in the model.
    pub(super) row: u32,
    pub(super) value: Option<f32>,
    /// Seconds since 1970; 0 or less where unknown, as it is where nobody can have seen the film by then.
    pub(super) timestamp: i64,
}

pub(super) struct Films<'a> {
    pub(super) model: &'a Model,
    /// Sorted by user.
    pub(super) events: Vec<Event>,
}

impl<'a> Films<'a> {
    pub(super) fn new(ratings: &Ratings, model: &'a Model) -> Self {
        let rows: Vec<Option<u32>> = ratings.items.iter().map(|id| model.row_of(id)).collect();
        let event = |rating: &crate::dataset::Rating| {
            let row = rows[rating.item as usize]?;
            Some(Event {
                user: rating.user,
                row,
                value: rating.value,
                timestamp: if possible(rating.timestamp, model.item(row).year) {
                    rating.timestamp
                } else {
                    0
                },
            })
        };
        Self {
            model,
            events: ratings.events.iter().filter_map(event).collect(),
        }
    }

    /// The rows of the films with a rating, ascending.
    pub(super) fn rated(&self) -> Vec<u32> {
        let mut rated = vec![false; self.model.len()];
        self.events
            .iter()
            .for_each(|event| rated[event.row as usize] = true);
        (0..)
            .zip(rated)
            .filter(|(_, rated)| *rated)
            .map(|(row, _)| row)
            .collect()
    }

    /// The film's genres, as indices into the header's table.
    pub(super) fn genres(&self, row: u32) -> impl Iterator<Item = usize> + use<> {
        let mask = self.model.item(row).genres;
        (0..64).filter(move |genre| mask >> genre & 1 == 1)
    }
}

/// Whether a film of that year can have been rated then. Catalogues differ by a year in when a film came out.
fn possible(timestamp: i64, released: Option<u16>) -> bool {
    let (Some(day), Some(released)) = (day(timestamp), released) else {
        return true;
    };
    i32::from(day.year()) + 1 >= i32::from(released)
}
