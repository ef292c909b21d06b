//! What the map draws, and what is where on it.

use std::rc::Rc;

use matinee_format::Model;
use matinee_web::Stars;
use matinee_web::words::genre;

use super::layout::Spot;
use super::view::View;

/// Films known well enough to say where a genre lies, or to be named as neighbours.
const KNOWN: usize = 1500;
/// A genre is named on the map where it has this many of them.
const GENRE_FILMS: usize = 40;
/// How far a genre's name is drawn away from the middle, where all of them crowd.
const OUTWARDS: f32 = 1.6;

/// A film that the visitor rated.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Own {
    /// The film.
    pub row: u32,
    /// Where it lies.
    pub spot: Spot,
    /// Its stars.
    pub stars: Stars,
}

/// The map of a model's films, with the visitor's ratings on it.
#[derive(Clone, Debug)]
pub(super) struct Scene {
    /// Places by row. Rows are in order of popularity.
    pub spots: Rc<Vec<Option<Spot>>>,
    /// Names of genres, where they lie.
    pub genres: Rc<Vec<(String, Spot)>>,
    /// What the visitor rated, in order of rows.
    pub own: Rc<Vec<Own>>,
}

/// Two are equal when they are one.
impl PartialEq for Scene {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.spots, &other.spots) && Rc::ptr_eq(&self.own, &other.own)
    }
}

impl Scene {
    /// The films of `model`, which lie at `spots`.
    pub(super) fn new(model: &Model, spots: Vec<Option<Spot>>) -> Self {
        let genres = places_of_genres(model, &spots);
        Self {
            spots: Rc::new(spots),
            genres: Rc::new(genres),
            own: Rc::default(),
        }
    }

    /// With the visitor's ratings on it.
    pub(super) fn with(&self, rated: impl Iterator<Item = (u32, Stars)>) -> Self {
        let own = |(row, stars): (u32, Stars)| {
            let spot = (*self.spots.get(row as usize)?)?;
            Some(Own { row, spot, stars })
        };
        Self {
            own: Rc::new(rated.filter_map(own).collect()),
            ..self.clone()
        }
    }

    /// Where a film lies.
    pub(super) fn spot(&self, row: u32) -> Option<Spot> {
        *self.spots.get(row as usize)?
    }

    /// The film nearest to a point of the window, within `reach` pixels; one of the visitor's own before others.
    pub(super) fn under(&self, view: &View, point: [f32; 2], reach: f32) -> Option<u32> {
        let own = self.own.iter().map(|own| (own.row, own.spot));
        let all = (0..).zip(self.spots.iter());
        let all = all.filter_map(|(row, spot)| Some((row, (*spot)?)));
        nearest(view, point, reach, own).or_else(|| nearest(view, point, reach, all))
    }

    /// The visitor's film next to the one at `from` in a direction, such as `[1, 0]` to the right.
    pub(super) fn next(&self, view: &View, from: Option<u32>, way: [f32; 2]) -> Option<u32> {
        let Some(from) = from.and_then(|row| self.spot(row)) else {
            // The first step goes to the one nearest to the middle.
            let middle = view.size.map(|side| side / 2.0);
            let own = self.own.iter().map(|own| (own.row, own.spot));
            return nearest(view, middle, f32::INFINITY, own);
        };
        let here = view.at(from);
        // In the order in which they lie along that direction: so every one of them can be reached.
        let along = |own: &Own| {
            let there = view.at(own.spot);
            let along = (there[0] - here[0]) * way[0] + (there[1] - here[1]) * way[1];
            (along > 0.0).then_some(along)
        };
        let ahead = self
            .own
            .iter()
            .filter_map(|own| Some((own.row, along(own)?)));
        ahead.min_by(|a, b| a.1.total_cmp(&b.1)).map(|(row, _)| row)
    }

    /// The `most` well-known films that lie nearest to a film, without those of `but`.
    pub(super) fn neighbours(&self, row: u32, most: usize) -> Vec<u32> {
        let Some(here) = self.spot(row) else {
            return Vec::new();
        };
        let known = (0..).zip(self.spots.iter().take(KNOWN));
        let mut near: Vec<(u32, f32)> = known
            .filter(|(other, _)| *other != row)
            .filter_map(|(other, spot)| Some((other, distance(here, (*spot)?))))
            .collect();
        near.sort_by(|a, b| a.1.total_cmp(&b.1));
        near.into_iter().take(most).map(|(row, _)| row).collect()
    }
}

fn nearest(
    view: &View,
    point: [f32; 2],
    reach: f32,
    films: impl Iterator<Item = (u32, Spot)>,
) -> Option<u32> {
    let away = films.map(|(row, spot)| (row, distance(view.at(spot), point)));
    away.filter(|(_, away)| *away <= reach)
        .min_by(|a, b| a.1.total_cmp(&b.1))
        .map(|(row, _)| row)
}

fn distance(a: [f32; 2], b: [f32; 2]) -> f32 {
    ((a[0] - b[0]).powi(2) + (a[1] - b[1]).powi(2)).sqrt()
}

/// Where the well-known films of each genre lie, on the average, drawn outwards.
fn places_of_genres(model: &Model, spots: &[Option<Spot>]) -> Vec<(String, Spot)> {
    let mean = |bit: usize| {
        let mut sum = [0.0_f32; 2];
        let mut count = 0_usize;
        for (row, spot) in (0..).zip(spots.iter().take(KNOWN)) {
            if let Some(spot) = spot
                && model.genres(row) >> bit & 1 == 1
            {
                sum[0] += spot[0];
                sum[1] += spot[1];
                count += 1;
            }
        }
        (count >= GENRE_FILMS).then(|| sum.map(|x| x / count as f32))
    };
    let names = model.header().genres.iter().enumerate();
    let places = names.filter_map(|(bit, name)| {
        let outwards = |x: f32| ((x - 0.5) * OUTWARDS + 0.5).clamp(0.06, 0.94);
        Some((genre(name), mean(bit)?.map(outwards)))
    });
    let mut places: Vec<(String, Spot)> = places.collect();
    // Those far out first: they say most, and names that would lie on others are left out.
    let out = |spot: &Spot| distance(*spot, [0.5, 0.5]);
    places.sort_by(|a, b| out(&b.1).total_cmp(&out(&a.1)));
    places
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    fn scene() -> Scene {
        let spots = vec![
            Some([0.5, 0.5]),
            Some([0.9, 0.5]),
            Some([0.5, 0.9]),
            Some([0.52, 0.5]),
            None,
        ];
        let scene = Scene {
            spots: Rc::new(spots),
            genres: Rc::default(),
            own: Rc::default(),
        };
        let four = Stars::from_halves(8).expect("it is one");
        scene.with([(0, four), (1, four), (2, four), (4, four)].into_iter())
    }

    #[test]
    fn films_are_found_under_the_pointer_the_visitors_own_first() {
        let (scene, view) = (scene(), View::whole([1000.0, 1000.0]));
        assert_eq!(
            scene.own.len(),
            3,
            "a film without a place is not on the map"
        );
        let at = |row: usize| view.at(scene.spots[row].expect("it has a place"));
        assert_eq!(scene.under(&view, at(1), 10.0), Some(1));
        assert_eq!(
            scene.under(&view, at(3), 30.0),
            Some(0),
            "near enough, and rated"
        );
        assert_eq!(scene.under(&view, at(3), 5.0), Some(3));
        assert_eq!(scene.under(&view, [5.0, 5.0], 10.0), None);
    }

    #[test]
    fn arrows_go_from_one_rated_film_to_the_next() {
        let (scene, view) = (scene(), View::whole([1000.0, 1000.0]));
        let next = |from, way| scene.next(&view, from, way);
        assert_eq!(next(None, [1.0, 0.0]), Some(0));
        assert_eq!(next(Some(0), [1.0, 0.0]), Some(1));
        assert_eq!(next(Some(0), [0.0, 1.0]), Some(2));
        assert_eq!(next(Some(1), [-1.0, 0.0]), Some(0));
        assert_eq!(next(Some(1), [1.0, 0.0]), None);
        assert_eq!(scene.neighbours(0, 2), [3, 1]);
        assert!(scene.neighbours(4, 2).is_empty());
    }
}
