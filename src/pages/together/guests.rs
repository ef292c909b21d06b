//! The others. They are kept for as long as the page is open, and nowhere else.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use matinee_imports::{Incoming, Planned, plan};
use matinee_web::Rating;
use tr::tr;

use super::super::data::records::rating;
use crate::catalogue::{Catalogue, Films};
use crate::state::Ratings;

/// Ratings from which on somebody is known well enough.
pub(super) const FEW: usize = 5;

thread_local! {
    static GUESTS: RefCell<Vec<Rc<Guest>>> = const { RefCell::new(Vec::new()) };
    static COUNT: Cell<u32> = const { Cell::new(0) };
}

/// Somebody else.
#[derive(Clone)]
pub(crate) struct Guest {
    /// Different for each.
    pub id: u32,
    /// What the visitor calls them.
    pub name: String,
    /// What they said.
    pub said: Rc<Vec<Rating>>,
    /// How many films of this catalogue they gave stars.
    pub known: usize,
    /// They, as the model sees them.
    pub catalogue: Catalogue,
}

/// Two are equal when they are the same person by the same name.
impl PartialEq for Guest {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id && self.name == other.name
    }
}

/// Why somebody is not added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unwelcome {
    /// They gave stars to no film of this catalogue.
    Unknown,
    /// They are there already.
    Already,
    /// They are the visitor.
    You,
}

impl Guest {
    /// Somebody who said `incoming`, by the name of `name` or, where that is empty, of their number.
    pub(super) fn new(
        name: String,
        incoming: &[Incoming],
        films: &Rc<Films>,
        now: f64,
    ) -> Result<Self, Unwelcome> {
        let said: Vec<Rating> = plan(incoming, |_| None, now)
            .iter()
            .map(|Planned { after, .. }| rating(after))
            .collect();
        let catalogue = Catalogue::new(films.clone(), &Ratings::of(said.clone()));
        let known = catalogue.given().len();
        if known == 0 {
            return Err(Unwelcome::Unknown);
        }
        Ok(Self {
            id: COUNT.replace(COUNT.get() + 1),
            name,
            said: Rc::new(said),
            known,
            catalogue,
        })
    }

    /// The same by another name.
    pub(super) fn called(&self, name: String) -> Self {
        Self {
            name,
            ..self.clone()
        }
    }
}

/// Whether both say the same of the same films.
fn alike<'a>(
    one: impl Iterator<Item = &'a Rating>,
    other: impl Iterator<Item = &'a Rating>,
) -> bool {
    let stars = |rating: &Rating| Some((rating.item.clone(), rating.stars?.halves()));
    let mut one: Vec<_> = one.filter_map(stars).collect();
    let mut other: Vec<_> = other.filter_map(stars).collect();
    one.sort();
    other.sort();
    one == other
}

/// Why `guest` is not to be added to `guests`, if there is a reason.
pub(super) fn objection(guest: &Guest, guests: &[Rc<Guest>], mine: &Ratings) -> Option<Unwelcome> {
    if alike(guest.said.iter(), mine.iter().map(|entry| &entry.rating)) {
        return Some(Unwelcome::You);
    }
    let there = guests
        .iter()
        .any(|other| alike(guest.said.iter(), other.said.iter()));
    there.then_some(Unwelcome::Already)
}

/// All who were added since the page was opened.
pub(super) fn all() -> Vec<Rc<Guest>> {
    GUESTS.with_borrow(Clone::clone)
}

/// Takes note of who is there.
pub(super) fn keep(guests: &[Rc<Guest>]) {
    GUESTS.with_borrow_mut(|kept| *kept = guests.to_vec());
}

/// Adds whoever said `incoming`, from another page. Whoever is there already is not added again.
pub(crate) fn welcome(
    name: String,
    incoming: &[Incoming],
    films: &Rc<Films>,
    mine: &Ratings,
) -> Result<(), Unwelcome> {
    let guest = Guest::new(name, incoming, films, js_sys::Date::now())?;
    let mut guests = all();
    match objection(&guest, &guests, mine) {
        Some(Unwelcome::Already) => Ok(()),
        Some(other) => Err(other),
        None => {
            guests.push(Rc::new(guest));
            keep(&guests);
            Ok(())
        }
    }
}

/// The same in words.
pub(crate) fn unwelcome(why: Unwelcome) -> String {
    match why {
        Unwelcome::Unknown => {
            tr!("Nobody was added: there are no stars in it for a film of this catalogue.")
        }
        Unwelcome::Already => tr!("These are the ratings of somebody who is there already."),
        Unwelcome::You => tr!("These are your own ratings: you are there already."),
    }
}
