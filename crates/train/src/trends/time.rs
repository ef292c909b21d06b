//! By year, month and weekday of the rating.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Serialize;

use super::films::Films;
use super::movers::{Movers, movers};
use super::{Genre, Mean, rounded};

/// What needs timestamps.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Time {
    /// The day of the first rating, `1996-03-29`.
    pub first_day: String,
    /// The day of the last.
    pub last_day: String,
    /// The years from the first to the last; the four columns below have a row each.
    pub years: Vec<i16>,
    /// Ratings given in that year.
    pub ratings: Vec<usize>,
    /// People who gave them.
    pub raters: Vec<usize>,
    /// Their mean, where there is one.
    pub mean: Vec<Option<f64>>,
    /// Mean age in years of the films rated that year, where there is one.
    pub film_age: Vec<Option<f64>>,
    /// For each of [`Trends::genres`](super::Trends::genres), its part of each year's ratings in thousandths. A film
    /// of three genres counts for each.
    pub genre_years: Vec<Vec<u16>>,
    /// Seven rows, Monday first.
    pub weekdays: Calendar,
    /// Twelve rows, January first.
    pub months: Calendar,
    /// For each genre, its part of each month's ratings in thousandths, all years together.
    pub genre_months: Vec<Vec<u16>>,
    /// Films on their way up and down.
    pub movers: Movers,
}

/// Columns of equal length, a row a weekday or month.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Calendar {
    /// Ratings.
    pub ratings: Vec<usize>,
    /// Days on which somebody rated, each person counted by themselves: one evening of a heavy rater weighs no more
    /// than anybody's.
    pub sittings: Vec<usize>,
    /// Mean rating, where there is one.
    pub mean: Vec<Option<f64>>,
}

/// None where no rating has a time.
pub(super) fn time(films: &Films<'_>, genres: &[Genre]) -> Option<Time> {
    let mut dated: Vec<(Date, &super::films::Event)> = films
        .events
        .iter()
        .filter_map(|event| Some((day(event.timestamp)?, event)))
        .collect();
    let first = dated.iter().map(|(day, _)| *day).min()?;
    let last = dated.iter().map(|(day, _)| *day).max()?;
    // A person's days come together, so that sittings and raters are counted by looking at the one before.
    dated.sort_by_key(|(day, event)| (event.user, *day));

    let years = usize::try_from(last.year() - first.year()).unwrap_or(0) + 1;
    let column = |name: &str| genres.iter().position(|genre| genre.name == name);
    let number: Vec<Option<usize>> = films
        .model
        .header()
        .genres
        .iter()
        .map(|name| column(name))
        .collect();
    let mut by_year = vec![Tally::default(); years];
    let (mut by_weekday, mut by_month) = (vec![Tally::default(); 7], vec![Tally::default(); 12]);
    let mut age = vec![Mean::default(); years];
    let mut genre_years = vec![vec![0; years]; genres.len()];
    let mut genre_months = vec![vec![0; 12]; genres.len()];
    let mut before: Option<(u32, Date)> = None;
    for &(day, event) in &dated {
        let year = (day.year() - first.year()) as usize;
        let month = (day.month() - 1) as usize;
        let weekday = day.weekday().to_monday_zero_offset() as usize;
        let same_person = before.is_some_and(|(user, _)| user == event.user);
        let same_year = same_person && before.is_some_and(|(_, other)| other.year() == day.year());
        let same_day = before == Some((event.user, day));
        by_year[year].add(event.value, !same_year);
        by_month[month].add(event.value, !same_day);
        by_weekday[weekday].add(event.value, !same_day);
        if let Some(released) = films.model.item(event.row).year {
            age[year].add(Some(f32::from(day.year() - released as i16)));
        }
        for genre in films.genres(event.row).filter_map(|genre| number[genre]) {
            genre_years[genre][year] += 1;
            genre_months[genre][month] += 1;
        }
        before = Some((event.user, day));
    }
    Some(Time {
        first_day: first.to_string(),
        last_day: last.to_string(),
        years: (first.year()..=last.year()).collect(),
        ratings: by_year.iter().map(|year| year.ratings).collect(),
        raters: by_year.iter().map(|year| year.occasions).collect(),
        mean: by_year.iter().map(|year| year.mean.value()).collect(),
        film_age: age.into_iter().map(Mean::value).collect(),
        genre_years: thousandths(genre_years, &by_year),
        genre_months: thousandths(genre_months, &by_month),
        weekdays: calendar(&by_weekday),
        months: calendar(&by_month),
        movers: movers(films),
    })
}

/// The UTC day of a time; none where the time is unknown or beyond the calendar.
pub(super) fn day(seconds: i64) -> Option<Date> {
    let time = Timestamp::from_second(seconds)
        .ok()
        .filter(|_| seconds > 0)?;
    Some(time.to_zoned(TimeZone::UTC).date())
}

#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    ratings: usize,
    occasions: usize,
    mean: Mean,
}

impl Tally {
    fn add(&mut self, value: Option<f32>, new_occasion: bool) {
        self.ratings += 1;
        self.occasions += usize::from(new_occasion);
        self.mean.add(value);
    }
}

fn calendar(tallies: &[Tally]) -> Calendar {
    Calendar {
        ratings: tallies.iter().map(|tally| tally.ratings).collect(),
        sittings: tallies.iter().map(|tally| tally.occasions).collect(),
        mean: tallies.iter().map(|tally| tally.mean.value()).collect(),
    }
}

fn thousandths(counts: Vec<Vec<usize>>, of: &[Tally]) -> Vec<Vec<u16>> {
    let part = |(count, of): (usize, &Tally)| match of.ratings {
        0 => 0,
        all => rounded(count as f64 / all as f64 * 1e3).round() as u16,
    };
    counts
        .into_iter()
        .map(|row| row.into_iter().zip(of).map(part).collect())
        .collect()
}
