//! The page itself. Text is HTML at its own size on every screen; drawings stretch beneath it.

mod accuracy;
mod asking;
mod card;
mod chart;
mod failures;
mod groups;
mod labels;
mod lists;
mod map;
mod opinions;
mod plot;
mod raters;
mod trends;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::Report;

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");
/// The product's own colours, sizes and type.
const TOKENS: &str = include_str!("../../../../../static/tokens.css");

/// One section of the page: nothing where it has nothing to say.
struct Section {
    id: &'static str,
    title: &'static str,
    body: Option<Markup>,
}

impl Report {
    /// The page.
    pub fn html(&self) -> String {
        let sections: Vec<Section> = [
            ("accuracy", "How good it is", accuracy::accuracy(self)),
            ("bytes", "What a byte buys", accuracy::bytes(self)),
            ("raters", "Heavy raters", raters::raters(self)),
            (
                "questions",
                "What a question is worth",
                asking::questions(self),
            ),
            ("stars", "Guessing stars", opinions::stars(self)),
            (
                "dislikes",
                "Keeping dislikes away",
                opinions::dislikes(self),
            ),
            ("reach", "Beyond the best known", lists::reach(self)),
            ("dials", "What the dials cost", lists::dials(self)),
            ("map", "A map of taste", map::map(self)),
            ("groups", "Taste groups", groups::groups(self)),
            ("trends", "What people watched", trends::trends(self)),
            ("movers", "Rising and falling", trends::movers(self)),
            ("failures", "Where it fails", failures::failures(self)),
            ("card", "Model card", card::card(self)),
            ("trials", "Every trial", card::trials(self)),
        ]
        .into_iter()
        .map(|(id, title, body)| Section { id, title, body })
        .filter(|section| section.body.is_some())
        .collect();
        let page = html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    title { (self.card.name) " – report" }
                    // Ours, and without markup of its own.
                    style { (PreEscaped(tokens())) (PreEscaped(STYLE)) }
                }
                body {
                    header.top {
                        p.wordmark { "Matinee" }
                        h1 { (self.card.name) }
                        (card::lead(self))
                        (card::key_figures(self))
                    }
                    nav.contents aria-label="Sections" {
                        ol { @for section in &sections { li { a href={ "#" (section.id) } { (section.title) } } } }
                    }
                    main {
                        @for section in sections {
                            section id=(section.id) {
                                h2 { (section.title) }
                                @if let Some(body) = section.body { (body) }
                            }
                        }
                    }
                    footer {
                        p { "Written by " code { "matinee train --report" } ". This page is one file and asks the network for nothing." }
                    }
                    script { (PreEscaped(SCRIPT)) }
                }
            }
        };
        page.into_string()
    }
}

/// The tokens without the font files, which would have to be fetched.
fn tokens() -> &'static str {
    TOKENS.find(":root").map_or(TOKENS, |at| &TOKENS[at..])
}

/// 1234567 as 1 234 567, with thin spaces that do not break.
fn grouped(n: impl TryInto<u64>) -> String {
    let digits = n.try_into().unwrap_or(0).to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push('\u{202f}');
        }
        out.push(digit);
    }
    out
}

/// 0.0134 as 1.3%, 0.31 as 31%.
fn percent(part: f64) -> String {
    let hundredths = (part * 1000.0).round() / 10.0;
    match hundredths {
        h if h.is_nan() => "–".to_owned(),
        h if h.abs() < 10.0 && h.fract() != 0.0 => format!("{h:.1}%"),
        h => format!("{h:.0}%"),
    }
}

/// Three decimals, without zeros at the end: for axes.
fn short(value: f64) -> String {
    let written = format!("{value:.3}");
    let written = written.trim_end_matches('0').trim_end_matches('.');
    written.to_owned()
}

/// Title and year.
fn titled(title: &str, year: Option<u16>) -> String {
    year.map_or_else(|| title.to_owned(), |year| format!("{title} ({year})"))
}

/// A table folded away beneath a chart.
fn figures(table: Markup) -> Markup {
    html! { details.figures { summary { "The figures" } div.scroll { (table) } } }
}
