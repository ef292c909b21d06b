//! Lines over the years, one beside the other.

use std::fmt::Write;

use yew::prelude::*;

/// The drawing's own units, stretched to the room there is.
const WIDTH: f64 = 100.0;
const HEIGHT: f64 = 40.0;

/// Something that changes from year to year.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    /// What it is.
    pub label: String,
    /// A value a year; none where nothing is known.
    pub values: Vec<Option<f64>>,
    /// Words for a value.
    pub said: fn(f64) -> String,
}

/// Each line above the axis of its years, with its first, highest and last value written to it. `from` says where all
/// their axes begin: at 0 where lengths are to be compared.
pub(crate) fn lines(lines: &[Line], years: &[u16], from: Option<f64>) -> Html {
    html! { <ul class="lines">{ for lines.iter().map(|line| small(line, years, from)) }</ul> }
}

fn small(line: &Line, years: &[u16], from: Option<f64>) -> Html {
    let known: Vec<(usize, f64)> = line
        .values
        .iter()
        .take(years.len())
        .enumerate()
        .filter_map(|(at, value)| Some((at, (*value)?)))
        .collect();
    let (Some(&first), Some(&last)) = (known.first(), known.last()) else {
        return Html::default();
    };
    let highest = known.iter().copied().fold(
        first,
        |best, other| if other.1 > best.1 { other } else { best },
    );
    let lowest = known
        .iter()
        .fold(first.1, |least, (_, value)| least.min(*value));
    let axis = (from.unwrap_or(lowest), highest.1);
    let said = |(at, value): (usize, f64)| format!("{}: {}", years[at], (line.said)(value));
    let place = |at: usize| at as f64 / (years.len().max(2) - 1) as f64 * 100.0;
    // In the middle third the word for the highest value has room to stand above it.
    let peak = (highest.0 != first.0 && highest.0 != last.0).then(|| {
        let style = format!(
            "inset-inline-start:{:.1}%",
            place(highest.0).clamp(22.0, 78.0)
        );
        html! { <span class="line__peak" {style}>{ said(highest) }</span> }
    });
    html! {
        <li class="line">
            <span class="line__label">{ &line.label }</span>
            // Years run from left to right in every language.
            <span class="line__chart" dir="ltr">
                { peak }
                { drawing(&known, years.len(), axis) }
                <span class="line__ends"><span>{ said(first) }</span><span>{ said(last) }</span></span>
            </span>
        </li>
    }
}

fn drawing(known: &[(usize, f64)], count: usize, axis: (f64, f64)) -> Html {
    let path = path(known, count, axis);
    let (Some(first), Some(last)) = (known.first(), known.last()) else {
        return Html::default();
    };
    let x = |at: usize| at as f64 / (count.max(2) - 1) as f64 * WIDTH;
    let area = format!(
        "{path}L{:.1} {HEIGHT}L{:.1} {HEIGHT}z",
        x(last.0),
        x(first.0)
    );
    html! {
        <svg class="line__drawing" viewBox={format!("0 0 {WIDTH} {HEIGHT}")} preserveAspectRatio="none"
            aria-hidden="true" focusable="false">
            <path class="line__area" d={area} /><path class="line__path" d={path} />
        </svg>
    }
}

/// The line through the known values, straight across what is not known.
fn path(known: &[(usize, f64)], count: usize, (low, high): (f64, f64)) -> String {
    let span = if high > low { high - low } else { 1.0 };
    let mut path = String::new();
    for (i, (at, value)) in known.iter().enumerate() {
        let x = *at as f64 / (count.max(2) - 1) as f64 * WIDTH;
        let y = HEIGHT - (value - low) / span * (HEIGHT - 2.0) - 1.0;
        // Writing to a string cannot fail.
        let _ = write!(path, "{}{x:.1} {y:.1}", if i == 0 { 'M' } else { 'L' });
    }
    path
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn a_line_goes_from_one_end_to_the_other_and_stays_within() {
        assert_eq!(
            path(&[(0, 1.0), (2, 3.0)], 3, (1.0, 3.0)),
            "M0.0 39.0L100.0 1.0"
        );
        assert_eq!(path(&[(0, 5.0)], 1, (5.0, 5.0)), "M0.0 39.0");
        assert_eq!(path(&[], 0, (0.0, 0.0)), "");
    }
}
