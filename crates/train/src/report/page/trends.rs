//! What people watched, and what rose and fell.

use maud::{Markup, html};

use super::chart::{Axis, Column, Dot, columns, dots, sparkline};
use super::plot::{Line, Plot, Point};
use super::{Report, figures, grouped, percent, titled};
use crate::trends::{Calendar, Mover, Time};

const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];
/// Genres with a sparkline.
const GENRES: usize = 12;

pub(super) fn trends(report: &Report) -> Option<Markup> {
    let trends = &report.trends;
    let bars: Vec<Column> = trends
        .distribution
        .iter()
        .map(|bar| Column {
            name: bar.rating.to_string(),
            value: bar.count as f64,
            tip: format!(
                "{} stars: {} ratings, {}",
                bar.rating,
                grouped(bar.count as u64),
                percent(bar.count as f64 / trends.data.ratings as f64)
            ),
            named: trends.distribution.len() <= 6 || bar.rating.fract() == 0.0,
        })
        .collect();
    Some(html! {
        @if !bars.is_empty() { (few_lows(report)) (columns(&bars)) p.caption { "How often each rating was given." } }
        (released(report))
        @match &trends.time {
            Some(time) => { (over_time(report, time)) }
            None => { p.caption { "The ratings carry no timestamps, so nothing can be said about years, seasons and weekdays." } }
        }
    })
}

/// What the distribution shows, counted.
fn few_lows(report: &Report) -> Markup {
    let bars = &report.trends.distribution;
    let top = bars.last().map_or(5.0, |bar| bar.rating);
    let part = |is: &dyn Fn(f32) -> bool| {
        let count: usize = bars
            .iter()
            .filter(|bar| is(bar.rating / top))
            .map(|bar| bar.count)
            .sum();
        count as f64 / report.trends.data.ratings.max(1) as f64
    };
    html! {
        p.say { (percent(part(&|rating| rating >= 0.8))) " of all ratings are four stars of five or more, and only " (percent(part(&|rating| rating <= 0.4)))
                " are two or fewer: people mostly watch what they expect to like." }
    }
}

fn released(report: &Report) -> Markup {
    let released = &report.trends.released;
    let (Some(&first), Some(&last)) = (released.years.first(), released.years.last()) else {
        return html! {};
    };
    let (first, last) = (f64::from(first), f64::from(last));
    let point = |(&year, &ratings): (&u16, &usize)| Point {
        x: f64::from(year),
        y: ratings as f64,
        error: 0.0,
        tip: String::new(),
        label: String::new(),
        strong: false,
    };
    let top = released.ratings.iter().copied().max().unwrap_or(0);
    let plot = Plot {
        x: decades(first, last),
        y: Axis::linear(0.0, top as f64, 3, |value| grouped(value as u64)),
        x_title: "year of release",
        y_title: "ratings of films from that year",
        lines: vec![Line {
            name: String::new(),
            points: released
                .years
                .iter()
                .zip(&released.ratings)
                .map(point)
                .collect(),
            style: 0,
            every: 0,
        }],
    };
    let peak = released
        .years
        .iter()
        .zip(&released.ratings)
        .max_by_key(|(_, ratings)| **ratings);
    html! {
        h3 { "By year of release" }
        @if let Some((year, ratings)) = peak { p.say { "Films from " (year) " are rated most: " (grouped(*ratings as u64)) " times." } }
        (plot.draw())
        (figures(html! {
            table {
                thead { tr { th.n { "released" } th.n { "films" } th.n { "ratings" } th.n { "mean" } } }
                tbody { @for (at, year) in released.years.iter().enumerate() {
                    @if released.films[at] > 0 { tr { td.n { (year) } td.n { (released.films[at]) } td.n { (released.ratings[at]) } td.n { (mean(released.mean[at])) } } }
                } }
            }
        }))
    }
}

/// An axis of years with whole decades written.
fn decades(first: f64, last: f64) -> Axis {
    let step = if last - first > 60.0 {
        20
    } else if last - first > 25.0 {
        10
    } else {
        5
    };
    let from = (first as i32).div_euclid(step) * step
        + if (first as i32).rem_euclid(step) == 0 {
            0
        } else {
            step
        };
    let mut axis = Axis::exact(first, last);
    axis.ticks = (from..=last as i32)
        .step_by(step as usize)
        .map(|year| (f64::from(year), year.to_string()))
        .collect();
    axis
}

fn mean(value: Option<f64>) -> String {
    value.map_or_else(|| "–".to_owned(), |value| format!("{value:.2}"))
}

fn over_time(report: &Report, time: &Time) -> Markup {
    let years: Vec<Column> = time
        .years
        .iter()
        .enumerate()
        .map(|(at, year)| Column {
            name: year.to_string(),
            value: time.ratings[at] as f64,
            tip: format!(
                "{year}: {} ratings by {} people, {} on average",
                grouped(time.ratings[at] as u64),
                grouped(time.raters[at] as u64),
                mean(time.mean[at])
            ),
            named: time.years.len() <= 6 || year % if time.years.len() > 30 { 10 } else { 5 } == 0,
        })
        .collect();
    let top = time
        .genre_years
        .iter()
        .flatten()
        .copied()
        .max()
        .unwrap_or(0);
    html! {
        h3 { "By year of rating" }
        p.say { "From " (time.first_day) " to " (time.last_day) "." (age(time)) }
        (columns(&years))
        p.caption { "Ratings given in each year. Such counts follow who joined when, more than what was in the cinema." }
        h3 { "Genres over the years" }
        ul.sparks {
            @for (genre, shares) in report.trends.genres.iter().zip(&time.genre_years).take(GENRES) {
                li {
                    p { strong { (genre.name) } " " span.small { (permille(shares.first())) " → " (permille(shares.last())) } }
                    (sparkline(&shares.iter().map(|&share| f64::from(share)).collect::<Vec<_>>(), f64::from(top)))
                }
            }
        }
        p.caption { "Each genre’s part of the ratings given in a year, from " (time.years.first().copied().unwrap_or(0)) " to " (time.years.last().copied().unwrap_or(0))
                    ", all on one scale from zero. A film of three genres counts for each." }
        div.two {
            (calendar("Weekdays", &WEEKDAYS, &time.weekdays))
            (calendar("Months", &MONTHS, &time.months))
        }
        p.caption { "Days on which somebody rated, each person counted by themselves, so that one long evening of a heavy rater weighs no more than anybody’s. In UTC: the data does not say where people live." }
        (figures(html! {
            table {
                thead { tr { th.n { "year" } th.n { "ratings" } th.n { "people" } th.n { "mean" } th.n { "age of films" } } }
                tbody { @for (at, year) in time.years.iter().enumerate() {
                    tr { td.n { (year) } td.n { (time.ratings[at]) } td.n { (time.raters[at]) } td.n { (mean(time.mean[at])) } td.n { (mean(time.film_age[at])) } }
                } }
            }
        }))
    }
}

fn permille(share: Option<&u16>) -> String {
    share.map_or_else(String::new, |&share| percent(f64::from(share) / 1000.0))
}

fn age(time: &Time) -> String {
    match (
        time.film_age.iter().flatten().next(),
        time.film_age.iter().flatten().next_back(),
    ) {
        (Some(first), Some(last)) => {
            format!(
                " In the first year the films rated were {first:.0} years old on average, in the last {last:.0}."
            )
        }
        _ => String::new(),
    }
}

fn calendar(title: &str, names: &[&str], calendar: &Calendar) -> Markup {
    let all: usize = calendar.sittings.iter().sum();
    let bars: Vec<Column> = names
        .iter()
        .enumerate()
        .map(|(at, name)| Column {
            name: if names.len() > 7 {
                name[..1].to_owned()
            } else {
                (*name).to_owned()
            },
            value: calendar.sittings[at] as f64,
            tip: format!(
                "{name}: {} sittings, {} of them; mean rating {}",
                grouped(calendar.sittings[at] as u64),
                percent(calendar.sittings[at] as f64 / all.max(1) as f64),
                mean(calendar.mean[at])
            ),
            named: true,
        })
        .collect();
    html! { div { h3 { (title) } (columns(&bars)) } }
}

pub(super) fn movers(report: &Report) -> Option<Markup> {
    let movers = &report.trends.time.as_ref()?.movers;
    if movers.rising.is_empty() && movers.falling.is_empty() {
        return None;
    }
    let dot = |mover: &Mover| Dot {
        name: titled(&mover.title, mover.year),
        value: mover.ratio,
        interval: (mover.low, mover.high),
        written: format!("×{:.2}", mover.ratio),
        strong: mover.ratio > 1.0,
    };
    let ends = || movers.rising.iter().chain(&movers.falling);
    let low = ends().map(|mover| mover.low).fold(1.0, f64::min) * 0.9;
    let high = ends().map(|mover| mover.high).fold(1.0, f64::max) * 1.1;
    // Few ticks for a long axis, more for a short one.
    let ticks: &[f64] = if high / low > 30.0 {
        &[0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0]
    } else {
        &[0.2, 0.3, 0.5, 0.7, 1.0, 1.5, 2.0, 3.0, 5.0]
    };
    let axis = Axis::log(low, high, ticks, |value| format!("×{value}"));
    let rows: Vec<Dot> = movers
        .rising
        .iter()
        .chain(movers.falling.iter().rev())
        .map(dot)
        .collect();
    Some(html! {
        p.say { "Films whose share of the ratings since " (movers.since) " differs most from their share between " (movers.from) " and then. Only films released in a year before both are compared: "
                (grouped(movers.films as u64)) " of them." }
        (dots(&rows, &axis, Some(1.0)))
        p.caption { "Recent share over earlier share, on a scale of ratios, with 90% intervals. Ratios of small counts are noisy, so each is shrunk towards the mean of all films by as much as its counts are small (empirical Bayes)." }
        (figures(html! {
            table {
                thead { tr { th { "film" } th.n { "before" } th.n { "since" } th.n { "ratio" } th.n { "90% interval" } } }
                tbody { @for mover in ends() { tr { td { (titled(&mover.title, mover.year)) } td.n { (mover.before) } td.n { (mover.after) } td.n { (mover.ratio) } td.n { (mover.low) " to " (mover.high) } } } }
            }
            p.small { "Of " (grouped(movers.before as u64)) " ratings before and " (grouped(movers.after as u64)) " since." }
        }))
    })
}
