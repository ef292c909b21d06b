//! What the home page shows: rows of films, each for a reason, no film twice.

use matinee_engine::{ListOptions, Profile, Scored, StarProfile, explain, list};
use matinee_format::Model;

use super::Visitor;

/// Films in a row.
pub(super) const ROW: usize = 18;
/// Films from which rows led by one rating are drawn.
const CANDIDATES: usize = 240;
/// Most rows led by one rating.
const LED_ROWS: usize = 3;
/// Fewest films that make such a row.
pub(super) const LED_LEAST: usize = 5;
/// A rating leads to a film when it contributes most, and at least this part of all that speaks for it.
const LEAD: f64 = 0.3;

/// The rows of the home page, in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Programme {
    /// The best of everything.
    pub top: Row,
    /// Rows that one rating led to.
    pub led: Vec<Leader>,
    /// Good, and little known.
    pub gems: Row,
    /// Worth rating next.
    pub ask: Row,
}

/// Rows of the model, best first.
pub(crate) type Row = Vec<u32>;

/// A row that one rating led to.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Leader {
    /// The rated film.
    pub by: u32,
    /// The films.
    pub row: Row,
}

impl Programme {
    /// The first row, which the others follow.
    pub(crate) fn opening(
        model: &Model,
        profile: &Profile,
        stars: Option<&StarProfile>,
        hidden: impl Fn(u32) -> bool,
    ) -> Self {
        let options = ListOptions::of(model);
        let best = list(model, profile, stars, CANDIDATES, &options, hidden);
        Self {
            top: first(&best),
            ..Self::default()
        }
    }

    /// Puts the rows together. `loved` says of a rated film whether it may lead a row; films for which `hidden` holds
    /// appear nowhere.
    pub(crate) fn new(
        visitor: Visitor<'_>,
        loved: impl Fn(u32) -> bool,
        hidden: impl Fn(u32) -> bool,
    ) -> Self {
        let options = ListOptions::of(visitor.model);
        let programme = Self::arranged(visitor, &options, loved, &hidden);
        let used: Row = programme.films().collect();
        let ask = visitor
            .interview()
            .batch(visitor.model, ROW, |row| hidden(row) || used.contains(&row));
        Self {
            ask: ask.iter().map(|question| question.row).collect(),
            ..programme
        }
    }

    /// Likewise, put together as `options` say, and without films to ask about.
    pub(crate) fn arranged(
        visitor: Visitor<'_>,
        options: &ListOptions,
        loved: impl Fn(u32) -> bool,
        hidden: impl Fn(u32) -> bool,
    ) -> Self {
        let Visitor {
            model,
            profile,
            stars,
            ..
        } = visitor;
        let best = list(model, profile, stars, CANDIDATES, options, &hidden);
        let programme = Self {
            top: first(&best),
            led: led(model, profile, best.get(ROW..).unwrap_or_default(), loved),
            ..Self::default()
        };
        let used: Row = programme.films().collect();
        // Popularity falls steeply: past this row, few people have heard of a film.
        let known = (model.len() / 5) as u32;
        let gems = list(model, profile, stars, ROW, options, |row| {
            row < known || hidden(row) || used.contains(&row)
        });
        Self {
            gems: gems.iter().map(|film| film.row).collect(),
            ..programme
        }
    }

    /// Every film on it.
    pub(crate) fn films(&self) -> impl Iterator<Item = u32> + '_ {
        let led = self.led.iter().flat_map(|leader| &leader.row);
        let rows = self.top.iter().chain(led).chain(&self.gems);
        rows.chain(&self.ask).copied()
    }
}

fn first(best: &[Scored]) -> Row {
    best.iter().take(ROW).map(|film| film.row).collect()
}

/// Groups films by the rating that truly led to them, the largest groups first.
fn led(
    model: &Model,
    profile: &Profile,
    films: &[Scored],
    loved: impl Fn(u32) -> bool,
) -> Vec<Leader> {
    let mut leaders: Vec<Leader> = Vec::new();
    for film in films {
        let explanation = explain(model, profile, film.row);
        let in_favour: f64 = explanation
            .contributions
            .iter()
            .map(|c| c.amount.max(0.0))
            .sum::<f64>()
            + explanation.bias.max(0.0);
        let Some(first) = explanation.contributions.iter().find(|c| c.amount > 0.0) else {
            continue;
        };
        if first.amount < LEAD * in_favour || !loved(first.row) {
            continue;
        }
        match leaders.iter_mut().find(|leader| leader.by == first.row) {
            Some(leader) => leader.row.push(film.row),
            None => leaders.push(Leader {
                by: first.row,
                row: vec![film.row],
            }),
        }
    }
    leaders.retain(|leader| leader.row.len() >= LED_LEAST);
    let mut longest: Vec<Leader> = Vec::with_capacity(leaders.len());
    for leader in leaders {
        // They are few: to sort them all would take kilobytes of code.
        let place = longest.partition_point(|other| other.row.len() >= leader.row.len());
        longest.insert(place, leader);
    }
    longest.truncate(LED_ROWS);
    for leader in &mut longest {
        leader.row.truncate(ROW);
    }
    longest
}
