//! What the elements say, in the language of the page. They fill the names in braces.

use js_sys::{Object, Reflect};
use tr::tr;
use wasm_bindgen::JsValue;

/// All of it, by name.
pub(crate) fn texts() -> Object {
    let texts = Object::new();
    for (name, text) in named() {
        // It cannot fail on an object that is nobody else's.
        let _ = Reflect::set(&texts, &JsValue::from_str(name), &text.into());
    }
    texts
}

fn named() -> [(&'static str, String); 42] {
    // Texts of the app name one film by its place.
    let of_title = |text: String| text.replace("{}", "{title}");
    [
        ("recommendedForYou", tr!("Recommended for you")),
        ("popularNow", tr!("Popular to start with")),
        ("similarTo", tr!("Films like {title}")),
        ("rateThis", tr!("What did you think of {title}?")),
        ("seenThis", tr!("Have you seen it?")),
        ("yourRatingOf", of_title(tr!("Your rating of {}"))),
        ("notRated", tr!("Not rated")),
        ("notForMe", tr!("Not for me: {title}")),
        ("notForMeShort", tr!("Not for me")),
        ("haventSeen", tr!("Haven’t seen it")),
        ("skip", tr!("Skip")),
        ("next", tr!("Next")),
        ("undo", tr!("Undo")),
        ("done", tr!("Done")),
        ("close", tr!("Close")),
        (
            "rateAFew",
            tr!("Rate a few films you know, and this list becomes yours."),
        ),
        ("knowsYou", tr!("Matinee knows {percent} of your taste")),
        ("noMore", tr!("There is nothing more to ask.")),
        ("nothing", tr!("No film is left that fits.")),
        ("filmUnknown", tr!("The catalogue has no film {item}.")),
        (
            "couldNotLoad",
            tr!("The recommendations couldn’t be loaded."),
        ),
        ("tryAgain", tr!("Try again")),
        ("loading", tr!("Loading films")),
        ("backAlong", tr!("Back along the row")),
        ("onAlong", tr!("On along the row")),
        (
            "likely",
            tr!("Likely {likely} stars from you, between {low} and {high}"),
        ),
        ("seeFilm", tr!("See {title}")),
        ("rated", tr!("{title}: {stars}")),
        ("unrated", tr!("Your rating of {title} is removed.")),
        ("setAside", tr!("{title} is set aside.")),
        ("undone", tr!("Taken back.")),
        (
            "keptHere",
            tr!("Your ratings stay in this browser, with {site}."),
        ),
        (
            "keptNot",
            tr!("This browser keeps nothing for this page: ratings last for this visit."),
        ),
        ("yourRatings", tr!("Your ratings")),
        ("noRatings", tr!("You haven’t rated anything yet.")),
        ("remove", tr!("Remove {title}")),
        ("forgetAll", tr!("Forget all ratings")),
        (
            "forgetAllSure",
            tr!("Forget everything you rated here? This cannot be taken back."),
        ),
        ("forgotten", tr!("All ratings are forgotten.")),
        ("carry", tr!("Bring your ratings")),
        (
            "carryHow",
            tr!(
                "Choose a file that you exported from Matinee, Letterboxd, IMDb, Trakt, MovieLens or Netflix. It is read in this browser and sent nowhere."
            ),
        ),
        (
            "carried",
            tr!("{count} ratings came with it, and {missed} films were not found."),
        ),
    ]
}
