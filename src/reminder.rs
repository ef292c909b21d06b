//! Reminds the visitor to take everything along, where the browser may clear it.

use matinee_web::components::{Shape, icon};
use tr::tr;
use yew::prelude::*;

use crate::effects::{Safety, remind_later, reminder_due, use_safety};
use crate::routes::Route;

/// Props of [`Reminder`].
#[derive(Properties, PartialEq)]
pub(crate) struct ReminderProps {
    /// How many films have stars.
    pub rated: usize,
}

/// A notice that can be put away for a month; nothing while all is safe.
#[component]
pub(crate) fn Reminder(props: &ReminderProps) -> Html {
    let (safety, _) = use_safety();
    let away = use_state_eq(|| false);
    if *away || safety != Safety::MayGo || !reminder_due(props.rated) {
        return Html::default();
    }
    let later = move |_: MouseEvent| {
        remind_later();
        away.set(true);
    };
    html! {
        <div class="notice" role="status" data-testid="notice" data-notice="export">
            { icon(Shape::Note) }
            <p class="notice__title">{ tr!("Take your ratings along") }</p>
            <p class="notice__body">{ tr!("This browser may clear what you have rated when it runs out of room. A file keeps it safe.") }</p>
            <div class="notice__act">
                <a class="button" href={Route::Data.href()}>{ tr!("Your data") }</a>
                <button class="button button--plain" type="button" onclick={later}>{ tr!("Not now") }</button>
            </div>
        </div>
    }
}
