//! What the visitor typed, and how each word of it agrees with each word of the catalogue.

use std::ops::Range;

use super::distance::{MAX_CHARS, Pattern};
use super::fold::{FoldedWords, is_article};
use super::vocabulary::{Shape, Vocabulary};

/// Words of a query that are looked at; the rest is ignored.
pub(super) const MAX_WORDS: usize = 15;

/// How well a word of the query agrees with a word of a title; larger is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(super) enum Quality {
    /// Not at all.
    None,
    /// Two typing errors.
    TwoErrors,
    /// One typing error, in a beginning of the title's word.
    OneErrorBeginning,
    /// One typing error, or the year before or after.
    OneError,
    /// A beginning of the title's word, though the query goes on.
    Stem,
    /// A beginning of the title's word, being typed.
    Beginning,
    /// The same number, written otherwise.
    Number,
    /// The same.
    Same,
}

impl Quality {
    const ALL: [Quality; 8] = [
        Quality::None,
        Quality::TwoErrors,
        Quality::OneErrorBeginning,
        Quality::OneError,
        Quality::Stem,
        Quality::Beginning,
        Quality::Number,
        Quality::Same,
    ];

    /// Whether it takes a typing error to believe in it.
    pub(super) fn is_error(self) -> bool {
        (Quality::TwoErrors..=Quality::OneError).contains(&self)
    }
}

/// How one word of the catalogue agrees with every word of a query, and which of the query's forms it may open.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Agreement(u64);

impl Agreement {
    const FORMS: u32 = 60;

    pub(super) fn with(&self, word: usize) -> Quality {
        Quality::ALL[(self.0 >> (4 * word)) as usize & 7]
    }

    pub(super) fn opens(&self, form: usize) -> bool {
        self.0 >> (Self::FORMS as usize + form) & 1 == 1
    }

    /// Whether a title whose words agree like this, taken together, is out: a required word agrees with none of them,
    /// and none opens a form.
    pub(super) fn rules_out(self, required: Agreement) -> bool {
        let any = self.0 | self.0 >> 1 | self.0 >> 2;
        self.0 >> Self::FORMS == 0 && required.0 & !any != 0
    }

    pub(super) fn union(self, other: Agreement) -> Agreement {
        Agreement(self.0 | other.0)
    }

    fn set(&mut self, word: usize, quality: Quality) {
        let quality = quality.max(self.with(word));
        self.0 = self.0 & !(15 << (4 * word)) | (quality as u64) << (4 * word);
    }

    fn set_opens(&mut self, form: usize) {
        self.0 |= 1 << (Self::FORMS as usize + form);
    }
}

/// A query, read.
#[derive(Debug)]
pub(super) struct Query {
    folded: FoldedWords,
    words: Vec<Word>,
    forms: Vec<Form>,
    required: Agreement,
    letters: u32,
    errors: u8,
}

#[derive(Debug)]
struct Word {
    text: String,
    /// Number of its characters.
    chars: usize,
    pattern: Pattern,
    shape: Shape,
    errors: u8,
    is_last: bool,
    is_optional: bool,
    year: Option<Year>,
}

/// A run of words that is looked for as it stands: the query itself, and the query without an article before it or
/// a year after it.
#[derive(Debug)]
pub(super) struct Form {
    /// The words of the query it holds.
    pub(super) words: Range<usize>,
    bytes: Range<usize>,
    letters: u32,
}

#[derive(Debug, Clone, Copy)]
enum Year {
    /// Four digits, and how far off they may be.
    Whole(u16, u16),
    /// The last two digits.
    Short(u16),
    /// The first one to three digits; the divisor that leaves them.
    Opening(u16, u16),
    /// Two digits that may be either.
    ShortOrOpening(u16),
}

impl Query {
    /// Reads what was typed; `None` when it has no word.
    pub(super) fn new(typed: &str) -> Option<Query> {
        let folded = FoldedWords::new(typed);
        let count = folded.len().min(MAX_WORDS);
        let last = count.checked_sub(1)?;
        let is_optional = |word: &str| word == "and" || is_article(word);
        let all_optional = folded.words().all(is_optional);
        let words: Vec<Word> = (0..count)
            .zip(folded.words())
            .map(|(index, text)| {
                let chars = text.chars().count();
                let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
                Word {
                    shape: Shape::of(text),
                    errors: match chars {
                        _ if is_number => 0,
                        0..=3 => 0,
                        4..=7 => 1,
                        8..=MAX_CHARS => 2,
                        _ => 0,
                    },
                    year: Year::read(text, index == last, last == 0),
                    is_last: index == last,
                    is_optional: !all_optional && is_optional(text),
                    pattern: Pattern::new(text),
                    text: text.to_owned(),
                    chars,
                }
            })
            .collect();

        let mut required = Agreement::default();
        let mut letters = 0;
        let mut errors = 0;
        for (index, word) in words.iter().enumerate() {
            if !word.is_optional && word.year.is_none() {
                required.0 |= 1 << (4 * index);
                if numerals(&word.text).is_empty() {
                    letters |= word.shape.letters;
                    errors += word.errors;
                }
            }
        }
        let drops_article = last > 0 && words[0].is_optional;
        let drops_year = last > 0 && words[last].year.is_some();
        let mut forms = Vec::new();
        for first in 0..=usize::from(drops_article) {
            for end in (count - usize::from(drops_year)..=count).rev() {
                if first < end {
                    let bytes = folded.start(first)..folded.start(end);
                    forms.push(Form {
                        words: first..end,
                        letters: Shape::of(&folded.text()[bytes.clone()]).letters,
                        bytes,
                    });
                }
            }
        }
        Some(Query {
            folded,
            words,
            forms,
            required,
            letters,
            errors,
        })
    }

    /// Number of words.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    pub(super) fn forms(&self) -> &[Form] {
        &self.forms
    }

    /// The words of `form` without anything between them.
    pub(super) fn joined(&self, form: &Form) -> &str {
        &self.folded.text()[form.bytes.clone()]
    }

    /// Whether a title may lack this word: an article, or "and".
    pub(super) fn is_optional(&self, word: usize) -> bool {
        self.words[word].is_optional
    }

    /// A quick test: whether a title with these letters can answer.
    pub(super) fn may_answer(&self, letters: u32) -> bool {
        has_at_most(self.letters & !letters, self.errors)
    }

    /// The words that some word of a title must agree with.
    pub(super) fn required(&self) -> Agreement {
        self.required
    }

    /// How a word of the query agrees with the year of a film.
    pub(super) fn agreement_with_year(&self, word: usize, year: Option<u16>) -> Quality {
        match (self.words[word].year, year) {
            (Some(asked), Some(year)) => asked.agreement(year),
            _ => Quality::None,
        }
    }

    /// The qualities with which a word of the query may be found, given the agreements of all words there are.
    pub(super) fn qualities(
        &self,
        word: usize,
        agreements: &[Agreement],
    ) -> impl Iterator<Item = Quality> {
        let mut found = 0_u8;
        for agreement in agreements {
            found |= 1 << agreement.with(word) as u8;
        }
        if self.words[word].year.is_some() {
            found |= [Quality::Same, Quality::OneError, Quality::Beginning]
                .into_iter()
                .fold(0, |set, quality| set | 1 << quality as u8);
        }
        let is_optional = self.is_optional(word);
        Quality::ALL
            .into_iter()
            .filter(move |&quality| match quality {
                Quality::None => is_optional,
                _ => found >> quality as u8 & 1 == 1,
            })
    }

    /// The agreement of every word of the vocabulary, in order of their numbers.
    pub(super) fn agreements(&self, vocabulary: &Vocabulary) -> Vec<Agreement> {
        let mut agreements = vec![Agreement::default(); vocabulary.len()];
        for ((number, shape), agreement) in (0..).zip(vocabulary.shapes()).zip(&mut agreements) {
            let text = || vocabulary.get(number);
            for (index, word) in self.words.iter().enumerate() {
                let quality = word.agreement(shape, text);
                if quality != Quality::None {
                    agreement.set(index, quality);
                }
            }
            for (index, form) in self.forms.iter().enumerate() {
                if shape.letters & !form.letters == 0 && self.may_open(form, text()) {
                    agreement.set_opens(index);
                }
            }
        }
        for (index, word) in self.words.iter().enumerate() {
            let ways = numerals(&word.text).iter();
            for number in ways.filter_map(|text| vocabulary.find(text)) {
                agreements[number as usize].set(index, Quality::Number);
            }
        }
        agreements
    }

    /// Whether a title may have this form from the word `text` on, joined or split otherwise. A single word that is the
    /// whole form is neither.
    fn may_open(&self, form: &Form, text: &str) -> bool {
        let joined = self.joined(form);
        joined.starts_with(text) && !(form.words.len() == 1 && joined == text)
    }
}

impl Word {
    /// How it agrees with a word of this shape. Most shapes answer alone; only for the rest is the text looked at.
    fn agreement<'v>(&self, shape: Shape, text: impl Fn() -> &'v str) -> Quality {
        if self.shape.letters & !shape.letters == 0
            && let Some(rest) = text().strip_prefix(self.text.as_str())
        {
            return match (rest.is_empty(), self.is_last) {
                (true, _) => Quality::Same,
                (false, true) => Quality::Beginning,
                (false, false) if self.chars >= 3 => Quality::Stem,
                _ => Quality::None,
            };
        }
        if !self.may_have_errors(shape) {
            return Quality::None;
        }
        let (whole, beginning) = self.pattern.distances(text(), self.errors);
        match (whole, beginning) {
            (1, _) => Quality::OneError,
            (_, 1) if self.is_last => Quality::OneErrorBeginning,
            (2, _) if self.errors == 2 => Quality::TwoErrors,
            (_, 2) if self.errors == 2 && self.is_last => Quality::TwoErrors,
            _ => Quality::None,
        }
    }

    /// Each error puts at most one letter into a word, takes at most one out of it and changes its length by at most 1.
    fn may_have_errors(&self, shape: Shape) -> bool {
        let errors = self.errors;
        errors > 0
            && shape.chars.saturating_add(errors) >= self.shape.chars
            && has_at_most(self.shape.letters & !shape.letters, errors)
            && (self.is_last
                || self.shape.chars.saturating_add(errors) >= shape.chars
                    && has_at_most(shape.letters & !self.shape.letters, errors))
    }
}

/// Whether at most `count` bits of `bits` are set.
fn has_at_most(mut bits: u32, count: u8) -> bool {
    for _ in 0..count {
        bits &= bits.wrapping_sub(1);
    }
    bits == 0
}

impl Year {
    /// A number that is all of the query is a year only when it is complete, and then exactly that year.
    fn read(word: &str, is_last: bool, is_alone: bool) -> Option<Year> {
        if word.len() > 4 || !word.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let number = word.parse().ok()?;
        match (word.len(), is_last && !is_alone) {
            (4, _) => Some(Year::Whole(number, if is_alone { 0 } else { 1 })),
            (3, true) => Some(Year::Opening(number, 10)),
            (2, true) => Some(Year::ShortOrOpening(number)),
            (2, false) => Some(Year::Short(number)),
            (1, true) => Some(Year::Opening(number, 1000)),
            _ => None,
        }
    }

    fn agreement(self, year: u16) -> Quality {
        match self {
            Year::Whole(asked, _) if asked == year => Quality::Same,
            Year::Whole(asked, tolerance) if asked.abs_diff(year) <= tolerance => Quality::OneError,
            Year::Short(asked) | Year::ShortOrOpening(asked) if year % 100 == asked => {
                Quality::Same
            }
            Year::ShortOrOpening(asked) if year / 100 == asked => Quality::Beginning,
            Year::Opening(asked, divisor) if year / divisor == asked => Quality::Beginning,
            _ => Quality::None,
        }
    }
}

/// The other ways to write a small number.
fn numerals(word: &str) -> &'static [&'static str] {
    const NUMERALS: [[&str; 3]; 13] = [
        ["1", "i", "one"],
        ["2", "ii", "two"],
        ["3", "iii", "three"],
        ["4", "iv", "four"],
        ["5", "v", "five"],
        ["6", "vi", "six"],
        ["7", "vii", "seven"],
        ["8", "viii", "eight"],
        ["9", "ix", "nine"],
        ["10", "x", "ten"],
        ["11", "xi", "eleven"],
        ["12", "xii", "twelve"],
        ["13", "xiii", "thirteen"],
    ];
    NUMERALS
        .iter()
        .find(|ways| ways.contains(&word))
        .map_or(&[], |ways| ways.as_slice())
}
