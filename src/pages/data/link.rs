//! Moving to another device by a link that carries the ratings themselves, drawn as a picture while that fits comfortably.

use std::rc::Rc;

use matinee_imports::link;
use matinee_web::words::grouped;
use qrcodegen::{QrCode, QrCodeEcc};
use tr::tr;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::MOVE;
use super::records::records;
use crate::app::use_app;
use crate::catalogue::Films;
use crate::effects::{copy, link_to};
use crate::routes::Route;
use crate::state::Ratings;

/// Longest link that is drawn: beyond it a telephone's camera is hard pressed.
const DRAWN: usize = 1200;
/// Quiet squares around the picture, as the standard asks for.
const QUIET: i32 = 4;

/// Props of [`MoveLink`].
#[derive(Properties)]
pub(crate) struct MoveLinkProps {
    /// Films whose titles the other side knows.
    pub films: Rc<Films>,
}

impl PartialEq for MoveLinkProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.films, &other.films)
    }
}

/// The link that carries all ratings.
pub(crate) fn link_of(ratings: &Ratings, films: &Films) -> AttrValue {
    let code = link::encode_beside(&records(ratings), &films.model);
    link_to(&[&Route::Data.href(), "?", MOVE, "=", &code].concat())
}

/// The section that makes a link.
#[component]
pub(super) fn MoveLink(props: &MoveLinkProps) -> Html {
    let app = use_app();
    let link = use_state_eq(|| None::<AttrValue>);
    let make = {
        let (state, films, link) = (app.state.clone(), props.films.clone(), link.setter());
        move |_: MouseEvent| link.set(Some(link_of(&state.ratings, &films)))
    };
    html! {
        <section class="data__section" aria-labelledby="move">
            <h2 class="section__title" id="move">{ tr!("Move to another device") }</h2>
            if app.state.ratings.iter().next().is_none() {
                <p>{ tr!("There is nothing to move yet.") }</p>
            } else if let Some(link) = &*link {
                <ShownLink link={link.clone()} />
            } else {
                <p>{ tr!("A link can carry your ratings: whoever opens it is asked whether to bring them in. They are in the link itself, so show it only to those who may know them.") }</p>
                <p class="data__acts"><button class="button" type="button" onclick={make}>{ tr!("Make a link") }</button></p>
            }
        </section>
    }
}

/// Props of [`ShownLink`].
#[derive(Properties, PartialEq)]
pub(crate) struct ShownLinkProps {
    /// The link.
    pub link: AttrValue,
}

/// A link to be copied, and its picture.
#[component]
pub(crate) fn ShownLink(props: &ShownLinkProps) -> Html {
    let said = use_state_eq(String::new);
    let field = use_node_ref();
    let picture = use_memo(props.link.clone(), |link| draw(link));
    let oncopy = {
        let (link, said, field) = (props.link.clone(), said.setter(), field.clone());
        move |_: MouseEvent| {
            let (link, said, field) = (link.clone(), said.clone(), field.clone());
            spawn_local(async move {
                if copy(&link).await {
                    said.set(tr!("The link is copied."));
                    return;
                }
                if let Some(field) = field.cast::<HtmlInputElement>() {
                    let _ = field.focus();
                    field.select();
                }
                said.set(tr!(
                    "This browser does not copy by itself. The link is marked: copy it by hand."
                ));
            });
        }
    };
    html! {
        <div class="link">
            <label class="link__label">
                { tr!("The link") }
                <input class="link__field" ref={field} type="text" readonly=true value={props.link.clone()} data-testid="link" />
            </label>
            <p class="data__acts"><button class="button button--main" type="button" onclick={oncopy}>{ tr!("Copy the link") }</button></p>
            <p class="data__said" role="status" data-testid="copied">{ &*said }</p>
            if let Some(picture) = &*picture {
                <figure class="link__picture">
                    { picture.clone() }
                    <figcaption>{ tr!("Or point the other device’s camera at this.") }</figcaption>
                </figure>
            } else {
                <p data-testid="no-picture">{ tr!("With {} letters the link is too long for a picture. Send it to yourself, or take a file along.", grouped(props.link.len() as u64)) }</p>
            }
        </div>
    }
}

/// The link as a picture, while it fits comfortably.
fn draw(link: &str) -> Option<Html> {
    if link.len() >= DRAWN {
        return None;
    }
    let code = QrCode::encode_text(link, QrCodeEcc::Low).ok()?;
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let start = x;
            while x < code.size() && code.get_module(x, y) {
                x += 1;
            }
            if x > start {
                let length = x - start;
                path.push_str(&format!("M{start} {y}h{length}v1h-{length}z"));
            }
            x += 1;
        }
    }
    let size = code.size() + 2 * QUIET;
    let view = format!("-{QUIET} -{QUIET} {size} {size}");
    Some(html! {
        <svg class="qr" viewBox={view} role="img" aria-label={tr!("The link as a QR code")} data-testid="qr" shape-rendering="crispEdges">
            <rect x={format!("-{QUIET}")} y={format!("-{QUIET}")} width={size.to_string()} height={size.to_string()} fill="#fff" />
            <path d={path} fill="#000" />
        </svg>
    })
}
