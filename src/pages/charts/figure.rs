//! A chart with its heading, and the table of what it shows.

use tr::tr;
use yew::prelude::*;

/// What a chart shows, in figures. The first cell of a row is its heading.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Table {
    /// Headings of the columns.
    pub head: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<String>>,
}

/// Props of [`Figure`].
#[derive(Properties, PartialEq)]
pub(crate) struct FigureProps {
    /// Its name within the page.
    pub name: &'static str,
    /// Its heading.
    pub title: String,
    /// What to see in it.
    #[prop_or_default]
    pub lead: String,
    /// The same in figures.
    pub table: Table,
    /// The chart.
    pub children: Html,
}

/// A chart, and a button that shows its table.
#[component]
pub(crate) fn Figure(props: &FigureProps) -> Html {
    let open = use_state_eq(|| false);
    let toggle = {
        let open = open.clone();
        move |_: MouseEvent| open.set(!*open)
    };
    let says = if *open {
        tr!("Hide the table")
    } else {
        tr!("Show as a table")
    };
    html! {
        <figure class="figure" aria-labelledby={format!("figure-{}", props.name)} data-testid={format!("figure-{}", props.name)}>
            <figcaption>
                <h3 class="figure__title" id={format!("figure-{}", props.name)}>{ &props.title }</h3>
                if !props.lead.is_empty() {
                    <p class="figure__lead">{ &props.lead }</p>
                }
            </figcaption>
            { props.children.clone() }
            <button class="button button--plain figure__turn" type="button" aria-expanded={open.to_string()}
                aria-label={tr!("{what}: {title}", what = says, title = props.title)} onclick={toggle}>
                { says }
            </button>
            if *open {
                { table(&props.table, &props.title) }
            }
        </figure>
    }
}

fn table(table: &Table, title: &str) -> Html {
    let head = |(at, text): (usize, &String)| {
        let class = (at > 0).then_some("num");
        html! { <th scope="col" {class}>{ text }</th> }
    };
    let row = |row: &Vec<String>| {
        let cells = row.iter().enumerate().map(|(at, text)| match at {
            0 => html! { <th scope="row">{ text }</th> },
            _ => html! { <td class="num">{ text }</td> },
        });
        html! { <tr>{ for cells }</tr> }
    };
    html! {
        // A wide table is scrolled within its own frame, also by keyboard.
        <div class="figure__table" role="region" aria-label={title.to_owned()} tabindex="0">
            <table class="table">
                <thead><tr>{ for table.head.iter().enumerate().map(head) }</tr></thead>
                <tbody>{ for table.rows.iter().map(row) }</tbody>
            </table>
        </div>
    }
}
