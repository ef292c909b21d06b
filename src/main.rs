//! Matinee: a film recommender that runs in the browser.

mod app;
mod catalogue;
mod effects;
mod pages;
mod routes;
mod shell;
mod state;

fn main() {
    let document = gloo::utils::document();
    if let Some(page) = document.document_element() {
        // For whoever asks why one device is slower than another.
        let _ = page.set_attribute("data-kernel", matinee_web::kernel::install());
    }
    let root = document
        .get_element_by_id("app")
        .expect("index.html has an element for the app");
    yew::Renderer::<app::App>::with_root(root).render();
}
