//! What is wrong with a text or its translation.

use std::collections::BTreeSet;

use polib::catalog::Catalog;

use super::catalogue::forms;
use super::extract::Message;

/// Texts that no translator could put anywhere else in a sentence.
pub(super) fn texts(messages: &[Message]) -> Vec<String> {
    let texts = messages.iter().flat_map(|message| {
        let (_, text) = &message.key;
        [Some(text), message.plural.as_ref()].into_iter().flatten()
    });
    texts
        .filter(|text| text.is_empty() || text.trim() != text.as_str())
        .map(|text| format!("en: {text:?} begins or ends with a space, or says nothing"))
        .collect()
}

/// Texts without a translation, and translations that name something else than the text does.
pub(super) fn translations(language: &str, messages: &[Message], catalog: &Catalog) -> Vec<String> {
    let mut faults = Vec::new();
    for message in messages {
        let (_, text) = &message.key;
        let forms = forms(catalog, message);
        if forms.iter().any(String::is_empty) || forms.is_empty() {
            faults.push(format!("{language}: {text:?} is not translated"));
            continue;
        }
        let wanted = names(message.plural.as_ref().unwrap_or(text));
        for form in &forms {
            let has = names(form);
            // "one film" or "two films" may do without the number.
            let fits = if message.plural.is_some() {
                has.is_subset(&wanted)
            } else {
                has == wanted
            };
            if !fits {
                faults.push(format!("{language}: {form:?} has {has:?} for {wanted:?}"));
            }
            if form.trim() != form {
                faults.push(format!("{language}: {form:?} begins or ends with a space"));
            }
        }
    }
    faults
}

/// The names in braces; those without one go by their place.
fn names(text: &str) -> BTreeSet<String> {
    let mut nameless = 0;
    text.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(name, _)| {
            if name.is_empty() {
                nameless += 1;
                (nameless - 1).to_string()
            } else {
                name.to_owned()
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::catalogue::merged;

    const PLURALS: &str = "nplurals=2; plural=(n != 1);";

    fn message(text: &str, plural: Option<&str>) -> Message {
        Message {
            key: (None, text.to_owned()),
            plural: plural.map(str::to_owned),
            files: Vec::new(),
        }
    }

    #[test]
    fn names_may_change_places_and_not_themselves() {
        assert_eq!(names("{} of {}"), names("{1} von {0}"));
        assert_ne!(names("{film} is seen"), names("{titel} gesehen"));
    }

    #[test]
    fn what_is_missing_is_told() {
        let messages = [message("Home", None), message("one", Some("{n} films"))];
        let catalog = merged("de", PLURALS, &messages, None).expect("a catalogue");
        assert_eq!(translations("de", &messages, &catalog).len(), 2);
    }

    #[test]
    fn a_text_with_a_space_at_its_end_is_no_whole_text() {
        assert_eq!(
            texts(&[message("More about", None), message("and ", None)]).len(),
            1
        );
    }
}
