//! Year by year.

use matinee_web::words::{genre, grouped, percent, tenths};
use tr::tr;
use yew::prelude::*;

use crate::pages::charts::{Figure, Line, Table, lines};
use crate::trends::{Time, Trends};

/// Genres drawn; the table has them all.
const GENRES: usize = 9;

/// How much was rated each year, how well, and of which genres.
pub(super) fn years(trends: &Trends, time: &Time, scale: f32) -> Html {
    if time.years.len() < 2 {
        return Html::default();
    }
    html! {
        <section class="chapter" aria-labelledby="years">
            <h2 class="section__title" id="years">{ tr!("Year by year") }</h2>
            <div class="figures">
                { figures(time, scale) }
                { genres(trends, time) }
            </div>
        </section>
    }
}

fn figures(time: &Time, scale: f32) -> Html {
    let whole = |column: &[u32]| column.iter().map(|value| Some(f64::from(*value))).collect();
    let part = |column: &[Option<f32>], by: f32| {
        let value = |value: &Option<f32>| value.map(|value| f64::from(value * by));
        column.iter().map(value).collect()
    };
    let counts = [
        Line {
            label: tr!("Ratings"),
            values: whole(&time.ratings),
            said: |value| grouped(value as u64),
        },
        Line {
            label: tr!("People who rated"),
            values: whole(&time.raters),
            said: |value| grouped(value as u64),
        },
    ];
    let means = [
        Line {
            label: tr!("Mean stars"),
            values: part(&time.mean, scale),
            said: |value| tenths(value as f32),
        },
        Line {
            label: tr!("Mean age of the films, in years"),
            values: part(&time.film_age, 1.0),
            said: |value| tenths(value as f32),
        },
    ];
    let all: Vec<&Line> = counts.iter().chain(&means).collect();
    let table = table(&time.years, &all);
    html! {
        <Figure name="years" title={tr!("How much was rated, and how well")} {table}>
            { lines(&counts, &time.years, Some(0.0)) }
            { lines(&means, &time.years, None) }
        </Figure>
    }
}

fn genres(trends: &Trends, time: &Time) -> Html {
    let line = |(name, thousandths): (&str, &Vec<u16>)| Line {
        label: genre(name),
        values: thousandths
            .iter()
            .map(|part| Some(f64::from(*part) / 1000.0))
            .collect(),
        said: percent,
    };
    let names = trends.genres.iter().map(|genre| genre.name.as_str());
    let all: Vec<Line> = names.zip(&time.genre_years).map(line).collect();
    let drawn = &all[..all.len().min(GENRES)];
    html! {
        <Figure name="genre-years" title={tr!("What was rated")}
            lead={tr!("Each genre’s part of a year’s ratings. A film of three genres counts for each.")}
            table={table(&time.years, &all.iter().collect::<Vec<_>>())}>
            { lines(drawn, &time.years, Some(0.0)) }
        </Figure>
    }
}

/// A row a year, a column a line.
fn table(years: &[u16], lines: &[&Line]) -> Table {
    let labels = lines.iter().map(|line| line.label.clone());
    let row = |(at, year): (usize, &u16)| {
        let cell = |line: &&Line| {
            let value = line.values.get(at).copied().flatten();
            value.map_or_else(|| "–".to_owned(), line.said)
        };
        [year.to_string()]
            .into_iter()
            .chain(lines.iter().map(cell))
            .collect()
    };
    Table {
        head: [tr!("Year")].into_iter().chain(labels).collect(),
        rows: years.iter().enumerate().map(row).collect(),
    }
}
