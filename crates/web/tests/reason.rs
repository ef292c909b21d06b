//! Reasons say what the contributions say.

use matinee_engine::{Contribution, Explanation};
use matinee_web::{Opinion, Piece, Reason, Stars};
use wasm_bindgen_test::{wasm_bindgen_test as test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// The sentence for ratings given as title, half stars (0 for a film that was only watched) and contribution.
fn sentence(ratings: &[(&str, u8, f64)]) -> String {
    let mut contributions: Vec<Contribution> = (0..)
        .zip(ratings)
        .map(|(row, (.., amount))| Contribution {
            row,
            amount: *amount,
        })
        .collect();
    contributions.sort_by(|a, b| b.amount.abs().total_cmp(&a.amount.abs()));
    let score = contributions.iter().map(|c| c.amount).sum();
    let reason = Reason::of(
        &Explanation {
            contributions,
            bias: 0.0,
            score,
        },
        |row| {
            let (title, halves, _) = ratings[row as usize];
            let opinion = Stars::from_halves(halves).map_or(Opinion::Watched, Opinion::Stars);
            Some((title.to_owned(), opinion))
        },
    );
    reason
        .0
        .iter()
        .fold(String::new(), |text, piece| match piece {
            Piece::Words(words) => text + words,
            Piece::Title(title) => text + title,
        })
}

#[test]
fn loved_films_are_named_by_weight() {
    assert_eq!(
        sentence(&[("Thief", 8, 2.0), ("Heat", 9, 3.0)]),
        "Because you loved Heat and Thief."
    );
}

#[test]
fn what_was_only_watched_is_named_where_no_rating_is() {
    assert_eq!(sentence(&[("Heat", 0, 3.0)]), "Because you watched Heat.");
    assert_eq!(
        sentence(&[("Heat", 0, 3.0), ("Thief", 9, 2.0)]),
        "Because you loved Thief."
    );
}

#[test]
fn what_speaks_against_is_admitted() {
    assert_eq!(
        sentence(&[("Heat", 9, 3.0), ("Cats", 2, -1.0)]),
        "Because you loved Heat, despite Cats."
    );
    assert_eq!(
        sentence(&[("Heat", 9, 3.0), ("Up", 9, -1.0)]),
        "Because you loved Heat, though less like Up."
    );
}

#[test]
fn a_dislike_that_speaks_for_a_film_is_named_as_one() {
    assert_eq!(
        sentence(&[("Heat", 9, 3.0), ("Cats", 2, 2.0)]),
        "Because you loved Heat and didn’t like Cats."
    );
    assert_eq!(
        sentence(&[("Cats", 2, 2.0)]),
        "Because you didn’t like Cats."
    );
}

#[test]
fn no_film_is_named_for_a_sliver() {
    let many: Vec<(String, u8, f64)> = (0..40).map(|i| (format!("Film {i}"), 9, 1.0)).collect();
    let many: Vec<(&str, u8, f64)> = many
        .iter()
        .map(|(title, halves, amount)| (title.as_str(), *halves, *amount))
        .collect();
    assert_eq!(sentence(&many), "A little from many of your ratings.");
}
