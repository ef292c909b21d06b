//! What Matinee keeps of a film, as it leaves one device for another.

use serde_json::{Map, Value, json};

/// All that a visitor said of one film. [`Record::json`] writes it so that nothing is lost when it is read again.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Record {
    /// Key of the film, such as `movielens:318`.
    pub item: String,
    /// Its title at the time.
    pub title: String,
    /// Its year, likewise.
    pub year: Option<u16>,
    /// Half stars, 1 to 10, if any were given.
    pub halves: Option<u8>,
    /// What was said without stars.
    pub marks: Marks,
    /// When it was last changed, in milliseconds since 1970.
    pub updated_at: f64,
}

/// What can be said of a film without stars.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Marks {
    /// It was seen.
    pub seen: bool,
    /// It is not to be recommended.
    pub not_for_me: bool,
    /// It is to be watched.
    pub watchlist: bool,
    /// It was not seen, as the visitor said when asked. Nobody gives stars to such a film.
    pub unseen: bool,
}

impl Record {
    /// Whether the visitor is done with the film: rated, seen or not wanted.
    pub fn is_settled(&self) -> bool {
        self.halves.is_some() || self.marks.seen || self.marks.not_for_me
    }

    /// Whether it goes along when everything is taken elsewhere: all but what only says that a film was not seen.
    pub fn goes_along(&self) -> bool {
        self.is_settled() || self.marks.watchlist
    }

    /// Stars, if any were given.
    pub fn stars(&self) -> Option<f32> {
        Some(f32::from(self.halves?) / 2.0)
    }

    /// Whether both say the same of the film, whenever they said it.
    pub fn says_what(&self, other: &Self) -> bool {
        (self.halves, self.marks) == (other.halves, other.marks)
    }

    /// All records in the format of [`MatineeJson`](crate::Format::MatineeJson).
    pub fn json(records: &[Self]) -> String {
        let entry = |record: &Self| {
            let mut entry = Map::new();
            let mut add = |name: &str, value: Value| entry.insert(name.to_owned(), value);
            add("item", json!(record.item));
            add("title", json!(record.title));
            add("year", json!(record.year));
            add("rating", json!(record.stars()));
            add("seen", json!(record.marks.seen));
            add("not_for_me", json!(record.marks.not_for_me));
            add("watchlist", json!(record.marks.watchlist));
            add("unseen", json!(record.marks.unseen));
            add("timestamp", json!((record.updated_at / 1000.0) as i64));
            add("updated_at", json!(record.updated_at));
            Value::Object(entry)
        };
        let ratings: Vec<Value> = records.iter().map(entry).collect();
        let whole = json!({ "format": "matinee-ratings", "version": 1, "ratings": ratings });
        format!("{whole:#}\n")
    }

    /// All records in the format of [`MatineeCsv`](crate::Format::MatineeCsv), which spreadsheets read. Times are in whole
    /// seconds.
    pub fn csv(records: &[Self]) -> String {
        let mut table = csv::Writer::from_writer(Vec::new());
        let mark = |on: bool| if on { "1" } else { "0" };
        // Nothing can fail in memory: all rows are of one length.
        let _ = table.write_record([
            "user",
            "item",
            "rating",
            "timestamp",
            "title",
            "year",
            "seen",
            "not_for_me",
            "watchlist",
            "unseen",
        ]);
        for record in records {
            let stars = record.stars().map(|stars| stars.to_string());
            let year = record.year.map(|year| year.to_string());
            let _ = table.write_record([
                "me",
                &record.item,
                &stars.unwrap_or_default(),
                &((record.updated_at / 1000.0) as i64).to_string(),
                &record.title,
                &year.unwrap_or_default(),
                mark(record.marks.seen),
                mark(record.marks.not_for_me),
                mark(record.marks.watchlist),
                mark(record.marks.unseen),
            ]);
        }
        String::from_utf8(table.into_inner().unwrap_or_default()).unwrap_or_default()
    }
}
