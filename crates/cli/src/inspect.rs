//! `matinee inspect`: what a model file holds.

use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::Result;
use matinee_format::{Header, Model};
use serde::Serialize;

use crate::model_file;

/// Show what a model file holds: its card, its size and an audit of its vectors. A damaged file is refused.
#[derive(clap::Args)]
pub(crate) struct InspectArgs {
    /// The model.
    model: PathBuf,
    /// Print JSON in place of words.
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Report {
    name: String,
    catalogue: String,
    algorithm: String,
    bytes: usize,
    sha256: String,
    items: usize,
    chunks: u32,
    dims: usize,
    levels: u8,
    stars: Option<Stars>,
    users: u64,
    ratings: u64,
    first_rating: String,
    last_rating: String,
    data_sets: Vec<DataSet>,
    settings: Vec<(String, String)>,
    feedback: Vec<(f32, f32)>,
    not_for_me: f32,
    watched: Vec<f32>,
    evaluations: Vec<Evaluation>,
    audit: Audit,
}

/// The head that predicts stars.
#[derive(Serialize)]
struct Stars {
    items: usize,
    dims: u16,
    mean: f32,
    noise_sd: f32,
    /// How far what is predicted counts in a list, 0 to 1.
    caution: f32,
}

#[derive(Serialize)]
struct DataSet {
    name: String,
    licence: String,
    citation: String,
}

#[derive(Serialize)]
struct Evaluation {
    protocol: String,
    metric: String,
    value: f64,
    standard_error: f64,
}

/// Facts about the items that a publisher would want to know before visitors do.
#[derive(Serialize)]
struct Audit {
    zero_vectors: usize,
    without_year: usize,
    without_genre: usize,
    with_imdb_id: usize,
    with_tmdb_id: usize,
    newest_year: Option<u16>,
    rated_once: usize,
}

pub(crate) fn run(args: InspectArgs) -> Result<()> {
    let (model, bytes) = model_file::read(&args.model)?;
    let report = Report::of(&model, &bytes);
    let mut out = io::stdout().lock();
    if args.json {
        serde_json::to_writer_pretty(&mut out, &report)?;
        writeln!(out)?;
    } else {
        report.write(&mut out)?;
    }
    Ok(())
}

impl Report {
    fn of(model: &Model, bytes: &[u8]) -> Self {
        let header = model.header();
        let card = &header.card;
        Report {
            name: card.name.clone(),
            catalogue: header.catalogue.clone(),
            algorithm: card.algorithm.clone(),
            bytes: bytes.len(),
            sha256: matinee_publish::sha256(bytes),
            items: model.len(),
            chunks: header.chunks_total,
            dims: model.dims(),
            levels: header.levels,
            stars: model.stars().map(|head| Stars {
                items: head.len(),
                dims: head.prior().dims,
                mean: head.prior().mean,
                noise_sd: head.prior().noise.sqrt(),
                caution: head.caution().map_or(0.0, |caution| caution.value()),
            }),
            users: card.users,
            ratings: card.ratings,
            first_rating: day(card.first_rating),
            last_rating: day(card.last_rating),
            data_sets: card
                .data_sets
                .iter()
                .map(|set| DataSet {
                    name: set.name.clone(),
                    licence: set.licence.clone(),
                    citation: set.citation.clone(),
                })
                .collect(),
            settings: card
                .settings
                .iter()
                .map(|s| (s.name.clone(), s.value.clone()))
                .collect(),
            feedback: feedback(header),
            not_for_me: header.feedback.not_for_me,
            watched: header.feedback.watched.clone(),
            evaluations: card
                .evaluations
                .iter()
                .map(|e| Evaluation {
                    protocol: e.protocol.clone(),
                    metric: e.metric.clone(),
                    value: e.value,
                    standard_error: e.standard_error,
                })
                .collect(),
            audit: Audit::of(model),
        }
    }

    fn write(&self, out: &mut impl Write) -> io::Result<()> {
        writeln!(out, "{}", self.name)?;
        writeln!(
            out,
            "  {} items, {} dimensions, codes to {}",
            self.items, self.dims, self.levels
        )?;
        match &self.stars {
            Some(stars) => writeln!(
                out,
                "  predicts stars of {} items from {} factors each: mean {:.2}, noise {:.2}; in lists they count {} of 1",
                stars.items, stars.dims, stars.mean, stars.noise_sd, stars.caution
            )?,
            None => writeln!(out, "  predicts no stars")?,
        }
        writeln!(
            out,
            "  {} bytes in {} chunks, SHA-256 {}",
            self.bytes, self.chunks, self.sha256
        )?;
        writeln!(
            out,
            "  trained by {} on {} ratings of {} users",
            self.algorithm, self.ratings, self.users
        )?;
        writeln!(
            out,
            "  rated from {} to {}",
            self.first_rating, self.last_rating
        )?;
        writeln!(out, "  item ids are those of {}", self.catalogue)?;
        for set in &self.data_sets {
            writeln!(
                out,
                "\nData: {}\n  licence: {}\n  cite: {}",
                set.name, set.licence, set.citation
            )?;
        }
        writeln!(out, "\nSettings")?;
        for (name, value) in &self.settings {
            writeln!(out, "  {name}: {value}")?;
        }
        let weights: Vec<String> = self
            .feedback
            .iter()
            .map(|(rating, x)| format!("{rating} → {x:+}"))
            .collect();
        writeln!(
            out,
            "  feedback: {}; not for me → {:+}",
            weights.join(", "),
            self.not_for_me
        )?;
        if let Some(shares) = usually_watched(&self.watched) {
            writeln!(out, "  usually watched: {shares}")?;
        }
        writeln!(out, "\nMeasured on users who were not in training")?;
        for same in self.evaluations.chunk_by(|a, b| a.protocol == b.protocol) {
            writeln!(out, "  {}", same[0].protocol)?;
            for e in same {
                match e.standard_error {
                    0.0 => writeln!(out, "    {}: {:.4}", e.metric, e.value)?,
                    error => writeln!(out, "    {}: {:.4} ± {error:.4}", e.metric, e.value)?,
                }
            }
        }
        let audit = &self.audit;
        writeln!(out, "\nAudit")?;
        writeln!(out, "  vectors that are all zero: {}", audit.zero_vectors)?;
        writeln!(out, "  items rated once: {}", audit.rated_once)?;
        writeln!(
            out,
            "  without a year: {}, without a genre: {}",
            audit.without_year, audit.without_genre
        )?;
        writeln!(
            out,
            "  with an IMDb id: {}, with a TMDB id: {}",
            audit.with_imdb_id, audit.with_tmdb_id
        )?;
        if let Some(year) = audit.newest_year {
            writeln!(out, "  newest film: {year}")?;
        }
        Ok(())
    }
}

impl Audit {
    fn of(model: &Model) -> Self {
        let items = || (0..model.len() as u32).map(|row| model.item(row));
        let zero = |row: &u32| model.codes(*row).iter().all(|&code| code == 0);
        Audit {
            zero_vectors: (0..model.len() as u32).filter(zero).count(),
            without_year: items().filter(|item| item.year.is_none()).count(),
            without_genre: items().filter(|item| item.genres == 0).count(),
            with_imdb_id: items().filter(|item| item.imdb.is_some()).count(),
            with_tmdb_id: items().filter(|item| item.tmdb.is_some()).count(),
            newest_year: items().filter_map(|item| item.year).max(),
            rated_once: items().filter(|item| item.popularity == 1).count(),
        }
    }
}

fn feedback(header: &Header) -> Vec<(f32, f32)> {
    let feedback = &header.feedback;
    let rating = |step: usize| {
        feedback
            .scale
            .map_or(0.0, |scale| scale.min + step as f32 * scale.step)
    };
    feedback
        .weights
        .iter()
        .enumerate()
        .map(|(step, &x)| (thousandths(rating(step)), x))
        .collect()
}

/// Without the rounding error of many small steps.
fn thousandths(rating: f32) -> f32 {
    (rating * 1000.0).round() / 1000.0
}

/// "60 to 90 minutes → 81%", one for each class of runtimes; none where nothing is known of watching.
fn usually_watched(shares: &[f32]) -> Option<String> {
    let last = shares.len().checked_sub(1)?;
    let class = |(at, share): (usize, &f32)| {
        let (from, to) = (at * 30, at * 30 + 30);
        let minutes = match at {
            _ if last == 0 => "of any runtime".to_owned(),
            0 => format!("under {to} minutes"),
            _ if at == last => format!("{from} minutes and more"),
            _ => format!("{from} to {to} minutes"),
        };
        format!("{minutes} → {:.0}%", 100.0 * share)
    };
    let classes: Vec<String> = shares.iter().enumerate().map(class).collect();
    Some(classes.join(", "))
}

/// A day, `2023-07-20`; days before 1970 and an unknown one (0) are unknown.
fn day(seconds: i64) -> String {
    match jiff::Timestamp::from_second(seconds) {
        Ok(time) if seconds > 0 => time.strftime("%Y-%m-%d").to_string(),
        _ => "unknown".to_owned(),
    }
}
