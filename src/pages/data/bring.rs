//! Bringing in ratings: files or a link, then a look at what they come to, then one write that can be taken back.

use std::rc::Rc;

use matinee_imports::Draft;
use matinee_imports::link::{self, LinkError};
use matinee_web::words::grouped;
use tr::tr;
use wasm_bindgen_futures::spawn_local;
use web_sys::{DragEvent, HtmlElement, HtmlInputElement};
use yew::prelude::*;

use super::preview::Preview;
use super::reading::{self, Progress};
use super::words::link_trouble;
use crate::app::use_app;
use crate::catalogue::Films;
use crate::effects::Picked;
use crate::routes::Route;
use crate::state::{Change, Kept};

/// Props of [`Bring`].
#[derive(Properties)]
pub(super) struct BringProps {
    /// What a link carries; empty without one.
    pub carried: AttrValue,
    /// The link is no longer needed.
    pub ondone: Callback<()>,
    /// The films to be found.
    pub films: Rc<Films>,
}

impl PartialEq for BringProps {
    fn eq(&self, other: &Self) -> bool {
        self.carried == other.carried && Rc::ptr_eq(&self.films, &other.films)
    }
}

/// How far bringing in has come.
#[derive(Clone)]
enum Stage {
    /// Waiting for files.
    Idle,
    /// Reading: which file, and which part of all is done.
    Reading(Option<String>, f64),
    /// A look before anything is written.
    Ready(Rc<Draft>),
    /// The link carries nothing that can be read.
    BadLink(LinkError),
    /// Written.
    Done(Rc<[Change]>),
    /// Taken back.
    Undone,
}

/// The section that brings in ratings.
#[component]
pub(super) fn Bring(props: &BringProps) -> Html {
    let stage = use_state(|| Stage::Idle);
    let section = use_node_ref();
    {
        let (stage, films) = (stage.setter(), props.films.clone());
        use_effect_with(props.carried.clone(), move |carried| {
            if !carried.is_empty() {
                stage.set(match link::decode(carried) {
                    Ok(records) => Stage::Ready(Rc::new(Draft::of_link(records, &films.model))),
                    Err(error) => Stage::BadLink(error),
                });
            }
        });
    }
    let read = {
        let (stage, films) = (stage.setter(), props.films.clone());
        Callback::from(move |files: Vec<Picked>| {
            if files.is_empty() {
                return;
            }
            let (stage, model) = (stage.clone(), films.model.0.clone());
            stage.set(Stage::Reading(None, 0.0));
            spawn_local(async move {
                let told = stage.clone();
                let tell = move |Progress { file, part }| told.set(Stage::Reading(file, part));
                let draft = reading::read(files, model, tell).await;
                stage.set(Stage::Ready(Rc::new(draft)));
            });
        })
    };
    let discard = {
        let (stage, ondone) = (stage.setter(), props.ondone.clone());
        Callback::from(move |()| {
            ondone.emit(());
            stage.set(Stage::Idle);
        })
    };
    let step = std::mem::discriminant(&*stage);
    {
        // What comes next is where the one before was; whoever reads with a screen reader is taken there.
        let section = section.clone();
        let first = use_mut_ref(|| true);
        use_effect_with(step, move |_| {
            if !std::mem::replace(&mut *first.borrow_mut(), false)
                && let Some(section) = section.cast::<HtmlElement>()
            {
                let _ = section.focus();
            }
        });
    }
    let content = match &*stage {
        Stage::Idle => html! { <Drop onfiles={read} /> },
        Stage::Reading(file, part) => reading_words(file.as_deref(), *part),
        Stage::Ready(draft) => {
            let accept = {
                let (stage, ondone) = (stage.setter(), props.ondone.clone());
                Callback::from(move |changes: Rc<[Change]>| {
                    ondone.emit(());
                    stage.set(Stage::Done(changes));
                })
            };
            html! {
                <Preview draft={draft.clone()} films={props.films.clone()} linked={!props.carried.is_empty()} onaccept={accept} onrefuse={discard} />
            }
        }
        Stage::BadLink(error) => html! {
            <div class="data__trouble" role="alert" data-testid="bad-link">
                <p><strong>{ link_trouble(*error) }</strong></p>
                <p>{ tr!("Nothing was changed. Ask for the link again, and copy all of it; or bring in a file instead.") }</p>
                <button class="button" type="button" onclick={discard.reform(|_: MouseEvent| ())}>{ tr!("Put the link away") }</button>
            </div>
        },
        Stage::Done(changes) => html! {
            <Done changes={changes.clone()} onmore={to(&stage, Stage::Idle)} onundone={to(&stage, Stage::Undone)} />
        },
        Stage::Undone => html! {
            <div role="status" data-testid="undone">
                <p>{ tr!("Taken back. Everything is as it was before.") }</p>
                <button class="button" type="button" onclick={to(&stage, Stage::Idle).reform(|_: MouseEvent| ())}>{ tr!("Bring in other files") }</button>
            </div>
        },
    };
    html! {
        <section class="data__section" aria-labelledby="bring" ref={section} tabindex="-1">
            <h2 class="section__title" id="bring">{ tr!("Bring in your ratings") }</h2>
            { content }
        </section>
    }
}

/// Goes on to `next`.
fn to(stage: &UseStateHandle<Stage>, next: Stage) -> Callback<()> {
    let stage = stage.setter();
    Callback::from(move |()| stage.set(next.clone()))
}

fn reading_words(file: Option<&str>, part: f64) -> Html {
    let words = match file {
        Some(file) => tr!("Reading {}", file),
        None => tr!("Looking for the films"),
    };
    html! {
        <div data-testid="reading">{ bar(&words, part) }</div>
    }
}

/// A line that fills.
fn bar(label: &str, part: f64) -> Html {
    let percent = (part.clamp(0.0, 1.0) * 100.0).round().to_string();
    html! {
        <div class="progress">
            <span>{ label.to_owned() }</span>
            <div class="progress__track" role="progressbar" aria-label={label.to_owned()} aria-valuemin="0" aria-valuemax="100" aria-valuenow={percent.clone()}>
                <div class="progress__done" style={format!("inline-size:{percent}%")}></div>
            </div>
        </div>
    }
}

/// Props of [`Drop`].
#[derive(Properties, PartialEq)]
struct DropProps {
    /// Files were picked or dropped.
    onfiles: Callback<Vec<Picked>>,
}

/// Where files are dropped or picked.
#[component]
fn Drop(props: &DropProps) -> Html {
    let over = use_state_eq(|| false);
    let onchange = props.onfiles.reform(|event: Event| {
        let input: HtmlInputElement = event.target_unchecked_into();
        let files = input.files().map(Picked::all).unwrap_or_default();
        // So that the same file can be picked again.
        input.set_value("");
        files
    });
    let onover = {
        let over = over.setter();
        Callback::from(move |event: DragEvent| {
            event.prevent_default();
            over.set(true);
        })
    };
    let onleave = {
        let over = over.setter();
        Callback::from(move |_: DragEvent| over.set(false))
    };
    let ondrop = {
        let (over, onfiles) = (over.setter(), props.onfiles.clone());
        Callback::from(move |event: DragEvent| {
            event.prevent_default();
            over.set(false);
            let files = event.data_transfer().and_then(|data| data.files());
            onfiles.emit(files.map(Picked::all).unwrap_or_default());
        })
    };
    html! {
        <>
            <div class="drop" data-over={over.then_some("")} ondragover={onover} ondragleave={onleave} {ondrop} data-testid="drop">
                <p class="drop__words" id="drop-words">{ tr!("Drop export files here, or") }</p>
                <label class="button button--main drop__pick">
                    { tr!("Choose files") }
                    <input class="drop__input" type="file" multiple=true {onchange} aria-describedby="drop-words"
                        accept=".zip,.csv,.json,.dat,.txt,application/zip,text/csv,application/json" />
                </label>
            </div>
            <details class="data__how">
                <summary>{ tr!("Where to find the file") }</summary>
                <dl class="facts">
                    <dt>{ "Letterboxd" }</dt><dd>{ tr!("Settings, Data, Export your data. The zip as it comes.") }</dd>
                    <dt>{ "IMDb" }</dt><dd>{ tr!("Your ratings, the three dots, Export. A CSV.") }</dd>
                    <dt>{ "Trakt" }</dt><dd>{ tr!("Settings, Data, Export. JSON or CSV.") }</dd>
                    <dt>{ "MovieLens" }</dt><dd>{ tr!("Profile, Account settings, Import and export. A CSV of ratings.") }</dd>
                    <dt>{ "Netflix" }</dt><dd>{ tr!("Account, Profile, Viewing activity, Download all. Films count as seen.") }</dd>
                    <dt>{ "Matinee" }</dt><dd>{ tr!("The file that “Take everything along” below gives you.") }</dd>
                </dl>
            </details>
        </>
    }
}

/// Props of [`Done`].
#[derive(Properties, PartialEq)]
struct DoneProps {
    changes: Rc<[Change]>,
    onmore: Callback<()>,
    onundone: Callback<()>,
}

/// What was brought in, and the way back.
#[component]
fn Done(props: &DoneProps) -> Html {
    let app = use_app();
    let kept = |wanted: fn(&Kept) -> bool| {
        let mut items = props.changes.iter().map(|change| &change.after.item);
        items.any(|item| {
            let entry = app.state.ratings.entry(item);
            entry.is_some_and(|entry| wanted(&entry.kept))
        })
    };
    let words = if kept(|kept| matches!(kept, Kept::Saving(_))) {
        tr!("Saving…")
    } else if kept(|kept| *kept == Kept::ThisVisit) {
        tr!("This browser could not save them: they count for this visit only.")
    } else {
        tr!("Saved on this device.")
    };
    let undo = {
        let (take_back, onundone) = (app.actions.take_back.clone(), props.onundone.clone());
        let changes = props.changes.clone();
        Callback::from(move |_: MouseEvent| {
            take_back.emit(changes.clone());
            onundone.emit(());
        })
    };
    html! {
        <div class="data__done" data-testid="done">
            <p role="status">
                <strong>{ tr!("Brought in {} film." | "Brought in {} films." % props.changes.len(), grouped(props.changes.len() as u64)) }</strong>
                <br />
                <span data-testid="kept">{ words }</span>
            </p>
            <p class="data__acts">
                <a class="button button--main" href={Route::Home.href()}>{ tr!("See tonight’s programme") }</a>
                <button class="button" type="button" onclick={undo}>{ tr!("Undo the import") }</button>
                <button class="button" type="button" onclick={props.onmore.reform(|_: MouseEvent| ())}>{ tr!("Bring in other files") }</button>
            </p>
        </div>
    }
}
