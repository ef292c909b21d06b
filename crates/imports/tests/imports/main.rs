//! What visitors bring from other services, in small samples of each layout.

mod archives;
mod catalogue;
mod drafts;
mod formats;
mod hostile;
mod links;
mod merging;
mod plans;
mod records;

use matinee_imports::{File, Imported, import};

/// Reads one file.
fn read(name: &str, text: &str) -> Imported {
    let file = File {
        name,
        bytes: text.as_bytes(),
    };
    import(&[file], None).expect("the sample is sound")
}

/// Titles, stars and timestamps.
fn rows(imported: &Imported) -> Vec<(String, Option<f32>, Option<i64>)> {
    let row =
        |row: &matinee_imports::ImportedRow| (row.item.to_string(), row.rating, row.timestamp);
    imported.rows.iter().map(row).collect()
}
