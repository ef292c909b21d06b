//! Something to know, said calmly.

use tr::tr;
use yew::prelude::*;

use super::{Shape, icon};

/// Props of [`Notice`].
#[derive(Properties, PartialEq)]
pub struct NoticeProps {
    /// What happened.
    pub title: AttrValue,
    /// That nothing was lost, and what to do.
    pub body: AttrValue,
    /// Short name, for tests.
    pub name: AttrValue,
    /// What exactly happened, folded away.
    #[prop_or_default]
    pub detail: Option<AttrValue>,
    /// A button that helps: what it says, and what it does.
    #[prop_or_default]
    pub act: Option<(AttrValue, Callback<()>)>,
}

/// A notice that is read out when it appears.
#[component]
pub fn Notice(props: &NoticeProps) -> Html {
    html! {
        <div class="notice" role="status" data-testid="notice" data-notice={props.name.clone()}>
            { icon(Shape::Note) }
            <p class="notice__title">{ &props.title }</p>
            <p class="notice__body">{ &props.body }</p>
            if let Some(detail) = &props.detail {
                <details class="notice__detail"><summary>{ tr!("What exactly") }</summary>{ detail }</details>
            }
            if let Some((label, act)) = &props.act {
                <div class="notice__act">
                    <button class="button" type="button" onclick={act.reform(|_: MouseEvent| ())}>{ label }</button>
                </div>
            }
        </div>
    }
}
