//! Wiping everything, in two steps.

use matinee_web::words::grouped;
use tr::tr;
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::app::use_app;

/// How far it has come.
#[derive(Clone, Copy, PartialEq)]
enum Step {
    Idle,
    Sure,
    Done,
}

/// The section that wipes.
#[component]
pub(super) fn Wipe() -> Html {
    let app = use_app();
    let step = use_state_eq(|| Step::Idle);
    let asked = use_node_ref();
    let films = app.state.ratings.iter().count();
    {
        let asked = asked.clone();
        use_effect_with(*step, move |step| {
            if *step != Step::Idle
                && let Some(asked) = asked.cast::<HtmlElement>()
            {
                let _ = asked.focus();
            }
        });
    }
    let go = |next: Step| {
        let step = step.setter();
        move |_: MouseEvent| step.set(next)
    };
    let wipe = {
        let (wipe, step) = (app.actions.wipe.clone(), step.setter());
        move |_: MouseEvent| {
            wipe.emit(());
            step.set(Step::Done);
        }
    };
    let content = match *step {
        Step::Idle => html! {
            <>
                <p>{ tr!("Removes all that Matinee keeps on this device: ratings, watchlist, settings.") }</p>
                <p class="data__acts"><button class="button button--quiet" type="button" onclick={go(Step::Sure)}>{ tr!("Wipe everything…") }</button></p>
            </>
        },
        Step::Sure => html! {
            <div class="data__trouble" role="group" aria-labelledby="sure" ref={asked} tabindex="-1" data-testid="sure">
                <p id="sure"><strong>{ tr!("Wipe all that you said of {} film? There is no way back." | "Wipe all that you said of {} films? There is no way back." % films, grouped(films as u64)) }</strong></p>
                <p>{ tr!("To have it again one day, take everything along first.") }</p>
                <p class="data__acts">
                    <button class="button" type="button" onclick={go(Step::Idle)}>{ tr!("Keep everything") }</button>
                    <button class="button button--quiet" type="button" onclick={wipe}>{ tr!("Yes, wipe everything") }</button>
                </p>
            </div>
        },
        Step::Done => html! {
            <p role="status" ref={asked} tabindex="-1" data-testid="wiped">
                { tr!("Everything is wiped: nothing that you said is kept on this device. The site itself stays, so that it works without a network; the browser’s settings remove that too.") }
            </p>
        },
    };
    html! {
        <section class="data__section" aria-labelledby="wipe">
            <h2 class="section__title" id="wipe">{ tr!("Wipe everything") }</h2>
            { content }
        </section>
    }
}
