//! The distinct words of all titles.

use hashbrown::{DefaultHashBuilder, HashTable};
use std::hash::BuildHasher;

/// Distinct folded words, numbered in the order they were first seen.
#[derive(Debug, Clone, Default)]
pub(super) struct Vocabulary {
    text: String,
    words: Vec<Word>,
    numbers: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

#[derive(Debug, Clone, Copy)]
struct Word {
    end: u32,
    shape: Shape,
}

/// What says quickly that two words are too many edits apart.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shape {
    /// Set of its letters, hashed into 32 bits.
    pub(super) letters: u32,
    /// Number of its characters, 255 for more.
    pub(super) chars: u8,
}

impl Shape {
    pub(super) fn of(word: &str) -> Shape {
        Shape {
            letters: word.chars().fold(0, |set, c| set | 1 << (c as u32 % 32)),
            chars: word.chars().count().try_into().unwrap_or(u8::MAX),
        }
    }
}

impl Vocabulary {
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// The number of `word`, which is added when it is new.
    pub(super) fn number(&mut self, word: &str) -> u32 {
        let Vocabulary {
            text,
            words,
            numbers,
            hasher,
        } = self;
        let get = |number: u32| slice(text, words, number as usize);
        let hash = hasher.hash_one(word);
        if let Some(&number) = numbers.find(hash, |&number| get(number) == word) {
            return number;
        }
        let number = words.len() as u32;
        numbers.insert_unique(hash, number, |&number| hasher.hash_one(get(number)));
        text.push_str(word);
        words.push(Word {
            end: text.len() as u32,
            shape: Shape::of(word),
        });
        number
    }

    pub(super) fn get(&self, number: u32) -> &str {
        slice(&self.text, &self.words, number as usize)
    }

    /// The number of `word`, if it is known.
    pub(super) fn find(&self, word: &str) -> Option<u32> {
        let same = |&number: &u32| self.get(number) == word;
        self.numbers.find(self.hasher.hash_one(word), same).copied()
    }

    /// The shape of every word, in order of their numbers.
    pub(super) fn shapes(&self) -> impl Iterator<Item = Shape> {
        self.words.iter().map(|word| word.shape)
    }
}

fn slice<'a>(text: &'a str, words: &[Word], index: usize) -> &'a str {
    let start = index
        .checked_sub(1)
        .map_or(0, |before| words[before].end as usize);
    &text[start..words[index].end as usize]
}
