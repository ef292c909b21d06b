//! Components as a visitor meets them: mounted in a page, driven by keys and clicks, read from the DOM.

#![expect(
    clippy::unwrap_used,
    reason = "clippy does not know these functions for tests"
)]

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use gloo::utils::document;
use matinee_web::Stars;
use matinee_web::components::{Notice, StarRating, Toast, Why, WhyLine};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test as test, wasm_bindgen_test_configure};
use web_sys::{Element, HtmlElement, KeyboardEvent, KeyboardEventInit};
use yew::platform::time::sleep;
use yew::prelude::*;

wasm_bindgen_test_configure!(run_in_browser);

/// Puts a component into a fresh element of the page.
async fn mount<C: BaseComponent>(props: C::Properties) -> Element {
    let root = document().create_element("div").unwrap();
    document().body().unwrap().append_child(&root).unwrap();
    yew::Renderer::<C>::with_root_and_props(root.clone(), props).render();
    sleep(Duration::ZERO).await;
    root
}

fn find(root: &Element, selector: &str) -> HtmlElement {
    root.query_selector(selector)
        .unwrap()
        .expect(selector)
        .unchecked_into()
}

async fn press(element: &HtmlElement, key: &str) {
    let init = KeyboardEventInit::new();
    init.set_key(key);
    init.set_bubbles(true);
    init.set_cancelable(true);
    element
        .dispatch_event(
            &KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap(),
        )
        .unwrap();
    sleep(Duration::ZERO).await;
}

/// Every rating given so far.
type Given = Rc<RefCell<Vec<Option<u8>>>>;

#[derive(Properties)]
struct RateProps {
    given: Given,
    deferred: bool,
}

impl PartialEq for RateProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.given, &other.given)
    }
}

/// A film being rated, by a page that keeps what is given.
#[component]
fn Rate(props: &RateProps) -> Html {
    let value = use_state_eq(|| None::<Stars>);
    let onrate = {
        let (value, given) = (value.clone(), props.given.clone());
        Callback::from(move |stars: Option<Stars>| {
            given.borrow_mut().push(stars.map(Stars::halves));
            value.set(stars);
        })
    };
    html! { <StarRating title="Heat" value={*value} deferred={props.deferred} {onrate} /> }
}

async fn rate(deferred: bool) -> (HtmlElement, Given) {
    let given = Given::default();
    let root = mount::<Rate>(RateProps {
        given: given.clone(),
        deferred,
    })
    .await;
    (find(&root, "[role=slider]"), given)
}

#[test]
async fn stars_can_be_given_by_keyboard() {
    let (stars, given) = rate(false).await;
    assert_eq!(
        stars.get_attribute("aria-label").unwrap(),
        "Your rating of Heat"
    );
    assert_eq!(stars.get_attribute("aria-valuetext").unwrap(), "Not rated");
    for (key, value, text) in [
        ("ArrowRight", "0.5", "half a star"),
        ("ArrowUp", "1", "1 star"),
        ("End", "5", "5 stars"),
        ("ArrowLeft", "4.5", "4 and a half stars"),
        ("3", "3", "3 stars"),
        ("Home", "0.5", "half a star"),
        ("ArrowDown", "0.5", "half a star"),
        ("Delete", "0", "Not rated"),
    ] {
        press(&stars, key).await;
        assert_eq!(
            stars.get_attribute("aria-valuenow").unwrap(),
            value,
            "after {key}"
        );
        assert_eq!(
            stars.get_attribute("aria-valuetext").unwrap(),
            text,
            "after {key}"
        );
    }
    let given: Vec<_> = given.borrow().clone();
    assert_eq!(
        given,
        [Some(1), Some(2), Some(10), Some(9), Some(6), Some(1), None]
    );
}

#[test]
async fn where_rating_takes_the_film_away_the_arrows_wait_for_enter() {
    let (stars, given) = rate(true).await;
    for _ in 0..9 {
        press(&stars, "ArrowRight").await;
    }
    assert_eq!(
        stars.get_attribute("aria-valuetext").unwrap(),
        "4 and a half stars"
    );
    assert!(given.borrow().is_empty());
    press(&stars, "Escape").await;
    assert_eq!(stars.get_attribute("aria-valuetext").unwrap(), "Not rated");
    press(&stars, "End").await;
    press(&stars, "Enter").await;
    assert_eq!(*given.borrow(), [Some(10)]);
}

#[test]
async fn a_low_rating_looks_different() {
    let (stars, _) = rate(false).await;
    press(&stars, "2").await;
    assert_eq!(stars.get_attribute("data-mood").as_deref(), Some("dislike"));
    press(&stars, "4").await;
    assert_eq!(stars.get_attribute("data-mood"), None);
}

#[component]
fn UndoableToast() -> Html {
    let undone = use_state_eq(|| false);
    let onundo = {
        let undone = undone.clone();
        Callback::from(move |()| undone.set(true))
    };
    html! {
        if *undone {
            <p>{ "undone" }</p>
        } else {
            <Toast id=1 {onundo} onclose={Callback::noop()}>{ "Heat is removed." }</Toast>
        }
    }
}

#[test]
async fn a_toast_can_be_undone() {
    let root = mount::<UndoableToast>(()).await;
    assert!(root.text_content().unwrap().contains("Heat is removed."));
    find(&root, "[data-testid=undo]").click();
    sleep(Duration::ZERO).await;
    assert_eq!(root.text_content().unwrap(), "undone");
}

#[component]
fn SomeNotice() -> Html {
    html! { <Notice name="model" title="Using the last catalogue" body="Nothing is lost." detail="status 404" /> }
}

#[test]
async fn a_notice_is_announced_and_folds_its_detail_away() {
    let root = mount::<SomeNotice>(()).await;
    assert!(
        find(&root, "[role=status]")
            .text_content()
            .unwrap()
            .contains("Nothing is lost.")
    );
    assert!(!find(&root, "details").has_attribute("open"));
}

#[component]
fn SomeWhy() -> Html {
    let line = |label: &'static str, amount: f64| WhyLine {
        label: label.into(),
        stars: Stars::from_halves(9),
        amount,
    };
    html! { <Why lines={vec![line("Heat", 6.0), line("Cats", -3.0), line("Thief", 1.0)]} /> }
}

#[test]
async fn an_explanation_says_signs_without_colour_and_has_a_table() {
    let root = mount::<SomeWhy>(()).await;
    let bars = find(&root, "[data-testid=why]").text_content().unwrap();
    assert!(bars.contains("+60%") && bars.contains("−30%"), "{bars}");
    assert!(root.query_selector("table").unwrap().is_none());
    find(&root, "button[aria-expanded=false]").click();
    sleep(Duration::ZERO).await;
    let table = find(&root, "table").text_content().unwrap();
    assert!(table.contains("against−30%"), "{table}");
    assert!(table.contains("4 and a half stars"));
}
