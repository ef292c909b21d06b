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
    /// To be watched: a ribbon in a book.
    Watchlist,
    /// Seen: a tick.
    Seen,
}

/// An icon. It says nothing to assistive technology: its button or link does.
pub fn icon(shape: Shape) -> Html {
    // The paths stand here as markup: they are the same on every page, and need not be compared.
    macro_rules! drawn {
        ($d:literal) => {
            concat!("<svg class=\"icon\" viewBox=\"0 0 24 24\" aria-hidden=\"true\" focusable=\"false\"><path d=\"", $d, "\"/></svg>")
        };
    }
    let svg = match shape {
        Shape::Home => drawn!(
            "M3 4h18M5 4v15M19 4v15M3 20h18M5 4c0 6-1 9-2 11M19 4c0 6 1 9 2 11M9 4c0 5-2 8-4 9M15 4c0 5 2 8 4 9"
        ),
        Shape::Search => drawn!("M10.5 4a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13zM15.5 15.5L21 21"),
        Shape::You => drawn!(
            "M7 12V6a2 2 0 0 1 2-2h6a2 2 0 0 1 2 2v6M4 11v6h16v-6a1.5 1.5 0 0 0-3 0v2H7v-2a1.5 1.5 0 0 0-3 0zM6 17v3M18 17v3"
        ),
        Shape::About => drawn!("M6 3h12v18H6zM9 7h6M9 11h6M9 15h3"),
        Shape::Pass => drawn!("M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 1 0 0-17zM6 6l12 12"),
        Shape::Auto => drawn!(
            "M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 1 0 0-17zM12 3.5v17M12 7l4.5-2M12 12h8.5M12 17l4.5 2"
        ),
        Shape::Light => drawn!(
            "M12 8a4 4 0 1 0 0 8a4 4 0 1 0 0-8zM12 2v2.5M12 19.5V22M2 12h2.5M19.5 12H22M5 5l1.7 1.7M17.3 17.3L19 19M5 19l1.7-1.7M17.3 6.7L19 5"
        ),
        Shape::Dark => drawn!("M20 14.5A8.5 8.5 0 1 1 9.5 4a7 7 0 0 0 10.5 10.5z"),
        Shape::Left => drawn!("M15 5l-7 7 7 7"),
        Shape::Right => drawn!("M9 5l7 7-7 7"),
        Shape::Note => drawn!("M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 1 0 0-17zM12 11v5M12 7.5v.1"),
        Shape::Remove => drawn!("M6 6l12 12M18 6L6 18"),
        Shape::Watchlist => drawn!("M7 3.5h10v17l-5-4-5 4z"),
        Shape::Seen => drawn!("M4.5 12.5l5 5L19.5 7"),
    };
    Html::from_html_unchecked(AttrValue::Static(svg))
}
