//! Genres are named in English by the model, and by the page in its own language.

use tr::tr;

use crate::noted;

/// The names that the catalogues of MovieLens know.
const NAMES: [&str; 19] = noted!("genre" =>
    "Action", "Adventure", "Animation", "Children", "Comedy", "Crime", "Documentary", "Drama", "Fantasy", "Film-Noir",
    "Horror", "IMAX", "Musical", "Mystery", "Romance", "Sci-Fi", "Thriller", "War", "Western",
);

/// A genre in the language of the page; one that no catalogue knows stays as it is.
#[must_use]
pub fn genre(name: &str) -> String {
    if NAMES.contains(&name) {
        tr!("genre" => name)
    } else {
        name.to_owned()
    }
}
