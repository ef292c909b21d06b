//! What recommending new items is compared with.

use rand::seq::SliceRandom;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::catalogue::CatalogueItem;
use crate::evaluate::{Input, Recommender};
use crate::features::{Parts, features};
use crate::sparse::Csr;
use crate::split::Event;

/// A random order for each visitor.
pub struct Shuffled {
    /// Another seed, other orders.
    pub seed: u64,
}

impl Recommender for Shuffled {
    fn input(&self) -> Input {
        Input::Likes
    }

    fn score(&self, fold_in: &[Event], scores: &mut [f32]) {
        let mut rng = ChaCha8Rng::seed_from_u64(self.seed);
        for event in fold_in {
            rng = ChaCha8Rng::seed_from_u64(rng.next_u64() ^ u64::from(event.item));
        }
        for (score, rank) in scores.iter_mut().zip(0_u32..) {
            *score = rank as f32;
        }
        scores.shuffle(&mut rng);
    }
}

/// The most tagged items for everyone: how much attention an item got, and nothing of what it is.
pub struct MostTagged {
    tags: Vec<u32>,
}

impl MostTagged {
    /// Counts the tags of each item.
    pub fn of(items: &[&CatalogueItem]) -> Self {
        let tags = |item: &&CatalogueItem| item.tags.iter().map(|(_, times)| times).sum();
        Self {
            tags: items.iter().map(tags).collect(),
        }
    }
}

impl Recommender for MostTagged {
    fn input(&self) -> Input {
        Input::Likes
    }

    fn score(&self, _: &[Event], scores: &mut [f32]) {
        for (score, &tags) in scores.iter_mut().zip(&self.tags) {
            *score = tags as f32;
        }
    }
}

/// Items by the cosine of their genres with the visitor's: the sum of the genres, as unit vectors, of what they like.
pub struct GenreProfile {
    genres: Csr,
}

impl GenreProfile {
    /// Takes the genres of each item.
    pub fn of(items: &[&CatalogueItem]) -> Self {
        let rows = features(items, Parts::GENRES);
        let unit = |item: usize| {
            // All entries are 1, and the first is the constant, which would make all items alike.
            let (columns, _) = rows.row(item);
            let genres = &columns[1..];
            let length = (genres.len() as f32).sqrt();
            genres.iter().map(move |&genre| (genre, 1.0 / length))
        };
        Self {
            genres: Csr::from_rows(rows.cols, (0..rows.rows).map(unit)),
        }
    }
}

impl Recommender for GenreProfile {
    fn input(&self) -> Input {
        Input::Likes
    }

    fn score(&self, fold_in: &[Event], scores: &mut [f32]) {
        let mut profile = vec![0.0_f32; self.genres.cols];
        for event in fold_in {
            let (genres, values) = self.genres.row(event.item as usize);
            for (&genre, x) in genres.iter().zip(values) {
                profile[genre as usize] += x;
            }
        }
        for (item, score) in scores.iter_mut().enumerate() {
            let (genres, values) = self.genres.row(item);
            let pairs = genres.iter().zip(values);
            *score = pairs.map(|(&genre, x)| x * profile[genre as usize]).sum();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn like(item: u32) -> Event {
        Event {
            item,
            rating: None,
            liked: true,
            ..Event::default()
        }
    }

    fn scores(model: &dyn Recommender, likes: &[u32], items: usize) -> Vec<f32> {
        let mut scores = vec![f32::NAN; items];
        let likes: Vec<Event> = likes.iter().copied().map(like).collect();
        model.score(&likes, &mut scores);
        scores
    }

    #[test]
    fn each_orders_by_what_it_knows() {
        let item = |genres: &[&str], tags: u32| CatalogueItem {
            genres: genres.iter().map(ToString::to_string).collect(),
            tags: vec![("good".into(), tags), ("bad".into(), 1)],
            ..CatalogueItem::default()
        };
        let items = [
            item(&["War"], 1),
            item(&["War", "Drama"], 9),
            item(&["Comedy"], 4),
            item(&[], 0),
        ];
        let items: Vec<_> = items.iter().collect();
        assert_eq!(
            scores(&MostTagged::of(&items), &[0], 4),
            [2.0, 10.0, 5.0, 1.0]
        );

        let genres = scores(&GenreProfile::of(&items), &[0], 4);
        assert!(genres[0] > genres[1] && genres[1] > genres[2], "{genres:?}");
        assert_eq!(genres[2..], [0.0, 0.0]);

        let shuffled = Shuffled { seed: 1 };
        let one = scores(&shuffled, &[0, 1], 50);
        assert_eq!(one, scores(&shuffled, &[0, 1], 50));
        assert_ne!(one, scores(&shuffled, &[0, 2], 50));
    }
}
