//! Every row that was not used, with its place and the reason, and a way to say which film it means.

use std::rc::Rc;

use matinee_imports::{Draft, Missed};
use matinee_web::words::grouped;
use tr::tr;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::preview::Picks;
use super::words::problem;
use crate::catalogue::Films;

/// Rows shown before the visitor asks for all.
const FIRST: usize = 25;
/// Films offered for a row.
const OFFERED: usize = 6;

/// Props of [`Report`].
#[derive(Properties)]
pub(super) struct ReportProps {
    /// What was read.
    pub draft: Rc<Draft>,
    /// The catalogue.
    pub films: Rc<Films>,
    /// What was matched by hand.
    pub picks: Picks,
    /// Matches the missed row at a position with a film, or no longer.
    pub onpick: Callback<(usize, Option<u32>)>,
}

impl PartialEq for ReportProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.draft, &other.draft) && self.picks == other.picks
    }
}

/// What was not used.
#[component]
pub(super) fn Report(props: &ReportProps) -> Html {
    let all = use_state_eq(|| false);
    let draft = &props.draft;
    let place = |file: usize, line: u64| {
        let file = draft.files.get(file).cloned().unwrap_or_default();
        tr!("{file}, row {line}", file = file, line = line)
    };
    let shown = if *all { usize::MAX } else { FIRST };
    let more = {
        let all = all.setter();
        move |_: MouseEvent| all.set(true)
    };
    let missed = draft.missed.len();
    html! {
        <>
            if missed > 0 {
                <section class="report" aria-labelledby="missed" data-testid="missed">
                    <h3 class="report__title" id="missed">{ tr!("{} film was not found" | "{} films were not found" % missed, grouped(missed as u64)) }</h3>
                    <p class="report__lead">{ tr!("They may be missing from this catalogue, or go by another title here. Say which film is meant, or leave them out.") }</p>
                    <ul class="report__list">
                        { for draft.missed.iter().enumerate().take(shown).map(|(number, missed)| html! {
                            <MissedRow key={number} {number} draft={draft.clone()} films={props.films.clone()}
                                place={place(missed.place.file, missed.place.line)}
                                picked={props.picks.get(&number).copied()} onpick={props.onpick.clone()} />
                        }) }
                    </ul>
                    if missed > shown {
                        <button class="button" type="button" onclick={more}>{ tr!("Show all {}", grouped(missed as u64)) }</button>
                    }
                </section>
            }
            if !draft.problems.is_empty() {
                <details class="report" data-testid="problems">
                    <summary class="report__title">{ tr!("{} row could not be read" | "{} rows could not be read" % draft.problems.len(), grouped(draft.problems.len() as u64)) }</summary>
                    <ul class="report__list">
                        { for draft.problems.iter().map(|row| html! {
                            <li class="report__row">
                                <span class="report__place">{ place(row.place.file, row.place.line) }</span>
                                <span>{ problem(row) }</span>
                            </li>
                        }) }
                    </ul>
                </details>
            }
            if !draft.skipped.is_empty() {
                <details class="report" data-testid="skipped">
                    <summary class="report__title">{ tr!("{} row is no film" | "{} rows are no films" % draft.skipped.len(), grouped(draft.skipped.len() as u64)) }</summary>
                    <p class="report__lead">{ tr!("Series, episodes and games are left out.") }</p>
                    <ul class="report__list">
                        { for draft.skipped.iter().map(|row| html! {
                            <li class="report__row">
                                <span class="report__place">{ place(row.place.file, row.place.line) }</span>
                                <span>{ &row.title }{ "\u{a0}· " }{ &row.what }</span>
                            </li>
                        }) }
                    </ul>
                </details>
            }
        </>
    }
}

/// Props of [`MissedRow`].
#[derive(Properties)]
struct MissedRowProps {
    number: usize,
    draft: Rc<Draft>,
    films: Rc<Films>,
    place: String,
    picked: Option<u32>,
    onpick: Callback<(usize, Option<u32>)>,
}

impl PartialEq for MissedRowProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.draft, &other.draft)
            && (self.number, self.picked) == (other.number, other.picked)
    }
}

/// A row whose film was not found.
#[component]
fn MissedRow(props: &MissedRowProps) -> Html {
    let open = use_state_eq(|| false);
    let query = use_state_eq(String::new);
    let Some(missed) = props.draft.missed.get(props.number) else {
        return Html::default();
    };
    let pick = |row: Option<u32>| {
        let number = props.number;
        props.onpick.reform(move |_: MouseEvent| (number, row))
    };
    let choice = |row: u32| {
        let film = props.films.at(row);
        let name = tr!("It is {}", film.name());
        html! {
            <li key={row}><button class="chip" type="button" aria-label={name} onclick={pick(Some(row))}>{ film.name() }</button></li>
        }
    };
    let act = if let Some(row) = props.picked {
        html! {
            <p class="report__picked" role="status">
                { tr!("Counts as {}.", props.films.at(row).name()) }
                <button class="button button--plain" type="button" onclick={pick(None)} aria-label={tr!("Not {} after all", props.films.at(row).name())}>{ tr!("Undo") }</button>
            </p>
        }
    } else if *open {
        let oninput = {
            let query = query.setter();
            Callback::from(move |event: InputEvent| {
                query.set(event.target_unchecked_into::<HtmlInputElement>().value());
            })
        };
        let found = props.films.search(query.trim(), OFFERED);
        html! {
            <div class="report__find" role="group" aria-label={tr!("Which film is {}?", &missed.name)}>
                <input class="report__input" type="search" value={(*query).clone()} {oninput} autocomplete="off" spellcheck="false"
                    aria-label={tr!("Title or year of {}", &missed.name)} />
                <ul class="report__choices">{ for found.iter().map(|film| choice(film.row)) }</ul>
                if found.is_empty() && !query.trim().is_empty() {
                    <p class="report__lead" role="status">{ tr!("No film here is called anything like that.") }</p>
                }
            </div>
        }
    } else {
        let onopen = {
            let (open, query) = (open.setter(), query.setter());
            let title = missed.entry.title.clone();
            move |_: MouseEvent| {
                open.set(true);
                query.set(title.clone());
            }
        };
        html! {
            <>
                if !missed.maybe.is_empty() {
                    <ul class="report__choices">{ for missed.maybe.iter().take(OFFERED).map(|row| choice(*row)) }</ul>
                }
                <button class="button report__open" type="button" onclick={onopen} aria-label={tr!("Find {}", &missed.name)}>{ tr!("Find it") }</button>
            </>
        }
    };
    html! {
        <li class="report__row" data-testid="missed-row">
            <span class="report__place">{ &props.place }</span>
            <span class="report__name">{ &missed.name }</span>
            <span class="report__why">{ why(missed) }</span>
            { act }
        </li>
    }
}

fn why(missed: &Missed) -> String {
    if missed.maybe.is_empty() {
        tr!("Not in this catalogue under that name and year.")
    } else {
        tr!("There is more than one film of that name.")
    }
}
