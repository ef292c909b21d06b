//! Movies, links and tags files to a [`Catalogue`].

use std::path::PathBuf;

use csv::ByteRecord;
use hashbrown::HashMap;
use indicatif::ProgressBar;

use super::{Catalogue, CatalogueItem, clean_title};
use crate::dataset::{DataError, Table, shortened, text};

const ITEM: [&str; 4] = ["item", "itemId", "movie", "movieId"];
const NO_GENRES: &str = "(no genres listed)";

/// The names a column of texts may have.
const TEXT: [&str; 6] = [
    "text",
    "plot",
    "overview",
    "description",
    "summary",
    "extract",
];

/// The files that describe items, several of each kind: MovieLens's own, or CSV files with the same columns, plain
/// or compressed by gzip or zstd.
#[derive(Debug, Clone, Default)]
pub struct CatalogueFiles {
    /// `movies.csv` or `movies.dat`: id, title, genres; `year` and a text column too where there are some. A later
    /// file replaces what an earlier one says of an item, keeping the earlier title as an alternative.
    pub movies: Vec<PathBuf>,
    /// `links.csv`: id, IMDb and TMDB ids.
    pub links: Vec<PathBuf>,
    /// `tags.csv`: user, item, tag. Tags of several files add up.
    pub tags: Vec<PathBuf>,
    /// Id and text, such as the plot. A later text replaces an earlier one.
    pub texts: Vec<PathBuf>,
}

/// Reads what is known of items. Links, tags and texts of items that no movies file has are left out.
///
/// # Errors
/// When a file cannot be read or a line of it not understood.
pub fn read_catalogue(
    files: &CatalogueFiles,
    progress: &ProgressBar,
) -> Result<Catalogue, DataError> {
    read_catalogue_without(files, |_, _| false, progress)
}

/// As [`read_catalogue`], leaving out the tags of users for whom `left_out` is true: it is given the number of the
/// tags file, from 0, and the user's id in it. People whose taste is to be predicted must not have described the
/// films.
///
/// # Errors
/// As [`read_catalogue`].
pub fn read_catalogue_without(
    files: &CatalogueFiles,
    left_out: impl Fn(usize, &str) -> bool,
    progress: &ProgressBar,
) -> Result<Catalogue, DataError> {
    let CatalogueFiles {
        movies,
        links,
        tags,
        texts,
    } = files;
    let all = movies.iter().chain(links).chain(tags).chain(texts);
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
    for path in texts {
        read_texts(
            &mut catalogue,
            Table::open(path, &["item", "text"], 2, progress)?,
        )?;
    }
    let mut counts = HashMap::new();
    for (file, path) in tags.iter().enumerate() {
        let table = Table::open(path, &["user", "item", "tag", "timestamp"], 3, progress)?;
        count_tags(&mut counts, table, |user| left_out(file, user))?;
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
    table.id(column, &row[column]).map(text)
}

fn read_movies(catalogue: &mut Catalogue, mut table: Table) -> Result<(), DataError> {
    let item = table.require(&ITEM)?;
    let title = table.require(&["title", "name"])?;
    let genres = table.find(&["genres"]);
    let year = table.find(&["year"]);
    let content = table.find(&TEXT);
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
                    table.cell(
                        column,
                        format!("`{}` is not a year", shortened(&cell)),
                        mend,
                    )
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
        if let Some(content) = content {
            set_text(entry, &row[content]);
        }
    }
    Ok(())
}

fn set_text(item: &mut CatalogueItem, cell: &[u8]) {
    let cell = text(cell.trim_ascii());
    if !cell.is_empty() {
        item.text = cell.into_owned();
    }
}

fn read_texts(catalogue: &mut Catalogue, mut table: Table) -> Result<(), DataError> {
    let item = table.require(&ITEM)?;
    let content = table.require(&TEXT)?;
    let mut row = ByteRecord::new();
    while table.read(&mut row)? {
        if let Some(entry) = catalogue.get_mut(&id(&table, &row, item)?) {
            set_text(entry, &row[content]);
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
                    format!("`{}` is not an id", shortened(&cell)),
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
    left_out: impl Fn(&str) -> bool,
) -> Result<(), DataError> {
    let item = table.require(&ITEM)?;
    let tag = table.require(&["tag"])?;
    let user = table.find(&["user", "userId"]);
    let mut row = ByteRecord::new();
    while table.read(&mut row)? {
        if user.is_some_and(|user| left_out(&text(row[user].trim_ascii()))) {
            continue;
        }
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

    fn read(movies: &[&str], links: &[&str], tags: &[&str]) -> Result<Catalogue, DataError> {
        read_with_texts(movies, links, tags, &[])
    }

    fn read_with_texts(
        movies: &[&str],
        links: &[&str],
        tags: &[&str],
        texts: &[&str],
    ) -> Result<Catalogue, DataError> {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let files = |kind: &str, contents: &[&str]| -> Vec<PathBuf> {
            let write = |(at, content): (usize, &&str)| {
                let path = dir.path().join(format!("{kind}{at}"));
                std::fs::write(&path, content).expect("write a test file");
                path
            };
            contents.iter().enumerate().map(write).collect()
        };
        let files = CatalogueFiles {
            movies: files("movies", movies),
            links: files("links", links),
            tags: files("tags", tags),
            texts: files("texts", texts),
        };
        // User 13 is to be predicted.
        read_catalogue_without(&files, |_, user| user == "13", &ProgressBar::hidden())
    }

    #[test]
    fn files_are_merged_by_id() {
        let catalogue = read(
            &[
                "1::Toy Story (1995)::Animation|Children's\n7::Sabrina (1995)::Comedy\n",
                "movieId,title,genres\n7,\"Sabrina, La (1996)\",(no genres listed)\n9,Nine,Drama|War\n",
            ],
            &["movieId,imdbId,tmdbId\n7,0114319,11860\n1,tt0114709,\n"],
            &["userId,movieId,tag,timestamp\n1,7,Remake,5\n2,7,paris ,6\n3,7,remake,7\n13,7,mine,8\n4,99,lonely,8\n"],
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
            text: String::new(),
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
    fn texts_stand_in_the_items_file_or_in_one_of_their_own() {
        let catalogue = read_with_texts(
            &["movieId,title,Plot\n1,One,A heist.\n2,Two,\n"],
            &[],
            &[],
            &[
                "movieId,overview\n2,\"A wedding,\nat sea.\"\n9,Nobody's\n",
                "1\tA bigger heist.\n",
            ],
        );
        let error = catalogue
            .expect_err("the last file has no header")
            .to_string();
        assert!(
            error.contains("texts1") && error.contains("text"),
            "{error}"
        );

        let catalogue = read_with_texts(
            &["movieId,title,Plot\n1,One,A heist.\n2,Two,\n"],
            &[],
            &[],
            &["movieId,overview\n2,\"A wedding,\nat sea.\"\n9,Nobody's\n1,\n"],
        )
        .expect("good files");
        let texts: Vec<_> = catalogue.items().iter().map(|item| &item.text).collect();
        assert_eq!(texts, ["A heist.", "A wedding,\nat sea."]);
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
