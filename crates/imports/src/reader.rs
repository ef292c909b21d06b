//! Files to a draft, a piece at a time, for whoever has other things to do in between.

use std::collections::BTreeSet;
use std::vec;

use matinee_format::Model;

use crate::catalogue::{Catalogue, Miss};
use crate::draft::{Draft, Missed, Refusal};
use crate::plan::{Incoming, Said};
use crate::row::ImportedRow;
use crate::{File, Importer};

/// Largest file that is read. Exports of a lifetime of films stay below a tenth of it.
pub const MAX_BYTES: u64 = 64 << 20;

/// Reads one person's files, one after the other.
#[derive(Debug, Default)]
pub struct Reader {
    importer: Importer,
    /// When each of the files that the importer counts was written.
    written: Vec<f64>,
    draft: Draft,
}

/// Looks for the films of what was read.
#[derive(Debug)]
pub struct Search<'m> {
    model: &'m Model,
    catalogue: Catalogue<'m>,
    entries: vec::IntoIter<(ImportedRow, Said)>,
    all: usize,
    written: Vec<f64>,
    draft: Draft,
}

impl Reader {
    /// Reads a file, which may be an archive, written at `written` in milliseconds since 1970: entries without a date count as
    /// said then. What cannot be used is among [`Draft::refused`].
    pub fn add(&mut self, file: File<'_>, written: f64) {
        let result = if file.bytes.len() as u64 > MAX_BYTES {
            Err(Refusal::TooLarge)
        } else {
            self.importer.add(file).map_err(Refusal::Import)
        };
        match result {
            Ok(()) => self.written.resize(self.importer.files().len(), written),
            Err(why) => self.refuse(file.name, why),
        }
    }

    /// Notes a file that was not even read.
    pub fn refuse(&mut self, name: &str, why: Refusal) {
        self.draft.refused.push((name.to_owned(), why));
    }

    /// Done with the files: on to their films.
    pub fn search(self, model: &Model) -> Search<'_> {
        let mut draft = self.draft;
        let imported = self.importer.finish();
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
        let people = people.len();
        let mut entries = Vec::new();
        if people > 1 {
            let first = imported.files.into_iter().next();
            let name = first.map(|file| file.name).unwrap_or_default();
            draft.refused.push((name, Refusal::People(people)));
        } else {
            let seen = imported.rows.into_iter().map(|row| (row, Said::Seen));
            let wanted = imported
                .watchlist
                .into_iter()
                .map(|row| (row, Said::Wanted));
            entries.extend(seen.chain(wanted));
            draft.files = imported.files.into_iter().map(|file| file.name).collect();
            draft.skipped = imported.skipped;
            draft.problems = imported.problems;
        }
        Search {
            model,
            catalogue: Catalogue::new(model),
            all: entries.len(),
            entries: entries.into_iter(),
            written: self.written,
            draft,
        }
    }
}

impl Search<'_> {
    /// How much of it is done: 1 when there is nothing left to look for.
    pub fn part(&self) -> f64 {
        if self.all == 0 {
            return 1.0;
        }
        1.0 - self.entries.len() as f64 / self.all as f64
    }

    /// Looks for the films of some more entries.
    pub fn step(&mut self, entries: usize) {
        for _ in 0..entries {
            let Some((row, said)) = self.entries.next() else {
                return;
            };
            self.find(&row, said);
        }
    }

    /// Looks for all that are left.
    pub fn finish(mut self) -> Draft {
        self.step(usize::MAX);
        self.draft
    }

    fn find(&mut self, row: &ImportedRow, said: Said) {
        let entry = entry(row, said, &self.written);
        match self.catalogue.find(&row.item) {
            Ok((row, _)) => self.draft.incoming.push(entry.of(self.model, row)),
            Err(why) => match row.item.id.as_ref().filter(|id| id.contains(':')) {
                // Our own, of a film that has left the catalogue: it may come back.
                Some(id) if row.own.is_some() => self.draft.incoming.push(Incoming {
                    item: id.clone(),
                    ..entry
                }),
                _ => self.draft.missed.push(Missed {
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
