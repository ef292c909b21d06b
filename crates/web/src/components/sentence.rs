//! Sentences with something set into them that is more than words.

use yew::prelude::*;

/// A sentence with `{name}` in it replaced by what goes by that name. Other languages may have the names in another order.
/// A name that nothing goes by stays as it is, so that nobody overlooks it.
pub fn sentence<const N: usize>(words: &str, named: [(&str, Html); N]) -> Html {
    let mut pieces = Vec::with_capacity(2 * N + 1);
    let mut rest = words;
    while let Some((before, (piece, after))) = next(rest, &named) {
        pieces.push(Html::from(before.to_owned()));
        pieces.push(piece);
        rest = after;
    }
    pieces.push(Html::from(rest.to_owned()));
    pieces.into_iter().collect()
}

/// What stands before the first name, what goes by that name, and what stands after it.
fn next<'a>(words: &'a str, named: &[(&str, Html)]) -> Option<(&'a str, (Html, &'a str))> {
    let mut found = None;
    for (name, html) in named {
        let placeholder = ["{", name, "}"].concat();
        if let Some((before, after)) = words.split_once(&placeholder)
            && found
                .as_ref()
                .is_none_or(|(nearest, _): &(&str, _)| before.len() < nearest.len())
        {
            found = Some((before, (html.clone(), after)));
        }
    }
    found
}
