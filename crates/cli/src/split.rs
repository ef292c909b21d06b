//! `matinee split`: the evaluation's split as a table, so that other people's tools can be judged on the same users.

use std::path::PathBuf;

use anyhow::Result;
use matinee_train::dataset::read_ratings;
use matinee_train::split::{Event, HeldOutUser, Split, SplitOptions};
use serde::Serialize;

use crate::columns::{ColumnsArg, repairs};
use crate::table::Table;

/// Print the split that `evaluate` judges by, one event a row. A row's part is `train`, or `validation` or `test` with
/// what is known of the user (`-known`) and the likes to be found (`-hidden`, without ratings). The part
/// `validation-again` is the validation users four times more, each time with other likes to be found.
#[derive(clap::Args)]
pub(crate) struct SplitArgs {
    /// Ratings: MovieLens in each of its layouts, or CSV with a header; plain, gzip or zstd.
    #[arg(long, required = true, num_args = 1..)]
    ratings: Vec<PathBuf>,
    /// Names of the ratings' columns, where they differ: user=..,item=..,rating=..,timestamp=..; count=.. where a
    /// number says how often, in place of ratings; seconds_watched=..,runtime=.. for what was watched, in seconds.
    #[arg(long, default_value = "")]
    columns: ColumnsArg,
    /// Users to report on; by default a fourth of them, 1500 at most.
    #[arg(long)]
    test_users: Option<usize>,
    /// Users to choose settings on; by default a twelfth of them, 500 at most.
    #[arg(long)]
    validation_users: Option<usize>,
    /// Seed of the split.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Print JSON, an object a line, in place of CSV.
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Row<'a> {
    part: &'static str,
    /// Numbered from 0 within the part's kind: train, validation, validation-again or test.
    user: usize,
    item: &'a str,
    rating: Option<f32>,
    liked: bool,
}

pub(crate) fn run(args: SplitArgs) -> Result<()> {
    let hidden = indicatif::ProgressBar::hidden();
    let ratings = read_ratings(&args.ratings, &args.columns.0, &hidden)?;
    repairs(&ratings);
    let options = SplitOptions {
        seed: args.seed,
        test_users: args.test_users,
        validation_users: args.validation_users,
    };
    let split = Split::strong(&ratings, &options)?;
    let id = |item: u32| ratings.items[split.items[item as usize] as usize].as_str();

    let mut table = Table::new(&["part", "user", "item", "rating", "liked"], args.json)?;
    let mut write = |part, user, events: &mut dyn Iterator<Item = Event>| -> Result<()> {
        for event in events {
            table.row(&Row {
                part,
                user,
                item: id(event.item),
                rating: event.rating,
                liked: event.liked,
            })?;
        }
        Ok(())
    };
    for (user, events) in split.train.users.iter().enumerate() {
        write("train", user, &mut events.iter().copied())?;
    }
    let parts: [(_, _, &[HeldOutUser]); 3] = [
        ("validation-known", "validation-hidden", &split.validation),
        (
            "validation-again-known",
            "validation-again-hidden",
            split.validation_again.as_flattened(),
        ),
        ("test-known", "test-hidden", &split.test),
    ];
    for (known, hidden, users) in parts {
        for (number, user) in users.iter().enumerate() {
            write(
                known,
                number,
                &mut user.likes.iter().chain(&user.others).copied(),
            )?;
            let liked = |&item: &u32| Event {
                item,
                rating: None,
                liked: true,
                ..Event::default()
            };
            write(hidden, number, &mut user.held_out.iter().map(liked))?;
        }
    }
    table.finish()?;
    Ok(())
}
