//! A drawn cover as SVG.

use std::fmt::Write as _;

use super::lettering::YEAR_SIZE;
use super::{Art, HEIGHT, MARGIN, Shape, Tone, WIDTH};

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
            "<svg class=\"cover\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" aria-hidden=\"true\" focusable=\"false\">\
             <path fill=\"{}\" d=\"M0 0h{WIDTH}v{HEIGHT}H0z\"/>\
             <svg x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"none\" stroke-linecap=\"round\">",
            palette.ground, picture.x, picture.y, picture.width, picture.height
        )?;
        for shape in &self.shapes {
            self.write_shape(svg, shape)?;
        }
        write!(
            svg,
            "</svg><g fill=\"{}\" font-size=\"{}\">",
            palette.ink, self.size
        )?;
        for line in &self.lines {
            // The length is given, so that a face that has to stand in takes the same room.
            write!(
                svg,
                "<text x=\"{}\" y=\"{}\" textLength=\"{}\" lengthAdjust=\"spacingAndGlyphs\">",
                line.x, line.y, line.width
            )?;
            escape(svg, &line.text);
            // The space keeps the lines apart for whoever reads them as text.
            svg.push_str("</text> ");
        }
        write!(
            svg,
            "<text x=\"{MARGIN}\" y=\"{}\" font-size=\"{YEAR_SIZE}\">{}</text></g></svg>",
            self.year_y, self.year
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
                shape.stroke
            )
        } else {
            write!(svg, "<path fill=\"{colour}\" d=\"{d}\"/>")
        }
    }
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
