//! Invented film titles, filed the way MovieLens files real ones.

use hashbrown::HashSet;
use rand::{Rng, RngExt};

const ADJECTIVES: [&str; 36] = [
    "Silent", "Broken", "Golden", "Crimson", "Lonely", "Burning", "Hidden", "Frozen", "Midnight", "Paper", "Electric",
    "Hollow", "Velvet", "Restless", "Distant", "Savage", "Gentle", "Forgotten", "Last", "Second", "Wild", "Blue",
    "Northern", "Secret", "Perfect", "Strange", "Bitter", "Endless", "Little", "Brave", "Stolen", "Quiet", "Iron",
    "Glass", "Invisible", "Reluctant",
];

const NOUNS: [&str; 48] = [
    "River", "Garden", "Detective", "Orchard", "Station", "Letter", "Summer", "Captain", "Mirror", "Harbour", "Witness",
    "Dancer", "Kingdom", "Machine", "Promise", "Shadow", "Lighthouse", "Stranger", "Carnival", "Empire", "Violin",
    "Daughter", "Colony", "Alibi", "Bridge", "Planet", "Thief", "Wedding", "Forest", "Signal", "Voyage", "Tiger",
    "Neighbour", "Cathedral", "Gambler", "Winter", "Island", "Circus", "Ghost", "Passenger", "Painter", "Echo",
    "Mountain", "Inheritance", "Robot", "Sailor", "Hotel", "Comet",
];

const PLACES: [&str; 24] = [
    "Lisbon", "the North", "Montréal", "Kyoto", "San Telmo", "the Marshes", "Málaga", "Bergen", "Bombay", "Düsseldorf",
    "the Valley", "Tangier", "Oslo", "Zürich", "Havana", "the Moon", "Saint-Malo", "Prague", "the Coast", "Łódź",
    "Reykjavík", "Cardiff", "the Desert", "Mars",
];

/// A noun with its article, in another language.
const FOREIGN: [(&str, &str); 24] = [
    ("Le", "jardin"), ("La", "forêt"), ("Les", "enfants"), ("L'", "été"), ("Der", "Fluss"), ("Die", "Brücke"),
    ("Das", "Mädchen"), ("El", "corazón"), ("La", "niña"), ("Los", "días"), ("Il", "giardino"), ("La", "città"),
    ("I", "giorni"), ("Den", "sista resan"), ("O", "irmão"), ("Un", "été"), ("Une", "nuit"), ("Las", "islas"),
    ("Lo", "straniero"), ("Ein", "Sommer"), ("Det", "stille havet"), ("De", "overkant"), ("L'", "île"), ("En", "natt"),
];

const ENDINGS: [&str; 8] = ["perdu", "de papel", "am Meer", "sin nombre", "blanche", "notturno", "på fjället", "do mar"];

/// Makes titles, each once.
#[derive(Default)]
pub(super) struct Titles {
    used: HashSet<String>,
}

impl Titles {
    /// A title with its year, such as "Silent Garden, The (Jardin perdu, Le) (1984)".
    pub(super) fn next(&mut self, rng: &mut impl Rng, year: u16) -> String {
        let mut pick = |list: &[&'static str]| list[rng.random_range(..list.len())];
        let (adjective, noun, place, ending) = (pick(&ADJECTIVES), pick(&NOUNS), pick(&PLACES), pick(&ENDINGS));
        let (article, foreign) = FOREIGN[rng.random_range(..FOREIGN.len())];
        let abroad = format!("{foreign} {ending}, {article}");
        let (name, brackets) = match rng.random_range(0..10) {
            0..=2 => (format!("{adjective} {noun}"), String::new()),
            3..=4 => (format!("{adjective} {noun}, The"), String::new()),
            5 => (format!("{noun} of {place}, The"), String::new()),
            6 => (format!("{noun} in {place}, A"), String::new()),
            7 => (format!("{adjective} {noun}, The"), format!(" ({abroad})")),
            8 => (abroad, String::new()),
            _ => (format!("{noun}: {adjective} {place}"), format!(" (a.k.a. {adjective} {noun})")),
        };
        let mut unique = name.clone();
        let mut part = 2;
        while !self.used.insert(unique.clone()) {
            unique = format!("{noun} {part}: {name}");
            part += 1;
        }
        format!("{unique}{brackets} ({year})")
    }
}
