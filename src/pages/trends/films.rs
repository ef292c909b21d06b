//! Films on their way up and down, and those that the same people like.

use matinee_web::words::{conjunction, genre, grouped, percent, tenths};
use tr::tr;
use yew::prelude::*;

use super::{date, film};
use crate::pages::charts::{Figure, Range, Table, ranges};
use crate::trends::{Group, Mover, Movers};

/// Films whose share of the ratings rose or fell.
pub(super) fn movers(movers: &Movers, here: impl Fn(&str) -> bool) -> Html {
    let all = || movers.rising.iter().chain(&movers.falling);
    if all().next().is_none() {
        return Html::default();
    }
    // One axis for both, on which twice as often lies as far from the line as half as often.
    let low = all().fold(1.0_f64, |low, mover| low.min(mover.low));
    let high = all().fold(1.0_f64, |high, mover| high.max(mover.high));
    let place = move |ratio: f64| (ratio / low).ln() / (high / low).ln();
    let figure = |name: &'static str, title: String, films: &[Mover]| {
        if films.is_empty() {
            return Html::default();
        }
        let shown: Vec<Range> = films
            .iter()
            .map(|mover| range(mover, place, &here))
            .collect();
        html! {
            <Figure {name} {title} table={table(films)}>{ ranges(&shown, place(1.0)) }</Figure>
        }
    };
    html! {
        <section class="chapter" aria-labelledby="movers">
            <h2 class="section__title" id="movers">{ tr!("Rising and falling") }</h2>
            <p class="page__lead">
                { tr!("What part of all ratings went to a film since {since}, against its part from {from} until then. Only films \
                   that were out all the time, and only what is more than chance.",
                   since = date(&movers.since), from = date(&movers.from)) }
            </p>
            <div class="figures">
                { figure("rising", tr!("Rated more than before"), &movers.rising) }
                { figure("falling", tr!("Rated less than before"), &movers.falling) }
            </div>
        </section>
    }
}

fn range(mover: &Mover, place: impl Fn(f64) -> f64, here: impl Fn(&str) -> bool) -> Range {
    Range {
        label: film(&mover.id, &mover.title, mover.year, here(&mover.id)),
        at: place(mover.ratio),
        ends: (place(mover.low), place(mover.high)),
        said: times(mover.ratio),
        note: String::new(),
        open: false,
    }
}

/// "1.8 times" or "70%".
fn times(ratio: f64) -> String {
    if ratio < 1.0 {
        percent(ratio)
    } else {
        tr!("{} times", tenths(ratio as f32))
    }
}

fn table(films: &[Mover]) -> Table {
    let row = |mover: &Mover| {
        let name = match mover.year {
            Some(year) => format!("{}, {year}", mover.title),
            None => mover.title.clone(),
        };
        vec![
            name,
            grouped(mover.before.into()),
            grouped(mover.after.into()),
            times(mover.ratio),
            tr!("{} to {}", times(mover.low), times(mover.high)),
        ]
    };
    Table {
        head: vec![
            tr!("Film"),
            tr!("Ratings before"),
            tr!("Ratings since"),
            tr!("Part of all ratings, against before"),
            tr!("Nine times in ten"),
        ],
        rows: films.iter().map(row).collect(),
    }
}

/// Films that the same people like.
pub(super) fn groups(groups: &[Group], here: impl Fn(&str) -> bool, scale: f32) -> Html {
    if groups.is_empty() {
        return Html::default();
    }
    html! {
        <section class="chapter" aria-labelledby="groups">
            <h2 class="section__title" id="groups">{ tr!("Tastes") }</h2>
            <p class="page__lead">{ tr!("Films that the same people like, whatever they are called. The most rated first.") }</p>
            <ul class="tastes" data-testid="groups">
                { for groups.iter().map(|group| card(group, &here, scale)) }
            </ul>
        </section>
    }
}

fn card(group: &Group, here: impl Fn(&str) -> bool, scale: f32) -> Html {
    let genres: Vec<String> = group.genres.iter().map(|name| genre(name)).collect();
    let name = if genres.is_empty() {
        match group.known_for.first() {
            Some(film) => tr!("Around {}", film.title),
            None => group.name.clone(),
        }
    } else {
        conjunction(&genres, |genre| genre, |word| word).concat()
    };
    let ratings = tr!(
        "{} rating" | "{} ratings" % group.ratings,
        grouped(group.ratings.into())
    );
    let mean = group
        .mean
        .map(|mean| tr!("{}\u{a0}stars on the average", tenths(mean * scale)));
    let year = group.year.map(|year| tr!("around {}", year));
    let facts: Vec<String> = [year, Some(ratings), mean].into_iter().flatten().collect();
    html! {
        <li class="taste-card">
            <h3 class="figure__title">{ name }</h3>
            <p class="figure__lead">{ facts.join(" · ") }</p>
            <ul class="taste-card__films">
                { for group.known_for.iter().map(|known| {
                    html! { <li>{ film(&known.id, &known.title, known.year, here(&known.id)) }</li> }
                }) }
            </ul>
            if !group.tags.is_empty() {
                // Tags are in the language of those who gave them.
                <p class="taste-card__tags" lang="en" dir="ltr">{ group.tags.join(", ") }</p>
            }
        </li>
    }
}
