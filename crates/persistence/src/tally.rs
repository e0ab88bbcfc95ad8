//! How many rows a condition finds, with the first of them: for figures that lead to their records.

use uuid::Uuid;

/// Rows of one figure that are named.
pub const NAMED: i64 = 20;

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// All of them.
    pub count: i64,
    /// Id and number of the first.
    pub records: Vec<(Uuid, String)>,
}

impl From<Vec<(Uuid, String, i64)>> for Tally {
    /// From rows that each carry the count of all.
    fn from(rows: Vec<(Uuid, String, i64)>) -> Self {
        Self {
            count: rows.as_slice().first().map_or(0, |(.., count)| *count),
            records: rows.into_iter().map(|(id, no, _)| (id, no)).collect(),
        }
    }
}

/// Counts `$query` over `$table` and names its first rows by `$order`, in one statement.
#[macro_export]
macro_rules! tally {
    ($conn:expr, $table:ident, $order:expr, $query:expr) => {{
        let rows: Vec<(::uuid::Uuid, String, i64)> = $query
            .order(($order, $table::id))
            .limit($crate::tally::NAMED)
            .select(($table::id, $table::no, $crate::workbench::in_all()))
            .load($conn)
            .await?;
        $crate::tally::Tally::from(rows)
    }};
}
