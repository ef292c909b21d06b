//! Films as JavaScript gets them.

use matinee_engine::StarPrediction;
use matinee_format::Model;
use matinee_web::cover::{Art, Frame, MARGIN, Shape, Tone, YEAR_SIZE};
use matinee_web::{Piece, Reason, film, words};
use serde::Serialize;

/// Letters of year and genres on one line.
const FACTS: usize = 32;

/// A film.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Film<'a> {
    key: String,
    id: &'a str,
    title: &'a str,
    year: Option<u16>,
    genres: Vec<String>,
    facts: String,
    imdb: Option<String>,
    tmdb: Option<u32>,
    cover: Cover,
    #[serde(skip_serializing_if = "Option::is_none")]
    score: Option<f32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stars: Option<Option<Prediction>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<Option<Because>>,
}

/// Stars that somebody would give.
#[derive(Serialize)]
pub(crate) struct Prediction {
    stars: f32,
    low: f32,
    high: f32,
}

/// Why a film is recommended.
#[derive(Serialize)]
pub(crate) struct Because {
    text: String,
    parts: Vec<Part>,
}

#[derive(Serialize)]
struct Part {
    text: String,
    title: bool,
}

/// A cover as shapes on a ground of 200 by 300, to be drawn without parsing any markup.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Cover {
    ground: String,
    ink: String,
    picture: Picture,
    shapes: Vec<Drawn>,
    size: f32,
    lines: Vec<Lettering>,
    year: String,
    year_y: f32,
    year_size: f32,
    margin: f32,
}

#[derive(Serialize)]
struct Picture {
    x: f32,
    y: f32,
    width: f32,
    height: f32,
}

#[derive(Serialize)]
struct Drawn {
    d: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    fill: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stroke: Option<String>,
    /// Of the line that is drawn with `stroke`.
    #[serde(skip_serializing_if = "Option::is_none")]
    width: Option<f32>,
}

#[derive(Serialize)]
struct Lettering {
    x: f32,
    y: f32,
    width: f32,
    text: String,
}

impl<'a> Film<'a> {
    /// The film at `row`.
    pub(crate) fn of(model: &'a Model, row: u32) -> Self {
        let item = model.item(row);
        let genres = film::genres(model, row);
        Self {
            key: film::key(&model.header().catalogue, item.id),
            id: item.id,
            title: item.title,
            year: item.year,
            facts: film::facts(item.year, genres.iter().copied(), FACTS),
            imdb: item.imdb.map(|number| format!("tt{number:07}")),
            tmdb: item.tmdb,
            cover: Cover::of(film::art(model, row, &genres)),
            genres: genres.into_iter().map(words::genre).collect(),
            score: None,
            stars: None,
            reason: None,
        }
    }

    /// With its score.
    pub(crate) fn scored(self, score: f32) -> Self {
        Self {
            score: Some(score),
            ..self
        }
    }

    /// As it is recommended: with the stars it is likely to get and why, each where it is known.
    pub(crate) fn recommended(
        self,
        score: f32,
        stars: Option<StarPrediction>,
        reason: Option<Reason>,
    ) -> Self {
        Self {
            stars: Some(stars.map(Into::into)),
            reason: Some(reason.map(Into::into)),
            ..self.scored(score)
        }
    }
}

impl From<StarPrediction> for Prediction {
    fn from(prediction: StarPrediction) -> Self {
        Self {
            stars: prediction.stars,
            low: prediction.low,
            high: prediction.high,
        }
    }
}

impl From<Reason> for Because {
    fn from(reason: Reason) -> Self {
        let part = |piece| match piece {
            Piece::Words(text) => Part { text, title: false },
            Piece::Title(text) => Part { text, title: true },
        };
        let parts: Vec<Part> = reason.0.into_iter().map(part).collect();
        let text = parts.iter().map(|part| part.text.as_str()).collect();
        Self { text, parts }
    }
}

impl Cover {
    fn of(art: Art) -> Self {
        let palette = art.palette;
        let shape = |Shape { tone, stroke, d }| {
            let colour = match tone {
                Tone::Field => &palette.field,
                Tone::Main => &palette.main,
                Tone::Second => &palette.second,
                Tone::Ink => &palette.ink,
            };
            let colour = Some(colour.clone());
            let is_line = stroke > 0.0;
            Drawn {
                d,
                fill: colour.clone().filter(|_| !is_line),
                stroke: colour.filter(|_| is_line),
                width: is_line.then_some(stroke),
            }
        };
        let Frame {
            x,
            y,
            width,
            height,
        } = art.picture;
        Self {
            picture: Picture {
                x,
                y,
                width,
                height,
            },
            shapes: art.shapes.into_iter().map(shape).collect(),
            size: art.size,
            lines: art
                .lines
                .into_iter()
                .map(|line| Lettering {
                    x: line.x,
                    y: line.y,
                    width: line.width,
                    text: line.text,
                })
                .collect(),
            year: art.year,
            year_y: art.year_y,
            year_size: YEAR_SIZE,
            margin: MARGIN,
            ground: palette.ground,
            ink: palette.ink,
        }
    }
}

/// The row of the film that `reference` names: `imdb:tt0133093`, `tmdb:603`, a key such as `movielens:2571`, or the
/// catalogue's own id. `None` where the catalogue, as far as it has arrived, has no such film.
pub(crate) fn row_of(model: &Model, reference: &str) -> Option<u32> {
    let reference = reference.trim();
    let rows = || 0..model.len() as u32;
    if let Some(number) = reference.strip_prefix("imdb:") {
        let number: u32 = number.trim_start_matches("tt").parse().ok()?;
        return rows().find(|row| model.item(*row).imdb == Some(number));
    }
    if let Some(number) = reference.strip_prefix("tmdb:") {
        let number: u32 = number.parse().ok()?;
        return rows().find(|row| model.item(*row).tmdb == Some(number));
    }
    let own = reference
        .strip_prefix(model.header().catalogue.as_str())
        .and_then(|id| id.strip_prefix(':'));
    model.row_of(own.unwrap_or(reference))
}
