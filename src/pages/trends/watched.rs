//! When people rate, and what they give to what.

use matinee_web::words::{genre, grouped, percent, tenths};
use tr::tr;
use yew::prelude::*;

use super::names;
use crate::pages::charts::{Bar, Figure, Line, Table, bars, lines};
use crate::trends::{Calendar, Time, Trends};

/// By weekday and month.
pub(super) fn when(time: &Time) -> Html {
    html! {
        <section class="chapter" aria-labelledby="when">
            <h2 class="section__title" id="when">{ tr!("When people rate") }</h2>
            <p class="page__lead">{ tr!("Counted are sittings, a person’s day with a rating, by universal time.") }</p>
            <div class="figures">
                { calendar("weekdays", tr!("Day of the week"), names("weekday", 7), &time.weekdays) }
                { calendar("months", tr!("Month"), names("month", 12), &time.months) }
            </div>
        </section>
    }
}

fn calendar(name: &'static str, title: String, names: Vec<String>, counts: &Calendar) -> Html {
    let whole: u32 = counts.sittings.iter().sum();
    let most = counts.sittings.iter().copied().max().unwrap_or(0);
    if most == 0 {
        return Html::default();
    }
    let rows = || names.iter().zip(&counts.sittings).zip(&counts.ratings);
    let drawn: Vec<Bar> = rows()
        .map(|((name, sittings), _)| Bar {
            label: name.clone(),
            part: f64::from(*sittings) / f64::from(most),
            mark: None,
            said: percent(f64::from(*sittings) / f64::from(whole)),
        })
        .collect();
    let table = Table {
        head: vec![title.clone(), tr!("Sittings"), tr!("Ratings")],
        rows: rows()
            .map(|((name, sittings), ratings)| {
                vec![
                    name.clone(),
                    grouped((*sittings).into()),
                    grouped((*ratings).into()),
                ]
            })
            .collect(),
    };
    html! { <Figure {name} {title} {table}>{ bars(&drawn) }</Figure> }
}

/// By stars, genre and year of release.
pub(super) fn what(trends: &Trends, scale: f32) -> Html {
    html! {
        <section class="chapter" aria-labelledby="what">
            <h2 class="section__title" id="what">{ tr!("What people give to what") }</h2>
            <div class="figures">
                { stars(trends, scale) }
                { genres(trends, scale) }
                { released(trends, scale) }
            </div>
        </section>
    }
}

fn stars(trends: &Trends, scale: f32) -> Html {
    let counts = || trends.distribution.iter().rev();
    let whole: u32 = counts().map(|bar| bar.count).sum();
    let most = counts().map(|bar| bar.count).max().unwrap_or(0);
    if most == 0 {
        return Html::default();
    }
    let label = |rating: f32| tr!("{}\u{a0}★", tenths(rating * scale));
    let drawn: Vec<Bar> = counts()
        .map(|bar| Bar {
            label: label(bar.rating),
            part: f64::from(bar.count) / f64::from(most),
            mark: None,
            said: percent(f64::from(bar.count) / f64::from(whole)),
        })
        .collect();
    let table = Table {
        head: vec![tr!("Stars"), tr!("Ratings")],
        rows: counts()
            .map(|bar| vec![label(bar.rating), grouped(bar.count.into())])
            .collect(),
    };
    html! {
        <Figure name="distribution" title={tr!("How many stars")} {table}>{ bars(&drawn) }</Figure>
    }
}

fn genres(trends: &Trends, scale: f32) -> Html {
    let whole = f64::from(trends.data.ratings.max(1));
    let most = trends.genres.iter().map(|genre| genre.ratings).max();
    let most = f64::from(most.unwrap_or(0).max(1));
    let mean = |mean: Option<f32>| mean.map_or_else(|| "–".to_owned(), |mean| tenths(mean * scale));
    let drawn: Vec<Bar> = trends
        .genres
        .iter()
        .map(|one| Bar {
            label: genre(&one.name),
            part: f64::from(one.ratings) / most,
            mark: None,
            said: tr!(
                "{part}, {mean}\u{a0}★",
                part = percent(f64::from(one.ratings) / whole),
                mean = mean(one.mean)
            ),
        })
        .collect();
    let table = Table {
        head: vec![
            tr!("Genre"),
            tr!("Films"),
            tr!("Ratings"),
            tr!("Mean stars"),
        ],
        rows: trends
            .genres
            .iter()
            .map(|one| {
                vec![
                    genre(&one.name),
                    grouped(one.films.into()),
                    grouped(one.ratings.into()),
                    mean(one.mean),
                ]
            })
            .collect(),
    };
    html! {
        <Figure name="genres" title={tr!("Genres")}
            lead={tr!("Each one’s part of all ratings, and its mean. A film of three genres counts for each.")} {table}>
            { bars(&drawn) }
        </Figure>
    }
}

/// Years of few ratings have means that say little.
const ENOUGH: u32 = 100;

fn released(trends: &Trends, scale: f32) -> Html {
    let released = &trends.released;
    if released.years.len() < 2 {
        return Html::default();
    }
    let ratings = released.ratings.iter().map(|count| Some(f64::from(*count)));
    let enough = released.ratings.iter().map(|count| *count >= ENOUGH);
    let means = released.mean.iter().zip(enough);
    let means =
        means.map(|(mean, enough)| mean.filter(|_| enough).map(|mean| f64::from(mean * scale)));
    let counts = [Line {
        label: tr!("Ratings"),
        values: ratings.collect(),
        said: |value| grouped(value as u64),
    }];
    let means = [Line {
        label: tr!("Mean stars, of years with a hundred ratings"),
        values: means.collect(),
        said: |value| tenths(value as f32),
    }];
    let row = |(at, year): (usize, &u16)| {
        let count = |column: &[u32]| grouped(column.get(at).copied().unwrap_or(0).into());
        let mean = released.mean.get(at).copied().flatten();
        vec![
            year.to_string(),
            count(&released.films),
            count(&released.ratings),
            mean.map_or_else(|| "–".to_owned(), |mean| tenths(mean * scale)),
        ]
    };
    let table = Table {
        head: vec![
            tr!("Year of release"),
            tr!("Films"),
            tr!("Ratings"),
            tr!("Mean stars"),
        ],
        rows: released.years.iter().enumerate().map(row).collect(),
    };
    html! {
        <Figure name="released" title={tr!("Year of release")} {table}>
            { lines(&counts, &released.years, Some(0.0)) }
            { lines(&means, &released.years, None) }
        </Figure>
    }
}
