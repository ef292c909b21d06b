//! Trends of invented ratings, and of ratings counted by hand.

use indicatif::ProgressBar;
use matinee_format::{Feedback, ModelCard};

use super::*;
use crate::dataset::Rating;
use crate::model::header;
use crate::pack::{Description, pack};
use crate::quantise::Quantised;

/// Films 0 to 5: three of each genre, released 1990 to 1995.
fn model() -> Model {
    let items: Vec<Description> = (0..6_u32)
        .map(|n| Description {
            id: format!("f{n}"),
            title: format!("Film {n}"),
            year: Some(1990 + n as u16),
            genres: if n < 3 { 0b01 } else { 0b10 },
            popularity: 10 - n,
            ..Description::default()
        })
        .collect();
    let one = matinee_format::Scale::nearest(1.0);
    let vectors = Quantised {
        levels: 7,
        codes: (0..6)
            .map(|n| {
                if n < 3 {
                    vec![7, n as i8]
                } else {
                    vec![n as i8 - 4, 7]
                }
            })
            .collect(),
        in_scales: vec![one; 6],
        out_scales: vec![one; 6],
    };
    let feedback = Feedback {
        scale: None,
        weights: vec![1.0],
        not_for_me: 0.0,
        mean: 0.0,
        own_mean: 0.0,
        watched: Vec::new(),
    };
    let header = header(
        "test",
        vec!["Drama".into(), "War".into()],
        feedback,
        ModelCard::default(),
    );
    Model::decode(&pack(header, &items, &vectors).expect("a sound model")).expect("a sound file")
}

fn ratings(events: &[(u32, u32, f32, &str)]) -> Ratings {
    let mut events: Vec<Rating> = events
        .iter()
        .map(|&(user, item, value, time)| Rating {
            user,
            item,
            value: Some(value),
            timestamp: match time {
                "" => 0,
                time => time.parse::<jiff::Timestamp>().expect("a time").as_second(),
            },
            ..Rating::default()
        })
        .collect();
    events.sort_by_key(|event| (event.user, event.item));
    Ratings {
        users: (0..9).map(|n| n.to_string()).collect(),
        items: (0..7).map(|n| format!("f{n}")).collect(),
        events,
        ..Ratings::default()
    }
}

fn of(events: &[(u32, u32, f32, &str)]) -> Trends {
    trends(
        &ratings(events),
        &Catalogue::default(),
        &model(),
        1,
        &ProgressBar::hidden(),
    )
}

#[test]
fn years_weekdays_and_sittings_counted_by_hand() {
    // A Sunday and the Monday after it, in UTC; the second user rates twice on the Monday and once a year later.
    let trends = of(&[
        (0, 0, 4.0, "2000-01-02T23:59:59Z"),
        (0, 3, 2.0, "2000-01-03T00:00:00Z"),
        (1, 0, 5.0, "2000-01-03T10:00:00Z"),
        (1, 1, 3.0, "2000-01-03T12:00:00Z"),
        (1, 4, 1.0, "2001-06-04T12:00:00Z"),
        (1, 6, 1.0, "2001-06-04T12:00:00Z"),
    ]);
    assert_eq!(
        (trends.data.ratings, trends.data.raters, trends.data.films),
        (5, 2, 4),
        "film 6 is not in the model"
    );
    let time = trends.time.as_ref().expect("there are times");
    assert_eq!(
        (time.first_day.as_str(), time.last_day.as_str()),
        ("2000-01-02", "2001-06-04")
    );
    assert_eq!(
        (&time.years[..], &time.ratings[..], &time.raters[..]),
        (&[2000, 2001][..], &[4, 1][..], &[2, 1][..])
    );
    assert_eq!(time.mean, [Some(3.5), Some(1.0)]);
    assert_eq!(time.weekdays.ratings, [4, 0, 0, 0, 0, 0, 1]);
    assert_eq!(time.weekdays.sittings, [3, 0, 0, 0, 0, 0, 1]);
    assert_eq!((time.months.ratings[0], time.months.ratings[5]), (4, 1));
    // Drama has three of the first year's four ratings and none of the second's.
    assert_eq!(trends.genres[0].name, "Drama");
    assert_eq!(time.genre_years, [[750, 0], [250, 1000]]);
    assert_eq!(
        time.film_age,
        [Some(9.0), Some(7.0)],
        "ages 10, 7, 10 and 9; then 7"
    );
}

#[test]
fn without_timestamps_what_needs_them_is_absent() {
    let trends = of(&[(0, 0, 4.0, ""), (0, 1, 3.0, ""), (1, 0, 4.0, "")]);
    assert_eq!(trends.time, None);
    assert_eq!(trends.data.undated, 3);
    assert_eq!(trends.distribution.len(), 2);
    assert_eq!(trends.released.ratings, [2, 1]);
    let json = String::from_utf8(trends.to_json().expect("it has a form in JSON")).expect("UTF-8");
    assert!(json.contains(r#""time":null"#));
}

#[test]
fn what_rose_is_told_from_what_fell() {
    let mut events = Vec::new();
    // 40 people in 2000 rate film 0, 40 in 2010 film 1; both times as many rate film 2.
    for user in 0..80 {
        let (film, time) = if user < 40 {
            (0, "2000-05-01T00:00:00Z")
        } else {
            (1, "2010-05-01T00:00:00Z")
        };
        events.push((user, film, 4.0, time));
        events.push((user, 2, 4.0, time));
    }
    let mut ratings = ratings(&events);
    ratings.users = (0..80).map(|n| n.to_string()).collect();
    let trends = trends(
        &ratings,
        &Catalogue::default(),
        &model(),
        1,
        &ProgressBar::hidden(),
    );
    let movers = trends.time.expect("there are times").movers;
    assert_eq!(movers.since, "2010-05-01");
    let ids = |movers: &[Mover]| {
        movers
            .iter()
            .map(|mover| mover.id.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(ids(&movers.rising)[0], "f1");
    assert_eq!(ids(&movers.falling)[0], "f0");
    let risen = &movers.rising[0];
    assert!(risen.low > 1.0 && risen.low < risen.ratio && risen.ratio < risen.high);
    assert_eq!((risen.before, risen.after), (0, 40));
}

#[test]
fn nothing_is_counted_of_no_ratings() {
    let trends = of(&[]);
    assert_eq!((trends.data.ratings, trends.time), (0, None));
    assert!(trends.genres.is_empty() && trends.released.years.is_empty());
}
