//! Words that do not lie on one another.

/// Moves positions from 0 to 100 apart until neighbours are at least `gap` from each other, each as near to where it
/// was as the others allow.
pub(super) fn apart(wanted: &[f64], gap: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|&a, &b| wanted[a].total_cmp(&wanted[b]).then(a.cmp(&b)));
    let mut placed = wanted.to_vec();
    for pair in order.windows(2) {
        placed[pair[1]] = placed[pair[1]].max(placed[pair[0]] + gap);
    }
    // What was pushed out below is pushed back up.
    if let Some(&last) = order.last() {
        placed[last] = placed[last].min(100.0);
    }
    for pair in order.windows(2).rev() {
        placed[pair[0]] = placed[pair[0]].min(placed[pair[1]] - gap);
    }
    placed
}

/// Where a label stands to its point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Right,
    Left,
    Above,
    Below,
}

/// Size of a letter and of a line, in pixels, on average.
const LETTER: f64 = 6.0;
const LINE: f64 = 14.0;
/// Distance of a label from its point.
const OFF: f64 = 7.0;

/// Labels for points (in the unit square, the most important first) on a drawing of this size: a side for each that
/// has room, without touching another label or leaving the drawing.
pub(super) fn place(
    points: &[(f64, f64, &str)],
    width: f64,
    height: f64,
    most: usize,
) -> Vec<Option<Side>> {
    let mut taken: Vec<[f64; 4]> = Vec::new();
    let mut placed = 0;
    points
        .iter()
        .map(|&(x, y, text)| {
            if placed == most {
                return None;
            }
            let (x, y) = (x * width, y * height);
            let wide = text.chars().count() as f64 * LETTER;
            let found = [Side::Right, Side::Left, Side::Above, Side::Below]
                .into_iter()
                .find_map(|side| {
                    let (left, top) = match side {
                        Side::Right => (x + OFF, y - LINE / 2.0),
                        Side::Left => (x - OFF - wide, y - LINE / 2.0),
                        Side::Above => (x - wide / 2.0, y - OFF - LINE),
                        Side::Below => (x - wide / 2.0, y + OFF),
                    };
                    let at = [left, top, left + wide, top + LINE];
                    let inside = left >= 0.0 && top >= 0.0 && at[2] <= width && at[3] <= height;
                    let free = taken.iter().all(|other| {
                        at[2] + 9.0 < other[0]
                            || other[2] + 9.0 < at[0]
                            || at[3] < other[1]
                            || other[3] < at[1]
                    });
                    (inside && free).then_some((side, at))
                })?;
            taken.push(found.1);
            placed += 1;
            Some(found.0)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn names_keep_their_distance_and_their_order(wanted in prop::collection::vec(0.0..100.0_f64, 1..8)) {
            let placed = apart(&wanted, 7.0);
            for a in 0..wanted.len() {
                for b in 0..wanted.len() {
                    if a != b {
                        prop_assert!((placed[a] - placed[b]).abs() > 6.999);
                    }
                    if wanted[a] < wanted[b] {
                        prop_assert!(placed[a] < placed[b]);
                    }
                }
            }
            prop_assert!(placed.iter().all(|at| *at <= 100.0));
        }
    }

    #[test]
    fn a_label_without_room_is_left_out() {
        let crowd = vec![(0.5, 0.5, "The Matrix"); 20];
        let placed = place(&crowd, 300.0, 300.0, 20);
        assert!(placed[0].is_some());
        assert!(placed.iter().filter(|side| side.is_some()).count() < 6);
        assert_eq!(
            place(&[(0.99, 0.5, "Alien")], 300.0, 300.0, 5),
            [Some(Side::Left)]
        );
    }
}
