//! OKLCH to sRGB, after Björn Ottosson, "A perceptual color space for image processing" (2020).

use js_sys::Math;

/// A colour by lightness `0..=1`, chroma from 0, and hue in degrees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Oklch(pub(super) f32, pub(super) f32, pub(super) f32);

impl Oklch {
    /// `#rrggbb`. Chroma is lowered until the colour can be shown, so that lightness and hue are kept.
    pub(super) fn hex(self) -> String {
        let Oklch(lightness, mut chroma, hue) = self;
        let mut rgb = linear(lightness, chroma, hue);
        while chroma > 0.0 && rgb.iter().any(|v| !(-0.001..=1.001).contains(v)) {
            chroma -= 0.005;
            rgb = linear(lightness, chroma.max(0.0), hue);
        }
        let [r, g, b] = rgb.map(|v| (encode(v.clamp(0.0, 1.0)) * 255.0).round() as u8);
        format!("#{r:02x}{g:02x}{b:02x}")
    }
}

/// As the browser has them: the program's own take kilobytes.
pub(super) fn sin_cos(angle: f32) -> (f32, f32) {
    let angle = f64::from(angle);
    (Math::sin(angle) as f32, Math::cos(angle) as f32)
}

fn linear(lightness: f32, chroma: f32, hue: f32) -> [f32; 3] {
    let (sin, cos) = sin_cos(hue.to_radians());
    let (a, b) = (chroma * cos, chroma * sin);
    let l = (lightness + 0.396_337_78 * a + 0.215_803_76 * b).powi(3);
    let m = (lightness - 0.105_561_346 * a - 0.063_854_17 * b).powi(3);
    let s = (lightness - 0.089_484_18 * a - 1.291_485_5 * b).powi(3);
    [
        4.076_741_7 * l - 3.307_711_6 * m + 0.230_969_93 * s,
        -1.268_438 * l + 2.609_757_4 * m - 0.341_319_4 * s,
        -0.004_196_086_3 * l - 0.703_418_6 * m + 1.707_614_7 * s,
    ]
}

fn encode(v: f32) -> f32 {
    if v <= 0.003_130_8 {
        12.92 * v
    } else {
        1.055 * Math::pow(v.into(), 1.0 / 2.4) as f32 - 0.055
    }
}
