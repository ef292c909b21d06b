//! How far something has come.

use yew::prelude::*;

/// Props of [`Progress`].
#[derive(Properties, PartialEq)]
pub struct ProgressProps {
    /// What is going on.
    pub label: AttrValue,
    /// How much of it is done, 0 to 1; `None` when that is not known.
    pub part: Option<f64>,
}

/// A line that fills.
#[component]
pub fn Progress(props: &ProgressProps) -> Html {
    let part = props.part.unwrap_or(0.0).clamp(0.0, 1.0);
    let percent = (part * 100.0).round().to_string();
    html! {
        <div class="progress" data-testid="loading">
            <span>{ &props.label }</span>
            <div class="progress__track" role="progressbar" aria-label={props.label.clone()}
                aria-valuemin="0" aria-valuemax="100" aria-valuenow={props.part.map(|_| percent)}>
                <div class="progress__done" style={format!("transform:scaleX({part:.3})")}></div>
            </div>
        </div>
    }
}

/// Props of [`Bulbs`].
#[derive(Properties, PartialEq)]
pub struct BulbsProps {
    /// Bulbs in all.
    #[prop_or(5)]
    pub of: usize,
    /// Bulbs lit.
    pub lit: usize,
}

/// Bulbs of a marquee, one lit for each step taken. The words beside it say the same.
#[component]
pub fn Bulbs(props: &BulbsProps) -> Html {
    html! {
        <span class="bulbs" aria-hidden="true" data-testid="bulbs" data-lit={props.lit.to_string()}>
            { for (0..props.of).map(|i| html! { <i class="bulb" data-lit={(i < props.lit).then_some("")}></i> }) }
        </span>
    }
}
