//! How well one title answers a query.

use super::query::{Agreement, MAX_WORDS, Quality, Query};
use super::vocabulary::Vocabulary;

/// One title of a film, ready to be scored.
pub(super) struct Title<'a> {
    /// Its words, an article first where it has one.
    pub(super) words: &'a [u32],
    /// Its words written with signs inside, joined.
    pub(super) compounds: &'a [u32],
    /// Number of leading articles, 0 or 1.
    pub(super) articles: usize,
    pub(super) year: Option<u16>,
    /// Whether the film is better known by another.
    pub(super) is_alternative: bool,
}

/// Penalties are counted in eighths of a doubling of the popularity rank: a title with the words inside must be
/// 8 times as popular as one that begins with them to come before it.
const DOUBLING: u32 = 8;
const INSIDE: u32 = 3 * DOUBLING;
const FIRST_WORD_AT_START: u32 = 2 * DOUBLING;
const SCATTERED: u32 = 5 * DOUBLING;
const WRITTEN_JOINED: u32 = 3 * DOUBLING;
const MISSING_ARTICLE: u32 = 8 * DOUBLING;
const ALTERNATIVE: u32 = DOUBLING;
const NOT_WHOLE: u32 = 8 * DOUBLING;

fn penalty(quality: Quality) -> u32 {
    match quality {
        Quality::Same => 0,
        Quality::Beginning => DOUBLING / 2,
        Quality::Number | Quality::OneError => DOUBLING,
        Quality::Stem | Quality::OneErrorBeginning => 2 * DOUBLING,
        Quality::TwoErrors => 4 * DOUBLING,
        Quality::None => MISSING_ARTICLE,
    }
}

/// Whether it took a typing error to find the title, then how badly it answers; smaller is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Score(bool, u32);

impl Score {
    /// What no title scores better than, given the agreements of all words there are; popularity comes on top. `None` where
    /// no title can answer.
    pub(super) fn floor(query: &Query, agreements: &[Agreement]) -> Option<Score> {
        let mut by_words = Some(Score(false, NOT_WHOLE));
        let mut may_be_whole = true;
        for word in 0..query.len() {
            let qualities = || query.qualities(word, agreements);
            may_be_whole &= qualities().any(|quality| quality >= Quality::Number);
            let each = qualities().map(|quality| Score(quality.is_error(), penalty(quality)));
            by_words = by_words
                .zip(each.min())
                .map(|(all, word)| Score(all.0 | word.0, all.1 + word.1));
        }
        if may_be_whole {
            // Then each word is found as it stands, or as a number.
            by_words = Some(Score(false, 0));
        }
        let opens = |form| agreements.iter().any(|agreement| agreement.opens(form));
        let joined = (0..query.forms().len())
            .any(opens)
            .then_some(Score(false, WRITTEN_JOINED));
        by_words.into_iter().chain(joined).min()
    }

    /// Adds popularity, row 0 being the most popular.
    pub(super) fn with_popularity(self, row: u32) -> Score {
        Score(self.0, self.1 + log2_eighths(row + 1))
    }
}

/// Eight times the binary logarithm, straight between powers of two; integers, so that it is the same everywhere.
fn log2_eighths(x: u32) -> u32 {
    let whole = x.ilog2();
    let eighths = (u64::from(x) << 3 >> whole) as u32 & 7;
    whole * DOUBLING + eighths
}

/// Scores a title; `None` when it does not answer the query.
pub(super) fn score(
    query: &Query,
    title: &Title<'_>,
    agreements: &[Agreement],
    vocabulary: &Vocabulary,
) -> Option<Score> {
    let found = || {
        let all = title.words.iter().chain(title.compounds);
        all.map(|&word| agreements[word as usize])
    };
    if found()
        .fold(Agreement::default(), Agreement::union)
        .rules_out(query.required())
    {
        return None;
    }
    let mut best = [Quality::None; MAX_WORDS];
    for agreement in found() {
        for (word, best) in best[..query.len()].iter_mut().enumerate() {
            *best = (*best).max(agreement.with(word));
        }
    }
    for (word, best) in best[..query.len()].iter_mut().enumerate() {
        *best = (*best).max(query.agreement_with_year(word, title.year));
    }
    let best = &best[..query.len()];
    let matches = |word: usize| best[word] != Quality::None;

    let by_words = (0..best.len())
        .all(|word| matches(word) || query.is_optional(word))
        .then(|| by_words(query, title, agreements, best));
    let joined = joined(query, title, agreements, vocabulary, best);
    let Score(has_error, penalty) = by_words.into_iter().chain(joined).min()?;
    Some(Score(
        has_error,
        penalty + if title.is_alternative { ALTERNATIVE } else { 0 },
    ))
}

/// Scores a title that has every word of the query.
fn by_words(query: &Query, title: &Title<'_>, agreements: &[Agreement], best: &[Quality]) -> Score {
    let at = |position: usize, word: usize| agreements[title.words[position] as usize].with(word);
    let mut is_whole = false;
    let mut place = SCATTERED;
    for (position, form) in
        (0..title.words.len()).flat_map(|p| query.forms().iter().map(move |f| (p, f)))
    {
        let run = position..position + form.words.len();
        if run.end > title.words.len() {
            continue;
        }
        let agrees = |least| {
            run.clone()
                .zip(form.words.clone())
                .all(|(position, word)| at(position, word) >= least)
        };
        if !agrees(Quality::TwoErrors) {
            continue;
        }
        let is_start = position <= title.articles;
        place = place.min(if is_start { 0 } else { INSIDE });
        is_whole |= is_start
            && run.end == title.words.len()
            && agrees(Quality::Number)
            && best.iter().all(|&quality| quality >= Quality::Number);
    }
    let first = (0..best.len())
        .find(|&word| !query.is_optional(word))
        .unwrap_or(0);
    if title.words.len() > title.articles && at(title.articles, first) != Quality::None {
        place = place.min(FIRST_WORD_AT_START);
    }
    let has_error = best.iter().any(|quality| quality.is_error());
    let words: u32 = best.iter().copied().map(penalty).sum();
    Score(
        has_error,
        place + words + if is_whole { 0 } else { NOT_WHOLE },
    )
}

/// Scores a title that has the query's letters with the words joined or split otherwise: "ironman", "bat man".
fn joined(
    query: &Query,
    title: &Title<'_>,
    agreements: &[Agreement],
    vocabulary: &Vocabulary,
    best: &[Quality],
) -> Option<Score> {
    let mut least: Option<Score> = None;
    for (position, &word) in title.words.iter().enumerate() {
        for (index, form) in query.forms().iter().enumerate() {
            let left_out = (0..best.len()).filter(|word| !form.words.contains(word));
            let fits = agreements[word as usize].opens(index)
                && left_out
                    .clone()
                    .all(|word| best[word] != Quality::None || query.is_optional(word));
            let Some(end) = fits
                .then(|| {
                    end_of_run(
                        query.joined(form),
                        form.words.len(),
                        &title.words[position..],
                        vocabulary,
                    )
                })
                .flatten()
            else {
                continue;
            };
            let is_start = position <= title.articles;
            let is_whole = is_start
                && end == Some(title.words.len() - position)
                && left_out.clone().all(|word| best[word] == Quality::Same);
            let place = if is_start { 0 } else { INSIDE };
            let rest: u32 = left_out.map(|word| penalty(best[word])).sum();
            let part = if is_whole { 0 } else { NOT_WHOLE };
            let score = Score(false, WRITTEN_JOINED + place + rest + part);
            least = Some(least.map_or(score, |least| least.min(score)));
        }
    }
    least
}

/// Whether `joined` is what `words` begin with when nothing stands between them: how many of them it is, or
/// `Some(None)` when it ends within one. Several words may not end within one: "the re" is not "There".
fn end_of_run(
    joined: &str,
    joined_words: usize,
    words: &[u32],
    vocabulary: &Vocabulary,
) -> Option<Option<usize>> {
    let mut rest = joined;
    for (index, &word) in words.iter().enumerate() {
        let word = vocabulary.get(word);
        match rest.strip_prefix(word) {
            Some("") => return Some(Some(index + 1)),
            Some(after) => rest = after,
            None => return (joined_words == 1 && word.starts_with(rest)).then_some(None),
        }
    }
    None
}
