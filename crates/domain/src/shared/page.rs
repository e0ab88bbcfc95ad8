//! Lists: keyset pages with an opaque cursor bound to filter and sort.

use serde::Serialize;
use utoipa::ToSchema;

/// Which way a list runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SortOrder {
    /// Smallest first.
    Ascending,
    /// Largest first.
    Descending,
}

/// What the caller asked of a list, already checked.
#[derive(Clone, Debug)]
pub struct ListRequest<S> {
    /// Rows wanted, 1 to 200.
    pub limit: i64,
    /// The sort column.
    pub sort: S,
    /// And its direction.
    pub order: SortOrder,
    /// Sort value and id of the last row of the page before: the page starts after it.
    pub after: Option<(serde_json::Value, uuid::Uuid)>,
    /// Whether the number of all matching rows is wanted.
    pub count: bool,
}

impl<S> ListRequest<S> {
    /// The same request without its sort: for lists with one order.
    #[must_use]
    pub fn unsorted(&self) -> ListRequest<()> {
        ListRequest {
            limit: self.limit,
            sort: (),
            order: self.order,
            after: self.after.clone(),
            count: self.count,
        }
    }
}

/// One page of a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Page<T> {
    /// The rows.
    pub items: Vec<T>,
    /// Pass it as `cursor` to get the rows after these; absent on the last page.
    pub next_cursor: Option<String>,
    /// All rows that match, only when `count=true` was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<i64>,
}
