//! The model and the visitor, joined: what pages ask when they draw.

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

use matinee_engine::search::TitleIndex;
use matinee_engine::{
    Explanation, Interview, Member, Profile, StarPrediction, StarProfile, explain, list,
};
use matinee_web::components::WhyLine;
use matinee_web::{Film, Opinion, Reason, Stars};
use tr::tr;

use crate::state::{Encore, Filters, Knowledge, ModelRef, Programme, Ratings, Visitor, interview};

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

    fn anybody(&self) -> Option<&StarProfile> {
        let fold_in = || StarProfile::fold_in(&self.model, &[]);
        self.anybody.get_or_init(fold_in).as_ref()
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
    /// What predicts stars for the visitor, once it was asked for: the first view asks for none, and does without the code.
    star_profile: Rc<OnceCell<Option<StarProfile>>>,
    /// The films that the visitor is done with, in order of their rows, with the stars they were given.
    said: Rc<Vec<(u32, Option<Stars>)>>,
    /// Films that the visitor gave stars.
    rated: Rc<Vec<(u32, Stars)>>,
    /// What stars, or watching in their place, say of films on the model's scale, in order of their rows.
    valued: Rc<Vec<(u32, f32)>>,
    /// Films that the visitor has not seen, as they said.
    unseen: Rc<Vec<u32>>,
    /// The rows of the home page, once they were asked for.
    rows: Rc<Shelves>,
}

/// The rows of the home page, once they were asked for.
#[derive(Default)]
struct Shelves {
    first: OnceCell<Rc<Programme>>,
    further: OnceCell<Rc<Encore>>,
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
        let (mut said, mut valued, mut unseen) = (Vec::new(), Vec::new(), Vec::new());
        let feedback = &model.header().feedback;
        let offset = feedback.offset(ratings.iter().filter_map(|entry| {
            entry.rating.id_in(model)?;
            entry.rating.value(feedback)
        }));
        for entry in ratings.iter() {
            let rating = &entry.rating;
            if rating.unseen
                && let Some(row) = rating.id_in(model).and_then(|id| model.row_of(id))
            {
                unseen.push(row);
            }
            let Some(id) = rating.id_in(model).filter(|_| rating.is_settled()) else {
                continue;
            };
            profile.set(model, id, rating.feedback(feedback, offset));
            if let Some(row) = model.row_of(id) {
                said.push((row, rating.stars));
                valued.extend(rating.value(feedback).map(|value| (row, value)));
            }
        }
        said.sort_unstable_by_key(|(row, _)| *row);
        valued.sort_unstable_by_key(|(row, _)| *row);
        let rated: Vec<(u32, Stars)> = said
            .iter()
            .filter_map(|&(row, stars)| Some((row, stars?)))
            .collect();
        Self {
            films,
            profile: Rc::new(profile),
            star_profile: Rc::default(),
            said: Rc::new(said),
            rated: Rc::new(rated),
            valued: Rc::new(valued),
            unseen: Rc::new(unseen),
            rows: Rc::default(),
        }
    }

    /// The visitor as one of several; `None` where nothing predicts stars. `given` are [`given`](Self::given).
    pub(crate) fn member<'a>(&'a self, given: &'a [(u32, f32)]) -> Option<Member<'a>> {
        Some(Member {
            profile: &self.profile,
            stars: self.star_profile()?,
            given,
        })
    }

    /// The stars given, by row, on the model's scale.
    pub(crate) fn given(&self) -> Vec<(u32, f32)> {
        let feedback = &self.films.model.header().feedback;
        let given = |&(row, stars): &(u32, Stars)| (row, feedback.rating_of_stars(stars.value()));
        self.rated.iter().map(given).collect()
    }

    fn star_profile(&self) -> Option<&StarProfile> {
        let fold_in = || StarProfile::fold_in(&self.films.model, &self.valued);
        self.star_profile.get_or_init(fold_in).as_ref()
    }

    fn visitor(&self) -> Visitor<'_> {
        Visitor {
            model: &self.films.model,
            profile: &self.profile,
            stars: self.star_profile(),
            rated: &self.rated,
            unseen: &self.unseen,
        }
    }

    /// What is known and not known of the visitor, to ask them more.
    pub(crate) fn interview(&self) -> Interview {
        interview(&self.films.model, &self.profile, &self.unseen)
    }

    /// Whether the visitor is done with the film at `row`.
    pub(crate) fn hidden(&self, row: u32) -> bool {
        self.said_of(row).is_some()
    }

    fn loved(&self, row: u32) -> bool {
        self.stars(row).is_some_and(|stars| stars.halves() >= 8)
    }

    fn stars(&self, row: u32) -> Option<Stars> {
        self.said_of(row)?
    }

    /// What is thought of a film that weighs anything.
    fn opinion(&self, row: u32) -> Opinion {
        let is_valued = || self.valued.binary_search_by_key(&row, |(row, _)| *row);
        match self.stars(row) {
            Some(stars) => Opinion::Stars(stars),
            None if is_valued().is_ok() => Opinion::Watched,
            None => Opinion::NotForMe,
        }
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
            self.star_profile(),
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
        let stars = self.star_profile();
        Programme::opening(&self.films.model, &self.profile, stars, |row| {
            self.hidden(row)
        })
    }

    /// Does what [`opening`](Self::opening) and drawing it take, so that it takes less the next time.
    pub(crate) fn prepare(&self) {
        const SHOWN: usize = 6;
        for row in self.opening().top.into_iter().take(SHOWN) {
            self.films.at(row);
            self.predict(row);
        }
    }

    /// The rows of the home page.
    pub(crate) fn programme(&self) -> Rc<Programme> {
        let new = || {
            let (loved, hidden) = (|row| self.loved(row), |row| self.hidden(row));
            Rc::new(Programme::new(self.visitor(), loved, hidden))
        };
        self.rows.first.get_or_init(new).clone()
    }

    /// The rows that `filters` leave, and films that the visitor has seen and liked, where those are asked for.
    pub(crate) fn narrowed(&self, filters: &Filters) -> (Programme, Vec<u32>) {
        let options = filters.options(&self.films.model);
        let (loved, hidden) = (|row| self.loved(row), |row| self.hidden(row));
        let programme = Programme::arranged(self.visitor(), &options, loved, hidden);
        let mut seen = Vec::new();
        if filters.seen {
            // From five stars down to four.
            for halves in (8..=10).rev() {
                let of = self.rated.iter().filter(|(row, stars)| {
                    stars.halves() == halves && options.filter.admits(&self.films.model, *row)
                });
                seen.extend(of.map(|(row, _)| *row));
            }
        }
        (programme, seen)
    }

    /// The rows further down, without what stands in the first ones.
    pub(crate) fn encore(&self) -> Rc<Encore> {
        let shown = self.programme();
        let new = || Encore::new(self.visitor(), shown.films(), |row| self.hidden(row));
        self.rows.further.get_or_init(|| Rc::new(new())).clone()
    }

    /// Films worth asking about, well known and telling.
    pub(crate) fn ask(&self, most: usize) -> Vec<u32> {
        let model = &self.films.model;
        let questions = self.interview().batch(model, most, |row| self.hidden(row));
        questions.iter().map(|question| question.row).collect()
    }

    /// The stars that the visitor would give the film at `row`; `None` before they have given any, and where the model
    /// predicts none.
    pub(crate) fn predict(&self, row: u32) -> Option<StarPrediction> {
        let any = self.said.iter().any(|(_, stars)| stars.is_some());
        let stars = self.star_profile().filter(|_| any)?;
        Some(self.in_stars(stars.predict(&self.films.model, row)?))
    }

    /// How well the visitor is known; `None` where the model predicts no stars.
    pub(crate) fn knowledge(&self) -> Option<Knowledge<'_>> {
        Some(Knowledge {
            model: &self.films.model,
            visitor: self.star_profile()?,
            anybody: self.films.anybody()?,
        })
    }

    /// Whether what was answered about the film at `row` counts here.
    pub(crate) fn has_answer(&self, row: u32) -> bool {
        self.hidden(row) || self.unseen.contains(&row)
    }

    /// The stars that others give it, on the average, and how far theirs lie apart.
    pub(crate) fn others(&self, row: u32) -> Option<StarPrediction> {
        let prediction = self.films.anybody()?.predict(&self.films.model, row)?;
        Some(self.in_stars(prediction))
    }

    /// What predicts stars for the visitor, and for somebody of whom nothing is known.
    pub(crate) fn raters(&self) -> Option<(&StarProfile, &StarProfile)> {
        Some((self.star_profile()?, self.films.anybody()?))
    }

    /// The films that the visitor gave stars, in order of their rows.
    pub(crate) fn rated(&self) -> impl Iterator<Item = (u32, Stars)> + '_ {
        let stars = |&(row, stars): &(u32, Option<Stars>)| Some((row, stars?));
        self.said.iter().filter_map(stars)
    }

    /// Five stars over the most that the model's own scale has.
    pub(crate) fn scale(&self) -> f32 {
        5.0 / self.films.model.header().feedback.rating_of_stars(5.0)
    }

    /// The model's scale to five stars.
    fn in_stars(&self, prediction: StarPrediction) -> StarPrediction {
        let scale = self.scale();
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
            Some((self.films.at(rated).title.to_string(), self.opinion(rated)))
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
