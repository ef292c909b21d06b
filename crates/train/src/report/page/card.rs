//! The model in a few words and figures, its card, and how its settings were found.

use matinee_format::Evaluation;
use maud::{Markup, html};

use super::{Report, grouped, percent};
use crate::evaluate::Metric;

/// What the model is, in a sentence or two.
pub(super) fn lead(report: &Report) -> Markup {
    let card = &report.card;
    html! {
        p.lead {
            "Learned from " (grouped(card.ratings)) " ratings by " (grouped(card.users)) " people"
            @if let Some((first, last)) = years(report) { ", given from " (first) " to " (last) }
            ". It knows " (grouped(report.file.films as u64)) " films in " (grouped(report.file.bytes as u64)) " bytes."
        }
    }
}

/// The four figures to remember.
pub(super) fn key_figures(report: &Report) -> Markup {
    let Some(ours) = report.contenders.iter().find(|contender| contender.ours) else {
        return html! {};
    };
    let popularity = report.contenders.iter().find(|contender| !contender.ours);
    let [recall20, _, ndcg] = ours.metrics;
    html! {
        dl.key {
            div { dt { "NDCG@100" } dd { (format!("{:.3}", ndcg.mean)) } dd.note { "on people it has never seen, ±\u{a0}" (format!("{:.3}", ndcg.standard_error)) } }
            div { dt { "Found in the first 20" } dd { (percent(recall20.mean)) } dd.note { "of the favourites that were hidden" } }
            @if let Some(weakest) = popularity {
                div { dt { "Over " (weakest.name.to_lowercase()) } dd { (format!("×{:.1}", ndcg.mean / weakest.metrics[Metric::Ndcg100 as usize].mean)) } dd.note { "in NDCG@100, same people" } }
            }
            @if let Some(raters) = &report.raters {
                div { dt { "Heaviest 1% hold" } dd { (percent(raters.after.top_1)) } dd.note { "of the training weight; unweighted " (percent(raters.before.top_1)) } }
            }
        }
    }
}

/// The first and last year of rating, as the trends have them: without dates that cannot be.
fn years(report: &Report) -> Option<(i16, i16)> {
    let years = &report.trends.time.as_ref()?.years;
    Some((*years.first()?, *years.last()?))
}

pub(super) fn card(report: &Report) -> Option<Markup> {
    let (card, file) = (&report.card, &report.file);
    let value = |row: &Evaluation| match row.standard_error {
        0.0 => format!("{:.4}", row.value),
        error => format!("{:.4} ± {error:.4}", row.value),
    };
    Some(html! {
        div.two {
            div {
                h3 { "Data" }
                @for data in &card.data_sets {
                    p { strong { (data.name) } }
                    p.small { "Licence: " (data.licence) }
                    p.small { "Cite: " (data.citation) }
                }
                @if card.data_sets.is_empty() { p { "No data set is named: give " code { "--card" } " to name it with its licence." } }
            }
            div {
                h3 { "Settings" }
                dl.facts {
                    dt { "algorithm" } dd { (card.algorithm) }
                    dt { "file" } dd { (grouped(file.bytes as u64)) " bytes, " (grouped(file.films as u64)) " films" }
                    @for setting in &card.settings { dt { (setting.name) } dd { (setting.value) } }
                }
                p.small { "All but dims, levels and seed were chosen on validation users." }
            }
        }
        (super::figures(html! {
            table {
                thead { tr { th { "figure" } th.n { "value ± standard error" } th { "protocol" } } }
                tbody { @for row in &card.evaluations { tr { td { (row.metric) } td.n { (value(row)) } td { (row.protocol) } } } }
            }
        }))
    })
}

pub(super) fn trials(report: &Report) -> Option<Markup> {
    let first = report.trials.first()?;
    let best = report
        .trials
        .iter()
        .map(|trial| trial.ndcg)
        .fold(f64::NEG_INFINITY, f64::max);
    Some(html! {
        p.say {
            (report.trials.len()) " settings were tried on validation users, who are neither trained on nor in any figure above. \
             The best reached an NDCG@100 of " (format!("{best:.4}")) "."
        }
        details.figures {
            summary { "All " (report.trials.len()) }
            div.scroll {
                table {
                    thead { tr { th.n { "trial" } @for (name, _) in &first.settings { th.n { (name) } } th.n { "NDCG@100" } } }
                    tbody {
                        @for (at, trial) in report.trials.iter().enumerate() {
                            tr.strong[trial.ndcg == best] {
                                td.n { (at + 1) }
                                @for (_, value) in &trial.settings { td.n { (super::chart::hundredths(*value)) } }
                                td.n { (format!("{:.4}", trial.ndcg)) }
                            }
                        }
                    }
                }
            }
        }
    })
}
