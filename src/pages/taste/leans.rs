//! Leanings as charts.

use matinee_web::words::{genre, grouped, signed};
use tr::tr;
use yew::prelude::*;

use super::leanings::{Kind, Leaning, Leanings, Surety};
use super::words;
use crate::pages::charts::{Figure, Range, Table, ranges};

/// Genres of one decade that are drawn, on either side.
const BOTH: usize = 5;

/// What the visitor leans to and away from, and how sure that is.
pub(super) fn leans(leanings: &Leanings) -> Html {
    let all = [&leanings.genres, &leanings.decades, &leanings.both];
    if all.iter().all(|some| some.is_empty()) {
        return Html::default();
    }
    // One axis for all, as wide as the widest point or interval that is drawn in full.
    let reach = all
        .into_iter()
        .flatten()
        .map(|leaning| leaning.stars.abs() + leaning.sd)
        .fold(0.1, f32::max);
    let some = strongest(&leanings.both);
    html! {
        <section class="chapter" aria-labelledby="leanings">
            <h2 class="section__title" id="leanings">{ tr!("What you lean to") }</h2>
            <p class="page__lead">
                { tr!("Stars that you would give more or less than most people, beside how you rate in general. The line is most \
                   people; a bar holds the truth nine times in ten. A filled point is sure or likely, a hollow one is open.") }
            </p>
            <div class="figures">
                { figure("lean-genres", tr!("Genres"), &leanings.genres, reach) }
                { figure("lean-decades", tr!("Decades"), &leanings.decades, reach) }
                { figure("lean-both", tr!("What stands out within a decade"), &some, reach) }
            </div>
        </section>
    }
}

/// The strongest on either side, those away last.
fn strongest(leanings: &[Leaning]) -> Vec<Leaning> {
    let to = leanings
        .iter()
        .filter(|leaning| leaning.stars > 0.0)
        .take(BOTH);
    let away = leanings
        .iter()
        .rev()
        .filter(|leaning| leaning.stars < 0.0)
        .take(BOTH);
    let mut away: Vec<&Leaning> = away.collect();
    away.reverse();
    to.chain(away).cloned().collect()
}

fn figure(name: &'static str, title: String, leanings: &[Leaning], reach: f32) -> Html {
    if leanings.is_empty() {
        return Html::default();
    }
    let place = |stars: f32| f64::from((stars / reach + 1.0) / 2.0).clamp(0.0, 1.0);
    let range = |leaning: &Leaning| {
        let (low, high) = leaning.ends();
        Range {
            label: html! { { label(&leaning.kind) } },
            at: place(leaning.stars),
            ends: (place(low), place(high)),
            said: signed(leaning.stars.into()),
            note: String::new(),
            open: leaning.surety() == Surety::Open,
        }
    };
    let drawn: Vec<Range> = leanings.iter().map(range).collect();
    html! {
        <Figure {name} {title} table={table(leanings)}>{ ranges(&drawn, 0.5) }</Figure>
    }
}

fn table(leanings: &[Leaning]) -> Table {
    let row = |leaning: &Leaning| {
        let (low, high) = leaning.ends();
        let sure = match leaning.surety() {
            Surety::Open => tr!("open"),
            Surety::Likely => tr!("likely"),
            Surety::Sure => tr!("sure"),
        };
        vec![
            label(&leaning.kind),
            signed(leaning.stars.into()),
            tr!("{} to {}", signed(low.into()), signed(high.into())),
            sure,
            grouped(leaning.rated as u64),
        ]
    };
    Table {
        head: vec![
            tr!("Films"),
            tr!("Stars beyond most people’s"),
            tr!("Nine times in ten"),
            tr!("How sure"),
            tr!("Rated by you"),
        ],
        rows: leanings.iter().map(row).collect(),
    }
}

fn label(kind: &Kind) -> String {
    match kind {
        Kind::Genre(name) => genre(name),
        Kind::Decade(from) => tr!("{}s", from),
        both @ Kind::Both(..) => words::name(both),
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn the_strongest_of_both_sides_are_drawn_in_order() {
        let leanings: Vec<Leaning> = (0..20)
            .map(|i| Leaning {
                kind: Kind::Decade(1900 + i),
                stars: 1.0 - f32::from(i) * 0.1,
                sd: 0.1,
                rated: 0,
            })
            .collect();
        let stars: Vec<f32> = strongest(&leanings).iter().map(|l| l.stars).collect();
        assert_eq!(stars.len(), 2 * BOTH);
        assert!(stars.is_sorted_by(|a, b| a > b) && stars[0] == 1.0);
        assert!(stars.last().is_some_and(|last| *last < -0.8));
    }
}
