//! Sentences with something set into them that is more than words.

use yew::prelude::*;

/// A sentence with `{name}` in it replaced by what goes by that name. Other languages may have the names in another order.
/// A name that nothing goes by stays as it is, so that nobody overlooks it.
pub fn sentence<const N: usize>(words: &str, named: [(&str, Html); N]) -> Html {
    pieces(words, &named, Html::from).into_iter().collect()
}

/// Likewise, piece by piece: `text` makes one of what stands between the names.
pub(crate) fn pieces<T: Clone>(
    words: &str,
    named: &[(&str, T)],
    text: impl Fn(String) -> T,
) -> Vec<T> {
    let mut pieces = Vec::with_capacity(2 * named.len() + 1);
    let mut rest = words;
    while let Some((before, (piece, after))) = next(rest, named) {
        pieces.push(text(before.to_owned()));
        pieces.push(piece);
        rest = after;
    }
    pieces.push(text(rest.to_owned()));
    pieces
}

/// What stands before the first name, what goes by that name, and what stands after it.
fn next<'a, T: Clone>(words: &'a str, named: &[(&str, T)]) -> Option<(&'a str, (T, &'a str))> {
    let mut found = None;
    for (name, piece) in named {
        let placeholder = ["{", name, "}"].concat();
        if let Some((before, after)) = words.split_once(&placeholder)
            && found
                .as_ref()
                .is_none_or(|(nearest, _): &(&str, _)| before.len() < nearest.len())
        {
            found = Some((before, (piece.clone(), after)));
        }
    }
    found
}
