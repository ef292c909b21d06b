//! The model card: where the model comes from, how good it is, and what its audits found.

use matinee_format::{Evaluation, Header, Model};
use matinee_web::components::sentence;
use matinee_web::words::{day, grouped, percent, tenths};
use tr::tr;
use yew::prelude::*;

use crate::state::ModelRef;

/// The card in words, then every figure.
pub(super) fn sections(model: &ModelRef, settled: bool) -> Html {
    let header = model.header();
    let figures = Figures(&header.card.evaluations);
    html! {
        <>
            { origin(header, model.len()) }
            if !header.card.evaluations.is_empty() {
                <section aria-labelledby="about-good" data-testid="audits">
                    <h2 class="section__title" id="about-good">{ tr!("How good it is") }</h2>
                    <p>{ tr!("Measured on people whose ratings were not used to build it: part of theirs was hidden, and Matinee had to find it.") }</p>
                    { quality(&figures) }
                    { say(&figures) }
                </section>
            }
            if settled { { audit(model) } }
            { every_figure(header) }
            { thanks(header) }
        </>
    }
}

fn fact(name: String, value: String) -> Html {
    html! { <><dt>{ name }</dt><dd>{ value }</dd></> }
}

fn origin(header: &Header, arrived: usize) -> Html {
    let card = &header.card;
    let films = match header.items_total as usize {
        total if total == arrived => grouped(total as u64),
        total => tr!(
            "{} of {} so far",
            grouped(arrived as u64),
            grouped(total as u64)
        ),
    };
    html! {
        <section aria-labelledby="about-model" data-testid="model-card">
            <h2 class="section__title" id="about-model">{ tr!("The model") }</h2>
            <dl class="facts">
                if !card.name.is_empty() { { fact(tr!("Name"), card.name.clone()) } }
                { fact(tr!("Films"), films) }
                { fact(tr!("Learned from"), tr!("{} ratings by {} people", grouped(card.ratings), grouped(card.users))) }
                if card.last_rating > 0 {
                    { fact(tr!("Rated between"), tr!("{} and {}", date(card.first_rating), date(card.last_rating))) }
                }
                { fact(tr!("Method"), tr!("{}, {} numbers a film", &card.algorithm, header.dims)) }
            </dl>
        </section>
    }
}

/// What was measured, by protocol and metric.
struct Figures<'a>(&'a [Evaluation]);

impl Figures<'_> {
    fn get(&self, protocol: &str, metric: &str) -> Option<f64> {
        let found = self
            .0
            .iter()
            .find(|figure| figure.protocol.starts_with(protocol) && figure.metric == metric);
        found.map(|figure| figure.value)
    }
}

/// The day of a time given in seconds since 1970.
fn date(seconds: i64) -> String {
    day(seconds as f64 * 1000.0)
}

fn quality(figures: &Figures<'_>) -> Html {
    let found = figures.get("strong generalisation", "recall@20");
    let stars = figures
        .get("stars", "rmse")
        .zip(figures.get("stars", "rmse of item and user bias"));
    let held = figures.get("stars", "80% intervals that hold");
    html! {
        <ul>
            if let Some(found) = found {
                <li>{ tr!("Of the films that they liked and that were hidden, {} stand among the first twenty suggestions."
                    , percent(found)) }</li>
            }
            if let Some((ours, plain)) = stars {
                <li>{ tr!("Stars are guessed to within {} of a star, root mean square; what the averages of film and person give is {}."
                    , tenths(ours as f32), tenths(plain as f32)) }</li>
            }
            if let Some(held) = held {
                <li>{ tr!("A range that is to hold four times in five held in {} of cases.", percent(held)) }</li>
            }
        </ul>
    }
}

/// Whether a few people who rate very much decide for all.
fn say(figures: &Figures<'_>) -> Html {
    const AUDIT: &str = "heavy raters";
    let both = |metric: &str| {
        let plain = figures.get(AUDIT, &format!("{metric}, unweighted"))?;
        let weighed = figures.get(AUDIT, &format!("{metric}, weighted"))?;
        Some((plain, weighed))
    };
    let Some(weight) = both("weight held by the heaviest 1%") else {
        return Html::default();
    };
    let strong = |value: f64| html! { <strong>{ percent(value) }</strong> };
    html! {
        <>
            <h3 class="books__title">{ tr!("Do a few decide for all?") }</h3>
            <p>
                { sentence(
                    &tr!("One person in a hundred rates so much that they would hold {plain} of the say. Matinee weighs people so \
                          that they hold {weighed}."),
                    [("plain", strong(weight.0)), ("weighed", strong(weight.1))],
                ) }
            </p>
            if let (Some(without), Some(random)) = (
                both("top 20 changed without the heaviest 1%"),
                both("top 20 changed without a random 1%"),
            ) {
                <p>
                    { tr!("Trained without them, {} of the suggestions change; without as many others, drawn by lot, {}. \
                           Unweighed it would be {} and {}."
                        , percent(without.1), percent(random.1), percent(without.0), percent(random.0)) }
                </p>
            }
        </>
    }
}

/// What the catalogue lacks, counted here and now.
fn audit(model: &Model) -> Html {
    let (mut once, mut no_year, mut no_genre, mut linked, mut newest) = (0, 0, 0, 0, 0);
    for row in 0..model.len() as u32 {
        let item = model.item(row);
        once += u64::from(item.popularity <= 1);
        no_year += u64::from(item.year.is_none());
        no_genre += u64::from(item.genres == 0);
        linked += u64::from(item.imdb.is_some() || item.tmdb.is_some());
        newest = newest.max(item.year.unwrap_or(0));
    }
    html! {
        <section aria-labelledby="about-gaps">
            <h2 class="section__title" id="about-gaps">{ tr!("What it does not know") }</h2>
            <p>{ tr!("Counted just now in the file on your device.") }</p>
            <dl class="facts">
                { fact(tr!("Films rated at most once, guessed at from what they are"), grouped(once)) }
                { fact(tr!("Films without a year"), grouped(no_year)) }
                { fact(tr!("Films without a genre"), grouped(no_genre)) }
                { fact(tr!("Films known to IMDb or TMDB by number"), grouped(linked)) }
                if newest > 0 { { fact(tr!("Newest film"), newest.to_string()) } }
            </dl>
        </section>
    }
}

/// All that the card holds, as the trainer wrote it.
fn every_figure(header: &Header) -> Html {
    let card = &header.card;
    let figure = |figure: &Evaluation| {
        let value = match figure.standard_error {
            0.0 => format!("{:.4}", figure.value),
            error => format!("{:.4} ± {error:.4}", figure.value),
        };
        html! { <tr><th scope="row">{ &figure.metric }</th><td class="num">{ value }</td></tr> }
    };
    let by_protocol = card
        .evaluations
        .chunk_by(|one, next| one.protocol == next.protocol);
    let weights = header.feedback.scale.map(|scale| {
        let weight = |(step, weight): (usize, &f32)| {
            let rating = tenths(scale.min + step as f32 * scale.step);
            html! { <tr><th scope="row">{ tr!("A rating of {} counts", rating) }</th><td class="num">{ format!("{weight:+}") }</td></tr> }
        };
        header
            .feedback
            .weights
            .iter()
            .enumerate()
            .map(weight)
            .collect::<Html>()
    });
    html! {
        <details class="books__fold" data-testid="figures">
            <summary>{ tr!("Every figure and setting, as the trainer wrote them") }</summary>
            { for by_protocol.map(|same| html! {
                <table class="table books" lang="en">
                    <caption class="books__caption">{ &same[0].protocol }</caption>
                    <tbody>{ for same.iter().map(figure) }</tbody>
                </table>
            }) }
            <table class="table books" lang="en">
                <caption class="books__caption">{ tr!("Settings") }</caption>
                <tbody>
                    { for card.settings.iter().map(|setting| html! {
                        <tr><th scope="row">{ &setting.name }</th><td class="num">{ &setting.value }</td></tr>
                    }) }
                    { for weights }
                </tbody>
            </table>
        </details>
    }
}

fn thanks(header: &Header) -> Html {
    html! {
        <section aria-labelledby="about-thanks">
            <h2 class="section__title" id="about-thanks">{ tr!("Thanks to") }</h2>
            { for header.card.data_sets.iter().map(|data| html! {
                <p lang="en"><strong>{ &data.name }</strong><br />{ &data.citation }<br />{ &data.licence }</p>
            }) }
        </section>
    }
}
