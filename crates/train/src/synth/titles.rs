//! Invented film titles, filed the way MovieLens files real ones.

use hashbrown::HashSet;
use rand::seq::IteratorRandom;
use rand::{Rng, RngExt};

/// Words, separated by bars.
type Words = &'static str;

const ADJECTIVES: Words = "Silent|Broken|Golden|Crimson|Lonely|Burning|Hidden|Frozen|Midnight|Paper|\
    Electric|Hollow|Velvet|Restless|Distant|Savage|Gentle|Forgotten|Last|Second|Wild|Blue|Northern|\
    Secret|Perfect|Strange|Bitter|Endless|Little|Brave|Stolen|Quiet|Iron|Glass|Invisible|Reluctant";

const NOUNS: Words = "River|Garden|Detective|Orchard|Station|Letter|Summer|Captain|Mirror|Harbour|\
    Witness|Dancer|Kingdom|Machine|Promise|Shadow|Lighthouse|Stranger|Carnival|Empire|Violin|Daughter|\
    Colony|Alibi|Bridge|Planet|Thief|Wedding|Forest|Signal|Voyage|Tiger|Neighbour|Cathedral|Gambler|\
    Winter|Island|Circus|Ghost|Passenger|Painter|Echo|Mountain|Inheritance|Robot|Sailor|Hotel|Comet";

const PLACES: Words = "Lisbon|the North|Montréal|Kyoto|San Telmo|the Marshes|Málaga|Bergen|Bombay|\
    Düsseldorf|the Valley|Tangier|Oslo|Zürich|Havana|the Moon|Saint-Malo|Prague|the Coast|Łódź|\
    Reykjavík|Cardiff|the Desert|Mars";

/// Nouns of other languages, and what may stand between them and their articles.
const FOREIGN: Words = "jardin{}, Le|forêt{}, La|enfants{}, Les|été{}, L'|Fluss{}, Der|Brücke{}, Die|\
    Mädchen{}, Das|corazón{}, El|niña{}, La|días{}, Los|giardino{}, Il|città{}, La|giorni{}, I|\
    sista resan{}, Den|irmão{}, O|été{}, Un|nuit{}, Une|islas{}, Las|straniero{}, Lo|Sommer{}, Ein|\
    stille havet{}, Det|overkant{}, De|île{}, L'|natt{}, En";

const ENDINGS: Words =
    " perdu| de papel| am Meer| sin nombre| blanche| notturno| på fjället| do mar";

/// Makes titles, each once.
#[derive(Default)]
pub(super) struct Titles {
    used: HashSet<String>,
}

impl Titles {
    /// A title with its year, such as "Silent Garden, The (Jardin perdu, Le) (1984)".
    pub(super) fn next(&mut self, rng: &mut impl Rng, year: u16) -> String {
        let mut pick = |words: Words| words.split('|').choose(rng).expect("no list is empty");
        let (adjective, noun, place) = (pick(ADJECTIVES), pick(NOUNS), pick(PLACES));
        let abroad = pick(FOREIGN).replace("{}", pick(ENDINGS));
        let (name, brackets) = match rng.random_range(0..10) {
            0..=2 => (format!("{adjective} {noun}"), String::new()),
            3..=4 => (format!("{adjective} {noun}, The"), String::new()),
            5 => (format!("{noun} of {place}, The"), String::new()),
            6 => (format!("{noun} in {place}, A"), String::new()),
            7 => (format!("{adjective} {noun}, The"), format!(" ({abroad})")),
            8 => (abroad, String::new()),
            _ => (
                format!("{noun}: {adjective} {place}"),
                format!(" (a.k.a. {adjective} {noun})"),
            ),
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
