//! Films whose share of the ratings rose or fell, corrected for small samples.

use serde::Serialize;

use super::films::Films;
use super::rounded;
use super::time::day;

/// The part of the dated ratings that makes the recent period, and that of the period before it.
const RECENT: f64 = 0.2;
const EARLIER: f64 = 0.4;
/// Films listed on each side.
const LISTED: usize = 10;
/// Films with fewer ratings in both periods do not say how much films differ: their logarithms are not normal.
const KNOWN: usize = 30;
/// Half the width of a 90% interval, in standard deviations.
const NINETY: f64 = 1.645;

/// Films on their way up and down.
///
/// A film's share of the ratings in a recent period is held against its share in the one before, among films released
/// in an earlier year than both: a new film rises from nothing, which says nothing. The logarithm of their ratio is noisy where counts are small, so it is shrunk towards the mean
/// of all films by an empirical-Bayes normal model: its variance is `1/(a + 1/2) + 1/(b + 1/2)` for counts `a` and
/// `b`, and that between films is estimated from those with enough ratings by DerSimonian and Laird's method of moments (1986).
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Movers {
    /// The first day of the earlier period.
    pub from: String,
    /// The first day of the recent period, which ends with the data.
    pub since: String,
    /// Ratings in the earlier period, of the films that were compared.
    pub before: usize,
    /// Ratings in the recent one.
    pub after: usize,
    /// Films that were compared.
    pub films: usize,
    /// What rose most, of what rose beyond doubt: the interval leaves out 1.
    pub rising: Vec<Mover>,
    /// What fell most, likewise.
    pub falling: Vec<Mover>,
}

/// A film whose share changed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Mover {
    /// The catalogue's id.
    pub id: String,
    /// Title, for people.
    pub title: String,
    /// Year of release, where known.
    pub year: Option<u16>,
    /// Ratings in the earlier period.
    pub before: usize,
    /// Ratings in the recent one.
    pub after: usize,
    /// The recent share over the earlier one, shrunk.
    pub ratio: f64,
    /// Lower end of its 90% interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// Effects and variances of the same quantity in several samples.
struct Shrinkage {
    mean: f64,
    between: f64,
}

pub(super) fn movers(films: &Films<'_>) -> Movers {
    let mut times: Vec<i64> = films
        .events
        .iter()
        .map(|e| e.timestamp)
        .filter(|&t| day(t).is_some())
        .collect();
    times.sort_unstable();
    let period = |last: f64| {
        let at = (times.len() as f64 * (1.0 - last)) as usize;
        times.get(at).copied().and_then(day)
    };
    let (Some(from), Some(since)) = (period(RECENT + EARLIER), period(RECENT)) else {
        return Movers::default();
    };

    let mut counts = vec![(0_usize, 0_usize); films.model.len()];
    for event in &films.events {
        let count = &mut counts[event.row as usize];
        match day(event.timestamp) {
            Some(day) if day >= since => count.1 += 1,
            Some(day) if day >= from => count.0 += 1,
            _ => {}
        }
    }
    let there_before = |row: u32, before: usize| match films.model.item(row).year {
        Some(year) => i32::from(year) < i32::from(from.year()),
        None => before > 0,
    };
    let compared: Vec<(u32, usize, usize)> = (0..)
        .zip(counts)
        .filter(|&(row, (before, after))| before + after > 0 && there_before(row, before))
        .map(|(row, (before, after))| (row, before, after))
        .collect();
    let before: usize = compared.iter().map(|film| film.1).sum();
    let after: usize = compared.iter().map(|film| film.2).sum();
    if before == 0 || after == 0 {
        return Movers {
            from: from.to_string(),
            since: since.to_string(),
            ..Movers::default()
        };
    }

    let overall = (after as f64 / before as f64).ln();
    let effects: Vec<(f64, f64)> = compared
        .iter()
        .map(|&(_, before, after)| {
            let (before, after) = (before as f64 + 0.5, after as f64 + 0.5);
            ((after / before).ln() - overall, 1.0 / before + 1.0 / after)
        })
        .collect();
    let known: Vec<(f64, f64)> = compared
        .iter()
        .zip(&effects)
        .filter(|((_, before, after), _)| before + after >= KNOWN)
        .map(|(_, &effect)| effect)
        .collect();
    let shrinkage = Shrinkage::of(&known);
    let mut moved: Vec<(f64, Mover)> = compared
        .iter()
        .zip(&effects)
        .map(|(&(row, before, after), &effect)| {
            let (mean, deviation) = shrinkage.apply(effect);
            let item = films.model.item(row);
            let mover = Mover {
                id: item.id.to_owned(),
                title: item.title.to_owned(),
                year: item.year,
                before,
                after,
                ratio: rounded(mean.exp()),
                low: rounded((mean - NINETY * deviation).exp()),
                high: rounded((mean + NINETY * deviation).exp()),
            };
            (mean, mover)
        })
        .collect();
    // Stable: of equal ones the better known comes first, as rows are in popularity order.
    moved.sort_by(|a, b| b.0.total_cmp(&a.0));
    let rising = moved.iter().filter(|(_, mover)| mover.low > 1.0);
    let falling = moved.iter().rev().filter(|(_, mover)| mover.high < 1.0);
    Movers {
        from: from.to_string(),
        since: since.to_string(),
        before,
        after,
        films: compared.len(),
        rising: rising
            .take(LISTED)
            .map(|(_, mover)| mover.clone())
            .collect(),
        falling: falling
            .take(LISTED)
            .map(|(_, mover)| mover.clone())
            .collect(),
    }
}

impl Shrinkage {
    fn of(effects: &[(f64, f64)]) -> Self {
        let sum = |value: &dyn Fn(&(f64, f64)) -> f64| effects.iter().map(value).sum::<f64>();
        let weights = sum(&|(_, variance)| 1.0 / variance);
        let mean = sum(&|(effect, variance)| effect / variance) / weights;
        let spread = sum(&|(effect, variance)| (effect - mean).powi(2) / variance);
        let squares = sum(&|(_, variance)| variance.powi(-2));
        let between = (spread - (effects.len() as f64 - 1.0)) / (weights - squares / weights);
        Self {
            // No film moves where none is known well enough.
            mean: if mean.is_finite() { mean } else { 0.0 },
            // One film has nothing to vary from.
            between: if between.is_finite() {
                between.max(0.0)
            } else {
                0.0
            },
        }
    }

    /// Posterior mean and standard deviation of one sample's effect.
    fn apply(&self, (effect, variance): (f64, f64)) -> (f64, f64) {
        let trust = self.between / (self.between + variance);
        let mean = self.mean + trust * (effect - self.mean);
        (mean, (trust * variance).sqrt())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_samples_are_shrunk_more_than_large_ones() {
        let effects = [(1.0, 0.01), (-1.0, 0.01), (1.0, 2.0), (0.0, 0.01)];
        let shrinkage = Shrinkage::of(&effects);
        let (sure, narrow) = shrinkage.apply(effects[0]);
        let (doubtful, wide) = shrinkage.apply(effects[2]);
        assert!(sure > 0.9 && doubtful < 0.5, "{sure} {doubtful}");
        assert!(narrow < wide);
    }

    #[test]
    fn without_differences_beyond_chance_nothing_moves() {
        let effects = [(0.1, 1.0), (-0.1, 1.0), (0.05, 1.0), (-0.05, 1.0)];
        let shrinkage = Shrinkage::of(&effects);
        assert_eq!(shrinkage.between, 0.0);
        assert!(shrinkage.apply((3.0, 1.0)).0.abs() < 1e-9);
    }
}
