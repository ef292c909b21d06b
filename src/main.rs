//! Matinee: a film recommender that runs in the browser.

mod app;
mod catalogue;
mod effects;
mod pages;
mod reminder;
mod rest;
mod routes;
mod shell;
mod state;
mod trends;

use gloo::timers::callback::Timeout;
use matinee_web::words::Language;
use wasm_bindgen_futures::spawn_local;

fn main() {
    match effects::wanted_language() {
        Language::English => draw(),
        other => spawn_local(async move {
            effects::speak(other).await;
            draw();
        }),
    }
}

/// To make the program ready takes a while, and so does the first drawing: the page gets its turn between them.
fn draw() {
    Timeout::new(0, draw_now).forget();
}

fn draw_now() {
    let document = gloo::utils::document();
    let root = document
        .get_element_by_id("app")
        .expect("index.html has an element for the app");
    yew::Renderer::<app::App>::with_root(root).render();
}
