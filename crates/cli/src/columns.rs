//! The `--columns` option of everything that reads ratings.

use std::str::FromStr;

use matinee_train::dataset::Columns;

/// `--columns`, which may be left out.
#[derive(Clone)]
pub(crate) struct ColumnsArg(pub(crate) Columns);

impl FromStr for ColumnsArg {
    type Err = <Columns as FromStr>::Err;

    fn from_str(list: &str) -> Result<Self, Self::Err> {
        if list.is_empty() {
            Ok(Self(Columns::default()))
        } else {
            list.parse().map(Self)
        }
    }
}
