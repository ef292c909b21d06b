//! Covers: the same film always looks the same, titles fit, and everything can be read.

#![expect(
    clippy::unwrap_used,
    reason = "clippy does not know these functions for tests"
)]

use matinee_web::cover::{Art, HEIGHT, Spec, WIDTH, draw};
use wasm_bindgen_test::{wasm_bindgen_test as test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const TITLES: [&str; 10] = [
    "M",
    "Heat",
    "Koyaanisqatsi",
    "The Shawshank Redemption",
    "Dr. Strangelove or: How I Learned to Stop Worrying and Love the Bomb",
    "Those Magnificent Men in Their Flying Machines or How I Flew from London to Paris in 25 hours 11 minutes",
    "Supercalifragilisticexpialidocious",
    "Amélie",
    "七人の侍",
    "",
];
const GENRES: [&[&str]; 6] = [
    &["Crime", "Thriller"],
    &["Comedy", "Romance"],
    &["Film-Noir", "Drama"],
    &["Animation", "Children"],
    &["Drama"],
    &[],
];
const YEARS: [Option<u16>; 6] = [
    None,
    Some(1927),
    Some(1946),
    Some(1968),
    Some(1985),
    Some(2022),
];

/// Codes that differ from seed to seed.
fn codes(seed: u32) -> Vec<i8> {
    (0..16_u32)
        .map(|i| {
            (seed
                .wrapping_mul(2_654_435_761)
                .wrapping_add(i * 40_503_143)
                >> 13) as i8
        })
        .collect()
}

fn every_kind(mut see: impl FnMut(&str, &Art)) {
    for (seed, title) in (0..).zip(TITLES.iter().cycle().take(600)) {
        let art = draw(&Spec {
            id: &seed.to_string(),
            title,
            year: YEARS[seed as usize / 7 % YEARS.len()],
            genres: GENRES[seed as usize / 3 % GENRES.len()],
            codes: &codes(seed),
        });
        see(title, &art);
    }
}

#[test]
fn the_same_film_always_has_the_same_cover() {
    let cover = || {
        let codes = codes(7);
        draw(&Spec {
            id: "6",
            title: "Heat",
            year: Some(1995),
            genres: &["Crime"],
            codes: &codes,
        })
    };
    assert_eq!(cover(), cover());
}

#[test]
fn titles_stay_on_the_cover_and_off_the_picture() {
    every_kind(|title, art| {
        let (top, bottom) = (art.picture.y, art.picture.y + art.picture.height);
        assert!(
            art.picture.height > 60.0,
            "{title:?} leaves {} for the picture",
            art.picture.height
        );
        for line in &art.lines {
            assert!(
                line.x + line.width <= WIDTH - line.x + 0.2,
                "{title:?}: {line:?} is too wide"
            );
            assert!(
                line.y > 0.0 && line.y < HEIGHT,
                "{title:?}: {line:?} is off the cover"
            );
            assert!(
                line.y <= top || line.y - art.size * 0.72 >= bottom - 0.2,
                "{title:?}: {line:?} meets the picture"
            );
        }
        let words: Vec<&str> = art
            .lines
            .iter()
            .flat_map(|line| line.text.split_whitespace())
            .collect();
        assert_eq!(words, title.split_whitespace().collect::<Vec<_>>());
    });
}

#[test]
fn lettering_can_be_read() {
    every_kind(|title, art| {
        let contrast = contrast(&art.palette.ground, &art.palette.ink);
        assert!(contrast >= 6.0, "{title:?} has a contrast of {contrast:.1}");
    });
}

#[test]
fn covers_stay_small() {
    every_kind(|title, art| {
        let bytes: usize = art.shapes.iter().map(|shape| shape.d.len() + 40).sum();
        assert!(bytes < 5000, "{title:?} takes {bytes} bytes");
    });
}

#[test]
fn films_alike_share_their_figure() {
    let figure = |codes: &[i8]| {
        let spec = Spec {
            id: "1",
            title: "One",
            year: Some(1999),
            genres: &["Crime"],
            codes,
        };
        draw(&spec)
            .shapes
            .iter()
            .map(|shape| (shape.tone, shape.stroke > 0.0))
            .collect::<Vec<_>>()
    };
    let one = [90, 40, -30, 60, -50, 10, 10, 10, 10, 10, 10];
    let near = [80, 44, -28, 55, -60, 10, 10, 10, 10, 10, 10];
    let far = [90, -40, 30, -60, 50, 10, 10, 10, 10, 10, 10];
    assert_eq!(figure(&one), figure(&near));
    assert_ne!(figure(&one), figure(&far));
}

/// Contrast ratio of two `#rrggbb` colours, after WCAG 2.2.
fn contrast(a: &str, b: &str) -> f64 {
    let luminance = |colour: &str| {
        let channel = |i: usize| {
            let value = f64::from(u8::from_str_radix(&colour[i..i + 2], 16).unwrap()) / 255.0;
            if value <= 0.04045 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    };
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}
