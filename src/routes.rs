//! Where things are. Paths live in the fragment, so that any static host serves them under any path.

use yew::AttrValue;
use yew_router::prelude::*;

/// A page.
#[derive(Clone, Debug, PartialEq, Eq, Routable)]
pub(crate) enum Route {
    /// Rows of recommendations, or the first films to rate.
    #[at("/")]
    Home,
    /// The hundred best, in order.
    #[at("/picks")]
    Picks,
    /// Search by title; the query is `q`.
    #[at("/search")]
    Search,
    /// One film.
    #[at("/film/:id")]
    Film {
        /// Id within the catalogue.
        id: String,
    },
    /// What the visitor said.
    #[at("/you")]
    You,
    /// Where the recommendations come from, and what is kept.
    #[at("/about")]
    About,
    /// Anything else.
    #[not_found]
    #[at("/404")]
    NotFound,
}

impl Route {
    /// The link to this page.
    pub(crate) fn href(&self) -> AttrValue {
        format!("#{}", self.to_path()).into()
    }

    /// The link to a film's page.
    pub(crate) fn film(id: &AttrValue) -> AttrValue {
        Self::Film { id: id.to_string() }.href()
    }
}
