//! Heavy raters, before the user weights and after.

use maud::{Markup, html};

use super::chart::{Axis, Dot, dots};
use super::plot::{Line, Plot, Point};
use super::{Report, figures, grouped, percent};
use crate::audit::Weighing;

pub(super) fn raters(report: &Report) -> Option<Markup> {
    let audit = report.raters.as_ref()?;
    let line = |name: &str, column: usize, style| Line {
        name: name.to_owned(),
        points: audit
            .curve
            .iter()
            .map(|point| Point {
                x: point[0],
                y: point[column],
                error: 0.0,
                tip: format!(
                    "the heaviest {} hold {}",
                    percent(point[0]),
                    percent(point[column])
                ),
                label: String::new(),
                strong: false,
            })
            .collect(),
        style,
        every: 1,
    };
    let mut lines = vec![line("unweighted", 1, 1), line("weighted", 2, 0)];
    // Names stand at the end of lines, where all lines meet: the curves are cut where they still differ.
    let cut = 0.5;
    lines
        .iter_mut()
        .for_each(|line| line.points.retain(|point| point.x <= cut));
    lines.push(Line {
        name: "if all were equal".to_owned(),
        points: [0.0, cut]
            .map(|x| Point {
                x,
                y: x,
                error: 0.0,
                tip: String::new(),
                label: String::new(),
                strong: false,
            })
            .into(),
        style: 3,
        every: 0,
    });
    let plot = Plot {
        x: Axis::linear(0.0, cut, 5, percent),
        y: Axis::linear(0.0, 1.0, 4, percent),
        x_title: "part of the raters, the heaviest first",
        y_title: "part of the training weight that they hold",
        lines,
    };
    let (before, after) = (&audit.before, &audit.after);
    let dot = |name: &str, change: &crate::audit::Change, strong| Dot {
        name: name.to_owned(),
        value: change.mean.mean,
        interval: (
            change.mean.mean - 1.96 * change.mean.standard_error,
            change.mean.mean + 1.96 * change.mean.standard_error,
        ),
        written: percent(change.mean.mean),
        strong,
    };
    let rows = [
        dot("unweighted, heaviest 1% out", &before.without_top, false),
        dot("unweighted, random 1% out", &before.without_random, false),
        dot("weighted, heaviest 1% out", &after.without_top, true),
        dot("weighted, random 1% out", &after.without_random, true),
    ];
    let high = rows.iter().map(|row| row.interval.1).fold(0.0, f64::max);
    let axis = Axis::linear(0.0, high, 4, percent);
    Some(html! {
        p.say {
            "A few people rate thousands of films. Unweighted, the heaviest 1% of raters hold " (percent(before.top_1))
            " of everything the model learns from and the heaviest 10% hold " (percent(before.top_10)) ". With the user weight that \
             validation chose (each rating counts n" sup { "−" (after.beta) } " for a person with n of them) it is " (percent(after.top_1)) " and "
            (percent(after.top_10)) "."
        }
        (plot.draw())
        h3 { "Does a recommendation hang on them?" }
        p.say {
            "Train again without the heaviest 1% (" (grouped(audit.left_out as u64)) " people), and the first 20 films of the median test user change by "
            (percent(before.without_top.median)) " unweighted and by " (percent(after.without_top.median)) " weighted."
        }
        (dots(&rows, &axis, None))
        p.caption {
            "Share of a test user’s first 20 films that is replaced, mean over " (grouped(audit.test_users as u64)) " test users with a 95% interval. \
             Any change of the data changes lists, so leaving out as many people at random is the yardstick."
        }
        p.say {
            "Weighting changes NDCG@100 by " (format!("{:+.4} ± {:.4}", audit.gain.mean, audit.gain.standard_error)) ", all other settings alike."
        }
        (figures(table(before, after)))
    })
}

fn table(before: &Weighing, after: &Weighing) -> Markup {
    type Cell = fn(&Weighing) -> String;
    let rows: [(&str, Cell); 7] = [
        ("beta", |w| w.beta.to_string()),
        ("weight of the heaviest 1%", |w| percent(w.top_1)),
        ("weight of the heaviest 10%", |w| percent(w.top_10)),
        ("top 20 changed without the heaviest 1%, median", |w| {
            percent(w.without_top.median)
        }),
        ("the same, mean ± standard error", |w| {
            format!(
                "{:.3} ± {:.3}",
                w.without_top.mean.mean, w.without_top.mean.standard_error
            )
        }),
        ("without a random 1%, mean ± standard error", |w| {
            format!(
                "{:.3} ± {:.3}",
                w.without_random.mean.mean, w.without_random.mean.standard_error
            )
        }),
        ("NDCG@100", |w| {
            format!("{:.4} ± {:.4}", w.ndcg.mean, w.ndcg.standard_error)
        }),
    ];
    html! {
        table {
            thead { tr { th {} th.n { "unweighted" } th.n { "weighted" } } }
            tbody { @for (name, cell) in rows { tr { td { (name) } td.n { (cell(before)) } td.n { (cell(after)) } } } }
        }
    }
}
