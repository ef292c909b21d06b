//! Kinds of film to begin with, each shown by three that most people know.

use std::rc::Rc;

use matinee_web::components::cover;
use matinee_web::{Film, words};
use tr::tr;
use yew::prelude::*;

use crate::catalogue::Catalogue;
use crate::routes::Route;
use crate::state::genres;

/// Films that stand for a kind, and how far down they are looked for.
const FACES: usize = 3;
const KNOWN: u32 = 1500;

/// Props of [`Kinds`].
#[derive(Properties, PartialEq)]
pub(super) struct KindsProps {
    /// The films.
    pub catalogue: Catalogue,
    /// Genres picked so far, by their place in the model's list.
    pub picked: Vec<usize>,
    /// The visitor picked others.
    pub onpick: Callback<Vec<usize>>,
    /// On to the questions.
    pub onbegin: Callback<()>,
}

/// A genre and its faces.
type Kind = (usize, Vec<Rc<Film>>);

/// Kinds of film as toggles.
#[component]
pub(super) fn Kinds(props: &KindsProps) -> Html {
    let films = props.catalogue.films.clone();
    let kinds = use_memo(films.model.clone(), |_| kinds(&props.catalogue));
    let toggle = |(genre, faces): &Kind| {
        let genre = *genre;
        let on = props.picked.contains(&genre);
        let onclick = {
            let mut picked = props.picked.clone();
            match picked.iter().position(|other| *other == genre) {
                Some(at) => {
                    picked.remove(at);
                }
                None => picked.push(genre),
            }
            props.onpick.reform(move |_: MouseEvent| picked.clone())
        };
        let name = films.model.header().genres.get(genre);
        let name = name.map_or_else(String::new, |name| words::genre(name));
        html! {
            <li key={genre}>
                <button class="kind" type="button" aria-pressed={on.to_string()} {onclick}>
                    <span class="kind__faces" aria-hidden="true">
                        { for faces.iter().map(|film| html! { <span class="kind__face">{ cover(film) }</span> }) }
                    </span>
                    <span class="kind__name">{ name }</span>
                </button>
            </li>
        }
    };
    let begin = if props.picked.is_empty() {
        tr!("Go straight on")
    } else {
        tr!("Ask me about this kind" | "Ask me about these {n} kinds" % props.picked.len())
    };
    html! {
        <div class="kinds">
            <h1 class="page__title">{ tr!("What do you watch?") }</h1>
            <p class="page__lead">
                { tr!("Pick a few kinds of film, or go straight on. It only decides which films you’re asked about first.") }
            </p>
            <ul class="kinds__list" data-testid="kinds">{ for kinds.iter().map(toggle) }</ul>
            <p class="kinds__go">
                <button class="button button--main" type="button" onclick={props.onbegin.reform(|_: MouseEvent| ())}>{ begin }</button>
                <a class="button button--plain" href={Route::Home.href()}>{ tr!("Back to the films") }</a>
            </p>
        </div>
    }
}

/// The kinds for which there are faces: well-known films of which it is the most telling genre, and no film for two kinds.
fn kinds(catalogue: &Catalogue) -> Vec<Kind> {
    let model = &catalogue.films.model;
    let names = &model.header().genres;
    let mut taken: Vec<u32> = Vec::new();
    let mut kinds = Vec::new();
    for genre in genres(model) {
        let Some(name) = names.get(genre) else {
            continue;
        };
        let of = (0..KNOWN.min(model.len() as u32))
            .filter(|row| model.genres(*row) >> genre & 1 == 1 && !taken.contains(row));
        let films = of.map(|row| catalogue.films.at(row));
        // Films are described here as far as they are needed, no further.
        let faces: Vec<Rc<Film>> = films
            .filter(|film| film.genres.first().is_some_and(|first| first == name))
            .take(FACES)
            .collect();
        if faces.len() == FACES {
            taken.extend(faces.iter().map(|film| film.row));
            kinds.push((genre, faces));
        }
    }
    kinds
}
