//! Taste groups: films that the same people like, named by what sets them apart.

use std::collections::{BTreeMap, BTreeSet};

use matinee_format::Model;
use serde::Serialize;

use super::Mean;
use super::cluster::{centres, nearest, unit};
use super::films::Films;
use crate::catalogue::Catalogue;

/// Groups asked for; fewer where there are few films.
const GROUPS: usize = 12;
/// Groups are found among this many films, the most rated, so that each has a vector of its own.
const BEST_KNOWN: usize = 1500;
/// At least this many films a group, on average.
const FILMS_A_GROUP: usize = 15;
/// Films, genres and tags shown for each.
const FILMS: usize = 6;
const GENRES: usize = 3;
const TAGS: usize = 5;
/// A genre or decade of fewer of its films, however rare elsewhere, is not what a group is about.
const GENRE_SHARE: f64 = 0.15;
/// A tag on fewer films than this names nobody's taste.
const TAG_FILMS: usize = 4;
/// A genre or tag sets a group apart from this many standard deviations on.
const DISTINCT: f64 = 2.0;

/// One taste group.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Group {
    /// By its most distinctive genres and decade; no two groups have one name.
    pub name: String,
    /// Genres that set it apart, the most distinctive first.
    pub genres: Vec<String>,
    /// Tags that set it apart, likewise.
    pub tags: Vec<String>,
    /// Rated films in it.
    pub films: usize,
    /// Ratings of them.
    pub ratings: usize,
    /// Their mean rating, where there is one.
    pub mean: Option<f64>,
    /// Median year of release of its best-known films, where known.
    pub year: Option<u16>,
    /// Its best-known typical films.
    pub known_for: Vec<KnownFilm>,
}

/// A film, named.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct KnownFilm {
    /// The catalogue's id.
    pub id: String,
    /// Title, for people.
    pub title: String,
    /// Year of release, where known.
    pub year: Option<u16>,
}

/// Which group each film of a model is in.
#[derive(Debug, Clone, PartialEq)]
pub struct Assignment {
    /// The group of each row, and how typical it is of the group (a cosine); none for a vector of zeros.
    pub of_row: Vec<Option<(usize, f64)>>,
    /// Number of groups; 0 where there are too few films for any.
    pub groups: usize,
}

/// Finds groups of films whose vectors point the same way, in the vectors that ship. What all films have in common is
/// taken out first. Groups are numbered from the most rated to the least.
pub fn assign(model: &Model, seed: u64) -> Assignment {
    let direction = |row: u32| {
        let codes: Vec<f64> = model
            .codes(row)
            .iter()
            .map(|&code| f64::from(code))
            .collect();
        unit(&codes)
    };
    let known: Vec<Vec<f64>> = (0..model.len().min(BEST_KNOWN) as u32)
        .filter_map(direction)
        .collect();
    let groups = GROUPS.min(known.len() / FILMS_A_GROUP);
    if groups < 2 {
        return Assignment {
            of_row: vec![None; model.len()],
            groups: 0,
        };
    }
    let mut common = vec![0.0; model.dims()];
    for vector in &known {
        common
            .iter_mut()
            .zip(vector)
            .for_each(|(sum, x)| *sum += x / known.len() as f64);
    }
    let own = |vector: Vec<f64>| {
        let rest: Vec<f64> = vector
            .iter()
            .zip(&common)
            .map(|(x, common)| x - common)
            .collect();
        unit(&rest)
    };
    let known: Vec<Vec<f64>> = known.into_iter().filter_map(own).collect();
    let centres = centres(&known, groups, seed);
    let mut of_row: Vec<Option<(usize, f64)>> = (0..model.len() as u32)
        .map(|row| Some(nearest(&centres, &direction(row).and_then(own)?)))
        .collect();

    let mut ratings = vec![0_u64; groups];
    for (row, of) in (0..).zip(&of_row) {
        if let Some((group, _)) = of {
            ratings[*group] += u64::from(model.item(row).popularity);
        }
    }
    let mut order: Vec<usize> = (0..groups).collect();
    order.sort_by_key(|&group| std::cmp::Reverse(ratings[group]));
    let mut number = vec![0; groups];
    order
        .iter()
        .enumerate()
        .for_each(|(to, &from)| number[from] = to);
    of_row
        .iter_mut()
        .flatten()
        .for_each(|of| of.0 = number[of.0]);
    Assignment { of_row, groups }
}

pub(super) fn groups(
    films: &Films<'_>,
    catalogue: &Catalogue,
    assignment: &Assignment,
) -> Vec<Group> {
    let model = films.model;
    let group_of = |row: u32| assignment.of_row[row as usize].map(|(group, _)| group);
    let mut ratings = vec![(0, Mean::default()); assignment.groups];
    for event in &films.events {
        if let Some(group) = group_of(event.row) {
            ratings[group].0 += 1;
            ratings[group].1.add(event.value);
        }
    }
    let rated = films.rated();
    // Only the films that the groups were found among say what a group is like.
    let members: Vec<Vec<u32>> = (0..assignment.groups)
        .map(|group| {
            let known = 0..model.len().min(BEST_KNOWN) as u32;
            known.filter(|&row| group_of(row) == Some(group)).collect()
        })
        .collect();
    let genre_names = |row: u32| -> Vec<String> {
        films
            .genres(row)
            .map(|genre| model.header().genres[genre].clone())
            .collect()
    };
    // A person gives a film a tag once: a tag that no film has twice is somebody's private list.
    let agreed: BTreeSet<&str> = catalogue
        .items()
        .iter()
        .flat_map(|item| &item.tags)
        .filter(|(_, given)| *given > 1)
        .map(|(tag, _)| tag.as_str())
        .collect();
    let tag_names = |row: u32| -> Vec<String> {
        let tags = catalogue.get(model.item(row).id).map(|item| &item.tags);
        tags.into_iter()
            .flatten()
            .map(|(tag, _)| tag.clone())
            .filter(|tag| agreed.contains(tag.as_str()))
            .collect()
    };
    // What a group is known for names it: the best-known films count for more.
    let root = |row: u32| f64::from(model.item(row).popularity).sqrt();
    let known = members.iter().flatten();
    let mean = known.clone().map(|&row| root(row)).sum::<f64>() / known.count().max(1) as f64;
    let fame = |row: u32| root(row) / mean.max(f64::MIN_POSITIVE);
    let genres = distinctive(&members, fame, genre_names, 1, GENRE_SHARE, GENRES);
    let tags = distinctive(&members, fame, tag_names, TAG_FILMS, 0.0, TAGS);

    let decade = |row: u32| {
        model
            .item(row)
            .year
            .map(|year| format!("{}s", year / 10 * 10))
    };
    let decades = distinctive(
        &members,
        fame,
        |row| decade(row).into_iter().collect(),
        1,
        GENRE_SHARE,
        1,
    );

    let mut groups: Vec<Group> = members
        .iter()
        .zip(genres)
        .zip(tags)
        .zip(decades)
        .enumerate()
        .map(|(group, (((members, genres), tags), decades))| {
            let known = known_for(model, members, assignment);
            let mut years: Vec<u16> = members
                .iter()
                .filter_map(|&row| model.item(row).year)
                .collect();
            years.sort_unstable();
            Group {
                name: named(&genres, decades.first(), &known),
                genres,
                tags,
                films: rated
                    .iter()
                    .filter(|&&row| group_of(row) == Some(group))
                    .count(),
                ratings: ratings[group].0,
                mean: ratings[group].1.value(),
                year: years.get(years.len() / 2).copied(),
                known_for: known,
            }
        })
        .collect();
    tell_apart(&mut groups);
    groups
}

/// The best known of a group's typical films.
fn known_for(model: &Model, members: &[u32], assignment: &Assignment) -> Vec<KnownFilm> {
    let fame = |row: u32| {
        let typical = assignment.of_row[row as usize].map_or(0.0, |(_, cosine)| cosine.max(0.0));
        f64::from(model.item(row).popularity) * typical * typical
    };
    let mut best = members.to_vec();
    best.sort_by(|&a, &b| fame(b).total_cmp(&fame(a)).then(a.cmp(&b)));
    let film = |&row: &u32| {
        let item = model.item(row);
        KnownFilm {
            id: item.id.to_owned(),
            title: item.title.to_owned(),
            year: item.year,
        }
    };
    best.iter().take(FILMS).map(film).collect()
}

/// For each group, the names that its films bear more often than all others', each film counted by its `weight` (1 on
/// average), the most distinctive first: by the
/// z-score of the log odds with an informative prior (Monroe, Colaresi and Quinn, "Fightin' Words", 2008).
fn distinctive(
    members: &[Vec<u32>],
    weight: impl Fn(u32) -> f64,
    names: impl Fn(u32) -> Vec<String>,
    films_at_least: usize,
    share_at_least: f64,
    most: usize,
) -> Vec<Vec<String>> {
    let mut counts: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    let mut films: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (group, rows) in members.iter().enumerate() {
        for &row in rows {
            for name in names(row) {
                films
                    .entry(name.clone())
                    .or_insert_with(|| vec![0; members.len()])[group] += 1;
                counts
                    .entry(name)
                    .or_insert_with(|| vec![0.0; members.len()])[group] += weight(row);
            }
        }
    }
    let sizes: Vec<f64> = members
        .iter()
        .map(|rows| rows.iter().map(|&row| weight(row)).sum())
        .collect();
    let all: f64 = sizes.iter().sum();
    let of_group = |group: usize| {
        let mut scored: Vec<(f64, &String)> = counts
            .iter()
            .filter_map(|(name, counts)| {
                let total: f64 = counts.iter().sum();
                let (here, size) = (counts[group], sizes[group]);
                if films[name][group] < films_at_least || here < share_at_least * size {
                    return None;
                }
                // A prior of ten films in which the name is as frequent as everywhere.
                let prior = 10.0 * total / all;
                let odds = |n: f64, of: f64| ((n + prior) / (of + 10.0 - n - prior).max(0.5)).ln();
                let (there, rest) = (total - here, all - size);
                let deviation = (1.0 / (here + prior) + 1.0 / (there + prior)).sqrt();
                Some(((odds(here, size) - odds(there, rest)) / deviation, name))
            })
            .filter(|(z, _)| *z >= DISTINCT)
            .collect();
        scored.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
        scored
            .into_iter()
            .take(most)
            .map(|(_, name)| name.clone())
            .collect()
    };
    (0..members.len()).map(of_group).collect()
}

fn named(genres: &[String], decade: Option<&String>, known: &[KnownFilm]) -> String {
    let around = || known.first().map(|film| format!("around {}", film.title));
    let genres = match genres {
        [] => None,
        [one] => Some(one.clone()),
        [one, two, ..] => Some(format!("{one} and {two}")),
    };
    let parts = match (genres, decade) {
        (Some(genres), decade) => [Some(genres), decade.cloned()],
        (None, Some(decade)) => [Some(format!("The {decade}")), around()],
        (None, None) => [Some("A mix".to_owned()), around()],
    };
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Gives groups of one name the films they are known for, too.
fn tell_apart(groups: &mut [Group]) {
    let names: Vec<String> = groups.iter().map(|group| group.name.clone()).collect();
    for group in groups.iter_mut() {
        if names.iter().filter(|name| **name == group.name).count() > 1
            && let Some(film) = group.known_for.first()
        {
            group.name = format!("{}, around {}", group.name, film.title);
        }
    }
}
