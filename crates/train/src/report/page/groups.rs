//! Taste groups, one card each.

use maud::{Markup, html};

use super::{Report, grouped, titled};

pub(super) fn groups(report: &Report) -> Option<Markup> {
    let groups = &report.trends.groups;
    if groups.is_empty() {
        return None;
    }
    Some(html! {
        p.say { "The vectors fall into groups of films that the same people like. Nobody named them: the names are the genres that set each apart." }
        ol.groups {
            @for (at, group) in groups.iter().enumerate() {
                li {
                    h3 { i class={ "chip g" (at) } {} (group.name) }
                    p.films { (group.known_for.iter().map(|film| titled(&film.title, film.year)).collect::<Vec<_>>().join(" · ")) }
                    p.small {
                        (grouped(group.films as u64)) " films, " (grouped(group.ratings as u64)) " ratings"
                        @if let Some(mean) = group.mean { ", " (format!("{mean:.2}")) " on average" }
                        @if !group.tags.is_empty() { ". Tagged " (group.tags.join(", ")) }
                        "."
                    }
                }
            }
        }
    })
}
