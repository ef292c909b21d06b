//! `matinee import`: what somebody saw, from the exports of other services.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::ValueEnum;
use matinee_format::Model;
use matinee_imports::{
    Catalogue, File, FoundBy, FoundRow, Imported, Matches, Miss, MissedRow, Place, Service,
};
use serde::Serialize;

use crate::model_file;
use crate::table::Table;

/// Turn the exports of another service into ratings of a model's items. What cannot be used is named on stderr.
#[derive(clap::Args)]
pub(crate) struct ImportArgs {
    /// The service the files come from.
    service: Origin,
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
enum Origin {
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
    let files: Vec<(String, Vec<u8>)> = args
        .files
        .iter()
        .map(|path| read(path))
        .collect::<Result<_>>()?;
    let files: Vec<File<'_>> = files
        .iter()
        .map(|(name, bytes)| File { name, bytes })
        .collect();
    let imported = matinee_imports::import(&files, Some(service(args.service)))?;
    let catalogue = Catalogue::new(&model);
    let matches = catalogue.find_all(&imported);
    for line in report(&model, &imported, &matches) {
        eprintln!("{line}");
    }

    let mut table = Table::new(&["user", "item", "rating", "timestamp"], false)?;
    // What our own exports call "not for me" need not have been seen.
    let seen =
        |found: &&FoundRow| found.rating.is_some() || found.own.is_none_or(|own| own.marks.seen);
    for found in matches.found.iter().filter(seen) {
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
    let bytes =
        std::fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?;
    let name = path
        .file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy();
    Ok((name.into_owned(), bytes))
}

fn service(service: Origin) -> Service {
    match service {
        Origin::Letterboxd => Service::Letterboxd,
        Origin::Imdb => Service::Imdb,
        Origin::Trakt => Service::Trakt,
        Origin::Movielens => Service::MovieLens,
        Origin::Netflix => Service::Netflix,
        Origin::Matinee => Service::Matinee,
    }
}

/// What was found, and every entry that was not used, a line each.
fn report(model: &Model, imported: &Imported, matches: &Matches<'_>) -> Vec<String> {
    let by = |by| matches.found.iter().filter(|found| found.by == by).count();
    let unrated = matches
        .found
        .iter()
        .filter(|found| found.rating.is_none())
        .count();
    let mut lines = vec![format!(
        "films found: {}, of which {} by id, {} by title and year, {} by title alone; seen and not rated: {unrated}",
        matches.found.len(),
        by(FoundBy::Id),
        by(FoundBy::TitleAndYear),
        by(FoundBy::Title),
    )];
    if !matches.watchlist.is_empty() {
        lines.push(format!(
            "on a watchlist, not printed: {}",
            matches.watchlist.len()
        ));
    }
    let mut skipped: BTreeMap<&str, usize> = BTreeMap::new();
    for entry in &imported.skipped {
        *skipped.entry(&entry.what).or_default() += 1;
    }
    lines.extend(
        skipped
            .iter()
            .map(|(what, count)| format!("skipped, no films: {count} ({what})")),
    );

    let file = |place: Place| &imported.files[place.file].name;
    for MissedRow { entry, why } in &matches.missed {
        let (file, line, film) = (file(entry.place), entry.place.line, &entry.item);
        lines.push(match why {
            Miss::Unknown => format!("{file} line {line}: {film} is not in the model"),
            Miss::Ambiguous(rows) => {
                let candidates: Vec<String> =
                    rows.iter().map(|&row| describe(model, row)).collect();
                format!(
                    "{file} line {line}: {film} may be {}",
                    candidates.join(" or ")
                )
            }
        });
    }
    lines.extend(
        imported
            .problems
            .iter()
            .map(|problem| format!("{} {problem}", file(problem.place))),
    );
    lines
}

fn describe(model: &Model, row: u32) -> String {
    let item = model.item(row);
    let year = item
        .year
        .map_or_else(String::new, |year| format!(" ({year})"));
    format!("{}{year} [{}]", item.title, item.id)
}
