//! What a question is worth.

use maud::{Markup, html};

use super::super::{Asked, Asking};
use super::chart::Axis;
use super::plot::{Line, Plot, Point};
use super::{Report, figures, grouped};

/// Every which number of questions has a dot.
const EVERY: usize = 5;

pub(super) fn questions(report: &Report) -> Option<Markup> {
    let asking = report.questions.as_ref()?;
    let (ours, others) = asking.strategies.split_first()?;
    let last = ours.ndcg.len().checked_sub(1)?;
    let means = || asking.strategies.iter().flat_map(|asked| &asked.ndcg);
    let whiskers = ours.ndcg.iter().skip(EVERY).step_by(EVERY);
    let ends =
        whiskers.flat_map(|ndcg| [-1.96, 1.96].map(|by| ndcg.mean + by * ndcg.standard_error));
    let all = means().map(|ndcg| ndcg.mean).chain(ends);
    let (low, high) = (
        all.clone().fold(f64::INFINITY, f64::min),
        all.fold(f64::NEG_INFINITY, f64::max),
    );
    let plot = Plot {
        x: Axis::linear(0.0, last as f64, 4, |value| format!("{value:.0}")),
        y: Axis::linear(low, high, 4, |value| format!("{value:.2}")),
        x_title: "films shown, whether the visitor had seen them or not",
        y_title: "NDCG@100",
        lines: asking.strategies.iter().enumerate().map(line).collect(),
    };
    Some(html! {
        p.say {
            "A new visitor is shown a film, and rates it or says that they have not seen it. Which film is worth showing? "
            @for other in others { (catches(ours, other, last)) " " }
            "Of the first " (last) " films a visitor has seen " (format!("{:.1}", ours.answered[last])) " on average"
            @if let Some(popular) = others.first() { "; of the " (last) " by " (popular.name) ", " (format!("{:.1}", popular.answered[last])) }
            "."
        }
        (plot.draw())
        p.caption {
            "Simulated on the test users: four fifths of their ratings can answer, the rest is what must be found. The axis does not begin at zero. \
             Bars are 95% intervals; as all ask the same people, differences are surer than that: the table has them."
        }
        (rare(asking))
        (figures(table(asking, last)))
    })
}

fn line((style, asked): (usize, &Asked)) -> Line {
    let point = |(shown, ndcg): (usize, &crate::evaluate::Estimate)| Point {
        x: shown as f64,
        y: ndcg.mean,
        error: if style == 0 && shown > 0 && shown.is_multiple_of(EVERY) {
            ndcg.standard_error
        } else {
            0.0
        },
        tip: format!(
            "{}, {shown} films shown: {:.3} ± {:.3}",
            asked.name, ndcg.mean, ndcg.standard_error
        ),
        label: String::new(),
        strong: false,
    };
    Line {
        name: asked.name.clone(),
        points: asked.ndcg.iter().enumerate().map(point).collect(),
        style: if style == 0 { 0 } else { style + 1 },
        every: EVERY,
    }
}

/// When ours has what the other has in the end.
fn catches(ours: &Asked, other: &Asked, last: usize) -> String {
    let target = other.ndcg[last].mean;
    let gain = other.gain[last];
    let lead = format!("{:.3} ± {:.3}", gain.mean.abs(), gain.standard_error);
    match ours.ndcg.iter().position(|ndcg| ndcg.mean >= target) {
        Some(0) => format!(
            "{last} films by {} leave the list no better than no question; after {last} Matinee is ahead by {lead}.",
            other.name
        ),
        Some(shown) if shown < last => format!(
            "What {} reaches with {last} films, Matinee reaches with {shown}; after {last} it is ahead by {lead}.",
            other.name
        ),
        _ => format!(
            "After {last} films Matinee is behind {} by {lead}.",
            other.name
        ),
    }
}

fn rare(asking: &Asking) -> Markup {
    let rare = &asking.rare;
    let share = |rated: f64| format!("{:.2}%", 100.0 * rated / rare.offered.max(1) as f64);
    html! {
        @if rare.offered > 0 {
            p.say {
                "It also asks about films that hardly anybody has rated, but only people who know the corner they are in: "
                (grouped(rare.offered as u64)) " such offers to " (grouped(rare.users as u64)) " people. "
                (share(rare.rated as f64)) " of them are among the hidden fifth of what these people rated, against "
                (share(rare.rated_at_random)) " of rare films at random."
            }
        }
    }
}

fn table(asking: &Asking, last: usize) -> Markup {
    html! {
        table {
            thead {
                tr { th.n { "films shown" } @for asked in &asking.strategies { th.n { (asked.name) } th.n { "seen" } } @for asked in asking.strategies.iter().skip(1) { th.n { "gain over " (asked.name) } } }
            }
            tbody {
                @for shown in 0..=last {
                    tr {
                        td.n { (shown) }
                        @for asked in &asking.strategies {
                            td.n { (format!("{:.4} ± {:.4}", asked.ndcg[shown].mean, asked.ndcg[shown].standard_error)) }
                            td.n { (format!("{:.1}", asked.answered[shown])) }
                        }
                        @for asked in asking.strategies.iter().skip(1) { td.n { (format!("{:+.4} ± {:.4}", asked.gain[shown].mean, asked.gain[shown].standard_error)) } }
                    }
                }
            }
        }
    }
}
