//! The shelves further down the home page.

use matinee_web::components::{Shelf, use_motion};
use matinee_web::words::{self, percent};
use tr::tr;
use yew::prelude::*;

use super::super::{cards, likely_cards};
use crate::app::{Context, use_app};
use crate::catalogue::Catalogue;
use crate::effects::use_stages;
use crate::state::{Favourite, Kind, Outside};

/// As many as there can be shelves here.
const SHELVES: usize = 5;

/// What the visitor favours, what is new, what they have not tried, and what few have rated.
#[component]
pub(crate) fn Further() -> Html {
    let app = use_app();
    let root = use_node_ref();
    use_motion(&root, &app.catalogue);
    let stage = use_stages(SHELVES);
    let Some(catalogue) = &app.catalogue else {
        return Html::default();
    };
    let encore = catalogue.encore();
    let likely = |row: &[u32]| likely_cards(&app, catalogue, row);
    let favourites = encore
        .favourites
        .iter()
        .map(|favourite| favoured(&app, catalogue, favourite));
    let newest = encore.newest.iter().map(|(from, row)| {
        html! {
            <Shelf key="newest" name="newest" title={tr!("New to the catalogue")}
                reason={tr!("From {year} or later, the newest here: the ones that suit you best.", year = from)}>
                { likely(row) }
            </Shelf>
        }
    });
    let outside = encore.outside.iter().map(|outside| {
        html! {
            <Shelf key="outside" name="outside" title={tr!("Outside your bubble")} reason={outside_reason(catalogue, outside)}>
                { likely(&outside.row) }
            </Shelf>
        }
    });
    let rare = Some(&encore.rare).filter(|row| !row.is_empty()).map(|row| {
        html! {
            <Shelf key="rare" name="rare" title={tr!("Rate next")}
                reason={tr!("Few people have rated these, and you’ve rated films much like each of them: you may well have seen one.")}>
                { cards(&app, catalogue.films.at_all(row)) }
            </Shelf>
        }
    });
    let shelves = favourites.chain(newest).chain(outside).chain(rare);
    html! { <div ref={root}>{ for shelves.take(stage) }</div> }
}

/// The name of the genre with this place in the model's list.
pub(super) fn genre_name(catalogue: &Catalogue, genre: usize) -> String {
    let genres = &catalogue.films.model.header().genres;
    genres
        .get(genre)
        .map_or_else(String::new, |name| words::genre(name))
}

fn favoured(app: &Context, catalogue: &Catalogue, favourite: &Favourite) -> Html {
    let Favourite {
        kind,
        liked,
        of,
        usual,
        row,
    } = favourite;
    let usual = percent(*usual);
    let (name, title, reason) = match *kind {
        Kind::Genre(bit) => {
            let genre = genre_name(catalogue, bit);
            let reason = tr!(
                "{liked} of the {all} films you gave four stars or more are filed under {genre}. Of everybody’s ratings, {usual}.",
                genre = genre,
                liked = liked,
                all = of,
                usual = usual
            );
            ("genre", tr!("More {genre}", genre = genre), reason)
        }
        Kind::Decade(decade) => {
            let reason = tr!(
                "{liked} of the {all} films you gave four stars or more are from then. Of everybody’s ratings, {usual}.",
                liked = liked,
                all = of,
                usual = usual
            );
            ("decade", tr!("From the {decade}s", decade = decade), reason)
        }
    };
    html! {
        <Shelf key={name} {name} title={title} {reason}>{ likely_cards(app, catalogue, row) }</Shelf>
    }
}

fn outside_reason(catalogue: &Catalogue, outside: &Outside) -> String {
    let genre = genre_name(catalogue, outside.genre);
    match outside.rated {
        0 => tr!(
            "{genre}: you haven’t rated any. Of them all, these suit you best.",
            genre = genre
        ),
        _ => tr!(
            "{genre}: you’ve rated just one. Of them all, these suit you best."
                | "{genre}: you’ve rated just {n}. Of them all, these suit you best."
                    % outside.rated,
            genre = genre
        ),
    }
}
