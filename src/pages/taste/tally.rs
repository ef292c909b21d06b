//! The visitor's ratings, counted beside everybody's.

use matinee_format::Model;

use crate::catalogue::Catalogue;

/// A part of the films, and what the visitor and everybody has of it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Part<T> {
    /// Which part.
    pub of: T,
    /// Films of it that the visitor rated.
    pub films: usize,
    /// Their part of the visitor's ratings.
    pub share: f64,
    /// Its part of everybody's ratings.
    pub everyone: f64,
    /// The visitor's mean, where there is one.
    pub mean: Option<f32>,
    /// The mean that others give these same films.
    pub others: Option<f32>,
}

/// How the visitor rates in general.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Habits {
    /// Films they rated that the catalogue has.
    pub rated: usize,
    /// Their mean.
    pub mean: Option<f32>,
    /// The mean that others give these films.
    pub others: Option<f32>,
    /// Ratings that the middle one of their films has.
    pub known: Option<u32>,
    /// Ratings that the film of the middle one of all ratings has.
    pub known_of_all: Option<u32>,
}

/// A film of which the visitor thinks otherwise.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Apart {
    /// The film.
    pub row: u32,
    /// The visitor's stars.
    pub own: f32,
    /// What others give it.
    pub others: f32,
}

/// One rated film.
struct Rated {
    row: u32,
    own: f32,
    others: Option<f32>,
}

/// All that is counted.
pub(super) struct Tally {
    rated: Vec<Rated>,
    /// How often each number of half stars was given, one half first.
    pub halves: [usize; 10],
    /// How the visitor rates in general.
    pub habits: Habits,
}

impl Tally {
    /// Counts what the visitor of `catalogue` rated.
    pub(super) fn new(catalogue: &Catalogue) -> Self {
        let model: &Model = &catalogue.films.model;
        let mut halves = [0; 10];
        let mut rated = Vec::new();
        for (row, stars) in catalogue.rated() {
            halves[usize::from(stars.halves()) - 1] += 1;
            rated.push(Rated {
                row,
                own: stars.value(),
                others: catalogue.others(row).map(|others| others.stars),
            });
        }
        let (own, others) = means(rated.iter());
        let mut known: Vec<u32> = rated
            .iter()
            .map(|film| model.popularity(film.row))
            .collect();
        known.sort_unstable();
        let habits = Habits {
            rated: rated.len(),
            mean: own,
            others,
            known: known.get(known.len() / 2).copied(),
            known_of_all: middle(model),
        };
        Self {
            rated,
            halves,
            habits,
        }
    }

    /// Each decade with films of the catalogue from the visitor's first to their last, and what is outside.
    pub(super) fn decades(&self, model: &Model) -> Vec<Part<u16>> {
        let decade = |row: u32| model.year(row).map(|year| year / 10 * 10);
        let mut of: Vec<u16> = (0..model.len() as u32).filter_map(decade).collect();
        of.sort_unstable();
        of.dedup();
        let parts = |of: Vec<u16>| self.parts(model, of, |row, of| decade(row) == Some(*of));
        let mut parts = parts(of);
        // Decades that neither side has anything of are no matter.
        parts.retain(|part| part.films > 0 || part.everyone >= 0.005);
        parts
    }

    /// Each genre, that of most of the visitor's films first.
    pub(super) fn genres(&self, model: &Model) -> Vec<Part<String>> {
        let names = model.header().genres.clone();
        let bit = |name: &String| names.iter().position(|other| other == name);
        let mut parts = self.parts(model, names.clone(), |row, name| {
            bit(name).is_some_and(|bit| model.genres(row) >> bit & 1 == 1)
        });
        parts.retain(|part| part.films > 0 || part.everyone > 0.0);
        parts.sort_by(|a, b| {
            b.films
                .cmp(&a.films)
                .then(b.everyone.total_cmp(&a.everyone))
        });
        parts
    }

    fn parts<T>(&self, model: &Model, of: Vec<T>, is: impl Fn(u32, &T) -> bool) -> Vec<Part<T>> {
        let rows = || 0..model.len() as u32;
        let ratings = |row: u32| f64::from(model.popularity(row));
        let all: f64 = rows().map(ratings).sum();
        let part = |of: T| {
            let own = || self.rated.iter().filter(|film| is(film.row, &of));
            let theirs: f64 = rows().filter(|row| is(*row, &of)).map(ratings).sum();
            let films = own().count();
            let (mean, others) = means(own());
            Part {
                films,
                share: films as f64 / self.rated.len().max(1) as f64,
                everyone: theirs / all.max(1.0),
                mean,
                others,
                of,
            }
        };
        of.into_iter().map(part).collect()
    }

    /// The `most` films that the visitor likes more than others do, the furthest apart first, and likewise those they like less.
    pub(super) fn apart(&self, most: usize) -> (Vec<Apart>, Vec<Apart>) {
        let apart = |film: &Rated| {
            Some(Apart {
                row: film.row,
                own: film.own,
                others: film.others?,
            })
        };
        let mut films: Vec<Apart> = self.rated.iter().filter_map(apart).collect();
        films.sort_by(|a, b| (b.own - b.others).total_cmp(&(a.own - a.others)));
        // Less than half a star is no difference that anybody could express.
        let more = films.iter().filter(|film| film.own - film.others >= 0.5);
        let less = films
            .iter()
            .rev()
            .filter(|film| film.others - film.own >= 0.5);
        (
            more.take(most).cloned().collect(),
            less.take(most).cloned().collect(),
        )
    }
}

/// The visitor's mean and that of others, of the films of which both are known.
fn means<'a>(films: impl Iterator<Item = &'a Rated>) -> (Option<f32>, Option<f32>) {
    let (mut own, mut others, mut count) = (0.0, 0.0, 0_u32);
    for film in films {
        if let Some(theirs) = film.others {
            own += film.own;
            others += theirs;
            count += 1;
        }
    }
    let mean = |sum: f32| (count > 0).then(|| sum / count as f32);
    (mean(own), mean(others))
}

/// How many ratings the film has that the middle one of all ratings is of. Rows are in order of popularity.
fn middle(model: &Model) -> Option<u32> {
    let popularity = || (0..model.len() as u32).map(|row| model.popularity(row));
    let all: u64 = popularity().map(u64::from).sum();
    let mut passed = 0;
    popularity().find(|ratings| {
        passed += u64::from(*ratings);
        passed * 2 >= all
    })
}
