//! Accuracy against baselines, and against bytes.

use maud::{Markup, html};

use super::super::Later;
use super::chart::{Axis, Dot, dots};
use super::plot::{Line, Plot, Point};
use super::{Report, figures, grouped, percent};
use crate::evaluate::{Estimate, Metric};

fn interval(estimate: Estimate) -> (f64, f64) {
    let half = 1.96 * estimate.standard_error;
    (estimate.mean - half, estimate.mean + half)
}

fn plus_minus(estimate: Estimate) -> String {
    format!("{:.3} ± {:.3}", estimate.mean, estimate.standard_error)
}

pub(super) fn accuracy(report: &Report) -> Option<Markup> {
    let ndcg = Metric::Ndcg100 as usize;
    let ours = report.contenders.iter().find(|contender| contender.ours)?;
    let rows: Vec<Dot> = report
        .contenders
        .iter()
        .map(|contender| Dot {
            name: contender.name.clone(),
            value: contender.metrics[ndcg].mean,
            interval: interval(contender.metrics[ndcg]),
            written: plus_minus(contender.metrics[ndcg]),
            strong: contender.ours,
        })
        .collect();
    let ends = rows.iter().map(|row| row.interval);
    let low = ends
        .clone()
        .map(|(low, _)| low)
        .fold(f64::INFINITY, f64::min);
    let high = ends.map(|(_, high)| high).fold(f64::NEG_INFINITY, f64::max);
    let axis = Axis::linear(low.min(0.9 * high), high, 4, |value| format!("{value:.2}"));
    let against: Vec<_> = report
        .contenders
        .iter()
        .filter(|contender| !contender.ours)
        .collect();
    Some(html! {
        p.say {
            "A fifth of each test user’s favourites was hidden; a recommender is told the rest and has to put the hidden ones \
             first. None of these people was in training."
            @if let Some(best) = against.last() { " " (verdict(&best.name, best.gain)) }
        }
        (dots(&rows, &axis, None))
        p.caption { "NDCG@100, mean over the test users: 1 would be every hidden favourite at the top. Bars are 95% intervals; \
                     the axis does not begin at zero. ± is one standard error." }
        @for note in &report.left_out { p.caption { (note) } }
        (figures(html! {
            table {
                thead { tr { th { "recommender" } @for metric in Metric::ALL { th.n { (metric.name()) } } th.n { "our paired gain" } th.n { "films shown" } th.n { "two lists share" } th.n { "trials" } } }
                tbody {
                    @for contender in &report.contenders {
                        tr.strong[contender.ours] {
                            td { (contender.name) }
                            @for estimate in contender.metrics { td.n { (plus_minus(estimate)) } }
                            td.n { @if !contender.ours { (format!("{:+.4} ± {:.4}", contender.gain.mean, contender.gain.standard_error)) } }
                            td.n { (percent(contender.coverage)) }
                            td.n { (percent(contender.overlap)) }
                            td.n { (contender.trials) }
                        }
                    }
                }
            }
            p.small { "The gain is a mean of differences user by user, so it is known far better than either mean. \
                       “Films shown” is the share of all films in anybody’s first 20; “two lists share” is the share of \
                       their first 20 that two visitors have in common, " (percent(ours.overlap)) " here." }
        }))
        @if let Some(later) = &report.later { (after_date(later)) }
    })
}

/// The protocol by time.
fn after_date(later: &Later) -> Markup {
    let last = later.contenders.len().saturating_sub(1);
    let rows: Vec<Dot> = later
        .contenders
        .iter()
        .enumerate()
        .map(|(at, contender)| Dot {
            name: contender.name.clone(),
            value: contender.ndcg.mean,
            interval: interval(contender.ndcg),
            written: plus_minus(contender.ndcg),
            strong: at == last,
        })
        .collect();
    let high = rows.iter().map(|row| row.interval.1).fold(0.0, f64::max);
    let low = rows.iter().map(|row| row.interval.0).fold(high, f64::min);
    html! {
        h3 { "And if it may not know the future?" }
        p.say {
            "Hiding favourites at random lets a model learn from what came after them. Here nothing after " (later.date) " is known, \
             neither of these " (grouped(later.users as u64)) " test users nor of anybody else, and what they came to like since is to be found."
            @for contender in later.contenders.iter().take(last) { " " (verdict(&contender.name, contender.gain)) }
        }
        (dots(&rows, &Axis::linear(low.min(0.9 * high), high, 4, |value| format!("{value:.2}")), None))
        p.caption { "NDCG@100 with 95% intervals, with the settings of the model that ships. Not to be compared with the figures above: other people, and more or fewer films to be found." }
        (figures(html! {
            table {
                thead { tr { th { "recommender" } th.n { "NDCG@100" } th.n { "our paired gain" } } }
                tbody {
                    @for (at, contender) in later.contenders.iter().enumerate() {
                        tr.strong[at == last] {
                            td { (contender.name) } td.n { (plus_minus(contender.ndcg)) }
                            td.n { @if at != last { (format!("{:+.4} ± {:.4}", contender.gain.mean, contender.gain.standard_error)) } }
                        }
                    }
                }
            }
        }))
    }
}

fn verdict(name: &str, gain: Estimate) -> String {
    let errors = gain.mean / gain.standard_error;
    let size = format!("{:.4} ± {:.4}", gain.mean.abs(), gain.standard_error);
    match errors {
        errors if errors >= 2.0 => format!("Matinee is ahead of {name} by {size}, user by user."),
        errors if errors <= -2.0 => format!("Matinee is behind {name} by {size}, user by user."),
        _ => format!("Matinee and {name} cannot be told apart ({size}, user by user)."),
    }
}

pub(super) fn bytes(report: &Report) -> Option<Markup> {
    if report.sizes.len() < 2 {
        return None;
    }
    let mut levels: Vec<u8> = report.sizes.iter().map(|size| size.levels).collect();
    levels.sort_unstable();
    levels.dedup();
    let line = |(style, &of): (usize, &u8)| Line {
        name: format!("codes to {of}"),
        points: report
            .sizes
            .iter()
            .filter(|size| size.levels == of)
            .map(|size| Point {
                x: size.bytes_an_item,
                y: size.ndcg.mean,
                error: if size.ships {
                    size.ndcg.standard_error
                } else {
                    0.0
                },
                tip: format!(
                    "{} dimensions, codes to {}: {:.1} bytes an item, NDCG@100 {}",
                    size.dims,
                    size.levels,
                    size.bytes_an_item,
                    plus_minus(size.ndcg)
                ),
                label: String::new(),
                strong: size.ships,
            })
            .collect(),
        style: style + 1,
        every: 1,
    };
    let lines: Vec<Line> = levels.iter().enumerate().map(line).collect();
    let bytes = report.sizes.iter().map(|size| size.bytes_an_item);
    let ndcg = || {
        report.sizes.iter().flat_map(|size| {
            let error = if size.ships {
                1.96 * size.ndcg.standard_error
            } else {
                0.0
            };
            [size.ndcg.mean - error, size.ndcg.mean + error]
        })
    };
    let (low, high) = (
        ndcg().fold(f64::INFINITY, f64::min),
        ndcg().fold(f64::NEG_INFINITY, f64::max),
    );
    let (fewest, most) = (
        bytes.clone().fold(f64::INFINITY, f64::min),
        bytes.fold(0.0, f64::max),
    );
    let plot = Plot {
        x: Axis::log(
            fewest * 0.85,
            most * 1.1,
            &[2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0, 512.0],
            |value| format!("{value:.0}"),
        ),
        y: Axis::linear(low, high, 4, |value| format!("{value:.2}")),
        x_title: "bytes an item on the wire, each tick twice the last",
        y_title: "NDCG@100",
        lines,
    };
    let ours = report.sizes.iter().find(|size| size.ships);
    let best = report
        .sizes
        .iter()
        .max_by(|a, b| a.ndcg.mean.total_cmp(&b.ndcg.mean));
    Some(html! {
        p.say {
            "Longer vectors and finer codes find more and take longer to download."
            @if let (Some(ours), Some(best)) = (ours, best) {
                " This model spends " (format!("{:.1}", ours.bytes_an_item)) " bytes on each film’s vector and reaches "
                (format!("{:.3}", ours.ndcg.mean)) "; the best of the sizes tried reaches " (format!("{:.3}", best.ndcg.mean))
                " with " (format!("{:.1}", best.bytes_an_item)) "."
            }
        }
        (plot.draw())
        p.caption { "Each line has one fineness of code, each point a length of vector, from " (report.sizes.iter().map(|size| size.dims).min().unwrap_or(0)) " to "
                    (report.sizes.iter().map(|size| size.dims).max().unwrap_or(0)) " dimensions. The ring is what ships, with its 95% interval; all points are \
                     judged on the same users, so their differences are surer than that. Settings are those chosen for the model that ships." }
        (figures(html! {
            table {
                thead { tr { th.n { "dimensions" } th.n { "codes to" } th.n { "bytes an item" } th.n { "NDCG@100" } } }
                tbody {
                    @for size in &report.sizes {
                        tr.strong[size.ships] {
                            td.n { (size.dims) } td.n { (size.levels) } td.n { (format!("{:.1}", size.bytes_an_item)) } td.n { (plus_minus(size.ndcg)) }
                        }
                    }
                }
            }
        }))
    })
}
