//! Titles and queries as folded words: lower case, without diacritics and punctuation.

use std::ops::Range;

/// Articles that open titles in the languages a catalogue is most likely to hold. Words that are articles in one
/// language and open titles as something else in another ("I", "As", "In", "No", "O") are left out.
const ARTICLES: [&str; 27] = [
    "the", "a", "an", "l", "la", "le", "les", "un", "une", "una", "el", "los", "las", "il", "lo",
    "gli", "der", "die", "das", "ein", "eine", "de", "het", "den", "det", "en", "et",
];

/// Words that lose their vowel to an apostrophe: what follows is a word of its own ("d'Amélie").
const ELISIONS: [&str; 5] = ["l", "d", "qu", "dell", "nell"];

/// Base letters of U+00C0 to U+0233, a dot where there is none. A table of our own instead of a Unicode crate:
/// it is 628 bytes where the general one is a hundred times that, and a test holds it against that crate.
const LATIN: &[u8; 372] = b"\
aaaaaa.ceeeeiiiidnooooo.ouuuuy..aaaaaa.ceeeeiiiidnooooo.ouuuuy.y\
aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii..jjkkklllllll\
lllnnnnnnnnnoooooo..rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs\
................................oo.............uu...............\
.............aaiioouuuuuuuuuu.aaaa....ggkkoooo..j...gg..nnaa....\
aaaaeeeeiiiioooorrrruuuusstt..hh......aaeeooooooooyy";

/// Base letters of U+1E00 to U+1EFF.
const LATIN_ADDITIONAL: &[u8; 256] = b"\
aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm\
mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv\
wwwwwwwwwwxxxxyyzzzzzzhtwy.s....aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee\
eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy......";

/// Whether a folded word is an article.
pub(super) fn is_article(word: &str) -> bool {
    ARTICLES.contains(&word)
}

/// The folded words of a title, back to back: `text` without its word ends is the title without spaces.
#[derive(Debug, Default)]
pub(super) struct FoldedWords {
    text: String,
    ends: Vec<usize>,
    compounds: Vec<Range<usize>>,
}

impl FoldedWords {
    pub(super) fn new(title: &str) -> FoldedWords {
        let mut folded = FoldedWords::default();
        folded.read(title);
        folded
    }

    /// Replaces what is held by the words of `title`, keeping the allocations.
    pub(super) fn read(&mut self, title: &str) {
        self.text.clear();
        self.ends.clear();
        self.compounds.clear();
        let (title, article) = split_trailing_article(title);
        for chunk in article.into_iter().chain(title.split_whitespace()) {
            self.push_chunk(chunk);
        }
        if self.ends.is_empty() {
            // A title of nothing but signs ("$") is still a title.
            self.text.extend(title.split_whitespace());
            self.end_word(0);
        }
    }

    /// All words without anything between them.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Where in [`text`](FoldedWords::text) word number `index` begins; the end of the text for the last index plus one.
    pub(super) fn start(&self, index: usize) -> usize {
        index.checked_sub(1).map_or(0, |before| self.ends[before])
    }

    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|index| &self.text[self.start(index)..self.ends[index]])
    }

    /// Words that the title writes with signs inside, joined: "spiderman" of Spider-Man, "mash" of M*A*S*H.
    pub(super) fn compounds(&self) -> impl Iterator<Item = &str> {
        self.compounds.iter().map(|range| &self.text[range.clone()])
    }

    fn push_chunk(&mut self, chunk: &str) {
        let (first_word, first_byte) = (self.len(), self.text.len());
        let mut start = first_byte;
        if chunk == "+" {
            self.text.push_str("and");
        }
        for c in chunk.chars() {
            match c {
                '\'' | '’' | '‘' | 'ʼ' | '`' | '´' | '′' => {
                    if ELISIONS.contains(&&self.text[start..]) {
                        start = self.end_word(start);
                    }
                }
                '&' => {
                    start = self.end_word(start);
                    self.text.push_str("and");
                    start = self.end_word(start);
                }
                '½' => {
                    start = self.end_word(start);
                    self.text.push('1');
                    start = self.end_word(start);
                    self.text.push('2');
                }
                _ if c.is_ascii_alphanumeric() => self.text.push(c.to_ascii_lowercase()),
                // Combining marks: the letter before them is already there.
                '\u{300}'..='\u{36f}' => {}
                _ if c.is_alphanumeric() => self.push_letter(small(c)),
                _ => start = self.end_word(start),
            }
        }
        self.end_word(start);
        if self.len() > first_word + 1 {
            self.compounds.push(first_byte..self.text.len());
        }
    }

    /// Ends the word that began at `start`, if it has any letter; returns where the next one begins.
    fn end_word(&mut self, start: usize) -> usize {
        if self.text.len() > start {
            self.ends.push(self.text.len());
        }
        self.text.len()
    }

    fn push_letter(&mut self, c: char) {
        let base = match c {
            '\u{c0}'..='\u{233}' => LATIN[c as usize - 0xc0],
            '\u{1e00}'..='\u{1eff}' => LATIN_ADDITIONAL[c as usize - 0x1e00],
            _ => b'.',
        };
        if base != b'.' {
            self.text.push(char::from(base));
            return;
        }
        let folded = match c {
            'æ' => return self.text.push_str("ae"),
            'œ' => return self.text.push_str("oe"),
            'ß' => return self.text.push_str("ss"),
            'þ' => return self.text.push_str("th"),
            'ĳ' => return self.text.push_str("ij"),
            '\u{300}'..='\u{36f}' => return,
            '²' => '2',
            '³' => '3',
            'ά' => 'α',
            'έ' => 'ε',
            'ή' => 'η',
            'ί' | 'ϊ' | 'ΐ' => 'ι',
            'ό' => 'ο',
            'ύ' | 'ϋ' | 'ΰ' => 'υ',
            'ώ' => 'ω',
            'ς' => 'σ',
            'ѐ' | 'ё' => 'е',
            'й' | 'ѝ' => 'и',
            'ѓ' => 'г',
            'ќ' => 'к',
            'ї' => 'і',
            'ў' => 'у',
            other => other,
        };
        self.text.push(folded);
    }
}

/// The small letter to a capital, in the scripts that a catalogue is likely to hold: Latin, Greek, Cyrillic and Armenian.
/// For the same reason as [`LATIN`] not the standard library's, which has 12 KB of tables for scripts from Adlam to
/// Warang Citi; a test holds it against that.
fn small(c: char) -> char {
    let code = u32::from(c);
    let small = match code {
        // Capitals with even numbers, each before its small letter.
        0x100..=0x137
        | 0x14a..=0x177
        | 0x1de..=0x1ef
        | 0x1f8..=0x21f
        | 0x222..=0x233
        | 0x460..=0x481
        | 0x48a..=0x4bf
        | 0x4d0..=0x52f
        | 0x1e00..=0x1e95
        | 0x1ea0..=0x1eff => code | 1,
        // Likewise with odd numbers.
        0x139..=0x148 | 0x179..=0x17e | 0x1cd..=0x1dc | 0x4c1..=0x4ce => code + (code & 1),
        // Whole alphabets.
        0xc0..=0xd6
        | 0xd8..=0xde
        | 0x391..=0x3a1
        | 0x3a3..=0x3ab
        | 0x410..=0x42f
        | 0xff21..=0xff3a => code + 32,
        0x400..=0x40f => code + 80,
        0x531..=0x556 => code + 48,
        // Roman numerals.
        0x2160..=0x216f => code + 16,
        // Accented Greek, and what stands alone.
        0x386 => 0x3ac,
        0x388..=0x38a => code + 37,
        0x38c => 0x3cc,
        0x38e..=0x38f => code + 63,
        0x178 => 0xff,
        0x1f4 => 0x1f5,
        0x4c0 => 0x4cf,
        0x1e9e => 0xdf,
        _ => code,
    };
    char::from_u32(small).unwrap_or(c)
}

/// "Matrix, The" is "The Matrix".
fn split_trailing_article(title: &str) -> (&str, Option<&str>) {
    if let Some((rest, last)) = title.rsplit_once(',') {
        let last = last.trim();
        let bare = last.trim_end_matches(['\'', '’']);
        if ARTICLES
            .iter()
            .any(|article| article.eq_ignore_ascii_case(bare))
        {
            return (rest, Some(last));
        }
    }
    (title, None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_normalization::UnicodeNormalization;
    use unicode_normalization::char::is_combining_mark;

    fn words(title: &str) -> Vec<String> {
        FoldedWords::new(title).words().map(str::to_owned).collect()
    }

    fn compounds(title: &str) -> Vec<String> {
        FoldedWords::new(title)
            .compounds()
            .map(str::to_owned)
            .collect()
    }

    #[test]
    fn letters_fold_as_unicode_decomposes_them() {
        let blocks = ('\u{c0}'..='\u{24f}').chain('\u{1e00}'..='\u{1eff}');
        let blocks = blocks
            .chain('\u{386}'..='\u{3ce}')
            .chain('\u{400}'..='\u{45f}');
        let mut letters = 0;
        for c in blocks {
            let expected: String = c
                .to_lowercase()
                .nfd()
                .filter(|&c| !is_combining_mark(c))
                .collect();
            let is_plain = |c: char| {
                c.is_ascii_lowercase() || ('α'..='ω').contains(&c) || ('а'..='џ').contains(&c)
            };
            // A final sigma is a sigma; nothing but its shape tells them apart.
            if expected.chars().all(is_plain) && expected != "ς" {
                letters += 1;
                assert_eq!(FoldedWords::new(&c.to_string()).text(), expected, "{c}");
            }
        }
        assert!(letters > 600, "only {letters} letters were compared");
    }

    #[test]
    fn letters_that_unicode_leaves_whole_fold_as_people_type_them() {
        assert_eq!(
            words("Ægon Œuvre Þór Straße Łódź Ørsted Đorđe Kadın"),
            [
                "aegon", "oeuvre", "thor", "strasse", "lodz", "orsted", "dorde", "kadin"
            ]
        );
        assert_eq!(words("İstanbul Ａ"), ["istanbul", "ａ"]);
        assert_eq!(words("Alien³ 8½"), ["alien3", "8", "1", "2"]);
        // Composed and decomposed are the same.
        assert_eq!(words("Ame\u{301}lie"), words("Amélie"));
    }

    #[test]
    fn signs_separate_words_and_leave_compounds() {
        assert_eq!(
            words("Spider-Man: Far from Home"),
            ["spider", "man", "far", "from", "home"]
        );
        assert_eq!(compounds("Spider-Man: Far from Home"), ["spiderman"]);
        assert_eq!(compounds("M*A*S*H"), ["mash"]);
        assert_eq!(words("Wallace & Gromit"), words("Wallace and Gromit"));
        assert_eq!(words("Romeo + Juliet"), words("Romeo and Juliet"));
        assert_eq!(words("(500) Days"), ["500", "days"]);
    }

    #[test]
    fn capitals_have_the_small_letters_of_unicode() {
        let scripts = ('\u{c0}'..='\u{17f}').chain('\u{1cd}'..='\u{1f0}');
        let scripts = scripts
            .chain('\u{1f4}'..='\u{1f5}')
            .chain('\u{1f8}'..='\u{21f}')
            .chain('\u{222}'..='\u{233}')
            .chain('\u{370}'..='\u{3ce}')
            .chain('\u{400}'..='\u{556}')
            .chain('\u{1e00}'..='\u{1eff}')
            .chain('\u{2160}'..='\u{216f}')
            .chain('\u{ff21}'..='\u{ff5a}');
        // Small letters of capitals that no living orthography has, and a capital whose small letter is two signs.
        let left_out = ['\u{370}', '\u{372}', '\u{376}', '\u{37f}', '\u{130}'];
        for c in scripts.filter(|c| !left_out.contains(c)) {
            assert!(c.to_lowercase().eq([small(c)]), "{c}");
        }
    }

    #[test]
    fn an_apostrophe_joins_unless_it_elides() {
        assert_eq!(words("Schindler's List"), ["schindlers", "list"]);
        assert_eq!(
            words("Fabuleux destin d’Amélie Poulain"),
            ["fabuleux", "destin", "d", "amelie", "poulain"]
        );
        assert_eq!(words("L'Avventura"), ["l", "avventura"]);
    }

    #[test]
    fn an_article_at_the_end_comes_first() {
        assert_eq!(words("Matrix, The"), ["the", "matrix"]);
        assert_eq!(words("Avventura, L'"), ["l", "avventura"]);
        assert_eq!(words("Me, Myself"), ["me", "myself"]);
        assert_eq!(words("Run, Lola, Run"), ["run", "lola", "run"]);
    }

    #[test]
    fn a_title_of_signs_is_one_word() {
        assert_eq!(words(" $ "), ["$"]);
        assert_eq!(words("… !"), ["…!"]);
        assert!(words("  ").is_empty());
    }
}
