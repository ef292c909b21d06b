//! A film for several people: the visitor and others, whose ratings come by link or file and are kept nowhere.

mod add;
mod guests;
mod night;

use std::rc::Rc;

use matinee_web::words::grouped;
use tr::tr;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::data::link::{ShownLink, link_of};
use super::{Asked, waiting};
use crate::app::use_app;
use crate::effects::use_page;
use crate::routes::Route;

use add::Add;
use guests::{FEW, Guest};
pub(crate) use guests::{unwelcome, welcome};
use night::Night;

/// The page.
#[component]
pub(crate) fn Together(Asked { address, ask }: &Asked) -> Html {
    use_page(&tr!("Together"));
    let app = use_app();
    // Others stay while the visitor looks at a film and comes back.
    let guests = use_state(guests::all);
    let invited = use_state_eq(|| None::<AttrValue>);
    let set = {
        let guests = guests.setter();
        Callback::from(move |next: Vec<Rc<Guest>>| {
            guests::keep(&next);
            guests.set(next);
        })
    };
    let head = html! {
        <>
            <h1 class="page__title">{ tr!("Together") }</h1>
            <p class="page__lead">
                { tr!("A film for tonight that leaves nobody unhappy. Add whoever is watching by the link or the file that Matinee gives them. What others said stays in this page and is gone when you close it.") }
            </p>
        </>
    };
    let Some(catalogue) = app
        .catalogue
        .clone()
        .filter(|_| app.state.library.settled && app.state.ratings.opened)
    else {
        return html! { <>{ head }{ waiting(&app) }</> };
    };
    let mine = app.state.ratings.rated();
    let onadd = {
        let (guests, set) = (guests.clone(), set.clone());
        Callback::from(move |guest: Rc<Guest>| {
            let mut next = (*guests).clone();
            next.push(guest);
            set.emit(next);
        })
    };
    let row = |(place, guest): (usize, &Rc<Guest>)| {
        let rename = {
            let (guests, set) = (guests.clone(), set.clone());
            Callback::from(move |event: InputEvent| {
                let name = event.target_unchecked_into::<HtmlInputElement>().value();
                let mut next = (*guests).clone();
                if let Some(guest) = next.get_mut(place) {
                    *guest = Rc::new(guest.called(name));
                }
                set.emit(next);
            })
        };
        let remove = {
            let (guests, set) = (guests.clone(), set.clone());
            Callback::from(move |_: MouseEvent| {
                let mut next = (*guests).clone();
                next.remove(place);
                set.emit(next);
            })
        };
        html! {
            <li class="people__one" key={guest.id} data-testid="guest">
                <label class="people__name">
                    <span class="visually-hidden">{ tr!("Name of person {}", place + 2) }</span>
                    <input class="report__input" type="text" maxlength="40" value={guest.name.clone()} oninput={rename} autocomplete="off" />
                </label>
                <span class="people__facts">{ known(guest.known) }</span>
                <button class="button button--plain" type="button" onclick={remove} aria-label={tr!("Remove {}", &guest.name)}>{ tr!("Remove") }</button>
            </li>
        }
    };
    let invite = {
        let (state, films, invited) =
            (app.state.clone(), catalogue.films.clone(), invited.setter());
        move |_: MouseEvent| invited.set(Some(link_of(&state.ratings, &films)))
    };
    html! {
        <div class="data together">
            { head }
            <section class="data__section" aria-labelledby="people">
                <h2 class="section__title" id="people">{ tr!("Who is watching") }</h2>
                <ul class="people">
                    <li class="people__one">
                        <span class="people__name people__me">{ tr!("You") }</span>
                        <span class="people__facts">{ known(mine) }</span>
                        if mine == 0 {
                            <a class="button button--plain" href={Route::Home.href()}>{ tr!("Rate a few films") }</a>
                        }
                    </li>
                    { for guests.iter().enumerate().map(row) }
                </ul>
                <Add catalogue={catalogue.clone()} guests={(*guests).clone()} {onadd} />
                <details class="data__how">
                    <summary>{ tr!("How the others get a link") }</summary>
                    <p>{ tr!("On their device: You, Your data, “Make a link”. They send it to you, and you paste it above. Or send them yours, and they choose the film.") }</p>
                    if let Some(link) = &*invited {
                        <ShownLink link={link.clone()} />
                    } else if mine > 0 {
                        <p class="data__acts"><button class="button" type="button" onclick={invite}>{ tr!("Make a link to send") }</button></p>
                    }
                </details>
            </section>
            <Night address={address.clone()} ask={ask.clone()} {catalogue} guests={(*guests).clone()} {mine} />
        </div>
    }
}

/// How much is known of somebody.
fn known(rated: usize) -> String {
    match rated {
        0 => tr!("No ratings: left out of the reckoning"),
        few if few < FEW => tr!(
            "{} rating: what suits them is a guess"
                | "{} ratings: what suits them is a guess" % few,
            grouped(few as u64)
        ),
        enough => tr!("{} rating" | "{} ratings" % enough, grouped(enough as u64)),
    }
}
