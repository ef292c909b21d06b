//! Which part of the map is looked at.

use super::layout::Spot;

/// Room around the films at the least scale, as a part of the width.
const MARGIN: f32 = 0.04;
/// The largest scale.
const MOST: f32 = 40.0;

/// A window on the map.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct View {
    /// Size of the window in pixels.
    pub size: [f32; 2],
    /// 1 shows the whole map.
    pub scale: f32,
    /// What is in the middle of the window.
    pub centre: Spot,
}

impl View {
    /// The whole map.
    pub(super) fn whole(size: [f32; 2]) -> Self {
        Self {
            size,
            scale: 1.0,
            centre: [0.5, 0.5],
        }
    }

    /// Pixels that the map's sides take.
    fn lengths(&self) -> [f32; 2] {
        self.size
            .map(|side| side.max(1.0) * (1.0 - 2.0 * MARGIN) * self.scale)
    }

    /// Where a place is in the window, in pixels.
    pub(super) fn at(&self, spot: Spot) -> [f32; 2] {
        let lengths = self.lengths();
        [0, 1].map(|axis| (spot[axis] - self.centre[axis]) * lengths[axis] + self.size[axis] / 2.0)
    }

    /// What is at a point of the window.
    pub(super) fn spot(&self, point: [f32; 2]) -> Spot {
        let lengths = self.lengths();
        [0, 1].map(|axis| (point[axis] - self.size[axis] / 2.0) / lengths[axis] + self.centre[axis])
    }

    /// Whether a point is in the window, or nearly.
    pub(super) fn shows(&self, point: [f32; 2]) -> bool {
        const NEARLY: f32 = 8.0;
        (0..2).all(|axis| (-NEARLY..self.size[axis] + NEARLY).contains(&point[axis]))
    }

    /// Moved by so many pixels, as far as there is map.
    pub(super) fn moved(&self, by: [f32; 2]) -> Self {
        let lengths = self.lengths();
        let mut next = *self;
        for axis in 0..2 {
            next.centre[axis] -= by[axis] / lengths[axis];
        }
        next.held()
    }

    /// Scaled by `factor`; what is at `point` stays there, as far as there is map.
    pub(super) fn scaled(&self, factor: f32, point: [f32; 2]) -> Self {
        let spot = self.spot(point);
        let mut next = *self;
        next.scale = (self.scale * factor).clamp(1.0, MOST);
        let now = next.at(spot);
        next.moved([0, 1].map(|axis| point[axis] - now[axis]))
    }

    /// With a place in the middle.
    pub(super) fn centred(&self, spot: Spot) -> Self {
        let mut next = *self;
        next.centre = spot;
        next.held()
    }

    /// In a window of another size.
    pub(super) fn sized(&self, size: [f32; 2]) -> Self {
        let mut next = *self;
        next.size = size;
        next.held()
    }

    /// Held where there is map to be seen.
    fn held(mut self) -> Self {
        let room = 0.5 - 0.5 / self.scale;
        for x in &mut self.centre {
            *x = x.clamp(0.5 - room, 0.5 + room);
        }
        self
    }

    /// Whether the whole map is shown.
    pub(super) fn is_whole(&self) -> bool {
        self.scale <= 1.0
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    fn near(a: [f32; 2], b: [f32; 2]) -> bool {
        (0..2).all(|axis| (a[axis] - b[axis]).abs() < 0.1)
    }

    #[test]
    fn what_is_under_the_pointer_stays_there_when_the_scale_changes() {
        let view = View::whole([800.0, 500.0]).scaled(4.0, [400.0, 250.0]);
        let point = [300.0, 200.0];
        let spot = view.spot(point);
        assert!(near(view.at(spot), point));
        let closer = view.scaled(2.0, point);
        assert!(near(closer.at(spot), point), "{:?}", closer.at(spot));
    }

    #[test]
    fn the_map_cannot_be_lost() {
        let whole = View::whole([800.0, 500.0]);
        assert_eq!(whole.moved([5000.0, -5000.0]).centre, whole.centre);
        let close = whole.scaled(1000.0, [0.0, 0.0]);
        assert!(close.scale <= MOST && !close.is_whole());
        let far = close.moved([-1e9, 1e9]);
        assert!(far.centre.iter().all(|x| (0.0..=1.0).contains(x)));
        let back = far.scaled(1e-9, [10.0, 10.0]);
        assert!(back.is_whole() && near(back.centre, whole.centre));
        assert!(
            View::whole([0.0, 0.0])
                .at([0.3, 0.3])
                .iter()
                .all(|x| x.is_finite())
        );
    }
}
