//! Draws the map. Films are set into a bitmap as points, which is quicker than any call a film; what there is little of is
//! drawn on top.

use std::rc::Rc;

use matinee_web::Film;
use wasm_bindgen::{Clamped, JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ImageData};

use super::scene::Scene;
use super::view::View;

/// Titles written at most.
const TITLES: usize = 40;
/// Scale from which on titles of films that the visitor did not rate are written too.
const CLOSE: f32 = 3.0;
/// Rows up to which films are drawn large, and middling.
const LARGE: usize = 400;
const MIDDLING: usize = 2500;

/// Colours and faces, as the styles have them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Ink {
    /// Of points, red, green and blue.
    pub points: [u8; 3],
    /// Behind everything.
    pub paper: String,
    /// Of titles and outlines.
    pub ink: String,
    /// Of genres' names.
    pub soft: String,
    /// Of films that the visitor liked.
    pub liked: String,
    /// Of films that the visitor did not like.
    pub disliked: String,
    /// Of titles.
    pub display: String,
    /// Of everything else.
    pub text: String,
    /// Pixels of the basic size of letters.
    pub letters: f64,
}

/// What is pointed out, in either way.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Marked {
    /// The film chosen.
    pub chosen: Option<u32>,
    /// The film under the pointer.
    pub under: Option<u32>,
}

/// Draws the map into `canvas`, `ratio` of whose pixels make one of the window's. `None` where there is no canvas to draw
/// on; the list beside it says the same.
pub(super) fn paint(
    canvas: &HtmlCanvasElement,
    ratio: f32,
    view: &View,
    scene: &Scene,
    ink: &Ink,
    marked: Marked,
    film: impl Fn(u32) -> Rc<Film>,
) -> Option<()> {
    let size = view.size.map(|side| (side * ratio).round() as u32);
    if size.contains(&0) {
        return None;
    }
    if (canvas.width(), canvas.height()) != (size[0], size[1]) {
        canvas.set_width(size[0]);
        canvas.set_height(size[1]);
    }
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    let pixels = points(view, scene, ratio, size, ink.points);
    let image =
        ImageData::new_with_u8_clamped_array_and_sh(Clamped(&pixels), size[0], size[1]).ok()?;
    context.put_image_data(&image, 0.0, 0.0).ok()?;
    let ratio = f64::from(ratio);
    context
        .set_transform(ratio, 0.0, 0.0, ratio, 0.0, 0.0)
        .ok()?;
    let mut page = Page {
        context,
        ink,
        view,
        taken: Vec::new(),
    };
    page.genres(scene);
    page.own(scene, marked);
    page.titles(scene, marked, film);
    Some(())
}

/// The films as points of the colour `rgb`, red, green, blue and opacity a pixel.
fn points(view: &View, scene: &Scene, ratio: f32, size: [u32; 2], rgb: [u8; 3]) -> Vec<u8> {
    let (width, height) = (size[0] as usize, size[1] as usize);
    let clear = [rgb[0], rgb[1], rgb[2], 0];
    let mut pixels = clear.repeat(width * height);
    // Nearer, points are larger, but less so than what lies between them.
    let zoom = view.scale.sqrt().min(3.0);
    for (row, spot) in scene.spots.iter().enumerate().rev() {
        let Some(spot) = spot else { continue };
        let at = view.at(*spot);
        if !view.shows(at) {
            continue;
        }
        let (radius, strength) = match row {
            ..LARGE => (1.7, 0.75),
            LARGE..MIDDLING => (1.2, 0.5),
            _ => (0.8, 0.32),
        };
        let radius = radius * zoom * ratio;
        dot(
            &mut pixels,
            width,
            height,
            at.map(|x| x * ratio),
            radius,
            strength,
        );
    }
    pixels
}

/// One point, with a soft edge, over what is there already.
fn dot(pixels: &mut [u8], width: usize, height: usize, at: [f32; 2], radius: f32, strength: f32) {
    let range = |centre: f32, most: usize| {
        let from = (centre - radius - 1.0).floor().max(0.0) as usize;
        let to = (centre + radius + 1.0).ceil().max(0.0) as usize;
        from.min(most)..to.min(most)
    };
    for y in range(at[1], height) {
        for x in range(at[0], width) {
            let (dx, dy) = (x as f32 + 0.5 - at[0], y as f32 + 0.5 - at[1]);
            let cover = (radius + 0.5 - (dx * dx + dy * dy).sqrt()).clamp(0.0, 1.0) * strength;
            let opacity = &mut pixels[(y * width + x) * 4 + 3];
            let before = f32::from(*opacity) / 255.0;
            *opacity = ((before + (1.0 - before) * cover) * 255.0) as u8;
        }
    }
}

/// What is drawn over the points.
struct Page<'a> {
    context: CanvasRenderingContext2d,
    ink: &'a Ink,
    view: &'a View,
    /// Where something is written already: left, top, right, bottom.
    taken: Vec<[f64; 4]>,
}

impl Page<'_> {
    /// Names of genres, where they do not lie on each other.
    fn genres(&mut self, scene: &Scene) {
        if self.view.scale > CLOSE {
            return;
        }
        let letters = self.ink.letters * 0.8125;
        self.context
            .set_font(&format!("600 {letters}px {}", self.ink.text));
        for (name, spot) in scene.genres.iter() {
            let at = self.view.at(*spot);
            self.write(name, at.map(f64::from), letters, &self.ink.soft, true);
        }
    }

    /// The visitor's films: discs where liked, rings where neither, crosses where not.
    fn own(&self, scene: &Scene, marked: Marked) {
        let context = &self.context;
        for own in scene.own.iter() {
            let at = self.view.at(own.spot);
            if !self.view.shows(at) {
                continue;
            }
            let [x, y] = at.map(f64::from);
            let halves = own.stars.halves();
            let radius = 4.0 + f64::from(halves.max(6)) * 0.2;
            self.disc(x, y, radius + 1.5, &self.ink.paper);
            if halves >= 7 {
                self.disc(x, y, radius, &self.ink.liked);
                self.ring(x, y, radius, 1.25, &self.ink.ink);
            } else if own.stars.is_dislike() {
                let arm = 4.0;
                context.set_stroke_style_str(&self.ink.disliked);
                context.set_line_width(3.0);
                context.begin_path();
                context.move_to(x - arm, y - arm);
                context.line_to(x + arm, y + arm);
                context.move_to(x - arm, y + arm);
                context.line_to(x + arm, y - arm);
                context.stroke();
            } else {
                self.ring(x, y, 4.0, 2.0, &self.ink.ink);
            }
        }
        for row in [marked.under, marked.chosen].into_iter().flatten() {
            if let Some(spot) = scene.spot(row) {
                let [x, y] = self.view.at(spot).map(f64::from);
                self.ring(x, y, 10.0, 5.0, &self.ink.paper);
                self.ring(x, y, 10.0, 2.5, &self.ink.ink);
            }
        }
    }

    /// Titles of what is pointed out, of the visitor's films and, close by, of others, as long as there is room.
    fn titles(&mut self, scene: &Scene, marked: Marked, film: impl Fn(u32) -> Rc<Film>) {
        let letters = self.ink.letters * 1.125;
        self.context
            .set_font(&format!("600 {letters}px {}", self.ink.display));
        let pointed = [marked.chosen, marked.under].into_iter().flatten();
        let own = scene.own.iter().map(|own| own.row);
        let others = (0..scene.spots.len() as u32).filter(|_| self.view.scale >= CLOSE);
        let mut written = 0;
        let rows: Vec<u32> = pointed
            .chain(own)
            .chain(others.take(MIDDLING * 2))
            .collect();
        let mut seen = std::collections::BTreeSet::new();
        for row in rows {
            let Some(spot) = scene.spot(row).filter(|_| seen.insert(row)) else {
                continue;
            };
            let at = self.view.at(spot);
            if !self.view.shows(at) {
                continue;
            }
            let above = [f64::from(at[0]), f64::from(at[1]) - letters];
            let title = film(row).title.clone();
            written += usize::from(self.write(&title, above, letters, &self.ink.ink, false));
            if written == TITLES {
                break;
            }
        }
    }

    /// Writes around a point, unless something is written there or it would not fit. Whether it did.
    fn write(
        &mut self,
        words: &str,
        at: [f64; 2],
        letters: f64,
        colour: &str,
        faint: bool,
    ) -> bool {
        let width = self
            .context
            .measure_text(words)
            .map_or(0.0, |size| size.width());
        // What is near an edge is moved inwards.
        let [across, down] = self.view.size.map(f64::from);
        if width + 8.0 > across {
            return false;
        }
        let x = at[0].clamp(width / 2.0 + 4.0, across - width / 2.0 - 4.0);
        let y = at[1].clamp(letters, down - letters);
        let place = [
            x - width / 2.0 - 3.0,
            y - letters * 0.6,
            x + width / 2.0 + 3.0,
            y + letters * 0.6,
        ];
        let free = |other: &[f64; 4]| {
            place[2] < other[0] || other[2] < place[0] || place[3] < other[1] || other[3] < place[1]
        };
        if !self.taken.iter().all(free) {
            return false;
        }
        self.taken.push(place);
        let context = &self.context;
        context.set_text_align("center");
        context.set_text_baseline("middle");
        context.set_line_join("round");
        context.set_stroke_style_str(&self.ink.paper);
        context.set_line_width(if faint { 5.0 } else { 3.5 });
        // Where a browser cannot write there is nothing written.
        let _ = context.stroke_text(words, x, y);
        context.set_fill_style_str(colour);
        let _ = context.fill_text(words, x, y);
        true
    }

    fn disc(&self, x: f64, y: f64, radius: f64, colour: &str) {
        self.context.set_fill_style_str(colour);
        self.circle(x, y, radius);
        self.context.fill();
    }

    fn ring(&self, x: f64, y: f64, radius: f64, width: f64, colour: &str) {
        self.context.set_stroke_style_str(colour);
        self.context.set_line_width(width);
        self.circle(x, y, radius);
        self.context.stroke();
    }

    fn circle(&self, x: f64, y: f64, radius: f64) {
        self.context.begin_path();
        // It fails for negative radii only.
        let _: Result<(), JsValue> = self.context.arc(x, y, radius, 0.0, std::f64::consts::TAU);
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn a_point_is_strongest_in_its_middle_and_stays_within_the_picture() {
        let mut pixels = [9, 9, 9, 0].repeat(25);
        dot(&mut pixels, 5, 5, [2.5, 2.5], 1.2, 0.5);
        let opacity = |x: usize, y: usize| pixels[(y * 5 + x) * 4 + 3];
        assert_eq!(opacity(2, 2), 127);
        assert!(opacity(1, 2) > 0 && opacity(1, 2) < 127);
        assert_eq!(opacity(0, 0), 0);
        for at in [[-3.0, 2.0], [99.0, 99.0], [4.9, -0.4]] {
            dot(&mut pixels, 5, 5, at, 1.2, 0.5);
        }
        assert!(pixels.chunks_exact(4).all(|pixel| pixel[..3] == [9, 9, 9]));
    }
}
