//! What other measurements add: questions, stars, dislikes, reach.

use maud::{Markup, html};

use super::chart::{Axis, Dot, dots};
use super::plot::{Line, Plot, Point};
use super::{Report, figures, percent};

pub(super) fn questions(report: &Report) -> Option<Markup> {
    let all = &report.questions;
    let last = all.iter().map(|point| point.questions).max()?;
    let mut strategies: Vec<&str> = Vec::new();
    for point in all {
        if !strategies.contains(&point.strategy.as_str()) {
            strategies.push(&point.strategy);
        }
    }
    let line = |(style, &strategy): (usize, &&str)| Line {
        name: strategy.to_owned(),
        points: all
            .iter()
            .filter(|point| point.strategy == strategy)
            .map(|point| Point {
                x: f64::from(point.questions),
                y: point.ndcg.mean,
                error: point.ndcg.standard_error,
                tip: format!(
                    "{strategy}, {} films shown: {:.3} ± {:.3}",
                    point.questions, point.ndcg.mean, point.ndcg.standard_error
                ),
                strong: false,
            })
            .collect(),
        style,
        dotted: true,
    };
    let lines: Vec<Line> = strategies.iter().enumerate().map(line).collect();
    let ends = || {
        all.iter()
            .map(|point| (point.ndcg.mean, 1.96 * point.ndcg.standard_error))
    };
    let low = ends()
        .map(|(mean, half)| mean - half)
        .fold(f64::INFINITY, f64::min);
    let high = ends()
        .map(|(mean, half)| mean + half)
        .fold(f64::NEG_INFINITY, f64::max);
    let plot = Plot {
        x: Axis::linear(0.0, f64::from(last), 5, |value| format!("{value:.0}")),
        y: Axis::linear(low, high, 4, |value| format!("{value:.2}")),
        x_title: "films shown, whether the visitor had seen them or not",
        y_title: "NDCG@100",
        lines,
    };
    Some(html! {
        p.say { "A new visitor is shown a film and rates it or says that they have not seen it. Which film is worth showing next? Higher and sooner is better." }
        (plot.draw())
        p.caption { "Simulated on test users: only four fifths of their ratings can answer; the rest is what must be found. Bars are 95% intervals." }
        (figures(html! {
            table {
                thead { tr { th { "strategy" } th.n { "films shown" } th.n { "NDCG@100" } } }
                tbody { @for point in all { tr { td { (point.strategy) } td.n { (point.questions) } td.n { (format!("{:.4} ± {:.4}", point.ndcg.mean, point.ndcg.standard_error)) } } } }
            }
        }))
    })
}

pub(super) fn stars(report: &Report) -> Option<Markup> {
    let stars = report.stars.as_ref()?;
    let rows: Vec<Dot> = stars
        .rmse
        .iter()
        .enumerate()
        .map(|(at, (name, rmse))| Dot {
            name: name.clone(),
            value: rmse.mean,
            interval: (
                rmse.mean - 1.96 * rmse.standard_error,
                rmse.mean + 1.96 * rmse.standard_error,
            ),
            written: format!("{:.3} ± {:.3}", rmse.mean, rmse.standard_error),
            strong: at + 1 == stars.rmse.len(),
        })
        .collect();
    let low = rows
        .iter()
        .map(|row| row.interval.0)
        .fold(f64::INFINITY, f64::min);
    let high = rows
        .iter()
        .map(|row| row.interval.1)
        .fold(f64::NEG_INFINITY, f64::max);
    let held: Vec<Dot> = stars
        .quintiles
        .iter()
        .enumerate()
        .map(|(at, quintile)| Dot {
            name: [
                "the surest fifth",
                "second",
                "third",
                "fourth",
                "the least sure",
            ]
            .get(at)
            .map_or_else(|| (at + 1).to_string(), ToString::to_string),
            value: quintile.held,
            interval: (quintile.held, quintile.held),
            written: percent(quintile.held),
            strong: true,
        })
        .collect();
    Some(html! {
        p.say { "How many stars would the visitor give? The error is in stars, and less is better." }
        (dots(&rows, &Axis::linear(low, high, 4, |value| format!("{value:.2}")), None))
        p.caption { "Root mean squared error on ratings of test users that were held out, with 95% intervals." }
        h3 { "Does it know how sure it is?" }
        p.say { "Each guess comes with an interval that should hold " (percent(stars.promised)) " of the time, whether the model is sure or not." }
        (dots(&held, &Axis::linear(0.5, 1.0, 5, percent), Some(stars.promised)))
        (figures(html! {
            table {
                thead { tr { th.n { "fifth" } th.n { "predicted deviation" } th.n { "error" } th.n { "held" } } }
                tbody { @for (at, q) in stars.quintiles.iter().enumerate() { tr { td.n { (at + 1) } td.n { (format!("{:.3}", q.predicted)) } td.n { (format!("{:.3}", q.rmse)) } td.n { (percent(q.held)) } } } }
            }
        }))
    })
}

pub(super) fn dislikes(report: &Report) -> Option<Markup> {
    let all = &report.dislikes;
    let span = |value: &dyn Fn(&super::super::Dislikes) -> f64| {
        let values = || all.iter().map(value);
        (
            values().fold(f64::INFINITY, f64::min),
            values().fold(f64::NEG_INFINITY, f64::max),
        )
    };
    let mut sorted: Vec<_> = all.iter().collect();
    sorted.sort_by(|a, b| a.disliked.total_cmp(&b.disliked));
    let points = sorted.iter().map(|point| Point {
        x: point.disliked,
        y: point.ndcg,
        error: 0.0,
        tip: format!(
            "{}: {:.3} disliked per liked, NDCG@100 {:.3}",
            point.name, point.disliked, point.ndcg
        ),
        strong: point.ships,
    });
    if all.is_empty() {
        return None;
    }
    let ((left, right), (low, high)) = (span(&|point| point.disliked), span(&|point| point.ndcg));
    let plot = Plot {
        x: Axis::linear(left, right, 4, |value| format!("{value:.3}")),
        y: Axis::linear(low, high, 4, |value| format!("{value:.2}")),
        x_title: "disliked films per liked film in the first 20",
        y_title: "NDCG@100",
        lines: vec![Line {
            name: String::new(),
            points: points.collect(),
            style: 0,
            dotted: true,
        }],
    };
    Some(html! {
        p.say { "Listening to dislikes keeps films away that a visitor would hate, and costs some that they would love. Up and to the left is better." }
        (plot.draw())
        p.caption { "Each point is one way to weigh dislikes; the ring is the one that ships." }
        (figures(html! {
            table {
                thead { tr { th { "way" } th.n { "NDCG@100" } th.n { "disliked per liked" } } }
                tbody { @for point in all { tr.strong[point.ships] { td { (point.name) } td.n { (format!("{:.4}", point.ndcg)) } td.n { (format!("{:.4}", point.disliked)) } } } }
            }
        }))
    })
}

pub(super) fn reach(report: &Report) -> Option<Markup> {
    if report.reach.is_empty() {
        return None;
    }
    Some(html! {
        p.say { "A recommender that shows everybody the same famous films can be accurate and useless. More films shown, a lower Gini and more of the long tail are better, at equal accuracy." }
        div.scroll {
            table {
                thead { tr { th { "recommender" } th.n { "films shown" } th.n { "Gini" } th.n { "long tail" } } }
                tbody { @for row in &report.reach { tr { td { (row.name) } td.n { (percent(row.coverage)) } td.n { (format!("{:.3}", row.gini)) } td.n { (percent(row.long_tail)) } } } }
            }
        }
    })
}
