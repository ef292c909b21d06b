//! Nothing here, and what to do about it.

use yew::prelude::*;

/// Props of [`Empty`].
#[derive(Properties, PartialEq)]
pub struct EmptyProps {
    /// What is not here.
    pub title: AttrValue,
    /// What it takes.
    pub children: Html,
    /// Where to go: the link and its words.
    #[prop_or_default]
    pub go: Option<(AttrValue, AttrValue)>,
}

/// A place that is empty, and the way on.
#[component]
pub fn Empty(props: &EmptyProps) -> Html {
    html! {
        <div class="empty" data-testid="empty">
            <h2 class="empty__title">{ &props.title }</h2>
            <p class="empty__body">{ props.children.clone() }</p>
            if let Some((href, label)) = &props.go {
                <a class="button button--main" href={href.clone()}>{ label }</a>
            }
        </div>
    }
}
