//! Taking everything along, as a file.

use matinee_imports::Record;
use matinee_web::words::grouped;
use tr::tr;
use yew::prelude::*;

use super::records::records;
use crate::app::use_app;
use crate::effects::{Safety, download, remember_export, today, use_safety};

/// The section that gives files.
#[component]
pub(super) fn Take() -> Html {
    let app = use_app();
    let said = use_state_eq(String::new);
    let (safety, ask) = use_safety();
    let films = app.state.ratings.iter().count();
    let give = |kind: &'static str, mime: &'static str, write: fn(&[Record]) -> String| {
        let (state, said) = (app.state.clone(), said.setter());
        move |_: MouseEvent| {
            let name = format!("matinee-{}.{kind}", today());
            download(&name, mime, &write(&records(&state.ratings)));
            remember_export();
            said.set(tr!("{} is among your downloads.", name));
        }
    };
    html! {
        <section class="data__section" aria-labelledby="take">
            <h2 class="section__title" id="take">{ tr!("Take everything along") }</h2>
            if films == 0 {
                <p>{ tr!("There is nothing to take along yet.") }</p>
            } else {
                <p>{ tr!("All that you said of {} film, as a file: to keep, or to bring in on another device." | "All that you said of {} films, as a file: to keep, or to bring in on another device." % films, grouped(films as u64)) }</p>
                <p class="data__acts">
                    <button class="button" type="button" onclick={give("json", "application/json", Record::json)}>{ tr!("Everything, as JSON") }</button>
                    <button class="button" type="button" onclick={give("csv", "text/csv", Record::csv)}>{ tr!("A table, as CSV") }</button>
                </p>
                <p class="data__said" role="status">{ &*said }</p>
                { safe(safety, &ask) }
            }
        </section>
    }
}

/// How safely the browser keeps what there is.
fn safe(safety: Safety, ask: &Callback<()>) -> Html {
    let (words, act) = match safety {
        Safety::Unknown => return Html::default(),
        Safety::Kept => (
            tr!("This browser keeps your ratings until you remove them."),
            false,
        ),
        Safety::MayGo => (
            tr!(
                "This browser may clear your ratings when it runs out of room, or when you stay away for weeks. Take them along now and then."
            ),
            true,
        ),
        Safety::Refused => (
            tr!(
                "The browser did not promise to keep them; some do once a site is used often or installed. Take them along now and then."
            ),
            false,
        ),
    };
    html! {
        <p class="data__safe" role="status" data-testid="safety">
            { words }
            if act {
                <button class="button" type="button" onclick={ask.reform(|_: MouseEvent| ())}>{ tr!("Ask it to keep them") }</button>
            }
        </p>
    }
}
