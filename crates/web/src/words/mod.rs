//! The language of the page: which there are, the catalogue of its texts, and numbers, dates and lists as it writes them.
//!
//! Texts stand in English where they are used, in [`tr::tr!`]. `locales/` has them in the other languages.

mod catalogue;
mod genre;
mod local;

use std::cell::Cell;
use std::sync::Arc;

/// Texts for translators, used where only their value is at hand.
#[macro_export]
macro_rules! noted {
    ($context:literal => $($text:literal),+ $(,)?) => {
        [$($text),+]
    };
}

pub use catalogue::Catalogue;
pub use genre::genre;
pub use local::{comma, conjunction, day, grouped, percent, signed, tenths};

/// A language that all texts are in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// What the texts are written in.
    #[default]
    English,
    /// With tú.
    Spanish,
    /// With tu.
    French,
    /// With du.
    German,
    /// Written from right to left.
    Arabic,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::English,
        Self::Spanish,
        Self::French,
        Self::German,
        Self::Arabic,
    ];

    /// Its BCP 47 tag, without a region.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Spanish => "es",
            Self::French => "fr",
            Self::German => "de",
            Self::Arabic => "ar",
        }
    }

    /// The language with this tag, if it is one of them.
    #[must_use]
    pub fn of(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.tag() == tag)
    }

    /// What it calls itself.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Spanish => "Español",
            Self::French => "Français",
            Self::German => "Deutsch",
            Self::Arabic => "العربية",
        }
    }

    /// Whether it is written from right to left.
    #[must_use]
    pub fn is_rtl(self) -> bool {
        self == Self::Arabic
    }

    /// Which of its forms goes with `n` things, in the order of its catalogue.
    #[must_use]
    pub fn plural(self, n: u64) -> usize {
        match (self, n) {
            (Self::French, _) => usize::from(n > 1),
            (Self::Arabic, 0..=2) => n as usize,
            (Self::Arabic, _) => match n % 100 {
                3..=10 => 3,
                11.. => 4,
                _ => 5,
            },
            _ => usize::from(n != 1),
        }
    }
}

thread_local! {
    static LANGUAGE: Cell<Language> = const { Cell::new(Language::English) };
}

/// The language of the page.
#[must_use]
pub fn language() -> Language {
    LANGUAGE.get()
}

/// Makes this the language of the page; its texts are in `catalogue`, and in English where there is none. Before anything is
/// drawn: what is drawn already stays as it is. Whoever has texts of their own installs the catalogue for these too.
pub fn set_language(language: Language, catalogue: Option<Arc<Catalogue>>) {
    LANGUAGE.set(language);
    local::forget();
    match catalogue {
        Some(catalogue) => tr::set_translator!(catalogue),
        None => tr::unset_translator!(),
    }
}
