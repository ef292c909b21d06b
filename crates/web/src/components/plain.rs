//! Pieces without a life of their own: functions from what they show to markup.

use yew::prelude::*;

use crate::film::Film;
use crate::reason::{Piece, Reason};

/// A film's cover.
pub fn cover(film: &Film) -> Html {
    Html::from_html_unchecked(film.cover.clone())
}

/// A reason as text, with its titles set as titles.
pub fn reason_text(reason: &Reason) -> Html {
    let piece = |piece: &Piece| match piece {
        Piece::Words(words) => html! { words.clone() },
        Piece::Title(title) => html! { <cite>{ title }</cite> },
    };
    reason.0.iter().map(piece).collect()
}

/// A line that fills: what is going on, and how much of it is done, 0 to 1, where that is known.
pub fn progress(label: &str, part: Option<f64>) -> Html {
    let percent = part.map(|part| (part.clamp(0.0, 1.0) * 100.0).round() as u32);
    html! {
        <div class="progress" data-testid="loading">
            <span>{ label.to_owned() }</span>
            <div class="progress__track" role="progressbar" aria-label={label.to_owned()} aria-valuemin="0" aria-valuemax="100"
                aria-valuenow={percent.map(|percent| percent.to_string())}>
                <div class="progress__done" style={format!("inline-size:{}%", percent.unwrap_or(0))}></div>
            </div>
        </div>
    }
}

/// Bulbs of a marquee, `lit` of `all` alight. The words beside them say the same.
pub fn bulbs(lit: usize, all: usize) -> Html {
    html! {
        <span class="bulbs" aria-hidden="true" data-testid="bulbs" data-lit={lit.to_string()}>
            { for (0..all).map(|i| html! { <i class="bulb" data-lit={(i < lit).then_some("")}></i> }) }
        </span>
    }
}

/// The shapes of `cards` cards in a grid, exactly as large as what replaces them.
pub fn skeleton_grid(cards: usize) -> Html {
    html! { <ul class="grid" aria-hidden="true">{ skeleton_cards(cards) }</ul> }
}

/// The shapes of a shelf of `cards` cards, likewise.
pub fn skeleton_shelf(cards: usize) -> Html {
    html! {
        <div class="shelf" aria-hidden="true">
            <div class="shelf__head">
                <span class="shelf__title">{ "\u{a0}" }</span>
                <p class="shelf__reason">{ "\u{a0}" }</p>
            </div>
            <ul class="reel">{ skeleton_cards(cards) }</ul>
        </div>
    }
}

/// The shapes of cards that are still to come, in a list of others.
pub fn skeleton_cards(cards: usize) -> Html {
    const CARD: &str = "<li class=\"card\"><div class=\"skeleton skeleton--cover\"></div>\
        <div class=\"skeleton skeleton--line\"></div><div class=\"card__act\"></div></li>";
    Html::from_html_unchecked(CARD.repeat(cards).into())
}

/// A place that is empty: what is not here, what it takes, and where to go as a link and its words.
pub fn empty(title: String, body: String, go: (AttrValue, String)) -> Html {
    html! {
        <div class="empty" data-testid="empty">
            <h2 class="empty__title">{ title }</h2>
            <p class="empty__body">{ body }</p>
            <a class="button button--main" href={go.0}>{ go.1 }</a>
        </div>
    }
}
