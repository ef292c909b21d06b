//! What stands around every page: the masthead, the way about, notices and toasts.

use matinee_web::components::{Notice, Shape, Toast, icon};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::app::{Context, use_app};
use crate::effects::{Theme, reload, use_theme};
use crate::routes::Route;
use crate::state::{Instead, Kept, Mark, Said};

/// Props of [`Shell`].
#[derive(Properties, PartialEq)]
pub(crate) struct ShellProps {
    /// Which page it is.
    pub route: Route,
    /// The page.
    pub children: Html,
}

/// Masthead and navigation around a page.
#[component]
pub(crate) fn Shell(props: &ShellProps) -> Html {
    let app = use_app();
    let link = |to: Route, shape: Shape, label: &'static str| {
        let current = match &props.route {
            Route::Picks => to == Route::Home,
            route => *route == to,
        };
        html! {
            <a class="nav__link" href={to.href()} aria-current={current.then_some("page")}>
                { icon(shape) }{ label }
            </a>
        }
    };
    // Not a link: the fragment is the address of the page.
    let skip = |_: MouseEvent| {
        let main = gloo::utils::document().get_element_by_id("main");
        if let Some(main) = main.and_then(|main| main.dyn_into::<HtmlElement>().ok()) {
            // Should it fail, the focus stays where it is.
            let _ = main.focus();
        }
    };
    html! {
        <>
            <button class="skip button" type="button" onclick={skip}>{ "Skip to the page" }</button>
            <div class="shell">
                <header class="masthead">
                    <a class="wordmark" href={Route::Home.href()}>{ "Matinee" }</a>
                    <p class="tagline">{ "Films for tonight, worked out on this device." }</p>
                    <nav class="nav" aria-label="Main">
                        { link(Route::Home, Shape::Home, "Home") }
                        { link(Route::Search, Shape::Search, "Search") }
                        { link(Route::You, Shape::You, "You") }
                        { link(Route::About, Shape::About, "About") }
                    </nav>
                    <ThemeButton />
                </header>
                <main class="page" id="main" tabindex="-1">
                    { notices(&app) }
                    { props.children.clone() }
                </main>
            </div>
            <div class="toasts" role="status" aria-live="polite">{ toast(&app) }</div>
        </>
    }
}

#[component]
fn ThemeButton() -> Html {
    let (theme, turn) = use_theme();
    let (shape, name) = match theme {
        Theme::Auto => (Shape::Auto, "As the system"),
        Theme::Light => (Shape::Light, "Light"),
        Theme::Dark => (Shape::Dark, "Dark"),
    };
    let label = format!("Colours: {name}");
    html! {
        <button class="theme" type="button" aria-label={label.clone()} title={label} data-testid="theme"
            onclick={turn.reform(|_: MouseEvent| ())}>
            { icon(shape) }<span class="theme__name">{ name }</span>
        </button>
    }
}

fn notices(app: &Context) -> Html {
    let state = &app.state;
    let model = state.library.trouble.as_ref().map(|trouble| {
        let (title, rest) = match trouble.instead {
            Instead::LastGood => (
                "Using the catalogue from your last visit",
                "Everything works, with the films of last time, and your ratings are safe.",
            ),
            Instead::Part => (
                "Only part of the catalogue arrived",
                "What arrived can be used, and your ratings are safe.",
            ),
            Instead::Nothing => (
                "No catalogue to work from",
                "Without it there is nothing to recommend. Your ratings are safe.",
            ),
        };
        let body = format!("Sorry: {}. {rest}", trouble.error);
        let act = (AttrValue::from("Try again"), app.actions.retry.clone());
        html! { <Notice name="model" {title} {body} detail={trouble.error.detail()} {act} /> }
    });
    let storage = state.storage.as_ref().map(|error| {
        let body = format!(
            "Sorry: {error}. Nothing saved before is lost, and new ratings count for as long as this page is open. To \
             keep them, make room or allow this site to store data, and rate again."
        );
        let detail = error.detail().map(|detail| AttrValue::from(detail.to_owned()));
        html! { <Notice name="storage" title="New ratings can’t be saved" {body} {detail} /> }
    });
    let updated = state.updated.then(|| {
        let act = (AttrValue::from("Reload"), Callback::from(|()| reload()));
        html! {
            <Notice name="updated" title="There is a new programme"
                body="Matinee or its catalogue has been renewed. Reload to use it; your ratings stay." {act} />
        }
    });
    html! { <>{ updated }{ model }{ storage }</> }
}

fn toast(app: &Context) -> Html {
    let Some(toast) = &app.state.toast else {
        return Html::default();
    };
    let title = html! { <cite>{ &toast.title }</cite> };
    let kept = match app.state.ratings.entry(&toast.item).map(|entry| entry.kept) {
        Some(Kept::Saving(_)) => "Saving…",
        Some(Kept::ThisVisit) => "Kept for this visit only.",
        Some(Kept::Saved) | None => "Saved.",
    };
    let words = match toast.said {
        Said::Rated(stars) => {
            html! { <>{ title }{ format!(": {}\u{a0}stars. {kept}", stars.short()) }</> }
        }
        Said::Removed => html! { <>{ "Your rating of " }{ title }{ " is removed." }</> },
        Said::Marked(mark, on) => {
            let what = match (mark, on) {
                (Mark::NotForMe, true) => " won’t be recommended.",
                (Mark::NotForMe, false) => " may be recommended again.",
                (Mark::Seen, true) => " is marked as seen.",
                (Mark::Seen, false) => " is no longer marked as seen.",
                (Mark::Watchlist, true) => " is on your watchlist.",
                (Mark::Watchlist, false) => " is off your watchlist.",
            };
            html! { <>{ title }{ what }</> }
        }
    };
    let id = toast.id;
    html! {
        <Toast {id} onundo={app.actions.undo.clone()} onclose={app.actions.close_toast.reform(move |()| id)}>
            { words }
        </Toast>
    }
}
