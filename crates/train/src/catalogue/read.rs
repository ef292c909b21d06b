//! Movies, links and tags files to a [`Catalogue`].

use std::path::PathBuf;

use csv::ByteRecord;
use hashbrown::HashMap;
use indicatif::ProgressBar;

use super::{Catalogue, clean_title};
use crate::dataset::{DataError, Table, text};

const ITEM: [&str; 4] = ["item", "itemId", "movie", "movieId"];
const NO_GENRES: &str = "(no genres listed)";

/// Reads MovieLens movies (`movies.csv`, `movies.dat`), links and tags, several files each: a later movies file
/// replaces what an earlier one says of an item, keeping the earlier title as an alternative; tags add up. Links
/// and tags of items that no movies file has are left out. Other CSV files with the same columns do as well, plain or compressed by gzip or zstd.
///
/// # Errors
/// When a file cannot be read or a line of it not understood.
pub fn read_catalogue(
    movies: &[PathBuf],
    links: &[PathBuf],
    tags: &[PathBuf],
    progress: &ProgressBar,
) -> Result<Catalogue, DataError> {
    let all = movies.iter().chain(links).chain(tags);
    progress.set_length(all.map(|path| path.metadata().map_or(0, |m| m.len())).sum());
    let mut catalogue = Catalogue::default();
    for path in movies {
        read_movies(
            &mut catalogue,
            Table::open(path, &["item", "title", "genres"], 3, progress)?,
        )?;
    }
    for path in links {
        read_links(
            &mut catalogue,
            Table::open(path, &["item", "imdbId", "tmdbId"], 2, progress)?,
        )?;
    }
    let mut counts = HashMap::new();
    for path in tags {
        let table = Table::open(path, &["user", "item", "tag", "timestamp"], 3, progress)?;
        count_tags(&mut counts, table)?;
    }
    for ((id, tag), count) in counts {
        if let Some(item) = catalogue.get_mut(&id) {
            item.tags.push((tag, count));
        }
    }
    for item in &mut catalogue.items {
        item.tags
            .sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    }
    Ok(catalogue)
}

fn id<'r>(
    table: &Table,
    row: &'r ByteRecord,
    column: usize,
) -> Result<std::borrow::Cow<'r, str>, DataError> {
    match row[column].trim_ascii() {
        b"" => Err(table.cell(column, "the id is missing", "give every row an item")),
        id => Ok(text(id)),
    }
}

fn read_movies(catalogue: &mut Catalogue, mut table: Table) -> Result<(), DataError> {
    let item = table.require(&ITEM)?;
    let title = table.require(&["title", "name"])?;
    let genres = table.find(&["genres"]);
    let year = table.find(&["year"]);
    let mut row = ByteRecord::new();
    while table.read(&mut row)? {
        let entry = catalogue.entry(&id(&table, &row, item)?);
        let clean = clean_title(&text(&row[title]));
        if clean.title.is_empty() {
            return Err(table.cell(title, "the title is missing", "give every movie a title"));
        }
        let earlier = std::mem::replace(&mut entry.title, clean.title);
        let others = std::mem::take(&mut entry.alt_titles);
        entry.alt_titles = clean.alternatives;
        for other in std::iter::once(earlier).chain(others) {
            if !other.is_empty() && other != entry.title && !entry.alt_titles.contains(&other) {
                entry.alt_titles.push(other);
            }
        }
        let column = match year.map(|column| (column, text(row[column].trim_ascii()))) {
            Some((column, cell)) if !cell.is_empty() => {
                let year = cell.parse().map_err(|_| {
                    let mend = "write a year such as 1999, or nothing";
                    table.cell(column, format!("`{cell}` is not a year"), mend)
                })?;
                Some(year)
            }
            _ => None,
        };
        entry.year = column.or(clean.year).or(entry.year);
        if let Some(genres) = genres {
            let list = text(&row[genres]);
            let list = list.split('|').map(str::trim);
            entry.genres = list
                .filter(|g| !g.is_empty() && *g != NO_GENRES)
                .map(Into::into)
                .collect();
        }
    }
    Ok(())
}

fn read_links(catalogue: &mut Catalogue, mut table: Table) -> Result<(), DataError> {
    let item = table.require(&ITEM)?;
    let imdb = table.find(&["imdbId", "imdb"]);
    let tmdb = table.find(&["tmdbId", "tmdb"]);
    let mut row = ByteRecord::new();
    while table.read(&mut row)? {
        let number = |column: Option<usize>, prefix: &str| {
            let Some(column) = column else {
                return Ok(None);
            };
            let cell = text(row[column].trim_ascii());
            let digits = cell.strip_prefix(prefix).unwrap_or(&cell);
            if digits.is_empty() {
                return Ok(None);
            }
            match digits.parse() {
                Ok(0) => Ok(None),
                Ok(number) => Ok(Some(number)),
                Err(_) => Err(table.cell(
                    column,
                    format!("`{cell}` is not an id"),
                    "write a number, or nothing when there is none",
                )),
            }
        };
        let (imdb, tmdb) = (number(imdb, "tt")?, number(tmdb, "")?);
        if let Some(entry) = catalogue.get_mut(&id(&table, &row, item)?) {
            entry.imdb = imdb.or(entry.imdb);
            entry.tmdb = tmdb.or(entry.tmdb);
        }
    }
    Ok(())
}

fn count_tags(
    counts: &mut HashMap<(String, String), u32>,
    mut table: Table,
) -> Result<(), DataError> {
    let item = table.require(&ITEM)?;
    let tag = table.require(&["tag"])?;
    let mut row = ByteRecord::new();
    while table.read(&mut row)? {
        let id = id(&table, &row, item)?.into_owned();
        let tag = text(row[tag].trim_ascii()).to_lowercase();
        if !tag.is_empty() {
            *counts.entry((id, tag)).or_default() += 1;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::CatalogueItem;

    fn read(movies: &[&str], links: &[&str], tags: &[&str]) -> Result<Catalogue, DataError> {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let files = |kind: &str, contents: &[&str]| -> Vec<PathBuf> {
            let write = |(at, content): (usize, &&str)| {
                let path = dir.path().join(format!("{kind}{at}"));
                std::fs::write(&path, content).expect("write a test file");
                path
            };
            contents.iter().enumerate().map(write).collect()
        };
        let (movies, links, tags) = (
            files("movies", movies),
            files("links", links),
            files("tags", tags),
        );
        read_catalogue(&movies, &links, &tags, &ProgressBar::hidden())
    }

    #[test]
    fn files_are_merged_by_id() {
        let catalogue = read(
            &[
                "1::Toy Story (1995)::Animation|Children's\n7::Sabrina (1995)::Comedy\n",
                "movieId,title,genres\n7,\"Sabrina, La (1996)\",(no genres listed)\n9,Nine,Drama|War\n",
            ],
            &["movieId,imdbId,tmdbId\n7,0114319,11860\n1,tt0114709,\n"],
            &["userId,movieId,tag,timestamp\n1,7,Remake,5\n2,7,paris ,6\n3,7,remake,7\n4,99,lonely,8\n"],
        )
        .expect("good files");
        let ids: Vec<_> = catalogue
            .items()
            .iter()
            .map(|item| item.id.as_str())
            .collect();
        assert_eq!(ids, ["1", "7", "9"]);
        let expected = CatalogueItem {
            id: "7".into(),
            title: "La Sabrina".into(),
            alt_titles: vec!["Sabrina".into()],
            year: Some(1996),
            genres: vec![],
            imdb: Some(114_319),
            tmdb: Some(11_860),
            tags: vec![("remake".into(), 2), ("paris".into(), 1)],
        };
        assert_eq!(catalogue.get("7"), Some(&expected));
        let first = catalogue.get("1").expect("item 1");
        assert_eq!((first.imdb, first.tmdb), (Some(114_709), None));
        assert_eq!(first.genres, ["Animation", "Children's"]);
        assert_eq!(catalogue.get("9").and_then(|item| item.year), None);
        assert_eq!(catalogue.get("8"), None);
    }

    #[test]
    fn a_year_column_wins_over_the_title() {
        let catalogue = read(
            &["item;title;year\na;Dune (1984);2021\nb;Dune (1984);\n"],
            &[],
            &[],
        )
        .expect("a good file");
        let years: Vec<_> = catalogue.items().iter().map(|item| item.year).collect();
        assert_eq!(years, [Some(2021), Some(1984)]);
    }

    #[test]
    fn errors_say_what_where_and_how_to_mend() {
        for (movies, links, parts) in [
            (
                "movieId,genres\n1,Drama\n",
                "",
                &["title", "movieId, genres"][..],
            ),
            ("movieId,title\n1, \n", "", &["line 2", "title", "missing"]),
            (
                "movieId,title,year\n1,Dune,soon\n",
                "",
                &["line 2", "year", "`soon`"],
            ),
            (
                "movieId,title\n,Dune\n",
                "",
                &["line 2", "movieId", "missing"],
            ),
            (
                "movieId,title\n1,Dune\n",
                "movieId,imdbId\n1,nm7\n",
                &["line 2", "imdbId", "`nm7`"],
            ),
        ] {
            let links = if links.is_empty() { &[][..] } else { &[links] };
            let error = read(&[movies], links, &[]).expect_err(movies).to_string();
            for part in parts {
                assert!(error.contains(part), "{movies:?}: {error}");
            }
        }
    }
}
