//! How well Matinee knows the visitor.

use tr::tr;
use yew::prelude::*;

use crate::catalogue::Catalogue;
use crate::state::Level;

/// Props of [`Meter`].
#[derive(Properties, PartialEq)]
pub(super) struct MeterProps {
    /// The visitor, as the model sees them.
    pub catalogue: Catalogue,
}

/// The part of what was unsure of their taste that their answers have settled, as a line and in words.
#[component]
pub(super) fn Meter(MeterProps { catalogue }: &MeterProps) -> Html {
    let part = use_memo(catalogue.clone(), |catalogue| {
        catalogue.knowledge().map(|knowledge| knowledge.part())
    });
    // A model without a star head does not say how sure it is.
    let Some(part) = *part else {
        return Html::default();
    };
    let words = match Level::of(part) {
        Level::Hardly => tr!("We’ve only just met."),
        Level::Begun => tr!("Your taste begins to show."),
        Level::Some => tr!("We know you a little."),
        Level::Fair => tr!("We know you fairly well."),
        Level::Well => tr!("We know you well."),
    };
    let percent = (part * 100.0).round() as u32;
    html! {
        <div class="meter">
            <p class="meter__words" id="meter">{ &words }</p>
            <div class="meter__track" role="meter" aria-label={tr!("How well Matinee knows your taste")} aria-valuemin="0" aria-valuemax="100"
                aria-valuenow={percent.to_string()} aria-valuetext={tr!("{words} {n} of 100", words = words, n = percent)} data-testid="meter">
                <div class="meter__done" style={format!("inline-size:{percent}%")}></div>
            </div>
        </div>
    }
}
