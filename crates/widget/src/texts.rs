//! What the elements say, in the language of the page. They fill the names in braces.

use js_sys::{Object, Reflect};
use tr::tr;
use wasm_bindgen::JsValue;

/// Texts for translators; looked up by value, as code for each would take kilobytes.
macro_rules! noted {
    ($context:literal => $($text:literal),+ $(,)?) => {
        [$($text),+]
    };
}

/// What the texts are called.
const NAMES: [&str; 43] = [
    "recommendedForYou",
    "popularNow",
    "similarTo",
    "rateThis",
    "seenThis",
    "yourRatingOf",
    "notRated",
    "notForMe",
    "notForMeShort",
    "haventSeen",
    "skip",
    "next",
    "undo",
    "done",
    "close",
    "rateAFew",
    "knowsYou",
    "noMore",
    "nothing",
    "filmUnknown",
    "couldNotLoad",
    "tryAgain",
    "backAlong",
    "onAlong",
    "likely",
    "rated",
    "unrated",
    "setAside",
    "undone",
    "keptHere",
    "keptNot",
    "notKept",
    "yourRatings",
    "noRatings",
    "remove",
    "forgetAll",
    "forgetAllSure",
    "forgotten",
    "carry",
    "carryHow",
    "carried",
    "carriedNot",
    "save",
];

/// The texts, in the same order.
const TEXTS: [&str; NAMES.len()] = noted!("widget" =>
    "Recommended for you",
    "Popular to start with",
    "Films like {title}",
    "What did you think of {title}?",
    "Have you seen it?",
    "Your rating of {title}",
    "Not rated",
    "Not for me: {title}",
    "Not for me",
    "Haven’t seen it",
    "Skip",
    "Next",
    "Undo",
    "Done",
    "Close",
    "Rate a few films you know, and this list becomes yours.",
    "Matinee knows {percent} of your taste",
    "There is nothing more to ask.",
    "No film is left that fits.",
    "The catalogue has no film {item}.",
    "The recommendations couldn’t be loaded.",
    "Try again",
    "Back along the row",
    "On along the row",
    "Likely {likely} stars from you, between {low} and {high}",
    "{title}: {stars}",
    "Your rating of {title} is removed.",
    "{title} is set aside.",
    "Taken back.",
    "Your ratings stay in this browser, with {site}.",
    "This browser keeps nothing for this page: ratings last for this visit.",
    "This browser could not keep that.",
    "Your ratings",
    "You haven’t rated anything yet.",
    "Remove {title}",
    "Forget all ratings",
    "Forget everything you rated here? This cannot be taken back.",
    "All ratings are forgotten.",
    "Bring your ratings",
    "Choose a file that you exported from Matinee, Letterboxd, IMDb, Trakt, MovieLens or Netflix. It is read in this browser and sent nowhere.",
    "New from the file: {count}. Not found: {missed}.",
    "This file holds nothing that can be read.",
    "Save to a file",
);

/// All of them, by name.
pub(crate) fn texts() -> Object {
    let texts = Object::new();
    for (name, text) in NAMES.iter().zip(TEXTS) {
        // It cannot fail on an object that is nobody else's.
        let _ = Reflect::set(
            &texts,
            &JsValue::from_str(name),
            &tr!("widget" => text).into(),
        );
    }
    texts
}
