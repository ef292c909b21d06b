//! Lists for several people.

use matinee_engine::{ListOptions, Member, Profile, Shared, StarProfile, group_list};
use matinee_format::Model;

use super::stars::model;

struct Person {
    profile: Profile,
    stars: StarProfile,
    given: Vec<(u32, f32)>,
}

fn person(model: &Model, given: &[(u32, f32)]) -> Person {
    let mut profile = Profile::new(model);
    for (row, _) in given {
        profile.set(model, &format!("i{row}"), 0.0);
    }
    Person {
        profile,
        stars: StarProfile::fold_in(model, given).unwrap(),
        given: given.to_vec(),
    }
}

fn together(model: &Model, people: &[Person], exclude: impl Fn(u32) -> bool) -> Vec<Shared> {
    let members: Vec<Member<'_>> = people
        .iter()
        .map(|person| Member {
            profile: &person.profile,
            stars: &person.stars,
            given: &person.given,
        })
        .collect();
    group_list(model, &members, 20, &ListOptions::default(), exclude)
}

#[test]
fn the_unhappiest_decides_and_then_the_mean() {
    let model = model();
    // One loves what is like rows 2 to 4, the other what is opposite to it.
    let people = [
        person(&model, &[(2, 5.0), (3, 5.0)]),
        person(&model, &[(5, 5.0), (2, 1.0)]),
    ];
    let films = together(&model, &people, |_| false);
    assert_eq!(films[0].row, 0, "what all like comes first: {films:?}");
    let place = |row| films.iter().position(|film| film.row == row).unwrap();
    assert!(
        place(7) < place(4) && place(7) < place(6),
        "what one of them would hate comes later"
    );
    for pair in films.windows(2) {
        let tenths = |film: &Shared| (film.least() * 10.0).round();
        assert!(tenths(&pair[0]) >= tenths(&pair[1]), "{films:?}");
    }
}

#[test]
fn the_order_of_the_people_changes_nothing_but_the_order_of_their_stars() {
    let model = model();
    let (a, b): (&[_], &[_]) = (&[(2, 5.0), (3, 4.0)], &[(7, 5.0), (9, 1.0)]);
    let one = together(&model, &[person(&model, a), person(&model, b)], |_| false);
    let other = together(&model, &[person(&model, b), person(&model, a)], |_| false);
    let turned: Vec<Shared> = other
        .into_iter()
        .map(|film| Shared {
            stars: film.stars.into_iter().rev().collect(),
            ..film
        })
        .collect();
    assert_eq!(one, turned);
}

#[test]
fn what_is_excluded_stays_out_and_what_one_has_rated_counts_as_rated() {
    let model = model();
    let people = [person(&model, &[(0, 1.0)]), person(&model, &[(7, 5.0)])];
    let films = together(&model, &people, |row| row == 8);
    assert!(films.iter().all(|film| film.row != 8));
    let seen = films.iter().find(|film| film.row == 0).unwrap();
    assert_eq!(seen.stars[0], 1.0);
    assert!(together(&model, &[], |_| false).is_empty());
}
