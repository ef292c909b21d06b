//! Invented data as MovieLens files.

use std::fs;
use std::path::Path;

use csv::Writer;

use super::Invented;

impl Invented {
    /// Writes `ratings.csv`, `movies.csv`, `links.csv` and `tags.csv` into a folder, which is made if need be.
    ///
    /// # Errors
    /// When the folder or a file cannot be written.
    pub fn write(&self, folder: &Path) -> Result<(), csv::Error> {
        fs::create_dir_all(folder)?;
        let id = |film: u32| self.films[film as usize].id.to_string();
        let person = |user: u32| (user + 1).to_string();

        let mut ratings = Writer::from_path(folder.join("ratings.csv"))?;
        ratings.write_record(["userId", "movieId", "rating", "timestamp"])?;
        for event in &self.events {
            let stars = event
                .value
                .map_or(String::new(), |value| format!("{value:.1}"));
            ratings.write_record([
                person(event.user),
                id(event.item),
                stars,
                event.timestamp.to_string(),
            ])?;
        }
        ratings.flush()?;

        let mut movies = Writer::from_path(folder.join("movies.csv"))?;
        movies.write_record(["movieId", "title", "genres"])?;
        let mut links = Writer::from_path(folder.join("links.csv"))?;
        links.write_record(["movieId", "imdbId", "tmdbId"])?;
        for film in &self.films {
            let genres = match film.genres.join("|") {
                none if none.is_empty() => "(no genres listed)".into(),
                genres => genres,
            };
            movies.write_record([film.id.to_string(), film.title.clone(), genres])?;
            // Numbers that no real film has; one film in a hundred is unknown to TMDB.
            let tmdb = if film.id % 100 == 0 {
                String::new()
            } else {
                (80_000_000 + film.id).to_string()
            };
            links.write_record([
                film.id.to_string(),
                (90_000_000 + film.id).to_string(),
                tmdb,
            ])?;
        }
        movies.flush()?;
        links.flush()?;

        let mut tags = Writer::from_path(folder.join("tags.csv"))?;
        tags.write_record(["userId", "movieId", "tag", "timestamp"])?;
        for tag in &self.tags {
            tags.write_record([
                person(tag.user),
                id(tag.film),
                tag.tag.clone(),
                tag.timestamp.to_string(),
            ])?;
        }
        Ok(tags.flush()?)
    }

    /// Writes `watch.csv`, what was watched of the films, into a folder that is there.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn write_watching(&self, folder: &Path) -> Result<(), csv::Error> {
        let mut watching = Writer::from_path(folder.join("watch.csv"))?;
        watching.write_record(["user", "item", "seconds_watched", "runtime", "timestamp"])?;
        for sitting in &self.sittings {
            let film = &self.films[sitting.film as usize];
            watching.write_record([
                (sitting.user + 1).to_string(),
                film.id.to_string(),
                sitting.seconds.to_string(),
                film.runtime.to_string(),
                sitting.timestamp.to_string(),
            ])?;
        }
        Ok(watching.flush()?)
    }
}
