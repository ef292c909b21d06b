//! `matinee import`: what somebody saw, from the exports of other services.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::ValueEnum;
use matinee_format::Model;
use matinee_imports::{Catalogue, File, FoundBy, Imported, Matches, Miss, Place, Service};
use serde::Serialize;

use crate::model_file;
use crate::table::Table;

/// Turn the exports of another service into ratings of a model's items. What cannot be used is named on stderr.
#[derive(clap::Args)]
pub(crate) struct ImportArgs {
    /// The service the files come from.
    service: From,
    /// The files, archives included. Films that stand in several count once.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The model whose items the films are to be found among.
    #[arg(long)]
    model: PathBuf,
    /// User to print where the files name none.
    #[arg(long, default_value = "me")]
    user: String,
}

#[derive(Clone, Copy, ValueEnum)]
enum From {
    Letterboxd,
    Imdb,
    Trakt,
    Movielens,
    Netflix,
    Matinee,
}

#[derive(Serialize)]
struct Line<'a> {
    user: &'a str,
    item: &'a str,
    rating: Option<f32>,
    timestamp: Option<i64>,
}

pub(crate) fn run(args: ImportArgs) -> Result<()> {
    let (model, _) = model_file::read(&args.model)?;
    let files: Vec<(String, Vec<u8>)> = args.files.iter().map(|path| read(path)).collect::<Result<_>>()?;
    let files: Vec<File<'_>> = files.iter().map(|(name, bytes)| File { name, bytes }).collect();
    let imported = matinee_imports::import(&files, Some(service(args.service)))?;
    let catalogue = Catalogue::new(&model);
    let matches = catalogue.find_all(&imported);
    eprint!("{}", report(&model, &imported, &matches));

    let mut table = Table::new(&["user", "item", "rating", "timestamp"], false)?;
    for found in &matches.found {
        table.row(&Line {
            user: found.user.as_deref().unwrap_or(&args.user),
            item: model.item(found.row).id,
            rating: found.rating,
            timestamp: found.timestamp,
        })?;
    }
    table.finish()?;
    Ok(())
}

fn read(path: &Path) -> Result<(String, Vec<u8>)> {
    let bytes = std::fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?;
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    Ok((name.into_owned(), bytes))
}

fn service(service: From) -> Service {
    match service {
        From::Letterboxd => Service::Letterboxd,
        From::Imdb => Service::Imdb,
        From::Trakt => Service::Trakt,
        From::Movielens => Service::MovieLens,
        From::Netflix => Service::Netflix,
        From::Matinee => Service::Matinee,
    }
}

/// What was found, and every entry that was not used.
fn report(model: &Model, imported: &Imported, matches: &Matches<'_>) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    let mut say = |line: std::fmt::Arguments<'_>| out.write_fmt(line).unwrap_or_default();
    let at = |place: Place| format!("{} line {}", imported.files[place.file].name, place.line);

    let by = |by| matches.found.iter().filter(|found| found.by == by).count();
    let unrated = matches.found.iter().filter(|found| found.rating.is_none()).count();
    say(format_args!(
        "{} films found: {} by id, {} by title and year, {} by title alone; {unrated} of them seen and not rated\n",
        matches.found.len(),
        by(FoundBy::Id),
        by(FoundBy::TitleAndYear),
        by(FoundBy::Title),
    ));
    if !matches.watchlist.is_empty() {
        say(format_args!("{} films on a watchlist, not printed\n", matches.watchlist.len()));
    }
    let mut skipped: BTreeMap<&str, usize> = BTreeMap::new();
    for entry in &imported.skipped {
        *skipped.entry(&entry.what).or_default() += 1;
    }
    for (what, count) in skipped {
        say(format_args!("{count} skipped as no films: {what}\n"));
    }
    for missed in &matches.missed {
        let place = at(missed.entry.place);
        match &missed.why {
            Miss::Unknown => say(format_args!("{place}: not in the model: {}\n", missed.entry.item)),
            Miss::Ambiguous(rows) => {
                let candidates: Vec<String> = rows.iter().map(|&row| describe(model, row)).collect();
                let candidates = candidates.join(" or ");
                say(format_args!("{place}: {} may be {candidates}\n", missed.entry.item));
            }
        }
    }
    for problem in &imported.problems {
        let file = &imported.files[problem.place.file].name;
        say(format_args!("{file} {problem}\n"));
    }
    out
}

fn describe(model: &Model, row: u32) -> String {
    let item = model.item(row);
    let year = item.year.map_or_else(String::new, |year| format!(" ({year})"));
    format!("{}{year} [{}]", item.title, item.id)
}
