//! A row of films under a heading.

use tr::tr;
use web_sys::{HtmlElement, ScrollBehavior, ScrollToOptions};
use yew::prelude::*;

use super::{Shape, icon};
use crate::words;

/// Props of [`Shelf`].
#[derive(Properties, PartialEq)]
pub struct ShelfProps {
    /// Short name of the shelf, for its element's id and for tests.
    pub name: AttrValue,
    /// Its heading.
    pub title: Html,
    /// Why these films stand here.
    #[prop_or_default]
    pub reason: Html,
    /// Where there is more, and what that is called.
    #[prop_or_default]
    pub more: Option<(AttrValue, AttrValue)>,
    /// The cards.
    pub children: Html,
}

/// A heading with its reason, and a reel of cards that snaps.
#[component]
pub fn Shelf(props: &ShelfProps) -> Html {
    let reel = use_node_ref();
    let heading = format!("shelf-{}", props.name);
    let turn = |shape: Shape, label: String, way: f64| {
        let reel = reel.clone();
        let onclick = move |_: MouseEvent| {
            if let Some(reel) = reel.cast::<HtmlElement>() {
                let options = ScrollToOptions::new();
                options.set_left(way * onwards() * f64::from(reel.client_width()) * 0.8);
                options.set_behavior(if still() {
                    ScrollBehavior::Instant
                } else {
                    ScrollBehavior::Smooth
                });
                reel.scroll_by_with_scroll_to_options(&options);
            }
        };
        html! { <button class="turn" type="button" aria-label={label} {onclick}>{ icon(shape) }</button> }
    };
    html! {
        <section class="shelf" data-testid="shelf" data-shelf={props.name.clone()} aria-labelledby={heading.clone()}>
            <div class="shelf__head">
                <h2 class="shelf__title" id={heading}>{ props.title.clone() }</h2>
                <div class="shelf__tools">
                    if let Some((href, label)) = &props.more {
                        <a class="button button--plain" href={href.clone()}>{ label }</a>
                    }
                    <div class="shelf__turn">
                        { turn(Shape::Left, tr!("Back along the row"), -1.0) }
                        { turn(Shape::Right, tr!("On along the row"), 1.0) }
                    </div>
                </div>
                if props.reason != Html::default() {
                    <p class="shelf__reason">{ props.reason.clone() }</p>
                }
            </div>
            <ul class="reel" ref={reel}>{ props.children.clone() }</ul>
        </section>
    }
}

/// 1 where a line is read to the right, -1 where it is read to the left.
fn onwards() -> f64 {
    if words::language().is_rtl() {
        -1.0
    } else {
        1.0
    }
}

/// Whether the visitor asked for no motion.
pub(super) fn still() -> bool {
    gloo::utils::window()
        .match_media("(prefers-reduced-motion: reduce)")
        .ok()
        .flatten()
        .is_some_and(|query| query.matches())
}
