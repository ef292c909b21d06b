//! The texts of one language.

use std::borrow::Cow;

use js_sys::{Array, JSON};
use tr::Translator;

use super::Language;

/// Stands between a context and its text, as in the catalogues of gettext.
const CONTEXT: &str = "\u{4}";

/// Translations by their English texts.
#[derive(Debug)]
pub struct Catalogue {
    language: Language,
    /// In order of the English texts.
    texts: Vec<(String, Vec<String>)>,
}

impl Catalogue {
    /// Reads a catalogue as `cargo xtask program` writes it: `[["Film","Film"],["one film","ein Film","{} Filme"]]`, in order
    /// of the English texts, each with as many forms as the language has. `None` when it is anything else.
    #[must_use]
    pub fn read(language: Language, json: &str) -> Option<Self> {
        let read = JSON::parse(json).ok()?;
        if !Array::is_array(&read) {
            return None;
        }
        let texts = Array::from(&read)
            .iter()
            .map(|entry| {
                let mut words = Array::from(&entry).into_iter().map(|word| word.as_string());
                let english = words.next()??;
                let forms = words.collect::<Option<Vec<_>>>()?;
                (!forms.is_empty()).then_some((english, forms))
            })
            .collect::<Option<Vec<_>>>()?;
        Some(Self { language, texts })
    }

    fn forms(&self, english: &str, context: Option<&str>) -> Option<&[String]> {
        let key = match context {
            Some(context) => Cow::Owned([context, CONTEXT, english].concat()),
            None => Cow::Borrowed(english),
        };
        let texts = &self.texts;
        let found = texts.binary_search_by(|(english, _)| english.as_str().cmp(&key));
        Some(&texts[found.ok()?].1)
    }
}

impl Translator for Catalogue {
    fn translate<'a>(&'a self, string: &'a str, context: Option<&'a str>) -> Cow<'a, str> {
        let form = self.forms(string, context).and_then(|forms| forms.first());
        form.map_or(string, String::as_str).into()
    }

    fn ntranslate<'a>(
        &'a self,
        n: u64,
        singular: &'a str,
        plural: &'a str,
        context: Option<&'a str>,
    ) -> Cow<'a, str> {
        let forms = self.forms(singular, context);
        let form = forms.and_then(|forms| forms.get(self.language.plural(n)));
        let english = if n == 1 { singular } else { plural };
        form.map_or(english, String::as_str).into()
    }
}
