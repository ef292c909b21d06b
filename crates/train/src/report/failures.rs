//! Test users whom the model served worst, and a guess why.

use crate::evaluate::{Evaluation, Metric, Recommender, rank};
use crate::split::{HeldOutUser, Split};

/// Users shown.
const SHOWN: usize = 4;
/// A failure on fewer hidden films is chance.
const HIDDEN_AT_LEAST: usize = 3;
/// Films listed of each kind.
const FILMS: usize = 8;
/// A film with fewer ratings in training is rare.
const RARE: u32 = 20;

/// A film, named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Film {
    /// Title, for people.
    pub title: String,
    /// Year of release, where known.
    pub year: Option<u16>,
    /// Genres.
    pub genres: Vec<String>,
    /// Ratings in training.
    pub ratings: u32,
}

/// A hidden like, and where the model put it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HiddenFilm {
    /// The film.
    pub film: Film,
    /// Its place in the list, from 1.
    pub place: usize,
}

/// A test user whom the model served badly.
#[derive(Debug, Clone, PartialEq)]
pub struct Failure {
    /// NDCG@100.
    pub ndcg: f64,
    /// How many films the model knew that the user likes.
    pub likes: usize,
    /// Some of them, the best known first.
    pub liked: Vec<Film>,
    /// What it recommended, best first.
    pub recommended: Vec<Film>,
    /// What it should have found, the best placed first.
    pub hidden: Vec<HiddenFilm>,
    /// Why it may have failed, in a sentence.
    pub guess: String,
}

/// The worst served of the test users with enough hidden films. `film` describes an item of the split.
pub(super) fn failures(
    model: &dyn Recommender,
    split: &Split,
    evaluation: &Evaluation,
    film: &dyn Fn(u32) -> Film,
) -> Vec<Failure> {
    let ndcg = |user: usize| evaluation.users[user][Metric::Ndcg100 as usize];
    let hidden = |user: usize| split.test[user].held_out.len();
    let mut worst: Vec<usize> = (0..split.test.len())
        .filter(|&user| hidden(user) >= HIDDEN_AT_LEAST)
        .collect();
    worst.sort_by(|&a, &b| {
        ndcg(a)
            .total_cmp(&ndcg(b))
            .then(hidden(b).cmp(&hidden(a)))
            .then(a.cmp(&b))
    });
    worst.truncate(SHOWN);
    let users: Vec<HeldOutUser> = worst.iter().map(|&user| split.test[user].clone()).collect();
    let lists = rank(model, &users, split.items.len(), split.items.len());
    let describe = |((&at, user), list): ((&usize, &HeldOutUser), Vec<u32>)| {
        let mut liked: Vec<Film> = user.likes.iter().map(|event| film(event.item)).collect();
        liked.sort_by_key(|film| std::cmp::Reverse(film.ratings));
        let place = |item: u32| {
            list.iter()
                .position(|&other| other == item)
                .map_or(0, |at| at + 1)
        };
        let mut hidden: Vec<HiddenFilm> = user
            .held_out
            .iter()
            .map(|&item| HiddenFilm {
                film: film(item),
                place: place(item),
            })
            .collect();
        hidden.sort_by_key(|hidden| hidden.place);
        let shown: Vec<Film> = list.iter().take(FILMS).map(|&item| film(item)).collect();
        let guess = guess(&liked, &shown, &hidden);
        let likes = liked.len();
        liked.truncate(FILMS);
        hidden.truncate(FILMS);
        Failure {
            ndcg: ndcg(at),
            likes,
            liked,
            recommended: shown,
            hidden,
            guess,
        }
    };
    worst.iter().zip(&users).zip(lists).map(describe).collect()
}

/// The first explanation that fits, from the plainest on.
fn guess(liked: &[Film], shown: &[Film], hidden: &[HiddenFilm]) -> String {
    let count =
        |is: &dyn Fn(&Film) -> bool| hidden.iter().filter(|hidden| is(&hidden.film)).count();
    let all = hidden.len();
    let rare = count(&|film| film.ratings < RARE);
    if 2 * rare >= all {
        return format!(
            "{rare} of the {all} hidden films have fewer than {RARE} ratings: too few people to learn from."
        );
    }
    let known_genre = |film: &Film| {
        film.genres.iter().any(|genre| {
            let with = liked
                .iter()
                .filter(|other| other.genres.contains(genre))
                .count();
            5 * with >= liked.len()
        })
    };
    let strange = count(&|film| !film.genres.is_empty() && !known_genre(film));
    if 2 * strange >= all {
        return format!(
            "{strange} of the {all} hidden films are of genres that fewer than a fifth of the known likes share: nothing \
             pointed there."
        );
    }
    let years = |films: &mut dyn Iterator<Item = &Film>| {
        let mut years: Vec<u16> = films.filter_map(|film| film.year).collect();
        years.sort_unstable();
        years.get(years.len() / 2).copied()
    };
    let known = years(&mut liked.iter());
    let missed = years(&mut hidden.iter().map(|hidden| &hidden.film));
    if let (Some(known), Some(missed)) = (known, missed)
        && known.abs_diff(missed) >= 15
    {
        return format!(
            "The known likes are from around {known}, the hidden films from around {missed}: the period misled it."
        );
    }
    let fame = |films: &mut dyn Iterator<Item = &Film>| {
        let mut ratings: Vec<u32> = films.map(|film| film.ratings).collect();
        ratings.sort_unstable();
        ratings.get(ratings.len() / 2).copied().unwrap_or(0)
    };
    let (safe, missed) = (
        fame(&mut shown.iter()),
        fame(&mut hidden.iter().map(|hidden| &hidden.film)),
    );
    if safe >= 3 * missed {
        return format!(
            "It played safe: the films it put first have {safe} ratings at the median, the hidden ones {missed}."
        );
    }
    if liked.len() < 15 {
        return format!("Only {} likes were known: little to go by.", liked.len());
    }
    "No plain reason shows: the hidden films are neither rare nor unlike the known ones.".to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn film(genre: &str, year: u16, ratings: u32) -> Film {
        Film {
            title: "A film".into(),
            year: Some(year),
            genres: vec![genre.into()],
            ratings,
        }
    }

    #[test]
    fn guesses_name_what_is_there_to_see() {
        let guess_of = |known: Film, missed: Film| {
            let hidden = HiddenFilm {
                film: missed,
                place: 900,
            };
            guess(
                &vec![known; 20],
                &[film("Drama", 1999, 300)],
                &[hidden.clone(), hidden],
            )
        };
        let usual = || film("Drama", 1999, 300);
        assert!(guess_of(usual(), film("Drama", 1999, 3)).contains("fewer than 20 ratings"));
        assert!(guess_of(usual(), film("War", 1999, 300)).contains("genres"));
        assert!(guess_of(usual(), film("Drama", 1960, 300)).contains("around 1960"));
        assert!(guess_of(usual(), film("Drama", 1999, 50)).contains("played safe"));
        assert!(guess_of(usual(), usual()).contains("No plain reason"));
    }
}
