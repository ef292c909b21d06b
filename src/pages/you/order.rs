//! In which order the visitor's ratings are listed, and which of them.

use matinee_engine::search::title_key;
use matinee_web::Rating;
use tr::tr;

/// An order of ratings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Order {
    /// The newest first.
    #[default]
    Newest,
    /// The oldest first.
    Oldest,
    /// Most stars first.
    Best,
    /// Fewest stars first.
    Worst,
    /// By title.
    Title,
}

impl Order {
    /// All of them, as they are offered.
    pub(super) const ALL: [Self; 5] = [
        Self::Newest,
        Self::Oldest,
        Self::Best,
        Self::Worst,
        Self::Title,
    ];

    /// Its name in the address.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Newest => "newest",
            Self::Oldest => "oldest",
            Self::Best => "best",
            Self::Worst => "worst",
            Self::Title => "title",
        }
    }

    /// The order with this name; the newest first where there is none.
    pub(super) fn of(name: &str) -> Self {
        let found = Self::ALL.into_iter().find(|order| order.name() == name);
        found.unwrap_or_default()
    }

    /// What it is called.
    pub(super) fn label(self) -> String {
        match self {
            Self::Newest => tr!("Newest first"),
            Self::Oldest => tr!("Oldest first"),
            Self::Best => tr!("Most stars first"),
            Self::Worst => tr!("Fewest stars first"),
            Self::Title => tr!("By title"),
        }
    }

    /// Puts ratings in this order that have the newest first.
    pub(super) fn arrange(self, newest_first: &mut [&Rating]) {
        let halves = |rating: &Rating| rating.stars.map_or(0, |stars| stars.halves());
        match self {
            Self::Newest => {}
            Self::Oldest => newest_first.reverse(),
            // Stable: of as many stars the newest first.
            Self::Best => newest_first.sort_by_key(|rating| std::cmp::Reverse(halves(rating))),
            Self::Worst => newest_first.sort_by_key(|rating| halves(rating)),
            Self::Title => newest_first.sort_by_cached_key(|rating| title_key(&rating.title)),
        }
    }
}

/// Whether a film's title or year has what was typed in it, whatever its accents and capitals.
pub(super) fn has(rating: &Rating, typed: &str) -> bool {
    let typed = typed.trim();
    let key = title_key(typed);
    let year = rating.year.map(|year| year.to_string());
    typed.is_empty()
        || (!key.is_empty() && title_key(&rating.title).contains(&key))
        || year.is_some_and(|year| year == typed)
}

#[cfg(test)]
mod tests {
    use matinee_web::Stars;
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    fn rating(title: &str, year: u16, halves: u8) -> Rating {
        Rating {
            item: format!("test:{title}"),
            title: title.to_owned(),
            year: Some(year),
            stars: Stars::from_halves(halves),
            seen: true,
            not_for_me: false,
            watchlist: false,
            unseen: false,
            watched: None,
            updated_at: 0.0,
        }
    }

    #[test]
    fn each_order_is_as_it_says_and_is_found_by_its_name() {
        let newest_first = [
            rating("The Birds", 1963, 8),
            rating("Amélie", 2001, 10),
            rating("Cats", 2019, 1),
        ];
        let titles = |order: Order| {
            let mut ratings: Vec<&Rating> = newest_first.iter().collect();
            order.arrange(&mut ratings);
            let titles = ratings.iter().map(|rating| rating.title.as_str());
            titles.collect::<Vec<_>>()
        };
        assert_eq!(titles(Order::Newest), ["The Birds", "Amélie", "Cats"]);
        assert_eq!(titles(Order::Oldest), ["Cats", "Amélie", "The Birds"]);
        assert_eq!(titles(Order::Best), ["Amélie", "The Birds", "Cats"]);
        assert_eq!(titles(Order::Worst), ["Cats", "The Birds", "Amélie"]);
        assert_eq!(titles(Order::Title)[0], "Amélie");
        for order in Order::ALL {
            assert_eq!(Order::of(order.name()), order);
        }
        assert_eq!(Order::of("sideways"), Order::Newest);
    }

    #[test]
    fn a_title_is_found_by_a_part_of_it_or_by_its_year() {
        let amelie = rating("Amélie", 2001, 10);
        for typed in ["", " ", "amelie", "MÉL", "2001"] {
            assert!(has(&amelie, typed), "{typed:?}");
        }
        for typed in ["heat", "200", "?!"] {
            assert!(!has(&amelie, typed), "{typed:?}");
        }
    }
}
