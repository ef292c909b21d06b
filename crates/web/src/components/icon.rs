//! Icons, drawn as lines in the colour of the text beside them.

use yew::prelude::*;

/// What an icon shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A screen with its curtain.
    Home,
    /// A magnifying glass.
    Search,
    /// A person's seat.
    You,
    /// A programme.
    About,
    /// Crossed out.
    Pass,
    /// Follows the system.
    Auto,
    /// A sun.
    Light,
    /// A moon.
    Dark,
    /// Back.
    Left,
    /// On.
    Right,
    /// Something to know.
    Note,
    /// Taken off a list.
    Remove,
}

/// Props of [`Icon`].
#[derive(Properties, PartialEq)]
pub struct IconProps {
    /// What it shows.
    pub shape: Shape,
}

/// An icon. It says nothing to assistive technology: its button or link does.
#[component]
pub fn Icon(props: &IconProps) -> Html {
    let d = match props.shape {
        Shape::Home => {
            "M3 4h18M5 4v15M19 4v15M3 20h18M5 4c0 6-1 9-2 11M19 4c0 6 1 9 2 11M9 4c0 5-2 8-4 9M15 4c0 5 2 8 4 9"
        }
        Shape::Search => {
            "M10.500 4a6.500 6.500 0 1 0 0 13a6.500 6.500 0 1 0 0-13zM15.500 15.500L21 21"
        }
        Shape::You => {
            "M7 12V6a2 2 0 0 1 2-2h6a2 2 0 0 1 2 2v6M4 11v6h16v-6a1.500 1.500 0 0 0-3 0v2H7v-2a1.500 1.500 0 0 0-3 0zM6 17v3M18 17v3"
        }
        Shape::About => "M6 3h12v18H6zM9 7h6M9 11h6M9 15h3",
        Shape::Pass => "M12 3.500a8.500 8.500 0 1 0 0 17a8.500 8.500 0 1 0 0-17zM6 6l12 12",
        Shape::Auto => {
            "M12 3.500a8.500 8.500 0 1 0 0 17a8.500 8.500 0 1 0 0-17zM12 3.500v17M12 7l4.500-2M12 12h8.500M12 17l4.500 2"
        }
        Shape::Light => {
            "M12 8a4 4 0 1 0 0 8a4 4 0 1 0 0-8zM12 2v2.500M12 19.500V22M2 12h2.500M19.500 12H22M5 5l1.700 1.700M17.300 17.300L19 19M5 19l1.700-1.700M17.300 6.700L19 5"
        }
        Shape::Dark => "M20 14.500A8.500 8.500 0 1 1 9.500 4a7 7 0 0 0 10.500 10.500z",
        Shape::Left => "M15 5l-7 7 7 7",
        Shape::Right => "M9 5l7 7-7 7",
        Shape::Note => {
            "M12 3.500a8.500 8.500 0 1 0 0 17a8.500 8.500 0 1 0 0-17zM12 11v5M12 7.500v.1"
        }
        Shape::Remove => "M6 6l12 12M18 6L6 18",
    };
    html! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d={d} /></svg>
    }
}
