//! Path data, in whole units so that it stays short.

use std::fmt::Write as _;

/// A growing `d` attribute.
#[derive(Default)]
pub(super) struct Path(String);

impl Path {
    pub(super) fn rect(&mut self, x: f32, y: f32, width: f32, height: f32) {
        self.push(format_args!(
            "M{} {}h{}v{}h{}z",
            r(x),
            r(y),
            r(width),
            r(height),
            -r(width)
        ));
    }

    /// A circle of the stroke's width: a line of no length with round ends, the shortest way to say it.
    pub(super) fn dot(&mut self, x: f32, y: f32) {
        self.push(format_args!("M{} {}h0", r(x), r(y)));
    }

    pub(super) fn line(&mut self, from: (f32, f32), to: (f32, f32)) {
        self.push(format_args!(
            "M{} {}L{} {}",
            r(from.0),
            r(from.1),
            r(to.0),
            r(to.1)
        ));
    }

    /// An outline of a circle, for a stroke.
    pub(super) fn ring(&mut self, x: f32, y: f32, radius: f32) {
        let (radius, across) = (r(radius), r(radius) * 2);
        self.push(format_args!(
            "M{} {}a{radius} {radius} 0 1 0 {across} 0a{radius} {radius} 0 1 0-{across} 0",
            r(x) - radius,
            r(y)
        ));
    }

    /// A quarter disc with its corner at (`x`, `y`), reaching `dx` across and `dy` down, as long either way.
    pub(super) fn quarter(&mut self, x: f32, y: f32, dx: f32, dy: f32) {
        let sweep = u8::from((dx > 0.0) == (dy > 0.0));
        self.push(format_args!(
            "M{} {}h{}a{size} {size} 0 0 {sweep} {} {}z",
            r(x),
            r(y),
            r(dx),
            -r(dx),
            r(dy),
            size = r(dx.abs())
        ));
    }

    /// A door with a round top, standing on `floor`.
    pub(super) fn arch(&mut self, x: f32, floor: f32, width: f32, height: f32) {
        let half = width / 2.0;
        let wall = (height - half).max(0.0);
        self.push(format_args!(
            "M{} {}v{}a{half} {half} 0 0 1 {} 0v{}z",
            r(x),
            r(floor),
            -r(wall),
            r(width),
            r(wall),
            half = r(half),
        ));
    }

    pub(super) fn polygon(&mut self, points: &[(f32, f32)]) {
        for (i, (x, y)) in points.iter().enumerate() {
            self.push(format_args!(
                "{}{} {}",
                if i == 0 { 'M' } else { 'L' },
                r(*x),
                r(*y)
            ));
        }
        self.0.push('z');
    }

    /// A band below a wave of the given half length and height, down to `floor`.
    pub(super) fn wave(&mut self, x: f32, y: f32, half: f32, rise: f32, width: f32, floor: f32) {
        self.push(format_args!(
            "M{} {}q{} {} {} 0",
            r(x),
            r(y),
            r(half) / 2,
            -r(rise),
            r(half)
        ));
        let mut at = x + half;
        while at < width {
            self.push(format_args!("t{} 0", r(half)));
            at += half;
        }
        self.push(format_args!("V{}H{}z", r(floor), r(x)));
    }

    /// An S from one side to the other.
    pub(super) fn swing(&mut self, x0: f32, y0: f32, x1: f32, y1: f32, bend: f32) {
        let middle = (x0 + x1) / 2.0;
        self.push(format_args!(
            "M{} {}C{middle} {} {middle} {} {} {}",
            r(x0),
            r(y0),
            r(y0 + bend),
            r(y1 - bend),
            r(x1),
            r(y1),
            middle = r(middle),
        ));
    }

    pub(super) fn into_data(self) -> String {
        self.0
    }

    fn push(&mut self, piece: std::fmt::Arguments<'_>) {
        // Writing to a `String` cannot fail.
        let _ = self.0.write_fmt(piece);
    }
}

fn r(value: f32) -> i32 {
    value.round() as i32
}
