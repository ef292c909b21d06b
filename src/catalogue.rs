//! The model and the visitor, joined: what pages ask when they draw.

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

use matinee_engine::search::TitleIndex;
use matinee_engine::{
    Explanation, Interview, Member, Profile, StarPrediction, StarProfile, explain, list,
};
use matinee_web::components::WhyLine;
use matinee_web::{Film, Reason, Stars};
use tr::tr;

use crate::state::{Filters, ModelRef, Programme, Ratings};

/// Films of a model, described when first asked for.
pub(crate) struct Films {
    /// The model they are read from.
    pub model: ModelRef,
    /// By row.
    described: RefCell<Vec<Option<Rc<Film>>>>,
    index: OnceCell<TitleIndex>,
    /// What predicts the stars of somebody of whom nothing is known.
    anybody: OnceCell<Option<StarProfile>>,
}

impl Films {
    /// The films of `model`.
    pub(crate) fn new(model: ModelRef) -> Self {
        let described = RefCell::new(vec![None; model.len()]);
        Self {
            model,
            described,
            index: OnceCell::new(),
            anybody: OnceCell::new(),
        }
    }

    /// The film at `row`, which is one of the model's.
    pub(crate) fn at(&self, row: u32) -> Rc<Film> {
        let film = &mut self.described.borrow_mut()[row as usize];
        film.get_or_insert_with(|| Rc::new(Film::of(&self.model, row)))
            .clone()
    }

    /// The film with this id, if it has arrived.
    pub(crate) fn by_id(&self, id: &str) -> Option<Rc<Film>> {
        Some(self.at(self.model.row_of(id)?))
    }

    /// The films at `rows`.
    pub(crate) fn at_all<'a>(&'a self, rows: &'a [u32]) -> impl Iterator<Item = Rc<Film>> + 'a {
        rows.iter().map(|row| self.at(*row))
    }

    /// Films whose title or year is like `query`, the likeliest first.
    pub(crate) fn search(&self, query: &str, most: usize) -> Vec<Rc<Film>> {
        let index = self.index.get_or_init(|| {
            let mut index = TitleIndex::new();
            index.extend(&self.model);
            index
        });
        index
            .search(query, most)
            .into_iter()
            .map(|hit| self.at(hit.row))
            .collect()
    }
}

/// A visitor, as the model at hand sees them.
#[derive(Clone)]
pub(crate) struct Catalogue {
    /// The films.
    pub films: Rc<Films>,
    profile: Rc<Profile>,
    /// What predicts stars for the visitor.
    star_profile: Option<Rc<StarProfile>>,
    /// The films that the visitor is done with, in order of their rows, with the stars they were given.
    said: Rc<Vec<(u32, Option<Stars>)>>,
}

/// Two are equal when neither the model nor what the visitor said has changed.
impl PartialEq for Catalogue {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.films, &other.films) && Rc::ptr_eq(&self.profile, &other.profile)
    }
}

impl Catalogue {
    /// Joins films and ratings. Ratings of films that have not arrived are left for when they do.
    pub(crate) fn new(films: Rc<Films>, ratings: &Ratings) -> Self {
        let model = &*films.model;
        let mut profile = Profile::new(model);
        let mut said = Vec::new();
        let feedback = &model.header().feedback;
        let offset = feedback.offset(ratings.iter().filter_map(|entry| {
            let stars = entry
                .rating
                .stars
                .filter(|_| entry.rating.id_in(model).is_some())?;
            Some(feedback.rating_of_stars(stars.value()))
        }));
        for entry in ratings.iter() {
            let rating = &entry.rating;
            let Some(id) = rating.id_in(model).filter(|_| rating.is_settled()) else {
                continue;
            };
            profile.set(model, id, rating.feedback(feedback, offset));
            if let Some(row) = model.row_of(id) {
                said.push((row, rating.stars));
            }
        }
        said.sort_unstable_by_key(|(row, _)| *row);
        let rated: Vec<(u32, f32)> = said
            .iter()
            .filter_map(|&(row, stars)| Some((row, feedback.rating_of_stars(stars?.value()))))
            .collect();
        let star_profile = StarProfile::fold_in(model, &rated).map(Rc::new);
        Self {
            films,
            profile: Rc::new(profile),
            star_profile,
            said: Rc::new(said),
        }
    }

    /// The visitor as one of several; `None` where nothing predicts stars. `given` are [`given`](Self::given).
    pub(crate) fn member<'a>(&'a self, given: &'a [(u32, f32)]) -> Option<Member<'a>> {
        Some(Member {
            profile: &self.profile,
            stars: self.star_profile.as_deref()?,
            given,
        })
    }

    /// The stars given, by row, on the model's scale.
    pub(crate) fn given(&self) -> Vec<(u32, f32)> {
        let feedback = &self.films.model.header().feedback;
        let given = |&(row, stars): &(u32, Option<Stars>)| {
            Some((row, feedback.rating_of_stars(stars?.value())))
        };
        self.said.iter().filter_map(given).collect()
    }

    /// Whether the visitor is done with the film at `row`.
    pub(crate) fn is_settled(&self, row: u32) -> bool {
        self.hidden(row)
    }

    fn hidden(&self, row: u32) -> bool {
        self.said_of(row).is_some()
    }

    fn stars(&self, row: u32) -> Option<Stars> {
        self.said_of(row)?
    }

    fn said_of(&self, row: u32) -> Option<Option<Stars>> {
        let found = self.said.binary_search_by_key(&row, |(row, _)| *row).ok()?;
        Some(self.said[found].1)
    }

    /// The `most` best films of those that `filters` leaves, best first.
    pub(crate) fn picks(&self, most: usize, filters: &Filters) -> Vec<Rc<Film>> {
        let model = &self.films.model;
        let options = filters.options(model);
        let best = list(
            model,
            &self.profile,
            self.star_profile.as_deref(),
            most,
            &options,
            |row| self.hidden(row),
        );
        best.iter()
            .map(|scored| self.films.at(scored.row))
            .collect()
    }

    /// The first row of the home page.
    pub(crate) fn opening(&self) -> Programme {
        let stars = self.star_profile.as_deref();
        Programme::opening(&self.films.model, &self.profile, stars, |row| {
            self.hidden(row)
        })
    }

    /// The rows of the home page.
    pub(crate) fn programme(&self) -> Programme {
        let loved = |row| self.stars(row).is_some_and(|stars| stars.halves() >= 8);
        let stars = self.star_profile.as_deref();
        Programme::new(&self.films.model, &self.profile, stars, loved, |row| {
            self.hidden(row)
        })
    }

    /// Films worth asking about, well known and telling.
    pub(crate) fn ask(&self, most: usize) -> Vec<u32> {
        let model = &self.films.model;
        let questions =
            Interview::new(model, &self.profile).batch(model, most, |row| self.hidden(row));
        questions.iter().map(|question| question.row).collect()
    }

    /// The stars that the visitor would give the film at `row`; `None` before they have given any, and where the model
    /// predicts none.
    pub(crate) fn predict(&self, row: u32) -> Option<StarPrediction> {
        let any = self.said.iter().any(|(_, stars)| stars.is_some());
        let stars = self.star_profile.as_ref().filter(|_| any)?;
        Some(self.in_stars(stars.predict(&self.films.model, row)?))
    }

    /// The stars that others give it, on the average.
    pub(crate) fn others(&self, row: u32) -> Option<f32> {
        let model = &self.films.model;
        let fold_in = || StarProfile::fold_in(model, &[]);
        let anybody = self.films.anybody.get_or_init(fold_in).as_ref()?;
        let prediction = anybody.predict(model, row)?;
        Some(self.in_stars(prediction).stars)
    }

    /// The model's scale to five stars.
    fn in_stars(&self, prediction: StarPrediction) -> StarPrediction {
        let feedback = &self.films.model.header().feedback;
        let scale = 5.0 / feedback.rating_of_stars(5.0);
        StarPrediction {
            stars: prediction.stars * scale,
            sd: prediction.sd * scale,
            low: prediction.low * scale,
            high: prediction.high * scale,
        }
    }

    /// Films of the same genres and years as the one at `row`, likewise without those in `but`.
    pub(crate) fn alike(&self, row: u32, most: usize, but: &[Rc<Film>]) -> Vec<Rc<Film>> {
        let wanted = most + self.said.len() + but.len();
        let alike = matinee_engine::alike(&self.films.model, row, wanted);
        let shown = |row: u32| !self.hidden(row) && but.iter().all(|film| film.row != row);
        let rows = alike.iter().map(|scored| scored.row);
        let rows = rows.filter(|row| shown(*row)).take(most);
        rows.map(|row| self.films.at(row)).collect()
    }

    /// Films like the one at `row`, without what the visitor has dealt with.
    pub(crate) fn similar(&self, row: u32, most: usize) -> Vec<Rc<Film>> {
        let alike = matinee_engine::similar(&self.films.model, row, most + self.said.len());
        alike
            .iter()
            .filter(|scored| !self.hidden(scored.row))
            .take(most)
            .map(|scored| self.films.at(scored.row))
            .collect()
    }

    /// Why the film at `row` is where it is.
    pub(crate) fn explain(&self, row: u32) -> Explanation {
        explain(&self.films.model, &self.profile, row)
    }

    /// Likewise, in a sentence.
    pub(crate) fn reason(&self, row: u32) -> Reason {
        Reason::of(&self.explain(row), |rated| {
            Some((self.films.at(rated).title.to_string(), self.stars(rated)))
        })
    }

    /// Likewise, line by line; they sum to the score.
    pub(crate) fn why(&self, row: u32) -> Vec<WhyLine> {
        let explanation = self.explain(row);
        let mut lines: Vec<WhyLine> = explanation
            .contributions
            .iter()
            .filter(|contribution| contribution.amount != 0.0)
            .map(|contribution| WhyLine {
                label: self.films.at(contribution.row).title.clone(),
                stars: self.stars(contribution.row),
                amount: contribution.amount,
            })
            .collect();
        if explanation.bias != 0.0 {
            let everyone = WhyLine {
                label: tr!("What everyone thinks of it").into(),
                stars: None,
                amount: explanation.bias,
            };
            let place = lines.partition_point(|line| line.amount.abs() >= explanation.bias.abs());
            lines.insert(place, everyone);
        }
        lines
    }
}
