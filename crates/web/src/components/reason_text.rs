//! A reason, with its titles set as titles.

use yew::prelude::*;

use crate::reason::{Piece, Reason};

/// Props of [`ReasonText`].
#[derive(Properties, PartialEq)]
pub struct ReasonTextProps {
    /// The sentence.
    pub reason: Reason,
}

/// The sentence as text.
#[component]
pub fn ReasonText(props: &ReasonTextProps) -> Html {
    props
        .reason
        .0
        .iter()
        .map(|piece| match piece {
            Piece::Words(words) => html! { words.clone() },
            Piece::Title(title) => html! { <cite>{ title }</cite> },
        })
        .collect()
}
