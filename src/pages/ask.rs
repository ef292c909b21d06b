//! Getting to know each other, one film at a time: kinds of film first, then questions for as long as the visitor likes.

mod card;
mod kinds;
mod meter;

use std::rc::Rc;

use matinee_web::components::{Shelf, sentence, use_motion};
use matinee_web::{Film, Rating};
use tr::tr;
use yew::prelude::*;

use super::{likely_cards, waiting};
use crate::app::{Context, use_app};
use crate::catalogue::Catalogue;
use crate::effects::use_page;
use crate::routes::Route;
use crate::shell::rated_words;
use crate::state::Answer;
use card::Card;
use kinds::Kinds;
use meter::Meter;

/// Ratings from which on the first page has rows.
const ENOUGH: usize = 5;
/// Films shown beneath the question.
const SO_FAR: usize = 12;
/// Questions about each kind of film that was picked, before the engine asks what it likes.
const EACH: usize = 2;

/// What was asked, and what came of it.
#[derive(Clone, PartialEq)]
struct Given {
    film: Rc<Film>,
    /// `None` when it was skipped.
    answer: Option<Answer>,
    /// What was kept of the film before.
    before: Option<Rating>,
}

/// How far the conversation is.
#[derive(Clone, PartialEq, Default)]
struct Talk {
    /// Whether the visitor has gone on to the questions.
    begun: bool,
    /// Genres picked, by their place in the model's list. They order the questions and do nothing else: no rating is made up
    /// from them.
    kinds: Vec<usize>,
    /// What was asked so far.
    given: Vec<Given>,
    /// Grows with each answer and each that is taken back.
    turn: usize,
    /// The film to ask about again, as its answer was taken back.
    again: Option<Rc<Film>>,
}

impl Talk {
    /// The film to ask about next.
    fn next(&self, catalogue: &Catalogue) -> Option<Rc<Film>> {
        if let Some(film) = &self.again {
            return Some(film.clone());
        }
        let model = &catalogue.films.model;
        let interview = catalogue.interview();
        let done = |row: u32| {
            catalogue.hidden(row) || self.given.iter().any(|given| given.film.row == row)
        };
        let count = self.given.len();
        let kind = (count < EACH * self.kinds.len()).then(|| self.kinds[count % self.kinds.len()]);
        let of_kind = kind.and_then(|kind| {
            interview.next(model, |row| done(row) || model.genres(row) >> kind & 1 == 0)
        });
        let question = of_kind.or_else(|| interview.next(model, done))?;
        Some(catalogue.films.at(question.row))
    }

    /// Whether `catalogue` has taken in the last answer.
    fn is_in(&self, catalogue: &Catalogue) -> bool {
        let last = self.given.last().filter(|given| given.answer.is_some());
        last.is_none_or(|given| catalogue.has_answer(given.film.row))
    }
}

/// The page.
#[component]
pub(crate) fn Ask() -> Html {
    use_page(&tr!("One film at a time"));
    let app = use_app();
    let talk = use_state_eq(Talk::default);
    let ready = app.catalogue.as_ref().filter(|_| app.state.ratings.opened);
    let Some(catalogue) = ready else {
        return html! { <><h1 class="page__title">{ tr!("One film at a time") }</h1>{ waiting(&app) }</> };
    };
    let rated = app.state.ratings.rated();
    if !talk.begun && rated < ENOUGH {
        let onpick = {
            let talk = talk.clone();
            Callback::from(move |kinds| {
                talk.set(Talk {
                    kinds,
                    ..(*talk).clone()
                });
            })
        };
        let onbegin = {
            let talk = talk.clone();
            Callback::from(move |()| {
                talk.set(Talk {
                    begun: true,
                    ..(*talk).clone()
                });
            })
        };
        return html! { <Kinds catalogue={catalogue.clone()} picked={talk.kinds.clone()} {onpick} {onbegin} /> };
    }
    html! { <Questions catalogue={catalogue.clone()} {talk} /> }
}

/// Props of [`Questions`].
#[derive(Properties, PartialEq)]
struct QuestionsProps {
    catalogue: Catalogue,
    talk: UseStateHandle<Talk>,
}

#[component]
fn Questions(QuestionsProps { catalogue, talk }: &QuestionsProps) -> Html {
    let app = use_app();
    let root = use_node_ref();
    use_motion(&root, catalogue);
    // A question stays until it is answered, whatever else arrives meanwhile.
    let asked = use_mut_ref(|| None::<(usize, Option<Rc<Film>>)>);
    let is_asked = asked
        .borrow()
        .as_ref()
        .is_some_and(|(turn, _)| *turn == talk.turn);
    if !is_asked && talk.is_in(catalogue) {
        *asked.borrow_mut() = Some((talk.turn, talk.next(catalogue)));
    }
    let film = asked.borrow().as_ref().and_then(|(_, film)| film.clone());

    let answered = {
        let (talk, answer) = (talk.clone(), app.actions.answer.clone());
        let ratings = app.state.ratings.clone();
        Callback::from(move |(film, said): (Rc<Film>, Option<Answer>)| {
            let before = ratings.rating(&film.key).cloned();
            let mut next = (*talk).clone();
            next.turn += 1;
            next.again = None;
            next.given.push(Given {
                film: film.clone(),
                answer: said,
                before,
            });
            if let Some(said) = said {
                answer.emit((film, said));
            }
            talk.set(next);
        })
    };
    let undo = {
        let (talk, take_back) = (talk.clone(), app.actions.take_back_answer.clone());
        Callback::from(move |_: MouseEvent| {
            let mut next = (*talk).clone();
            let Some(given) = next.given.pop() else {
                return;
            };
            next.turn += 1;
            next.again = Some(given.film.clone());
            if given.answer.is_some() {
                take_back.emit((given.film.key.to_string(), given.before));
            }
            talk.set(next);
        })
    };

    let rated = app.state.ratings.rated();
    let picks = use_memo(catalogue.clone(), |catalogue| {
        let top = catalogue.opening().top;
        top.into_iter().take(SO_FAR).collect::<Vec<u32>>()
    });
    let leave = match rated {
        0 => (Route::Home, tr!("To the films")),
        1..ENOUGH => (Route::Picks, tr!("See your films")),
        _ => (Route::Home, tr!("See your films")),
    };
    html! {
        <div class="ask">
            <h1 class="ask__title">{ tr!("One film at a time") }</h1>
            if let Some(film) = film {
                <Card key={film.key.as_str()} film={film.clone()} takes_focus={talk.begun || talk.turn > 0} onanswer={answered} />
            } else {
                <p class="page__lead" role="status">{ tr!("That was every film we could ask you about.") }</p>
            }
            <p class="ask__last">
                <span role="status">{ last_words(&app, talk.given.last()) }</span>
                if !talk.given.is_empty() {
                    <button class="button button--plain" type="button" data-testid="undo-answer" onclick={undo}>{ tr!("Undo") }</button>
                }
            </p>
            <div class="ask__leave">
                <Meter catalogue={catalogue.clone()} />
                <a class="button button--main" href={leave.0.href()}>{ leave.1 }</a>
            </div>
            <div ref={root}>
                if rated > 0 {
                    <Shelf name="so-far" title={tr!("So far, for you")} reason={tr!("What your answers come to. Every one of them may change it.")}>
                        { likely_cards(&app, catalogue, picks.iter()) }
                    </Shelf>
                }
            </div>
        </div>
    }
}

/// What came of the last question.
fn last_words(app: &Context, given: Option<&Given>) -> Html {
    let Some(Given { film, answer, .. }) = given else {
        return Html::default();
    };
    let kept = app.state.ratings.entry(&film.key).map(|entry| entry.kept);
    let words = match (answer, kept) {
        (Some(Answer::Stars(stars)), kept) => rated_words(*stars, kept),
        (Some(Answer::Unseen), _) => tr!("{film}: not seen."),
        (Some(Answer::NotForMe), _) => tr!("{film}: not for you."),
        (None, _) => tr!("{film}: skipped."),
    };
    sentence(&words, [("film", html! { <cite>{ &film.title }</cite> })])
}
