//! Guessing stars, and keeping dislikes away.

use maud::{Markup, html};

use super::chart::{Axis, Dot, dots};
use super::plot::{Line, Plot, Point};
use super::{Report, figures, percent, short};

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
    let point = |point: &super::super::Dislikes, label: &str| Point {
        x: point.disliked,
        y: point.ndcg,
        error: 0.0,
        tip: format!(
            "{}: {:.3} disliked per liked, NDCG@100 {:.3}",
            point.name, point.disliked, point.ndcg
        ),
        label: label.to_owned(),
        strong: point.ships,
    };
    // The first is likes alone, which need not be on the frontier of the others.
    let (likes, others) = all.split_first()?;
    let mut sorted: Vec<_> = others.iter().collect();
    sorted.sort_by(|a, b| a.disliked.total_cmp(&b.disliked));
    let line = |points: Vec<Point>, style| Line {
        name: String::new(),
        points,
        style,
        every: 1,
    };
    let lines = vec![
        line(
            sorted
                .iter()
                .map(|way| point(way, if way.ships { "ships" } else { "" }))
                .collect(),
            0,
        ),
        line(vec![point(likes, "likes alone")], 2),
    ];
    let ((left, right), (low, high)) = (span(&|point| point.disliked), span(&|point| point.ndcg));
    let plot = Plot {
        x: Axis::linear(left, right, 4, short),
        y: Axis::linear(low, high, 4, short),
        x_title: "disliked films per liked film in the first 20",
        y_title: "NDCG@100",
        lines,
    };
    Some(html! {
        p.say { "Listening to dislikes keeps films away that a visitor would hate, and costs some that they would love. Up and to the left is better." }
        (plot.draw())
        p.caption { "On validation users. Each point is one way to weigh low ratings, those that no other beats in both; the square reads likes alone; the ring is the one that ships. The axis does not begin at zero." }
        (figures(html! {
            table {
                thead { tr { th { "way" } th.n { "NDCG@100" } th.n { "disliked per liked" } } }
                tbody { @for point in all { tr.strong[point.ships] { td { (point.name) } td.n { (format!("{:.4}", point.ndcg)) } td.n { (format!("{:.4}", point.disliked)) } } } }
            }
        }))
    })
}
