//! What importers and links have to say, for the visitor.

use matinee_imports::link::LinkError;
use matinee_imports::{ImportError, Problem, Refusal, Service};
use matinee_web::words::grouped;
use tr::tr;

/// Why a file cannot be used, where, and how to mend it.
pub(crate) fn refusal(why: &Refusal) -> String {
    match why {
        Refusal::TooLarge => {
            tr!(
                "It is larger than any export of films, so it was not read. Unpack it, and bring in the files with ratings."
            )
        }
        Refusal::Unread(reason) => {
            tr!(
                "The browser could not read it ({}). Is it still where it was?",
                reason
            )
        }
        Refusal::People(people) => tr!(
            "It holds the ratings of {} people: a data set, not your own export.",
            grouped(*people as u64)
        ),
        Refusal::Import(ImportError::Empty { .. }) => {
            tr!("There is nothing in it. Download the export again.")
        }
        Refusal::Import(ImportError::Unknown { found, .. }) => tr!(
            "It is no export that is known here: it begins with {}. Bring in the file as the service gave it to you, with its first line.",
            found
        ),
        Refusal::Import(ImportError::Unreadable { reason, .. }) => {
            tr!("It is damaged ({}). Download the export again.", reason)
        }
        Refusal::Import(ImportError::NothingInArchive { expected, .. }) => tr!(
            "Nothing in this archive is an export. Looked for: {}.",
            expected.join(", ")
        ),
        Refusal::Import(ImportError::Newer { .. }) => {
            tr!("A newer Matinee wrote it. Reload this page to have the newest.")
        }
        Refusal::Import(other) => other.to_string(),
    }
}

/// Why a link carries nothing.
pub(crate) fn link_trouble(error: LinkError) -> String {
    match error {
        LinkError::Newer => {
            tr!("A newer Matinee made this link. Reload this page to have the newest.")
        }
        LinkError::Damaged => tr!("This link did not arrive whole."),
        _ => tr!("This is not a link with ratings."),
    }
}

/// How the scale of a service becomes stars.
pub(crate) fn scale(service: Service) -> String {
    match service {
        Service::Imdb | Service::Trakt => {
            tr!("Marks from 1 to 10 become half a star to five stars.")
        }
        Service::Netflix => tr!("There are no ratings in it: films count as seen."),
        Service::Letterboxd | Service::MovieLens | Service::Matinee => {
            tr!("Stars stay as they are.")
        }
    }
}

/// What is wrong with an entry, and how to mend it.
pub(crate) fn problem(problem: &Problem) -> String {
    format!("{}: {}; {}", problem.column, problem.what, problem.mend)
}
