//! `matinee import`, as typed.

use std::path::{Path, PathBuf};

use matinee_format::{Feedback, Header, ItemRecord, ModelCard, RatingScale, Scale, encode};

use super::{matinee, text};

const FILMS: [(&str, &str, u16, Option<u32>); 4] = [
    ("2571", "The Matrix", 1999, Some(133_093)),
    ("6", "Heat", 1995, Some(113_277)),
    ("c", "Hamlet", 1996, None),
    ("d", "Hamlet", 1996, None),
];

fn write(path: PathBuf, bytes: impl AsRef<[u8]>) -> String {
    std::fs::write(&path, bytes).expect("a file in a temporary folder");
    path.to_str().expect("a plain path").to_owned()
}

fn model(folder: &Path) -> String {
    let header = Header {
        catalogue: "movielens".to_owned(),
        dims: 1,
        levels: 127,
        items_total: 0,
        chunks_total: 0,
        weight_shift: 0,
        genres: vec![],
        feedback: Feedback {
            scale: Some(RatingScale {
                min: 1.0,
                max: 5.0,
                step: 4.0,
            }),
            weights: vec![-1.0, 1.0],
            not_for_me: -1.0,
            mean: 3.5,
            own_mean: 0.0,
            watched: Vec::new(),
        },
        card: ModelCard::default(),
    };
    let item = |&(id, title, year, imdb): &(&str, &str, u16, Option<u32>)| ItemRecord {
        id: id.to_owned(),
        title: title.to_owned(),
        alt_titles: vec![],
        year: Some(year),
        genres: 0,
        popularity: 1,
        imdb,
        tmdb: None,
        in_scale: Scale::nearest(1.0),
        out_scale: Scale::nearest(1.0),
        bias: Scale::nearest(0.0),
        codes: vec![1],
    };
    let items: Vec<ItemRecord> = FILMS.iter().map(item).collect();
    write(
        folder.join("m.matinee"),
        encode(header, &items, &[]).expect("a sound model"),
    )
}

#[test]
fn ratings_go_to_stdout_and_what_was_left_out_to_stderr() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let model = model(dir.path());
    let ratings = write(
        dir.path().join("ratings.csv"),
        "Date,Name,Year,Letterboxd URI,Rating\n\
         2024-05-01,Heat,1995,a,4\n2024-05-01,Hamlet,1996,b,3\n2024-05-01,Ran,1985,c,5\n2024-05-01,Ikiru,1952,d,9\n",
    );
    let watched = write(
        dir.path().join("watched.csv"),
        "Date,Name,Year,Letterboxd URI\n2024-06-01,Heat,1995,a\n2024-06-01,The Matrix,1999,e\n",
    );
    let output = matinee(&[
        "import",
        "letterboxd",
        &ratings,
        &watched,
        "--model",
        &model,
    ]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!(
        text(&output.stdout),
        "user,item,rating,timestamp\nme,6,4.0,1714521600\nme,2571,,1717200000\n"
    );
    assert_eq!(
        text(&output.stderr).lines().collect::<Vec<_>>(),
        [
            "films found: 2, of which 0 by id, 2 by title and year, 0 by title alone; seen and not rated: 1",
            "ratings.csv line 3: Hamlet (1996) may be Hamlet (1996) [c] or Hamlet (1996) [d]",
            "ratings.csv line 4: Ran (1985) is not in the model",
            "ratings.csv line 5, Rating: 9 is not on the scale; ratings here go from 0.5 to 5",
        ]
    );

    let imported = write(dir.path().join("mine.csv"), &output.stdout);
    let output = matinee(&[
        "recommend",
        "--model",
        &model,
        "--ratings",
        &imported,
        "--top",
        "1",
    ]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(
        text(&output.stdout).contains("me,c,1,"),
        "{}",
        text(&output.stdout)
    );
}

#[test]
fn the_export_of_another_service_is_refused_by_name() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let history = write(dir.path().join("history.csv"), "Title,Date\nHeat,5/1/24\n");
    let output = matinee(&["import", "imdb", &history, "--model", &model(dir.path())]);
    assert!(!output.status.success());
    assert_eq!(
        text(&output.stderr),
        "matinee: history.csv is an export of Netflix, not of IMDb: import it as such\n"
    );
    assert!(output.stdout.is_empty());
}
