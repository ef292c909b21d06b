//! Plurals, numbers, dates and lists of each language, held to what the browser knows of it.

use std::sync::Arc;

use js_sys::Intl::PluralRules;
use js_sys::{Array, Number, Object};
use matinee_web::words::{
    Catalogue, Language, conjunction, day, genre, grouped, percent, set_language, signed, tenths,
};
use tr::Translator;
use wasm_bindgen_test::{wasm_bindgen_test as test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// The categories of Unicode, in the order of the catalogue's forms. "Many" of Spanish and French is for millions, which the
/// catalogues do not tell from other plurals.
fn form(language: Language, category: &str) -> usize {
    match (language, category) {
        (Language::Arabic, _) => ["zero", "one", "two", "few", "many", "other"]
            .iter()
            .position(|other| *other == category)
            .expect("one of the six"),
        (_, "one") => 0,
        _ => 1,
    }
}

#[test]
fn plural_rules_are_those_of_unicode() {
    for language in Language::ALL {
        let rules = PluralRules::new(&Array::of1(&language.tag().into()), &Object::new());
        for n in (0..=250).chain([1000, 1001, 1002, 1003, 10_011, 1_000_000]) {
            let category = String::from(rules.select(n as f64));
            assert_eq!(
                language.plural(n),
                form(language, &category),
                "{language:?} {n}: {category}"
            );
        }
    }
}

#[test]
fn arabic_has_six_forms() {
    let forms =
        [0, 1, 2, 3, 10, 11, 99, 100, 102, 103, 111, 200].map(|n| Language::Arabic.plural(n));
    assert_eq!(forms, [0, 1, 2, 3, 3, 4, 4, 5, 5, 3, 4, 5]);
}

#[test]
fn german_and_spanish_tell_one_from_others_and_french_counts_nothing_as_one() {
    for (language, of_none) in [
        (Language::German, 1),
        (Language::Spanish, 1),
        (Language::French, 0),
    ] {
        assert_eq!([0, 1, 2].map(|n| language.plural(n)), [of_none, 0, 1]);
    }
}

const GERMAN: &str =
    r#"[["Film","Film"],["genre\u0004War","Kriegsfilm"],["one film","ein Film","{} Filme"]]"#;

#[test]
fn a_catalogue_answers_by_text_context_and_number() {
    let catalogue = Catalogue::read(Language::German, GERMAN).expect("a catalogue");
    assert_eq!(catalogue.translate("War", Some("genre")), "Kriegsfilm");
    assert_eq!(catalogue.translate("War", None), "War");
    let films = |n| {
        catalogue
            .ntranslate(n, "one film", "{} films", None)
            .into_owned()
    };
    assert_eq!([films(1), films(3)], ["ein Film", "{} Filme"]);
    // What is not translated stays as it is written.
    assert_eq!(catalogue.ntranslate(2, "one", "more", None), "more");
}

#[test]
fn what_is_no_catalogue_is_none() {
    for json in [
        "",
        "null",
        "{}",
        "<!doctype html>",
        "[1]",
        r#"[["Film"]]"#,
        r#"[["Film",1]]"#,
    ] {
        assert!(Catalogue::read(Language::German, json).is_none(), "{json}");
    }
}

#[test]
fn numbers_written_without_the_browser_are_as_it_writes_them() {
    for language in Language::ALL {
        set_language(language, None);
        let locale = format!("{}-u-nu-latn", language.tag());
        for number in [0_u32, 7, 42, 999] {
            let browsers = Number::from(number).to_locale_string(&locale);
            assert_eq!(grouped(number.into()), String::from(browsers), "{locale}");
        }
    }
    set_language(Language::English, None);
}

#[test]
fn each_language_writes_numbers_dates_and_lists_its_own_way() {
    // Noon, so that it is the same day everywhere.
    let noon = 1_696_852_800_000.0;
    let films = ["Heat", "Thief", "Alien"].map(str::to_owned);
    let list = || conjunction(&films, |item| item, |words| words).concat();
    let written = |language| {
        set_language(language, None);
        let written = [
            grouped(1_234_567),
            tenths(3.94),
            percent(0.12),
            day(noon),
            list(),
        ];
        set_language(Language::English, None);
        written.map(|text| text.replace(['\u{a0}', '\u{202f}'], "~"))
    };
    let [grouped, tenths, percent, _, list] = written(Language::English);
    assert_eq!(
        [grouped, tenths, percent, list],
        ["1,234,567", "3.9", "12%", "Heat, Thief and Alien"]
    );
    assert_eq!(
        written(Language::German),
        [
            "1.234.567",
            "3,9",
            "12~%",
            "9. Oktober 2023",
            "Heat, Thief und Alien"
        ]
    );
    assert_eq!(
        written(Language::French),
        [
            "1~234~567",
            "3,9",
            "12~%",
            "9 octobre 2023",
            "Heat, Thief et Alien"
        ]
    );
    assert_eq!(
        written(Language::Spanish),
        [
            "1.234.567",
            "3,9",
            "12~%",
            "9 de octubre de 2023",
            "Heat, Thief y Alien"
        ]
    );
    let [grouped, tenths, _, day, list] = written(Language::Arabic);
    assert_eq!(
        [grouped, tenths, day, list],
        ["1,234,567", "3.9", "9 أكتوبر 2023", "Heat وThief وAlien"]
    );
}

#[test]
fn a_difference_has_its_sign_before_it() {
    let written = |language| {
        set_language(language, None);
        let written = [0.34, -1.5, 0.0].map(signed);
        set_language(Language::English, None);
        written
    };
    assert_eq!(written(Language::English), ["+0.3", "−1.5", "0.0"]);
    assert_eq!(written(Language::German), ["+0,3", "−1,5", "0,0"]);
    // With a mark that keeps it before the number where lines are read to the left.
    let marked = ["\u{200e}+0.3", "\u{200e}−1.5", "0.0"];
    assert_eq!(written(Language::Arabic), marked);
}

#[test]
fn genres_are_in_the_language_of_the_page() {
    let catalogue = Catalogue::read(Language::German, GERMAN).map(Arc::new);
    set_language(Language::German, catalogue);
    let names = [genre("War"), genre("Western"), genre("Western (Spaghetti)")];
    set_language(Language::English, None);
    assert_eq!(names, ["Kriegsfilm", "Western", "Western (Spaghetti)"]);
}
