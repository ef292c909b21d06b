//! The page of invented figures, and of titles that would like to be markup.

use matinee_format::{DataSet, Setting};

use super::*;
use crate::audit::{Change, Weighing};
use crate::evaluate::questions::RareOffers;
use crate::stars::Quintile;
use crate::trends::{Bar, Data, Group, KnownFilm, Released};

const HOSTILE: &str = "<script>alert('1')</script><b title=\"x\">&amp;";

fn estimate(mean: f64) -> Estimate {
    Estimate {
        mean,
        standard_error: 0.005,
    }
}

fn contender(name: &str, ndcg: f64, ours: bool) -> Contender {
    Contender {
        name: name.into(),
        ours,
        metrics: [estimate(0.3), estimate(0.5), estimate(ndcg)],
        gain: estimate(0.4 - ndcg),
        coverage: 0.2,
        overlap: 0.1,
        trials: 3,
    }
}

fn weighing(beta: f64) -> Weighing {
    let change = Change {
        median: 0.1,
        mean: estimate(0.12),
    };
    Weighing {
        beta,
        top_1: 0.13,
        top_10: 0.5,
        ndcg: estimate(0.4),
        without_top: change,
        without_random: change,
    }
}

fn asked(name: &str, ndcg: [f64; 3], ours: f64) -> Asked {
    Asked {
        name: name.into(),
        ndcg: ndcg.map(estimate).into(),
        gain: ndcg.map(|mean| estimate(ours - mean)).into(),
        answered: vec![0.0, 0.75, 1.25],
    }
}

fn film(title: &str) -> Film {
    Film {
        title: title.into(),
        year: Some(1999),
        genres: vec!["Drama".into()],
        ratings: 10,
    }
}

/// A report with something in every section and `text` wherever a text can stand.
fn report(text: &str) -> Report {
    let known = KnownFilm {
        id: "1".into(),
        title: text.into(),
        year: None,
    };
    Report {
        card: ModelCard {
            name: text.into(),
            data_sets: vec![DataSet {
                name: text.into(),
                licence: text.into(),
                citation: text.into(),
            }],
            algorithm: text.into(),
            users: 10,
            ratings: 1_234_567,
            settings: vec![Setting {
                name: text.into(),
                value: text.into(),
            }],
            evaluations: vec![matinee_format::Evaluation {
                protocol: text.into(),
                metric: text.into(),
                value: 0.5,
                standard_error: 0.0,
            }],
            ..ModelCard::default()
        },
        file: File {
            bytes: 777_777,
            films: 15_000,
            dims: 64,
            levels: 7,
        },
        contenders: vec![contender(text, 0.2, false), contender("Matinee", 0.4, true)],
        left_out: vec![text.into()],
        sizes: [(16, 4.0), (64, 20.0)]
            .map(|(dims, bytes_an_item)| Size {
                dims,
                levels: 7,
                bytes_an_item,
                ndcg: estimate(0.4),
                ships: dims == 64,
            })
            .into(),
        raters: Some(RaterAudit {
            raters: 1000,
            left_out: 10,
            test_users: 100,
            before: weighing(0.0),
            after: weighing(0.5),
            gain: estimate(0.01),
            curve: vec![[0.0; 3], [0.5, 0.9, 0.7], [1.0; 3]],
        }),
        later: Some(Later {
            date: jiff::civil::date(2015, 6, 30),
            users: 77,
            contenders: [(text, 0.123), ("Matinee", 0.234)]
                .map(|(name, ndcg)| AfterDate {
                    name: name.into(),
                    ndcg: estimate(ndcg),
                    gain: estimate(0.234 - ndcg),
                })
                .into(),
        }),
        questions: Some(Asking {
            strategies: vec![
                asked("Matinee", [0.1, 0.2, 0.3], 0.3),
                asked(text, [0.1, 0.15, 0.19], 0.3),
            ],
            rare: RareOffers {
                users: 11,
                offered: 40,
                rated: 3,
                rated_at_random: 0.5,
            },
        }),
        stars: Some(StarFigures {
            rmse: vec![
                (text.into(), estimate(0.9)),
                ("ours".into(), estimate(0.843)),
            ],
            promised: 0.8,
            quintiles: vec![Quintile {
                predicted: 0.876,
                rmse: 0.891,
                held: 0.787,
            }],
        }),
        dislikes: vec![Dislikes {
            name: text.into(),
            ndcg: 0.4,
            disliked: 0.03,
            ships: true,
        }],
        reach: vec![Reach {
            name: text.into(),
            ours: true,
            ndcg: 0.456,
            coverage: 0.314,
            gini: 0.912,
            long_tail: 0.217,
            distance: 0.777,
            overlap: 0.123,
        }],
        dials: [0.0, 0.5]
            .map(|position| Dialling {
                dial: Dial::Diversity,
                position,
                given: 0.6 + f64::from(position) / 8.0,
                ndcg: estimate(0.4 - f64::from(position) / 8.0),
                gain: estimate(-f64::from(position) / 8.0),
            })
            .into(),
        trends: Trends {
            version: 1,
            data: Data {
                model: text.into(),
                ratings: 3,
                raters: 2,
                films: 2,
                undated: 3,
            },
            distribution: vec![Bar {
                rating: 4.0,
                count: 3,
            }],
            released: Released {
                years: vec![1999],
                films: vec![2],
                ratings: vec![3],
                mean: vec![Some(4.0)],
            },
            genres: Vec::new(),
            time: None,
            groups: vec![Group {
                name: text.into(),
                genres: vec![text.into()],
                tags: vec![text.into()],
                films: 2,
                ratings: 3,
                mean: None,
                year: None,
                known_for: vec![known],
            }],
        },
        map: vec![Place {
            title: text.chars().take(20).collect(),
            year: None,
            group: Some(0),
            ratings: 9,
            x: 0.5,
            y: 0.5,
        }],
        failures: vec![Failure {
            ndcg: 0.0,
            likes: 20,
            liked: vec![film(text)],
            recommended: vec![film(text)],
            hidden: vec![HiddenFilm {
                film: film(text),
                place: 900,
            }],
            guess: text.into(),
        }],
        trials: vec![Trial {
            settings: vec![("beta", 0.5)],
            ndcg: 0.4,
            seconds: 1.0,
        }],
    }
}

#[test]
fn hostile_titles_never_become_markup() {
    let (plain, hostile) = (report("Heat").html(), report(HOSTILE).html());
    let tags = |page: &str| page.matches('<').count();
    assert_eq!(tags(&plain), tags(&hostile), "a title has added a tag");
    assert_eq!(
        hostile.matches("<script").count(),
        1,
        "the page's own script alone"
    );
    assert!(hostile.contains("&lt;script&gt;alert"));
    let attributes = |page: &str| page.matches("=\"").count();
    assert_eq!(
        attributes(&plain),
        attributes(&hostile),
        "a title has added an attribute"
    );
}

#[test]
fn the_page_asks_for_nothing_and_names_no_address() {
    let page = report("Heat").html();
    for request in [
        "http:", "https:", "url(", "@import", "src=", "<link", "fetch(", "import(",
    ] {
        assert!(!page.contains(request), "{request}");
    }
}

#[test]
fn sections_without_figures_are_left_out_of_page_and_contents() {
    let full = report("Heat");
    let mut bare = full.clone();
    bare.stars = None;
    bare.questions = None;
    bare.dislikes.clear();
    bare.reach.clear();
    bare.dials.clear();
    bare.later = None;
    bare.raters = None;
    let (full, bare) = (full.html(), bare.html());
    for id in ["stars", "questions", "dislikes", "reach", "dials", "raters"] {
        let (section, link) = (format!("id=\"{id}\""), format!("href=\"#{id}\""));
        assert!(
            full.contains(&section) && full.contains(&link),
            "{id} is missing"
        );
        assert!(
            !bare.contains(&section) && !bare.contains(&link),
            "{id} is empty and yet there"
        );
    }
    assert!(bare.contains("no timestamps"));
    assert!(full.contains("2015-06-30") && !bare.contains("2015-06-30"));
}

#[test]
fn every_section_says_its_own_figures() {
    let page = report("Heat").html();
    let section = |id: &str| {
        let from = page
            .find(&format!("id=\"{id}\""))
            .expect("the section is there");
        let text = &page[from..];
        &text[..text.find("</section>").expect("it ends")]
    };
    let says = [
        // Ours has .2 after one film, the other .19 after two; then ours is ahead by .3 - .19.
        (
            "questions",
            "reaches with 2 films, Matinee reaches with 1; after 2 it is ahead by 0.110 ± 0.005",
        ),
        ("questions", "a visitor has seen 1.2 on average"),
        ("questions", "7.50% of them"),
        ("questions", "1.25% of rare films at random"),
        ("stars", "0.843 ± 0.005"),
        ("stars", "79%"),
        ("stars", "0.876"),
        ("stars", "0.891"),
        ("reach", "0.456"),
        ("reach", "31%"),
        ("reach", "0.912"),
        ("reach", "22%"),
        ("reach", "0.777"),
        ("reach", "12%"),
        ("dials", "0.662"),
        ("dials", "-0.0625 ± 0.0050"),
        ("accuracy", "0.234 ± 0.005"),
        ("accuracy", "0.1110 ± 0.0050, user by user"),
        ("accuracy", "77"),
    ];
    for (id, figure) in says {
        assert!(section(id).contains(figure), "{id} does not say {figure}");
    }
}

#[test]
fn a_strategy_that_is_never_caught_up_with_is_said_to_be_ahead() {
    let mut report = report("Heat");
    let questions = report.questions.as_mut().expect("they are there");
    questions.strategies[1] = asked("Heat", [0.1, 0.3, 0.4], 0.3);
    assert!(
        report
            .html()
            .contains("After 2 films Matinee is behind Heat by 0.100 ± 0.005.")
    );
}

#[test]
fn the_same_figures_give_the_same_bytes() {
    assert_eq!(report("Heat").html(), report("Heat").html());
}
