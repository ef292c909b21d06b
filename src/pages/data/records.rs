//! Between what the app keeps and what leaves it.

use matinee_imports::{Marks, Planned, Record, Verdict};
use matinee_web::{Rating, Stars};

use crate::state::{Change, Ratings};

/// What is kept of one film, to be taken elsewhere.
pub(crate) fn record(rating: &Rating) -> Record {
    Record {
        item: rating.item.clone(),
        title: rating.title.clone(),
        year: rating.year,
        halves: rating.stars.map(Stars::halves),
        marks: Marks {
            seen: rating.seen,
            not_for_me: rating.not_for_me,
            watchlist: rating.watchlist,
            unseen: rating.unseen,
        },
        updated_at: rating.updated_at,
    }
}

/// Everything that is kept, but for films that are only known not to have been seen.
pub(crate) fn records(ratings: &Ratings) -> Vec<Record> {
    let kept = ratings.iter().map(|entry| record(&entry.rating));
    kept.filter(Record::goes_along).collect()
}

/// What came from elsewhere, to be kept.
pub(crate) fn rating(record: &Record) -> Rating {
    Rating {
        item: record.item.clone(),
        title: record.title.clone(),
        year: record.year,
        stars: record.halves.and_then(Stars::from_halves),
        seen: record.marks.seen,
        not_for_me: record.marks.not_for_me,
        watchlist: record.marks.watchlist,
        unseen: record.marks.unseen,
        watched: None,
        updated_at: record.updated_at,
    }
}

/// What is to be written of a plan.
pub(crate) fn changes(plan: &[Planned], ratings: &Ratings) -> Vec<Change> {
    let written = plan
        .iter()
        .filter(|film| matches!(film.verdict, Verdict::New | Verdict::Changed));
    written
        .map(|film| {
            let before = ratings.rating(&film.after.item).cloned();
            // No file tells how long a film was watched: what a player told stays.
            let watched = before.as_ref().and_then(|before| before.watched);
            let after = Rating {
                watched,
                ..rating(&film.after)
            };
            Change { before, after }
        })
        .collect()
}
