//! A drawn cover as SVG.

use std::fmt::Write as _;

use super::lettering::YEAR_SIZE;
use super::{Art, HEIGHT, MARGIN, Shape, Tone, WIDTH};
use crate::figure::Hundredths;

impl Art {
    /// The cover as an `<svg>` element of class `cover`, ready to stand in a page. It says nothing to assistive
    /// technology: whatever it stands in names the film.
    #[must_use]
    pub fn to_svg(&self) -> String {
        let mut svg = String::with_capacity(1500);
        // Writing to a `String` cannot fail.
        let _ = self.write(&mut svg);
        svg
    }

    fn write(&self, svg: &mut String) -> std::fmt::Result {
        let (palette, picture) = (&self.palette, self.picture);
        write!(
            svg,
            "<svg class=\"cover\" viewBox=\"0 0 {width} {height}\" aria-hidden=\"true\" focusable=\"false\">\
             <path fill=\"{}\" d=\"M0 0h{width}v{height}H0z\"/>\
             <svg x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"none\" stroke-linecap=\"round\">",
            palette.ground,
            units(picture.x),
            units(picture.y),
            units(picture.width),
            units(picture.height),
            width = WIDTH as u32,
            height = HEIGHT as u32
        )?;
        for shape in &self.shapes {
            self.write_shape(svg, shape)?;
        }
        write!(
            svg,
            "</svg><g fill=\"{}\" font-size=\"{}\">",
            palette.ink,
            units(self.size)
        )?;
        for line in &self.lines {
            // The length is given, so that a face that has to stand in takes the same room.
            write!(
                svg,
                "<text x=\"{}\" y=\"{}\" textLength=\"{}\" lengthAdjust=\"spacingAndGlyphs\">",
                units(line.x),
                units(line.y),
                units(line.width)
            )?;
            escape(svg, &line.text);
            // The space keeps the lines apart for whoever reads them as text.
            svg.push_str("</text> ");
        }
        write!(
            svg,
            "<text x=\"{}\" y=\"{}\" font-size=\"{}\">{}</text></g></svg>",
            MARGIN as u32,
            units(self.year_y),
            YEAR_SIZE as u32,
            self.year
        )
    }

    fn write_shape(&self, svg: &mut String, shape: &Shape) -> std::fmt::Result {
        let palette = &self.palette;
        let colour = match shape.tone {
            Tone::Field => &palette.field,
            Tone::Main => &palette.main,
            Tone::Second => &palette.second,
            Tone::Ink => &palette.ink,
        };
        let d = &shape.d;
        if shape.stroke > 0.0 {
            write!(
                svg,
                "<path stroke=\"{colour}\" stroke-width=\"{}\" d=\"{d}\"/>",
                units(shape.stroke)
            )
        } else {
            write!(svg, "<path fill=\"{colour}\" d=\"{d}\"/>")
        }
    }
}

/// A length in the drawing's own units.
fn units(length: f32) -> Hundredths {
    Hundredths(length.into())
}

/// Titles are anyone's words: nothing in them may be taken for markup.
fn escape(svg: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => svg.push_str("&amp;"),
            '<' => svg.push_str("&lt;"),
            '>' => svg.push_str("&gt;"),
            c => svg.push(c),
        }
    }
}
