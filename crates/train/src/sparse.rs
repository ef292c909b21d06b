//! A compressed sparse row matrix.

/// A sparse matrix of `rows` x `cols`, stored row by row.
#[derive(Debug, Clone, PartialEq)]
pub struct Csr {
    /// Number of rows.
    pub rows: usize,
    /// Number of columns; every index is below it.
    pub cols: usize,
    /// Row `r` holds entries `indptr[r]..indptr[r + 1]`; length `rows + 1`.
    pub indptr: Vec<usize>,
    /// The column of each entry, ascending within a row.
    pub indices: Vec<u32>,
    /// The value of each entry.
    pub values: Vec<f32>,
}

impl Csr {
    /// Builds the matrix from the entries of each row, given in ascending column order.
    pub fn from_rows<R>(cols: usize, rows: impl IntoIterator<Item = R>) -> Self
    where
        R: IntoIterator<Item = (u32, f32)>,
    {
        let mut matrix = Self {
            rows: 0,
            cols,
            indptr: vec![0],
            indices: Vec::new(),
            values: Vec::new(),
        };
        rows.into_iter().for_each(|row| matrix.push_row(row));
        matrix
    }

    /// Adds a row below the others, its entries in ascending column order.
    pub fn push_row(&mut self, row: impl IntoIterator<Item = (u32, f32)>) {
        for (index, value) in row {
            debug_assert!((index as usize) < self.cols);
            self.indices.push(index);
            self.values.push(value);
        }
        self.indptr.push(self.indices.len());
        self.rows += 1;
    }

    /// Columns and values of row `r`.
    pub fn row(&self, r: usize) -> (&[u32], &[f32]) {
        let range = self.indptr[r]..self.indptr[r + 1];
        (&self.indices[range.clone()], &self.values[range])
    }

    /// The transpose: row `c` of the result is column `c` of this matrix.
    pub fn transpose(&self) -> Self {
        let mut indptr = vec![0; self.cols + 1];
        for &c in &self.indices {
            indptr[c as usize + 1] += 1;
        }
        for c in 0..self.cols {
            indptr[c + 1] += indptr[c];
        }
        let mut next = indptr.clone();
        let mut indices = vec![0; self.indices.len()];
        let mut values = vec![0.0; self.values.len()];
        for r in 0..self.rows {
            let (columns, row_values) = self.row(r);
            for (&c, &value) in columns.iter().zip(row_values) {
                let slot = &mut next[c as usize];
                indices[*slot] = r as u32;
                values[*slot] = value;
                *slot += 1;
            }
        }
        Self {
            rows: self.cols,
            cols: self.rows,
            indptr,
            indices,
            values,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Csr;

    #[test]
    fn transposing_moves_every_entry_and_twice_changes_nothing() {
        let m = Csr::from_rows(
            4,
            [vec![(0, 1.0), (3, 2.0)], vec![], vec![(1, 3.0), (3, 4.0)]],
        );
        let t = m.transpose();
        assert_eq!((t.rows, t.cols), (4, 3));
        assert_eq!(t.row(3), (&[0, 2][..], &[2.0, 4.0][..]));
        assert_eq!(t.row(2), (&[][..], &[][..]));
        assert_eq!(t.transpose(), m);
    }
}
