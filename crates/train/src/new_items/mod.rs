//! Judging what is said of items that nobody in training has rated.
//!
//! A tenth of the items that somebody likes is taken out of training whole, and so are the test users. A test user
//! is known by what they like among the other items; what they like among those taken out is to be found, ranked
//! among these alone. Another tenth and the validation users serve to choose settings.

mod baselines;

pub use baselines::{GenreProfile, MostTagged, Shuffled};

use hashbrown::HashSet;
use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;

use crate::content;
use crate::dataset::{Rating, Ratings};
use crate::evaluate::{Algorithm, Estimate, FitError, Input, Metric, Recommender, Settings};
use crate::model::Ranker;
use crate::split::{Event, HeldOutUser, Sides, SplitError, SplitOptions, TrainSet, event};

/// One item in this many is new on each side.
const NEW_OF: usize = 10;

/// Training users and items, and new items and users to judge with. Items are numbered as in the ratings.
#[derive(Debug, Clone)]
pub struct NewItems {
    /// What the training users think of all items but the new ones.
    pub train: TrainSet,
    /// To choose settings with.
    pub validation: NewItemsSide,
    /// To report on.
    pub test: NewItemsSide,
}

/// New items, and users who like some of them.
#[derive(Debug, Clone)]
pub struct NewItemsSide {
    /// The new items, in an order that says nothing of them: ties are broken by it.
    pub items: Vec<u32>,
    /// Users who like a new item and an old one; `held_out` are the new ones they like.
    pub users: Vec<HeldOutUser>,
}

impl NewItems {
    /// Splits by users, as [`Split::strong`](crate::split::Split::strong) does with the same options, and by items.
    ///
    /// # Errors
    /// When there are fewer users than the split needs.
    pub fn split(ratings: &Ratings, options: &SplitOptions) -> Result<Self, SplitError> {
        let mut rng = ChaCha8Rng::seed_from_u64(options.seed);
        let sides = Sides::draw(ratings, options, &mut rng)?;

        let liked = ratings.events.iter().filter(|e| ratings.is_like(e));
        let mut items: Vec<u32> = liked.map(|e| e.item).collect();
        items.sort_unstable();
        items.dedup();
        // By id, so that the order of the files changes nothing.
        items.sort_unstable_by_key(|&item| &ratings.items[item as usize]);
        items.shuffle(&mut rng);
        let tenth = items.len() / NEW_OF;
        let new = |at: usize| items[at * tenth..(at + 1) * tenth].to_vec();
        let (test, validation) = (new(0), new(1));

        let out: HashSet<u32> = test.iter().chain(&validation).copied().collect();
        let known = |of: &[Rating]| -> Vec<Event> {
            let known = of.iter().filter(|e| !out.contains(&e.item));
            known.map(|e| event(ratings, e, e.item)).collect()
        };
        let side = |items: Vec<u32>, users: &[&[Rating]]| {
            let new: HashSet<u32> = items.iter().copied().collect();
            let user = |of: &&[Rating]| {
                let (likes, others): (Vec<_>, Vec<_>) =
                    known(of).into_iter().partition(|event| event.liked);
                let found = |e: &&Rating| ratings.is_like(e) && new.contains(&e.item);
                let held_out: Vec<u32> = of.iter().filter(found).map(|e| e.item).collect();
                (!likes.is_empty() && !held_out.is_empty()).then_some(HeldOutUser {
                    user: of[0].user,
                    likes,
                    others,
                    held_out,
                })
            };
            let users = users.iter().filter_map(user).collect();
            NewItemsSide { items, users }
        };
        Ok(Self {
            train: TrainSet {
                items: ratings.items.len(),
                users: sides.train.iter().map(|of| known(of)).collect(),
            },
            validation: side(validation, &sides.validation),
            test: side(test, &sides.test),
        })
    }
}

impl NewItemsSide {
    /// Recall@20 of each user, the new items ranked among themselves. Equal scores rank
    /// as the items stand.
    pub fn recall(&self, model: &dyn Recommender, items: usize) -> Vec<f64> {
        self.users
            .par_iter()
            .map_init(
                || vec![0.0; items],
                |scores, user| {
                    let mut events = user.likes.clone();
                    if model.input() == Input::Ratings {
                        events.extend(&user.others);
                        events.sort_unstable_by_key(|event| event.item);
                    }
                    model.score(&events, scores);
                    let mut ranked = self.items.clone();
                    ranked.sort_by(|&a, &b| scores[b as usize].total_cmp(&scores[a as usize]));
                    Metric::Recall20.of(&ranked, &user.held_out)
                },
            )
            .collect()
    }
}

/// Ridges to choose from, the default first.
const RIDGES: [f64; 3] = [content::RIDGE, 10.0, 100.0];

/// A model of new items and how it was chosen.
pub struct Tuned {
    /// The model.
    pub model: Box<dyn Recommender>,
    /// Its settings.
    pub settings: Settings,
}

/// Trains `algorithm`, which knows the content of all items, with its default settings and the ridge that finds most
/// for the validation users.
///
/// # Errors
/// When training fails.
pub fn tune(algorithm: &Ranker, split: &NewItems) -> Result<Tuned, FitError> {
    let mut settings: Settings = Vec::new();
    settings.extend(
        algorithm
            .axes()
            .iter()
            .map(|axis| (axis.name, axis.default)),
    );
    let mut best: Option<(f64, Tuned)> = None;
    for ridge in RIDGES {
        let mut settings = settings.clone();
        settings.push(("content_ridge", ridge));
        let model = algorithm.fit(&split.train, &settings)?;
        let recall = split.validation.recall(model.as_ref(), split.train.items);
        let mean = Estimate::of(recall.into_iter()).mean;
        if best.as_ref().is_none_or(|(most, _)| mean > *most) {
            best = Some((mean, Tuned { model, settings }));
        }
    }
    Ok(best.expect("there are ridges to choose from").1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::synth::Synth;

    fn ratings() -> Ratings {
        let invented = Synth {
            users: 120,
            items: 200,
            seed: 3,
        }
        .generate();
        let folder = tempfile::tempdir().expect("a temporary folder");
        invented.write(folder.path()).expect("write test files");
        let files = [folder.path().join("ratings.csv")];
        let columns = crate::dataset::Columns::default();
        let progress = indicatif::ProgressBar::hidden();
        crate::dataset::read_ratings(&files, &columns, &progress).expect("good ratings")
    }

    #[test]
    fn nothing_of_a_new_item_is_known_before() {
        let ratings = ratings();
        let split = NewItems::split(&ratings, &SplitOptions::default()).expect("enough users");
        let sides = [&split.validation, &split.test];
        let new: HashSet<u32> = sides.iter().flat_map(|side| &side.items).copied().collect();
        assert_eq!(
            new.len(),
            sides[0].items.len() + sides[1].items.len(),
            "disjoint"
        );
        assert!(split.test.items.len() > 5 && split.test.users.len() > 5);

        let told = |user: &HeldOutUser| [user.likes.clone(), user.others.clone()].concat();
        let known = split.train.users.iter().flatten().copied();
        let known = known.chain(
            sides
                .iter()
                .flat_map(|side| side.users.iter().flat_map(told)),
        );
        assert!(known.into_iter().all(|event| !new.contains(&event.item)));

        let held_out: HashSet<u32> = split.test.users.iter().map(|user| user.user).collect();
        assert!(
            split
                .validation
                .users
                .iter()
                .all(|user| !held_out.contains(&user.user))
        );
        for side in sides {
            for user in &side.users {
                assert!(!user.held_out.is_empty() && !user.likes.is_empty());
                for item in &user.held_out {
                    let like = |e: &&Rating| e.user == user.user && e.item == *item;
                    assert!(
                        ratings
                            .events
                            .iter()
                            .find(like)
                            .is_some_and(|e| ratings.is_like(e))
                    );
                    assert!(side.items.contains(item));
                }
            }
        }
    }

    #[test]
    fn new_items_compete_with_one_another_alone() {
        /// Old items score best, then new ones by number, backwards.
        struct Backwards;
        impl Recommender for Backwards {
            fn input(&self) -> Input {
                Input::Likes
            }
            fn score(&self, fold_in: &[Event], scores: &mut [f32]) {
                assert!(fold_in.iter().all(|event| event.liked));
                for (item, score) in scores.iter_mut().enumerate() {
                    *score = if item < 100 { 1e9 } else { -(item as f32) };
                }
            }
        }
        let like = |item| Event {
            item,
            rating: None,
            liked: true,
            ..Event::default()
        };
        let user = |held_out: &[u32]| HeldOutUser {
            user: 0,
            likes: vec![like(0)],
            others: vec![],
            held_out: held_out.to_vec(),
        };
        let side = NewItemsSide {
            items: (100..150).collect(),
            users: vec![user(&[119]), user(&[120]), user(&[100, 149])],
        };
        assert_eq!(side.recall(&Backwards, 150), [1.0, 0.0, 0.5]);
    }
}
