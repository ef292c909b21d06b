//! The second head: what predicts a rating in stars.
//!
//! A rating of item `i` by a visitor with coefficients `v` is `mean + v . t(i)` plus noise, where
//! `t(i) = (1, codes * steps)`: an intercept, the item's bias and its factors. Everything a reader needs to find
//! `v` from a visitor's ratings, with its uncertainty, is in [`StarPrior`].

use std::sync::Arc;

use crate::error::FormatError;
use crate::runs::Runs;
use crate::wire::{Blob, record};

/// Most factors an item may have in the star head.
pub const MAX_STAR_DIMS: u16 = 64;
/// Largest absolute value of a shared parameter: far beyond any honest one, and far from overflow.
const MAX_PARAMETER: f32 = 1e6;
/// Smallest diagonal entry of the prior's triangle, and smallest noise: keeps equations solvable.
const MIN_PARAMETER: f32 = 1e-4;

record! {
    /// What the star head knows before a visitor's first rating, and how their ratings change it. With `d` factors
    /// an item has `d + 1` codes (bias, factors) and a visitor `k = d + 2` coefficients (intercept, stretch of the
    /// bias, factors).
    #[derive(Debug, Clone, PartialEq)]
    pub struct StarPrior {
        /// Factors of an item, `d`: 0 to [`MAX_STAR_DIMS`].
        pub dims: u16,
        /// Mean rating, in the units of the header's scale.
        pub mean: f32,
        /// Variance of the noise of a typical visitor.
        pub noise: f32,
        /// Ratings that the typical noise counts for when a visitor's own is estimated; 1 or more.
        pub noise_weight: f32,
        /// Half the width of an 80% interval, in standard deviations.
        pub width: f32,
        /// The expected rating as a polynomial: for `x = v . t`, held within the scale about the mean, it is
        /// `mean + c0 + c1 x + c2 x^2 + c3 x^3`. Ratings end with the scale, and so do not rise evenly with `x`.
        pub curve: Vec<f32>,
        /// What one code stands for in each of an item's `d + 1` numbers.
        pub steps: Vec<f32>,
        /// Prior precision of each of an item's `d + 1` numbers.
        pub precision: Vec<f32>,
        /// What one rating in training adds to that precision.
        pub information: Vec<f32>,
        /// Lower triangle `G`, row after row, of the Cholesky factor of the coefficients' prior precision `G G'`:
        /// `k (k + 1) / 2` numbers.
        pub triangle: Vec<f32>,
        /// Prior mean of the coefficients as a linear map of what was rated: `k` rows of `k + 2` numbers, for the sum
        /// of `t` over the rated items over the root of their count `n`, for 1, and for `n / (n + 20)`.
        pub map: Vec<f32>,
    }
}

record! {
    /// The star head's numbers for the items of the block before it.
    #[derive(Debug, Clone, PartialEq)]
    pub struct StarBlock {
        pub(crate) first_row: u32,
        pub(crate) count: u32,
        /// In the first block of a file, and no other.
        pub(crate) prior: Option<StarPrior>,
        /// Two's complement codes, `dims + 1` an item, item after item.
        pub(crate) codes: Blob,
    }
}

impl StarBlock {
    /// Row of the first item.
    pub fn first_row(&self) -> u32 {
        self.first_row
    }

    /// Number of items.
    pub fn count(&self) -> u32 {
        self.count
    }

    /// Checks what can be checked without the blocks before.
    pub(crate) fn validate(&self) -> Result<(), FormatError> {
        if self.count == 0 {
            return Err(FormatError::invalid("stars for no items"));
        }
        if (self.first_row == 0) != self.prior.is_some() {
            return Err(FormatError::invalid(
                "the first block of stars, and no other, says how to read them",
            ));
        }
        let Some(prior) = &self.prior else {
            return Ok(());
        };
        prior.validate()?;
        self.check_codes(prior.item_len())
    }

    /// Whether it has `item_len` codes for each item.
    fn check_codes(&self, item_len: usize) -> Result<(), FormatError> {
        // In 64 bits: the product outgrows the `usize` of a 32-bit machine.
        if self.codes.0.len() as u64 == u64::from(self.count) * item_len as u64 {
            return Ok(());
        }
        Err(FormatError::invalid(format!(
            "{} codes of stars for {} items of {item_len} numbers",
            self.codes.0.len(),
            self.count
        )))
    }
}

impl StarPrior {
    /// Numbers kept for an item.
    pub fn item_len(&self) -> usize {
        usize::from(self.dims) + 1
    }

    /// Coefficients of a visitor.
    pub fn coefficients(&self) -> usize {
        usize::from(self.dims) + 2
    }

    fn validate(&self) -> Result<(), FormatError> {
        let wrong = |what: String| Err(FormatError::invalid(what));
        if self.dims > MAX_STAR_DIMS {
            return wrong(format!(
                "{} factors for stars; at most {MAX_STAR_DIMS} are allowed",
                self.dims
            ));
        }
        let k = self.coefficients();
        for (name, list, length) in [
            ("curve numbers", &self.curve, 4),
            ("steps", &self.steps, k - 1),
            ("precisions", &self.precision, k - 1),
            ("information numbers", &self.information, k - 1),
            ("triangle numbers", &self.triangle, k * (k + 1) / 2),
            ("map numbers", &self.map, k * (k + 2)),
        ] {
            if list.len() != length {
                return wrong(format!(
                    "{} {name} of the star head where {length} are needed",
                    list.len()
                ));
            }
            if !list.iter().all(|x| x.abs() <= MAX_PARAMETER) {
                return wrong(format!(
                    "{name} of the star head beyond what is allowed, or not numbers"
                ));
            }
        }
        let positive = |x: f32| (MIN_PARAMETER..=MAX_PARAMETER).contains(&x);
        let diagonal = (0..k).map(|row| self.triangle[row * (row + 3) / 2]);
        if !diagonal.chain([self.noise, self.width]).all(positive)
            || !self.precision.iter().copied().all(positive)
            || !self.steps.iter().all(|&x| x >= 0.0)
            || !self.information.iter().all(|&x| x >= 0.0)
            || !(1.0..=MAX_PARAMETER).contains(&self.noise_weight)
            || !(-MAX_PARAMETER..=MAX_PARAMETER).contains(&self.mean)
        {
            return wrong("a parameter of the star head is out of range".into());
        }
        Ok(())
    }
}

record! {
    /// How far predicted stars count in a list.
    #[derive(Debug, Clone, Copy, PartialEq)]
    pub struct Caution {
        /// From 0, not at all, to 1.
        pub(crate) value: f32,
    }
}

impl Caution {
    /// Holds `value` against its range.
    ///
    /// # Errors
    /// [`FormatError::Invalid`] when it is not from 0 to 1.
    pub fn new(value: f32) -> Result<Self, FormatError> {
        if (0.0..=1.0).contains(&value) {
            return Ok(Caution { value });
        }
        Err(FormatError::invalid(
            "a caution beyond its range: 0 to 1 is allowed",
        ))
    }

    /// The number.
    pub fn value(self) -> f32 {
        self.value
    }
}

/// The star head as far as it has arrived: for the first [`len`](StarHead::len) rows of its model. A clone shares it.
#[derive(Debug, Clone)]
pub struct StarHead {
    prior: Arc<StarPrior>,
    codes: Runs<Vec<i8>>,
    caution: Option<Caution>,
}

/// However they arrived, heads are equal when they say the same of the same rows.
impl PartialEq for StarHead {
    fn eq(&self, other: &Self) -> bool {
        let mut rows = 0..self.codes.rows();
        (&self.prior, self.caution, self.len()) == (&other.prior, other.caution, other.len())
            && rows.all(|row| self.codes(row) == other.codes(row))
    }
}

impl StarHead {
    /// A head of these parameters, with the codes of the first items.
    ///
    /// # Errors
    /// [`FormatError::Invalid`] when a parameter is out of range or there are not `dims + 1` codes an item.
    pub fn new(prior: StarPrior, codes: Vec<i8>) -> Result<Self, FormatError> {
        prior.validate()?;
        if codes.is_empty() || !codes.len().is_multiple_of(prior.item_len()) {
            return Err(FormatError::invalid(format!(
                "{} codes of the star head, not {} for each item",
                codes.len(),
                prior.item_len()
            )));
        }
        let rows = (codes.len() / prior.item_len()) as u32;
        let mut head = Self::empty(prior);
        head.codes.push(codes, rows);
        Ok(head)
    }

    fn empty(prior: StarPrior) -> Self {
        Self {
            prior: Arc::new(prior),
            codes: Runs::default(),
            caution: None,
        }
    }

    /// The same head, whose predictions count so far in a list; not at all without.
    pub fn with_caution(self, caution: Option<Caution>) -> Self {
        StarHead { caution, ..self }
    }

    /// How far predictions count in a list, where the file says so.
    pub fn caution(&self) -> Option<Caution> {
        self.caution
    }

    /// The head after `block`, which continues `head` or, without one, begins it.
    pub(crate) fn extend(head: &mut Option<StarHead>, block: StarBlock) -> Result<(), FormatError> {
        block.validate()?;
        let rows = head.as_ref().map_or(0, StarHead::len);
        if block.first_row as usize != rows {
            return Err(FormatError::invalid(format!(
                "stars begin at row {} where row {rows} is next",
                block.first_row
            )));
        }
        let item_len = match (&block.prior, &*head) {
            (Some(prior), _) => prior.item_len(),
            (None, Some(head)) => head.prior.item_len(),
            (None, None) => return Err(FormatError::invalid("stars without their parameters")),
        };
        block.check_codes(item_len)?;
        if let Some(prior) = block.prior {
            *head = Some(Self::empty(prior));
        }
        if let Some(head) = head {
            head.codes
                .push(bytemuck::cast_vec(block.codes.0), block.count);
        }
        Ok(())
    }

    /// The part of this head for `count` items from `first_row` on.
    pub(crate) fn block(&self, first_row: u32, count: u32) -> StarBlock {
        let rows = first_row..first_row + count;
        let codes = rows.flat_map(|row| bytemuck::cast_slice(self.codes(row)));
        StarBlock {
            first_row,
            count,
            prior: (first_row == 0).then(|| (*self.prior).clone()),
            codes: Blob(codes.copied().collect()),
        }
    }

    /// The shared parameters.
    pub fn prior(&self) -> &StarPrior {
        &self.prior
    }

    /// Rows whose stars can be predicted.
    pub fn len(&self) -> usize {
        self.codes.rows() as usize
    }

    /// Never true: a head has at least one item.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The codes of the item at `row`: bias, then factors.
    ///
    /// # Panics
    /// When `row` is not below [`len`](Self::len).
    pub fn codes(&self, row: u32) -> &[i8] {
        let (run, at) = self.codes.at(row);
        let width = self.prior.item_len();
        &run[at * width..][..width]
    }
}
