use proptest::prelude::*;

use super::*;

const HYPER: Hyper = Hyper {
    alpha0: 0.1,
    reg: 0.01,
    beta: 0.3,
    eta: 0.0,
    gamma: 0.0,
};

/// The loss as the module's head writes it, pair by pair.
fn loss(als: &Als) -> f64 {
    let (users, items) = (&als.users, &als.items);
    let vector = |side: &Side, at: usize| side.vectors[at * als.dims..][..als.dims].to_vec();
    let inner =
        |a: &[f32], b: &[f32]| -> f64 { a.iter().zip(b).map(|(a, b)| f64::from(a * b)).sum() };
    let mut loss = 0.0;
    for user in 0..users.events.rows {
        let p = vector(users, user);
        let (rated, confidences) = users.events.row(user);
        let mut own = f64::from(users.ridge[user]) * inner(&p, &p);
        for item in 0..items.events.rows {
            let score = inner(&p, &vector(items, item));
            own += als.alpha0 * score.powi(2);
            if let Ok(at) = rated.binary_search(&(item as u32)) {
                own += f64::from(confidences[at]) * (1.0 - score).powi(2);
            }
        }
        loss += f64::from(users.weights[user]) * own;
    }
    for item in 0..items.events.rows {
        let q = vector(items, item);
        loss += f64::from(items.ridge[item]) * inner(&q, &q);
    }
    loss
}

fn any_feedback() -> impl Strategy<Value = Csr> {
    let user = prop::collection::btree_map(0..20_u32, 0.0..6.0_f32, 0..12);
    prop::collection::vec(user, 1..30).prop_map(|users| Csr::from_rows(20, users))
}

proptest! {
    #[test]
    fn the_loss_falls_with_every_sweep(
        feedback in any_feedback(),
        alpha0 in 0.001..1.0,
        reg in 0.001..1.0,
        beta in 0.0..1.0,
    ) {
        let hyper = Hyper { alpha0, reg, beta, ..HYPER };
        let mut als = Als::new(&feedback, &hyper, 4, 1);
        als.sweep();
        let mut before = loss(&als);
        for _ in 0..6 {
            als.sweep();
            let now = loss(&als);
            prop_assert!(now <= before * (1.0 + 1e-5), "{now} after {before}");
            before = now;
        }
        let factors = als.fold_in(&hyper);
        let finite = |x: &f32| x.is_finite();
        prop_assert!(factors.vectors.iter().all(finite));
        prop_assert!(factors.in_scales.iter().chain(&factors.out_scales).all(finite));
    }
}

/// Two crowds, each of whom has all but one of its ten items.
fn crowds() -> Csr {
    let items = |user: u32| {
        let own = (0..10).filter(move |i| i % 10 != user / 2 % 10);
        own.map(move |i| (10 * (user % 2) + i, 1.0))
    };
    Csr::from_rows(20, (0..40).map(items))
}

fn score(factors: &Factors, visitor: &[(u32, f32)], item: usize) -> f32 {
    let scores = visitor.iter().map(|&(rated, x)| {
        let rated = rated as usize;
        x * factors.in_scales[rated] * dot(factors.vector(rated), factors.vector(item))
    });
    scores.sum::<f32>() * factors.out_scales[item]
}

#[test]
fn a_visitor_is_shown_what_goes_with_what_they_have() {
    let factors = train(&crowds(), &HYPER, 4, 1);
    for (own, other) in (1..10).zip(10..) {
        let [own, other] = [own, other].map(|item| score(&factors, &[(0, 1.0)], item));
        assert!(own > 5.0 * other.abs(), "{own} and {other}");
    }
}

#[test]
fn what_was_had_often_counts_for_more_than_what_was_had_once() {
    // Everyone who has item 0 has items 1 and 2 as well: the former once and the latter fifty times, or so.
    let fifty = crate::model::confidence(49);
    let fan = [(0, 1.0), (1, 1.0), (2, fifty)];
    let others = (3..12).map(|item| vec![(item, 1.0), (item + 1, 1.0)]);
    let users = others.chain((0..6).map(|_| fan.to_vec()));
    let factors = train(&Csr::from_rows(13, users), &HYPER, 4, 1);
    let [once, often] = [1, 2].map(|item| score(&factors, &[(0, 1.0)], item));
    assert!(often > 1.02 * once, "{often} and {once}");
}

#[test]
fn the_thread_count_changes_no_bit() {
    let row = |user: u32| (0..80).filter(move |i| (user * i + i * i).is_multiple_of(7));
    let feedback = Csr::from_rows(80, (0..300).map(|u| row(u).map(|i| (i, 1.0))));
    let run = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
        let pool = pool.build().expect("threads");
        pool.install(|| train(&feedback, &HYPER, 12, 1))
    };
    let one = run(1);
    assert_eq!(one, run(3));
    assert_ne!(one, train(&feedback, &HYPER, 12, 2));
}
