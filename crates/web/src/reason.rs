//! Why a film is recommended, in a sentence that is true.

use matinee_engine::Explanation;
use tr::tr;

use crate::components::pieces;
use crate::rating::Stars;
use crate::words::conjunction;

/// A rating is named when it makes up at least this part of all that speaks for the film.
const WORTH_NAMING: f64 = 0.12;
/// A rating that speaks against is named from this part on.
const WORTH_ADMITTING: f64 = 0.10;
/// Most films named as reasons.
const MOST_NAMED: usize = 3;

/// What somebody said of a film that is named as a reason.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Opinion {
    /// They gave it stars.
    Stars(Stars),
    /// They watched it.
    Watched,
    /// It is not to be recommended.
    NotForMe,
}

impl Opinion {
    /// Whether it speaks against the film.
    fn is_dislike(self) -> bool {
        match self {
            Self::Stars(stars) => stars.is_dislike(),
            Self::Watched => false,
            Self::NotForMe => true,
        }
    }
}

/// A part of a sentence.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// Words.
    Words(String),
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
            // By the browser: Rust would bring a table of the letters of all scripts.
            let small = js_sys::JsString::from(first.to_string()).to_lower_case();
            *words = [&String::from(small), &words[first.len_utf8()..]].concat();
        }
        self
    }

    /// Puts an explanation in words. `describe` gives title of the film at a row, and what was said of it.
    ///
    /// Each film named contributes what the sentence says, by its sign and its size: those rated high that speak for
    /// the film, those rated low that do so because it is unlike them, and the one that speaks against it most. What was
    /// only watched is named where no rating is.
    #[must_use]
    pub fn of(
        explanation: &Explanation,
        describe: impl Fn(u32) -> Option<(String, Opinion)>,
    ) -> Self {
        let in_favour: f64 = explanation
            .contributions
            .iter()
            .map(|c| c.amount.max(0.0))
            .sum::<f64>()
            + explanation.bias.max(0.0);
        let (mut loved, mut liked, mut disliked) = (Vec::new(), Vec::new(), Vec::new());
        let mut watched = Vec::new();
        for contribution in explanation
            .contributions
            .iter()
            .take_while(|c| c.amount.abs() >= WORTH_NAMING * in_favour)
        {
            let named = loved.len() + liked.len() + disliked.len();
            if contribution.amount <= 0.0 || named == MOST_NAMED {
                continue;
            }
            match describe(contribution.row) {
                Some((title, Opinion::Stars(stars))) => match stars.halves() {
                    8.. => loved.push(title),
                    5.. => liked.push(title),
                    _ => disliked.push(title),
                },
                Some((title, Opinion::Watched)) if watched.len() < MOST_NAMED => {
                    watched.push(title);
                }
                _ => {}
            }
        }
        let against = explanation
            .contributions
            .iter()
            .filter(|c| c.amount <= -WORTH_ADMITTING * in_favour)
            .find_map(|c| describe(c.row));

        let because = match [&loved, &liked, &disliked].map(|titles| !titles.is_empty()) {
            [false, false, false] if !watched.is_empty() => tr!("Because you watched {watched}"),
            [false, false, false] => tr!("A little from many of your ratings"),
            [true, false, false] => tr!("Because you loved {loved}"),
            [false, true, false] => tr!("Because you liked {liked}"),
            [false, false, true] => tr!("Because you didn’t like {disliked}"),
            [true, true, false] => tr!("Because you loved {loved} and liked {liked}"),
            [true, false, true] => tr!("Because you loved {loved} and didn’t like {disliked}"),
            [false, true, true] => tr!("Because you liked {liked} and didn’t like {disliked}"),
            [true, true, true] => {
                tr!("Because you loved {loved}, liked {liked} and didn’t like {disliked}")
            }
        };
        let titles = [
            ("loved", loved),
            ("liked", liked),
            ("disliked", disliked),
            ("watched", watched),
        ];
        let because = fill(
            &because,
            &titles.map(|(name, titles)| (name, list(&titles))),
        );
        let because = ("because", because);
        Self(match against {
            None => fill(&tr!("{because}."), &[because]),
            Some((title, opinion)) => {
                let words = if opinion.is_dislike() {
                    tr!("{because}, despite {film}.")
                } else {
                    tr!("{because}, though less like {film}.")
                };
                fill(&words, &[because, ("film", vec![Piece::Title(title)])])
            }
        })
    }
}

/// Words with the pieces that go by a name put in its place.
fn fill(words: &str, named: &[(&str, Vec<Piece>)]) -> Vec<Piece> {
    let filled = pieces(words, named, |words| vec![Piece::Words(words)]);
    let mut filled: Vec<Piece> = filled.into_iter().flatten().collect();
    filled.retain(|piece| !matches!(piece, Piece::Words(words) if words.is_empty()));
    filled
}

/// "Heat, Thief and Alien".
fn list(titles: &[String]) -> Vec<Piece> {
    conjunction(titles, Piece::Title, Piece::Words)
}
