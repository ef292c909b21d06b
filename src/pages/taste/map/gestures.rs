//! Fingers and pointers on the map: one drags it, two stretch it, and one that does not move taps.

use super::view::View;

/// Pixels that a finger may wander in a tap.
const WANDER: f32 = 6.0;

/// What is held down on the map.
#[derive(Debug, Default)]
pub(super) struct Gestures {
    held: Vec<(i32, [f32; 2])>,
    /// How far all that was held has moved since the first came down.
    wandered: f32,
}

impl Gestures {
    /// Something comes down.
    pub(super) fn down(&mut self, id: i32, at: [f32; 2]) {
        if self.held.is_empty() {
            self.wandered = 0.0;
        } else {
            // Two are no tap.
            self.wandered = f32::INFINITY;
        }
        self.held.retain(|(other, _)| *other != id);
        self.held.push((id, at));
    }

    /// Something held moves; the view that makes of `view`, or `None` where it is not held.
    pub(super) fn moved(&mut self, id: i32, to: [f32; 2], view: &View) -> Option<View> {
        let at = self.held.iter().position(|(other, _)| *other == id)?;
        let from = std::mem::replace(&mut self.held[at].1, to);
        self.wandered += distance(from, to);
        let other = self.held.iter().find(|(other, _)| *other != id);
        let Some((_, other)) = other.copied() else {
            // A tap that trembles moves nothing.
            let tap = self.wandered < WANDER;
            let by = [to[0] - from[0], to[1] - from[1]];
            return Some(if tap { *view } else { view.moved(by) });
        };
        let middle = |a: [f32; 2]| [(a[0] + other[0]) / 2.0, (a[1] + other[1]) / 2.0];
        let (before, after) = (middle(from), middle(to));
        let stretch = distance(to, other).max(1.0) / distance(from, other).max(1.0);
        let by = [after[0] - before[0], after[1] - before[1]];
        Some(view.moved(by).scaled(stretch, after))
    }

    /// Something comes up. Whether that was a tap.
    pub(super) fn up(&mut self, id: i32) -> bool {
        let before = self.held.len();
        self.held.retain(|(other, _)| *other != id);
        before == 1 && self.held.is_empty() && self.wandered < WANDER
    }
}

fn distance(a: [f32; 2], b: [f32; 2]) -> f32 {
    ((a[0] - b[0]).powi(2) + (a[1] - b[1]).powi(2)).sqrt()
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    fn view() -> View {
        View::whole([400.0, 400.0]).scaled(4.0, [200.0, 200.0])
    }

    #[test]
    fn one_drags_and_one_that_stays_taps() {
        let mut gestures = Gestures::default();
        gestures.down(1, [100.0, 100.0]);
        assert_eq!(gestures.moved(1, [102.0, 101.0], &view()), Some(view()));
        assert!(gestures.up(1));
        gestures.down(1, [100.0, 100.0]);
        let dragged = gestures.moved(1, [150.0, 100.0], &view());
        assert!(dragged.is_some_and(|view| view.centre[0] < 0.5));
        assert!(!gestures.up(1));
        assert_eq!(gestures.moved(1, [0.0, 0.0], &view()), None, "not held");
    }

    #[test]
    fn two_stretch_and_are_no_tap() {
        let mut gestures = Gestures::default();
        gestures.down(1, [150.0, 200.0]);
        gestures.down(2, [250.0, 200.0]);
        let stretched = gestures
            .moved(2, [350.0, 200.0], &view())
            .expect("it is held");
        assert!((stretched.scale / view().scale - 2.0).abs() < 0.01);
        assert!(!gestures.up(2));
        assert!(!gestures.up(1));
    }
}
