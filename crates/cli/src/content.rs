//! The options that name what is known of items beside their ratings.

use std::path::PathBuf;

use matinee_train::catalogue::CatalogueFiles;

#[derive(Clone, clap::Args)]
pub(crate) struct ContentArgs {
    /// Titles, years, genres and, optionally, texts of the items (MovieLens movies.csv or movies.dat, or CSV with
    /// columns item, title and any of genres, year, text). Without, ids serve as titles.
    #[arg(long, num_args = 1..)]
    pub(crate) items: Vec<PathBuf>,
    /// Tags (MovieLens tags.csv).
    #[arg(long, num_args = 1.., requires = "items")]
    pub(crate) tags: Vec<PathBuf>,
    /// Texts about the items, such as their plots, in English: CSV with columns item and text. Their words are
    /// learned from; the texts themselves are in no model file.
    #[arg(long, num_args = 1.., requires = "items")]
    pub(crate) texts: Vec<PathBuf>,
}

impl ContentArgs {
    /// The files to read, with those of `links`.
    pub(crate) fn files(&self, links: Vec<PathBuf>) -> CatalogueFiles {
        CatalogueFiles {
            movies: self.items.clone(),
            links,
            tags: self.tags.clone(),
            texts: self.texts.clone(),
        }
    }
}
