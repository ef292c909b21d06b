//! What the home page shows further down: rows for what the visitor favours, what is new, what they have not tried, and
//! what few have rated. Worked out when the first rows have been drawn, by code that comes after them.

use matinee_engine::{Filter, Interview, ListOptions, Profile, Scored, StarProfile, list};
use matinee_format::Model;
use matinee_web::Stars;

use super::programme::{LED_LEAST, ROW, Row};

/// Films of the newest years: this part of the catalogue, or a little more.
const NEWEST_PART: usize = 25;
/// A favourite is liked this much more often than by chance, in standard deviations, by at least this many films.
const FAVOUR: f64 = 1.0;
const FAVOUR_LEAST: usize = 3;
/// Films of a genre that is new to the visitor are looked for among this many of the best, and are expected to get this
/// part of the scale, which is 3.5 of 5 stars.
const OUTSIDE_POOL: usize = 1500;
const GOOD_SHARE: f32 = 2.0 / 3.0;
/// A genre is hardly touched with at most one rating in so many.
const TOUCHED: usize = 20;
/// A film that is likely known, though few rated it, is worth a row from this many on.
const RARE_LEAST: usize = 3;
/// What is no kind of film, though the catalogue lists it as one.
const NO_GENRES: [&str; 2] = ["IMAX", "(no genres listed)"];

/// What rows are put together from.
#[derive(Clone, Copy)]
pub(crate) struct Visitor<'a> {
    /// The catalogue.
    pub model: &'a Model,
    /// What it makes of the visitor.
    pub profile: &'a Profile,
    /// What predicts their stars.
    pub stars: Option<&'a StarProfile>,
    /// Films they gave stars, and how many.
    pub rated: &'a [(u32, Stars)],
    /// Films they have not seen, as they said.
    pub unseen: &'a [u32],
}

impl Visitor<'_> {
    /// What is known and not known of them.
    pub(crate) fn interview(&self) -> Interview {
        interview(self.model, self.profile, self.unseen)
    }
}

/// Likewise of somebody with this profile, who has not seen some films.
pub(crate) fn interview(model: &Model, profile: &Profile, unseen: &[u32]) -> Interview {
    let mut interview = Interview::new(model, profile);
    for row in unseen {
        interview.not_seen(model, *row);
    }
    interview
}

/// The rows further down, in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Encore {
    /// A genre and a decade that the visitor favours.
    pub favourites: Vec<Favourite>,
    /// Of the newest years, which begin with this one.
    pub newest: Option<(u16, Row)>,
    /// Of a genre that the visitor has hardly touched.
    pub outside: Option<Outside>,
    /// Rarely rated, and likely known to the visitor.
    pub rare: Row,
}

/// What films have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The genre with this place in the model's list.
    Genre(usize),
    /// The ten years from this one.
    Decade(u16),
}

impl Kind {
    fn filter(self) -> Filter {
        match self {
            Self::Genre(bit) => Filter {
                genres: 1 << bit,
                ..Filter::default()
            },
            Self::Decade(from) => Filter {
                from,
                to: from.saturating_add(9),
                ..Filter::default()
            },
        }
    }
}

/// Something that the visitor likes more often than others rate it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Favourite {
    /// What.
    pub kind: Kind,
    /// Films of the kind that got four stars or more.
    pub liked: usize,
    /// All films that did.
    pub of: usize,
    /// The part of everybody's ratings that go to films of the kind.
    pub usual: f64,
    /// Films.
    pub row: Row,
}

/// Films of a genre that the visitor has hardly touched.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Outside {
    /// Place of the genre in the model's list.
    pub genre: usize,
    /// How many of the genre were rated.
    pub rated: usize,
    /// Films.
    pub row: Row,
}

/// Films that stand on the page already or are not to be shown.
struct Taken<'a> {
    /// Ascending.
    used: Row,
    hidden: &'a dyn Fn(u32) -> bool,
}

impl Taken<'_> {
    fn holds(&self, row: u32) -> bool {
        self.used.binary_search(&row).is_ok() || (self.hidden)(row)
    }

    fn add(&mut self, rows: &[u32]) {
        for row in rows {
            if let Err(place) = self.used.binary_search(row) {
                self.used.insert(place, *row);
            }
        }
    }
}

impl Encore {
    /// Puts the rows together without films that are `shown` already or for which `hidden` holds.
    pub(crate) fn new(
        visitor: Visitor<'_>,
        shown: impl IntoIterator<Item = u32>,
        hidden: impl Fn(u32) -> bool,
    ) -> Self {
        let mut taken = Taken {
            used: Row::new(),
            hidden: &hidden,
        };
        shown.into_iter().for_each(|row| taken.add(&[row]));
        let mut encore = Self::default();
        for favourite in favourites(visitor) {
            let row = best(visitor, ROW, favourite.kind.filter(), &taken);
            if row.len() >= LED_LEAST {
                taken.add(&row);
                encore.favourites.push(Favourite { row, ..favourite });
            }
        }
        if let Some(from) = newest_years(visitor.model) {
            let filter = Filter {
                from,
                ..Filter::default()
            };
            let row = best(visitor, ROW, filter, &taken);
            if row.len() >= LED_LEAST {
                taken.add(&row);
                encore.newest = Some((from, row));
            }
        }
        encore.outside = outside(visitor, &taken);
        if let Some(outside) = &encore.outside {
            taken.add(&outside.row);
        }
        let interview = visitor.interview();
        let rare = interview.rare(visitor.model, ROW, |row| taken.holds(row));
        if rare.len() >= RARE_LEAST {
            encore.rare = rare.iter().map(|question| question.row).collect();
        }
        encore
    }
}

/// The `most` best films that `filter` admits, of those the model speaks for.
fn best(visitor: Visitor<'_>, most: usize, filter: Filter, taken: &Taken<'_>) -> Row {
    let speaks_for = |film: &Scored| film.score > 0.0;
    let films = ranked(visitor, most, filter, taken);
    films
        .iter()
        .filter(|film| speaks_for(film))
        .map(|film| film.row)
        .collect()
}

fn ranked(visitor: Visitor<'_>, most: usize, filter: Filter, taken: &Taken<'_>) -> Vec<Scored> {
    let options = ListOptions {
        filter,
        ..ListOptions::of(visitor.model)
    };
    let (model, profile) = (visitor.model, visitor.profile);
    list(model, profile, visitor.stars, most, &options, |row| {
        taken.holds(row)
    })
}

/// The genre and the decade that stand out most among what the visitor likes, without their films. What stands out is
/// liked more often than everybody's ratings would have it, and gets no fewer stars than their other films do.
fn favourites(visitor: Visitor<'_>) -> Vec<Favourite> {
    let model = visitor.model;
    let decades = (188..=210).map(|decade| Kind::Decade(decade * 10));
    let genres = genres(model).map(Kind::Genre);
    let found = [
        standing_out(visitor, genres),
        standing_out(visitor, decades),
    ];
    found.into_iter().flatten().collect()
}

/// Places of the model's genres.
pub(crate) fn genres(model: &Model) -> impl Iterator<Item = usize> + '_ {
    let genres = model.header().genres.iter().enumerate();
    let named = genres.filter(|(_, name)| !NO_GENRES.contains(&name.as_str()));
    named.map(|(bit, _)| bit)
}

fn standing_out(visitor: Visitor<'_>, kinds: impl Iterator<Item = Kind>) -> Option<Favourite> {
    let Visitor { model, rated, .. } = visitor;
    let is_liked = |stars: &Stars| stars.halves() >= 8;
    let likes = rated.iter().filter(|(_, stars)| is_liked(stars)).count();
    let mean = |of: &dyn Fn(u32) -> bool| {
        let stars = rated.iter().filter(|(row, _)| of(*row));
        let (sum, count) = stars.fold((0.0, 0.0), |(sum, count), (_, stars)| {
            (sum + stars.value(), count + 1.0)
        });
        sum / f32::max(count, 1.0)
    };
    let everything = mean(&|_| true);
    let all = ratings_of(model, Filter::default()).max(1.0);
    let mut most: Option<(f64, Favourite)> = None;
    for kind in kinds {
        let filter = kind.filter();
        let of = |row: u32| filter.admits(model, row);
        let liked = rated
            .iter()
            .filter(|(row, stars)| is_liked(stars) && of(*row));
        let liked = liked.count();
        if liked < FAVOUR_LEAST || mean(&of) < everything {
            continue;
        }
        let usual = ratings_of(model, filter) / all;
        let expected = usual * likes as f64;
        let spread = (expected * (1.0 - usual)).sqrt();
        let beyond = (liked as f64 - expected) / spread.max(f64::MIN_POSITIVE);
        if beyond >= FAVOUR && most.as_ref().is_none_or(|(other, _)| beyond > *other) {
            let favourite = Favourite {
                kind,
                liked,
                of: likes,
                usual,
                row: Row::new(),
            };
            most = Some((beyond, favourite));
        }
    }
    most.map(|(_, favourite)| favourite)
}

/// How many ratings everybody gave to films that `filter` admits.
fn ratings_of(model: &Model, filter: Filter) -> f64 {
    let rows = (0..model.len() as u32).filter(|row| filter.admits(model, *row));
    rows.map(|row| f64::from(model.popularity(row))).sum()
}

/// The first of the newest years of the catalogue.
fn newest_years(model: &Model) -> Option<u16> {
    let years = || (0..model.len() as u32).filter_map(|row| model.year(row));
    let mut from = years().max()?;
    let enough = (model.len() / NEWEST_PART).max(1);
    while years().filter(|year| *year >= from).count() < enough && from > 0 {
        from -= 1;
    }
    Some(from)
}

/// The genre that the visitor has left aside most, measured by everybody's ratings, of which there are films that suit
/// them: well placed among all, and expected to get good stars.
fn outside(visitor: Visitor<'_>, taken: &Taken<'_>) -> Option<Outside> {
    let Visitor {
        model,
        stars,
        rated,
        ..
    } = visitor;
    let pool = ranked(visitor, OUTSIDE_POOL, Filter::default(), taken);
    let is_good = |film: &Scored| {
        let share = stars.and_then(|stars| stars.share(model, film.row));
        film.score > 0.0 && share.is_none_or(|share| share >= GOOD_SHARE)
    };
    let pool: Row = pool
        .iter()
        .filter(|film| is_good(film))
        .map(|film| film.row)
        .collect();
    let all = ratings_of(model, Filter::default()).max(1.0);
    let mut most: Option<(f64, Outside)> = None;
    for genre in genres(model) {
        let filter = Kind::Genre(genre).filter();
        let touched = rated.iter().filter(|(row, _)| filter.admits(model, *row));
        let touched = touched.count();
        if touched > rated.len() / TOUCHED {
            continue;
        }
        let of_genre = pool.iter().filter(|row| filter.admits(model, **row));
        let row: Row = of_genre.take(ROW).copied().collect();
        let expected = ratings_of(model, filter) / all * rated.len() as f64;
        let left_aside = expected - touched as f64;
        if row.len() >= LED_LEAST && most.as_ref().is_none_or(|(other, _)| left_aside > *other) {
            let outside = Outside {
                genre,
                rated: touched,
                row,
            };
            most = Some((left_aside, outside));
        }
    }
    most.map(|(_, outside)| outside)
}
