//! Where things are. Paths live in the fragment, so that any static host serves them under any path.

use js_sys::Array;
use web_sys::UrlSearchParams;
use yew::AttrValue;

/// A page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Route {
    /// Rows of recommendations, or the first films to rate.
    Home,
    /// One film to rate at a time.
    Ask,
    /// The hundred best, in order.
    Picks,
    /// Search by title; the query is `q`.
    Search,
    /// One film.
    Film {
        /// Id within the catalogue.
        id: String,
    },
    /// What the visitor said.
    You,
    /// Ratings brought in, taken along and wiped.
    Data,
    /// A film for several people.
    Together,
    /// What the model makes of the visitor's taste.
    Taste,
    /// What the ratings that the model learned from say about their time.
    Trends,
    /// Where the recommendations come from, and what is kept.
    About,
    /// The keys that do something.
    Keys,
    /// Anything else.
    NotFound,
}

impl Route {
    /// The page at a path.
    fn at(path: &str) -> Self {
        match path {
            "/" => Self::Home,
            "/ask" => Self::Ask,
            "/picks" => Self::Picks,
            "/search" => Self::Search,
            "/you" => Self::You,
            "/data" => Self::Data,
            "/together" => Self::Together,
            "/taste" => Self::Taste,
            "/trends" => Self::Trends,
            "/about" => Self::About,
            "/keys" => Self::Keys,
            _ => match path.strip_prefix("/film/") {
                Some(id) if !id.is_empty() && !id.contains('/') => {
                    // What is not an encoding is taken as it stands.
                    let id = js_sys::decode_uri_component(id)
                        .map_or_else(|_| id.to_owned(), String::from);
                    Self::Film { id }
                }
                _ => Self::NotFound,
            },
        }
    }

    /// The link to this page.
    pub(crate) fn href(&self) -> AttrValue {
        AttrValue::Static(match self {
            Self::Home => "#/",
            Self::Ask => "#/ask",
            Self::Picks => "#/picks",
            Self::Search => "#/search",
            Self::Film { id } => {
                let id = String::from(js_sys::encode_uri_component(id));
                return ["#/film/", &id].concat().into();
            }
            Self::You => "#/you",
            Self::Data => "#/data",
            Self::Together => "#/together",
            Self::Taste => "#/taste",
            Self::Trends => "#/trends",
            Self::About => "#/about",
            Self::Keys => "#/keys",
            Self::NotFound => "#/404",
        })
    }

    /// The link to a film's page.
    pub(crate) fn film(id: &AttrValue) -> AttrValue {
        Self::Film { id: id.to_string() }.href()
    }
}

/// What the address bar says: a page, and what is asked of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Address {
    /// The page.
    pub route: Route,
    /// The parameters, by name, in order.
    pub parameters: Vec<(String, String)>,
}

impl Address {
    /// Reads the fragment of an address. One that is no path, such as an empty one, is the first page.
    pub(crate) fn of(fragment: &str) -> Self {
        let whole = fragment.strip_prefix('#').unwrap_or(fragment);
        let whole = if whole.starts_with('/') { whole } else { "/" };
        let (path, query) = whole.split_once('?').unwrap_or((whole, ""));
        let mut parameters = Vec::new();
        if let Ok(query) = UrlSearchParams::new_with_str(query) {
            // Each entry is a pair of texts.
            for entry in query.entries().into_iter().flatten() {
                let entry = Array::from(&entry);
                if let (Some(name), Some(value)) =
                    (entry.get(0).as_string(), entry.get(1).as_string())
                {
                    parameters.push((name, value));
                }
            }
        }
        Self {
            route: Route::at(path),
            parameters,
        }
    }

    /// The parameter with this name; empty where there is none.
    pub(crate) fn parameter(&self, name: &str) -> &str {
        let mut parameters = self.parameters.iter();
        parameters
            .find(|(other, _)| other == name)
            .map_or("", |(_, value)| value)
    }

    /// The link to this place.
    pub(crate) fn href(&self) -> String {
        let page = self.route.href();
        let query = UrlSearchParams::new()
            .ok()
            .filter(|_| !self.parameters.is_empty());
        match query {
            Some(query) => {
                for (name, value) in &self.parameters {
                    query.append(name, value);
                }
                format!("{page}?{}", String::from(query.to_string()))
            }
            None => page.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    fn address(route: Route, query: &str) -> Address {
        let parameters = match query {
            "" => Vec::new(),
            query => vec![("q".to_owned(), query.to_owned())],
        };
        Address { route, parameters }
    }

    #[test]
    fn an_address_is_found_again_by_its_link() {
        let film = |id: &str| Route::Film { id: id.to_owned() };
        for there in [
            address(Route::Home, ""),
            address(Route::Ask, ""),
            address(Route::Picks, ""),
            address(Route::You, ""),
            address(Route::Taste, ""),
            address(Route::Trends, ""),
            address(Route::About, ""),
            address(Route::Data, ""),
            address(Route::Together, ""),
            address(Route::Keys, ""),
            address(Route::Search, ""),
            address(Route::Search, "100 % amélie + “heat” & #1?"),
            address(film("318"), ""),
            address(film("a/b?c#d %20é"), ""),
        ] {
            assert_eq!(Address::of(&there.href()), there);
        }
    }

    #[test]
    fn what_is_no_path_is_the_first_page() {
        for fragment in ["", "#", "#main", "#/", "#/?"] {
            assert_eq!(
                Address::of(fragment),
                address(Route::Home, ""),
                "{fragment}"
            );
        }
    }

    #[test]
    fn a_path_that_leads_nowhere_is_told() {
        for fragment in [
            "#/404",
            "#/film/",
            "#/film",
            "#/film/1/2",
            "#/picks/2",
            "#//",
        ] {
            assert_eq!(Address::of(fragment).route, Route::NotFound, "{fragment}");
        }
    }

    #[test]
    fn an_address_typed_by_hand_is_read() {
        let search = |query| address(Route::Search, query);
        assert_eq!(Address::of("#/search?q=toy%20story"), search("toy story"));
        let more = Address::of("#/search?q=toy+story&x=1");
        assert_eq!(
            (more.parameter("q"), more.parameter("x")),
            ("toy story", "1")
        );
        assert_eq!(more.parameter("y"), "");
        assert_eq!(
            Address::of("#/film/100%").route,
            Route::Film {
                id: "100%".to_owned()
            }
        );
    }
}
