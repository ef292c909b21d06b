//! The map itself: it can be dragged, stretched, walked by keyboard, and asked what is where.

use gloo::events::{EventListener, EventListenerOptions};
use gloo::render::request_animation_frame;
use matinee_web::components::sentence;
use matinee_web::words::tenths;
use tr::tr;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlCanvasElement, HtmlElement, WheelEvent};
use yew::prelude::*;

use super::gestures::Gestures;
use super::list::rating;
use super::paint::{Marked, paint};
use super::scene::Scene;
use super::sight::{ink, use_sight};
use super::view::View;
use crate::catalogue::Catalogue;
use crate::routes::Route;

/// How much nearer a press of a button goes.
const STEP: f32 = 1.6;
/// Pixels that an arrow with Shift moves the map by.
const PACE: f32 = 80.0;
/// How far from a film a pointer may be, and a finger.
const REACH: f32 = 14.0;
const FINGER: f32 = 24.0;

/// Props of [`Surface`].
#[derive(Properties, PartialEq)]
pub(super) struct SurfaceProps {
    /// The films.
    pub catalogue: Catalogue,
    /// What is drawn.
    pub scene: Scene,
    /// The film pointed out.
    pub chosen: Option<u32>,
    /// Points another one out.
    pub onchoose: Callback<Option<u32>>,
}

/// The map, its buttons, and a line on the film pointed out.
#[component]
pub(super) fn Surface(props: &SurfaceProps) -> Html {
    let (canvas, link) = (use_node_ref(), use_node_ref());
    let (size, changes) = use_sight(&canvas);
    let view = use_mut_ref(|| View::whole([0.0; 2]));
    let gestures = use_mut_ref(Gestures::default);
    let under = use_state_eq(|| None::<u32>);
    let redraw = use_force_update();
    let look = {
        let view = view.clone();
        Callback::from(move |next: View| {
            if *view.borrow() != next {
                *view.borrow_mut() = next;
                redraw.force_update();
            }
        })
    };
    {
        let sized = view.borrow().sized(size);
        *view.borrow_mut() = sized;
    }
    let now = *view.borrow();
    {
        // Whatever is pointed out is brought into the picture.
        let (look, scene, view) = (look.clone(), props.scene.clone(), view.clone());
        use_effect_with(props.chosen, move |chosen| {
            let now = *view.borrow();
            let spot = chosen.and_then(|row| scene.spot(row));
            if let Some(spot) = spot.filter(|spot| !now.shows(now.at(*spot))) {
                look.emit(now.centred(spot));
            }
        });
    }
    let marked = Marked {
        chosen: props.chosen,
        under: *under,
    };
    use_paint(&canvas, (now, marked, changes), props);
    use_wheel(&canvas, &view, &look);

    let point = |event: &PointerEvent| [event.offset_x() as f32, event.offset_y() as f32];
    let onpointerdown = {
        let gestures = gestures.clone();
        Callback::from(move |event: PointerEvent| {
            gestures
                .borrow_mut()
                .down(event.pointer_id(), point(&event));
            if let Some(element) = event
                .target()
                .and_then(|target| target.dyn_into::<Element>().ok())
            {
                // Should it fail, the map stops where the pointer leaves it.
                let _ = element.set_pointer_capture(event.pointer_id());
            }
        })
    };
    let onpointermove = {
        let (gestures, view, look) = (gestures.clone(), view.clone(), look.clone());
        let (under, scene) = (under.setter(), props.scene.clone());
        Callback::from(move |event: PointerEvent| {
            let now = *view.borrow();
            match gestures
                .borrow_mut()
                .moved(event.pointer_id(), point(&event), &now)
            {
                Some(next) => look.emit(next),
                None => under.set(scene.under(&now, point(&event), REACH)),
            }
        })
    };
    let onpointerup = {
        let (gestures, view, scene) = (gestures.clone(), view.clone(), props.scene.clone());
        let onchoose = props.onchoose.clone();
        Callback::from(move |event: PointerEvent| {
            if gestures.borrow_mut().up(event.pointer_id()) {
                let reach = if event.pointer_type() == "touch" {
                    FINGER
                } else {
                    REACH
                };
                onchoose.emit(scene.under(&view.borrow(), point(&event), reach));
            }
        })
    };
    let onpointercancel = {
        let gestures = gestures.clone();
        Callback::from(move |event: PointerEvent| {
            gestures.borrow_mut().up(event.pointer_id());
        })
    };
    let onpointerleave = {
        let under = under.setter();
        Callback::from(move |_: PointerEvent| under.set(None))
    };
    let onkeydown = keys(props, now, look.clone(), link.clone());
    let tool = |shape: &'static str, name: String, next: View| {
        let look = look.clone();
        let onclick = move |_: MouseEvent| look.emit(next);
        html! {
            <button class="map__tool" type="button" aria-label={name.clone()} title={name} {onclick}>{ shape }</button>
        }
    };
    let middle = now.size.map(|side| side / 2.0);
    let touch = if now.is_whole() { "pan-y" } else { "none" };
    html! {
        <div class="map__main">
            <div class="map__frame">
                <canvas ref={canvas} class="map__canvas" tabindex="0" role="application" aria-roledescription={tr!("map")}
                    aria-label={tr!("Map of all films, with yours on it")} aria-describedby="map-hint" data-testid="map"
                    style={format!("touch-action:{touch}")}
                    {onpointerdown} {onpointermove} {onpointerup} {onpointercancel} {onpointerleave} {onkeydown}>
                </canvas>
                <div class="map__tools">
                    { tool("+", tr!("Nearer"), now.scaled(STEP, middle)) }
                    { tool("−", tr!("Farther"), now.scaled(1.0 / STEP, middle)) }
                    { tool("□", tr!("The whole map"), View::whole(now.size)) }
                </div>
            </div>
            <p class="map__told" role="status" data-testid="map-told">{ told(props, marked, link) }</p>
            <p class="key">
                <span><i class="map__mark map__mark--liked" aria-hidden="true"></i>{ tr!("liked") }</span>
                <span><i class="map__mark" aria-hidden="true"></i>{ tr!("so so") }</span>
                <span><i class="map__mark map__mark--disliked" aria-hidden="true"></i>{ tr!("not liked") }</span>
            </p>
            <p class="map__hint" id="map-hint">
                { tr!("Drag to move, pinch or use the buttons to come nearer. With the map in focus: the wheel and + and − come \
                   nearer, 0 shows all of it, arrows go from one of your films to the next, with Shift they move the map, and \
                   Enter opens the film.") }
            </p>
        </div>
    }
}

/// Draws in the next frame, once for all that changed until then.
#[hook]
fn use_paint(canvas: &NodeRef, shown: (View, Marked, u32), props: &SurfaceProps) {
    let canvas = canvas.clone();
    let films = props.catalogue.films.clone();
    use_effect_with(
        (shown, props.scene.clone()),
        move |((view, marked, _), scene)| {
            let (view, marked, scene) = (*view, *marked, scene.clone());
            let frame = request_animation_frame(move |_| {
                let Some(canvas) = canvas.cast::<HtmlCanvasElement>() else {
                    return;
                };
                let ratio = gloo::utils::window().device_pixel_ratio() as f32;
                let began = js_sys::Date::now();
                let drawn = ink(&canvas).and_then(|ink| {
                    paint(&canvas, ratio, &view, &scene, &ink, marked, |row| {
                        films.at(row)
                    })
                });
                if drawn.is_some() {
                    // For whoever asks what is shown, and how long it took to draw.
                    let took = js_sys::Date::now() - began;
                    for (name, value) in [("data-ms", took), ("data-scale", f64::from(view.scale))]
                    {
                        let _ = canvas.set_attribute(name, &value.to_string());
                    }
                }
            });
            move || drop(frame)
        },
    );
}

/// The wheel comes nearer while the map has the focus, or with Ctrl, as a trackpad's pinch says it; else it scrolls the page.
#[hook]
fn use_wheel(
    canvas: &NodeRef,
    view: &std::rc::Rc<std::cell::RefCell<View>>,
    look: &Callback<View>,
) {
    let (node, view, look) = (canvas.clone(), view.clone(), look.clone());
    use_effect_with((), move |()| {
        let listener = node.cast::<Element>().map(|canvas| {
            let options = EventListenerOptions::enable_prevent_default();
            let held = canvas.clone();
            EventListener::new_with_options(&canvas, "wheel", options, move |event| {
                let Some(event) = event.dyn_ref::<WheelEvent>() else {
                    return;
                };
                let focused = gloo::utils::document().active_element() == Some(held.clone());
                if !(focused || event.ctrl_key()) {
                    return;
                }
                event.prevent_default();
                // Lines and pages are some dozens of pixels.
                let pixels = event.delta_y() * if event.delta_mode() == 0 { 1.0 } else { 30.0 };
                let factor = (-pixels.clamp(-240.0, 240.0) / 300.0).exp() as f32;
                let point = [event.offset_x() as f32, event.offset_y() as f32];
                let next = view.borrow().scaled(factor, point);
                look.emit(next);
            })
        });
        move || drop(listener)
    });
}

fn keys(
    props: &SurfaceProps,
    now: View,
    look: Callback<View>,
    link: NodeRef,
) -> Callback<KeyboardEvent> {
    let (scene, chosen, onchoose) = (props.scene.clone(), props.chosen, props.onchoose.clone());
    Callback::from(move |event: KeyboardEvent| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let middle = now.size.map(|side| side / 2.0);
        let way = match event.key().as_str() {
            "ArrowLeft" => [-1.0, 0.0],
            "ArrowRight" => [1.0, 0.0],
            "ArrowUp" => [0.0, -1.0],
            "ArrowDown" => [0.0, 1.0],
            key => {
                match key {
                    "+" | "=" => look.emit(now.scaled(STEP, middle)),
                    "-" => look.emit(now.scaled(1.0 / STEP, middle)),
                    "0" | "Home" => look.emit(View::whole(now.size)),
                    "Escape" if chosen.is_some() => onchoose.emit(None),
                    "Enter" => match link.cast::<HtmlElement>() {
                        Some(link) => link.click(),
                        None => return,
                    },
                    _ => return,
                }
                event.prevent_default();
                return;
            }
        };
        event.prevent_default();
        if event.shift_key() {
            look.emit(now.moved(way.map(|x: f32| -x * PACE)));
        } else if let Some(next) = scene.next(&now, chosen, way) {
            onchoose.emit(Some(next));
        }
    })
}

/// What is to be said of the film pointed out.
fn told(props: &SurfaceProps, marked: Marked, link: NodeRef) -> Html {
    let Some(row) = marked.under.or(marked.chosen) else {
        return html! { { tr!("Point at a film, or choose one of yours.") } };
    };
    let film = props.catalogue.films.at(row);
    let own = props.scene.own.iter().find(|own| own.row == row);
    let predicted = || {
        let stars = props.catalogue.predict(row)?.stars;
        Some(tr!("You, likely: {}\u{a0}★", tenths(stars)))
    };
    let stars = rating(own.map(|own| own.stars)).or_else(predicted);
    let facts: Vec<String> = [Some(film.facts(40)), stars]
        .into_iter()
        .flatten()
        .collect();
    let title =
        html! { <a ref={link} href={Route::film(&film.id)}><cite>{ &film.title }</cite></a> };
    sentence(
        &tr!("{film}: {facts}", facts = facts.join(" · ")),
        [("film", title)],
    )
}
