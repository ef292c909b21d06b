//! What a visitor notices: a small, real catalogue in order of popularity, and properties over made-up ones.

use proptest::prelude::*;
use proptest::sample::Index;

use super::*;

const CATALOGUE: &[(&str, &[&str], u16)] = &[
    ("The Shawshank Redemption", &[], 1994),
    ("The Matrix", &[], 1999),
    ("Star Wars: Episode IV - A New Hope", &[], 1977),
    ("Star Wars: Episode V - The Empire Strikes Back", &[], 1980),
    ("The Godfather", &[], 1972),
    ("Seven", &["Se7en"], 1995),
    (
        "The Lord of the Rings: The Fellowship of the Ring",
        &[],
        2001,
    ),
    ("Amelie", &["Fabuleux destin d'Amélie Poulain, Le"], 2001),
    ("Alien", &[], 1979),
    ("Die Hard", &[], 1988),
    ("Spider-Man", &[], 2002),
    ("Iron Man", &[], 2008),
    ("L.A. Confidential", &[], 1997),
    ("E.T. the Extra-Terrestrial", &[], 1982),
    ("Aliens", &[], 1986),
    ("City of God", &["Cidade de Deus"], 2002),
    ("Godzilla", &[], 1998),
    ("Seven Samurai", &["Shichinin no samurai"], 1954),
    ("Ocean's Eleven", &[], 2001),
    ("M*A*S*H", &["MASH"], 1970),
    ("Wallace & Gromit: The Wrong Trousers", &[], 1993),
    ("The Matrix Reloaded", &[], 2003),
    ("Die Hard 2", &[], 1990),
    ("Hard Target", &[], 1993),
    ("Matilda", &[], 1996),
    ("2001: A Space Odyssey", &[], 1968),
    ("Rocky II", &[], 1979),
    ("It", &[], 2017),
    ("It's a Wonderful Life", &[], 1946),
    ("The Hard Way", &[], 1991),
    ("Los", &[], 2001),
    ("8½", &["8 1/2"], 1963),
    ("Night Watch", &["Nochnoy dozor", "Ночной дозор"], 2004),
    ("Schindler's List", &[], 1993),
    ("Italian Spiderman", &[], 2007),
    ("$", &["Dollars"], 1971),
];

fn film<'a>(
    (title, alternatives, year): &(&'a str, &'a [&'a str], u16),
) -> Film<'a, impl Iterator<Item = &'a str>> {
    Film {
        title,
        alternatives: alternatives.iter().copied(),
        year: Some(*year),
    }
}

fn catalogue() -> TitleIndex {
    let mut index = TitleIndex::new();
    index.extend_with(CATALOGUE.iter().map(film));
    index
}

fn found(typed: &str) -> Vec<&'static str> {
    let hits = catalogue().search(typed, 10);
    hits.iter()
        .map(|hit| CATALOGUE[hit.row as usize].0)
        .collect()
}

#[track_caller]
fn assert_first(typed: &str, title: &str) {
    assert_eq!(
        found(typed).first(),
        Some(&title),
        "{typed:?} finds {:?}",
        found(typed)
    );
}

#[test]
fn a_wrong_letter_and_a_short_year_find_the_film() {
    assert_eq!(found("matrx 99"), ["The Matrix"]);
    assert_eq!(found("amtrix 1999"), ["The Matrix"]);
    assert_first("shwashank redemtion", "The Shawshank Redemption");
}

#[test]
fn finds_while_the_word_is_being_typed() {
    for end in 2..="the matrix reloaded".len() {
        let typed = &"the matrix reloaded"[..end];
        assert!(found(typed).contains(&"The Matrix Reloaded"), "{typed:?}");
    }
    // The year, too.
    for typed in ["matrix 1", "matrix 19", "matrix 199", "matrix 1999"] {
        assert_first(typed, "The Matrix");
    }
}

#[test]
fn a_beginning_comes_before_a_typing_error() {
    assert_eq!(
        found("mati"),
        ["Matilda", "The Matrix", "The Matrix Reloaded"]
    );
}

#[test]
fn the_whole_title_comes_first_then_popular_films() {
    assert_eq!(found("alien"), ["Alien", "Aliens"]);
    assert_eq!(found("aliens"), ["Aliens", "Alien"]);
    assert_eq!(found("god"), ["The Godfather", "Godzilla", "City of God"]);
    assert_eq!(found("seven")[..2], ["Seven", "Seven Samurai"]);
    assert_eq!(found("it")[..2], ["It", "It's a Wonderful Life"]);
}

#[test]
fn articles_do_not_count() {
    assert_first("matrix", "The Matrix");
    assert_first("matrix, the", "The Matrix");
    assert_first("a matrix", "The Matrix");
    assert_first("the alien", "Alien");
    assert_first(
        "lord of the rings",
        "The Lord of the Rings: The Fellowship of the Ring",
    );
    assert_first(
        "lord of rings",
        "The Lord of the Rings: The Fellowship of the Ring",
    );
}

#[test]
fn a_title_that_looks_like_an_article_is_found() {
    assert_first("los", "Los");
    assert_eq!(found("die hard")[..2], ["Die Hard", "Die Hard 2"]);
    assert_first("it", "It");
}

#[test]
fn another_title_finds_the_film_and_is_named() {
    for typed in [
        "amelie",
        "amélie",
        "AMELIE",
        "fabuleux destin",
        "le fabuleux",
        "d'amelie",
        "poulain",
    ] {
        assert_first(typed, "Amelie");
    }
    let hits = catalogue().search("se7en", 1);
    assert_eq!(CATALOGUE[hits[0].row as usize].0, "Seven");
    assert_eq!(hits[0].alternative, Some(0));
    assert_eq!(catalogue().search("seven", 1)[0].alternative, None);
    assert_eq!(catalogue().search("ночной", 1)[0].alternative, Some(1));
}

#[test]
fn joined_split_and_hyphenated_are_the_same() {
    for typed in ["spiderman", "spider man", "spider-man", "spidermn"] {
        assert_first(typed, "Spider-Man");
    }
    assert!(found("italian spider man").contains(&"Italian Spiderman"));
    assert_first("ironman", "Iron Man");
    assert_first("et", "E.T. the Extra-Terrestrial");
    assert_first("mash", "M*A*S*H");
    assert_first("la confidential", "L.A. Confidential");
    assert_first("schindlers list", "Schindler's List");
    assert_first("schindler list", "Schindler's List");
    assert_first("wallace and gromit", "Wallace & Gromit: The Wrong Trousers");
    assert_first("wallace gromit", "Wallace & Gromit: The Wrong Trousers");
}

#[test]
fn numbers_are_the_same_however_written() {
    assert_eq!(found("star wars 4"), ["Star Wars: Episode IV - A New Hope"]);
    assert_eq!(found("rocky 2"), ["Rocky II"]);
    assert_first("oceans 11", "Ocean's Eleven");
    assert_first("7 samurai", "Seven Samurai");
    assert_first("8 1/2", "8½");
    assert_eq!(catalogue().search("8 1/2", 1)[0].alternative, None);
}

#[test]
fn a_number_is_a_title_before_it_is_a_year() {
    assert_eq!(found("2001")[0], "2001: A Space Odyssey");
    assert_eq!(found("2001").len(), 5);
    // Beside a title, the year before and the year after will do.
    assert_eq!(found("godzilla 1999"), ["Godzilla"]);
    assert_eq!(found("godzilla 1990"), [""; 0]);
}

#[test]
fn nothing_typed_finds_nothing() {
    for typed in ["", " ", "\u{301}", "xyzzy"] {
        assert!(found(typed).is_empty(), "{typed:?}");
    }
    assert_first("$", "$");
    assert!(catalogue().search("matrix", 0).is_empty());
    assert!(TitleIndex::new().search("matrix", 10).is_empty());
}

#[test]
fn long_titles_and_queries_are_cut_short() {
    let long = "supercalifragilistic".repeat(5000);
    let many = "word ".repeat(5000);
    let titles = [long.clone(), many.clone()];
    let index = index(&titles);
    assert_eq!(index.search(&long, 9)[0].row, 0);
    assert_eq!(index.search(&many, 9)[0].row, 1);
    assert_eq!(index.search("supercalifragilistik", 9)[0].row, 0);
}

/// Made-up titles, no two of them the same but for spaces, signs or an article.
fn titles() -> impl Strategy<Value = Vec<String>> {
    let word =
        prop_oneof![9 => "[a-h]{2,9}", 1 => "the|la|é[a-h]{2,4}|[a-h]{2,4}-[a-h]{2,4}|[0-9]{2,4}"];
    let title = prop::collection::vec(word, 1..5).prop_map(|words| words.join(" "));
    prop::collection::vec(title, 1..60).prop_map(|mut titles| {
        let mut seen = std::collections::HashSet::new();
        titles.retain(|title| {
            let bare = title.trim_start_matches("the ").trim_start_matches("la ");
            seen.insert(title_key(bare))
        });
        titles
    })
}

fn index(titles: &[String]) -> TitleIndex {
    let mut index = TitleIndex::new();
    index.extend_with(titles.iter().map(|title| Film {
        title,
        alternatives: [],
        year: None,
    }));
    index
}

proptest! {
    #[test]
    fn every_title_finds_itself_first(titles in titles(), pick: Index) {
        let row = pick.index(titles.len());
        let hits = index(&titles).search(&titles[row], 1);
        prop_assert_eq!(hits.first().map(|hit| hit.row), Some(row as u32));
    }

    #[test]
    fn one_typing_error_in_a_long_word_still_finds_it(
        titles in titles(),
        word in "[a-h]{5,12}",
        place: Index,
        letter in "[i-p]",
        edit in 0..4,
    ) {
        let mut titles = titles;
        titles.push(word.clone());
        let mut typed: Vec<char> = word.chars().collect();
        let at = place.index(typed.len() - 1);
        let letter = letter.chars().next().expect("one letter");
        match edit {
            0 => typed[at] = letter,
            1 => typed.insert(at, letter),
            2 => drop(typed.remove(at)),
            _ => typed.swap(at, at + 1),
        }
        let typed: String = typed.into_iter().collect();
        let hits = index(&titles).search(&typed, titles.len());
        prop_assert!(hits.iter().any(|hit| hit.row as usize == titles.len() - 1), "{} for {}", typed, word);
    }

    #[test]
    fn growing_is_the_same_as_building_at_once(titles in titles(), cut: Index, typed in "[a-h ]{1,9}") {
        let cut = cut.index(titles.len());
        let mut grown = index(&titles[..cut]);
        grown.extend_with(titles[cut..].iter().map(|title| Film { title, alternatives: [], year: None }));
        prop_assert_eq!(grown.len(), titles.len());
        prop_assert_eq!(grown.search(&typed, 20), index(&titles).search(&typed, 20));
    }

    #[test]
    fn a_short_list_is_the_beginning_of_a_long_one(titles in titles(), typed in "[a-h ]{1,5}", limit in 0usize..9) {
        let index = index(&titles);
        let mut all = index.search(&typed, usize::MAX);
        all.truncate(limit);
        prop_assert_eq!(index.search(&typed, limit), all);
    }

    #[test]
    fn no_text_is_too_strange(
        titles in prop::collection::vec((any::<String>(), prop::collection::vec(any::<String>(), 0..3)), 0..9),
        year: Option<u16>,
        typed: String,
        limit: usize,
    ) {
        let mut index = TitleIndex::new();
        index.extend_with(titles.iter().map(|(title, alternatives)| Film {
            title,
            alternatives: alternatives.iter().map(String::as_str),
            year,
        }));
        for typed in titles.iter().map(|(title, _)| title).chain([&typed]) {
            for hit in index.search(typed, limit) {
                prop_assert!((hit.row as usize) < titles.len());
            }
        }
    }
}
