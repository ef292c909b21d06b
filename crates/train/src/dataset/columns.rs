//! Which columns of a ratings table mean what.

use std::path::Path;
use std::str::FromStr;

use super::{DataError, ScaleRange, Table};

/// The columns of a ratings table, by name where they are not called what MovieLens calls them. Written
/// `user=who,item=film,rating=stars,timestamp=when`; `rating=` alone says that nothing is rated, and `count=plays`
/// that nothing is and how often the user had the item. And, where it is not to be found from the ratings, the scale
/// they are on.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Columns {
    user: Option<String>,
    item: Option<String>,
    rating: Option<String>,
    timestamp: Option<String>,
    count: Option<String>,
    pub(super) scale: Option<ScaleRange>,
}

/// A column list that cannot be understood.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` is not one of user=NAME, item=NAME, rating=NAME, timestamp=NAME, count=NAME")]
pub struct ColumnsError(String);

impl FromStr for Columns {
    type Err = ColumnsError;

    fn from_str(list: &str) -> Result<Self, ColumnsError> {
        let mut columns = Self::default();
        for part in list.split(',') {
            let (role, name) = part
                .split_once('=')
                .ok_or_else(|| ColumnsError(part.into()))?;
            let slot = match role.trim() {
                "user" => &mut columns.user,
                "item" => &mut columns.item,
                "rating" => &mut columns.rating,
                "timestamp" => &mut columns.timestamp,
                "count" => &mut columns.count,
                _ => return Err(ColumnsError(part.into())),
            };
            *slot = Some(name.trim().into());
        }
        Ok(columns)
    }
}

/// The positions of the columns of one table.
pub(super) struct Positions {
    pub(super) user: usize,
    pub(super) item: usize,
    pub(super) rating: Option<usize>,
    pub(super) timestamp: Option<usize>,
    pub(super) count: Option<usize>,
}

impl Columns {
    /// The same columns, with ratings on `scale` where one is given.
    pub fn on_scale(self, scale: Option<ScaleRange>) -> Self {
        Self { scale, ..self }
    }

    pub(super) fn locate(&self, path: &Path, table: &Table) -> Result<Positions, DataError> {
        let find = |chosen: &Option<String>, usual: &[&str]| match chosen.as_deref() {
            Some("") => Ok(None),
            Some(name) => table.require(&[name]).map(Some),
            None => Ok(table.find(usual)),
        };
        let missing = |role: &str| {
            let what = format!("no column holds the {role}");
            let seen = table.listed();
            let mend = format!("name it with --columns {role}=NAME; the columns are {seen}");
            DataError::file(path, what, mend)
        };
        let user = find(&self.user, &["user", "userId"])?.ok_or_else(|| missing("user"))?;
        let item = find(&self.item, &["item", "itemId", "movie", "movieId"])?
            .ok_or_else(|| missing("item"))?;
        let timestamp = find(&self.timestamp, &["timestamp"])?;
        let count = find(&self.count, &[])?;
        let rating = match (&self.rating, count) {
            (None, Some(_)) => None,
            _ => find(&self.rating, &["rating"])?,
        };
        if rating.is_some() && count.is_some() {
            let what = "both ratings and counts are named";
            let mend = "name one of --columns rating=NAME and count=NAME";
            return Err(DataError::file(path, what, mend));
        }
        // A table whose ratings go by another name must not pass for one without ratings.
        let known = 2 + usize::from(timestamp.is_some());
        let said = self.rating.is_some() || count.is_some();
        if rating.is_none() && !said && table.columns().len() > known {
            return Err(missing("rating"));
        }
        Ok(Positions {
            user,
            item,
            rating,
            timestamp,
            count,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Columns;

    #[test]
    fn a_list_names_roles_and_refuses_others() {
        let columns: Columns = "user=who, rating=".parse().expect("a good list");
        assert_eq!(columns.user.as_deref(), Some("who"));
        assert_eq!(columns.rating.as_deref(), Some(""));
        assert_eq!(columns.item, None);
        let error = "movie=film"
            .parse::<Columns>()
            .expect_err("movie is no role");
        assert!(error.to_string().contains("movie=film"));
    }
}
