//! The pages behind the first view. Their code and styles are in modules of their own, such as `split_pages.wasm`. A module
//! comes when one of its pages is asked for; the one that most visitors need comes before that, once nothing else wants the
//! line.

#![allow(
    unsafe_code,
    reason = "the macro writes out what one module imports and the other exports"
)]

use std::sync::OnceLock;

use gloo::timers::callback::Timeout;
use matinee_web::components::{Notice, skeleton_grid, skeleton_shelf};
use matinee_web::words::tenths;
use tr::tr;
use wasm_bindgen_futures::spawn_local;
use wasm_split_helpers::{SplitLoaderError, wasm_split};
use yew::prelude::*;

use crate::app::use_app;
use crate::catalogue::Catalogue;
use crate::effects::{adopt, leisure, listen_for_keys, score_quickly};
use crate::pages::{
    About, Ask as AskPage, Asked, Data, Film, Further, Keys, Known, Narrow, Narrowed, NotFound,
    Picks, Question, Search, Shelves, Taste, Together, Trends, You,
};
use crate::routes::{Address, Route};
use crate::state::Filters;

/// Asks something else of the page.
type Ask = Callback<Address>;

/// Cards on a shelf that is still to come.
pub(crate) const TO_COME: usize = 8;

/// Draws the page at an address.
type Draw = fn(Address, Ask) -> Html;

/// A module of pages: all that only its pages reach lives there.
#[derive(Clone, Copy)]
enum Part {
    /// What most visitors open sooner or later.
    Pages,
    /// The first rows of Home, for whoever has rated enough.
    Rows,
    /// Ratings from and for elsewhere: the readers of other services' files, and what draws a link.
    Data,
    /// Charts: the visitor's taste, and trends.
    Charts,
    /// Questions about one film at a time.
    Ask,
}

/// What draws, by module, once it has come: a page gone back to is drawn at once, so that it can be scrolled to where it was.
static HERE: [OnceLock<Draw>; 5] = [const { OnceLock::new() }; 5];

impl Part {
    /// The module with the page at `address`.
    fn of(address: &Address) -> Self {
        match address.route {
            Route::Home if Filters::of(&address.parameters).count() == 0 => Self::Rows,
            Route::Data | Route::Together => Self::Data,
            Route::Taste | Route::Trends => Self::Charts,
            Route::Ask => Self::Ask,
            _ => Self::Pages,
        }
    }

    fn here(self) -> Option<Draw> {
        HERE[self as usize].get().copied()
    }

    async fn come(self) -> Result<(), SplitLoaderError> {
        let draw = match self {
            Self::Pages => {
                // Kept here and not where it is from: a value that only one place sets is known to the optimiser, which would
                // then have all that it draws in the first module.
                let (draw, place) = pages().await?;
                PLACES.get_or_init(|| place);
                draw
            }
            Self::Rows => {
                let parts = rows().await?;
                ROWS.get_or_init(|| parts);
                draw_rows
            }
            Self::Data => data().await?,
            Self::Charts => charts().await?,
            Self::Ask => ask().await?,
        };
        HERE[self as usize].get_or_init(|| draw);
        Ok(())
    }
}

#[wasm_split(rows, fallible)]
fn rows() -> Result<(DrawRows, Prepare), SplitLoaderError> {
    score_quickly();
    // A browser reads what it knows of numbers when it is first asked to write one, such as likely stars.
    Timeout::new(0, || drop(tenths(0.0))).forget();
    Ok((draw_shelves, Catalogue::prepare))
}

/// Draws the first rows around a question and before what is further down. These are handed over: what loads modules must not
/// be reached from within one.
type DrawRows = fn(Html, Html) -> Html;

fn draw_shelves(question: Html, further: Html) -> Html {
    html! { <Shelves {question} {further} /> }
}

fn draw_rows(address: Address, ask: Ask) -> Html {
    let later = |place| html! { <Later {place} address={address.clone()} ask={ask.clone()} /> };
    ROWS.get().map_or_else(Html::default, |(draw, _)| {
        draw(later(Place::Question), later(Place::Further))
    })
}

#[wasm_split(pages, fallible)]
fn pages() -> Result<(Draw, DrawPlace), SplitLoaderError> {
    score_quickly();
    adopt(include_str!("../static/pages.css"));
    adopt(include_str!("../static/about.css"));
    listen_for_keys();
    Ok((draw, draw_place))
}

#[wasm_split(data, fallible)]
fn data() -> Result<Draw, SplitLoaderError> {
    score_quickly();
    adopt(include_str!("../static/pages.css"));
    adopt(include_str!("../static/data.css"));
    Ok(draw_data)
}

fn draw_data(address: Address, ask: Ask) -> Html {
    match address.route {
        Route::Data => html! { <Data {address} {ask} /> },
        Route::Together => html! { <Together {address} {ask} /> },
        _ => html! { <NotFound /> },
    }
}

#[wasm_split(charts, fallible)]
fn charts() -> Result<Draw, SplitLoaderError> {
    score_quickly();
    adopt(include_str!("../static/charts.css"));
    Ok(draw_charts)
}

fn draw_charts(address: Address, _ask: Ask) -> Html {
    match address.route {
        Route::Trends => html! { <Trends /> },
        _ => html! { <Taste /> },
    }
}

#[wasm_split(ask, fallible)]
fn ask() -> Result<Draw, SplitLoaderError> {
    score_quickly();
    adopt(include_str!("../static/ask.css"));
    Ok(draw_ask)
}

fn draw_ask(_address: Address, _ask: Ask) -> Html {
    html! { <AskPage /> }
}

/// Does once what drawing the rows will take.
type Prepare = fn(&Catalogue);

/// What draws the rows and what does so, once they have come.
static ROWS: OnceLock<(DrawRows, Prepare)> = OnceLock::new();

/// Has the code of the rows made ready soon, if it is there, for somebody who has rated some films and is about to see them:
/// a browser makes each function ready when it is first called, and covers are drawn once. Whoever rates quickly does not put
/// it off.
#[hook]
pub(crate) fn use_prepared(catalogue: &Catalogue, rated: usize) {
    /// Milliseconds, in which what the rating changed is drawn.
    const SOON: u32 = 50;
    let due = use_mut_ref(|| false);
    {
        let due = due.clone();
        use_effect_with(
            (catalogue.clone(), rated > 0),
            move |(catalogue, wanted)| {
                if let Some((_, prepare)) = ROWS.get().filter(|_| *wanted)
                    && !due.replace(true)
                {
                    let catalogue = catalogue.clone();
                    let prepare = move || {
                        if due.replace(false) {
                            prepare(&catalogue);
                        }
                    };
                    Timeout::new(SOON, prepare).forget();
                }
            },
        );
    }
    // Once the rows are there, it has been done.
    use_effect_with((), move |()| {
        move || {
            due.replace(false);
        }
    });
}

/// A place on the first page for what comes later.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Place {
    /// What Matinee knows of the visitor's taste, in a line.
    Known,
    /// What the rows can be narrowed by.
    Filters,
    /// A question for a returning visitor.
    Question,
    /// The rows further down.
    Further,
}

type DrawPlace = fn(Place, Address, Ask) -> Html;

/// What draws there, once it has come.
static PLACES: OnceLock<DrawPlace> = OnceLock::new();

fn draw_place(place: Place, address: Address, ask: Ask) -> Html {
    match place {
        Place::Known => html! { <Known /> },
        Place::Filters => html! { <Narrow {address} {ask} /> },
        Place::Question => html! { <Question /> },
        Place::Further => html! { <Further /> },
    }
}

/// Props of [`Later`].
#[derive(Properties, PartialEq)]
pub(crate) struct LaterProps {
    /// Which place it is.
    pub place: Place,
    /// What the page is asked.
    pub address: Address,
    /// Asks something else.
    pub ask: Ask,
}

/// A place on the first page that is empty until its code has come. The page is whole without it, so nothing is said
/// should it not come.
#[component]
pub(crate) fn Later(props: &LaterProps) -> Html {
    let app = use_app();
    let came = use_force_update();
    use_effect_with(app.state.library.settled, move |settled| {
        if *settled && PLACES.get().is_none() {
            spawn_local(async move {
                if Part::Pages.come().await.is_ok() {
                    came.force_update();
                }
            });
        }
    });
    PLACES.get().map_or_else(Html::default, |draw| {
        draw(props.place, props.address.clone(), props.ask.clone())
    })
}

fn draw(address: Address, ask: Ask) -> Html {
    match address.route.clone() {
        // Otherwise drawn by the first module.
        Route::Home => html! { <Narrowed {address} {ask} /> },
        // Drawn by other ones.
        Route::Ask | Route::Data | Route::Together | Route::Taste | Route::Trends => {
            Html::default()
        }
        Route::Picks => html! { <Picks {address} {ask} /> },
        Route::Search => html! { <Search {address} {ask} /> },
        Route::Film { id } => html! { <Film key={id.clone()} id={id.clone()} /> },
        Route::You => html! { <You {address} {ask} /> },
        Route::About => html! { <About /> },
        Route::Keys => html! { <Keys /> },
        Route::NotFound => html! { <NotFound /> },
    }
}

/// Has the rows fetched once there are films to rate, as they may be wanted five ratings later, and the other pages once
/// `settled`, when the line is free and there is time: a link to one of them is then followed at once.
#[hook]
pub(crate) fn use_rest(ready: bool, settled: bool) {
    use_effect_with(ready, |ready| {
        if *ready {
            fetch_rows();
        }
    });
    use_effect_with(settled, |settled| {
        if *settled {
            spawn_local(async {
                leisure().await;
                // Should it fail, whoever opens one of the pages asks again, and is told.
                let _ = Part::Pages.come().await;
            });
        }
    });
}

/// A page behind the first view, or what stands in for it until its code has come.
#[component]
pub(crate) fn Rest(props: &Asked) -> Html {
    let part = Part::of(&props.address);
    let missing = use_state_eq(|| false);
    let attempt = use_state_eq(|| 0_u32);
    let came = use_force_update();
    {
        let missing = missing.setter();
        use_effect_with((part as usize, *attempt), move |_| {
            if part.here().is_some() {
                return;
            }
            spawn_local(async move {
                match part.come().await {
                    Ok(()) => came.force_update(),
                    Err(_) => missing.set(true),
                }
            });
        });
    }
    if let Some(draw) = part.here() {
        return draw(props.address.clone(), props.ask.clone());
    }
    if *missing {
        let again = Callback::from(move |()| {
            missing.set(false);
            attempt.set(*attempt + 1);
        });
        let act = (AttrValue::from(tr!("Try again")), again);
        return html! {
            <Notice name="pages" title={tr!("This page did not arrive")}
                body={tr!("Sorry: its code could not be fetched. Your ratings are safe. Once the network is back, try again; \
                      if that does not help, reload the page.")}
                {act} />
        };
    }
    match part {
        Part::Rows => skeleton_shelves(),
        _ => skeleton_grid(12),
    }
}

/// Shapes that stand for the first rows of Home.
pub(crate) fn skeleton_shelves() -> Html {
    html! { <>{ skeleton_shelf(TO_COME) }{ skeleton_shelf(TO_COME) }</> }
}

/// Has the first rows of Home fetched at once: somebody who comes back to them waits for nothing else.
#[hook]
pub(crate) fn use_rows() {
    use_effect_with((), |()| fetch_rows());
}

fn fetch_rows() {
    spawn_local(async {
        // Should it fail, it is asked for again when the rows are to be drawn, and whoever waits is told.
        let _ = Part::Rows.come().await;
    });
}
