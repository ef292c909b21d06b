//! What is believed of anybody, before they have answered.

use matinee_format::Model;

/// The part of the ratings that are likes, on average; films differ around it.
const LIKES: f32 = 0.57;
/// No film's part is believed to be smaller.
const FEWEST: f32 = 0.2;

/// How many people have seen a film, and how much they like it.
#[derive(Debug, Clone)]
pub(super) struct Priors {
    /// Ratings that a film seen by everybody would have.
    users: f32,
    /// The least of the items' ridges.
    ridge: f32,
    /// What a rating adds to a ridge, over what it adds on average, times `LIKES`; 0 where ridges tell nothing.
    likes: f32,
}

impl Priors {
    pub(super) fn new(model: &Model) -> Self {
        let users = model.header().card.users.min(u64::from(u32::MAX)) as f32;
        let most = model.item(0).popularity as f32;
        let rows = || 0..model.len() as u32;
        let ridge = rows()
            .filter_map(|row| ridge(model, row))
            .fold(f32::INFINITY, f32::min);
        let (mut above, mut ratings) = (0.0, 0.0);
        for row in rows() {
            if let Some(own) = self::ridge(model, row) {
                above += f64::from(own - ridge);
                ratings += f64::from(model.popularity(row));
            }
        }
        let likes = (f64::from(LIKES) * ratings / above) as f32;
        Self {
            // A card that does not count its users: about half of them rated the best known film.
            users: if users < most { 2.0 * most } else { users }.max(1.0),
            ridge,
            likes: if likes.is_finite() { likes } else { 0.0 },
        }
    }

    /// The share of all users who rated the film.
    pub(super) fn seen(&self, model: &Model, row: u32) -> f32 {
        (model.popularity(row) as f32 / self.users).clamp(1e-4, 0.95)
    }

    /// How much all users like the film on average, 0 to 1, where not having seen it counts 0.
    ///
    /// The file counts ratings, not likes. But the ridge of an item is one for all and a part in proportion to its
    /// likes (see the trainer's `dlae`), and it is what the out-scale is divided by the in-scale.
    pub(super) fn liked(&self, model: &Model, row: u32) -> f32 {
        let ratings = (model.popularity(row) as f32).max(1.0);
        let part = match ridge(model, row) {
            Some(ridge) if self.likes > 0.0 => (ridge - self.ridge) * self.likes / ratings,
            _ => LIKES,
        };
        self.seen(model, row) * part.clamp(FEWEST, 1.0)
    }
}

fn ridge(model: &Model, row: u32) -> Option<f32> {
    let ridge = model.out_scale(row) / model.in_scale(row);
    (ridge.is_finite() && ridge > 0.0).then_some(ridge)
}
