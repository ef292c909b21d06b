//! The films for all, each with what each will think of it.

use std::rc::Rc;

use matinee_engine::group_list;
use matinee_web::components::cover;
use matinee_web::words::tenths;
use tr::tr;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::super::filters::FilterForm;
use super::guests::Guest;
use crate::app::use_app;
use crate::catalogue::Catalogue;
use crate::routes::{Address, Route};
use crate::state::Filters;

/// Films on the list.
const MOST: usize = 30;

/// Props of [`Night`].
#[derive(Properties, PartialEq)]
pub(super) struct NightProps {
    /// What the list is narrowed to.
    pub address: Address,
    /// Narrows it otherwise.
    pub ask: Callback<Address>,
    /// The visitor.
    pub catalogue: Catalogue,
    /// The others.
    pub guests: Vec<Rc<Guest>>,
    /// How many films the visitor gave stars.
    pub mine: usize,
}

/// A film and what each will think of it, in stars of five.
type Pick = (Rc<matinee_web::Film>, Vec<f32>);

/// The list, as soon as there are two.
#[component]
pub(super) fn Night(props: &NightProps) -> Html {
    let app = use_app();
    let seen_too = use_state_eq(|| false);
    let filters = Filters::of(&props.address.parameters);
    let me = (props.mine > 0).then(|| (tr!("You"), props.catalogue.clone()));
    let others = props
        .guests
        .iter()
        .map(|guest| (guest.name.clone(), guest.catalogue.clone()));
    let people: Vec<(String, Catalogue)> = me.into_iter().chain(others).collect();
    let ratings = app.state.ratings.clone();
    let shunned = move |guests: &[Rc<Guest>]| -> Vec<String> {
        let mine = ratings.iter().map(|entry| &entry.rating);
        let theirs = guests.iter().flat_map(|guest| guest.said.iter());
        let shunned = mine.chain(theirs).filter(|rating| rating.not_for_me);
        shunned.map(|rating| rating.item.clone()).collect()
    };
    let picks = use_memo(
        (
            people
                .iter()
                .map(|(_, person)| person.clone())
                .collect::<Vec<_>>(),
            filters.clone(),
            *seen_too,
        ),
        |(people, filters, seen_too)| {
            let shunned = shunned(&props.guests);
            films(people, filters, *seen_too, &shunned)
        },
    );
    let onchange = props.ask.reform(|filters: Filters| Address {
        route: Route::Together,
        parameters: filters.parameters(),
    });
    let onseen = {
        let seen_too = seen_too.setter();
        move |event: Event| {
            seen_too.set(event.target_unchecked_into::<HtmlInputElement>().checked())
        }
    };
    let body = if people.len() < 2 {
        html! { <p data-testid="alone">{ tr!("It takes two: once there are ratings of two people, the films for both stand here.") }</p> }
    } else {
        html! {
            <>
                <p>{ tr!("In order of what whoever likes it least will think of it.") }</p>
                <FilterForm model={props.catalogue.films.model.clone()} {filters} {onchange} />
                <label class="together__seen">
                    <input type="checkbox" checked={*seen_too} onchange={onseen} />
                    { tr!("Nobody minds a film that somebody has seen") }
                </label>
                if picks.is_empty() {
                    <p role="status" data-testid="none">{ tr!("No film is left that nobody has seen. Take something off.") }</p>
                }
                <ol class="films" data-testid="night">
                    { for picks.iter().enumerate().map(|(place, pick)| night_row(place + 1, pick, &people)) }
                </ol>
            </>
        }
    };
    html! {
        <section class="data__section" aria-labelledby="night">
            <h2 class="section__title" id="night">{ tr!("For all of you") }</h2>
            { body }
        </section>
    }
}

/// The films for `people`.
fn films(people: &[Catalogue], filters: &Filters, seen_too: bool, shunned: &[String]) -> Vec<Pick> {
    let Some(first) = people.first().filter(|_| people.len() > 1) else {
        return Vec::new();
    };
    let model = &first.films.model;
    let given: Vec<_> = people.iter().map(Catalogue::given).collect();
    let members: Option<Vec<_>> = people
        .iter()
        .zip(&given)
        .map(|(person, given)| person.member(given))
        .collect();
    let prefix = [model.header().catalogue.as_str(), ":"].concat();
    let shunned: Vec<u32> = shunned
        .iter()
        .filter_map(|item| model.row_of(item.strip_prefix(&prefix)?))
        .collect();
    let excluded = |row: u32| {
        shunned.contains(&row) || (!seen_too && people.iter().any(|person| person.hidden(row)))
    };
    let options = filters.options(model);
    let list = group_list(
        model,
        &members.unwrap_or_default(),
        MOST,
        &options,
        excluded,
    );
    let scale = 5.0 / model.header().feedback.rating_of_stars(5.0);
    list.into_iter()
        .map(|film| {
            let stars = film.stars.iter().map(|stars| stars * scale).collect();
            (first.films.at(film.row), stars)
        })
        .collect()
}

fn night_row(place: usize, (film, stars): &Pick, people: &[(String, Catalogue)]) -> Html {
    let href = Route::film(&film.id);
    let opinion = |((name, person), stars): (&(String, Catalogue), &f32)| {
        let seen = person.hidden(film.row);
        html! {
            <li class="mind" data-stars={tenths(*stars)}>
                <span class="mind__name">{ name }</span>
                <span class="mind__stars">{ tenths(*stars) }<span aria-hidden="true">{ "\u{a0}★" }</span><span class="visually-hidden">{ tr!("stars") }</span></span>
                <span class="mind__words">{ if seen { tr!("has seen it") } else { words(*stars) } }</span>
            </li>
        }
    };
    html! {
        <li key={film.key.as_str()} class="film-row night" data-testid="film-row" data-item={film.key.clone()}>
            <span class="film-row__place" aria-hidden="true">{ place }</span>
            <a class="film-row__cover" href={href.clone()} tabindex="-1" aria-hidden="true">{ cover(film) }</a>
            <div class="film-row__text">
                <a class="film-row__title" {href}>{ &film.title }</a>
                <p class="film-row__meta">{ film.facts(48) }</p>
                <ul class="minds">{ for people.iter().zip(stars).map(opinion) }</ul>
            </div>
        </li>
    }
}

/// What somebody will think of a film that they would give these stars.
fn words(stars: f32) -> String {
    match stars {
        _ if stars >= 4.3 => tr!("will love it"),
        _ if stars >= 3.8 => tr!("will like it"),
        _ if stars >= 3.3 => tr!("will find it fine"),
        _ if stars >= 2.8 => tr!("won’t mind it"),
        _ => tr!("won’t like it"),
    }
}
