//! Bars from one line, and ranges on both sides of one.

use yew::prelude::*;

/// A bar.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Bar {
    /// What it is of.
    pub label: String,
    /// Its length, from 0 to 1.
    pub part: f64,
    /// Where others are, likewise.
    pub mark: Option<f64>,
    /// The figure beside it.
    pub said: String,
}

/// Bars, each with its label before it and its figure behind.
pub(crate) fn bars(bars: &[Bar]) -> Html {
    let bar = |bar: &Bar| {
        let mark = bar.mark.map(|mark| {
            let style = format!("inset-inline-start:{}%", percent(mark));
            html! { <i class="bar__mark" {style}></i> }
        });
        html! {
            <li class="bar">
                <span class="bar__label">{ &bar.label }</span>
                <span class="bar__track" aria-hidden="true">
                    <i class="bar__length" style={format!("inline-size:{}%", percent(bar.part))}></i>
                    { mark }
                </span>
                <span class="bar__said">{ &bar.said }</span>
            </li>
        }
    };
    html! { <ul class="bars">{ for bars.iter().map(bar) }</ul> }
}

/// A value with its interval, on an axis from 0 to 1.
#[derive(Clone, PartialEq)]
pub(crate) struct Range {
    /// What it is of.
    pub label: Html,
    /// The value.
    pub at: f64,
    /// The ends of its interval.
    pub ends: (f64, f64),
    /// The figure beside it.
    pub said: String,
    /// What else there is to know.
    pub note: String,
    /// Not sure enough to be told from the line.
    pub open: bool,
}

/// Values with their intervals on both sides of a line, which stands at `line`.
pub(crate) fn ranges(ranges: &[Range], line: f64) -> Html {
    let range = |range: &Range| {
        let (low, high) = range.ends;
        let (start, length) = (percent(low), percent(high - low));
        html! {
            <li class={classes!("range", range.open.then_some("range--open"))}>
                <span class="range__label">{ range.label.clone() }</span>
                <span class="range__track" aria-hidden="true">
                    <i class="range__length" style={format!("inset-inline-start:{start}%;inline-size:{length}%")}></i>
                    <i class="range__at" style={format!("inset-inline-start:{}%", percent(range.at))}></i>
                </span>
                <span class="range__said">{ &range.said }</span>
                if !range.note.is_empty() {
                    <span class="range__note">{ &range.note }</span>
                }
            </li>
        }
    };
    html! {
        <ul class="ranges" style={format!("--line:{}%", percent(line))}>{ for ranges.iter().map(range) }</ul>
    }
}

/// With one decimal: less than a pixel.
fn percent(part: f64) -> String {
    format!("{:.1}", (part * 100.0).clamp(0.0, 100.0))
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn nothing_is_drawn_outside_the_axis() {
        let drawn: Vec<_> = [-0.5, 0.1234, 3.0].map(percent).into();
        assert_eq!(drawn, ["0.0", "12.3", "100.0"]);
    }
}
