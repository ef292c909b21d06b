//! The taste map.

use maud::{Markup, html};

use super::chart::hundredths;
use super::labels::{Side, place};
use super::{Report, grouped, titled};

/// Sizes in pixels that labels are placed for: a desktop's and a phone's.
const WIDE: (f64, f64) = (760.0, 608.0);
const NARROW: (f64, f64) = (340.0, 408.0);
/// Most labels on each.
const WIDE_LABELS: usize = 46;
const NARROW_LABELS: usize = 14;
/// Titles longer than this take too much room.
const TITLE: usize = 22;

pub(super) fn map(report: &Report) -> Option<Markup> {
    let places = &report.map;
    let most = places.iter().map(|place| place.ratings).max()?;
    let short: Vec<bool> = places
        .iter()
        .map(|place| place.title.chars().count() <= TITLE)
        .collect();
    let named: Vec<(f64, f64, &str)> = places
        .iter()
        .zip(&short)
        .filter(|(_, short)| **short)
        .map(|(place, _)| (place.x, place.y, place.title.as_str()))
        .collect();
    let wide = place(&named, WIDE.0, WIDE.1, WIDE_LABELS);
    let narrow = place(&named, NARROW.0, NARROW.1, NARROW_LABELS);
    let group = |at: Option<usize>| at.map_or(String::new(), |at| format!("g{at}"));
    let tip = |place: &super::super::Place| {
        let of = place.group.and_then(|at| report.trends.groups.get(at));
        let of = of.map_or(String::new(), |group| format!(", in {}", group.name));
        format!(
            "{}: {} ratings{of}",
            titled(&place.title, place.year),
            grouped(place.ratings)
        )
    };
    let side = |side: &Side| match side {
        Side::Right => "right",
        Side::Left => "left",
        Side::Above => "above",
        Side::Below => "below",
    };
    // The area of a spot follows its ratings.
    let size = |ratings: u32| {
        hundredths(5.0 + 11.0 * (f64::from(ratings) / f64::from(most.max(1))).sqrt())
    };
    Some(html! {
        p.say { "The " (places.len()) " most-rated films, as the model sees them: neighbours are liked by the same people. Distances across the map mean little; who stands beside whom means much." }
        div.map {
            @for spot in places.iter().rev() {
                i class={ "spot " (group(spot.group)) } style={
                    "left:" (hundredths(100.0 * spot.x)) "%;top:" (hundredths(100.0 * spot.y)) "%;--d:" (size(spot.ratings)) "px"
                } data-tip=(tip(spot)) title=(tip(spot)) {}
            }
            @for (labels, screen) in [(&wide, "wide"), (&narrow, "narrow")] {
                @for ((x, y, title), at) in named.iter().zip(labels) {
                    @if let Some(at) = at {
                        span class={ "label label--" (side(at)) " " (screen) } aria-hidden="true"
                            style={ "left:" (hundredths(100.0 * x)) "%;top:" (hundredths(100.0 * y)) "%" } { (title) }
                    }
                }
            }
        }
        p.caption { "Laid out by t-SNE from the vectors that ship. The larger a spot, the more ratings; its colour is its taste group, listed below. Point at a spot for its title." }
    })
}
