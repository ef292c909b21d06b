//! The visitor's films on the map, in words.

use matinee_web::Stars;
use matinee_web::words::{conjunction, grouped};
use tr::tr;
use yew::prelude::*;

use super::scene::{Own, Scene};
use crate::catalogue::Catalogue;

/// Films listed at first, and with each further piece.
const PIECE: usize = 30;
/// Neighbours named of each.
const NEIGHBOURS: usize = 2;

/// Props of [`List`].
#[derive(Properties, PartialEq)]
pub(super) struct ListProps {
    /// The films.
    pub catalogue: Catalogue,
    /// The map.
    pub scene: Scene,
    /// The film pointed out.
    pub chosen: Option<u32>,
    /// Points another one out.
    pub onchoose: Callback<Option<u32>>,
}

/// Each film that the visitor rated, with what lies near it on the map; those liked most come first.
#[component]
pub(super) fn List(props: &ListProps) -> Html {
    let pieces = use_state_eq(|| 1_usize);
    let mut own: Vec<&Own> = props.scene.own.iter().collect();
    own.sort_by_key(|own| std::cmp::Reverse(own.stars));
    let shown = (*pieces * PIECE).min(own.len());
    let left = (own.len() - shown).min(PIECE);
    let more = move |_: MouseEvent| pieces.set(*pieces + 1);
    html! {
        <div class="map__list">
            <h3 class="figure__title" id="map-list">{ tr!("Your films on it") }</h3>
            <ul class="map__films" aria-labelledby="map-list" data-testid="map-list">
                { for own.iter().take(shown).map(|own| row(own, props)) }
            </ul>
            if left > 0 {
                <button class="button button--plain" type="button" onclick={more}>
                    { tr!("Show {} more" | "Show {} more" % left, grouped(left as u64)) }
                </button>
            }
        </div>
    }
}

fn row(own: &Own, props: &ListProps) -> Html {
    let films = &props.catalogue.films;
    let near: Vec<String> = props
        .scene
        .neighbours(own.row, NEIGHBOURS)
        .into_iter()
        .map(|row| films.at(row).title.to_string())
        .collect();
    let near = conjunction(&near, |title| title, |word| word).concat();
    let on = props.chosen == Some(own.row);
    let row = own.row;
    let onclick = props
        .onchoose
        .reform(move |_: MouseEvent| (!on).then_some(row));
    html! {
        <li key={row}>
            <button class="map__film" type="button" aria-pressed={on.to_string()} {onclick}>
                <cite>{ &films.at(row).title }</cite>
                <span class="map__stars">{ own.stars.words() }</span>
                if !near.is_empty() {
                    <span class="map__near">{ tr!("near {}", near) }</span>
                }
            </button>
        </li>
    }
}

/// Words for a film's rating, or for none.
pub(super) fn rating(stars: Option<Stars>) -> Option<String> {
    stars.map(|stars| tr!("You: {}", stars.words()))
}
