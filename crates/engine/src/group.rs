//! A list for several people: what leaves the unhappiest of them happiest.

use matinee_format::Model;

use crate::list::{ListOptions, list};
use crate::profile::Profile;
use crate::stars::StarProfile;

/// Films of each person's own list that are looked at.
const POOL: usize = 400;

/// One of several people.
#[derive(Debug, Clone, Copy)]
pub struct Member<'a> {
    /// What they think of films.
    pub profile: &'a Profile,
    /// What predicts their stars.
    pub stars: &'a StarProfile,
    /// The stars they gave, by row, in order.
    pub given: &'a [(u32, f32)],
}

/// A film for all of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Shared {
    /// Its row.
    pub row: u32,
    /// The stars that each of them gave it or would give it, in the order of the members, on the model's own scale.
    pub stars: Vec<f32>,
}

impl Shared {
    /// The stars of whoever likes it least.
    pub fn least(&self) -> f32 {
        self.stars.iter().copied().fold(f32::INFINITY, f32::min)
    }

    fn mean(&self) -> f32 {
        self.stars.iter().sum::<f32>() / self.stars.len().max(1) as f32
    }
}

/// The `k` films that the unhappiest of `members` likes best; among those alike to a tenth, the ones that all like best on
/// the average (least misery, with the mean to break ties). They are films that would stand high in the own list of at least
/// one of them, without those `exclude` names. Empty where nothing predicts stars.
pub fn group_list(
    model: &Model,
    members: &[Member<'_>],
    k: usize,
    options: &ListOptions,
    exclude: impl Fn(u32) -> bool,
) -> Vec<Shared> {
    let mut rows: Vec<u32> = Vec::new();
    for member in members {
        let own = list(
            model,
            member.profile,
            Some(member.stars),
            POOL,
            options,
            &exclude,
        );
        rows.extend(own.iter().map(|film| film.row));
    }
    rows.sort_unstable();
    rows.dedup();
    let mut films: Vec<Shared> = rows
        .into_iter()
        .filter_map(|row| shared(model, members, row))
        .collect();
    let tenths = |film: &Shared| (film.least() * 10.0).round() as i32;
    films.sort_by(|a, b| {
        let by_least = tenths(b).cmp(&tenths(a));
        let by_mean = b.mean().total_cmp(&a.mean());
        by_least.then(by_mean).then(a.row.cmp(&b.row))
    });
    films.truncate(k);
    films
}

fn shared(model: &Model, members: &[Member<'_>], row: u32) -> Option<Shared> {
    let stars = |member: &Member<'_>| {
        let given = member.given.binary_search_by_key(&row, |(row, _)| *row);
        match given {
            Ok(found) => Some(member.given[found].1),
            Err(_) => Some(member.stars.predict(model, row)?.stars),
        }
    };
    let stars = members.iter().map(stars).collect::<Option<Vec<f32>>>()?;
    (!stars.is_empty()).then_some(Shared { row, stars })
}
