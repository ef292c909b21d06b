//! The picture of a cover: one figure of a few plain shapes, chosen and bent by the film's traits.
//!
//! The signs of the first four traits choose the figure, so that neighbours in taste share it; the sizes of
//! the rest bend it.

use super::colour::sin_cos;
use super::path::Path;
use super::{Shape, Tone, Traits};

/// Each figure with its opposite in the fourth trait.
const FIGURES: [fn(&Traits, &mut Canvas); 16] = [
    blinds, shards, beam, target, bulbs, tiles, sun, horizon, peaks, tents, fans, arcade, waves,
    ribbons, skyline, columns,
];

/// Draws the figure in a field of `w` by `h`, mirrored left to right when asked.
pub(super) fn draw(traits: &Traits, w: f32, h: f32, mirrored: bool) -> Vec<Shape> {
    let signs = traits.0[..4]
        .iter()
        .fold(0, |bits, v| bits << 1 | usize::from(*v >= 0.0));
    let mut canvas = Canvas {
        w,
        h,
        mirrored,
        layers: Vec::new(),
    };
    canvas.fill(Tone::Field, |path, c| path.rect(0.0, 0.0, c.w, c.h));
    FIGURES[signs](traits, &mut canvas);
    canvas.layers
}

struct Canvas {
    w: f32,
    h: f32,
    mirrored: bool,
    layers: Vec<Shape>,
}

impl Canvas {
    fn fill(&mut self, tone: Tone, draw: impl FnOnce(&mut Path, &Self)) {
        self.stroke(tone, 0.0, draw);
    }

    fn stroke(&mut self, tone: Tone, width: f32, draw: impl FnOnce(&mut Path, &Self)) {
        let mut path = Path::default();
        draw(&mut path, self);
        let d = path.into_data();
        if !d.is_empty() {
            self.layers.push(Shape {
                tone,
                stroke: width.round(),
                d,
            });
        }
    }

    fn disc(&mut self, tone: Tone, x: f32, y: f32, radius: f32) {
        self.stroke(tone, radius * 2.0, |path, _| path.dot(x, y));
    }

    /// Where `part` of the way across lies.
    fn x(&self, part: f32) -> f32 {
        if self.mirrored {
            self.w * (1.0 - part)
        } else {
            self.w * part
        }
    }

    fn short(&self) -> f32 {
        self.w.min(self.h)
    }
}

/// A low sun with rings, over layers of ground.
fn sun(t: &Traits, canvas: &mut Canvas) {
    let radius = canvas.short() * t.between(4, 0.26, 0.42);
    let x = canvas.x(t.between(5, 0.3, 0.7));
    let y = canvas.h * t.between(6, 0.42, 0.58);
    canvas.disc(Tone::Main, x, y, radius);
    let rings = t.count(7, 1, 4);
    canvas.stroke(Tone::Main, radius * 0.1, |path, _| {
        (1..=rings).for_each(|ring| path.ring(x, y, radius * (1.0 + 0.24 * ring as f32)));
    });
    let top = y + radius * t.between(3, 0.1, 0.7);
    strata(canvas, top, t.count(8, 2, 4));
}

/// Bands of ground, thickening towards the foot.
fn strata(canvas: &mut Canvas, top: f32, count: u32) {
    canvas.fill(Tone::Second, |path, c| {
        let step = (c.h - top) / count as f32;
        for i in 0..count {
            let thick = step * (0.34 + 0.66 * (i + 1) as f32 / count as f32);
            path.rect(0.0, top + step * i as f32, c.w, thick + 1.0);
        }
    });
}

/// A far horizon, with the sun half set and its light on the water.
fn horizon(t: &Traits, canvas: &mut Canvas) {
    let level = canvas.h * t.between(4, 0.5, 0.68);
    let radius = canvas.short() * t.between(5, 0.25, 0.42);
    let x = canvas.x(t.between(6, 0.35, 0.65));
    canvas.disc(Tone::Second, x, level, radius);
    canvas.fill(Tone::Main, |path, c| {
        path.rect(0.0, level, c.w, c.h - level)
    });
    let glints = t.count(7, 3, 6);
    let step = (canvas.h - level) / (glints as f32 + 0.5);
    canvas.stroke(Tone::Second, step * 0.42, |path, _| {
        for i in 0..glints {
            let half = radius * (0.95 - 0.62 * (i as f32 / glints as f32)) * t.between(8, 0.6, 1.0);
            let y = level + step * (i as f32 + 0.75);
            path.line((x - half, y), (x + half, y));
        }
    });
}

/// Light through a blind: bars that grow, across a disc.
fn blinds(t: &Traits, canvas: &mut Canvas) {
    let radius = canvas.short() * t.between(4, 0.26, 0.42);
    let (x, y) = (canvas.x(t.between(5, 0.45, 0.8)), canvas.h * 0.5);
    canvas.disc(Tone::Second, x, y, radius);
    let bars = t.count(6, 5, 9);
    let falling = t.0[7] < 0.0;
    canvas.fill(Tone::Main, |path, c| {
        let step = c.h / bars as f32;
        for i in 0..bars {
            let grown = (i as f32 + 0.6) / bars as f32;
            let thick = step
                * if falling {
                    1.0 - grown * 0.85
                } else {
                    0.15 + grown * 0.75
                };
            path.rect(0.0, step * i as f32, c.w, thick.max(2.0));
        }
    });
}

/// Slanting blades, two colours by turns.
fn shards(t: &Traits, canvas: &mut Canvas) {
    let blades = t.count(4, 4, 7);
    let slant = canvas.h * t.between(5, 0.35, 0.9);
    let step = (canvas.w + slant) / blades as f32;
    for (tone, start) in [(Tone::Main, 0), (Tone::Second, 1)] {
        canvas.fill(tone, |path, c| {
            for i in (start..blades).step_by(2) {
                let x = step * i as f32 - slant;
                let wide = step * t.between(6 + start as usize, 0.35, 0.85);
                let y = c.h * 0.16 * (i % 3) as f32;
                let at = |x: f32| if c.mirrored { c.w - x } else { x };
                path.polygon(&[
                    (at(x), c.h),
                    (at(x + slant), y),
                    (at(x + slant + wide), y),
                    (at(x + wide), c.h),
                ]);
            }
        });
    }
}

/// The projector's beam: wedges of light from one point.
fn beam(t: &Traits, canvas: &mut Canvas) {
    let wedges = t.count(4, 5, 9);
    let x = canvas.x(t.between(5, 0.0, 0.3));
    let y = canvas.h * t.between(6, 0.1, 0.9);
    let far = canvas.w + canvas.h;
    let turn = t.between(7, 0.0, 0.5);
    canvas.fill(Tone::Main, |path, _| {
        let step = std::f32::consts::TAU / wedges as f32;
        for i in 0..wedges {
            let from = step * (i as f32 + turn);
            let to = from + step * t.between(8, 0.38, 0.56);
            let end = |angle: f32| {
                let (sin, cos) = sin_cos(angle);
                (x + far * cos, y + far * sin)
            };
            path.polygon(&[(x, y), end(from), end(to)]);
        }
    });
    canvas.disc(
        Tone::Second,
        x,
        y,
        canvas.short() * t.between(3, 0.13, 0.26),
    );
}

/// Rings about a point, like a leader counting down.
fn target(t: &Traits, canvas: &mut Canvas) {
    let (x, y) = (
        canvas.x(t.between(4, 0.3, 0.7)),
        canvas.h * t.between(5, 0.35, 0.65),
    );
    let rings = t.count(6, 3, 6);
    let step = canvas.w.max(canvas.h) * t.between(7, 0.6, 0.8) / rings as f32;
    canvas.stroke(Tone::Main, step * t.between(8, 0.3, 0.6), |path, _| {
        (1..=rings).for_each(|ring| path.ring(x, y, step * ring as f32));
    });
    canvas.disc(Tone::Second, x, y, step * 0.52);
}

/// A marquee of bulbs of three sizes, some lit.
fn bulbs(t: &Traits, canvas: &mut Canvas) {
    let columns = t.count(4, 4, 7);
    let step = canvas.w / columns as f32;
    let rows = (canvas.h / step).round().max(1.0) as u32;
    let (fx, fy) = (t.between(5, 0.4, 1.2), t.between(6, 0.4, 1.2));
    let size = |column: u32, row: u32| {
        let (sin, _) = sin_cos(column as f32 * fx + row as f32 * fy + t.0[7] * 2.0);
        (sin * 1.45).round()
    };
    for (tone, wanted, scale) in [
        (Tone::Main, -1.0, 0.3),
        (Tone::Main, 0.0, 0.56),
        (Tone::Second, 1.0, 0.82),
    ] {
        canvas.stroke(tone, step * scale, |path, c| {
            for row in 0..rows {
                for column in (0..columns).filter(|column| size(*column, row) == wanted) {
                    let y = (row as f32 + 0.5) * c.h / rows as f32;
                    path.dot(c.x((column as f32 + 0.5) / columns as f32), y);
                }
            }
        });
    }
}

/// Quarter discs turned this way and that, like a tiled foyer.
fn tiles(t: &Traits, canvas: &mut Canvas) {
    let columns = t.count(4, 3, 4);
    let size = canvas.w / columns as f32;
    let rows = (canvas.h / size).ceil() as u32;
    let turn = |column: u32, row: u32| {
        let own = t.0[5 + ((column + row * 2) % 5) as usize];
        (own * 6.0) as i32 + (column * 3 + row) as i32
    };
    for (tone, odd) in [(Tone::Main, 0), (Tone::Second, 1)] {
        canvas.fill(tone, |path, _| {
            for row in 0..rows {
                for column in (0..columns).filter(|column| (column + row) % 2 == odd) {
                    let (x, y) = (size * column as f32, size * row as f32);
                    match turn(column, row).rem_euclid(4) {
                        0 => path.quarter(x, y, size, size),
                        1 => path.quarter(x + size, y, -size, size),
                        2 => path.quarter(x + size, y + size, -size, -size),
                        _ => path.quarter(x, y + size, size, -size),
                    }
                }
            }
        });
    }
}

/// Ranges of hills, each in front of the last.
fn peaks(t: &Traits, canvas: &mut Canvas) {
    let (x, y) = (canvas.x(t.between(3, 0.15, 0.85)), canvas.h * 0.25);
    canvas.disc(Tone::Second, x, y, canvas.short() * t.between(8, 0.1, 0.2));
    for (range, tone) in [(0, Tone::Main), (1, Tone::Second), (2, Tone::Ink)] {
        let height = t.between(4 + range, 0.4, 0.85) * (1.0 - 0.24 * range as f32);
        let summit = t.between(5 + range, 0.1, 0.9);
        canvas.fill(tone, |path, c| {
            let half = c.w / [2.0, 1.6, 2.6][range];
            for i in -1..3 {
                let x = half * (i as f32 + summit);
                let tall = c.h * height * if i % 2 == 0 { 1.0 } else { 0.72 };
                path.polygon(&[
                    (x - half * 0.8, c.h),
                    (x, c.h - tall),
                    (x + half * 0.8, c.h),
                ]);
            }
        });
    }
}

/// One great tent in halves of light and shade, and what stands about it.
fn tents(t: &Traits, canvas: &mut Canvas) {
    let top = canvas.h * t.between(4, 0.08, 0.3);
    let (x, lean) = (
        canvas.x(t.between(5, 0.35, 0.65)),
        canvas.w * t.between(6, -0.2, 0.2),
    );
    let half = canvas.w * t.between(7, 0.42, 0.7);
    let y = canvas.h * t.between(8, 0.2, 0.45);
    let far = canvas.x(if t.0[5] > 0.0 { 0.16 } else { 0.84 });
    canvas.disc(Tone::Second, far, y, canvas.short() * 0.13);
    canvas.fill(Tone::Main, |path, c| {
        path.polygon(&[(x - half, c.h), (x, top), (x + lean, c.h)])
    });
    canvas.fill(Tone::Ink, |path, c| {
        path.polygon(&[(x + lean, c.h), (x, top), (x + half, c.h)])
    });
}

/// Fans, as on the safety curtain of an old house.
fn fans(t: &Traits, canvas: &mut Canvas) {
    let across = t.count(4, 2, 3);
    let radius = canvas.w / across as f32 / 2.0;
    let step = radius * t.between(5, 0.52, 0.72);
    let rows = (canvas.h / step).ceil() as u32 + 1;
    let rings = t.count(6, 2, 3);
    // From the top, so that each row covers the feet of the one behind it.
    for row in 0..rows {
        let y = step * row as f32 + radius * 0.4;
        let shift = if row % 2 == 0 { radius } else { 0.0 };
        let centres = (0..=across).map(move |i| shift + i as f32 * radius * 2.0);
        for ring in 0..rings {
            let tone = if ring % 2 == 0 {
                Tone::Main
            } else {
                Tone::Field
            };
            let size = radius * 2.0 * (1.0 - ring as f32 / rings as f32);
            canvas.stroke(tone, size, |path, _| {
                centres.clone().for_each(|x| path.dot(x, y))
            });
        }
        canvas.stroke(Tone::Second, radius * 0.34, |path, _| {
            centres.for_each(|x| path.dot(x, y))
        });
    }
}

/// Doorways within doorways.
fn arcade(t: &Traits, canvas: &mut Canvas) {
    let doors = t.count(4, 1, 3);
    let wide = canvas.w / doors as f32;
    let nested = t.count(5, 2, 4);
    let tall = (canvas.h * t.between(6, 0.8, 0.96)).max(wide * 0.55);
    for ring in 0..nested {
        let tone = [Tone::Main, Tone::Field, Tone::Second, Tone::Ink][ring as usize];
        let part = 1.0 - ring as f32 / (nested as f32 + t.between(7, 0.0, 0.6));
        canvas.fill(tone, |path, c| {
            for door in 0..doors {
                let width = wide * 0.94 * part;
                path.arch(
                    wide * (door as f32 + 0.5) - width / 2.0,
                    c.h,
                    width,
                    tall * (0.4 + 0.6 * part),
                );
            }
        });
    }
}

/// A sea of waves under a disc.
fn waves(t: &Traits, canvas: &mut Canvas) {
    let (x, y) = (
        canvas.x(t.between(5, 0.2, 0.8)),
        canvas.h * t.between(3, 0.24, 0.36),
    );
    canvas.disc(
        Tone::Second,
        x,
        y,
        canvas.short() * t.between(8, 0.16, 0.28),
    );
    let count = t.count(4, 3, 6);
    let half = canvas.w / t.between(6, 1.6, 4.4);
    let rise = half * t.between(7, 0.35, 0.8);
    let top = canvas.h * 0.36;
    let step = (canvas.h - top) / count as f32;
    for i in 0..count {
        let tone = [Tone::Main, Tone::Field, Tone::Second][i as usize % 3];
        let y = top + step * (i as f32 + 0.3);
        let shift = -half * (1.0 + 0.37 * (i % 3) as f32);
        canvas.fill(tone, |path, c| path.wave(shift, y, half, rise, c.w, c.h));
    }
}

/// Threads that run side by side and part.
fn ribbons(t: &Traits, canvas: &mut Canvas) {
    let threads = t.count(4, 4, 7);
    let step = canvas.h / threads as f32;
    let bend = canvas.h * t.between(5, 0.25, 0.7);
    for (tone, start) in [(Tone::Main, 0), (Tone::Second, 1)] {
        canvas.stroke(
            tone,
            step * t.between(6 + start as usize, 0.35, 0.62),
            |path, c| {
                for i in (start..threads).step_by(2) {
                    let y = step * (i as f32 + 0.5);
                    path.swing(
                        c.x(-0.1),
                        y - bend * 0.5,
                        c.x(1.1),
                        y + bend * 0.5 * t.0[8],
                        bend,
                    );
                }
            },
        );
    }
}

/// A city of bars whose heights are the film's own traits.
fn skyline(t: &Traits, canvas: &mut Canvas) {
    let (x, y) = (
        canvas.x(t.between(5, 0.2, 0.8)),
        canvas.h * t.between(6, 0.24, 0.4),
    );
    canvas.disc(
        Tone::Second,
        x,
        y,
        canvas.short() * t.between(4, 0.14, 0.28),
    );
    let bars = t.count(7, 7, 12);
    for (tone, phase) in [(Tone::Main, 0), (Tone::Ink, 1)] {
        canvas.fill(tone, |path, c| {
            let step = c.w / bars as f32;
            for i in 0..bars {
                let own = t.0[(i as usize * 3 + phase * 5 + 1) % Traits::COUNT];
                let tall = c.h * (0.34 + 0.28 * own - 0.22 * phase as f32).max(0.05) + c.h * 0.14;
                let wide = step * if phase == 0 { 1.02 } else { 0.62 };
                path.rect(step * i as f32, c.h - tall, wide, tall);
            }
        });
    }
}

/// Round-headed columns, hung and standing, like pipes of the house organ.
fn columns(t: &Traits, canvas: &mut Canvas) {
    let count = t.count(4, 5, 8);
    let step = canvas.w / count as f32;
    for (tone, start) in [(Tone::Main, 0), (Tone::Second, 1)] {
        canvas.stroke(tone, step * 0.8, |path, c| {
            for i in (start..count).step_by(2) {
                let x = step * (i as f32 + 0.5);
                let own = t.0[(i as usize + 1) % Traits::COUNT];
                let (from, to) = if start == 0 {
                    (c.h + step, 0.45 - 0.25 * own)
                } else {
                    (-step, 0.5 + 0.25 * own)
                };
                path.line((x, from), (x, c.h * to));
            }
        });
    }
}
