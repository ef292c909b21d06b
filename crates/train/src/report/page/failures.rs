//! Failure examples.

use maud::{Markup, html};

use super::super::{Failure, Film};
use super::{Report, grouped, titled};

pub(super) fn failures(report: &Report) -> Option<Markup> {
    if report.failures.is_empty() {
        return None;
    }
    Some(html! {
        p.say { "The test users whom this model served worst, of those with enough hidden favourites for it not to be chance. The reasons are guesses by simple rules." }
        @for (at, failure) in report.failures.iter().enumerate() { (one(at, failure)) }
    })
}

fn one(at: usize, failure: &Failure) -> Markup {
    let more = failure.likes.saturating_sub(failure.liked.len());
    html! {
        article.failure {
            h3 { "Somebody who likes " (failure.liked.first().map_or_else(|| format!("film {}", at + 1), |film| titled(&film.title, film.year))) }
            p.guess { (failure.guess) " NDCG@100 is " (format!("{:.3}", failure.ndcg.abs())) "." }
            div.three {
                div {
                    h4 { "Known to like" }
                    ul { @for film in &failure.liked { li { (title(film)) } } @if more > 0 { li.small { "and " (grouped(more as u64)) " more" } } }
                }
                div {
                    h4 { "Recommended" }
                    ol { @for film in &failure.recommended { li { (title(film)) } } }
                }
                div {
                    h4 { "Hidden, and where it was" }
                    ul {
                        @for hidden in &failure.hidden {
                            li { (title(&hidden.film)) span.small { ", " (grouped(hidden.film.ratings)) " ratings, place " (grouped(hidden.place as u64)) } }
                        }
                    }
                }
            }
        }
    }
}

fn title(film: &Film) -> String {
    titled(&film.title, film.year)
}
