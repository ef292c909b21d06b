//! All films on a map, drawn from their vectors: what the same people like lies close together. The visitor's ratings are
//! marked on it, and listed beside it.

mod gestures;
mod layout;
mod list;
mod paint;
mod scene;
mod sight;
mod surface;
mod view;

use std::cell::RefCell;
use std::time::Duration;

use tr::tr;
use wasm_bindgen_futures::spawn_local;
use yew::platform::time::sleep;
use yew::prelude::*;

use self::layout::Layout;
use self::list::List;
use self::scene::Scene;
use self::surface::Surface;
use crate::catalogue::Catalogue;
use crate::state::ModelRef;

/// Milliseconds after which the page gets its turn.
const TURN: f64 = 10.0;

thread_local! {
    /// The map of the model in use: a page gone back to is drawn at once.
    static KEPT: RefCell<Option<(ModelRef, Scene)>> = const { RefCell::new(None) };
}

/// Props of [`TasteMap`].
#[derive(Properties, PartialEq)]
pub(super) struct TasteMapProps {
    /// The films, and what the visitor rated.
    pub catalogue: Catalogue,
}

/// The map, and the list of the visitor's films.
#[component]
pub(super) fn TasteMap(props: &TasteMapProps) -> Html {
    let chosen = use_state_eq(|| None::<u32>);
    let model = props.catalogue.films.model.clone();
    let laid_out = use_laid_out(&model);
    let scene = use_memo(
        (laid_out, props.catalogue.clone()),
        |(laid_out, catalogue)| Some(laid_out.as_ref()?.with(catalogue.rated())),
    );
    let onchoose = {
        let chosen = chosen.setter();
        Callback::from(move |row| chosen.set(row))
    };
    html! {
        <section class="chapter" aria-labelledby="map">
            <h2 class="section__title" id="map">{ tr!("A map of all films") }</h2>
            <p class="page__lead">
                { tr!("Every point is a film, and films that the same people like lie close together. Yours are marked. The \
                   directions mean nothing by themselves; what lies beside what does.") }
            </p>
            <div class="map">
                if let Some(scene) = &*scene {
                    <Surface catalogue={props.catalogue.clone()} scene={scene.clone()} chosen={*chosen} onchoose={onchoose.clone()} />
                    <List catalogue={props.catalogue.clone()} scene={scene.clone()} chosen={*chosen} {onchoose} />
                } else {
                    <div class="map__main"><div class="map__frame skeleton"></div></div>
                }
            </div>
        </section>
    }
}

/// The map of a model, once it is laid out: while that is done, the page gets its turn again and again.
#[hook]
fn use_laid_out(model: &ModelRef) -> Option<Scene> {
    let of = |model: &ModelRef| {
        KEPT.with_borrow(|kept| {
            let (_, scene) = kept.as_ref().filter(|(other, _)| other == model)?;
            Some(scene.clone())
        })
    };
    let done = use_force_update();
    use_effect_with(model.clone(), move |model| {
        if of(model).is_none() {
            let model = model.clone();
            spawn_local(async move {
                let scene = lay_out(&model).await;
                KEPT.set(Some((model, scene)));
                done.force_update();
            });
        }
    });
    of(model)
}

async fn lay_out(model: &ModelRef) -> Scene {
    // What is on the page already is drawn first.
    sleep(Duration::ZERO).await;
    let mut layout = Layout::new(model);
    let mut began = js_sys::Date::now();
    while layout.advance() {
        if js_sys::Date::now() - began > TURN {
            sleep(Duration::ZERO).await;
            began = js_sys::Date::now();
        }
    }
    Scene::new(model, layout.spots())
}
