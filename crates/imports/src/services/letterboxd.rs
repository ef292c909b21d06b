//! Letterboxd: 0.5 to 5 stars. The date is the day of the entry, not of the screening, so the newest entry is what the
//! visitor said last. The address in a diary is that of the entry, not of the film.

use crate::row::{Entry, Fault, ItemRef};
use crate::stars::Scale;
use crate::table::Record;

pub(super) fn record(record: &Record<'_>) -> Result<Entry, Fault> {
    Ok(Entry {
        item: ItemRef {
            titles: vec![record.required("Name")?.to_owned()],
            year: record.year("Year")?,
            ..ItemRef::default()
        },
        rating: record.stars("Rating", Scale::Stars)?,
        timestamp: record.timestamp("Date"),
        ..Entry::default()
    })
}
