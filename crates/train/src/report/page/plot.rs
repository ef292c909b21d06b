//! Lines and points on two axes, each line named at its end.

use maud::{Markup, html};

use super::chart::{Axis, hundredths};
use super::labels::apart;

/// Height of the drawing, in pixels.
const HEIGHT: f64 = 260.0;
/// The least distance of two names, in percent of the height.
const NAME: f64 = 100.0 * 17.0 / HEIGHT;

/// A point on a line.
pub(super) struct Point {
    pub(super) x: f64,
    pub(super) y: f64,
    /// Its standard error; 0 draws no bar.
    pub(super) error: f64,
    /// What pointing at it says.
    pub(super) tip: String,
    /// What is written beside it; nothing if empty.
    pub(super) label: String,
    /// The one that ships.
    pub(super) strong: bool,
}

/// A named line.
pub(super) struct Line {
    pub(super) name: String,
    pub(super) points: Vec<Point>,
    /// How it is drawn: 0 in the accent, then the quieter ones, each with a pattern of its own.
    pub(super) style: usize,
    /// Which points have a dot: one in this many, from the first on; 0 for none.
    pub(super) every: usize,
}

pub(super) struct Plot<'a> {
    pub(super) x: Axis,
    pub(super) y: Axis,
    pub(super) x_title: &'a str,
    pub(super) y_title: &'a str,
    pub(super) lines: Vec<Line>,
}

impl Plot<'_> {
    pub(super) fn draw(&self) -> Markup {
        let (x, y) = (|v| self.x.at(v), |v| hundredths(100.0 - self.y.at(v)));
        let path = |line: &Line| {
            let points: Vec<String> = line
                .points
                .iter()
                .map(|point| format!("{} {}", x(point.x), y(point.y)))
                .collect();
            format!("M{}", points.join("L"))
        };
        let ends: Vec<f64> = self
            .lines
            .iter()
            .map(|line| line.points.last().map_or(50.0, |p| y(p.y)))
            .collect();
        let named = self.lines.iter().any(|line| !line.name.is_empty());
        html! {
            div.plot.named[named] {
                p.plot__y { (self.y_title) }
                div.plot__field style={ "height:" (HEIGHT) "px" } {
                    @for (tick, written) in &self.y.ticks {
                        i.grid.grid--y style={ "top:" (y(*tick)) "%" } {}
                        span.tick.tick--y style={ "top:" (y(*tick)) "%" } { (written) }
                    }
                    @for (tick, written) in &self.x.ticks {
                        span.tick.tick--x style={ "left:" (x(*tick)) "%" } { (written) }
                    }
                    svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true" {
                        @for line in &self.lines { path class={ "line line--" (line.style) } d=(path(line)) {} }
                    }
                    @for line in &self.lines {
                        @for (at, point) in line.points.iter().enumerate() {
                            @if point.error > 0.0 {
                                i.whisker style={
                                    "left:" (x(point.x)) "%;top:" (y(point.y + 1.96 * point.error)) "%;height:"
                                    (hundredths(y(point.y - 1.96 * point.error) - y(point.y + 1.96 * point.error))) "%"
                                } {}
                            }
                            @if (line.every > 0 && at % line.every == 0) || point.strong {
                                i class={ "point point--" (line.style) @if point.strong { " strong" } }
                                    style={ "left:" (x(point.x)) "%;top:" (y(point.y)) "%" }
                                    data-tip=(point.tip) title=(point.tip) {}
                            }
                            @if !point.label.is_empty() {
                                span.beside style={ "left:" (x(point.x)) "%;top:" (y(point.y)) "%" } { (point.label) }
                            }
                        }
                    }
                    @if named {
                        @for (line, top) in self.lines.iter().zip(apart(&ends, NAME)) {
                            span class={ "name name--" (line.style) } style={ "top:" (hundredths(top)) "%" } { (line.name) }
                        }
                    }
                }
                p.plot__x { (self.x_title) }
            }
        }
    }
}
