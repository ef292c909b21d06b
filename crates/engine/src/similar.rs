//! Items alike: by taste, and by what they are.

use matinee_format::Model;

use crate::score::{Scored, dot, top_k};

/// Ratings at which half of an item's likeness counts: what few people rated looks alike by chance.
const EVIDENCE: f64 = 10.0;

/// The `k` items whose vectors point most nearly the same way as that of `row`, best first.
/// The score is the cosine (-1 to 1), shrunk where few ratings stand behind it.
pub fn similar(model: &Model, row: u32, k: usize) -> Vec<Scored> {
    let target = model.codes(row);
    let length = |codes: &[i8]| f64::from(dot(codes, codes)).sqrt();
    let target_length = length(target);
    let scores: Vec<f32> = (0..model.len() as u32)
        .map(|other| {
            let codes = model.codes(other);
            let lengths = target_length * length(codes);
            if lengths == 0.0 {
                return 0.0;
            }
            let ratings = f64::from(model.popularity(other));
            (f64::from(dot(target, codes)) / lengths * (ratings / (ratings + EVIDENCE))) as f32
        })
        .collect();
    top_k(&scores, k, |other| other == row)
}

/// Years apart at which two items' likeness is half as great.
const APART: f64 = 8.0;

/// The `k` items most like that of `row` by what is known of them, whoever likes them: the cosine of their genres, less
/// the further apart their years are, shrunk where few ratings stand behind it. Best first, from 0 to 1; items without a
/// genre in common are left out.
pub fn alike(model: &Model, row: u32, k: usize) -> Vec<Scored> {
    let (genres, year) = (model.genres(row), model.year(row));
    let scores: Vec<f32> = (0..model.len() as u32)
        .map(|other| {
            let others = model.genres(other);
            let both = f64::from((genres & others).count_ones());
            if both == 0.0 {
                return 0.0;
            }
            let kind = both / f64::from(genres.count_ones() * others.count_ones()).sqrt();
            let apart = match (year, model.year(other)) {
                (Some(year), Some(other)) => f64::from(year.abs_diff(other)),
                _ => APART,
            };
            let ratings = f64::from(model.popularity(other));
            (kind * APART / (APART + apart) * ratings / (ratings + EVIDENCE)) as f32
        })
        .collect();
    top_k(&scores, k, |other| {
        other == row || scores[other as usize] == 0.0
    })
}
