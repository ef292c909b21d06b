//! Matinee: a film recommender that runs in the browser.

mod app;
mod catalogue;
mod effects;
mod pages;
mod rest;
mod routes;
mod shell;
mod state;

fn main() {
    let document = gloo::utils::document();
    let root = document
        .get_element_by_id("app")
        .expect("index.html has an element for the app");
    yew::Renderer::<app::App>::with_root(root).render();
}
