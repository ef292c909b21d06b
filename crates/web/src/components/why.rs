//! What each rating adds to a film's score, as bars and as a table.

use tr::tr;
use yew::prelude::*;

use crate::rating::Stars;
use crate::words;

/// Most bars drawn; the table has them all.
const MOST_BARS: usize = 8;

/// One line of an explanation.
#[derive(Clone, Debug, PartialEq)]
pub struct WhyLine {
    /// Title of the rated film, or what else speaks for or against.
    pub label: AttrValue,
    /// The visitor's rating.
    pub stars: Option<Stars>,
    /// What it adds to the score: negative where it speaks against the film.
    pub amount: f64,
}

/// Props of [`Why`].
#[derive(Properties, PartialEq)]
pub struct WhyProps {
    /// The lines, the weightiest first.
    pub lines: Vec<WhyLine>,
}

/// Quiet bars, onwards for the film and backwards against it, each with its share of the whole; and the table.
#[component]
pub fn Why(props: &WhyProps) -> Html {
    let open = use_state_eq(|| false);
    let whole: f64 = props.lines.iter().map(|line| line.amount.abs()).sum();
    if whole == 0.0 {
        return Html::default();
    }
    let shown = &props.lines[..props.lines.len().min(MOST_BARS)];
    let most = |sign: f64| {
        shown
            .iter()
            .map(|line| line.amount * sign)
            .fold(0.0, f64::max)
    };
    let (most_for, most_against) = (most(1.0), most(-1.0));
    // Both sides share one scale; the side against gets the room that its longest bar and its figure need.
    let against = if most_against > 0.0 {
        (most_against / (most_for + most_against)).clamp(0.3, 0.7)
    } else {
        0.0
    };
    let scale = 0.72 * (1.0 - against) / most_for.max(f64::MIN_POSITIVE);
    let scale = if most_against > 0.0 {
        scale.min(0.72 * against / most_against)
    } else {
        scale
    };
    let toggle = {
        let open = open.clone();
        move |_: MouseEvent| open.set(!*open)
    };
    html! {
        <figure class="why-figure" style="margin:0">
            <ul class="why" style={format!("--against:{against:.3}")} data-testid="why">
                { for shown.iter().map(|line| bar(line, whole, against, scale)) }
            </ul>
            <button class="button button--plain" type="button" aria-expanded={open.to_string()} onclick={toggle}>
                { if *open { tr!("Hide the table") } else { tr!("Show as a table") } }
            </button>
            if *open {
                { table(&props.lines, whole) }
            }
        </figure>
    }
}

fn bar(line: &WhyLine, whole: f64, against: f64, scale: f64) -> Html {
    let share = share(line.amount, whole);
    let speaks_for = line.amount >= 0.0;
    let half = if speaks_for { 1.0 - against } else { against };
    let width = format!(
        "inline-size:{:.1}%",
        line.amount.abs() * scale / half * 100.0
    );
    html! {
        <li class="why__row" data-amount={line.amount.to_string()}>
            <span class="why__label">{ &line.label }</span>
            <span class="why__axis">
                <span class="why__half">
                    if !speaks_for {
                        { &share }
                        <span class="why__bar why__bar--against" style={width.clone()}></span>
                    }
                </span>
                <span class="why__half why__half--for">
                    if speaks_for {
                        <span class="why__bar" style={width}></span>
                        { &share }
                    }
                </span>
            </span>
        </li>
    }
}

fn table(lines: &[WhyLine], whole: f64) -> Html {
    let row = |line: &WhyLine| {
        html! {
            <tr>
                <th scope="row">{ &line.label }</th>
                <td>{ line.stars.map(Stars::words).unwrap_or_else(|| "–".to_owned()) }</td>
                <td>{ if line.amount < 0.0 { tr!("speaks" => "against") } else { tr!("speaks" => "for") } }</td>
                <td class="num">{ share(line.amount, whole) }</td>
            </tr>
        }
    };
    html! {
        <table class="table" data-testid="why-table">
            <thead><tr>
                <th scope="col">{ tr!("What") }</th><th scope="col">{ tr!("Your rating") }</th>
                <th scope="col">{ tr!("Speaks") }</th><th scope="col" class="num">{ tr!("Share") }</th>
            </tr></thead>
            <tbody>{ for lines.iter().map(row) }</tbody>
        </table>
    }
}

/// "+12%" or "−3%".
fn share(amount: f64, whole: f64) -> String {
    let part = amount.abs() / whole;
    let sign = if amount < 0.0 { "−" } else { "+" };
    let (less, part) = if part < 0.005 {
        ("<", 0.01)
    } else {
        ("", part)
    };
    let share = [sign, less, &words::percent(part)].concat();
    if words::language().is_rtl() {
        // Set apart, it stands in this order in a line read to the left too.
        ["\u{2066}", &share, "\u{2069}"].concat()
    } else {
        share
    }
}
