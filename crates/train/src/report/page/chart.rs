//! Small charts of rows and columns: dots with their errors, columns, sparklines.

use maud::{Markup, html};

/// An axis: what is shown, where it begins and ends, and what is written beside it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Axis {
    low: f64,
    high: f64,
    log: bool,
    pub(super) ticks: Vec<(f64, String)>,
}

impl Axis {
    /// From about `low` to about `high`, rounded out to whole steps, of which there are about `steps`.
    pub(super) fn linear(low: f64, high: f64, steps: usize, write: impl Fn(f64) -> String) -> Self {
        let span = if high > low { high - low } else { 1.0 };
        let rough = span / steps.max(1) as f64;
        let magnitude = 10_f64.powf(rough.log10().floor());
        let step = [1.0, 2.0, 2.5, 5.0, 10.0]
            .into_iter()
            .map(|factor| factor * magnitude)
            .find(|step| *step >= rough * 0.999)
            .unwrap_or(10.0 * magnitude);
        let (first, last) = (
            (low / step + 1e-9).floor() as i64,
            (high / step - 1e-9).ceil() as i64,
        );
        let ticks: Vec<(f64, String)> = (first..=last.max(first + 1))
            .map(|n| n as f64 * step)
            .map(|value| (value, write(value)))
            .collect();
        Self {
            low: ticks[0].0,
            high: ticks[ticks.len() - 1].0,
            log: false,
            ticks,
        }
    }

    /// From exactly `low` to exactly `high`, without ticks.
    pub(super) fn exact(low: f64, high: f64) -> Self {
        Self {
            low,
            high: high.max(low + 1.0),
            log: false,
            ticks: Vec::new(),
        }
    }

    /// From `low` to `high` in ratios, with these ticks; all above 0.
    pub(super) fn log(low: f64, high: f64, ticks: &[f64], write: impl Fn(f64) -> String) -> Self {
        let shown = ticks
            .iter()
            .copied()
            .filter(|tick| (low..=high).contains(tick));
        Self {
            low,
            high,
            log: true,
            ticks: shown.map(|tick| (tick, write(tick))).collect(),
        }
    }

    /// Where a value lies, in percent of the axis's length.
    pub(super) fn at(&self, value: f64) -> f64 {
        let along = if self.log {
            (value / self.low).ln() / (self.high / self.low).ln()
        } else {
            (value - self.low) / (self.high - self.low)
        };
        // Two decimals: a hundredth of a percent is a tenth of a pixel.
        (along.clamp(0.0, 1.0) * 1e4).round() / 100.0
    }
}

/// One row of a dot chart.
pub(super) struct Dot {
    pub(super) name: String,
    pub(super) value: f64,
    /// Ends of its interval.
    pub(super) interval: (f64, f64),
    /// What is written at the end of the row.
    pub(super) written: String,
    /// Ours, as opposed to what it is compared with.
    pub(super) strong: bool,
}

/// Values with their intervals, a row each, on one axis. `mark` draws a line that means something, such as no change.
pub(super) fn dots(rows: &[Dot], axis: &Axis, mark: Option<f64>) -> Markup {
    html! {
        div.dots {
            @for row in rows {
                div.dots__row.strong[row.strong] {
                    span.dots__name { (row.name) }
                    span.dots__track {
                        @for (tick, _) in &axis.ticks { i.grid style={ "left:" (axis.at(*tick)) "%" } {} }
                        @if let Some(mark) = mark { i.mark style={ "left:" (axis.at(mark)) "%" } {} }
                        i.error style={
                            "left:" (axis.at(row.interval.0)) "%;width:"
                            (hundredths(axis.at(row.interval.1) - axis.at(row.interval.0))) "%"
                        } {}
                        i.dot style={ "left:" (axis.at(row.value)) "%" } {}
                    }
                    span.dots__value { (row.written) }
                }
            }
            div.dots__row.dots__axis aria-hidden="true" {
                span.dots__name {}
                span.dots__track {
                    @for (tick, written) in &axis.ticks { span.tick style={ "left:" (axis.at(*tick)) "%" } { (written) } }
                }
                span.dots__value {}
            }
        }
    }
}

/// One column of a column chart.
pub(super) struct Column {
    pub(super) name: String,
    pub(super) value: f64,
    /// What pointing at it says.
    pub(super) tip: String,
    /// Whether its name is written below it.
    pub(super) named: bool,
}

/// Columns from zero.
pub(super) fn columns(columns: &[Column]) -> Markup {
    let top = columns
        .iter()
        .map(|column| column.value)
        .fold(f64::MIN_POSITIVE, f64::max);
    html! {
        div.columns {
            @for column in columns {
                div.columns__one data-tip=(column.tip) title=(column.tip) {
                    i style={ "height:" (hundredths(100.0 * column.value / top)) "%" } {}
                    span { @if column.named { (column.name) } }
                }
            }
        }
    }
}

/// The course of one number, without axes, from zero.
pub(super) fn sparkline(values: &[f64], top: f64) -> Markup {
    let last = values.len().saturating_sub(1).max(1) as f64;
    let point = |(at, value): (usize, &f64)| {
        format!(
            "{} {}",
            hundredths(100.0 * at as f64 / last),
            hundredths(100.0 - 100.0 * value / top.max(f64::MIN_POSITIVE))
        )
    };
    let points: Vec<String> = values.iter().enumerate().map(point).collect();
    let line = format!("M{}", points.join("L"));
    html! {
        svg.spark viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true" {
            path.area d={ (line) "L100 100L0 100Z" } {}
            path.line d=(line) {}
        }
    }
}

/// Two decimals: fewer bytes, and the same on every machine.
pub(super) fn hundredths(value: f64) -> f64 {
    let value = (value * 100.0).round() / 100.0;
    // No minus zero.
    if value == 0.0 { 0.0 } else { value }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_begin_and_end_at_whole_steps_that_enclose_the_data() {
        let axis = Axis::linear(0.213, 0.4391, 4, |value| format!("{value:.1}"));
        let ticks: Vec<&str> = axis
            .ticks
            .iter()
            .map(|(_, written)| written.as_str())
            .collect();
        assert_eq!(ticks, ["0.2", "0.3", "0.4", "0.5"]);
        assert_eq!(
            (axis.at(0.2), axis.at(0.35), axis.at(9.0)),
            (0.0, 50.0, 100.0)
        );
        let ratios = Axis::log(0.25, 4.0, &[0.1, 0.5, 1.0, 2.0], |value| value.to_string());
        assert_eq!(ratios.ticks.len(), 3);
        assert_eq!((ratios.at(1.0), ratios.at(2.0)), (50.0, 75.0));
    }
}
