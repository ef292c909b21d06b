//! Files of other services to entries with their films, a piece at a time, so that the page can go on answering.

use std::collections::BTreeSet;
use std::rc::Rc;

use matinee_format::Model;
use matinee_imports::{
    Catalogue, File, ImportError, Imported, ImportedRow, Importer, Incoming, Miss, Place, Problem,
    Record, Said, Service, Skipped,
};

use crate::effects::{Picked, pause};

/// Largest file that is read. Exports of a lifetime of films stay below a tenth of it.
const MAX_BYTES: u64 = 64 << 20;
/// Entries looked up before the page gets its turn.
const TURN: usize = 400;

/// All that was read, before anything is written.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    /// The services that files come from, each once; none for a link.
    pub services: Vec<Service>,
    /// Names of the files that were read.
    pub files: Vec<String>,
    /// Files that could not be used.
    pub refused: Vec<(String, Refusal)>,
    /// Entries whose film was found.
    pub incoming: Vec<Incoming>,
    /// Entries whose film was not.
    pub missed: Vec<Missed>,
    /// What is no film.
    pub skipped: Vec<Skipped>,
    /// Entries that could not be read.
    pub problems: Vec<Problem>,
}

/// Why a file cannot be used.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// It is no export, or a damaged one.
    Import(ImportError),
    /// It is larger than any export.
    TooLarge,
    /// The browser could not read it, and says why.
    Browser(String),
    /// It holds the ratings of this many people.
    People(usize),
}

/// An entry whose film was not found.
#[derive(Debug)]
pub(crate) struct Missed {
    /// Where it stands.
    pub place: Place,
    /// Its film, as the file names it.
    pub name: String,
    /// The films it may be.
    pub maybe: Vec<u32>,
    /// What it says. Its film is yet to be named.
    pub entry: Incoming,
}

/// What is being done, and which part of it is done, 0 to 1.
pub(crate) struct Progress {
    /// The file that is being read; none while films are looked for.
    pub file: Option<String>,
    /// How much of everything is done.
    pub part: f64,
}

/// Reads `files` and looks for their films.
pub(crate) async fn read(
    files: Vec<Picked>,
    model: Rc<Model>,
    progress: impl Fn(Progress),
) -> Draft {
    let mut draft = Draft::default();
    let mut importer = Importer::new(None);
    // When each of the files that the importer counts was written.
    let mut written: Vec<f64> = Vec::new();
    let all = files.len().max(1) as f64;
    for (number, file) in files.iter().enumerate() {
        let name = file.name();
        progress(Progress {
            file: Some(name.clone()),
            part: number as f64 / all / 2.0,
        });
        pause().await;
        match add(&mut importer, file, &name).await {
            Ok(()) => {
                written.resize(importer.files().len(), file.written_at());
                draft.files.push(name);
            }
            Err(refusal) => draft.refused.push((name, refusal)),
        }
    }
    let imported = importer.finish();
    for file in &imported.files {
        let service = file.format.service();
        if !draft.services.contains(&service) {
            draft.services.push(service);
        }
    }
    let people: BTreeSet<&str> = imported
        .rows
        .iter()
        .chain(&imported.watchlist)
        .filter_map(|row| row.user.as_deref())
        .collect();
    if people.len() > 1 {
        let names = std::mem::take(&mut draft.files);
        let name = names.into_iter().next().unwrap_or_default();
        draft.refused.push((name, Refusal::People(people.len())));
        return draft;
    }
    find(&mut draft, &imported, &written, &model, progress).await;
    draft.files = imported.files.into_iter().map(|file| file.name).collect();
    draft.skipped = imported.skipped;
    draft.problems = imported.problems;
    draft
}

async fn add(importer: &mut Importer, file: &Picked, name: &str) -> Result<(), Refusal> {
    if file.size() > MAX_BYTES {
        return Err(Refusal::TooLarge);
    }
    let bytes = file.bytes().await.map_err(Refusal::Browser)?;
    let file = File {
        name,
        bytes: &bytes,
    };
    importer.add(file).map_err(Refusal::Import)
}

async fn find(
    draft: &mut Draft,
    imported: &Imported,
    written: &[f64],
    model: &Model,
    progress: impl Fn(Progress),
) {
    let catalogue = Catalogue::new(model);
    let seen = imported.rows.iter().map(|row| (row, Said::Seen));
    let wanted = imported.watchlist.iter().map(|row| (row, Said::Wanted));
    let all = (imported.rows.len() + imported.watchlist.len()).max(1) as f64;
    for (number, (row, said)) in seen.chain(wanted).enumerate() {
        if number % TURN == 0 {
            progress(Progress {
                file: None,
                part: 0.5 + number as f64 / all / 2.0,
            });
            pause().await;
        }
        let entry = entry(row, said, written);
        match catalogue.find(&row.item) {
            Ok((row, _)) => draft.incoming.push(on(model, row, &entry)),
            Err(why) => match row.item.id.as_ref().filter(|id| id.contains(':')) {
                // Our own, of a film that has left the catalogue: it may come back.
                Some(id) if row.own.is_some() => draft.incoming.push(Incoming {
                    item: id.clone(),
                    ..entry
                }),
                _ => draft.missed.push(Missed {
                    place: row.place,
                    name: row.item.to_string(),
                    maybe: match why {
                        Miss::Ambiguous(rows) => rows,
                        Miss::Unknown => Vec::new(),
                    },
                    entry,
                }),
            },
        }
    }
}

/// What `row` says, of a film that is yet to be named. What has no date was so when its file was written.
fn entry(row: &ImportedRow, said: Said, written: &[f64]) -> Incoming {
    let dated = row.timestamp.map(|seconds| seconds as f64 * 1000.0);
    let written = written.get(row.place.file).copied();
    Incoming {
        item: String::new(),
        title: row.item.titles.first().cloned().unwrap_or_default(),
        year: row.item.year,
        halves: row.rating.map(|stars| (stars * 2.0).round() as u8),
        said: row.own.map_or(said, |own| Said::All(own.marks)),
        at: row
            .own
            .and_then(|own| own.updated_at)
            .or(dated)
            .or(written)
            .unwrap_or(0.0),
    }
}

/// What `entry` says, of the film at `row`.
pub(crate) fn on(model: &Model, row: u32, entry: &Incoming) -> Incoming {
    let film = model.item(row);
    Incoming {
        item: [model.header().catalogue.as_str(), ":", film.id].concat(),
        title: film.title.to_owned(),
        year: film.year,
        ..entry.clone()
    }
}

impl Draft {
    /// What a link carries.
    pub(crate) fn of_link(records: Vec<Record>, model: &Model) -> Self {
        let prefix = [model.header().catalogue.as_str(), ":"].concat();
        let incoming = |record: Record| {
            let row = record.item.strip_prefix(&prefix);
            let row = row.and_then(|id| model.row_of(id));
            let title = if record.title.is_empty() {
                record.item.clone()
            } else {
                record.title
            };
            let entry = Incoming {
                item: record.item,
                title,
                year: record.year,
                halves: record.halves,
                said: Said::All(record.marks),
                at: record.updated_at,
            };
            match row {
                Some(row) => on(model, row, &entry),
                None => entry,
            }
        };
        Self {
            incoming: records.into_iter().map(incoming).collect(),
            ..Self::default()
        }
    }
}
