//! Why a film is recommended, in a sentence that is true.

use std::borrow::Cow;

use matinee_engine::Explanation;

use crate::rating::Stars;

/// A rating is named when it makes up at least this part of all that speaks for the film.
const WORTH_NAMING: f64 = 0.12;
/// A rating that speaks against is named from this part on.
const WORTH_ADMITTING: f64 = 0.10;
/// Most films named as reasons.
const MOST_NAMED: usize = 3;

/// A part of a sentence.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// Words.
    Words(Cow<'static, str>),
    /// A film's title, set apart when shown.
    Title(String),
}

/// A sentence in pieces, so that titles can be set in their own face.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reason(pub Vec<Piece>);

impl Reason {
    /// The sentence with its first letter small, to follow other words.
    #[must_use]
    pub fn within(mut self) -> Self {
        if let Some(Piece::Words(words)) = self.0.first_mut()
            && let Some(first) = words.chars().next()
        {
            // The words are ours, and English.
            let first_small = first.to_ascii_lowercase();
            *words = format!("{first_small}{}", &words[first.len_utf8()..]).into();
        }
        self
    }

    /// Puts an explanation in words. `describe` gives title and stars of the rated film at a row.
    ///
    /// Each film named contributes what the sentence says, by its sign and its size: those rated high that speak for
    /// the film, those rated low that do so because it is unlike them, and the one that speaks against it most.
    #[must_use]
    pub fn of(
        explanation: &Explanation,
        describe: impl Fn(u32) -> Option<(String, Option<Stars>)>,
    ) -> Self {
        let in_favour: f64 = explanation
            .contributions
            .iter()
            .map(|c| c.amount.max(0.0))
            .sum::<f64>()
            + explanation.bias.max(0.0);
        let (mut loved, mut liked, mut disliked) = (Vec::new(), Vec::new(), Vec::new());
        for contribution in explanation
            .contributions
            .iter()
            .take_while(|c| c.amount.abs() >= WORTH_NAMING * in_favour)
        {
            let named = loved.len() + liked.len() + disliked.len();
            if contribution.amount <= 0.0 || named == MOST_NAMED {
                continue;
            }
            let Some((title, Some(stars))) = describe(contribution.row) else {
                continue;
            };
            match stars.halves() {
                8.. => loved.push(title),
                5.. => liked.push(title),
                _ => disliked.push(title),
            }
        }
        let against = explanation
            .contributions
            .iter()
            .filter(|c| c.amount <= -WORTH_ADMITTING * in_favour)
            .find_map(|c| describe(c.row));

        let mut sentence = Vec::new();
        for (lead, then, titles) in [
            ("Because you loved ", " and loved ", loved),
            ("Because you liked ", " and liked ", liked),
            ("Because you didn’t like ", " and didn’t like ", disliked),
        ] {
            if !titles.is_empty() {
                sentence.push(words(if sentence.is_empty() { lead } else { then }));
                list(&mut sentence, titles);
            }
        }
        if sentence.is_empty() {
            sentence.push(words("A little from many of your ratings"));
        }
        if let Some((title, stars)) = against {
            let despite = stars.is_none_or(Stars::is_dislike);
            sentence.push(words(if despite {
                ", despite "
            } else {
                ", though less like "
            }));
            sentence.push(Piece::Title(title));
        }
        sentence.push(words("."));
        Self(sentence)
    }
}

fn words(words: &'static str) -> Piece {
    Piece::Words(Cow::Borrowed(words))
}

/// "Heat, Thief and Alien".
fn list(sentence: &mut Vec<Piece>, titles: Vec<String>) {
    let last = titles.len() - 1;
    for (i, title) in titles.into_iter().enumerate() {
        if i > 0 {
            sentence.push(words(if i == last { " and " } else { ", " }));
        }
        sentence.push(Piece::Title(title));
    }
}
