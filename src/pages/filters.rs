//! The filters and dials above a list.

use matinee_web::words;
use tr::tr;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use crate::state::{Filters, ModelRef};

/// Props of [`FilterForm`].
#[derive(Properties, PartialEq)]
pub(crate) struct FilterFormProps {
    /// Says which genres and decades there are.
    pub model: ModelRef,
    /// What is set.
    pub filters: Filters,
    /// Whether films that were seen can be asked for too.
    #[prop_or_default]
    pub seen: bool,
    /// Sets something else.
    pub onchange: Callback<Filters>,
}

/// Genres, years, and how well known and how varied. Closed until asked for, unless something is set.
#[component]
pub(crate) fn FilterForm(props: &FilterFormProps) -> Html {
    let FilterFormProps {
        model,
        filters,
        seen,
        onchange,
    } = props;
    let is_set = *filters != Filters::default();
    let open = use_memo((), |()| is_set);
    let decades = use_memo(model.clone(), |model| Filters::decades(model));
    let genres = &model.header().genres;
    let clear = onchange.reform(|_: MouseEvent| Filters::default());
    html! {
        <details class="filters" open={*open} data-testid="filters">
            <summary class="filters__summary">
                { tr!("Narrow it down") }
                if is_set {
                    <span class="filters__count" data-testid="filters-on">{ tr!("one filter on" | "{n} filters on" % filters.count()) }</span>
                }
            </summary>
            if !genres.is_empty() {
                <div class="filters__genres" role="group" aria-label={tr!("Genres")}>
                    { for genres.iter().map(|genre| genre_button(genre, filters, onchange)) }
                </div>
            }
            <div class="filters__fields">
                { years(&decades, filters, onchange) }
                { dial(tr!("Well known"), [tr!("Obscure"), tr!("Crowd-pleasers")], -100, filters.popularity, with(filters, onchange, |filters, value| filters.popularity = value)) }
                { dial(tr!("Variety"), [tr!("All alike"), tr!("All sorts")], 0, filters.variety, with(filters, onchange, |filters, value| filters.variety = value)) }
            </div>
            if *seen { { unseen_only(filters, onchange) } }
            if is_set {
                <button class="button button--plain" type="button" data-testid="clear" onclick={clear}>{ tr!("Clear all") }</button>
            }
        </details>
    }
}

/// Whether only films are shown that were not seen, as they are at rest.
fn unseen_only(filters: &Filters, onchange: &Callback<Filters>) -> Html {
    let set = with(filters, onchange, |filters, seen| filters.seen = seen);
    let onchange = set.reform(|event: Event| {
        let input: HtmlInputElement = event.target_unchecked_into();
        !input.checked()
    });
    html! {
        <label class="check">
            <input class="check__box" type="checkbox" checked={!filters.seen} {onchange} />
            { tr!("Only films I haven’t seen") }
        </label>
    }
}

/// A callback that sets the filters after `change`.
fn with<T: 'static>(
    filters: &Filters,
    onchange: &Callback<Filters>,
    change: fn(&mut Filters, T),
) -> Callback<T> {
    let filters = filters.clone();
    onchange.reform(move |value| {
        let mut next = filters.clone();
        change(&mut next, value);
        next
    })
}

fn genre_button(genre: &str, filters: &Filters, onchange: &Callback<Filters>) -> Html {
    let on = filters.genres.iter().any(|other| other == genre);
    let next = filters.toggled(genre);
    let onclick = onchange.reform(move |_: MouseEvent| next.clone());
    html! {
        <button class="chip" type="button" aria-pressed={on.to_string()} {onclick}>{ words::genre(genre) }</button>
    }
}

/// The decade, and once there is one the year.
fn years(decades: &[u16], filters: &Filters, onchange: &Callback<Filters>) -> Html {
    let decade = with(filters, onchange, |filters, decade| {
        (filters.decade, filters.year) = (decade, None);
    });
    let year = with(filters, onchange, |filters, year| filters.year = year);
    let decades = decades
        .iter()
        .map(|&decade| (decade, tr!("{}s", decade)))
        .collect::<Vec<_>>();
    let years = filters.decade.map(|decade| {
        let years = (decade..decade.saturating_add(10)).map(|year| (year, year.to_string()));
        years.collect::<Vec<_>>()
    });
    html! {
        <>
            { select(tr!("Decade"), tr!("Any decade"), &decades, filters.decade, &decade) }
            if let Some(years) = years {
                { select(tr!("Year"), tr!("Any year"), &years, filters.year, &year) }
            }
        </>
    }
}

fn select(
    label: String,
    any: String,
    options: &[(u16, String)],
    chosen: Option<u16>,
    onchange: &Callback<Option<u16>>,
) -> Html {
    let onchange = onchange.reform(|event: Event| {
        let select: HtmlSelectElement = event.target_unchecked_into();
        select.value().parse().ok()
    });
    let option = |(value, name): &(u16, String)| {
        html! { <option value={value.to_string()} selected={chosen == Some(*value)}>{ name }</option> }
    };
    html! {
        <label class="field">
            <span class="field__label">{ label }</span>
            <select class="field__input" {onchange}>
                <option value="" selected={chosen.is_none()}>{ any }</option>
                { for options.iter().map(option) }
            </select>
        </label>
    }
}

/// A dial from `least` to 100, with a word at either end. It counts when it is let go: a list is much to draw anew.
fn dial(label: String, ends: [String; 2], least: i32, value: i32, onchange: Callback<i32>) -> Html {
    let onchange = onchange.reform(|event: Event| {
        let input: HtmlInputElement = event.target_unchecked_into();
        input.value_as_number() as i32
    });
    let [low, high] = ends;
    let words = match value {
        0 => tr!("as it comes"),
        value => {
            let end = if value < 0 { &low } else { &high };
            tr!("{} of 100 towards “{end}”", value.abs(), end = end)
        }
    };
    html! {
        <label class="field">
            <span class="field__label">{ label }</span>
            <input class="field__dial" type="range" min={least.to_string()} max="100" step="10" value={value.to_string()}
                aria-valuetext={words} {onchange} />
            <span class="field__ends" aria-hidden="true"><span>{ low }</span><span>{ high }</span></span>
        </label>
    }
}
