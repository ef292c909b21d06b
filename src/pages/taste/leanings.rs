//! What the visitor leans to and away from, beside most people, as the model has it.

use matinee_engine::{Direction, Lean};
use matinee_format::Model;

use crate::catalogue::Catalogue;

/// Films that leanings are measured by: those of which enough is known.
const KNOWN: usize = 4000;
/// Ratings behind each of them.
const RATINGS: u32 = 5;
/// Films that a kind has among these, at least.
const FILMS: usize = 12;
/// A leaning is sure where 19 of 20 visitors with these ratings would have it, and likely where 5 of 6 would.
const SURE: f32 = 1.645;
const LIKELY: f32 = 0.967;
/// Stars below which a leaning is no matter, however sure.
const LEAST: f32 = 0.05;
/// A genre of one decade is told apart from both where its leaning is this many times theirs.
const APART: f32 = 1.2;

/// Films that have something in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A genre.
    Genre(String),
    /// Ten years.
    Decade(u16),
    /// A genre of ten years.
    Both(String, u16),
}

/// How sure it is on which side a leaning lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Surety {
    /// It may as well be the other side.
    Open,
    /// At least five to one.
    Likely,
    /// At least nineteen to one.
    Sure,
}

/// A leaning.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Leaning {
    /// What it is to, or away from.
    pub kind: Kind,
    /// Stars that the visitor gives such films beyond what most people do, beside how they rate in general.
    pub stars: f32,
    /// Its standard deviation.
    pub sd: f32,
    /// How many such films they rated.
    pub rated: usize,
}

impl Leaning {
    /// How sure its side is.
    pub(super) fn surety(&self) -> Surety {
        let steps = self.stars.abs() / self.sd.max(f32::MIN_POSITIVE);
        if self.stars.abs() < LEAST || steps < LIKELY {
            Surety::Open
        } else if steps < SURE || self.rated == 0 {
            // What somebody has never rated nobody should state as a fact.
            Surety::Likely
        } else {
            Surety::Sure
        }
    }

    /// Ends of the interval that holds it nine times in ten.
    pub(super) fn ends(&self) -> (f32, f32) {
        (self.stars - SURE * self.sd, self.stars + SURE * self.sd)
    }
}

/// The leanings of a visitor.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Leanings {
    /// To genres, the strongest first, those away last.
    pub genres: Vec<Leaning>,
    /// To decades, the earliest first.
    pub decades: Vec<Leaning>,
    /// To genres of one decade, of those that stand out from both, the strongest first.
    pub both: Vec<Leaning>,
}

/// The visitor's leanings; none where the model predicts no stars.
pub(super) fn leanings(catalogue: &Catalogue) -> Option<Leanings> {
    let model: &Model = &catalogue.films.model;
    let (visitor, anybody) = catalogue.raters()?;
    let rows: Vec<u32> = (0..model.len().min(KNOWN) as u32)
        .filter(|row| model.popularity(*row) >= RATINGS)
        .collect();
    let all = Direction::mean(model, rows.iter().copied())?;
    let scale = catalogue.scale();
    let leaning = |kind: Kind, is: &dyn Fn(u32) -> bool| {
        let of: Vec<u32> = rows.iter().copied().filter(|row| is(*row)).collect();
        if of.len() < FILMS {
            return None;
        }
        let Lean { amount, sd } =
            visitor.lean(anybody, &all, &Direction::mean(model, of.iter().copied())?);
        Some(Leaning {
            kind,
            stars: amount * scale,
            sd: sd * scale,
            rated: catalogue.rated().filter(|(row, _)| is(*row)).count(),
        })
    };
    let decade = |row: u32| model.year(row).map(|year| year / 10 * 10);
    let mut seen: Vec<u16> = rows.iter().filter_map(|row| decade(*row)).collect();
    seen.sort_unstable();
    seen.dedup();
    let decades: Vec<Leaning> = seen
        .iter()
        .filter_map(|&from| leaning(Kind::Decade(from), &|row| decade(row) == Some(from)))
        .collect();
    let names = (0..).zip(&model.header().genres);
    let mut genres = Vec::new();
    let mut both = Vec::new();
    for (bit, name) in names {
        let is = |row: u32| model.genres(row) >> bit & 1 == 1;
        let Some(genre) = leaning(Kind::Genre(name.clone()), &is) else {
            continue;
        };
        for whole in &decades {
            let Kind::Decade(from) = whole.kind else {
                continue;
            };
            let kind = Kind::Both(name.clone(), from);
            let part = leaning(kind, &|row| is(row) && decade(row) == Some(from));
            both.extend(part.filter(|part| stands_out(part, &genre, whole)));
        }
        genres.push(genre);
    }
    let strongest_first = |leanings: &mut Vec<Leaning>| {
        leanings.sort_by(|a, b| b.stars.total_cmp(&a.stars));
    };
    strongest_first(&mut genres);
    strongest_first(&mut both);
    Some(Leanings {
        genres,
        decades,
        both,
    })
}

/// Whether more is to be said of a genre's decade than of the genre and of the decade.
fn stands_out(part: &Leaning, genre: &Leaning, decade: &Leaning) -> bool {
    let side = part.stars.signum();
    let most = (genre.stars * side).max(decade.stars * side);
    part.surety() > Surety::Open && part.stars.abs() > APART * most.max(0.0)
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    fn leaning(stars: f32, sd: f32) -> Leaning {
        Leaning {
            kind: Kind::Decade(1990),
            stars,
            sd,
            rated: 1,
        }
    }

    #[test]
    fn a_leaning_is_as_sure_as_its_interval_says() {
        for (stars, sd) in [(0.4, 0.1), (-0.4, 0.1), (0.2, 0.12)] {
            let leaning = leaning(stars, sd);
            let (low, high) = leaning.ends();
            assert_eq!(leaning.surety(), Surety::Sure);
            assert!(low > 0.0 || high < 0.0, "{low} to {high}");
        }
        assert_eq!(leaning(0.1, 0.1).surety(), Surety::Likely);
        let unseen = Leaning {
            rated: 0,
            ..leaning(0.4, 0.1)
        };
        assert_eq!(unseen.surety(), Surety::Likely);
        assert_eq!(leaning(-0.1, 0.2).surety(), Surety::Open);
        assert_eq!(
            leaning(0.01, 0.001).surety(),
            Surety::Open,
            "sure, and no matter"
        );
        assert_eq!(leaning(0.0, 0.0).surety(), Surety::Open);
    }

    #[test]
    fn a_genre_of_one_decade_is_told_only_where_it_says_more_than_either() {
        let (strong, weak) = (leaning(0.5, 0.1), leaning(0.2, 0.1));
        assert!(stands_out(&strong, &weak, &weak));
        assert!(!stands_out(&strong, &strong, &weak));
        assert!(!stands_out(&leaning(0.5, 0.9), &weak, &weak), "not sure");
        assert!(
            stands_out(&leaning(-0.5, 0.1), &weak, &weak),
            "the other way"
        );
    }
}
