//! Shapes of what is still to come, exactly as large.

use yew::prelude::*;

fn card() -> Html {
    html! {
        <li class="card">
            <div class="skeleton skeleton--cover"></div>
            <div class="skeleton skeleton--line"></div>
            <div class="card__act"></div>
        </li>
    }
}

/// Props of the skeletons.
#[derive(Properties, PartialEq)]
pub struct SkeletonProps {
    /// Cards to stand in for.
    #[prop_or(12)]
    pub cards: usize,
}

/// A grid of cards.
#[component]
pub fn SkeletonGrid(props: &SkeletonProps) -> Html {
    html! { <ul class="grid" aria-hidden="true">{ for (0..props.cards).map(|_| card()) }</ul> }
}

/// A shelf.
#[component]
pub fn SkeletonShelf(props: &SkeletonProps) -> Html {
    html! {
        <div class="shelf" aria-hidden="true">
            <div class="shelf__head"><span class="shelf__title">{ "\u{a0}" }</span></div>
            <ul class="reel">{ for (0..props.cards).map(|_| card()) }</ul>
        </div>
    }
}
