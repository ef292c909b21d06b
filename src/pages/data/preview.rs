//! A look at what files or a link come to, before anything is written.

use std::collections::BTreeMap;
use std::rc::Rc;

use matinee_imports::{Draft, Planned, Verdict, plan};
use matinee_web::words::grouped;
use tr::tr;
use yew::prelude::*;

use super::super::together::{unwelcome, welcome};
use super::records::{changes, record};
use super::report::Report;
use super::words::{refusal, scale};
use crate::app::use_app;
use crate::catalogue::Films;
use crate::effects::go;
use crate::routes::Route;
use crate::state::Change;

/// Props of [`Preview`].
#[derive(Properties)]
pub(super) struct PreviewProps {
    /// What was read.
    pub draft: Rc<Draft>,
    /// The catalogue.
    pub films: Rc<Films>,
    /// Whether it came by a link.
    pub linked: bool,
    /// Written, and this is what changed.
    pub onaccept: Callback<Rc<[Change]>>,
    /// Not wanted.
    pub onrefuse: Callback<()>,
}

impl PartialEq for PreviewProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.draft, &other.draft) && Rc::ptr_eq(&self.films, &other.films)
    }
}

/// Films matched by hand: positions among the missed, with the rows of their films.
pub(super) type Picks = BTreeMap<usize, u32>;

/// What would be written, what would not and why, and the choice.
#[component]
pub(super) fn Preview(props: &PreviewProps) -> Html {
    let app = use_app();
    let picks = use_state(Picks::default);
    let draft = &props.draft;
    let ratings = &app.state.ratings;
    let mut incoming = draft.incoming.clone();
    for (place, row) in &*picks {
        if let Some(missed) = draft.missed.get(*place) {
            incoming.push(missed.entry.of(&props.films.model, *row));
        }
    }
    let stored = |item: &str| ratings.rating(item).map(record);
    let planned = plan(&incoming, stored, js_sys::Date::now());
    let written = changes(&planned, ratings);
    let onpick = {
        let picks = picks.clone();
        Callback::from(move |(place, row): (usize, Option<u32>)| {
            let mut next = (*picks).clone();
            match row {
                Some(row) => next.insert(place, row),
                None => next.remove(&place),
            };
            picks.set(next);
        })
    };
    let accept = {
        let (bring, onaccept) = (app.actions.bring.clone(), props.onaccept.clone());
        let changes: Rc<[Change]> = written.as_slice().into();
        Callback::from(move |_: MouseEvent| {
            bring.emit(changes.clone());
            onaccept.emit(changes.clone());
        })
    };
    let trouble = use_state_eq(|| None::<String>);
    let together = {
        let (draft, films) = (draft.clone(), props.films.clone());
        let (state, trouble) = (app.state.clone(), trouble.setter());
        move |_: MouseEvent| {
            let name = tr!("Person {}", 2);
            match welcome(name, &draft.incoming, &films, &state.ratings) {
                Ok(()) => go(&Route::Together),
                Err(why) => trouble.set(Some(unwelcome(why))),
            }
        }
    };
    let refuse = props.onrefuse.reform(|_: MouseEvent| ());
    let nothing_read = draft.incoming.is_empty() && draft.missed.is_empty();
    html! {
        <div class="preview" data-testid="preview">
            { refused(draft) }
            if !nothing_read || draft.refused.is_empty() {
                { source(props) }
                if !planned.is_empty() { { table(&planned) } }
                <p class="preview__sum" role="status" data-testid="sum">{ sum(written.len(), nothing_read) }</p>
            }
            <p class="data__acts">
                if !written.is_empty() {
                    <button class="button button--main" type="button" onclick={accept}>{ tr!("Bring them in") }</button>
                    <button class="button" type="button" onclick={refuse}>{ tr!("Leave them out") }</button>
                } else {
                    <button class="button" type="button" onclick={refuse}>{ tr!("Choose other files") }</button>
                }
                if is_link(props) && !nothing_read {
                    <button class="button" type="button" onclick={together}>{ tr!("Find a film together") }</button>
                }
            </p>
            if let Some(trouble) = &*trouble {
                <p class="data__said data__said--bad" role="status">{ trouble }</p>
            }
            <Report draft={draft.clone()} films={props.films.clone()} picks={(*picks).clone()} {onpick} />
        </div>
    }
}

fn sum(written: usize, nothing_read: bool) -> String {
    match written {
        _ if nothing_read => tr!("There are no films in it. Nothing was changed."),
        0 => tr!("Everything in it is here already. There is nothing to bring in."),
        written => tr!(
            "{} film would be new or changed. Nothing has been written yet."
                | "{} films would be new or changed. Nothing has been written yet." % written,
            grouped(written as u64)
        ),
    }
}

/// Files that cannot be used.
fn refused(draft: &Draft) -> Html {
    if draft.refused.is_empty() {
        return Html::default();
    }
    html! {
        <div class="data__trouble" role="alert" data-testid="refused">
            <p><strong>{ tr!("{} file could not be used. Nothing was changed." | "{} files could not be used. Nothing was changed." % draft.refused.len(), draft.refused.len()) }</strong></p>
            <dl>
                { for draft.refused.iter().map(|(name, why)| html! { <><dt>{ name }</dt><dd>{ refusal(why) }</dd></> }) }
            </dl>
        </div>
    }
}

/// Whether it came by a link, not by files.
fn is_link(props: &PreviewProps) -> bool {
    props.linked && props.draft.services.is_empty()
}

/// Where it comes from, and how its ratings become stars.
fn source(props: &PreviewProps) -> Html {
    let draft = &props.draft;
    if is_link(props) {
        return html! {
            <p data-testid="source">{ tr!("This link carries somebody’s ratings: yours, if you made it on another device. If they are somebody else’s, leave them out, or they will pass for your taste; you can still find a film together.") }</p>
        };
    }
    html! {
        <ul class="preview__sources" data-testid="source">
            { for draft.services.iter().map(|service| html! {
                <li><strong>{ service.to_string() }</strong>{ "\u{a0}· " }{ scale(*service) }</li>
            }) }
        </ul>
    }
}

/// Whether a film is of a kind.
type Is = fn(&Planned) -> bool;

/// How many of what kind are new, changed, the same, or older than what is kept.
fn table(planned: &[Planned]) -> Html {
    let kinds: [(String, Is); 5] = [
        (tr!("With stars"), |film| film.after.halves.is_some()),
        (tr!("Seen, without stars"), |film| {
            film.after.halves.is_none() && film.after.marks.seen
        }),
        (tr!("Watchlist"), |film| {
            !film.after.is_settled() && film.after.marks.watchlist
        }),
        (tr!("Not for me"), |film| {
            film.after.halves.is_none() && !film.after.marks.seen && film.after.marks.not_for_me
        }),
        (tr!("Haven’t seen"), |film| {
            !film.after.is_settled() && !film.after.marks.watchlist && film.after.marks.unseen
        }),
    ];
    let verdicts = [
        (Verdict::New, tr!("New")),
        (Verdict::Changed, tr!("Changed")),
        (Verdict::Unchanged, tr!("The same here")),
        (Verdict::Older, tr!("Older than yours")),
    ];
    let count = |is: Is, verdict: Verdict| {
        let films = planned.iter();
        films
            .filter(|film| film.verdict == verdict && is(film))
            .count()
    };
    let row = |(name, is): &(String, Is)| {
        if !planned.iter().any(is) {
            return Html::default();
        }
        html! {
            <tr>
                <th scope="row">{ name }</th>
                { for verdicts.iter().map(|(verdict, _)| html! { <td>{ grouped(count(*is, *verdict) as u64) }</td> }) }
            </tr>
        }
    };
    html! {
        <div class="preview__scroll" tabindex="0" role="region" aria-label={tr!("What is in it")}>
            <table class="preview__table" data-testid="counts">
                <thead>
                    <tr>
                        <td></td>
                        { for verdicts.iter().map(|(_, name)| html! { <th scope="col">{ name }</th> }) }
                    </tr>
                </thead>
                <tbody>{ for kinds.iter().map(row) }</tbody>
            </table>
        </div>
    }
}
