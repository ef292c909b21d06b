//! The language that a core speaks. Several may be at work in one page, each in its own.

use std::cell::Cell;
use std::sync::Arc;

use matinee_web::words::{Catalogue, Language, set_language};

thread_local! {
    /// Who spoke last.
    static SPEAKER: Cell<u32> = const { Cell::new(0) };
    static SPEAKERS: Cell<u32> = const { Cell::new(0) };
}

/// A language and its texts.
pub(crate) struct Speech {
    language: Language,
    catalogue: Option<Arc<Catalogue>>,
    number: u32,
}

impl Speech {
    /// Speaks `language` with the texts in `catalogue`; English where there are none.
    pub(crate) fn new(language: Language, catalogue: Option<Catalogue>) -> Self {
        SPEAKERS.set(SPEAKERS.get() + 1);
        Self {
            language,
            catalogue: catalogue.map(Arc::new),
            number: SPEAKERS.get(),
        }
    }

    /// The language.
    pub(crate) fn language(&self) -> Language {
        self.language
    }

    /// Has all texts come in this language until another speaks.
    pub(crate) fn speak(&self) {
        if SPEAKER.replace(self.number) == self.number {
            return;
        }
        set_language(self.language, self.catalogue.clone());
        match self.catalogue.clone() {
            Some(catalogue) => tr::set_translator!(catalogue),
            None => tr::unset_translator!(),
        }
    }
}
