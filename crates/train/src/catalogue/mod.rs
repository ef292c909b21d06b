//! What is known of each item: titles, year, genres, tags and the ids other catalogues give it.

mod read;
mod title;

use hashbrown::HashMap;

pub use read::{CatalogueFiles, read_catalogue, read_catalogue_without};
pub use title::{Title, clean_title};

/// What is known of one item.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CatalogueItem {
    /// The catalogue's own id.
    pub id: String,
    /// The title as people write it, never empty.
    pub title: String,
    /// Other titles it goes by.
    pub alt_titles: Vec<String>,
    /// The year of release.
    pub year: Option<u16>,
    /// Genres, as the catalogue spells and orders them.
    pub genres: Vec<String>,
    /// IMDb's number: 133093 for tt0133093.
    pub imdb: Option<u32>,
    /// TMDB's number.
    pub tmdb: Option<u32>,
    /// Tags in lower case with the number of times each was given, most given first.
    pub tags: Vec<(String, u32)>,
    /// A text about it, such as its plot; empty when there is none. It is learned from, never shipped.
    pub text: String,
}

/// Items by id.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Catalogue {
    items: Vec<CatalogueItem>,
    rows: HashMap<String, usize>,
}

impl Catalogue {
    /// The items, in the order of the files.
    pub fn items(&self) -> &[CatalogueItem] {
        &self.items
    }

    /// The item with this id.
    pub fn get(&self, id: &str) -> Option<&CatalogueItem> {
        self.rows.get(id).map(|&row| &self.items[row])
    }

    /// The item with this id; one of which nothing is known, not even the title, when it is not listed.
    pub fn get_or_unknown(&self, id: &str) -> &CatalogueItem {
        static UNKNOWN: CatalogueItem = CatalogueItem {
            id: String::new(),
            title: String::new(),
            alt_titles: Vec::new(),
            year: None,
            genres: Vec::new(),
            imdb: None,
            tmdb: None,
            tags: Vec::new(),
            text: String::new(),
        };
        self.get(id).unwrap_or(&UNKNOWN)
    }

    fn get_mut(&mut self, id: &str) -> Option<&mut CatalogueItem> {
        self.rows.get(id).map(|&row| &mut self.items[row])
    }

    fn entry(&mut self, id: &str) -> &mut CatalogueItem {
        let row = *self.rows.entry_ref(id).or_insert_with(|| {
            self.items.push(CatalogueItem {
                id: id.to_owned(),
                ..CatalogueItem::default()
            });
            self.items.len() - 1
        });
        &mut self.items[row]
    }
}
