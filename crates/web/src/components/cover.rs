//! Draws a [`Art`] as SVG.

use std::rc::Rc;

use yew::prelude::*;

use crate::cover::{Art, HEIGHT, Line, Shape, Tone, WIDTH};

/// Props of [`Cover`].
#[derive(Properties, PartialEq)]
pub struct CoverProps {
    /// What to draw.
    pub art: Rc<Art>,
}

/// A film's cover. It says nothing to assistive technology: whatever it stands in names the film.
#[component]
pub fn Cover(props: &CoverProps) -> Html {
    let art = &*props.art;
    let frame = art.picture;
    html! {
        <svg class="cover" viewBox={format!("0 0 {WIDTH} {HEIGHT}")} aria-hidden="true" focusable="false">
            <rect width={WIDTH.to_string()} height={HEIGHT.to_string()} fill={art.palette.ground.clone()} />
            <svg x={frame.x.to_string()} y={frame.y.to_string()}
                width={frame.width.to_string()} height={frame.height.to_string()}>
                { for art.shapes.iter().map(|shape| draw_shape(art, shape)) }
            </svg>
            <g fill={art.palette.ink.clone()} font-size={art.size.to_string()}>
                { for art.lines.iter().map(draw_line) }
                <text x={art.lines.first().map_or(0.0, |line| line.x).to_string()} y={art.year_y.to_string()}
                    font-size="16">{ &art.year }</text>
            </g>
        </svg>
    }
}

fn draw_shape(art: &Art, shape: &Shape) -> Html {
    let palette = &art.palette;
    let colour = match shape.tone {
        Tone::Field => &palette.field,
        Tone::Main => &palette.main,
        Tone::Second => &palette.second,
        Tone::Ink => &palette.ink,
    };
    if shape.stroke > 0.0 {
        html! {
            <path fill="none" stroke={colour.clone()} stroke-width={shape.stroke.to_string()} stroke-linecap="round"
                d={shape.d.clone()} />
        }
    } else {
        html! { <path fill={colour.clone()} d={shape.d.clone()} /> }
    }
}

/// The length is given, so that a face that has to stand in takes the same room.
fn draw_line(line: &Line) -> Html {
    html! {
        <text x={line.x.to_string()} y={line.y.to_string()} textLength={line.width.to_string()}
            lengthAdjust="spacingAndGlyphs">{ &line.text }</text>
    }
}
