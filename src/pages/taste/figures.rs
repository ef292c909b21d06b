//! What the visitor rated, beside everybody.

use matinee_format::Model;
use matinee_web::Stars;
use matinee_web::words::{genre, grouped, percent, tenths};
use tr::tr;
use yew::prelude::*;

use super::tally::{Apart, Part, Tally};
use crate::catalogue::Catalogue;
use crate::pages::charts::{Bar, Figure, Range, Table, bars, ranges};
use crate::routes::Route;
use crate::trends::Trends;

/// Films listed on which the visitor and others differ, on either side.
const APART: usize = 6;
/// Genres drawn; the table has them all.
const GENRES: usize = 12;

/// Ratings by stars, decade and genre.
pub(super) fn figures(tally: &Tally, model: &Model, trends: Option<&Trends>) -> Html {
    let decades = tally.decades(model);
    let genres = tally.genres(model);
    let decade = |from: &u16| tr!("{}s", from);
    let named = |name: &String| genre(name);
    html! {
        <section class="chapter" aria-labelledby="counted">
            <h2 class="section__title" id="counted">{ tr!("Your ratings, counted") }</h2>
            <p class="key" aria-hidden="true">
                <span><i class="key__bar"></i>{ tr!("you") }</span>
                <span><i class="key__mark"></i>{ tr!("everyone") }</span>
            </p>
            <div class="figures">
                { stars(tally, trends) }
                { parts("decades", tr!("By decade"), tr!("Decade"), &decades, decades.len(), decade) }
                { parts("kinds", tr!("By genre"), tr!("Genre"), &genres, GENRES, named) }
            </div>
        </section>
    }
}

/// How often each number of stars was given; everyone's are of the trends file, where there is one.
fn stars(tally: &Tally, trends: Option<&Trends>) -> Html {
    let whole = tally.halves.iter().sum::<usize>().max(1) as f64;
    let theirs = trends.and_then(everyone);
    let share = |count: usize| count as f64 / whole;
    let most = tally.halves.iter().map(|count| share(*count));
    let most = most
        .chain(theirs.into_iter().flatten())
        .fold(0.01, f64::max);
    // The most stars first.
    let rows = || (0..tally.halves.len()).rev();
    let label = |at: usize| {
        let stars = Stars::from_halves(at as u8 + 1);
        tr!("{}\u{a0}★", stars.map(Stars::short).unwrap_or_default())
    };
    let drawn: Vec<Bar> = rows()
        .map(|at| Bar {
            label: label(at),
            part: share(tally.halves[at]) / most,
            mark: theirs.map(|theirs| theirs[at] / most),
            said: grouped(tally.halves[at] as u64),
        })
        .collect();
    let mut head = vec![tr!("Stars"), tr!("Films"), tr!("Of yours")];
    head.extend(theirs.map(|_| tr!("Of everyone’s")));
    let table = Table {
        head,
        rows: rows()
            .map(|at| {
                let count = tally.halves[at];
                let mut row = vec![label(at), grouped(count as u64), percent(share(count))];
                row.extend(theirs.map(|theirs| percent(theirs[at])));
                row
            })
            .collect(),
    };
    html! {
        <Figure name="stars" title={tr!("By stars")} {table}>{ bars(&drawn) }</Figure>
    }
}

/// Parts of everybody's ratings by half stars; none where the data has another scale.
fn everyone(trends: &Trends) -> Option<[f64; 10]> {
    let whole: u32 = trends.distribution.iter().map(|bar| bar.count).sum();
    let mut parts = [0.0; 10];
    for bar in &trends.distribution {
        let halves = bar.rating * 2.0;
        if halves.fract() != 0.0 || !(1.0..=10.0).contains(&halves) {
            return None;
        }
        parts[halves as usize - 1] = f64::from(bar.count) / f64::from(whole);
    }
    (whole > 0).then_some(parts)
}

/// Parts of the visitor's ratings against everybody's.
fn parts<T>(
    name: &'static str,
    title: String,
    what: String,
    parts: &[Part<T>],
    drawn: usize,
    label: impl Fn(&T) -> String,
) -> Html {
    let most = parts
        .iter()
        .map(|part| part.share.max(part.everyone))
        .fold(0.01, f64::max);
    let bar = |part: &Part<T>| Bar {
        label: label(&part.of),
        part: part.share / most,
        mark: Some(part.everyone / most),
        said: percent(part.share),
    };
    let mean = |mean: Option<f32>| mean.map_or_else(|| "–".to_owned(), tenths);
    let row = |part: &Part<T>| {
        vec![
            label(&part.of),
            grouped(part.films as u64),
            percent(part.share),
            percent(part.everyone),
            mean(part.mean),
            mean(part.others),
        ]
    };
    let table = Table {
        head: vec![
            what,
            tr!("Films"),
            tr!("Of yours"),
            tr!("Of everyone’s"),
            tr!("Your mean"),
            tr!("Others’, of the same films"),
        ],
        rows: parts.iter().map(row).collect(),
    };
    let drawn: Vec<Bar> = parts.iter().take(drawn).map(bar).collect();
    html! { <Figure {name} {title} {table}>{ bars(&drawn) }</Figure> }
}

/// Films of which the visitor thinks otherwise than most.
pub(super) fn apart(catalogue: &Catalogue, tally: &Tally) -> Html {
    let (more, less) = tally.apart(APART);
    if more.is_empty() && less.is_empty() {
        return Html::default();
    }
    html! {
        <section class="chapter" aria-labelledby="apart">
            <h2 class="section__title" id="apart">{ tr!("Against everyone") }</h2>
            <p class="page__lead">{ tr!("Where you and others differ most. The line is what others give.") }</p>
            <div class="figures">
                { differences("more", tr!("You like more"), catalogue, &more) }
                { differences("less", tr!("You like less"), catalogue, &less) }
            </div>
        </section>
    }
}

fn differences(name: &'static str, title: String, catalogue: &Catalogue, films: &[Apart]) -> Html {
    if films.is_empty() {
        return Html::default();
    }
    const MOST: f64 = 4.5;
    let place = |stars: f32| (f64::from(stars) / MOST + 1.0) / 2.0;
    let range = |apart: &Apart| {
        let film = catalogue.films.at(apart.row);
        let by = apart.own - apart.others;
        Range {
            label: html! { <a href={Route::film(&film.id)}><cite>{ &film.title }</cite></a> },
            at: place(by),
            ends: (place(by.min(0.0)), place(by.max(0.0))),
            said: tr!(
                "{own} for {others}",
                own = tenths(apart.own),
                others = tenths(apart.others)
            ),
            note: String::new(),
            open: false,
        }
    };
    let row = |apart: &Apart| {
        let film = catalogue.films.at(apart.row);
        vec![film.name(), tenths(apart.own), tenths(apart.others)]
    };
    let table = Table {
        head: vec![tr!("Film"), tr!("Your stars"), tr!("Others’ stars")],
        rows: films.iter().map(row).collect(),
    };
    let drawn: Vec<Range> = films.iter().map(range).collect();
    html! { <Figure {name} {title} {table}>{ ranges(&drawn, 0.5) }</Figure> }
}
