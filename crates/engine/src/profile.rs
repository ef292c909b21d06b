//! Fold-in: a visitor's ratings as one vector.

use matinee_format::Model;

/// Largest fixed-point weight of one rating. With codes below 2^7, four million ratings sum to less than 2^53,
/// which leaves room to multiply by 254 in [`Query`](crate::Query) within an `i64`.
const MAX_WEIGHT: f32 = (1 << 24) as f32;

/// A visitor: what they think of which items, and the sum of those items' vectors.
///
/// The vector `z = sum of round(x * in_scale * 2^shift) * codes` is an exact integer sum, so ratings may be added,
/// changed and removed in any order, and the result is that of adding the final ones to an empty profile.
///
/// Items are named by the catalogue's id. One that the model does not have, or that has not arrived yet, is kept
/// and folded in by [`sync`](Profile::sync) once it is there.
#[derive(Debug, Clone)]
pub struct Profile {
    /// In order of id: a map that is a tree has more code than all that is done here.
    entries: Vec<(String, Entry)>,
    z: Vec<i64>,
}

#[derive(Debug, Clone)]
struct Entry {
    feedback: f32,
    folded: Option<Folded>,
}

/// A rating that is part of the visitor's vector.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Folded {
    /// Row of the rated item.
    pub row: u32,
    /// Fixed-point weight: the feedback times the item's in-scale, in units of 2^-shift.
    pub weight: i64,
}

impl Profile {
    /// A visitor who has rated nothing.
    pub fn new(model: &Model) -> Self {
        Profile {
            entries: Vec::new(),
            z: vec![0; model.dims()],
        }
    }

    /// Sets what the visitor thinks of item `id`: `feedback` in [-1, 1], clamped; 0 says "seen" without an
    /// opinion. Replaces what was set before. Not-a-number is taken as 0.
    pub fn set(&mut self, model: &Model, id: &str, feedback: f32) {
        self.remove(model, id);
        let feedback = if feedback.is_nan() {
            0.0
        } else {
            feedback.clamp(-1.0, 1.0)
        };
        let mut entry = Entry {
            feedback,
            folded: None,
        };
        self.fold(model, id, &mut entry);
        if let Err(place) = self.place_of(id) {
            self.entries.insert(place, (id.to_owned(), entry));
        }
    }

    /// Forgets item `id`.
    pub fn remove(&mut self, model: &Model, id: &str) {
        let Ok(place) = self.place_of(id) else {
            return;
        };
        if let (
            _,
            Entry {
                folded: Some(folded),
                ..
            },
        ) = self.entries.remove(place)
        {
            add_scaled(&mut self.z, model.codes(folded.row), -folded.weight);
        }
    }

    /// Where the entry of `id` is, or belongs.
    fn place_of(&self, id: &str) -> Result<usize, usize> {
        self.entries
            .binary_search_by(|(other, _)| other.as_str().cmp(id))
    }

    /// Folds in the items that have arrived since they were set.
    pub fn sync(&mut self, model: &Model) {
        let mut entries = std::mem::take(&mut self.entries);
        for (id, entry) in &mut entries {
            if entry.folded.is_none() {
                self.fold(model, id, entry);
            }
        }
        self.entries = entries;
    }

    fn fold(&mut self, model: &Model, id: &str, entry: &mut Entry) {
        if let Some(row) = model.row_of(id) {
            let weight = fixed_weight(model, row, entry.feedback);
            add_scaled(&mut self.z, model.codes(row), weight);
            entry.folded = Some(Folded { row, weight });
        }
    }

    /// The visitor's vector, in units of 2^-shift; `dims` numbers.
    pub fn z(&self) -> &[i64] {
        &self.z
    }

    /// The ratings that are part of the vector, in order of id.
    pub fn folded(&self) -> impl Iterator<Item = Folded> + '_ {
        self.entries.iter().filter_map(|(_, entry)| entry.folded)
    }

    /// Ratings set, folded in or pending.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether nothing has been set.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

/// The two roundings here are the only ones in fold-in: the `f32` product, and the integer.
fn fixed_weight(model: &Model, row: u32, feedback: f32) -> i64 {
    let unit = power_of_two(model.header().weight_shift.into()) as f32;
    let weight = feedback * model.in_scale(row) * unit;
    weight.clamp(-MAX_WEIGHT, MAX_WEIGHT).round() as i64
}

fn add_scaled(z: &mut [i64], codes: &[i8], weight: i64) {
    for (sum, &code) in z.iter_mut().zip(codes) {
        *sum += weight * i64::from(code);
    }
}

/// 2^exponent, exactly, for exponents that a header allows.
pub(crate) fn power_of_two(exponent: i32) -> f64 {
    f64::from_bits(((1023 + exponent) as u64) << 52)
}
