//! One question a visit, for somebody who comes back and has rated few films.

use std::rc::Rc;

use matinee_web::Film;
use matinee_web::components::{Shape, StarRating, cover, icon, sentence};
use tr::tr;
use yew::prelude::*;

use crate::app::use_app;
use crate::effects::remember_asked;
use crate::routes::Route;
use crate::state::Answer;

/// Where the question has got to.
#[derive(Clone, PartialEq)]
enum Asked {
    /// About this film.
    About(Rc<Film>),
    /// It was answered.
    Answered(Rc<Film>),
    /// Not today.
    Dismissed,
}

/// The film that the engine would ask about first: likely known, and telling. It stays the same until it is answered.
#[component]
pub(crate) fn Question() -> Html {
    let app = use_app();
    let asked = use_state_eq(|| {
        let catalogue = app.catalogue.as_ref();
        let film = catalogue.and_then(|catalogue| {
            // What stands in a row above or below is not asked about here too.
            let shown = catalogue.programme();
            let asked = catalogue.interview().next(&catalogue.films.model, |row| {
                catalogue.hidden(row) || shown.films().any(|other| other == row)
            });
            asked.map(|question| catalogue.films.at(question.row))
        });
        film.map_or(Asked::Dismissed, Asked::About)
    });
    let answer = {
        let (asked, answer) = (asked.setter(), app.actions.answer.clone());
        move |film: &Rc<Film>, said: Answer| {
            remember_asked();
            answer.emit((film.clone(), said));
            asked.set(Asked::Answered(film.clone()));
        }
    };
    match &*asked {
        Asked::Dismissed => Html::default(),
        Asked::Answered(film) => {
            let film = html! { <cite>{ &film.title }</cite> };
            html! {
                <aside class="question" data-testid="question">
                    <p class="question__thanks" role="status">
                        { sentence(&tr!("Noted what you said of {film}. That was the one for this visit."), [("film", film)]) }
                        { " " }<a href={Route::Ask.href()}>{ tr!("Ask me more") }</a>
                    </p>
                </aside>
            }
        }
        Asked::About(film) => {
            let says = |said: Answer| {
                let (film, answer) = (film.clone(), answer.clone());
                Callback::from(move |_: MouseEvent| answer(&film, said))
            };
            let onrate = {
                let (film, answer) = (film.clone(), answer.clone());
                Callback::from(move |stars| {
                    if let Some(stars) = stars {
                        answer(&film, Answer::Stars(stars));
                    }
                })
            };
            let dismiss = {
                let asked = asked.setter();
                move |_: MouseEvent| {
                    remember_asked();
                    asked.set(Asked::Dismissed);
                }
            };
            let title = html! { <cite>{ &film.title }</cite> };
            html! {
                <aside class="question" data-testid="question" data-item={film.key.clone()} aria-labelledby="question">
                    <a class="question__cover" href={Route::film(&film.id)} aria-label={film.name()}>{ cover(film) }</a>
                    <div class="question__ask">
                        <h2 class="question__title" id="question">
                            { sentence(&tr!("One question: have you seen {film}?"), [("film", title)]) }
                        </h2>
                        <p class="question__facts">{ film.facts(40) }</p>
                        <div class="question__answers">
                            <StarRating title={film.title.clone()} large=true deferred=true keeps=false {onrate} />
                            <button class="button" type="button" onclick={says(Answer::Unseen)}>{ tr!("Haven’t seen it") }</button>
                            <button class="button button--quiet" type="button" onclick={says(Answer::NotForMe)}>{ tr!("Not for me") }</button>
                        </div>
                    </div>
                    <button class="question__close" type="button" aria-label={tr!("Not now")} title={tr!("Not now")} onclick={dismiss}>
                        { icon(Shape::Remove) }
                    </button>
                </aside>
            }
        }
    }
}
