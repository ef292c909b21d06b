//! How far lists reach, and what turning their dials costs.

use maud::{Markup, html};

use super::super::{Dial, Dialling, Reach};
use super::chart::{Axis, Dot, dots};
use super::plot::{Line, Plot, Point};
use super::{Report, figures, percent, short};

struct Measure {
    name: &'static str,
    /// What it is, and which way is better.
    meaning: &'static str,
    of: fn(&Reach) -> f64,
    write: fn(f64) -> String,
}

const MEASURES: [Measure; 6] = [
    Measure {
        name: "NDCG@100",
        meaning: "How well the hidden favourites are found, as above. More is better.",
        of: |reach| reach.ndcg,
        write: |value| format!("{value:.3}"),
    },
    Measure {
        name: "Catalogue shown",
        meaning: "Films in anybody’s list. More is better.",
        of: |reach| reach.coverage,
        write: percent,
    },
    Measure {
        name: "Long tail",
        meaning: "Of what is shown, films outside the few that hold 80% of the ratings. More reaches further.",
        of: |reach| reach.long_tail,
        write: percent,
    },
    Measure {
        name: "Two lists share",
        meaning: "The part of their lists that two people have in common. Less is better.",
        of: |reach| reach.overlap,
        write: percent,
    },
    Measure {
        name: "Distance within a list",
        meaning: "1 for films that nobody rated both of. More is more varied.",
        of: |reach| reach.distance,
        write: |value| format!("{value:.2}"),
    },
    Measure {
        name: "Gini of exposure",
        meaning: "0 if all films are shown alike, 1 if it is always the same. Less is better.",
        of: |reach| reach.gini,
        write: |value| format!("{value:.2}"),
    },
];

pub(super) fn reach(report: &Report) -> Option<Markup> {
    let all = &report.reach;
    if all.is_empty() {
        return None;
    }
    let chart = |measure: &Measure| {
        let dot = |reach: &Reach| {
            let value = (measure.of)(reach);
            Dot {
                name: reach.name.clone(),
                value,
                interval: (value, value),
                written: (measure.write)(value),
                strong: reach.ours,
            }
        };
        let rows: Vec<Dot> = all.iter().map(dot).collect();
        dots(&rows, &Axis::linear(0.0, 1.0, 2, measure.write), None)
    };
    Some(html! {
        p.say { "A recommender that shows everybody the same famous films can be accurate and useless. This is what the first 20 films of the test users are like, beside being right." }
        div.multiples {
            @for measure in &MEASURES {
                div { h3 { (measure.name) } p.small { (measure.meaning) } (chart(measure)) }
            }
        }
        (figures(html! {
            table {
                thead { tr { th { "recommender" } @for measure in &MEASURES { th.n { (measure.name) } } } }
                tbody {
                    @for reach in all {
                        tr.strong[reach.ours] {
                            td { (reach.name) }
                            @for measure in &MEASURES { td.n { (format!("{:.3}", (measure.of)(reach))) } }
                        }
                    }
                }
            }
            p.small { "The head is the fewest films that hold 80% of the training ratings. Distance is 1 less the cosine of who rated two films in training." }
        }))
    })
}

impl Dial {
    fn name(self) -> &'static str {
        match self {
            Self::Popularity => "Popularity",
            Self::Diversity => "Diversity",
            Self::Calibration => "Calibration",
        }
    }

    fn meaning(self) -> &'static str {
        match self {
            Self::Popularity => "To the left the well known, to the right the little known.",
            Self::Diversity => "The further right, the less alike a list’s films.",
            Self::Calibration => {
                "The further left, the more a list’s genres are in the visitor’s own proportions."
            }
        }
    }

    fn given(self) -> &'static str {
        match self {
            Self::Popularity => "long tail in the first 20",
            Self::Diversity => "distance within the first 20",
            Self::Calibration => "distance of genres",
        }
    }
}

pub(super) fn dials(report: &Report) -> Option<Markup> {
    let all = &report.dials;
    let rest = all.iter().find(|dialling| dialling.position == 0.0)?;
    let ndcg = || all.iter().map(|dialling| dialling.ndcg.mean);
    let (low, high) = (
        ndcg().fold(f64::INFINITY, f64::min),
        ndcg().fold(f64::NEG_INFINITY, f64::max),
    );
    let charts = Dial::ALL.into_iter().filter_map(|dial| {
        let of_dial: Vec<&Dialling> = all.iter().filter(|dialling| dialling.dial == dial).collect();
        (!of_dial.is_empty()).then(|| html! {
            div { h3 { (dial.name()) } p.small { (dial.meaning()) } (chart(dial, &of_dial, (low, high))) }
        })
    });
    Some(html! {
        p.say {
            "A visitor can turn three dials. Each gives something and costs accuracy; at rest, where all begin, NDCG@100 is " (format!("{:.3}", rest.ndcg.mean))
            " on the test users. The ring is the dial at rest; numbers are its furthest positions."
        }
        div.multiples { @for chart in charts { (chart) } }
        p.caption { "Lists as the site makes them: everything that was rated is left out, low ratings too, so the figures are a little higher than those above, where low-rated films stay." }
        (figures(html! {
            table {
                thead { tr { th { "dial" } th.n { "at" } th { "gives" } th.n { "" } th.n { "NDCG@100" } th.n { "to rest" } } }
                tbody {
                    @for d in all {
                        tr {
                            td { (d.dial.name()) } td.n { (d.position) } td { (d.dial.given()) } td.n { (format!("{:.3}", d.given)) }
                            td.n { (format!("{:.4} ± {:.4}", d.ndcg.mean, d.ndcg.standard_error)) }
                            td.n { @if d.position != 0.0 { (format!("{:+.4} ± {:.4}", d.gain.mean, d.gain.standard_error)) } }
                        }
                    }
                }
            }
        }))
    })
}

fn chart(dial: Dial, turned: &[&Dialling], (low, high): (f64, f64)) -> Markup {
    // Ends alone: positions in between crowd each other.
    let ends = [turned.first(), turned.last()].map(|end| end.map(|dialling| dialling.position));
    let point = |dialling: &&Dialling| Point {
        x: dialling.given,
        y: dialling.ndcg.mean,
        error: 0.0,
        tip: format!(
            "{} at {}: {} {:.3}, NDCG@100 {:.3}",
            dial.name(),
            dialling.position,
            dial.given(),
            dialling.given,
            dialling.ndcg.mean
        ),
        label: match dialling.position {
            0.0 => String::new(),
            position if !ends.contains(&Some(position)) => String::new(),
            position => position.to_string().replace('-', "−"),
        },
        strong: dialling.position == 0.0,
    };
    let given = || turned.iter().map(|dialling| dialling.given);
    let plot = Plot {
        x: Axis::linear(
            given().fold(f64::INFINITY, f64::min),
            given().fold(f64::NEG_INFINITY, f64::max),
            3,
            short,
        ),
        y: Axis::linear(low, high, 4, |value| format!("{value:.2}")),
        x_title: dial.given(),
        y_title: "NDCG@100",
        lines: vec![Line {
            name: String::new(),
            points: turned.iter().map(point).collect(),
            style: 1,
            every: 1,
        }],
    };
    plot.draw()
}
