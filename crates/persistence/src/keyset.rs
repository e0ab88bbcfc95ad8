//! Keyset paging: a page starts after the last row of the one before, so page 1,000 costs what page 1 costs.

use serde_json::Value;
use uuid::Uuid;

/// The rows of a page and where the next one starts.
#[derive(Clone, Debug)]
pub struct Rows<T> {
    /// At most `limit` rows.
    pub items: Vec<T>,
    /// Sort value and id of the last row, when there are more.
    pub next: Option<(Value, Uuid)>,
    /// Count of all matching rows, when asked.
    pub total: Option<i64>,
}

impl<T> Rows<T> {
    /// Everything there is, on one page.
    #[must_use]
    pub const fn whole(items: Vec<T>) -> Self {
        Self {
            items,
            next: None,
            total: None,
        }
    }

    /// The same page of something else.
    ///
    /// # Errors
    /// The first error of `f`.
    pub fn try_map<U, E>(self, f: impl FnMut(T) -> Result<U, E>) -> Result<Rows<U>, E> {
        Ok(Rows {
            items: self.items.into_iter().map(f).collect::<Result<_, _>>()?,
            next: self.next,
            total: self.total,
        })
    }

    /// The same page of what is made of all its rows together, one for one: names are read once for the page.
    ///
    /// # Errors
    /// As `f` says.
    pub async fn then<U, E>(self, f: impl AsyncFnOnce(Vec<T>) -> Result<Vec<U>, E>) -> Result<Rows<U>, E> {
        Ok(Rows {
            items: f(self.items).await?,
            next: self.next,
            total: self.total,
        })
    }

    /// The same page of something else.
    pub fn map<U>(self, f: impl FnMut(T) -> U) -> Rows<U> {
        Rows {
            items: self.items.into_iter().map(f).collect(),
            next: self.next,
            total: self.total,
        }
    }
}

/// Cuts the one row read beyond `limit` and names where the next page starts.
pub fn split_next<T>(mut items: Vec<T>, limit: i64, total: Option<i64>, key: impl Fn(&T) -> (Value, Uuid)) -> Rows<T> {
    let limit = usize::try_from(limit).unwrap_or(0);
    let more = items.len() > limit;
    items.truncate(limit);
    let next = if more { items.last().map(key) } else { None };
    Rows { items, next, total }
}

/// Orders a boxed query by `$column` and then `$id`, starts it after the request's cursor, and reads one row more than
/// asked. `$column` is NOT NULL and indexed together with `$id`.
#[macro_export]
macro_rules! keyset {
    ($query:expr, $request:expr, $column:expr, $id:expr, $type:ty) => {{
        use ::diesel::prelude::*;
        let mut query = $query;
        if let Some((value, id)) = &$request.after {
            let value: $type = ::serde_json::from_value(value.clone()).map_err(|_| $crate::bad_cursor())?;
            query = match $request.order {
                ::wuye_domain::shared::SortOrder::Ascending => {
                    query.filter($column.ge(value.clone()).and($column.gt(value).or($id.gt(*id))))
                }
                ::wuye_domain::shared::SortOrder::Descending => {
                    query.filter($column.le(value.clone()).and($column.lt(value).or($id.lt(*id))))
                }
            };
        }
        match $request.order {
            ::wuye_domain::shared::SortOrder::Ascending => query.order(($column.asc(), $id.asc())),
            ::wuye_domain::shared::SortOrder::Descending => query.order(($column.desc(), $id.desc())),
        }
        .limit($request.limit + 1)
    }};
}

/// The cursor does not belong to this list.
#[must_use]
pub fn bad_cursor() -> crate::Failure {
    use wuye_domain::shared::{Problem, Text};
    Problem::field(
        "?cursor",
        "invalid",
        Text::new(
            "翻页标记与此列表不符，请从第一页重新开始",
            "the cursor does not belong to this list: start from the first page",
        ),
    )
    .into()
}
