//! What stands around every page: the masthead, the way about, notices and toasts.

use matinee_web::Stars;
use matinee_web::components::{Notice, Shape, Toast, icon, sentence};
use matinee_web::words::{Language, language};
use tr::tr;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlSelectElement};
use yew::prelude::*;

use crate::app::{Context, use_app};
use crate::effects::{Theme, choose_language, reload, use_theme};
use crate::reminder::Reminder;
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
    let link = |to: Route, shape: Shape, label: String| {
        let current = match &props.route {
            Route::Picks | Route::Ask => to == Route::Home,
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
            <button class="skip button" type="button" onclick={skip}>{ tr!("Skip to the page") }</button>
            <div class="shell">
                <header class="masthead">
                    <a class="wordmark" href={Route::Home.href()}>{ "Matinee" }</a>
                    <p class="tagline">{ tr!("Films for tonight, worked out on this device.") }</p>
                    <nav class="nav" aria-label={tr!("Main")}>
                        { link(Route::Home, Shape::Home, tr!("Home")) }
                        { link(Route::Search, Shape::Search, tr!("Search")) }
                        { link(Route::You, Shape::You, tr!("You")) }
                        { link(Route::About, Shape::About, tr!("About")) }
                    </nav>
                    <div class="settings">
                        { languages() }
                        <ThemeButton />
                    </div>
                </header>
                <main class="page" id="main" tabindex="-1">
                    { notices(&app) }
                    if matches!(props.route, Route::Home | Route::You) {
                        <Reminder rated={app.state.ratings.rated()} />
                    }
                    { props.children.clone() }
                </main>
            </div>
            <div class="toasts" role="status" aria-live="polite">{ toast(&app) }</div>
        </>
    }
}

/// The languages, each named in itself.
fn languages() -> Html {
    let onchange = |event: Event| {
        let select: HtmlSelectElement = event.target_unchecked_into();
        if let Some(language) = Language::of(&select.value()) {
            choose_language(language);
        }
    };
    let option = |other: Language| {
        html! {
            <option value={other.tag()} lang={other.tag()} selected={other == language()}>{ other.name() }</option>
        }
    };
    html! {
        <select class="language" aria-label={tr!("Language")} data-testid="language" {onchange}>
            { for Language::ALL.map(option) }
        </select>
    }
}

#[component]
fn ThemeButton() -> Html {
    let (theme, turn) = use_theme();
    let (shape, name) = match theme {
        Theme::Auto => (Shape::Auto, tr!("As the system")),
        Theme::Light => (Shape::Light, tr!("Light")),
        Theme::Dark => (Shape::Dark, tr!("Dark")),
    };
    let label = tr!("Colours: {}", name);
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
        let (title, body) = match trouble.instead {
            Instead::LastGood => (
                tr!("Using the catalogue from your last visit"),
                tr!("Sorry: {}. Everything works, with the films of last time, and your ratings are safe.", trouble.error),
            ),
            Instead::Part => (
                tr!("Only part of the catalogue arrived"),
                tr!("Sorry: {}. What arrived can be used, and your ratings are safe.", trouble.error),
            ),
            Instead::Nothing => (
                tr!("No catalogue to work from"),
                tr!("Sorry: {}. Without it there is nothing to recommend. Your ratings are safe.", trouble.error),
            ),
        };
        let act = (AttrValue::from(tr!("Try again")), app.actions.retry.clone());
        html! { <Notice name="model" {title} {body} detail={trouble.error.detail()} {act} /> }
    });
    let storage = state.storage.as_ref().map(|error| {
        let body = tr!(
            "Sorry: {}. Nothing saved before is lost, and new ratings count for as long as this page is open. To \
             keep them, make room or allow this site to store data, and rate again.",
            error
        );
        let detail = error.detail().map(|detail| AttrValue::from(detail.to_owned()));
        html! { <Notice name="storage" title={tr!("New ratings can’t be saved")} {body} {detail} /> }
    });
    let updated = state.updated.then(|| {
        let act = (AttrValue::from(tr!("Reload")), Callback::from(|()| reload()));
        html! {
            <Notice name="updated" title={tr!("There is a new programme")}
                body={tr!("Matinee or its catalogue has been renewed. Reload to use it; your ratings stay.")} {act} />
        }
    });
    html! { <>{ updated }{ model }{ storage }</> }
}

/// What is said of a rating, with `{film}` where the film stands, by how safely it is kept.
pub(crate) fn rated_words(stars: Stars, kept: Option<Kept>) -> String {
    let stars = stars.short();
    match kept {
        Some(Kept::Saving(_)) => tr!("{film}: {stars}\u{a0}★. Saving…", stars = stars),
        Some(Kept::ThisVisit) => {
            tr!(
                "{film}: {stars}\u{a0}★. Kept for this visit only.",
                stars = stars
            )
        }
        Some(Kept::Saved) | None => tr!("{film}: {stars}\u{a0}★. Saved.", stars = stars),
    }
}

fn toast(app: &Context) -> Html {
    let Some(toast) = &app.state.toast else {
        return Html::default();
    };
    let title = html! { <cite>{ &toast.title }</cite> };
    let kept = app.state.ratings.entry(&toast.item).map(|entry| entry.kept);
    let words = match (toast.said, kept) {
        (Said::Rated(stars), kept) => rated_words(stars, kept),
        (Said::Removed, _) => tr!("Your rating of {film} is removed."),
        (Said::Marked(mark, on), _) => match (mark, on) {
            (Mark::NotForMe, true) => tr!("{film} won’t be recommended."),
            (Mark::NotForMe, false) => tr!("{film} may be recommended again."),
            (Mark::Seen, true) => tr!("{film} is marked as seen."),
            (Mark::Seen, false) => tr!("{film} is no longer marked as seen."),
            (Mark::Watchlist, true) => tr!("{film} is on your watchlist."),
            (Mark::Watchlist, false) => tr!("{film} is off your watchlist."),
            (Mark::Unseen, true) => tr!("You won’t be asked about {film} again."),
            (Mark::Unseen, false) => tr!("You may be asked about {film} again."),
        },
    };
    let words = sentence(&words, [("film", title)]);
    let id = toast.id;
    html! {
        <Toast {id} onundo={app.actions.undo.clone()} onclose={app.actions.close_toast.reform(move |()| id)}>
            { words }
        </Toast>
    }
}
