//! Catalogue titles, cleaned for people.
//!
//! MovieLens files "The Matrix" as "Matrix, The (1999)", with other titles in brackets before the year.

/// Articles that catalogues put behind the title, in the languages MovieLens has.
const ARTICLES: [&str; 42] = [
    "The", "A", "An", "La", "Le", "Les", "L'", "Un", "Une", "El", "Los", "Las", "Lo", "Una", "Il",
    "I", "Gli", "Der", "Die", "Das", "Den", "Det", "De", "En", "Et", "Ett", "Ein", "Eine", "Het",
    "Een", "O", "Os", "As", "Um", "Uma", "Els", "Ang", "Az", "Da", "Hin", "L’", "Uno",
];

/// A bracket that starts so belongs to the title: "(Part One)", "(Live in Barcelona)".
const PARTS: [&str; 10] = [
    "part",
    "volume",
    "vol.",
    "chapter",
    "episode",
    "season",
    "live in",
    "live at",
    "live from",
    "no.",
];

/// A title as people write it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Title {
    /// The title itself.
    pub title: String,
    /// Other titles the film goes by: other languages, former titles.
    pub alternatives: Vec<String>,
    /// The year of release; for a series, its first.
    pub year: Option<u16>,
}

/// Cleans a catalogue title: takes the year and the alternative titles off its end and puts the article first.
pub fn clean_title(raw: &str) -> Title {
    let mut rest = raw.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut groups = Vec::new();
    while let Some((before, inside)) = last_group(&rest) {
        groups.push(inside.to_owned());
        rest.truncate(before.len());
    }
    groups.reverse();

    let year_at = groups.iter().rposition(|group| year_of(group).is_some());
    let year = year_at.and_then(|at| year_of(&groups.remove(at)));
    // "Don Quixote (1973) (1973)".
    groups.retain(|group| year.is_none() || year_of(group) != year);
    // What cannot be another title is part of this one, and so is everything before it.
    let own = groups
        .iter()
        .rposition(|group| is_part(group))
        .map_or(0, |at| at + 1);
    let own = match groups.first() {
        Some(first) if own == 0 && ends_open(&rest) && without_aka(first) == first => 1,
        _ => own,
    };
    for group in groups.drain(..own) {
        rest = format!("{rest} ({group})");
    }
    let title = article_first(rest.trim());
    let mut alternatives = Vec::new();
    for group in groups {
        let other = article_first(without_aka(&group));
        if !other.is_empty() && other != title && !alternatives.contains(&other) {
            alternatives.push(other);
        }
    }
    Title {
        title,
        alternatives,
        year,
    }
}

/// Splits "before (inside)" at the last bracket, unless nothing is before it.
fn last_group(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_end();
    let mut depth = 0_i32;
    for (at, c) in text.char_indices().rev() {
        match c {
            ')' => depth += 1,
            '(' => depth -= 1,
            _ if depth == 0 => return None,
            _ => continue,
        }
        if depth == 0 {
            let before = text[..at].trim_end();
            // "Histoire(s)": a bracket inside a word is part of it.
            let inside = text[at + 1..text.len() - 1].trim();
            let apart = text[..at].ends_with([' ', ')']) || year_of(inside).is_some();
            return (apart && !before.is_empty()).then_some((before, inside));
        }
    }
    // "Burning Love (1983))": a bracket too many.
    let text = text.strip_suffix(')')?;
    (depth > 0).then(|| last_group(text)).flatten()
}

/// The year of "1999", "2006–2007" or "2006-".
fn year_of(group: &str) -> Option<u16> {
    let (first, rest) = group.split_at_checked(4)?;
    let plausible = |text: &str| {
        let digits = text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
        let year = text.parse().ok().filter(|_| digits)?;
        (1870..=2100).contains(&year).then_some(year)
    };
    let rest = rest.trim_start();
    let last = rest.strip_prefix(['-', '–', '—']).map(str::trim);
    let ends_well =
        rest.is_empty() || last.is_some_and(|last| last.is_empty() || plausible(last).is_some());
    plausible(first).filter(|_| ends_well)
}

/// Whether a bracket can only be part of the title before it.
fn is_part(group: &str) -> bool {
    let lower = group.to_lowercase();
    let starts = |part: &&str| {
        lower
            .strip_prefix(*part)
            .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    };
    let number =
        |c: char| c.is_ascii_digit() || matches!(c, 'I' | 'V' | 'X' | '-' | '–' | '#' | ' ');
    PARTS.iter().any(starts) || group.chars().all(number)
}

/// Whether a title cannot end here: "Birdman: Or (The Unexpected Virtue of Ignorance)".
fn ends_open(title: &str) -> bool {
    let last = title.rsplit(' ').next().unwrap_or(title);
    last.ends_with([':', '-', '–', '&'])
        || ["or", "and", "of"].contains(&last.to_lowercase().as_str())
}

fn without_aka(group: &str) -> &str {
    let lower = group.to_ascii_lowercase();
    ["a.k.a. ", "a.k.a.", "aka ", "also known as "]
        .iter()
        .find(|prefix| lower.starts_with(**prefix))
        .map_or(group, |prefix| group[prefix.len()..].trim())
}

/// "Matrix, The" to "The Matrix".
fn article_first(title: &str) -> String {
    let Some((body, last)) = title.rsplit_once(", ") else {
        return title.to_owned();
    };
    let article = ARTICLES
        .iter()
        .find(|article| article.eq_ignore_ascii_case(last));
    let opens = body
        .split([',', ' '])
        .next()
        .is_some_and(|word| word.eq_ignore_ascii_case(last));
    match article {
        // "Die, Mommie, Die" is not German.
        Some(article) if !opens => {
            let space = if article.ends_with(['\'', '’']) {
                ""
            } else {
                " "
            };
            format!("{article}{space}{body}")
        }
        _ => title.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::clean_title;

    #[test]
    fn titles_read_as_people_write_them() {
        for (raw, title, year, alternatives) in [
            ("Toy Story (1995)", "Toy Story", 1995, &[][..]),
            ("Matrix, The (1999)", "The Matrix", 1999, &[]),
            (
                "Shawshank Redemption, The (1994)",
                "The Shawshank Redemption",
                1994,
                &[],
            ),
            ("Beautiful Mind, A (2001)", "A Beautiful Mind", 2001, &[]),
            (
                "Cry, the Beloved Country (1995)",
                "Cry, the Beloved Country",
                1995,
                &[],
            ),
            (
                "Fabuleux destin d'Amélie Poulain, Le (2001)",
                "Le Fabuleux destin d'Amélie Poulain",
                2001,
                &[],
            ),
            (
                "Amelie (Fabuleux destin d'Amélie Poulain, Le) (2001)",
                "Amelie",
                2001,
                &["Le Fabuleux destin d'Amélie Poulain"],
            ),
            (
                "City of Lost Children, The (Cité des enfants perdus, La) (1995)",
                "The City of Lost Children",
                1995,
                &["La Cité des enfants perdus"],
            ),
            ("Seven (a.k.a. Se7en) (1995)", "Seven", 1995, &["Se7en"]),
            (
                "Léon: The Professional (a.k.a. The Professional) (Léon) (1994)",
                "Léon: The Professional",
                1994,
                &["The Professional", "Léon"],
            ),
            (
                "Lover, The (Amant, L') (1992)",
                "The Lover",
                1992,
                &["L'Amant"],
            ),
            (
                "Good, the Bad and the Ugly, The (1966)",
                "The Good, the Bad and the Ugly",
                1966,
                &[],
            ),
            ("Vitelloni, I (1953)", "I Vitelloni", 1953, &[]),
            (
                "Mad Adventures of Rabbi Jacob, the (1973)",
                "The Mad Adventures of Rabbi Jacob",
                1973,
                &[],
            ),
            (
                "Bad Education (La mala educación) (2004)",
                "Bad Education",
                2004,
                &["La mala educación"],
            ),
            (
                "Weekend (a.k.a. Le Week-end) (Week End) (1967)",
                "Weekend",
                1967,
                &["Le Week-end", "Week End"],
            ),
            ("Same (Same) (a.k.a. Same) (1990)", "Same", 1990, &[]),
        ] {
            let clean = clean_title(raw);
            assert_eq!(
                (clean.title.as_str(), clean.year),
                (title, Some(year)),
                "{raw}"
            );
            assert_eq!(clean.alternatives, alternatives, "{raw}");
        }
    }

    #[test]
    fn brackets_that_belong_to_a_title_stay() {
        for (raw, title) in [
            ("(500) Days of Summer (2009)", "(500) Days of Summer"),
            (
                "Birdman: Or (The Unexpected Virtue of Ignorance) (2014)",
                "Birdman: Or (The Unexpected Virtue of Ignorance)",
            ),
            (
                "Human Centipede II (Full Sequence), The (2011)",
                "The Human Centipede II (Full Sequence)",
            ),
            ("Histoire(s) (1988)", "Histoire(s)"),
            (
                "Sepultura: Under Siege (Live in Barcelona) (1991)",
                "Sepultura: Under Siege (Live in Barcelona)",
            ),
            (
                "Skateboarding (1987-1997) (2021)",
                "Skateboarding (1987-1997)",
            ),
            ("Che (Part One) (2008)", "Che (Part One)"),
            ("Che (Partisan) (2008)", "Che"),
            (
                "United States of Secrets (Part One): The Program (2014)",
                "United States of Secrets (Part One): The Program",
            ),
            ("Die, Mommie, Die (2003)", "Die, Mommie, Die"),
            (
                "Act of Murder, An (Live Today for Tomorrow) (1948)",
                "An Act of Murder",
            ),
            ("Or (a.k.a. My Treasure) (2004)", "Or"),
            ("1984 (1956)", "1984"),
            ("2001: A Space Odyssey (1968)", "2001: A Space Odyssey"),
        ] {
            assert_eq!(clean_title(raw).title, title, "{raw}");
        }
        let nested = clean_title("To Have, or Not (En avoir (ou pas)) (1995)");
        assert_eq!(
            (nested.title.as_str(), nested.year),
            ("To Have, or Not", Some(1995))
        );
        assert_eq!(nested.alternatives, ["En avoir (ou pas)"]);
    }

    #[test]
    fn years_are_found_where_they_are_and_only_there() {
        for (raw, title, year) in [
            (
                "Death Note: Desu nôto (2006–2007)",
                "Death Note: Desu nôto",
                Some(2006),
            ),
            ("Babylon 5 (1994-)", "Babylon 5", Some(1994)),
            (
                "The Naked Truth (1957) (Your Past Is Showing)",
                "The Naked Truth",
                Some(1957),
            ),
            (
                "Mona  and Love (Mona ja rakkaus) (1983))",
                "Mona and Love",
                Some(1983),
            ),
            ("Deadly Advice(1994)", "Deadly Advice", Some(1994)),
            ("Don Quixote (1973) (1973)", "Don Quixote", Some(1973)),
            ("Terrible Joe Moran", "Terrible Joe Moran", None),
            ("1013 Briar Lane", "1013 Briar Lane", None),
            ("Irwin & Fran 2013", "Irwin & Fran 2013", None),
            ("Room (9999)", "Room (9999)", None),
            (
                "Millions Game, The (Das Millionenspiel)",
                "The Millions Game",
                None,
            ),
            ("(1999)", "(1999)", None),
            ("", "", None),
        ] {
            let clean = clean_title(raw);
            assert_eq!((clean.title.as_str(), clean.year), (title, year), "{raw}");
        }
    }

    proptest::proptest! {
        #[test]
        fn only_an_empty_title_cleans_to_nothing(raw in "[A-Za-z0-9é ,'():–-]{0,40}") {
            let once = clean_title(&raw);
            proptest::prop_assert_eq!(once.title.is_empty(), raw.trim().is_empty());
        }
    }
}
