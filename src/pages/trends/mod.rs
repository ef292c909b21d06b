//! What the ratings that the model learned from say about their time.

mod films;
mod watched;
mod years;

use matinee_web::components::{Notice, sentence, skeleton_grid};
use matinee_web::words::{day, grouped, language};
use tr::tr;
use wasm_bindgen::JsValue;
use yew::prelude::*;

use crate::app::use_app;
use crate::effects::{Fetched, use_page, use_trends};
use crate::routes::Route;
use crate::trends::Trends as File;

/// The page of trends.
#[component]
pub(crate) fn Trends() -> Html {
    use_page(&tr!("Trends"));
    let app = use_app();
    let (trends, again) = use_trends();
    let title = html! { <h1 class="page__title">{ tr!("Trends") }</h1> };
    let trends = match trends {
        Fetched::Here(trends) => trends,
        Fetched::Waiting => return html! { <>{ title }{ skeleton_grid(6) }</> },
        Fetched::Absent => {
            return html! {
                <>
                    { title }
                    <p class="page__lead" data-testid="absent">
                        { tr!("This catalogue came without trends, so there is nothing to draw. Everything else works as ever.") }
                    </p>
                </>
            };
        }
        Fetched::Failed => {
            let act = (AttrValue::from(tr!("Try again")), again);
            return html! {
                <>
                    { title }
                    <Notice name="trends" title={tr!("The trends did not arrive")}
                        body={tr!("Sorry: the file they are drawn from could not be fetched or read. Nothing of yours is in it, \
                              and nothing is lost.")}
                        {act} />
                </>
            };
        }
    };
    let in_catalogue = |id: &str| {
        let catalogue = app.catalogue.as_ref();
        catalogue.is_some_and(|catalogue| catalogue.films.model.row_of(id).is_some())
    };
    // Stars, whatever scale the data has.
    let scale = app.catalogue.as_ref().map_or(1.0, |catalogue| {
        5.0 / catalogue.films.model.header().feedback.rating_of_stars(5.0)
    });
    html! {
        <div class="trends">
            { title }
            <p class="page__lead">{ lead(&trends) }</p>
            if let Some(time) = &trends.time {
                { films::movers(&time.movers, in_catalogue) }
                { years::years(&trends, time, scale) }
                { watched::when(time) }
            }
            { watched::what(&trends, scale) }
            { films::groups(&trends.groups, in_catalogue, scale) }
        </div>
    }
}

fn lead(trends: &File) -> String {
    let data = &trends.data;
    let ratings = tr!(
        "{} rating" | "{} ratings" % data.ratings,
        grouped(data.ratings.into())
    );
    let people = tr!(
        "{} person" | "{} people" % data.raters,
        grouped(data.raters.into())
    );
    match &trends.time {
        Some(time) => tr!(
            "What the catalogue was learned from: {ratings} by {people}, from {first} to {last}. Yours are not among them.",
            ratings = ratings,
            people = people,
            first = date(&time.first_day),
            last = date(&time.last_day)
        ),
        None => tr!(
            "What the catalogue was learned from: {ratings} by {people}. Yours are not among them.",
            ratings = ratings,
            people = people
        ),
    }
}

/// "29 March 1996" of `1996-03-29`.
fn date(iso: &str) -> String {
    // At noon it is that day wherever the visitor is.
    day(js_sys::Date::parse(&format!("{iso}T12:00:00")))
}

/// The title as a link to the film's page, where the catalogue has it, with its year.
fn film(id: &str, title: &str, year: Option<u16>, here: bool) -> Html {
    let name = html! { <cite>{ title.to_owned() }</cite> };
    let name = if here {
        let href = Route::Film { id: id.to_owned() }.href();
        html! { <a {href}>{ name }</a> }
    } else {
        name
    };
    match year {
        Some(year) => sentence(&tr!("{film}, {year}", year = year), [("film", name)]),
        None => name,
    }
}

/// Names of the days of the week from Monday, or of the months, as the language of the page has them.
fn names(what: &str, count: u32) -> Vec<String> {
    let options = js_sys::Object::new();
    // It cannot fail on an object that is nobody else's.
    let _ = js_sys::Reflect::set(&options, &JsValue::from_str(what), &"long".into());
    let name = |at: u32| {
        // 1 January 2024 was a Monday.
        let (month, day) = if what == "month" {
            (at, 15)
        } else {
            (0, 1 + at)
        };
        let date = js_sys::Date::new_with_year_month_day(2024, month as i32, day as i32);
        String::from(date.to_locale_date_string(language().tag(), &options))
    };
    (0..count).map(name).collect()
}
