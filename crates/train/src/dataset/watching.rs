//! How long was watched, read as a rating.

use std::path::Path;

use csv::ByteRecord;
use matinee_format::{Feedback, MAX_RUNTIMES, RatingScale, half_hours, share_corrected};
use rayon::prelude::*;

use super::{DataError, Rating, Ratings, Table, shortened, text};

/// Shares are told apart in so many steps, so that what counts equal ratings finds some.
const STEPS: f32 = 100.0;
/// What ratings are on where nothing but watching tells of them; between two steps, weights are interpolated.
const SHARES: RatingScale = RatingScale {
    min: 0.0,
    max: 1.0,
    step: 0.05,
};
/// Runtimes in seconds: shorter ones are more likely minutes, longer ones milliseconds.
const RUNTIMES: std::ops::RangeInclusive<f64> = 60.0..=86_400.0;
/// When half the runtimes of a file are below this many seconds, they are minutes.
const SHORT: f64 = 300.0;
/// Nobody watches an item so many times in one event: the two columns have different units.
const TIMES: f64 = 30.0;
/// When in a file of this many events nobody watched more than this share, they have different units too.
const ENOUGH: usize = 100;
const LITTLE: f64 = 1.0 / TIMES;
/// Usual events that those of a runtime class are averaged with.
const USUAL_EVENTS: f64 = 50.0;
/// Runtimes that fewer events than this share are of, or of longer ones, have no class of their own.
const RARE: f64 = 0.01;

/// The positions of the columns that tell what was watched.
#[derive(Debug, Clone, Copy)]
pub(super) struct WatchingColumns {
    pub(super) seconds: usize,
    pub(super) runtime: usize,
}

/// An item and how much of it a user watched.
#[derive(Debug, Clone, Copy)]
pub(super) struct Watching {
    pub(super) user: u32,
    pub(super) item: u32,
    pub(super) watched: Watched,
    pub(super) timestamp: i64,
}

/// How much was watched.
#[derive(Debug, Clone, Copy)]
pub(super) struct Watched {
    /// 0 to 1.
    share: f64,
    /// Runtime in seconds.
    runtime: f64,
}

impl WatchingColumns {
    /// How much was watched by the row last read; none where that is left empty.
    pub(super) fn read(
        self,
        table: &Table,
        row: &ByteRecord,
    ) -> Result<Option<Watched>, DataError> {
        let Some(seconds) = number(table, self.seconds, row, "a number of seconds watched")? else {
            return Ok(None);
        };
        let seconds_wrong = |what: String, mend: &str| Err(table.cell(self.seconds, what, mend));
        let runtime_wrong = |what: String, mend: &str| Err(table.cell(self.runtime, what, mend));
        if seconds < 0.0 {
            let what = format!("{seconds} seconds were watched");
            return seconds_wrong(what, "write 0 or more");
        }
        let Some(runtime) = number(table, self.runtime, row, "a runtime")? else {
            let mend = "write how many seconds the item runs, or leave out how many were watched";
            return runtime_wrong("the runtime is missing".into(), mend);
        };
        if !RUNTIMES.contains(&runtime) {
            let mend = match runtime {
                r if r <= 0.0 => "write how many seconds the item runs",
                r if r < 60.0 => {
                    "write seconds, a minute at least; minutes have to be multiplied by 60"
                }
                _ => "write seconds, 86400 at most; milliseconds have to be divided by 1000",
            };
            return runtime_wrong(format!("a runtime of {runtime} seconds"), mend);
        }
        if seconds > TIMES * runtime {
            let what = format!("{seconds} seconds were watched of {runtime}");
            return seconds_wrong(what, "write both this and the runtime in seconds");
        }
        Ok(Some(Watched {
            share: (seconds / runtime).min(1.0),
            runtime,
        }))
    }
}

fn number(
    table: &Table,
    column: usize,
    row: &ByteRecord,
    what: &str,
) -> Result<Option<f64>, DataError> {
    let cell = text(row[column].trim_ascii());
    if cell.is_empty() {
        return Ok(None);
    }
    match cell.parse::<f64>() {
        Ok(number) if number.is_finite() => Ok(Some(number)),
        _ => Err(table.cell(
            column,
            format!("`{}` is not {what}", shortened(&cell)),
            "write a number such as 5400",
        )),
    }
}

/// Refuses the events of a file whose columns are, as a whole, hardly in seconds.
pub(super) fn refuse_other_units(path: &Path, events: &[Watching]) -> Result<(), DataError> {
    if events.is_empty() {
        return Ok(());
    }
    let mut runtimes: Vec<f64> = events.iter().map(|event| event.watched.runtime).collect();
    let middle = runtimes.len() / 2;
    let (_, &mut median, _) = runtimes.select_nth_unstable_by(middle, f64::total_cmp);
    if median < SHORT {
        let what = format!("half the runtimes are {median} seconds or shorter");
        let mend = "write seconds; minutes have to be multiplied by 60";
        return Err(DataError::file(path, what, mend));
    }
    let most = events
        .iter()
        .map(|event| event.watched.share)
        .fold(0.0, f64::max);
    if events.len() >= ENOUGH && most < LITTLE {
        let what = format!(
            "in {} events nobody watched more than {:.1}% of anything",
            events.len(),
            100.0 * most
        );
        let mend = "write both seconds_watched and runtime in seconds";
        return Err(DataError::file(path, what, mend));
    }
    Ok(())
}

/// Turns what was watched into ratings. Events of one user and item add up; where there is a rating too, it counts.
/// `model` says how a model reads what was watched; without one, usual shares are those of all users here: a few
/// numbers, which tell nothing of those who are held out.
pub(super) fn rate(ratings: &mut Ratings, events: Vec<Watching>, model: Option<&Feedback>) {
    if events.is_empty() {
        return;
    }
    let mut events = added_up(ratings, events);
    ratings.watched = match model {
        Some(feedback) => feedback.watched.clone(),
        None => usual(events.iter().map(|event| event.watched)),
    };
    let scale = *ratings
        .scale
        .get_or_insert(model.and_then(|feedback| feedback.scale).unwrap_or(SHARES));

    let place = |event: &Watching| (event.user, event.item);
    let mut rated = vec![false; events.len()];
    for rating in ratings
        .events
        .iter()
        .filter(|rating| rating.value.is_some())
    {
        if let Ok(at) = events.binary_search_by_key(&(rating.user, rating.item), place) {
            rated[at] = true;
        }
    }
    let mut rated = rated.into_iter();
    events.retain(|_| !rated.next().unwrap_or(false));
    let value = |Watched { share, runtime }| {
        let minutes = (runtime / 60.0) as f32;
        let share = share_corrected(&ratings.watched, share as f32, minutes);
        scale.of_share((share * STEPS).round() / STEPS)
    };
    ratings.events.extend(events.iter().map(|event| Rating {
        user: event.user,
        item: event.item,
        value: Some(value(event.watched)),
        timestamp: event.timestamp,
        repeats: 0,
    }));
}

/// One event for each user and item, sorted by these: the newest, with the share of all of them.
fn added_up(ratings: &mut Ratings, mut events: Vec<Watching>) -> Vec<Watching> {
    let key = |event: &Watching| {
        let share = event.watched.share.to_bits();
        (event.user, event.item, event.timestamp, share)
    };
    events.par_sort_by_key(key);
    let all = events.len();
    // Where one export overlaps another, an event stands in both.
    events.dedup_by(|later, kept| later.timestamp != 0 && key(later) == key(kept));
    ratings.repairs.repeated_watching = all - events.len();
    let read = events.len();
    events.dedup_by(|later, kept| {
        let same = (later.user, later.item) == (kept.user, kept.item);
        if same {
            let share = (kept.watched.share + later.watched.share).min(1.0);
            *kept = *later;
            kept.watched.share = share;
        }
        same
    });
    ratings.repairs.added_up = read - events.len();
    events
}

/// The mean share watched by half hours of runtime, in thousandths; see [`Feedback::watched`]. Classes with few events
/// are drawn to the mean of all, and the last one holds all runtimes that are rare.
fn usual(events: impl Iterator<Item = Watched>) -> Vec<f32> {
    let mut classes = [(0.0, 0.0); MAX_RUNTIMES];
    for Watched { share, runtime } in events {
        let class = half_hours((runtime / 60.0) as f32).min(MAX_RUNTIMES - 1);
        classes[class].0 += share;
        classes[class].1 += 1.0;
    }
    let of = |classes: &[(f64, f64)]| {
        let add = |sum: (f64, f64), class: &(f64, f64)| (sum.0 + class.0, sum.1 + class.1);
        classes.iter().fold((0.0, 0.0), add)
    };
    let (shares, all) = of(&classes);
    let mean = shares / all;
    let common = |&from: &usize| of(&classes[from..]).1 >= RARE * all;
    let last = (0..MAX_RUNTIMES).rev().find(common).unwrap_or(0);
    let class = |at: usize| {
        let end = if at == last { MAX_RUNTIMES } else { at + 1 };
        let (shares, count) = of(&classes[at..end]);
        let usual = (shares + USUAL_EVENTS * mean) / (count + USUAL_EVENTS);
        ((usual * 1000.0).round() / 1000.0) as f32
    };
    (0..=last).map(class).collect()
}

#[cfg(test)]
mod tests;
