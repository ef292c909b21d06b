//! Which columns of a ratings table mean what.

use std::path::Path;
use std::str::FromStr;

use matinee_format::Feedback;

use super::watching::WatchingColumns;
use super::{DataError, ScaleRange, Table};

/// The columns of a ratings table, by name where they are not called what MovieLens calls them. Written
/// `user=who,item=film,rating=stars,timestamp=when`; `rating=` alone says that nothing is rated, and `count=plays`
/// that nothing is and how often the user had the item. How long was watched is told by `seconds_watched=` and
/// `runtime=`, both in seconds. And, where they are not to be found from the events, the scale of the ratings and the
/// usual share watched.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Columns {
    user: Option<String>,
    item: Option<String>,
    rating: Option<String>,
    timestamp: Option<String>,
    seconds_watched: Option<String>,
    runtime: Option<String>,
    count: Option<String>,
    pub(super) scale: Option<ScaleRange>,
    pub(super) model: Option<Feedback>,
}

/// A column list that cannot be understood.
#[derive(Debug, thiserror::Error)]
#[error(
    "`{0}` is not one of user=NAME, item=NAME, rating=NAME, timestamp=NAME, count=NAME, seconds_watched=NAME, runtime=NAME"
)]
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
                "seconds_watched" => &mut columns.seconds_watched,
                "runtime" => &mut columns.runtime,
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
    pub(super) watching: Option<WatchingColumns>,
    pub(super) count: Option<usize>,
}

impl Columns {
    /// The same columns, with ratings on `scale` where one is given.
    pub fn on_scale(self, scale: Option<ScaleRange>) -> Self {
        Self { scale, ..self }
    }

    /// The same columns, with watching read as a model that reads by `feedback` reads it, not by what is usual in the
    /// files.
    pub fn read_by(self, feedback: &Feedback) -> Self {
        Self {
            model: Some(feedback.clone()),
            ..self
        }
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
        let seconds = find(&self.seconds_watched, &["seconds_watched"])?;
        let runtime = find(&self.runtime, &["runtime"])?;
        let watching = match (seconds, runtime) {
            (Some(seconds), Some(runtime)) => Some(WatchingColumns { seconds, runtime }),
            (Some(_), None) => return Err(missing("runtime")),
            (None, Some(_))
                if self.seconds_watched.is_none()
                    && (rating.is_none() || self.runtime.is_some()) =>
            {
                return Err(missing("seconds_watched"));
            }
            // Beside ratings, a runtime alone is one of the columns that are not asked for.
            (None, _) => None,
        };
        // A table whose ratings go by another name must not pass for one without ratings.
        let known = 2 + usize::from(timestamp.is_some());
        let tells = rating.is_some() || watching.is_some() || count.is_some();
        if !tells && self.rating.is_none() && table.columns().len() > known {
            return Err(missing("rating"));
        }
        Ok(Positions {
            user,
            item,
            rating,
            timestamp,
            watching,
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
